"""A button opens with the capital that its language writes, and is heard in small letters too."""

from __future__ import annotations

import pytest

from bot.dialogue.hearing import words_of
from content.capitals import opened
from content.loader import load
from content.written import languages


@pytest.mark.parametrize("language", languages())
def test_every_skill_is_heard_as_it_is_shown(language: str) -> None:
    """With its capital or without, in each language."""
    for name in load(language).generated.skills.values():
        assert words_of(opened(name, language)) == words_of(name)
        assert opened(name, language)[1:] == name[1:]


def test_an_i_keeps_its_dot_in_turkish() -> None:
    """And in no other language; an ı without a dot stays without."""
    skill = load("tr").generated.skills["signed_product"]
    assert skill.startswith("i")
    assert opened(skill, "tr").startswith("İ")
    assert opened("ısı", "tr") == "Isı"
    assert opened(skill, "de").startswith("I")
