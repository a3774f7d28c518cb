"""Every misconception the tutor knows, as rewritings of a step's expression tree.

One small file per family. To add one: a function with an `e.g.` line, its name in the family's
place below, an example table in `tests/engine/mistakes/`, and its sentence in
`content/en/mistakes.toml`. Ids are permanent: learners' records hold them.
"""

from __future__ import annotations

from engine.mistakes import (
    activation,
    arithmetic,
    backward,
    elsewhere,
    loss,
    order,
    signs,
    update,
    weighted_sum,
)
from engine.mistakes.arithmetic import SLIP
from engine.mistakes.rule import Rewriting, Rule
from engine.mistakes.step import Step

RULES: tuple[Rule, ...] = (
    signs.dropped_sign,
    signs.flipped_sign,
    order.left_to_right,
    order.added_before_multiplying,
    order.left_out_brackets,
    weighted_sum.added_instead_of_multiplied,
    weighted_sum.swapped_weights,
    weighted_sum.wrong_neuron,
    weighted_sum.missing_term,
    weighted_sum.forgot_bias,
    weighted_sum.used_inputs_not_activations,
    activation.skipped_activation,
    activation.wrong_activation,
    activation.relu_kept_negative,
    activation.relu_absolute_value,
    activation.relu_zeroed_positive,
    activation.sigmoid_sign,
    activation.activated_early,
    loss.forgot_to_square,
    loss.doubled_instead_of_squared,
    loss.kept_sign_when_squaring,
    loss.wrong_target,
    loss.halved_loss,
    backward.reversed_difference,
    backward.forgot_factor_two,
    backward.forgot_activation_slope,
    backward.squared_the_slope,
    backward.forgot_weight_factor,
    backward.forgot_input_factor,
    backward.ignored_relu_gate,
    backward.used_updated_weight,
    update.stepped_uphill,
    update.forgot_learning_rate,
    update.gave_step_not_weight,
    arithmetic.decimal_place,
)
"""Every rule of a step's own, by family."""

ELSEWHERE: Rule = elsewhere.other_quantity
"""Comes last: only when no rule of the step's own fits."""

MISTAKES: tuple[str, ...] = (*(known.id for known in RULES), SLIP, ELSEWHERE.id)
"""Every id there is."""

FAMILIES: dict[str, str] = {
    **{known.id: known.family for known in (*RULES, ELSEWHERE)},
    SLIP: "arithmetic",
}
"""The family of each id."""

FIRST = frozenset(known.id for known in RULES if known.first)
"""Those that are told before every other mistake that a number fits."""

OWN_FAMILY: dict[str, str] = {
    "product": "signs",
    "sum": "signs",
    "activation": "activation",
    "loss": "loss",
    "delta": "backward",
    "gradient": "backward",
    "updated": "update",
    "direction": "update",
}
"""The family that names a rewriting, at each kind of quantity, when several rules make it."""


def able(step: Step, right: float) -> list[Rule]:
    """The rules that can apply at a step; the first of those that come to the same gives the name.

    Those of the step's own family come first. A minus that is gone is the nearest slip of all: a
    blame below zero that is given without it is not said to be an error turned round.
    """
    own = "signs" if step.kind == "delta" and right < 0 else OWN_FAMILY.get(step.kind, "")
    kinds = [rule for rule in RULES if step.kind in rule.kinds]
    return sorted(kinds, key=lambda rule: rule.family != own)


__all__ = [
    "ELSEWHERE",
    "FAMILIES",
    "FIRST",
    "MISTAKES",
    "OWN_FAMILY",
    "RULES",
    "SLIP",
    "Rewriting",
    "Rule",
    "Step",
    "able",
]
