"""How well practice problems tell mistakes apart, and what a draw costs.

`python -m tests.benchmarks.practice [problems for each skill and difficulty]`

The judgement is independent of the engine: mistakes worked out in plain arithmetic on floats, and
intervals of right answers found by a learner who rounds at random. Two mistakes count as one where
they also agree after every number but 0 is moved a little, twice.
"""

from __future__ import annotations

import math
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from statistics import mean, median

from engine.practice import LADDER, SKILLS, Problem, asked_for, difficulty_of, draw, draw_full
from engine.practice.ladder import plan
from engine.practice.random_draws import RandomDraws
from engine.practice.sheet import blank
from tests.benchmarks.diagnosis_learner import SHARP, Net, exactly, slope, work
from tests.benchmarks.diagnosis_mistakes import mistakes

SAMPLES = 40
"""So many ways of rounding are tried for the interval of right answers."""


def plain(problem: Problem) -> tuple[Net, dict[str, str]]:
    """A problem as lists of numbers, and its ids as the plain learner has them."""
    data, names = problem.network, dict[str, str]()
    net = Net([], [], [], [], [problem.target], problem.learning_rate, data.loss)
    net.inputs = list(problem.inputs)
    for row in data.layers:
        net.weights.append([[w for _, w in n.weights] for n in row])
        net.biases.append([n.bias for n in row])
        net.activations.append([n.activation for n in row])
    for layer, row in enumerate(data.layers):
        for i, neuron in enumerate(row):
            names[neuron.name] = net.neuron(layer, i)
            for j, (weight, _) in enumerate(neuron.weights):
                names[weight] = net.weight(layer, i, j)
    return net, names


def moved(net: Net, rng: random.Random) -> Net:
    """The same with every number but 0 and the target moved by at most a thousandth."""

    def near(value: float) -> float:
        return value * (1 + rng.uniform(1e-4, 1e-3))

    return replace(
        net,
        inputs=[near(x) for x in net.inputs],
        weights=[[[near(w) for w in row] for row in rows] for rows in net.weights],
        biases=[[near(b) for b in row] for row in net.biases],
        rate=near(net.rate),
    )


def wrong(net: Net, values: dict[str, float], step: str) -> list[tuple[str, float]]:
    """(mistake, what comes out) at one step, in an order that only depends on signs."""
    found = [(name, value) for name, _, value in mistakes(net, values, step)]
    found += _more(net, values, step)
    return found


def _more(net: Net, v: dict[str, float], step: str) -> Iterator[tuple[str, float]]:
    owner, _, kind = step.rpartition(".")
    if kind in ("loss", "sum", "activation", "delta", "gradient", "updated"):
        yield "flipped_sign", -v[step]
    if kind == "updated":
        yield "decimal_place", 10 * v[step]
        yield "decimal_place", v[step] / 10
    if kind == "loss":
        yield from _loss(net, v)
    last = len(net.weights) - 1
    for layer, rows in enumerate(net.weights):
        for i, row in enumerate(rows):
            name = net.neuron(layer, i)
            before = [net.neuron(layer - 1, j) for j in range(len(row))] if layer else []
            xs = [v[f"{b}.activation"] for b in before] or list(net.inputs)
            zs = [v[f"{b}.sum"] for b in before]
            if (owner, kind) == (name, "sum"):
                for x, w in zip(xs, row, strict=True):
                    yield "added_instead_of_multiplied", v[step] - x * w + x + w
                for x, w, z in zip(xs, row, zs, strict=False):
                    yield "skipped_activation", v[step] - x * w + z * w
                if net.biases[layer][i]:
                    yield "flipped_sign", v[step] - 2 * net.biases[layer][i]
            if (owner, kind) == (name, "delta") and layer < last:
                s = slope(net.activations[layer][i], v[f"{name}.sum"], v[f"{name}.activation"])
                parts = [
                    (w[i], v[f"{net.neuron(layer + 1, k)}.delta"])
                    for k, w in enumerate(net.weights[layer + 1])
                ]
                for w, d in parts if len(parts) > 1 else []:
                    yield "missing_term", v[step] - w * d * s
                    yield "forgot_weight_factor", v[step] - w * d * s + d * s
                    yield "decimal_place", v[step] + 9 * w * d * s
                    yield "decimal_place", v[step] - 0.9 * w * d * s
            for j, w in enumerate(row):
                if owner == net.weight(layer, i, j):
                    d, x = v[f"{name}.delta"], xs[j]
                    if kind == "product" and layer:
                        yield "skipped_activation", zs[j] * w
                        if j < len(net.inputs):
                            yield "used_inputs_not_activations", net.inputs[j] * w
                    if kind == "gradient":
                        yield "added_instead_of_multiplied", d + x
                        if layer:
                            yield "skipped_activation", d * zs[j]
                    if kind == "updated":
                        yield "decimal_place", w - 0.1 * net.rate * v[f"{owner}.gradient"]


def _loss(net: Net, v: dict[str, float]) -> Iterator[tuple[str, float]]:
    name = net.neuron(len(net.weights) - 1, 0)
    t, p, z = net.targets[0], v[f"{name}.activation"], v[f"{name}.sum"]
    if net.loss == "squared_error":
        yield "skipped_activation", (t - z) ** 2
        yield "doubled_instead_of_squared", 2 * (p - t)
    elif 0 < z < 1:
        yield "skipped_activation", -(t * math.log(z) + (1 - t) * math.log(1 - z))


def places(value: float) -> int:
    """The decimals asked for: all of up to four, else three and two digits at least."""
    for n in range(5):
        if short(value, n):
            return n
    return max(3, 1 - math.floor(math.log10(abs(value))))


def short(value: float, n: int = 4) -> bool:
    """Whether a value has no more than so many decimals."""
    steps = value * 10.0**n
    return abs(steps - round(steps)) < 1e-7


def half_widths(net: Net, right: dict[str, float], rng: random.Random) -> dict[str, float]:
    """Half the interval of right answers at each step, and half a unit of two decimals or more."""
    asked = {name: places(value) for name, value in right.items()}
    low, high = dict(right), dict(right)
    for _ in range(SAMPLES):

        def rounding(value: float, name: str, part: int) -> float:
            if short(value):
                return value  # nobody rounds what has four decimals at most
            n = max(3, asked.get(name, 3) + (1 if part else 0))
            return rng.choice([value, round(value, n), round(value, n + 1)])

        for name, value in work(net, rounding, pencil=rng.random() < 0.3).items():
            low[name], high[name] = min(low[name], value), max(high[name], value)
    return {
        name: max((high[name] - low[name]) / 2, 0.5 * 10 ** -max(asked[name], 2)) for name in right
    }


def told_apart(problem: Problem) -> list[str]:
    """What can't be told apart, in words; empty where everything can."""
    net, names = plain(problem)
    rng = random.Random(problem.seed)
    worlds = [net, moved(net, rng), moved(net, rng)]
    right = [work(world, exactly) for world in worlds]
    widths, found = half_widths(net, right[0], rng), list[str]()
    for name in problem.asked:
        owner, _, kind = name.rpartition(".")
        if kind == "direction":
            continue
        step = f"{names[owner]}.{kind}" if owner else name
        answers = [("right", tuple(values[step] for values in right))]
        lists = [wrong(w, v, step) for w, v in zip(worlds, right, strict=True)]
        answers += [(each[0][0], tuple(v for _, v in each)) for each in zip(*lists, strict=True)]
        once: list[tuple[str, tuple[float, ...]]] = []
        for mistake, values in answers:
            same = (all(map(_same, values, other)) for _, other in once)
            if not any(same):
                once.append((mistake, values))
        once.sort(key=lambda answer: answer[1][0])
        for (first, a), (second, b) in pairwise(once):
            if b[0] - a[0] < 2 * widths[step] - 1e-9:
                found.append(f"{name}: {first} {a[0]:.4f} ~ {second} {b[0]:.4f}")
    return found


def _same(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)


def happenings(problem: Problem) -> Iterator[str]:
    """The interesting things in a problem."""
    net, _ = plain(problem)
    values = work(net, exactly)
    hidden = [
        (net.neuron(layer, i), kind)
        for layer, kinds in enumerate(net.activations[:-1])
        for i, kind in enumerate(kinds)
    ]
    output = net.neuron(len(net.weights) - 1, 0)
    if any(values[f"{name}.sum"] < 0 for name, _ in [*hidden, (output, "")]):
        yield "negative sum"
    if any(kind == "relu" and values[f"{name}.sum"] <= 0 for name, kind in hidden):
        yield "neuron off"
    if problem.target == 1:
        yield "target 1"
    if (SHARP["sigmoid"](values[f"{output}.sum"]) > 0.5) != (problem.target == 1):
        yield "wrong side"
    if any(net.biases[0]):
        yield "biases"


def unsearched(seed: str, skill: str, difficulty: int) -> Problem:
    """The same shapes, signs and numbers, but the first draft as it falls."""
    number = 0
    while True:
        dice = RandomDraws(f"{seed}/{number}")
        sheet = blank(plan(skill, difficulty, dice))
        if all(sheet.draw(group, dice) for group in range(sheet.groups)):
            break
        number += 1
    network, given = sheet.network(), sheet.given
    asked = asked_for(network, skill, dice)
    target, rate = given["target"], given["learning_rate"]
    return Problem(
        seed, skill, difficulty, network, sheet.inputs, target, rate, asked, distinguishable=False
    )


def main() -> None:
    """Prints one line for each difficulty, short sets and full traces apart."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    everything: list[float] = []
    bad_all = all_drawn = 0
    kinds = ("negative sum", "neuron off", "target 1", "wrong side", "biases")
    print(f"{'':24}{'problems':>9}{'apart':>9}{'own word':>9}{'median':>9}{'p95':>9}  "
          + "  ".join(kinds))  # fmt: skip
    for full in (False, True):
        for difficulty, rung in enumerate(LADDER, 1):
            times, bad, honest, happened = list[float](), 0, 0, Counter[str]()
            skills = [s for s in SKILLS if difficulty_of(s, difficulty) == difficulty]
            for skill in ["full"] if full else skills:
                for number in range(count):
                    started = time.process_time()
                    seed = f"bench {number}"
                    problem = draw_full(seed, difficulty) if full else draw(seed, skill, difficulty)
                    times.append(1000 * (time.process_time() - started))
                    clash = told_apart(problem)
                    bad += bool(clash)
                    honest += problem.distinguishable
                    happened.update(happenings(problem))
                    if clash and "-v" in sys.argv:
                        print(f"  {skill} {seed!r} says {problem.distinguishable}: {clash[0]}")
            times.sort()
            shares = "  ".join(f"{happened[k] / len(times):{len(k)}.0%}" for k in kinds)
            label = f"{'full' if full else 'short'} {difficulty} {rung.brings}"
            print(
                f"{label:24}{len(times):9}{1 - bad / len(times):9.2%}{honest / len(times):9.2%}"
                f"{median(times):7.1f}ms{times[int(0.95 * len(times))]:7.1f}ms  {shares}",
                flush=True,
            )
            if not full:
                everything += times
                bad_all, all_drawn = bad_all + bad, all_drawn + len(times)
    print(f"short sets: {1 - bad_all / all_drawn:.2%} of {all_drawn:,} fully told apart; "
          f"median draw {median(everything):.1f} ms CPU")  # fmt: skip
    plainly = [
        not told_apart(unsearched(f"bench {number}", skill, 1))
        for skill in SKILLS
        if difficulty_of(skill, 1) == 1 and skill != "direction"
        for number in range(count)
    ]
    print(f"for comparison, difficulty 1 drawn without the search: {mean(plainly):.0%}")


if __name__ == "__main__":
    main()
