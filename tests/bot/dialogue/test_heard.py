"""What learners type is understood in every language."""

from __future__ import annotations

import pytest

from tests.bot.dialogue.hearing import heard_in, languages

ENOUGH = 0.97


@pytest.mark.parametrize("language", languages())
def test_what_is_typed_is_taken_as_it_is_meant(language: str) -> None:
    """Nearly all of what others wrote for a language is understood, and nothing is misread."""
    every = list(heard_in(language))
    wrong = [one for one in every if not one.is_right]
    assert [one for one in wrong if one.is_misread] == []
    assert len(wrong) <= (1 - ENOUGH) * len(every), wrong
