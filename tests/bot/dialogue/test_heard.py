"""What learners type is understood in every language."""

from __future__ import annotations

import pytest

from tests.bot.dialogue.hearing import heard_in, languages


@pytest.mark.parametrize("language", languages())
def test_nothing_is_taken_for_what_nobody_meant(language: str) -> None:
    """What others wrote for a language is understood or asked for again, and never misread."""
    every = list(heard_in(language))
    assert len(every) > 100
    assert [one for one in every if one.is_misread] == []
