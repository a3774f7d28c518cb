"""The bot's markup as the page and the terminal show it."""

from __future__ import annotations

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from bot.webchat.formatting import plain, to_html, tree
from bot.webchat.posts import typed


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_what_is_typed_is_shown_as_typed(text: str) -> None:
    """Whatever signs are in it, none of them makes a tag."""
    assert plain(tree(typed(text))) == text.strip()
    assert to_html(typed(text)) == escape(text.strip())


@given(st.text(alphabet="<>/abi pre=\"'&;x", max_size=60))
def test_no_markup_makes_a_tag_of_its_own(text: str) -> None:
    """Only known tags come out, and none with an attribute."""
    shown = to_html(text)
    for tag in ("b", "i", "pre", "code"):
        shown = shown.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert "<" not in shown


def test_page_html_is_safe() -> None:
    """The page gets escaped text, known tags, and no link that could run a script."""
    hostile = (
        '<a href="javascript:alert(1)">&lt;script&gt;</a><tg-spoiler>"x"</tg-spoiler><img src=x>'
    )
    assert to_html(hostile) == (
        '&lt;script&gt;<span class="spoiler"><span>&quot;x&quot;</span></span>'
    )
    linked = '<a href="https://a.example/?x=1&amp;y=2">here</a>'
    assert 'href="https://a.example/?x=1&amp;y=2" target="_blank"' in to_html(linked)
