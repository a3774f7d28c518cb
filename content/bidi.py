"""Formulas, names and numbers in text that runs from the right.

They run from left to right in every language. Each stretch of them is isolated (Unicode Standard
Annex 9), so that neither takes the other's signs along. What learners copy from such a text can be
read: reading passes over these marks.
"""

from __future__ import annotations

import re

_FROM_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_WORDS = re.compile(f"[{_FROM_RIGHT}]")
_BETWEEN = re.compile(f"[^{_FROM_RIGHT}]+")
_FORMULA = re.compile(r"[−+(\[|]*\w(?:.*[\w)\]%²³|])?|\?", re.DOTALL)
_BLOCK = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
_TAG = r"<[^<>]*>"
_RUN = re.compile(
    rf"({_TAG})|[−+(\[|A-Za-z0-9/]"
    rf"(?:(?:{_TAG}|[^{_FROM_RIGHT}<\n·])*[A-Za-z0-9)\]%²³|′](?:</[a-z-]+>)*)?"
)
"""A tag, or from the first to the last letter, digit or bracket between words from the right."""
_LTR, _RTL, _END = "\u2066", "\u2067", "\u2069"


def from_right(text: str) -> bool:
    """Whether some of a text runs from the right."""
    return not text.isascii() and _WORDS.search(text) is not None


def isolated(text: str) -> str:
    r"""A line with its formulas kept together, where some of it runs from the right.

    >>> isolated("x1 = 0.6"), ascii(isolated("\u0647\u062f\u0641 \u22120.3"))
    ('x1 = 0.6', "'\\u2067\\u0647\\u062f\\u0641 \\u2066\\u22120.3\\u2069\\u2069'")
    """
    if not from_right(text):
        return text
    apart = _BETWEEN.sub(lambda some: _FORMULA.sub(_apart, some[0], count=1), text)
    return f"{_RTL}{apart}{_END}"


def isolated_in(html: str) -> str:
    r"""A message with its formulas kept together, and every line of its working from the left.

    >>> ascii(isolated_in("\u0647\u062f\u0641 <b>H1</b>: 0.6 \u00d7 0.4"))
    "'\\u0647\\u062f\\u0641 <b>\\u2066H1</b>: 0.6 \\xd7 0.4\\u2069'"
    """
    return "".join(
        _from_left(part) if part.startswith("<pre>") else _runs(part) for part in _BLOCK.split(html)
    )


def _from_left(block: str) -> str:
    """A block of working, each of its lines as a whole from the left."""
    lines = block.removeprefix("<pre>").removesuffix("</pre>").split("\n")
    said = "\n".join(f"{_LTR}{line}{_END}" if from_right(line) else line for line in lines)
    return f"<pre>{said}</pre>"


def _runs(html: str) -> str:
    """Every stretch between words that run from the right, tags and all, isolated."""
    return "\n".join(
        _RUN.sub(_apart, line) if from_right(line) else line for line in html.split("\n")
    )


def _apart(found: re.Match[str]) -> str:
    is_tag = found.re is _RUN and found[1]
    return found[0] if is_tag else f"{_LTR}{found[0]}{_END}"
