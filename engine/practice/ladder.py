"""The ladder of difficulty: each rung brings one new thing and keeps the earlier ones around."""

from __future__ import annotations

from dataclasses import dataclass

from engine.functions import ACTIVATIONS
from engine.losses import DEFAULT_LOSS, LOSSES
from engine.mistakes import BY_ID
from engine.practice.random_draws import RandomDraws

EASIEST, HARDEST = 1, 7


@dataclass(frozen=True, slots=True)
class Rung:
    """What one difficulty asks of a network; chances are in percent."""

    brings: str
    """What is new here: the id of the rung."""
    inputs: tuple[int, ...]
    """How many inputs, one of these."""
    hidden: tuple[tuple[str, ...], ...]
    """The activations of the hidden layers, one of these."""
    off: int
    """How often one ReLU neuron is off."""
    biased: int
    """How often the neurons have biases."""
    loss: str = DEFAULT_LOSS


ONE, TWO = ("relu",), ("relu", "relu")

LADDER: tuple[Rung, ...] = (
    Rung("signs", (2,), (ONE,), 0, 0),
    Rung("relu_off", (2,), (ONE,), 70, 0),
    Rung("biases", (2,), (ONE,), 40, 100),
    Rung("three_inputs", (3,), (ONE,), 40, 50),
    Rung("two_hidden_layers", (2,), (TWO,), 40, 40),
    Rung("tanh", (2,), (("tanh",), ("tanh",), ("relu", "tanh")), 40, 40),
    Rung("cross_entropy", (2, 3), (ONE, ("tanh",)), 40, 50, "cross_entropy"),
)
"""From difficulty 1 up."""

OFF_WHEN_ASKED = {"relu": 60, "weighted_sum": 40, "signed_product": 40}
"""How often a hidden sum is negative where that is what is practised, on every rung."""

WRONG_SIDE, TARGET_ONE = 50, 50
"""In percent: predictions on the wrong side of 0.5, targets of 1."""

NEGATIVE_WEIGHT, ALL_POSITIVE = 40, 25
"""In percent: weights below 0; and of the neurons that would have none, those that keep it so."""

OUTPUT = "sigmoid"
"""The activation of the output."""


def introduced_at(skill: str) -> int:
    """The first difficulty at which a skill comes up."""
    if skill in ACTIVATIONS:
        return ACTIVATIONS[skill].first_at or EASIEST
    losses = [loss.first_at for loss in LOSSES.values() if loss.skill == skill]
    return min(losses, default=EASIEST)


def _last_at(skill: str) -> int:
    """The last difficulty at which a skill comes up: a rung has one loss."""
    rungs = enumerate(LADDER, EASIEST)
    losses = [level for level, rung in rungs if LOSSES[rung.loss].skill == skill]
    return max(losses, default=HARDEST)


def difficulty_of(skill: str, difficulty: int, mistake: str = "") -> int:
    """The difficulty nearest to the wanted one at which a skill, and a mistake in it, can come up.

    >>> difficulty_of("tanh", 2), difficulty_of("loss", 7), difficulty_of("relu", 3)
    (6, 6, 3)
    """
    occasion = BY_ID[mistake].occasion if mistake in BY_ID else EASIEST
    least = max(introduced_at(skill), difficulty, occasion)
    return min(least, _last_at(skill))


@dataclass(frozen=True, slots=True)
class Plan:
    """A network's shape, and what shall happen in it."""

    inputs: int
    activations: tuple[tuple[str, ...], ...]
    """Of each neuron, layer by layer; the last is the one output."""
    positive: tuple[tuple[bool, ...], ...]
    """Whether each neuron's sum is above 0."""
    biased: bool
    loss: str
    target: float


def plan(skill: str, difficulty: int, draws: RandomDraws) -> Plan:
    """What a problem shall look like, at the rates of its rung."""
    rung = LADDER[difficulty - 1]
    alone = [(skill,)] if skill in ACTIVATIONS and skill != OUTPUT else rung.hidden
    hidden = draws.one_of([way for way in rung.hidden if skill in way] or alone)
    target = 1.0 if draws.percent(TARGET_ONE) else 0.0
    wrong = draws.percent(WRONG_SIDE)
    off = draws.percent(OFF_WHEN_ASKED.get(skill, rung.off))
    gates = [i for i, kind in enumerate(hidden) if ACTIVATIONS[kind].gate]
    where = (draws.one_of(gates), draws.below(2)) if off and gates else None
    positive = [
        tuple((i, j) != where if ACTIVATIONS[kind].gate else draws.percent(50) for j in range(2))
        for i, kind in enumerate(hidden)
    ]
    return Plan(
        inputs=draws.one_of(rung.inputs),
        activations=(*((kind, kind) for kind in hidden), (OUTPUT,)),
        positive=(*positive, ((target == 1.0) != wrong,)),
        biased=draws.percent(rung.biased),
        loss=next((loss.name for loss in LOSSES.values() if loss.skill == skill), rung.loss),
        target=target,
    )
