"""Telegram's HTML is taken and refused as Telegram does it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.telegram_server.entities import detect, trim, units
from tests.telegram_server.markup import parse_html
from tests.telegram_server.refusal import RefusedError


def entity(kind: str, offset: int, length: int, **more: object) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("a &lt;b&gt; &amp; &quot;c&quot;", 'a <b> & "c"', []),
        ("&#215;&#x1F4A1;&nbsp;", "×💡&nbsp;", []),
        ("<strong>x</strong>", "x", [entity("bold", 0, 1)]),
        ("💡<i>y</i>", "💡y", [entity("italic", 2, 1)]),
        ('<span class="tg-spoiler">s</span>', "s", [entity("spoiler", 0, 1)]),
        ("<pre>a  b</pre>", "a  b", [entity("pre", 0, 4)]),
        (
            '<pre><code class="language-python">x</code></pre>',
            "x",
            [entity("pre", 0, 1, language="python")],
        ),
        ("<blockquote expandable>q</blockquote>", "q", [entity("expandable_blockquote", 0, 1)]),
        (
            '<a href="https://e.org/?a=1&amp;b=2">e</a>',
            "e",
            [entity("text_link", 0, 1, url="https://e.org/?a=1&b=2")],
        ),
        ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]),
        ("<b></b>x", "x", []),
        (
            "<tg-spoiler>a<pre>b</pre>c</tg-spoiler>",
            "abc",
            [entity("spoiler", 0, 1), entity("pre", 1, 1), entity("spoiler", 2, 1)],
        ),
    ],
)
def test_allowed_markup(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    """Every allowed tag becomes its entity, counted in UTF-16 units; spoilers stop at `pre`."""
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("a × b < c >", 'Unsupported start tag "" at byte offset 7'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<i>a</i   ", "Unclosed end tag at byte offset 4"),
        ("<i =a>", 'Empty attribute name in the tag "i" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_refused_markup(source: str, problem: str) -> None:
    """What Telegram can't parse is refused in Telegram's words, with the byte offset."""
    with pytest.raises(RefusedError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {problem}"


@given(st.text(), st.sampled_from(["b", "i", "code", "pre", "tg-spoiler"]))
def test_escaped_text_survives(text: str, tag: str) -> None:
    """Any escaped text comes through a tag unchanged and is covered by its entity."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    parsed, entities = parse_html(f"<{tag}>{escaped}</{tag}>")
    assert parsed == text
    assert [e["length"] for e in entities] == ([units(text)] if text else [])


def test_blank_ends_are_cut() -> None:
    """Blank ends are cut and entities follow; a blank inside a leading entity stays."""
    assert trim("  a b \n", [entity("bold", 2, 4)]) == ("a b", [entity("bold", 0, 3)])
    assert trim("  a", [entity("pre", 0, 3)]) == ("  a", [entity("pre", 0, 3)])


def test_typed_commands_are_found() -> None:
    """Commands, mentions and links are found in what a person types, but no division."""
    assert [e["type"] for e in detect("/start@a_bot @bob https://e.org/x. 1/2")] == [
        "bot_command",
        "mention",
        "url",
    ]
