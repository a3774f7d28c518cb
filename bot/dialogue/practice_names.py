"""What a learner may call a set of practice: a skill, or mixed, a whole step, harder."""

from __future__ import annotations

import re

from bot.dialogue.actions import FULL, HARDER, SETS
from bot.dialogue.generated_lessons import MIXED
from bot.dialogue.hearing import words_of
from content.book import Book
from content.word_lists import WordList
from engine.keeping import kept
from engine.practice import SKILLS

_WORD = re.compile(r"[^\W_]+")

SHORTEST = 3
"""A word with fewer letters is the beginning of too many others."""


def named(text: str, book: Book) -> str:
    """The skill, or the other kind of set, that some words name and nothing else; else empty."""
    words = words_of(text, book.typed.around_answers)
    if words in (*SETS, *SKILLS):
        return words
    said = book.typed.practice_words
    small = {*book.typed.around_answers.small}
    told = [word for word in _WORD.findall(words) if word not in small]
    for kind, phrases in ((FULL, said.full), (MIXED, said.mixed), (HARDER, said.harder)):
        found = re.search(rf"(?<!\w){phrases.pattern}(?!\w)", words)
        rest = f"{words[: found.start()]} {words[found.end() :]}" if found else words
        if {*_WORD.findall(rest)} <= {*small, *said.around}:
            return kind if found else ""
    if not told:
        return ""
    labels = {skill: words_of(book.spelling(book.generated.skills[skill])) for skill in SKILLS}
    return next((skill for skill, label in labels.items() if _all_in(told, label)), "")


def behind(words: str, book: Book) -> str:
    """What is named behind the words that ask for practice: "practise weighted sums"."""
    found = _asked(book).match(words)
    return named(words[found.end() :], book) if found else ""


@kept
def _asked(book: Book) -> re.Pattern[str]:
    """What asks for practice, with more behind it."""
    asked = WordList(map(book.spelling, book.typed.intents["practice"]))
    return re.compile(rf"{asked.pattern}(?= )")


def _all_in(told: list[str], label: str) -> bool:
    """Whether each word opens one of the label's, or the other way round: "sum", "sums"."""
    known = _WORD.findall(label)
    return all(any(_alike(word, one) for one in known) for word in told)


def _alike(word: str, other: str) -> bool:
    shorter, longer = sorted((word, other), key=len)
    return word == other or (len(shorter) >= SHORTEST and longer.startswith(shorter))
