"""Working told in words: "first 0.24, then take away 0.21, that leaves 0.03".

The last number is taken for the answer only where those before it lead there by arithmetic, so that
few words need to be known: that an operation was told, or that a result follows. What asks, denies
or gives a reason behind the answer is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from engine.reading.results import Reading
from engine.reading.words import Words
from engine.tolerances import NOISE

_PIECE = re.compile(r"(?<![\w.,])[-+(]*(?:\d|[.,]\d)(?:[\d.,+*/×·÷=≈() -]*[\d)])?(?![\w])")
_STOPS = re.compile(r"(?<=[\d)])(?:\s*[,;.]\s+=?(?=[-+(]*[\d.])|\s+(?=[\d(.]))")
"""What stands between two pieces without a word."""
_NUMBER = re.compile(r"(?<![\w.,])(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)(?![\w])(?![.,][0-9])")
_TIMES = re.compile(r"(?<=[\d)])\s*[xX]\s*(?=[-(]*\d)")
NAMED_WORK = re.compile(r"(?<!\w)[A-Za-z]\w*\d(?:\s*[*×·]\s*[A-Za-z]\w*\d)+(?!\w)")
"""Work in names alone, which says what is worked out: x2 × w12."""
_ARROWS = re.compile(r"\s*(?:[-=]>|[→⇒]|//|\n)\s*")
_COMMA = re.compile(r"(?<=[0-9])\.[0-9]+,(?=[0-9])")
"""Of two marks the comma is no decimal mark."""
_SLASH = re.compile(r"(?<=[0-9])\s+/\s+(?=[^\W\d_])")
"""What parts two statements."""
_COUNTED = re.compile(r"(?<![\w.,(])\d\)\s*(?=[-+(]*[\d.])")
"""`1)` before a piece."""
_WORD = re.compile(r"[^\W\d_][\w'’]*")
_SIGNS = {"PLUS": "+", "MINUS": "-", "SIGN": "-", "TIMES": "*", "OVER": "/", "EQUALS": "="}
_OPERATION, _RESULT = re.compile(r"[-+*/×·÷]"), re.compile(r"[=≈:]")
_JOINED = re.compile(r"\s*[-+*/×·÷(]+\s*")
_TELLS = re.compile(
    r"[^\W\d_]{2}|\s[^\W\d_xX]\s|[^\W\d_A-Za-z]|[→⇒]|[-=]>|[,;/\n][^,;/\n=]*=|[0-9]\s+[0-9(][^\s=]*="
)
"""What working has that is told: a word, or what parts one equation from the next."""
_FOLLOWS = " = "
MOST_WORDS = 24
MOST_VALUES = 6
"""So many values before the last may lead to it."""
MOST_AFTER = 3
"""Words that may stand behind the answer."""
ROUNDED = 3
"""Numbers with fewer decimals are near to some result or other by chance."""
TWO_DIGITS = 10
SHIFTS = 4
"""So many decimal places may be put into a result: 7 × 3 = 21, so 0.21."""


@dataclass(frozen=True, eq=False)
class _Told:
    """A number that was told: its size, how far it may be rounded, and what stands before it."""

    size: float
    room: float
    gap: str


def told(text: str, words: Words, read: Callable[[str], Reading | None]) -> Reading | None:
    """What a text tells of its working and where that ends; None where that is not sure.

    Args:
        text: in plain characters.
        words: the words of the language.
        read: reads one piece of it.

    >>> from engine.reading.reader import read
    >>> words = Words(signs={"is": "EQUALS"})
    >>> read("0.24 and then there was 0.21, which is 0.45", words=words).value
    0.45
    """
    between = text[slice(*_outer(text))]
    if "?" in text or len(_said(text)) > MOST_WORDS or not _TELLS.search(between):
        return None
    text = _SLASH.sub(_FOLLOWS, _ARROWS.sub(_FOLLOWS, _COUNTED.sub("", _TIMES.sub("*", text))))
    signs = _COMMA.sub(r"\g<0> ", in_signs(NAMED_WORK.sub(" ", text), words))
    numbers = list(_NUMBER.finditer(signs))
    if len(numbers) < 2:
        return None
    last, before = numbers[-1], numbers[-2]
    gap, after = signs[before.end() : last.start()], signs[last.end() :]
    *earlier, result = found = [*_told(signs, numbers)]
    again = any(_is_again(result, one) for one in earlier)
    unsure = not _is_negative(gap) and words.hints_at_sign(gap, plainly=again)
    reason = not (again or _follows(gap, words) or words.because.isdisjoint(_said(gap)))
    if unsure or reason or not _is_last(gap, after, words):
        return None
    denied = not words.negations.isdisjoint(_said(signs))
    asks = not words.questions.isdisjoint(_said(signs))
    proved = _leads(found) and (_computes(found, words) or (_is_exact(found) and not asks))
    proved = proved or any(_is_pointed(result, one) for one in earlier)
    if denied or not (proved or _is_rounded(found) or _is_misplaced(found, words)):
        return None
    answer = f"{'-' * _is_negative(gap)}{last[0]}"
    return _shown(signs[: last.end()], answer, read)


def _outer(text: str) -> tuple[int, int]:
    """Where the first number of a text ends, and where its last begins."""
    spans = [one.span() for one in _NUMBER.finditer(text)] or [(0, 0)]
    return spans[0][1], spans[-1][0]


def _is_last(gap: str, after: str, words: Words) -> bool:
    """Whether the last number can be a result, by what stands before and behind it."""
    behind = _said(after)
    joined = _JOINED.fullmatch(gap) and not words.denials_follow  # verbs follow there too
    if joined or len(behind) > MOST_AFTER or any(map(words.computes, behind)):
        return False
    if after.strip(" .!,;)") and not behind:
        return False  # signs that nobody read
    return _is_negative(gap) or not words.hints_at_sign(after)


def _is_negative(gap: str) -> bool:
    return gap.rstrip(" (").endswith("-")


def _follows(gap: str, words: Words) -> bool:
    """Whether something says that what stands behind it is a result."""
    return bool(_RESULT.search(gap) or words.result.search(gap))


def _told(signs: str, numbers: Sequence[re.Match[str]]) -> Iterator[_Told]:
    """The numbers of a text."""
    end = 0
    for one in numbers:
        digits = one[0].replace(",", ".")
        percent = signs[one.end() : one.end() + 2].strip().startswith("%")
        size = float(digits) / (100 if percent else 1)
        decimals = len(digits.partition(".")[2]) + 2 * percent
        room = 0.5 * 10.0**-decimals if decimals >= ROUNDED else 0.0
        yield _Told(size, room + NOISE, signs[end : one.start()])
        end = one.end()


def _leads(found: Sequence[_Told]) -> bool:
    """Whether the last number comes of those before it, and of what they came to."""
    results: list[_Told] = []
    for at, one in enumerate(found):
        before = found[max(0, at - MOST_VALUES) : at]
        again = any(_is_again(one, result) for result in results)
        pairs = [pair for pair in combinations(before, 2) if _comes_of(one, pair, before[-2:])]
        goes_on = any(told.size == r.size for pair in pairs for told in pair for r in results)
        added = len(before) > 2 and abs(sum(told.size for told in before) - one.size) <= NOISE
        comes = again or goes_on or added or (bool(pairs) and not results)
        if one is found[-1]:
            return comes
        results += [one] * ((comes or bool(pairs)) and not _JOINED.fullmatch(one.gap))
    return False


def _is_again(one: _Told, result: _Told) -> bool:
    """Whether a number is an earlier result, rounded or with its point moved."""
    moved = (result.size / 10.0**places for places in range(1, SHIFTS + 1))
    return abs(one.size - result.size) <= one.room or any(
        abs(one.size - size) <= NOISE for size in moved
    )


def _is_pointed(one: _Told, whole: _Told) -> bool:
    """Whether a number has the digits of a whole one before it: "seven threes are 21, so 0.21"."""
    return whole.size >= TWO_DIGITS and whole.size.is_integer() and _is_again(one, whole)


def _is_rounded(found: Sequence[_Told]) -> bool:
    """Whether the last number is the one before it with fewer decimals: 0.91792, about 0.918."""
    exact, rounded = found[-2:]
    return NOISE < abs(rounded.size - exact.size) <= rounded.room and exact.room < rounded.room


def _is_misplaced(found: Sequence[_Told], words: Words) -> bool:
    """Whether the last number is called what the two before come to, but for its decimal point."""
    if not (found[2:] and _follows(found[-1].gap, words)):
        return False
    *_, one, other, result = found
    gaps = (one.gap, other.gap, result.gap)
    told = any(_OPERATION.search(gap) or words.operation.search(gap) for gap in gaps)
    tens = (replace(result, size=result.size * 10.0**places, room=NOISE) for places in (-1, 1))
    return told and any(_comes_of(ten, (one, other), ()) for ten in tens)


def _is_exact(found: Sequence[_Told]) -> bool:
    """Whether the last number is just what the two before it come to, behind words."""
    one, pair = found[-1], found[-3:-1]
    told = len(pair) > 1 and _WORD.search(one.gap) is not None
    return told and _comes_of(one, pair, ())


def _comes_of(one: _Told, pair: Sequence[_Told], last: Sequence[_Told]) -> bool:
    """Whether a number can be worked out of two; rounded, where they stand right before it.

    Of whole numbers its digits: 56 less 30, so 0.26.
    """
    (a, b), room = (told.size for told in pair), one.room if [*pair] == [*last] else NOISE
    sizes = (a + b, abs(a - b), a * b, *([a / b] if b else []))
    if any(abs(one.size - size) <= room for size in sizes):
        return True
    whole = all(told.size.is_integer() and told.size > 0 for told in pair) and one.size < 1
    return whole and any(_is_again(one, replace(one, size=size)) for size in sizes[:3])


def _computes(found: Sequence[_Told], words: Words) -> bool:
    """Whether an operation was told, or that the last number is a result."""
    gaps = [told.gap for told in found[1:]]
    computed = any(_OPERATION.search(gap) or words.operation.search(gap) for gap in gaps)
    return computed or _follows(gaps[-1], words)


def _shown(text: str, answer: str, read: Callable[[str], Reading | None]) -> Reading | None:
    """The answer, behind the working that can be read."""
    pieces = [one.strip() for found in _PIECE.finditer(text) for one in _STOPS.split(found[0])]
    readings = {piece: read(piece) for piece in pieces if piece}
    shown = [piece for piece, one in readings.items() if one and not one.is_bare_number]
    alone = read(answer)
    whole = read("\n".join((*shown, answer))) if shown else None
    return whole if whole and alone and whole.value == alone.value else alone


def _said(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def in_signs(text: str, words: Words) -> str:
    """A text with its words for signs as signs, where a number or a bracket follows.

    >>> in_signs("minus 0.3 plus 0.56", Words(signs={"minus": "MINUS", "plus": "PLUS"}))
    '-0.3 +0.56'
    """
    for word, kind in words.signs.items():
        if kind in _SIGNS and word in text.casefold():
            pattern = rf"(?i)(?<!\w){re.escape(word)}\s*(?=[-+(]*[\d.,])(?![.,]\s)"
            text = re.sub(pattern, _SIGNS[kind], text)
    return text
