"""The tutor's texts without their tags, and the words for a direction."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

_TAG = re.compile(r"</?[a-z][^<>]*>")

DIRECTION_WORDS = {
    "increase": ("increase", "increases", "up", "+", "raise", "higher", "more", "grow"),
    "decrease": ("decrease", "decreases", "down", "-", "−", "–", "lower", "less", "shrink"),
    "no change": ("no change", "none", "same", "stay", "stays", "unchanged", "nothing", "0", "="),
}
"""How a direction may be typed on a worksheet, besides the language's own word for it."""


def plain(text: str) -> str:
    """Telegram HTML as plain text.

    >>> plain("<b>0.7 × (−0.3)</b> &lt; 0")
    '0.7 × (−0.3) < 0'
    """
    return html.unescape(_TAG.sub("", text))


def direction(typed: str, own: Mapping[str, str]) -> str | None:
    """The direction that is meant, or None.

    Args:
        typed: what stands on the worksheet.
        own: the language's words by direction.

    >>> direction(" Up ", {}), direction("stay as it is", {"no change": "stay as it is"})
    ('increase', 'no change')
    """
    word = " ".join(typed.casefold().split()).rstrip(".!")
    for meant, words in DIRECTION_WORDS.items():
        if word in words or word == own.get(meant, meant).casefold():
            return meant
    return None
