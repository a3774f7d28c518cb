"""Two mistakes in one answer, typed with more or fewer digits, over several draws of networks."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from statistics import mean

from engine.trace import Quantity
from tests.benchmarks.diagnosis_bars import Tally, answer, named, nets, typed_places
from tests.benchmarks.diagnosis_learner import work, written
from tests.benchmarks.diagnosis_mistakes import mistakes, two_mistakes

Typing = Callable[[float, Quantity], str]
"""How a learner types what came out at a step."""

TYPINGS: dict[str, Typing] = {
    "as asked": lambda value, quantity: written(
        value, typed_places(value, quantity.places, quantity.exact)
    ),
    "4 decimals": lambda value, _: written(value, 4),
    "every digit": lambda value, _: written(value, 9),
}
DRAWN = 6
"""So many draws of networks, each with its own seed."""


def pairs(count: int, seed: int, typing: Typing = TYPINGS["as asked"]) -> Tally:
    """Two mistakes in one answer, where no single mistake gives the typed text.

    Right is what is among the first three explanations that are told.
    """
    rng, tally = random.Random(seed), Tally()
    for net, found, diagnoser in nets(rng, count):
        right = work(net)
        for quantity in found:
            if quantity.kind in ("direction", "step"):
                continue
            step = quantity.id
            alone = [x for *_, x in mistakes(net, right, step)] + [right[step]]
            possible = list(two_mistakes(net, right, step))
            for made, value in rng.sample(possible, min(4, len(possible))):
                text = typing(value, quantity)
                unit = 10.0 ** -(len(text.partition(".")[2]))
                if any(abs(x - value) < 1.01 * unit for x in alone) or float(text) == 0:
                    continue
                if any(abs(x - value) < 1.01 * unit and m != made for m, x in possible):
                    continue
                verdict = answer(diagnoser, step, text)
                wanted = Counter(i for i, _ in made)
                ok = any(Counter(i for i, _ in c) == wanted for c in named(verdict)[:3])
                tally.add(
                    ok,
                    "+".join(sorted(wanted)) + "@" + quantity.kind,
                    f"{sorted(made)} {step} {text} {value} {verdict.kind} {named(verdict)}",
                )
    return tally


def report(count: int, seed: int) -> None:
    """Prints how the draws vary."""
    for name, typing in TYPINGS.items():
        tallies = [pairs(count, seed + 10 * i, typing) for i in range(DRAWN)]
        shares = [tally.share for tally in tallies]
        print(
            f"two mistakes, typed {name:11} among the first three  ≥ 80 %  "
            f"mean {mean(shares):5.2f} %  min {min(shares):5.2f}  max {max(shares):5.2f}  "
            f"of {DRAWN} draws, {sum(tally.all for tally in tallies)} answers"
        )
