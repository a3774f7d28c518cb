"""Telegram HTML: whether an author's tags are closed in order, and the text without them."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

ALLOWED = {
    *("b", "strong", "i", "em", "u", "ins", "s", "strike", "del"),
    *("tg-spoiler", "code", "pre", "blockquote", "a"),
}


_TAG = re.compile(r"</?[a-z][^<>]*>")
_LOOSE = re.compile(r"<(?!/?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?>)")
"""What Telegram takes for the beginning of a tag, and refuses the message for."""


class _Checker(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.problem: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag not in ALLOWED:
            self._found(f"<{tag}> is not a tag of Telegram; allowed: {', '.join(sorted(ALLOWED))}")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self._found(f"</{tag}> closes nothing that is open")

    def _found(self, problem: str) -> None:
        self.problem = self.problem or problem


def markup_problem(text: str) -> str | None:
    """What is wrong with a text's tags, or None.

    >>> markup_problem("<b>bold</b>"), markup_problem("<b>bold")
    (None, '<b> is not closed')
    >>> markup_problem("z < 0")
    "the < in 'z < 0' opens no tag: write &lt;"
    """
    if (loose := _LOOSE.search(text)) is not None:
        around = text[max(0, loose.start() - 8) : loose.end() + 8]
        return f"the < in {around!r} opens no tag: write &lt;"
    checker = _Checker()
    checker.feed(text)
    checker.close()
    if checker.problem is None and checker.open:
        return f"<{checker.open[-1]}> is not closed"
    return checker.problem


def plain(text: str) -> str:
    """Telegram HTML as plain text.

    >>> plain("<b>0.7 × (−0.3)</b> &lt; 0")
    '0.7 × (−0.3) < 0'
    """
    return html.unescape(_TAG.sub("", text))
