"""What each sentence claims, and when the learner's own page disproves it.

One function for each mistake's id and for each key of `say` in content/en/mistakes.toml. It gets
what was said and what stands on the page, and yields why the sentence is false, if it is.

A page gives an account of its result where every equality from a side to the result holds to
the digits written: then the result is what that side works out, and no sentence may say otherwise.
Where an equality on the way is false nobody knows what was really done, and a sentence that names
a thing that could have been is not disproved by the side before it.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.truth.claims.backward import (
    forgot_input,
    forgot_rate,
    forgot_slope,
    forgot_weight,
    ignored_gate,
    step_alone,
    uphill,
)
from tests.truth.claims.forward import (
    activated_early,
    added_instead,
    decimal_place,
    dropped_sign,
    flipped_sign,
    forgot_bias,
    missing_term,
    not_as_taught,
    order_of_operations,
    other_quantity,
    relu_of,
    relu_zeroed,
    sigmoid_sign,
    skipped_activation,
    wrong_activation,
    wrong_weights,
)
from tests.truth.claims.heard import Heard, Why
from tests.truth.claims.losses import (
    doubled,
    forgot_to_square,
    forgot_two,
    halved,
    kept_sign,
    reversed_difference,
    wrong_target,
)
from tests.truth.claims.results import (
    carried_forward,
    cut_off,
    digits_right,
    half_plus_quarter,
    imprecise,
    nothing,
    number_alone,
    says_what_comes_out,
    several_ways,
    typed_is_theirs,
    unmoved,
)
from tests.truth.claims.work import (
    comes_to_another,
    early_rounding,
    has_right_part,
    is_not,
    not_in_formula,
    only_its_name,
    part_slipped,
    point_slipped,
    right_part_so_far,
    right_parts,
    right_so_far,
    set_up_right,
    sign_slipped,
    signs_right,
    slip,
    slips_somewhere,
    so_far,
    stranger,
)
from tests.truth.tree import negative

CLAIMS: dict[str, tuple[Callable[[Heard], Why], ...]] = {
    "dropped_sign": (says_what_comes_out, dropped_sign),
    "flipped_sign": (says_what_comes_out, flipped_sign),
    "left_to_right": (says_what_comes_out, order_of_operations),
    "added_before_multiplying": (says_what_comes_out, order_of_operations),
    "added_instead_of_multiplied": (says_what_comes_out, added_instead),
    "swapped_weights": (says_what_comes_out, wrong_weights),
    "wrong_neuron": (says_what_comes_out, wrong_weights),
    "missing_term": (says_what_comes_out, missing_term),
    "forgot_bias": (says_what_comes_out, forgot_bias),
    "used_inputs_not_activations": (says_what_comes_out, wrong_weights),
    "skipped_activation": (says_what_comes_out, skipped_activation),
    "activated_early": (says_what_comes_out, activated_early),
    "used_updated_weight": (says_what_comes_out, wrong_weights),
    "left_out_brackets": (says_what_comes_out, order_of_operations),
    "wrong_activation": (says_what_comes_out, wrong_activation),
    "relu_kept_negative": (
        says_what_comes_out,
        relu_of(lambda z: z, "the number is not the sum"),
    ),
    "relu_absolute_value": (
        says_what_comes_out,
        relu_of(negative, "the number is not the sum without its minus"),
    ),
    "relu_zeroed_positive": (says_what_comes_out, relu_zeroed),
    "sigmoid_sign": (says_what_comes_out, sigmoid_sign),
    "forgot_to_square": (says_what_comes_out, forgot_to_square),
    "doubled_instead_of_squared": (says_what_comes_out, doubled),
    "kept_sign_when_squaring": (says_what_comes_out, kept_sign),
    "wrong_target": (says_what_comes_out, wrong_target),
    "halved_loss": (says_what_comes_out, halved),
    "reversed_difference": (says_what_comes_out, reversed_difference),
    "forgot_factor_two": (says_what_comes_out, forgot_two),
    "forgot_activation_slope": (says_what_comes_out, forgot_slope),
    "squared_the_slope": (says_what_comes_out, forgot_slope),
    "forgot_weight_factor": (says_what_comes_out, forgot_weight),
    "forgot_input_factor": (says_what_comes_out, forgot_input),
    "ignored_relu_gate": (says_what_comes_out, ignored_gate),
    "stepped_uphill": (says_what_comes_out, uphill),
    "forgot_learning_rate": (says_what_comes_out, forgot_rate),
    "gave_step_not_weight": (says_what_comes_out, step_alone),
    "decimal_place": (says_what_comes_out, decimal_place),
    "slip": (slip,),
    "other_quantity": (typed_is_theirs, other_quantity),
    "imprecise": (imprecise,),
    "imprecise_cut": (cut_off,),
    "imprecise_sigmoid": (cut_off,),
    "carried_forward": (carried_forward,),
    "unexplained": (number_alone,),
    "unexplained_digits": (digits_right,),
    "unexplained_digits_sign": (digits_right,),
    "unexplained_sigmoid": (half_plus_quarter,),
    "unexplained_slip": (is_not, point_slipped),
    "unexplained_number": (stranger,),
    "unexplained_setup": (comes_to_another,),
    "unexplained_unmoved": (unmoved,),
    "unexplained_name": (not_in_formula,),
    "unexplained_slip_plain": (slips_somewhere,),
    "unexplained_parts_plain": (has_right_part,),
    "set_up": (nothing,),
    "unfinished_but": (is_not,),
    "unexplained_parts": (right_parts,),
    "unexplained_early": (early_rounding,),
    "unexplained_work": (nothing,),
    "partial": (so_far,),
    "ambiguous": (several_ways,),
    "ambiguous_open": (several_ways,),
    "pair": (says_what_comes_out,),
    "pair_plain": (says_what_comes_out,),
    "slip_last": (set_up_right, signs_right, point_slipped),
    "slip_inside": (set_up_right, signs_right, point_slipped),
    "slip_sign": (set_up_right, sign_slipped, point_slipped),
    "slip_somewhere": (set_up_right, point_slipped),
    "slip_part": (part_slipped, point_slipped),
    "slip_decimal_point": (nothing,),
    "correct_but": (is_not,),
    "direction": (nothing,),
    "direction_open": (nothing,),
    "unfinished": (right_so_far,),
    "unfinished_long": (right_so_far,),
    "unfinished_open": (nothing,),
    "unfinished_name": (only_its_name,),
    "unfinished_part": (right_part_so_far,),
}
"""Every sentence, with what must be so for it to be true."""

OF_ANY_MISTAKE: tuple[Callable[[Heard], Why], ...] = (says_what_comes_out, not_as_taught)
"""What must be so of every mistake, also of one that has no claim of its own yet."""


__all__ = ["CLAIMS", "OF_ANY_MISTAKE", "Heard"]
