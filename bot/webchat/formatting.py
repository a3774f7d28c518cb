"""Telegram's HTML as nested spans, and those as safe HTML for the page.

The bot writes its messages in the few tags that Telegram knows. This is the one place that reads
them for the page and the terminal: a tag that is not known is left out, what it holds stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

_KINDS = {
    **{tag: tag for tag in ("b", "i", "u", "s", "code", "pre", "a", "blockquote")},
    "strong": "b",
    "em": "i",
    "ins": "u",
    "del": "s",
    "strike": "s",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_BLOCKS = {"pre", "blockquote", "expandable"}
_TAGS = {
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable": ('<blockquote class="expandable">', "</blockquote>"),
    "spoiler": ('<span class="spoiler"><span>', "</span></span>"),
}
_SAFE_LINK = re.compile(r"(?:https?|mailto|tg|tel):", re.IGNORECASE)


@dataclass
class Span:
    """A stretch of text of one kind, with what is nested in it."""

    kind: str
    children: list[Node] = field(default_factory=list)
    url: str = ""
    """Where a link leads out of the chat; empty for one that leads into it."""


Node = str | Span


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Span("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _KINDS:
            return
        given = dict(attrs)
        expandable = tag == "blockquote" and "expandable" in given
        url = given.get("href") or ""
        kind = "expandable" if expandable else _KINDS[tag]
        span = Span(kind, url=url if _SAFE_LINK.match(url) else "")
        self.open[-1].children.append(span)
        self.open.append(span)

    def handle_endtag(self, tag: str) -> None:
        if tag in _KINDS and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def tree(markup: str) -> list[Node]:
    """A message as nested spans, without blanks at its ends.

    >>> tree("<b>a</b>b")
    [Span(kind='b', children=['a'], url=''), 'b']
    """
    reader = _Reader()
    reader.feed(markup.strip())
    reader.close()
    return reader.open[0].children


def to_html(markup: str) -> str:
    r"""Safe HTML for the page: every sign escaped, only known tags, only safe links.

    A line break next to a block is the block's own edge, not an empty line.

    >>> to_html("a&lt;<i onclick=x>b</i><img src=x>c")
    'a&lt;<i>b</i>c'
    >>> to_html("a\n<pre>b</pre>\nc")
    'a<pre>b</pre>c'
    """
    return _html(tree(markup))


def _html(nodes: Iterable[Node]) -> str:
    parts: list[str] = []
    after_block = False
    for node in nodes:
        if isinstance(node, str):
            parts.append(escape(node.removeprefix("\n") if after_block else node))
            after_block = False
            continue
        after_block = node.kind in _BLOCKS
        if after_block and parts:
            parts[-1] = parts[-1].removesuffix("\n")
        before, after = _TAGS.get(node.kind, (f"<{node.kind}>", f"</{node.kind}>"))
        if node.kind == "a":
            before, after = "", ""
            if node.url:
                before = f'<a href="{escape(node.url)}" target="_blank" rel="noopener noreferrer">'
                after = "</a>"
        parts.append(before + _html(node.children) + after)
    return "".join(parts)


def plain(nodes: Iterable[Node]) -> str:
    """The text of some nodes without any markup."""
    return "".join(node if isinstance(node, str) else plain(node.children) for node in nodes)


def hides(nodes: Iterable[Node]) -> bool:
    """Whether something in some nodes is hidden until it is asked for."""
    spans = [node for node in nodes if isinstance(node, Span)]
    return any(span.kind == "spoiler" or hides(span.children) for span in spans)
