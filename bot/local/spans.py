"""Text and entities as nested spans, and those as safe HTML for the chat page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from bot.local.entities import Entity, cut, end_of, start_of, units

_SAFE_LINK = re.compile(r"(?:https?|mailto|tg|tel):", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    """A stretch of text under one entity, with what is nested in it."""

    entity: Entity
    children: tuple[Node, ...]


Node = str | Span


def tree(text: str, entities: Iterable[Entity]) -> tuple[Node, ...]:
    """Text and entities as nested spans; entities that cross are cut where the outer one ends.

    >>> tree("ab", [{"type": "bold", "offset": 0, "length": 1}])
    (Span(entity={'type': 'bold', 'offset': 0, 'length': 1}, children=('a',)), 'b')
    """
    queue = sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))

    def build(start: int, end: int) -> tuple[Node, ...]:
        nodes: list[Node] = []
        while queue and start_of(queue[0]) < end:
            entity = queue.pop(0)
            begin, stop = max(start_of(entity), start), min(end_of(entity), end)
            if begin >= stop:
                continue
            if begin > start:
                nodes.append(cut(text, start, begin))
            nodes.append(Span(entity, build(begin, stop)))
            start = stop
        if start < end:
            nodes.append(cut(text, start, end))
        return tuple(nodes)

    return build(0, units(text))


_BLOCKS = {"pre", "blockquote", "expandable_blockquote"}
_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ('<blockquote class="expandable">', "</blockquote>"),
    "spoiler": ('<span class="spoiler"><span>', "</span></span>"),
    "bot_command": ('<span class="command">', "</span>"),
}


def to_html(text: str, entities: Iterable[Entity]) -> str:
    r"""Safe HTML for the chat page: every character escaped, only known tags, only safe links.

    A line break next to a block is the block's own edge, not an empty line.

    >>> to_html("a<b", [{"type": "italic", "offset": 2, "length": 1}])
    'a&lt;<i>b</i>'
    >>> to_html("a\nb\nc", [{"type": "pre", "offset": 2, "length": 1}])
    'a<pre>b</pre>c'
    """
    return _html(tree(text, entities))


def _html(nodes: Iterable[Node]) -> str:
    parts: list[str] = []
    after_block = False
    for node in nodes:
        if isinstance(node, str):
            parts.append(escape(node.removeprefix("\n") if after_block else node))
            after_block = False
            continue
        kind, inner = node.entity["type"], _html(node.children)
        after_block = kind in _BLOCKS
        if after_block and parts:
            parts[-1] = parts[-1].removesuffix("\n")
        before, after = _TAGS.get(kind, ("", ""))
        url = node.entity.get("url") or (plain(node.children) if kind == "url" else "")
        if _SAFE_LINK.match(url):
            before = f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">'
            after = "</a>"
        parts.append(before + inner + after)
    return "".join(parts)


def plain(nodes: Iterable[Node]) -> str:
    """The text of some nodes without any markup."""
    return "".join(node if isinstance(node, str) else plain(node.children) for node in nodes)
