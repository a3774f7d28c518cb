"""`read`: one text, one answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeAlias

from engine.expression import Number
from engine.reading.among_words import number_among, work_among
from engine.reading.characters import plain
from engine.reading.latex import without_latex
from engine.reading.number_words import in_figures
from engine.reading.numbers import commas_are_decimal, mark_arguments, refuse_list
from engine.reading.results import Reading, Reason, Refusal, Unreadable, Written
from engine.reading.scanner import ARGUMENT_COMMA, scan_text
from engine.reading.sides import find_sides
from engine.reading.statements import because
from engine.reading.tokens import OPERATORS, Scan
from engine.reading.told_work import in_signs, told
from engine.reading.values import read_sides
from engine.reading.words import NO_WORDS, Words

Names: TypeAlias = Mapping[str, float | None]

LONGEST_ANSWER = 1000
"""Code points of an answer, without the space around it."""

_LONGEST_PIECE = 24
AMONG = (
    "words", "words_around", "units", "unknown_name", "several_answers", "two_numbers", "ellipsis",
    "unfinished_exponent", "percent_in_working", "missing_sign", "missing_number", "double_sign",
    "colon", "unclosed_bracket", "unequal", "odd_character",
)  # fmt: skip
"""Why a text is refused that may hold a number among other words."""

_QUOTES = ('"', "'", "`")
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_APART = frozenset(("LINE", "MARK", "WORD", "EMOJI"))
_NO_NAMES: Names = MappingProxyType({})
_NUMBER = re.compile(r"(?<![\w.,])-?(?:[0-9]+(?:[.,][0-9]+)*|[.,][0-9]+)(?!\w)")
_SIMPLE = re.compile(
    r"(?:([A-Za-z]\w*) ?= ?)?([-−]?)"
    r"(0,[0-9]{1,17}|[0-9]{1,15}(?:\.[0-9]{1,17})?|\.[0-9]{1,17})\.?"
)
_SLASHED = re.compile(r"(?<![\w.,/])(?:[0-9]+ */ *0[0-9]+|0+ */ *0*[1-9][0-9]*)(?![0-9]|[.,][0-9])")
"""A slash that may be a decimal point, as on Persian keyboards: `0/03`, `0/563`."""

_COMMAND = re.compile(r"/ *[^\W\d_]{2,}(?: .*)?")


def read(
    text: str,
    names: Names = _NO_NAMES,
    words: Words = NO_WORDS,
    values_of: Callable[[str | None], Names] | None = None,
) -> Reading | Unreadable:
    """Reads what a learner typed.

    Args:
        text: anything at all, as it came.
        names: the names a learner may use, like `{"x1": 0.6, "w11": 0.4, "p": None}`. Those with a
            value become `Ref`s; the others are labels only: they and what is worked from them may
            stand before an equals sign, and nowhere else. Any other name is a label too.
        words: the words of the learner's language that may stand in an answer.
        values_of: the values of the names by the answer's label, where they hang on it.

    Returns:
        The one reading, or why there is none. Never raises.

    >>> read("0.6*0.4 + 0.7*-0.3 = 0,03").value
    0.03
    >>> read("H1 = .030").label, read("H1 = .030").decimals
    ('H1', 3)
    >>> read("12 3.7").reason
    'two_numbers'
    >>> read("more than 0.9", words=Words(comparing=frozenset({"more than"}))).piece
    'more than'
    """
    simple = _SIMPLE.fullmatch(text)
    if simple is not None and (simple[1] is None or simple[1] in names):
        label, sign, typed = simple.groups()
        digits = typed.replace(",", ".")
        value = -float(digits) if sign else float(digits)
        decimals = len(digits.partition(".")[2])
        written = Written(Number(value), f"-{typed}" if sign else typed, value, decimals)
        return Reading(label, (written,), literal=True)
    stripped = text.strip()
    if len(stripped) > LONGEST_ANSWER:
        return unreadable(text, "too_long", 0, len(text))
    offset = text.find(stripped)
    latex, places = without_latex(stripped)
    clean, positions, echo = plain(latex)
    clean = words.pointed(clean)
    try:
        if compared := words.comparison.search(clean):
            raise Refusal("comparison", *compared.span())
        return _read(clean, names, words, values_of, literal=not echo and latex == stripped)
    except Refusal as refusal:
        if refusal.reason in AMONG and (found := _among_words(clean, names, words, values_of)):
            return found
        if refusal.reason == "words" and (number := _NUMBER.search(clean)):
            refusal = Refusal("words_around", *number.span())
        start, end = refusal.start, refusal.end - 1
        for known in (positions, places):
            if known:
                start, end = (known[min(place, len(known) - 1)] for place in (start, end))
        return unreadable(
            text, refusal.reason, start + offset, max(start, end + 1) + offset, refusal.name
        )


def _among_words(
    text: str, names: Names, words: Words, values_of: Callable[[str | None], Names] | None
) -> Reading | None:
    """What a text says in words that the grammar refuses; None where that is not sure."""

    def grammar(piece: str) -> Reading | None:
        try:
            return replace(_read(piece, names, words, values_of, literal=False), literal=False)
        except Refusal:
            return None

    if words.unfinished.search(text):
        return None
    figures = in_figures(text, words)
    if figures != text and (reading := grammar(figures)):
        return reading
    for numbers in dict.fromkeys((figures, in_figures(text, words, every=True))):
        if work := told(numbers, words, grammar):
            return work
    if not words.among_others:
        return None
    told_in_figures = figures == text and not words.denials_follow  # else verbs follow numbers
    signs = in_signs(text, words) if told_in_figures else figures
    handed = (work_among(signs, words), number_among(figures, names, words))
    return next(filter(None, (grammar(one) for one in handed if one)), None)


def unreadable(text: str, reason: Reason, start: int, end: int, name: str = "") -> Unreadable:
    """Why a text can't be read, with the piece that stands in the way."""
    piece = " ".join(text[start : min(end, start + 200)].split())
    if len(piece) > _LONGEST_PIECE:
        piece = piece[: _LONGEST_PIECE - 1] + "…"
    return Unreadable(reason, start, end, piece, name)


def _read(
    text: str,
    names: Names,
    words: Words,
    values_of: Callable[[str | None], Names] | None,
    *,
    literal: bool,
) -> Reading:
    """The one reading that the grammar has.

    Raises:
        Refusal: there is none, or more than one.
    """
    if "/" in text and (found := _SLASHED.search(text)):
        raise Refusal("slash_or_point", *found.span())
    start, end, unbracketed = _without_wrapping(text)
    if start >= end:
        raise Refusal("blank" if not text.strip() else "lone_sign", 0, len(text))
    if _COMMAND.fullmatch(text, start, end):
        raise Refusal("command", start, end)
    literal = literal and not unbracketed
    decimal_commas = False
    if "," in text or ";" in text:
        literal = not refuse_list(text) and literal
        decimal_commas = words.decimal_comma or commas_are_decimal(text)
        if "max" in text.lower():
            text, plain_arguments = mark_arguments(text, ARGUMENT_COMMA)
            literal = literal and plain_arguments
    scan = Scan(text, names, words, decimal_commas=decimal_commas, literal=literal)
    scan.text = scan.spellings.in_latin(text, words)
    scan_text(scan, start, end)
    _drop_emoji(scan)
    try:
        return read_sides(scan, find_sides(scan, reason=True), values_of)
    except Refusal:
        reason = because(words, scan.tokens)
        if reason is None:
            raise
        before = read_sides(scan, find_sides(scan, reason=False), values_of)
        given = _numbers(text[scan.tokens[reason].start :], words)
        if before.value and str(-before.value) in given:
            raise  # "0.21, since with the minus it is −0.21"
    return replace(before, unread=True)


def _numbers(text: str, words: Words) -> list[str]:
    """The numbers in a text, with their signs."""
    found = _NUMBER.findall(in_signs(text, words))
    return [
        str(float(one.replace(",", "."))) for one in found if one.count(",") + one.count(".") < 2
    ]


def _drop_emoji(scan: Scan) -> None:
    """Leaves out emoji, but where one stands between values or signs and might say something."""
    tokens = scan.tokens
    scan.tokens = [token for token in tokens if token.kind != "EMOJI"]
    if len(scan.tokens) == len(tokens):
        return
    scan.literal = False
    around = zip([tokens[0], *tokens[:-1]], tokens, [*tokens[1:], tokens[-1]], strict=True)
    for before, token, after in around:
        between = _APART.isdisjoint((before.kind, after.kind))
        if token.kind == "EMOJI" and (between or before.kind in OPERATORS):
            raise Refusal("emoji", token.start, token.end)
    if not scan.tokens:
        raise Refusal("emoji", tokens[0].start, tokens[-1].end)


def _without_wrapping(text: str) -> tuple[int, int, bool]:
    """Where the text begins and ends inside the spaces, quotes and brackets around all of it.

    Brackets go only where there is an equals sign in them; then the last result is True.
    """
    start, end, unbracketed = 0, len(text), False
    while True:
        end = len(text[:end].rstrip())
        start = min(end, len(text) - len(text[start:].lstrip()))
        if end - start < 2:
            return start, end, unbracketed
        first, last = text[start], text[end - 1]
        if last == _BRACKETS.get(first) and _wraps(text[start:end]):
            unbracketed = True
        elif first not in _QUOTES or last != first:
            return start, end, unbracketed
        start, end = start + 1, end - 1


def _wraps(text: str) -> bool:
    """Whether the first bracket is closed by the last, with an equals sign in no others."""
    depth, equals = 0, False
    for place, character in enumerate(text):
        depth += (character in "([{") - (character in ")]}")
        if depth == 0 and place < len(text) - 1:
            return False
        equals = equals or (depth == 1 and character in "=≈")
    return equals
