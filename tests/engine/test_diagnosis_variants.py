"""The variants foreseen at a step, and the parts that shown work may be of."""

from __future__ import annotations

from engine.diagnosis.variants import Variants
from engine.expression import Product, Ref, Sum, evaluate

VALUES = {"x1": 0.6, "x2": 0.7, "w1": 0.4, "w2": -0.3}
FIRST, SECOND = Product((Ref("x1"), Ref("w1"))), Product((Ref("x2"), Ref("w2")))
TREE = Sum((FIRST, SECOND))


def test_shared_parts_are_one_form() -> None:
    """What two variants have in common is one form, so that it is compared once."""
    variants = Variants([VALUES])
    (whole,), (part,) = variants.of(TREE), variants.of(FIRST)
    assert part.whole in whole.forms
    assert part.forms <= whole.forms


def test_every_set_of_values_gives_its_own_parts() -> None:
    """A computation is there with the numbers of each set, each part with its value."""
    rounded = {**VALUES, "x2": 0.5}
    found = Variants([VALUES, rounded]).of(TREE)
    assert [one.whole.value for one in found] == [evaluate(TREE, VALUES), evaluate(TREE, rounded)]
    assert all(form.value == evaluate(form.tree, {}) for one in found for form in one.forms)


def test_what_is_asked_for_later_is_found_too() -> None:
    """Forms near a number are those of all variants asked for so far, and no others."""
    variants = Variants([VALUES])
    variants.of(FIRST)
    low = evaluate(SECOND, VALUES)
    assert variants.near(low) == []
    (later,) = variants.of(SECOND)
    assert variants.near(low) == [later.whole]
