"""The lesson is the one whose numbers were checked by hand."""

from __future__ import annotations

import pytest

from engine.trace import Trace
from tests.engine.networks import traced
from tests.lesson import NEW, WORKED


@pytest.mark.parametrize(("example", "name"), [(WORKED, "worked"), (NEW, "new")])
def test_the_lesson_has_the_checked_numbers(example: Trace, name: str) -> None:
    """Both examples are those of the engine's tests, to the last digit of every quantity."""
    assert example.values == traced(name).values
