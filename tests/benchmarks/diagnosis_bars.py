"""Each bar of diagnosis as a tally over random networks and a simulated learner."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator

from engine.diagnosis import Diagnoser, Kind, Verdict
from engine.expression import evaluate, refs
from engine.network import Network, NetworkError
from engine.reading import read
from engine.trace import Trace, trace
from tests.benchmarks.diagnosis_learner import (
    ROUNDINGS,
    Net,
    Rounder,
    random_net,
    round_to,
    work,
    written,
)
from tests.benchmarks.diagnosis_mistakes import mistakes


def traced(net: Net) -> Trace:
    return trace(
        Network.from_data(net.data),
        net.inputs,
        net.targets if len(net.targets) > 1 else net.targets[0],
        net.rate,
    )


def nets(rng: random.Random, count: int) -> Iterator[tuple[Net, Trace, Diagnoser]]:
    while count:
        net = random_net(rng)
        try:
            found = traced(net)
        except NetworkError:
            continue
        count -= 1
        yield net, found, Diagnoser(found)


def named(verdict: Verdict) -> list[frozenset[tuple[str, str]]]:
    """The explanations given, best first, the tentative ones last."""
    return [
        frozenset((m.id, m.where) for m in c.mistakes)
        for c in (*verdict.candidates, *verdict.tentative)
    ]


def typed_places(value: float, asked: int, exact: bool) -> int:
    """How many decimals the learner writes: as asked, or all there are of an exact value."""
    if exact:
        for places in range(5):
            if abs(round(value, places) - value) < 1e-9:
                return max(places, 0)
        return max(asked, 3)
    return asked


def answer(
    diagnoser: Diagnoser, step: str, text: str, earlier: dict[str, float] | None = None
) -> Verdict:
    return diagnoser.diagnose(step, read(text), earlier or {})


class Tally:
    """Counts of one bar, with what was missed."""

    def __init__(self) -> None:
        self.right = self.all = self.verdict = 0
        self.missed: Counter[str] = Counter()
        self.examples: list[str] = []

    def add(self, ok: bool, what: str = "", example: str = "", told: bool = True) -> None:
        """Counts one case."""
        self.all += 1
        self.right += ok
        self.verdict += told
        if not ok:
            self.missed[what] += 1
            if len(self.examples) < 400:
                self.examples.append(example)

    @property
    def share(self) -> float:
        """Per cent."""
        return 100 * self.right / max(1, self.all)


def single(count: int, seed: int, *, wrong_earlier: bool = False, held: str = "exact") -> Tally:
    """Single mistakes whose typed text no other mistake, and no right value, gives."""
    rng, tally = random.Random(seed), Tally()
    for net, found, diagnoser in nets(rng, count):
        right = work(net)
        for quantity in found:
            step = quantity.id
            if quantity.kind == "direction" or step not in right:
                continue
            values, earlier = dict(right), {}
            if held == "rounded":
                values |= {q.id: round_to(right[q.id], q.places) for q in found if q.id in right}
            if wrong_earlier:
                parts = [r for r in _needs(found, step) if r in right]
                if not parts:
                    continue
                part = rng.choice(parts)
                values[part] = round(right[part] + rng.choice([-1, 1]) * rng.uniform(0.05, 0.6), 3)
                earlier = {part: values[part]}
            try:
                all_of = list(mistakes(net, values, step))
            except ValueError:  # the logarithm of a wrong earlier value
                continue
            places = [typed_places(x, quantity.places, quantity.exact) for *_, x in all_of]
            texts = [written(x, p) for (*_, x), p in zip(all_of, places, strict=True)]
            for (name, where, value), text in zip(all_of, texts, strict=True):
                unit = 10.0 ** -(len(text.partition(".")[2]))
                if any(abs(x - value) < 1.01 * unit and i != name for i, _, x in all_of):
                    continue
                if abs(value - right[step]) < 1.01 * unit or float(text) == 0 != value:
                    continue
                if (
                    wrong_earlier
                    and abs(value - _own_right(net, found, step, values)) < 1.01 * unit
                ):
                    continue
                verdict = answer(diagnoser, step, text, earlier)
                first = named(verdict)[:1]
                ok = bool(first) and {m for m, _ in first[0]} == {name}
                tally.add(
                    ok,
                    f"{name}@{quantity.kind}",
                    f"{name}@{where} {step} {text} exact={value:.6f} right={right[step]:.6f} "
                    f"{earlier} {verdict.kind} {named(verdict)}",
                    ok and verdict.kind in (Kind.MISTAKE, Kind.AMBIGUOUS),
                )
    return tally


def _needs(found: Trace, step: str) -> list[str]:
    return [r for r in refs(found[step].expression) if r in found]


def _own_right(net: Net, found: Trace, step: str, values: dict[str, float]) -> float:
    del net
    return evaluate(found[step].expression, {**found.values, **values})


def others(count: int, seed: int) -> Tally:
    """The right value of another step, rounded as that step asks."""
    rng, tally = random.Random(seed), Tally()
    for net, found, diagnoser in nets(rng, count):
        right = work(net)
        ids = [q for q in found if q.kind != "direction"]
        for quantity in ids:
            other = rng.choice(ids)
            value = right[other.id]
            text = written(value, other.places)
            unit = 10.0**-other.places
            rivals = [x for *_, x in mistakes(net, right, quantity.id)] + [right[quantity.id]]
            if any(abs(x - value) < 1.01 * unit for x in rivals) or float(text) == 0:
                continue
            verdict = answer(diagnoser, quantity.id, text)
            first = named(verdict)[:1]
            ok = bool(first) and {m for m, _ in first[0]} == {"other_quantity"}
            tally.add(
                ok,
                f"other@{quantity.kind}",
                f"{other.id} for {quantity.id} {text} {verdict.kind} {named(verdict)}",
                ok and verdict.kind in (Kind.MISTAKE, Kind.AMBIGUOUS),
            )
    return tally


Draw = Callable[[random.Random, float], str]
DRAWS: dict[str, Draw] = {
    "right ± 1, 3 decimals": lambda rng, right: f"{right + rng.uniform(-1, 1):.3f}",
    "right ± 1, 2 decimals": lambda rng, right: f"{right + rng.uniform(-1, 1):.2f}",
    "-2 to 2, 3 decimals": lambda rng, _: f"{rng.uniform(-2, 2):.3f}",
    "-2 to 2, 4 decimals": lambda rng, _: f"{rng.uniform(-2, 2):.4f}",
    "-1 to 1, 3 decimals": lambda rng, _: f"{rng.uniform(-1, 1):.3f}",
    "right × 0.2 to 5, 3 decimals": lambda rng, right: f"{right * rng.uniform(0.2, 5):.3f}",
}


def chance(count: int, seed: int, draw: Draw) -> tuple[Tally, Tally]:
    """Random wrong numbers; `right` counts those not accused. The second: on the lesson."""
    tallies = []
    for source in (nets(random.Random(seed), count), lessons()):
        rng, tally = random.Random(seed + 1), Tally()
        for net, found, diagnoser in source:
            for quantity in found:
                for _ in range(2 if net is not None else 20):
                    if quantity.kind == "direction":
                        continue
                    verdict = answer(diagnoser, quantity.id, draw(rng, quantity.value))
                    if verdict.kind in (Kind.CORRECT, Kind.IMPRECISE):
                        continue
                    accused = verdict.kind in (Kind.MISTAKE, Kind.AMBIGUOUS)
                    tally.add(
                        not accused,
                        f"{[sorted(i for i, _ in c) for c in named(verdict)[:1]]}@{quantity.kind}",
                    )
        tallies.append(tally)
    return tallies[0], tallies[1]


LESSON = {
    "inputs": ["x1", "x2"],
    "layers": [
        [
            {"name": "H1", "activation": "relu", "weights": {"w11": 0.4, "w12": -0.3}},
            {"name": "H2", "activation": "relu", "weights": {"w21": -0.5, "w22": 0.8}},
        ],
        [{"name": "O", "activation": "sigmoid", "weights": {"wO1": 0.6, "wO2": 0.9}}],
    ],
}


def lessons() -> Iterator[tuple[None, Trace, Diagnoser]]:
    for inputs, target in (((0.6, 0.7), 1.0), ((0.2, 0.1), 0.0)):
        found = trace(Network.from_data(LESSON), inputs, target, 0.32)
        yield None, found, Diagnoser(found)


def rounding_paths(count: int, seed: int) -> tuple[Tally, list[float]]:
    """Right answers by every way of rounding; and how many units wide the right intervals are."""
    rng, tally, widths = random.Random(seed), Tally(), []
    for net, found, diagnoser in nets(rng, count):
        places = {q.id: q.places for q in found}
        exact = {q.id: q.exact for q in found}
        widths += [
            (found.held[q.id][1] - found.held[q.id][0]) * 10.0**q.places
            for q in found
            if q.kind != "direction" and not q.exact
        ]
        for _ in range(6):
            more = rng.choice([0, 0, 1, 2, None])
            inside = rng.choice([None, 0, 0, 1, 2])
            how, pencil = rng.choice(ROUNDINGS), rng.random() < 0.5

            rounding = Rounder(places, exact, more, inside, how)
            try:
                values = work(net, rounding, pencil)
            except ValueError:
                continue
            for name, value in values.items():
                if name in places:
                    text = written(round_to(value, places[name], how), places[name])
                    verdict = answer(diagnoser, name, text)
                    tally.add(
                        verdict.kind == Kind.CORRECT,
                        found[name].kind,
                        f"{name} {text} {value} {found.held[name]} more={more} inside={inside} "
                        f"{how} {pencil} exact={exact[name]} {verdict.kind}",
                    )
    return tally, widths
