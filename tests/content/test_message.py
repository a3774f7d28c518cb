"""Messages: what goes into a slot, and what comes out."""

from __future__ import annotations

import pytest

from content.counting import Counting
from content.message import Messages, Typed, message_problems
from content.numbers import Numbers
from content.templates import Html


class Some(Messages):
    """Two messages of each sort."""

    def kept(self, *, typed: Typed) -> Html:  # type: ignore[empty-body]
        """With markup and a slot."""

    def hello(self) -> Html:  # type: ignore[empty-body]
        """With neither."""

    def label(self, *, typed: Typed) -> str:  # type: ignore[empty-body]
        """Shown as it is."""


COUNTED = Counting({"hint": {"one": "{count} hint", "other": "{count} hints"}}, Numbers.of("en"))
TEXTS = {"kept": "<b>{typed}</b> kept", "hello": "Hello.", "label": "Keep {typed}"}


def test_what_goes_into_html_is_escaped_unless_it_is_html_itself() -> None:
    """What a learner typed can never become markup; what the tutor made can."""
    said = Some(TEXTS, COUNTED)
    assert said.kept(typed="<3 & more") == "<b>&lt;3 &amp; more</b> kept"
    assert said.kept(typed=Html("<i>3</i>")) == "<b><i>3</i></b> kept"
    assert said.hello() == "Hello."
    assert all(isinstance(text, Html) for text in (said.kept(typed="3"), said.hello()))


def test_what_is_shown_as_it_is_is_not_escaped() -> None:
    """A button knows no HTML, so "<" stays what it is."""
    assert Some(TEXTS, COUNTED).label(typed="p < 0.5") == "Keep p < 0.5"


@pytest.mark.parametrize(
    ("key", "text", "rule"),
    [
        ("kept", "kept", "the slot {typed} is missing"),
        ("kept", "{typed} {other}", "no slot is called 'other'; allowed: typed"),
        ("kept", "{typed:fine}", "'typed' has no views here; write {typed}"),
        ("kept", "<b>{typed}", "<b> is not closed"),
        ("label", "<b>{typed}</b>", "is shown as it is: no tags here"),
    ],
)
def test_a_text_that_does_not_fit_is_told_with_its_place(key: str, text: str, rule: str) -> None:
    """A language's text has just the slots of the message, and markup only where it is markup."""
    (problem,) = message_problems(Some, TEXTS | {key: text}, "xx/chat.toml", "say")
    assert str(problem) == f"xx/chat.toml: say.{key}: {rule}"


def test_the_texts_that_fit_have_no_problem() -> None:
    """Neither has a table that has every message and no other."""
    assert list(message_problems(Some, TEXTS, "xx/chat.toml", "say")) == []
