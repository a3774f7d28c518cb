"""The registry: every mistake of the vocabulary, documented, and the place to add one."""

from __future__ import annotations

import tomllib
from pathlib import Path
from string import Formatter

from engine.diagnosis.slots import SLOTS
from engine.mistakes import ELSEWHERE, FAMILIES, MISTAKES, OWN_FAMILY, RULES, SLIP

VOCABULARY = [
    "dropped_sign",
    "flipped_sign",
    "left_to_right",
    "added_before_multiplying",
    "left_out_brackets",
    "added_instead_of_multiplied",
    "swapped_weights",
    "wrong_neuron",
    "missing_term",
    "forgot_bias",
    "used_inputs_not_activations",
    "skipped_activation",
    "wrong_activation",
    "relu_kept_negative",
    "relu_absolute_value",
    "relu_zeroed_positive",
    "sigmoid_sign",
    "activated_early",
    "forgot_to_square",
    "doubled_instead_of_squared",
    "kept_sign_when_squaring",
    "wrong_target",
    "halved_loss",
    "reversed_difference",
    "forgot_factor_two",
    "forgot_activation_slope",
    "squared_the_slope",
    "forgot_weight_factor",
    "forgot_input_factor",
    "ignored_relu_gate",
    "used_updated_weight",
    "stepped_uphill",
    "forgot_learning_rate",
    "gave_step_not_weight",
    "decimal_place",
    "slip",
    "other_quantity",
]

WORDS = Path(__file__).parents[3] / "content" / "en" / "mistakes.toml"


def test_every_mistake_of_the_vocabulary_is_known() -> None:
    """The ids are those of the public vocabulary, in its order, each once."""
    assert list(MISTAKES) == VOCABULARY


def test_every_rule_has_an_example_line_and_a_family() -> None:
    """A rule's docstring shows one rewriting, and its family is one that names steps or more."""
    for rule in (*RULES, ELSEWHERE):
        assert "e.g. " in (rule.rewrite.__doc__ or ""), rule.id
        assert " -> " in (rule.rewrite.__doc__ or ""), rule.id
        assert FAMILIES[rule.id] == rule.family
    assert set(OWN_FAMILY.values()) <= set(FAMILIES.values())
    assert FAMILIES[SLIP] == "arithmetic"


def test_every_mistake_has_its_sentences() -> None:
    """Each mistake has a text, a plain text and a clause, whose slots the engine fills."""
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    assert list(words["mistakes"]) == VOCABULARY
    for name, texts in words["mistakes"].items():
        assert set(texts) == {"text", "plain", "short"}, name
        for text in texts.values():
            used = {slot for _, slot, *_ in Formatter().parse(text) if slot}
            assert used <= set(SLOTS), name
