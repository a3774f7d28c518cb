"""Directions in every language: every way to say one picks it, and no denied one is picked."""

from __future__ import annotations

from random import Random

import pytest

from bot.dialogue.choosing import Options
from bot.dialogue.picking import picked
from content.written import languages
from engine.reading.characters import written_out
from tests.lesson import LIBRARY

PAIRS = 500
"""So many denials and ways to say a direction are tried together for each direction."""


@pytest.mark.parametrize("language", languages())
def test_every_way_to_say_a_direction_picks_it(language: str) -> None:
    """What is listed for a direction means that one, and no other."""
    book = LIBRARY[language]
    options = Options.of(book)
    ways = book.typed.direction_words
    said = {(way, one): book.spelling(written_out(one)) for way in ways for one in ways[way]}
    assert [key for key, text in said.items() if picked(options, text) != key[0]] == []


@pytest.mark.parametrize("language", languages())
def test_what_is_denied_is_never_picked(language: str) -> None:
    """A denial before or after a direction leaves nothing to pick, or no change."""
    book, random = LIBRARY[language], Random(7)
    options = Options.of(book)
    denials = book.typed.around_answers.denials
    taken = {}
    for way, said in book.typed.direction_words.items():
        pairs = zip(random.choices(denials, k=PAIRS), random.choices(said, k=PAIRS), strict=True)
        for denial, one in pairs:
            for text in _both_ways(written_out(denial), written_out(one)):
                option = picked(options, book.spelling(text))
                if option not in (None, "no change"):
                    taken[text] = (way, option)
    assert taken == {}


def _both_ways(denial: str, way: str) -> list[str]:
    """A denial before and after a way, and without a space where neither is of Latin letters."""
    apart = [f"{denial} {way}", f"{way} {denial}"]
    if any(one.isascii() for one in (denial, way)) or denial.upper() != denial.lower():
        return apart
    return [*apart, f"{denial}{way}"] if _is_unspaced(denial) else apart


def _is_unspaced(word: str) -> bool:
    return all("\u3400" <= letter <= "\u9fff" for letter in word)
