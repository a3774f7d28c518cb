"""Diagnosis of a typed number: every verdict, on the lesson's two examples."""

from __future__ import annotations

import pytest

from engine.diagnosis import (
    Diagnoser,
    Kind,
    Verdict,
    diagnose,
    diagnose_direction,
)
from engine.diagnosis.rounding_paths import RoundingPath
from engine.expression import Number
from engine.network import Network
from engine.reading import read
from engine.scaffold import pieces, with_pieces
from engine.spoken import read_answer
from engine.trace import trace
from tests.engine.networks import traced


def verdict(
    name: str, quantity: str, typed: str, earlier: dict[str, float] | None = None
) -> Verdict:
    """The verdict on what was typed at a step of an example."""
    found = traced(name)
    return diagnose(found, quantity, read_answer(found, quantity, typed, earlier), earlier or {})


def named(found: Verdict) -> list[list[tuple[str, str]]]:
    """The candidates as (id, where) pairs, best first."""
    return [[(made.id, made.where) for made in c.mistakes] for c in found.candidates]


@pytest.mark.parametrize(
    ("name", "quantity", "typed"),
    [
        ("worked", "H1.sum", "0,03"),
        ("worked", "H1.sum", "0.030"),
        ("worked", "H1.sum", "0.6*0.4 + 0.7*-0.3 = 0.03"),
        ("worked", "O.activation", "0.563"),
        ("worked", "O.activation", "0.56267"),
        ("worked", "loss", "0.191"),
        ("worked", "loss", "0.1913"),
        ("new", "O.activation", "0.507"),
        ("new", "O.activation", "0.508"),
        ("new", "H2.activation", "0"),
        ("new", "H2.activation", "-0.0"),
        ("new", "wO2.gradient", "0.000"),
        ("new", "w11.updated", "0.390"),
        ("new", "w11.updated", "0.39"),
    ],
)
def test_a_right_answer_is_correct_however_it_is_rounded(
    name: str, quantity: str, typed: str
) -> None:
    """Right to the asked decimals is right, by any way of rounding and with end zeros left out."""
    assert verdict(name, quantity, typed).kind is Kind.CORRECT


@pytest.mark.parametrize(
    ("quantity", "typed"),
    [
        ("O.activation", "0.56"),
        ("O.activation", "0.562"),
        ("loss", "0.19"),
        ("O.sum", "0.25"),
    ],
)
def test_a_right_answer_with_too_few_decimals_is_imprecise(quantity: str, typed: str) -> None:
    """Rounded more coarsely than asked, or cut off, is not a mistake, and not quite right."""
    assert verdict("worked", quantity, typed).kind is Kind.IMPRECISE


@pytest.mark.parametrize(
    ("quantity", "typed"),
    [
        ("wO2.updated", "0.9"),
        ("wO2.updated", "0.90"),
        ("O.activation", "0.5"),
        ("O.activation", "0.6"),
        ("O.activation", "1"),
        ("O.activation", "1.0"),
        ("O.activation", "0.57"),
        ("loss", "0.1"),
        ("loss", "0.2"),
        ("wO1.gradient", "-0.006"),
        ("H2.sum", "0.3"),
    ],
)
def test_what_is_not_properly_rounded_is_not_right_as_far_as_it_goes(
    quantity: str, typed: str
) -> None:
    """Nor one digit, nor the weight before its step, nor what a sigmoid only comes near to."""
    assert verdict("worked", quantity, typed).kind is not Kind.IMPRECISE


@pytest.mark.parametrize("typed", ["0", "0.0", "0.00"])
def test_imprecise_needs_a_digit_that_is_not_zero(typed: str) -> None:
    """A zero for a small number is no rounding of it."""
    assert verdict("worked", "wO1.gradient", typed).kind is not Kind.IMPRECISE


def test_imprecise_gives_way_to_a_mistake_that_yields_the_number() -> None:
    """−0.20 rounds −0.198, but here it is the whole sum before the products."""
    assert named(verdict("worked", "H1.sum", "0.3")) == [[("decimal_place", "H1")]]
    assert named(verdict("worked", "H1.sum", "-0.2")) == [[("added_before_multiplying", "H1")]]


def test_more_decimals_than_asked_must_be_right_where_the_value_is_exact() -> None:
    """0.034 is not 0.03, and a switched-off neuron gives 0, not −0.02."""
    assert verdict("worked", "H1.sum", "0.034").kind is Kind.UNEXPLAINED
    assert named(verdict("new", "H2.activation", "-0.02")) == [[("relu_kept_negative", "H2")]]


@pytest.mark.parametrize(
    ("name", "quantity", "typed", "expected"),
    [
        ("worked", "w12.product", "0.21", ("dropped_sign", "w12")),
        ("worked", "H1.sum", "0.45", ("dropped_sign", "w12")),
        ("worked", "H1.sum", "-0.282", ("left_to_right", "H1")),
        ("worked", "H1.sum", "-0.198", ("added_before_multiplying", "H1")),
        ("worked", "H1.sum", "-0.2", ("added_before_multiplying", "H1")),
        ("worked", "H1.sum", "0.26", ("wrong_neuron", "H1")),
        ("worked", "O.sum", "0.99", ("used_inputs_not_activations", "O")),
        ("worked", "O.activation", "0.252", ("skipped_activation", "O")),
        ("worked", "O.activation", "0.437", ("sigmoid_sign", "O")),
        ("worked", "loss", "0.437", ("forgot_to_square", "O")),
        ("worked", "loss", "-0.191", ("kept_sign_when_squaring", "O")),
        ("worked", "O.delta", "0.215", ("flipped_sign", "O")),
        ("new", "O.delta", "-0.254", ("reversed_difference", "O")),
        ("worked", "O.activation", "0.188", ("left_to_right", "O")),
        ("worked", "O.activation", "1.777", ("left_out_brackets", "O")),
        ("worked", "loss", "0.683", ("left_out_brackets", "O")),
        ("worked", "O.delta", "-0.277", ("squared_the_slope", "O")),
        ("worked", "H2.delta", "-0.198", ("used_updated_weight", "wO2")),
        ("worked", "wO1.gradient", "-0.056", ("other_quantity", "wO2.gradient")),
        ("worked", "wO1.gradient", "-0.0559", ("other_quantity", "wO2.gradient")),
        ("worked", "wO1.gradient", "-0.0560", ("other_quantity", "wO2.gradient")),
        ("worked", "wO1.gradient", "-0.05596", ("other_quantity", "wO2.gradient")),
        ("new", "H2.sum", "0", ("activated_early", "H2")),
        ("worked", "O.delta", "-0.108", ("forgot_factor_two", "O")),
        ("worked", "O.delta", "-0.874", ("forgot_activation_slope", "O")),
        ("worked", "H2.delta", "-0.215", ("forgot_weight_factor", "wO2")),
        ("worked", "wO1.gradient", "-0.215", ("forgot_input_factor", "wO1")),
        ("worked", "wO2.updated", "0.882", ("stepped_uphill", "wO2")),
        ("worked", "wO2.updated", "0.956", ("forgot_learning_rate", "wO2")),
        ("worked", "wO2.updated", "0.018", ("gave_step_not_weight", "wO2")),
        ("worked", "w11.gradient", "-0.090", ("other_quantity", "w12.gradient")),
        ("worked", "next.O.activation", "0.419", ("sigmoid_sign", "O")),
        ("new", "H2.activation", "0.02", ("relu_absolute_value", "H2")),
        ("new", "O.sum", "0.012", ("skipped_activation", "H2")),
        ("new", "w21.gradient", "0.046", ("ignored_relu_gate", "H2")),
        ("new", "loss", "0.243", ("wrong_target", "O")),
        ("deep", "A1.sum", "0.14", ("forgot_bias", "A1")),
    ],
)
def test_a_mistake_is_named_with_its_place(
    name: str, quantity: str, typed: str, expected: tuple[str, str]
) -> None:
    """A number that one mistake gives is explained by that mistake, and only by it."""
    found = verdict(name, quantity, typed)
    assert (found.kind, named(found)) == (Kind.MISTAKE, [[expected]])


def test_the_working_is_that_of_the_mistake() -> None:
    """The mistaken computation is worked line by line, with the sign that was taken away gone."""
    (candidate,) = verdict("worked", "H1.sum", "0.45").candidates
    assert candidate.working == ("0.6 × 0.4 + 0.7 × 0.3", "= 0.24 + 0.21", "= 0.45")


def test_two_mistakes_in_one_answer_are_one_candidate() -> None:
    """The error alone, without the two and the slope, is two mistakes made together."""
    found = verdict("worked", "O.delta", "-0.437")
    assert found.kind is Kind.MISTAKE
    assert sorted(named(found)[0]) == [("forgot_activation_slope", "O"), ("forgot_factor_two", "O")]


@pytest.mark.parametrize("typed", ["0.777", "7", "-0.5123", "1e30", "123456789", "1e-300"])
def test_what_nothing_explains_is_not_guessed_at(typed: str) -> None:
    """A number far from everything foreseen is unexplained."""
    assert verdict("worked", "O.sum", typed).kind is Kind.UNEXPLAINED


def test_a_minus_lost_in_a_piece_is_named() -> None:
    """A piece that is no quantity of its own has signs and a decimal point to lose, too."""
    whole = traced("worked")
    broken_up = with_pieces(whole, "w12.updated")
    (piece,) = pieces(whole, "w12.updated")
    found = diagnose(broken_up, piece.id, read("0.0288"))
    assert named(found) == [[("flipped_sign", "w12")]]


def test_what_chance_would_hit_is_kept_back() -> None:
    """An explanation that a chance number would fit as easily is not said."""
    found = verdict("worked", "O.activation", "0.44")
    assert (found.kind, found.candidates) == (Kind.UNEXPLAINED, ())


def test_right_from_a_wrong_earlier_value_is_carried_forward() -> None:
    """The right method on the learner's own value is credited, and the value is named."""
    found = verdict("worked", "O.sum", "0.504", {"H1.sum": 0.45, "H1.activation": 0.45})
    assert found.kind is Kind.CARRIED_FORWARD
    assert (found.carried[0].id, found.carried[0].typed) == ("H1.activation", 0.45)
    assert found.carried[0].right == pytest.approx(0.03)


def test_only_earlier_values_that_the_answer_came_from_are_named() -> None:
    """A wrong sum whose ReLU was right all the same is not what an answer is right from."""
    earlier = {"H1.activation": 0.19, "H2.sum": 0.86}
    assert [c.id for c in verdict("worked", "O.sum", "0.348", earlier).carried] == ["H1.activation"]
    both = verdict("worked", "O.sum", "0.888", earlier)
    assert [c.id for c in both.carried] == ["H1.activation", "H2.sum"]


def test_what_lies_between_is_worked_again_from_a_wrong_value() -> None:
    """With only H1's sum known to be wrong, its ReLU follows from it."""
    assert verdict("worked", "O.sum", "0.504", {"H1.sum": 0.45}).kind is Kind.CARRIED_FORWARD


def test_a_right_answer_stays_right_after_a_wrong_earlier_value() -> None:
    """Who went back and used the right value is right."""
    assert verdict("worked", "O.sum", "0.252", {"H1.activation": 0.45}).kind is Kind.CORRECT


def test_a_mistake_on_a_wrong_earlier_value_is_named() -> None:
    """A mistake is found on top of the learner's own value, and so is that value."""
    found = verdict("worked", "O.sum", "-0.036", {"H1.activation": 0.45})
    assert named(found)[0] == [("flipped_sign", "wO1")]
    assert (found.candidates[0].from_own, found.carried[0].id) == (True, "H1.activation")


def test_rounded_earlier_values_count_as_right() -> None:
    """An earlier value within its own rounding is no wrong value."""
    found = verdict("worked", "loss", "0.437", {"O.activation": 0.563})
    assert (found.kind, found.carried) == (Kind.MISTAKE, ())


@pytest.mark.parametrize("value", [1e300, -1e300, 1.5, -0.2, 0.0])
def test_no_earlier_value_is_too_odd(value: float) -> None:
    """Earlier values that overflow or have no logarithm are diagnosed all the same."""
    for quantity in traced("deep"):
        earlier = {"A1.sum": value, "O1.activation": value, "B1.activation": value}
        assert verdict("deep", quantity.id, "0.123", earlier).kind in Kind


@pytest.mark.parametrize("value", [1.05, 1.0, 0.999999, 0.0])
@pytest.mark.parametrize("target", [0.0, 1.0])
def test_a_probability_at_the_edge_is_no_trouble(value: float, target: float) -> None:
    """A cross-entropy is diagnosed from any of them, though values beside it have no logarithm."""
    neuron = {"name": "O", "activation": "sigmoid", "bias": 0.1, "weights": {"w": 0.4}}
    data = {"inputs": ["x"], "layers": [[neuron]], "loss": "cross_entropy"}
    found = diagnose(
        trace(Network.from_data(data), [0.5], target),
        "loss",
        read("0.232"),
        {"O.activation": value},
    )
    assert found.kind is Kind.UNEXPLAINED


def test_what_can_not_be_read_is_no_wrong_answer() -> None:
    """An unreadable text keeps its reason and has no candidates."""
    found = verdict("worked", "H1.sum", "1.2.3")
    assert (found.kind, found.typed, found.candidates) == (Kind.UNREADABLE, None, ())
    assert found.unreadable is not None


@pytest.mark.parametrize(
    ("name", "word", "kind"),
    [
        ("w11.direction", "increase", Kind.CORRECT),
        ("w11.direction", "decrease", Kind.MISTAKE),
        ("w11.direction", "no change", Kind.UNEXPLAINED),
    ],
)
def test_a_wrong_direction_is_a_step_uphill(name: str, word: str, kind: Kind) -> None:
    """The opposite direction is the uphill one; "no change" is not explained by it."""
    found = diagnose_direction(traced("worked"), name, word)
    assert found.kind is kind
    if kind is Kind.MISTAKE:
        assert named(found) == [[("stepped_uphill", "w11")]]


def test_where_no_change_is_right_a_direction_is_unexplained() -> None:
    """There is no uphill where the gradient is 0."""
    found = diagnose_direction(traced("new"), "wO2.direction", "increase")
    assert found.kind is Kind.UNEXPLAINED


def test_a_number_for_a_direction_is_unexplained() -> None:
    """Words are the caller's; a number is never taken for one."""
    assert verdict("worked", "w11.direction", "1").kind is Kind.UNEXPLAINED


def test_programming_errors_are_said() -> None:
    """An unknown quantity or direction is the caller's fault."""
    with pytest.raises(ValueError, match="not a quantity"):
        diagnose(traced("worked"), "H9.sum", read("1"))
    with pytest.raises(ValueError, match="not a direction of"):
        diagnose_direction(traced("worked"), "H1.sum", "increase")
    with pytest.raises(ValueError, match="'up' is not a direction"):
        diagnose_direction(traced("worked"), "w11.direction", "up")


def test_what_is_foreseen_is_worked_out_once() -> None:
    """Asking twice gives the same objects; other earlier values add predictions of their own."""
    diagnoser = Diagnoser(traced("worked"))
    assert diagnoser.predictions("O.sum") is diagnoser.predictions("O.sum")
    (own, is_own), right = diagnoser.asked("O.sum", {"H1.activation": 0.45}).all_predictions
    assert right == (diagnoser.predictions("O.sum"), False)
    assert is_own
    assert own.right == pytest.approx(0.504)


@pytest.mark.parametrize("typed", ["0.018", "-0.018", "-0.01792", "0.0179"])
def test_the_step_alone_is_one_mistake_with_either_sign(typed: str) -> None:
    """Rate times gradient is the step given for the weight, not two mistakes made together."""
    assert named(verdict("worked", "wO2.updated", typed)) == [[("gave_step_not_weight", "wO2")]]


@pytest.mark.parametrize("typed", ["0.437", "0.438"])
def test_half_minus_a_quarter_is_the_sigmoid_of_minus_the_sum(typed: str) -> None:
    """The minus may come by the pencil rule, its quarter rounded too."""
    assert named(verdict("worked", "O.activation", typed)) == [[("sigmoid_sign", "O")]]


@pytest.mark.parametrize("typed", ["0.752", "0.063", "0.9"])
def test_no_name_is_made_up_for_a_slip_in_the_pencil_rule(typed: str) -> None:
    """Half or quarter forgotten has no id of its own, and none is stretched to fit."""
    assert verdict("worked", "O.activation", typed).kind is Kind.UNEXPLAINED


def test_forgetting_all_weights_has_no_name() -> None:
    """0.03 + 0.26 is no mistake of the vocabulary."""
    assert verdict("worked", "O.sum", "0.29").kind is Kind.UNEXPLAINED


def test_one_digit_does_not_tell_a_moved_point_from_another_step() -> None:
    """-0.006 is as well the gradient before this one, rounded: the point is not blamed."""
    ids = [made for c in named(verdict("worked", "wO2.gradient", "-0.006")) for made, _ in c]
    assert ids == ["other_quantity"]
    assert named(verdict("worked", "H1.sum", "0.3")) == [[("decimal_place", "H1")]]
    assert named(verdict("worked", "H1.activation", "0.003")) == [[("decimal_place", "H1")]]


def test_a_zero_written_out_is_a_rounded_number() -> None:
    """0.000 is what someone writes whose mistake comes to nearly nothing; a bare 0 is not."""
    nearly_nothing = RoundingPath(0.0004, Number(0.0004), {})
    assert nearly_nothing.fit(0.0, 3, 3) is not None
    assert nearly_nothing.fit(0.0, 0, 3) is None


def test_minus_two_hundredths_is_not_zero() -> None:
    """An exact 0 is asked for with no decimals, and still nothing else is rounded to it."""
    assert named(verdict("new", "H2.activation", "-0.02")) == [[("relu_kept_negative", "H2")]]
    carried = verdict("new", "O.sum", "0.012", {"H2.activation": -0.02})
    assert carried.kind is Kind.CARRIED_FORWARD
