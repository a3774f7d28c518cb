"""What words ask for, where it is not plain that they answer: a word, a why, a number's origin."""

from __future__ import annotations

import re

from bot.dialogue.bank import TOLD_NEAR, bank, names_of, remark_in, understood
from bot.dialogue.buttons import View
from bot.dialogue.hearing import parted
from bot.dialogue.modes import Mode
from bot.dialogue.on_screen import met
from bot.dialogue.steps import Step
from content.phrase_templates import pattern_of
from content.typed import TypedFile
from engine.keeping import kept
from engine.reading import Reading
from engine.spoken import spoken

_WONDERED = re.compile(r"([−-]?\d*[.,]?\d+)\s*\?{2,}")
_JOINED = re.compile(r"[?!;,]+\s*(?:and\s+)?|\s+and\s+")
_WORD = re.compile(r"[^\W\d_]{3}")
WONDERING = ("words", "words_around", "unknown_name")
"""Why a text with "?" is no answer: more is said in it than a number."""
_DIGITS = re.compile(r"(?<![\w.])\d*[.,]?\d+(?![\w])")


def is_answer(number: str, words: str, view: View) -> bool:
    """Whether words are a number, be it one spelt out; one in words that are near a question isn't.

    Where no number is asked for, any number is an answer.
    """
    digits = _DIGITS.search(words) is not None
    if view.mode not in (Mode.NUMBER, Mode.PIECE) or not isinstance(view, Step):
        return digits
    if digits and not _WORD.search(words):
        return True
    reading = view.context.read(number)
    if isinstance(reading, Reading):
        return digits or not words.endswith("?")
    if words.endswith("?") and "\n" not in number and reading.reason in WONDERING:
        return False  # "0.32 is that the rate?"
    asked = any(bank(one).asks(words) for one in understood(view.book)) and tells_of(words, view)
    return digits and not (asked or remark_in(view.book, words, names_in(view)))


def wonders(words: str, view: View) -> bool:
    """Whether words where a number is asked for are none, but one of two things, or one with "??".

    The number stands on the learner's screen: it is wondered about, and no answer.
    """
    if not isinstance(view, Step) or view.mode is not Mode.NUMBER:
        return False
    if not (found := _WONDERED.fullmatch(words)):
        sides = parted(words, view.book.typed.around_answers.either)
        figures = any(map(str.isdigit, words))
        return len(sides) > 1 and not (figures or isinstance(view.context.read(words), Reading))
    reading = view.context.read(found[1])
    right = isinstance(reading, Reading) and view.context.judged(reading).is_right
    below = found[1][0] in "-−"
    seen = (one for one in met(view.context) if one.is_written(found[1]))
    return not right and any((one.value < 0) is below for one in seen)


def tells_of(words: str, view: View) -> bool:
    """Whether words that do not ask are near to what can be asked, and can be no option."""
    if view.mode is Mode.CHOICE:
        return False
    indexes = map(bank, understood(view.book))
    return any(
        index.words(words) > 1 and index.nearest(words, names_in(view), near=TOLD_NEAR) is not None
        for index in indexes
    )


def names_in(view: View) -> dict[str, str]:
    """What the names of the network of the step in hand are."""
    return names_of(view.context.trace) if isinstance(view, Step) else {}


def asked_about(words: str, view: View) -> str | None:
    """What a question asks about: a word of the glossary or a name of the network."""
    book = view.book
    words = book.spelling.joined(words)
    for question in _term_questions(book.typed):
        if found := question.fullmatch(words):
            term = found["term"].strip(" ?\"'“”‘’")
            if book.term(term) or _is_name(term, view):
                return term
    return words if book.term(words) and len(words) > 2 else None


@kept
def _term_questions(typed: TypedFile) -> list[re.Pattern[str]]:
    """Each way to ask about a word, with the word as `term`."""
    patterns = [pattern_of([one]) for one in typed.term_questions.templates]
    term = re.escape("{term}")
    return [
        re.compile(rf"{one.replace(term, '(?P<term>.+?)')}[? ]*", re.DOTALL) for one in patterns
    ]


def asked_within(words: str, view: View) -> str | None:
    """What the clauses ask about, a line for each, where each asks for a word or a name.

    Or what one of them does, where all of them together ask for nothing that is known.
    """
    several = [asked_about(one, view) for one in _JOINED.split(words) if one]
    if len(several) > 1 and None not in several:
        return "\n".join(dict.fromkeys(filter(None, several)))
    clauses = [clause for clause in re.split(r"[?!;,]+\s*", words) if clause]
    if len(clauses) < 2 or any(
        bank(one).nearest(words, names_in(view)) is not None for one in understood(view.book)
    ):
        return None
    return next((t for c in clauses if (t := asked_about(c, view)) is not None), None)


def _is_name(term: str, view: View) -> bool:
    """Whether the network of the step in hand calls something so."""
    if not isinstance(view, Step) or view.mode is Mode.CONFIRM:
        return False
    return term in {name.casefold() for name in spoken(view.context.trace)}
