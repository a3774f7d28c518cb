"""The registry: every mistake of the vocabulary, documented, and the place to add one."""

from __future__ import annotations

import importlib.util
import pkgutil
import tomllib
from collections.abc import Iterator
from importlib import import_module
from importlib.abc import InspectLoader
from itertools import product
from pathlib import Path
from string import Formatter
from types import CodeType

import bot
import content
import engine
from engine.diagnosis.slots import SLOTS
from engine.expression import Expression
from engine.mistakes import BY_ID, ELSEWHERE, FAMILIES, MISTAKES, OWN_FAMILY, RULES, SLIP
from engine.mistakes.rule import ANY, Flags, Rewriting, Rule
from engine.mistakes.rule import rule as rule_of
from engine.mistakes.step import Step

VOCABULARY = """
dropped_sign flipped_sign left_to_right added_before_multiplying left_out_brackets
added_instead_of_multiplied swapped_weights wrong_neuron missing_term forgot_bias
used_inputs_not_activations skipped_activation wrong_activation relu_kept_negative
relu_absolute_value relu_zeroed_positive sigmoid_sign activated_early forgot_to_square
doubled_instead_of_squared kept_sign_when_squaring wrong_target halved_loss
reversed_difference forgot_to_divide forgot_factor_two forgot_activation_slope squared_the_slope
forgot_weight_factor forgot_input_factor ignored_relu_gate used_updated_weight
stepped_uphill forgot_learning_rate gave_step_not_weight decimal_place slip other_quantity
forgot_half added_factor_two summed_instead_of_averaged averaged_instead_of_summed forgot_example
shared_bias_once softmax_not_divided step_other_side
"""

WORDS = Path(__file__).parents[3] / "content" / "en" / "mistakes.toml"


def test_every_rule_of_the_folder_is_registered() -> None:
    """A rule in a file that nobody asks would never be told."""
    folder = engine.mistakes.__path__
    modules = [
        import_module(f"engine.mistakes.{found.name}") for found in pkgutil.iter_modules(folder)
    ]
    rules = [one for module in modules for one in vars(module).values() if isinstance(one, Rule)]
    assert {rule.id for rule in rules} == {rule.id for rule in (*RULES, ELSEWHERE)}


def test_every_mistake_of_the_vocabulary_is_known() -> None:
    """Ids are permanent: those of the public vocabulary are all there, each once."""
    assert set(VOCABULARY.split()) <= set(MISTAKES)
    assert len(MISTAKES) == len(set(MISTAKES))


def test_every_rule_has_an_example_line_and_a_family() -> None:
    """A rule's docstring shows one rewriting, and its family is one that names steps or more."""
    for rule in (*RULES, ELSEWHERE):
        assert "e.g. " in (rule.rewrite.__doc__ or ""), rule.id
        assert " -> " in (rule.rewrite.__doc__ or ""), rule.id
        assert FAMILIES[rule.id] == rule.family
    assert set(OWN_FAMILY.values()) <= set(FAMILIES.values())
    assert FAMILIES[SLIP] == "arithmetic"


def test_every_mistake_has_its_sentences() -> None:
    """Each mistake has a text, a plain text and a clause, whose slots the engine fills.

    Some have a text besides for steps that are added.
    """
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    assert set(words["mistakes"]) == set(MISTAKES)
    for name, texts in words["mistakes"].items():
        assert set(texts) - {"adding"} == {"text", "plain", "short"}, name
        for text in texts.values():
            used = {slot for _, slot, *_ in Formatter().parse(text) if slot}
            assert used <= set(SLOTS), name


def test_no_mistake_is_named_outside_its_own_file() -> None:
    """What the tutor does about a mistake is a flag of its rule: no other code holds its id.

    Only what reads practice sets of an earlier version holds those that were known then. A slip is
    no rule, and a verdict has a field of that name.
    """
    known, strangers = frozenset(BY_ID), set()
    for package in (engine, content, bot):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if module.name.startswith(("engine.mistakes", "bot.dialogue.migration")):
                continue
            spec = importlib.util.find_spec(module.name)
            assert spec is not None
            assert isinstance(spec.loader, InspectLoader)
            code = spec.loader.get_code(module.name)
            strangers |= {(module.name, id_) for id_ in known.intersection(_constants(code))}
    assert not strangers


def _constants(value: object) -> Iterator[str]:
    """Every text in compiled code, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, CodeType):
        yield from _constants(value.co_consts)
    elif isinstance(value, tuple | frozenset):
        for one in value:
            yield from _constants(one)


def test_a_made_up_rule_is_paired_by_its_flags() -> None:
    """Two that rebuild a step, or move its point, are not made together; any others are."""
    rebuilt, moved, plain = (
        rule_of("arithmetic", ANY, common=1, **flags)(a_mistake_of_tomorrow)
        for flags in (Flags(rebuilds=True), Flags(moves_point=True), Flags())
    )
    both = {(a.id, b.id) for a in RULES for b in RULES if not a.goes_with(b)}
    alone = ["left_to_right", "added_before_multiplying", "added_instead_of_multiplied"]
    assert both == {*product(alone, alone), ("decimal_place", "decimal_place")}
    assert {r.id for r in RULES if not rebuilt.goes_with(r)} == set(alone)
    assert {r.id for r in RULES if not moved.goes_with(r)} == {"decimal_place"}
    assert all(plain.goes_with(r) and r.goes_with(plain) for r in RULES)


def a_mistake_of_tomorrow(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """Nothing at all, e.g. 1 -> 1."""
    yield Rewriting(tree, step.place, tree, tree)
