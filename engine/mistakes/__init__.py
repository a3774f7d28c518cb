"""Every misconception the tutor knows, as rewritings of a step's expression tree.

One small file per family. To add one: a function with an `e.g.` line and its flags in its family's
file, an example table in `tests/engine/mistakes/`, its sentences in `content/en/mistakes.toml` and
its name in `generated.toml`. Ids are permanent: learners' records hold them.
"""

from __future__ import annotations

from engine.mistakes import (
    activation,
    arithmetic,
    backward,
    elsewhere,
    examples,
    loss,
    order,
    signs,
    update,
    weighted_sum,
)
from engine.mistakes.arithmetic import SLIP
from engine.mistakes.rule import Rewriting, Rule
from engine.mistakes.step import Step

_FAMILIES = (signs, order, examples, weighted_sum, activation, loss, backward, update, arithmetic)
"""The files of rules; of those equally common the one that stands first is thought of first."""

RULES: tuple[Rule, ...] = tuple(
    known for family in _FAMILIES for known in vars(family).values() if isinstance(known, Rule)
)
"""Every rule of a step's own, by family, as they stand in their files."""

ELSEWHERE: Rule = elsewhere.other_quantity
"""Comes last: only when no rule of the step's own fits."""

BY_ID: dict[str, Rule] = {known.id: known for known in (*RULES, ELSEWHERE)}
"""Every rule by its id; a slip has none."""

MISTAKES: tuple[str, ...] = (*(known.id for known in RULES), SLIP, ELSEWHERE.id)
"""Every id there is."""

FAMILIES: dict[str, str] = {
    **{known.id: known.family for known in (*RULES, ELSEWHERE)},
    SLIP: "arithmetic",
}
"""The family of each id."""

OWN_FAMILY: dict[str, str] = {
    "product": "signs",
    "sum": "signs",
    "activation": "activation",
    "loss": "loss",
    "delta": "backward",
    "error": "backward",
    "gradient": "backward",
    "step": "update",
    "updated": "update",
    "slope": "backward",
    "formula": "backward",
    "direction": "update",
}
"""The family that names a rewriting, at each kind of quantity, when several rules make it."""


def able(step: Step, right: float) -> list[Rule]:
    """The rules that can apply at a step; the first of those that come to the same gives the name.

    Those of the step's own family come first. A minus that is gone is the nearest slip of all: a
    blame below zero that is given without it is not said to be an error turned round. What several
    examples come to together is asked for their sake: half of it is a mean before it is a half.
    """
    own = "signs" if step.kind == "delta" and right < 0 else OWN_FAMILY.get(step.kind, "")
    if step.reduced and step.kind in ("loss", "gradient"):
        own = "examples"
    kinds = [rule for rule in RULES if step.kind in rule.kinds]
    return sorted(kinds, key=lambda rule: rule.family != own)


__all__ = [
    "BY_ID",
    "ELSEWHERE",
    "FAMILIES",
    "MISTAKES",
    "OWN_FAMILY",
    "RULES",
    "SLIP",
    "Rewriting",
    "Rule",
    "Step",
    "able",
]
