"""What can be practised: the knowledge components, and the quantities that practise each.

A skill is one operation a learner either can do or can't yet, wherever it stands in a network.
The ids are permanent: learners' records hold them.

Source: the grain is the knowledge component of Koedinger, Corbett, Perfetti, The
Knowledge-Learning-Instruction framework, Cognitive Science 36 (2012).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import overload

from engine.expression import refs
from engine.functions import ACTIVATIONS
from engine.losses import LOSSES
from engine.network import Network, Neuron
from engine.practice.random_draws import RandomDraws
from engine.trace import Trace

FULL_TRACE = "full_trace"
"""Not a skill: a whole training step, which practises many."""

_FIRST = ("signed_product", "weighted_sum")
_LAST = ("output_delta", "hidden_delta", "gradient", "direction", "update")


class _Skills(Sequence[str]):
    """Read off the records of activations and losses whenever it is looked at."""

    @property
    def _all(self) -> tuple[str, ...]:
        practised = [one.name for one in ACTIVATIONS.values() if one.first_at is not None]
        losses = dict.fromkeys(loss.skill for loss in LOSSES.values())
        return (*_FIRST, *practised, *losses, *_LAST)

    def __len__(self) -> int:
        return len(self._all)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        return self._all[index]


SKILLS: Sequence[str] = _Skills()
"""Every skill, in the order they come up in a training step."""

_BY_KIND = {
    "product": "signed_product",
    "sum": "weighted_sum",
    "gradient": "gradient",
    "direction": "direction",
    "error": "output_delta",
    "step": "update",
    "updated": "update",
}


def skill_of(network: Network, name: str) -> str | None:
    """The skill that a quantity practises; None for what no set asks, as a slope found by trying.

    Args:
        network: the network it is a quantity of.
        name: its id; after the update (`next.…`) and of each example the skills are the same.
    """
    before, _, kind = name.rpartition(".")
    owner = before.rpartition(".")[2]
    if not before and kind != "loss":
        return None  # an author's own formula
    if kind == "loss":
        return LOSSES[network.loss].skill
    if kind == "activation":
        used = next(n.activation for n in network.neurons() if n.name == owner)
        return used if ACTIVATIONS[used].first_at is not None else None
    if kind == "delta":
        is_output = any(neuron.name == owner for neuron in network.outputs)
        return "output_delta" if is_output else "hidden_delta"
    return _BY_KIND.get(kind)


def skills_at(network: Network) -> tuple[str, ...]:
    """The skills that some quantity of a network practises, in the order of `SKILLS`."""
    present = {skill_of(network, name) for name in whole_trace(network)}
    present.add("signed_product")
    return tuple(skill for skill in SKILLS if skill in present)


def asked_for(network: Network, skill: str, draws: RandomDraws) -> tuple[str, ...]:
    """A short set: the quantities of one neuron or one layer that practise a skill.

    Raises:
        ValueError: nothing in this network does.
    """
    neurons = list(network.neurons())
    hidden = [n for layer in network.layers[:-1] for n in layer]
    output = network.outputs[0]
    match skill:
        case "signed_product":
            asked = [f"{w}.product" for w, _ in draws.one_of(hidden or neurons).weights]
        case "weighted_sum":
            layer = network.layers[0] if draws.percent(60) else draws.one_of(network.layers)
            asked = [f"{n.name}.sum" for n in layer]
        case "output_delta":
            asked = [f"{n.name}.delta" for n in network.outputs]
        case "hidden_delta":
            asked = [f"{n.name}.delta" for n in network.layers[-2]] if hidden else []
        case "gradient" | "direction" | "update":
            kind = "updated" if skill == "update" else skill
            owner = output if not hidden or draws.percent(50) else draws.one_of(hidden)
            asked = [f"{w}.{kind}" for w, _ in owner.weights]
        case _ if skill in ACTIVATIONS:
            asked = [f"{n.name}.activation" for n in neurons if n.activation == skill]
        case _ if skill in SKILLS:
            asked = ["loss"] if skill_of(network, "loss") == skill else []
        case _:
            raise ValueError(f"{skill!r} is not a skill; the skills are {', '.join(SKILLS)}")
    if not asked:
        raise ValueError(f"nothing in this network practises {skill}")
    return tuple(asked)


def needed(trace: Trace, asked: Collection[str]) -> tuple[str, ...]:
    """The quantities that the asked ones are worked from and that are not asked, in order.

    They are what a learner must be told beside the network and the example.
    """
    used = {ref for name in asked for ref in refs(trace[name].expression)}
    return tuple(q.id for q in trace if q.id in used and q.id not in asked)


def whole_trace(network: Network) -> tuple[str, ...]:
    """A whole training step as it is asked: sums, activations, loss, blame, gradients, updates."""
    neurons = list(network.neurons())
    backwards = [n for layer in reversed(network.layers) for n in layer]
    forward = [f"{n.name}.{kind}" for n in neurons for kind in _forward_kinds(n)]
    deltas = [f"{n.name}.delta" for n in backwards]
    weights = [w for n in backwards for w, _ in n.weights]
    return (
        *forward,
        "loss",
        *deltas,
        *(f"{w}.gradient" for w in weights),
        *(f"{w}.direction" for w in weights),
        *(f"{w}.updated" for w in weights),
    )


def _forward_kinds(neuron: Neuron) -> tuple[str, ...]:
    return ("sum",) if ACTIVATIONS[neuron.activation].identity else ("sum", "activation")
