"""Text as it was typed: the marks that Telegram's apps took out of it, put back where they count.

What stands between two `**` becomes bold in the apps, and the marks are gone from the text: of
`(1-p)**2 = 0.437**2` arrives `(1-p)2 = 0.4372`, which is another sum. The same happens to `*` and
`_` in apps that make italics of them. A mark is put back only where a sum or a name goes on across
both ends of what it stood around; a word in bold stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from telegram.constants import MessageEntityType

Json: TypeAlias = Mapping[str, Any]
_Span: TypeAlias = tuple[int, int]

_KINDS = {
    MessageEntityType.BOLD: "**",
    MessageEntityType.ITALIC: "*",
    MessageEntityType.UNDERLINE: "__",
    MessageEntityType.STRIKETHROUGH: "~~",
}
_OPERATOR = re.compile(r"[=+*/×·:−-]")
_QUOTE = re.compile('["\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}]')
_JOINT = re.compile(r"[\w)\]}%]\0[\w(\[{.√−-]")
_WORDS = re.compile(r"[^\W\d_]\0[^\W\d_]")
_APART = re.compile(r"(?:[\d)\]}]|\b[^\W\d_]) *\0 *[\d([.−-]")
"""What may stand on both sides of an operator, here a NUL; with spaces only what is no word."""


def as_typed(text: str, entities: Sequence[Json]) -> str:
    """A text with the marks that were around its formatted parts, where they belong to a sum.

    Args:
        text: as it arrived.
        entities: its formatting as Telegram tells it, in units of UTF-16; odd ones are passed over.

    >>> as_typed("(1-0.563)2 = 0.4372", [{"type": "bold", "offset": 9, "length": 9}])
    '(1-0.563)**2 = 0.437**2'
    >>> as_typed("H1 is 0.03", [{"type": "bold", "offset": 6, "length": 4}])
    'H1 is 0.03'
    """
    if not entities:
        return text
    marks = list[tuple[int, str]]()
    for kind, mark in _KINDS.items():
        for start, end in _spans(text, entities, kind):
            if found := _mark(mark, text, start, end):
                marks += [(start, found), (end, found)]
    for position, mark in sorted(marks, reverse=True):
        text = text[:position] + mark + text[position:]
    return text


def _spans(text: str, entities: Iterable[Json], kind: str) -> list[_Span]:
    """Where a kind of formatting begins and ends; parts that touch are one."""
    found = list[_Span]()
    for span in sorted(_placed(text, entities, kind)):
        if found and span[0] <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], span[1])
        else:
            found.append(span)
    return found


def _placed(text: str, entities: Iterable[Json], kind: str) -> Iterator[_Span]:
    units = text.encode("utf-16-le", "surrogatepass")
    for entity in entities:
        match entity:
            case {"type": str(type_), "offset": int(start), "length": int(length)} if type_ == kind:
                ends = (start, start + length)
                if 0 <= start < ends[1] <= len(units) // 2:
                    first, last = (
                        len(units[: 2 * at].decode("utf-16-le", "surrogatepass")) for at in ends
                    )
                    yield first, last


def _mark(mark: str, text: str, start: int, end: int) -> str:
    """The mark that stood at both ends of a formatted part; empty where it is better left out."""
    inside = text[start:end]
    edges = [f"{text[:at]}\0{text[at:]}" for at in (start, end)]
    sum_ = bool(_OPERATOR.search(inside, 1))
    if all(map(_JOINT.search, edges)):
        if mark in ("*", "__") and _in_name(text[start - 1], inside):
            return mark.replace("*", "_")
        between = sum_ or not any(map(_WORDS.search, edges))
    else:
        between = sum_ and mark != "~~" and all(map(_APART.search, edges))
    return mark if between and mark != "__" else ""


def _in_name(before: str, inside: str) -> bool:
    """Whether both marks stood within names: around `1` in `w_1_2`, between two names of JSON."""
    if not before.isalpha() or inside.isalpha() or not inside[0].isalnum():
        return False
    return inside[0].isdigit() or bool(_QUOTE.search(inside)) or not _OPERATOR.search(inside)
