"""A training step drawn anew: the same network and conventions, with numbers from a seed.

As for a problem (`drawing`), every modelled mistake shall be told apart. The signs of the first
draft stay: which neurons are on, and so which mistakes can be made. Each group of numbers (inputs
and first layer, each further layer, learning rate) is checked before the next is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from engine.diagnosis.predictions import nine_digits
from engine.expression import Expression, Number, Quotient, refs, value_of
from engine.network import Network, NetworkError
from engine.practice.checks import Check, Checks, checks
from engine.practice.distinguishable import STANDARD, clashes, foreseen
from engine.practice.ladder import NEGATIVE_WEIGHT
from engine.practice.random_draws import RandomDraws
from engine.practice.sheet import BIASES, INPUTS, NEAR_ZERO, RATES, SIZES
from engine.steps import example_prefixes, target_names
from engine.trace import Trace, batch_trace, trace

PLANS, STEPS = 16, 700
"""So many patterns of signs are tried before the best draft found is taken; fewer where so many
steps are asked that all plans together would have more than these."""
BUDGET = 240
"""Groups drawn for one pattern."""
WIDTH = 8
"""How often a group is drawn before the one before it is drawn anew."""
TENTHS = tuple(n / 10 for n in range(1, 10))
"""What a target is drawn from that is not 0 or 1."""


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A training step with other numbers."""

    trace: Trace
    distinguishable: bool
    """Whether at every asked step each modelled mistake can be told from all else."""


def redrawn(seed: str, first: Trace, asked: Sequence[str]) -> Redrawn:
    """The same training step with other numbers; the same arguments give the same everywhere.

    Args:
        seed: any text.
        first: the step whose shape, conventions and rounding stay.
        asked: the quantities asked for.

    Returns:
        A draft on which every mistake can be told apart, or else the one with the fewest that
        cannot.
    """
    return _redrawn(seed, first, tuple(asked))


@lru_cache(maxsize=8)  # a turn may be taken again, and a sheet asked for again
def _redrawn(seed: str, first: Trace, asked: tuple[str, ...]) -> Redrawn:
    best: tuple[int, Trace] | None = None
    for plan in range(max(2, min(PLANS, STEPS // len(asked)))):
        drafts = _Drafts(first, RandomDraws(f"redrawn 1/{seed}/{plan}"))
        for draft in drafts.of(asked):
            found = _confused(draft, asked)
            if best is None or found < best[0]:
                best = found, draft
            if not found:
                return Redrawn(draft, distinguishable=True)
    return Redrawn(best[1] if best else first, distinguishable=False)


def _confused(draft: Trace, asked: Sequence[str]) -> int:
    """How many answers would be taken for another: two places of one mistake are no two mistakes.

    Over a softmax, a target put on either wrong class gives one loss.
    """
    return sum(clash.first != clash.second for clash in clashes(draft, asked))


def _of_each_mistake_once(plan: Trace, found: Checks) -> Checks:
    """The checks without wrong answers that come to the same at two places of one mistake."""

    def once(check: Check) -> Check:
        kept = dict[tuple[str, str], Expression]()
        for wrong in foreseen(plan, check.name):
            kept.setdefault((wrong.made[0][0], nine_digits(wrong.value)), wrong.tree)
        return replace(check, wrong=tuple(kept.values()))

    return replace(found, steps=tuple(tuple(map(once, steps)) for steps in found.steps))


class _Drafts:
    """All drafts of one pattern of signs."""

    def __init__(self, first: Trace, draws: RandomDraws) -> None:
        self._first, self._draws = first, draws
        self._groups = _groups(first)
        self._given = {**first.given, **_targets(first, draws)}
        self._values = dict(self._given)
        self._inputs = {*_inputs(first)}
        self._biases = {neuron.bias_id for neuron in first.network.neurons()}
        self._signs: dict[str, float] = {}
        self._left = BUDGET

    def of(self, asked: Sequence[str]) -> Iterator[Trace]:
        """A first draft, then those that pass all checks by values."""
        for group in range(len(self._groups)):
            self._draw(group)
        try:
            plan = traced_with(self._first, self._given)
        except NetworkError:
            return
        if not _alive(plan):
            return
        yield plan
        settled = _settled(plan, self._groups)
        found = _of_each_mistake_once(plan, checks(plan, asked, self._groups, STANDARD))
        for _ in self._through(0, plan, settled, found):
            try:
                yield traced_with(self._first, self._given)
            except NetworkError:
                continue

    def _through(
        self, group: int, plan: Trace, settled: Sequence[Sequence[str]], found: Checks
    ) -> Iterator[None]:
        """Comes up whenever the signs and checks of this group and those after it hold."""
        for _ in range(WIDTH if group else self._left):
            if not self._left:
                return
            self._left -= 1
            self._draw(group)
            fits = self._worked(plan, settled[group])
            if fits and all(one.apart(self._values) for one in found.steps[group]):
                if group + 1 == len(self._groups):
                    yield
                else:
                    yield from self._through(group + 1, plan, settled, found)

    def _worked(self, plan: Trace, settled: Sequence[str]) -> bool:
        """Works out what a group settles; False where a sum has another sign than planned."""
        self._values |= self._given
        for name in settled:
            value = value_of(plan[name].expression, self._values)
            if value is None:
                return False
            if plan[name].kind == "sum" and not _same_side(value, plan[name].value):
                return False
            self._values[name] = value
        return True

    def _draw(self, group: int) -> None:
        """Draws a group anew; what has a sign keeps the one it was first drawn with."""
        for name in self._groups[group]:
            self._given[name] = self._drawn(name)

    def _drawn(self, name: str) -> float:
        if name == "learning_rate":
            return self._draws.one_of(RATES)
        if name in self._inputs:
            return self._draws.one_of(INPUTS)
        if name not in self._signs:
            self._signs[name] = -1.0 if self._draws.percent(NEGATIVE_WEIGHT) else 1.0
        return self._signs[name] * self._draws.one_of(BIASES if name in self._biases else SIZES)


def _groups(first: Trace) -> list[tuple[str, ...]]:
    """The ids of the numbers that are drawn together; a bias of 0 that is held stays so."""
    network, groups, taken = first.network, list[tuple[str, ...]](), set[str]()
    for layer in network.layers:
        names = [weight for neuron in layer for weight, _ in neuron.weights]
        names += [n.bias_id for n in layer if n.bias or network.train_biases]
        fresh = tuple(name for name in dict.fromkeys(names) if name not in taken)
        taken.update(fresh)
        groups.append(fresh)
    groups[0] = (*_inputs(first), *groups[0])
    return [*groups, ("learning_rate",)]


def _inputs(first: Trace) -> tuple[str, ...]:
    prefixes = example_prefixes(first.examples)
    return tuple(f"{prefix}{name}" for prefix in prefixes for name in first.network.inputs)


def _targets(first: Trace, draws: RandomDraws) -> dict[str, float]:
    """A target for each output: one of them 1 over a softmax, 0 or 1 where it was, else tenths."""
    network, found = first.network, dict[str, float]()
    names = target_names(network)
    for prefix in example_prefixes(first.examples):
        if any(neuron.function.layer for neuron in network.outputs):
            hit = draws.one_of(names)
            found |= {f"{prefix}{name}": float(name == hit) for name in names}
            continue
        for name in names:
            whole = first.given[f"{prefix}{name}"] in (0.0, 1.0)
            found[f"{prefix}{name}"] = draws.one_of((0.0, 1.0) if whole else TENTHS)
    return found


def _settled(plan: Trace, groups: Sequence[Sequence[str]]) -> list[list[str]]:
    """The quantities of the forward pass and after it, by the group that settles them, in order."""
    at = {name: i for i, names in enumerate(groups) for name in names}
    found: list[list[str]] = [[] for _ in groups]
    for quantity in plan:
        at[quantity.id] = max((at.get(ref, 0) for ref in refs(quantity.expression)), default=0)
        if not quantity.id.startswith("next.") and quantity.kind != "direction":
            found[at[quantity.id]].append(quantity.id)
    return found


def _same_side(value: float, planned: float) -> bool:
    return abs(value) > NEAR_ZERO and (value > 0) == (planned > 0)


def _alive(plan: Trace) -> bool:
    """Whether something comes through every layer and something is learnt from it."""
    network = plan.network
    for prefix in example_prefixes(plan.examples):
        for layer in network.layers[:-1]:
            if not any(plan[f"{prefix}{neuron.name}.activation"].value for neuron in layer):
                return False
    moved = [one.value for one in plan if one.kind in ("gradient", "error")]
    sums = (one.value for one in plan if one.kind == "sum" and not one.id.startswith("next."))
    return any(moved) and all(abs(one) > NEAR_ZERO for one in sums)


def traced_with(first: Trace, given: Mapping[str, float]) -> Trace:
    """The same training step with other given numbers.

    Args:
        first: the step whose shape stays.
        given: a number for each id that is given there.

    Raises:
        NetworkError: with these it cannot be traced.
    """
    network = _network(first.network, given)
    names = target_names(network)
    examples = [
        (
            [given[f"{prefix}{name}"] for name in network.inputs],
            [given[f"{prefix}{name}"] for name in names],
        )
        for prefix in example_prefixes(first.examples)
    ]
    rate = given["learning_rate"]
    if first.examples:
        return batch_trace(network, examples, _reduction(first), rate, first.names)
    inputs, target = examples[0]
    return trace(network, inputs, target, rate, first.names)


def _reduction(first: Trace) -> str:
    """What became of the examples' losses and gradients: only a mean is divided by their number."""
    whole = (one.expression for one in first if one.prefix == "")
    count = Number(float(first.examples))
    divided = any(isinstance(tree, Quotient) and tree.denominator == count for tree in whole)
    return "mean" if divided else "sum"


def _network(network: Network, given: Mapping[str, float]) -> Network:
    layers = tuple(
        tuple(
            replace(
                neuron,
                bias=given[neuron.bias_id],
                weights=tuple((name, given[name]) for name, _ in neuron.weights),
            )
            for neuron in layer
        )
        for layer in network.layers
    )
    return replace(network, layers=layers)
