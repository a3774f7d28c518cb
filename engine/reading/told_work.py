"""Working told in words: "first 0.24, then minus 0.21, that leaves 0.03".

The last number is taken for the answer only where those before it lead there, so that no word needs
to be known. What denies, asks or gives a reason is left alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from engine.expression import Number, walk
from engine.reading.results import Reading, Unreadable
from engine.reading.words import Words
from engine.tolerances import NOISE

_PIECE = re.compile(r"(?<![\w.,])[-+(]*(?:\d|[.,]\d)(?:[\d.,+*/×·÷=≈() -]*[\d)])?(?![\w])")
_STOPS = re.compile(r"(?<=[\d)])(?:\s*[,;.]\s+=?(?=[-+(]*[\d.])|\s+(?=[\d(.]))")
"""What stands between two pieces without a word."""
_TIMES = re.compile(r"(?<=[\d)])\s*[xX]\s*(?=[-(]*\d)")
_ARROWS = re.compile(r"\s*(?:[-=]>|→|//)\s*")
_COUNTED = re.compile(r"(?<![\w.,(])\d\)\s*(?=[-+(]*[\d.])")
"""`1)` before a piece."""
_WORD = re.compile(r"[^\W\d_][\w'’]*")
_SPOKEN = re.compile(r"\d.*(?<![\w.])(?:[^\W\d_]{2}|[^\W\d_A-Za-z]).*\d", re.DOTALL)
"""A word between two numbers."""
_BETWEEN = re.compile(r"[\s,;:.=!()…-]*")
_SIGNS = {"PLUS": "+", "MINUS": "-", "SIGN": "-", "TIMES": "*", "OVER": "/", "EQUALS": "="}
MOST_WORDS = 24
MOST_AFTER = 3
"""Words that may stand behind the answer."""
SHIFTS = 4
"""So many decimal places may be put into a product of whole numbers: 7 × 3 = 21, so 0.21."""


def told(
    text: str, words: Words, read: Callable[[str], Reading | Unreadable]
) -> Reading | Unreadable | None:
    """What a text tells of its working and where that ends; None where that is not sure.

    Args:
        text: in plain characters.
        words: the words of the language.
        read: reads one piece of it.
    """
    text = _ARROWS.sub(" then ", _COUNTED.sub("", _TIMES.sub("*", text)))
    said = [word.casefold() for word in _WORD.findall(text)]
    aside = words.negations | words.questions | words.because
    if "?" in text or len(said) > MOST_WORDS or not aside.isdisjoint(said):
        return None
    signs = in_signs(text, words)
    pieces = [
        one for found in _PIECE.finditer(signs) for one in _STOPS.split(found[0]) if one.strip()
    ]
    if len(pieces) < 2 or not _BETWEEN.fullmatch(_WORD.sub(" ", _PIECE.sub(" ", signs))):
        return None
    last = signs.rfind(pieces[-1])
    after = _WORD.findall(signs[last:])
    if len(after) > MOST_AFTER or any(map(words.computes, after)):
        return None
    readings = [one for one in map(read, pieces) if isinstance(one, Reading)]
    if len(readings) < len(pieces):
        return None
    if not (_goes_on(readings) or (_SPOKEN.search(text) and _leads(readings))):
        return None
    working = [text for text, one in zip(pieces, readings, strict=True) if not one.is_bare_number]
    whole = read("\n".join(dict.fromkeys((*working, pieces[-1]))))
    found_last = whole if isinstance(whole, Reading) else readings[-1]
    return replace(found_last, literal=False)


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


def _goes_on(readings: Sequence[Reading]) -> bool:
    """Whether the last piece is work that goes on from the value of one before it."""
    *before, last = readings
    if len(last.chain) < 2:
        return False
    nodes = (node for side in last.chain[:-1] for node in walk(side.expression))
    used = [node.value for node in nodes if isinstance(node, Number)]
    return any(abs(abs(one.value) - abs(number)) <= NOISE for one in before for number in used)


def _leads(readings: Sequence[Reading]) -> bool:
    """Whether the last value comes of those before it."""
    *before, last = readings
    values = [one.value for one in before]
    near = 0.5 * 10.0**-last.decimals if last.decimals else 0.0
    results = [math.fsum(values)] if len(values) > 1 else []
    for one, other in pairwise(values[-2:]):
        results += [one - other, other - one, one * other]
    for worked in (one.value for one in before if not one.is_bare_number):
        results += [worked, -worked]
        if worked.is_integer():
            shifted = [worked / 10.0**places for places in range(1, SHIFTS + 1)]
            results += [*shifted, *(-one for one in shifted)]
            near = 0.0
    return any(abs(last.value - one) <= near + NOISE for one in results)
