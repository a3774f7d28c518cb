"""What learners ask why of, and what they remark: `why.toml` and `remarks.toml`."""

# ruff: noqa: D102 - the texts of messages say what they are
# mypy: disable-error-code="empty-body"
from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, StringConstraints

from content.errors import Problem
from content.kinds import kinds
from content.message import (
    Figure,
    Formula,
    Messages,
    Name,
    Takes,
    Words,
    key_problems,
    message_problems,
)
from content.models import Id, Model, Text
from content.templates import Html
from content.word_lists import PhraseList, WordList

MOST_WORDS, MOST_TRANSLATED = 45, 60
"""An answer is read between two sums; other languages take more words than English."""


def _parted(given: object) -> object:
    """Phrases listed in one text, with a bar between."""
    return [one.strip() for one in given.split("|")] if isinstance(given, str) else given


Phrases: TypeAlias = Annotated[PhraseList, BeforeValidator(_parted)]
"""Ways to ask for something, in lower case, small words left out or not; `#` is any number."""

Ways: TypeAlias = Annotated[WordList, BeforeValidator(_parted)]

Listed: TypeAlias = Annotated[tuple[str, ...], BeforeValidator(_parted)]

Finding: TypeAlias = Literal["number", "sign", "mistake", "how"]
"""What an answer is worked out from instead of being written: the number that was asked about,
its sign, the learner's last mistake, or how the step in hand is done."""

ROLES = ("input", "weight", "neuron", "output", "prediction", "loss", "gradient", "blame")
"""What a name or a number of the network is, in questions about it."""

SIGNED = ("given", "product", "sum", "delta", "error", "gradient", "updated", "other")
"""The kinds of numbers whose sign is explained; blame is an `error` where updates add it."""

SLOTS = ("inputs", "outputs", "neurons", "weights", "steps")
"""What a text may tell of the network and the lesson in hand: nothing that is to be found."""


class Entry(Model):
    """One thing that can be explained."""

    button: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    asked: Phrases = PhraseList()
    here: Phrases = PhraseList()
    """Further ways, too short to be told from other questions except at the steps in `at`."""
    text: Annotated[Text | None, Takes(may=SLOTS)] = None
    adding: Annotated[Text | None, Takes(may=SLOTS)] = None
    """Said instead where steps are added, so that blame has the other sign."""
    finds: Finding | None = None
    """Instead of a text."""
    at: Listed = ()
    """Kinds of quantities and steps at which it is likely to be asked."""
    bare: Listed = ()
    """Those at which a "why?" that says no more asks for it."""
    after: Listed = ()
    """Kinds of quantities of which the learner must have met one: its words are explained there."""
    only: Listed = ()
    """Kinds of which the network must have one: nobody asks about a square where none is.

    `relu & sigmoid` asks for both.
    """


def all_of(only: str) -> list[str]:
    """The kinds that an entry of `only` asks for together.

    >>> all_of("relu & sigmoid")
    ['relu', 'sigmoid']
    """
    return only.split(" & ")


class Why(Messages):
    """`say` in `why.toml`."""

    def back(self, *, place: Words) -> Html: ...
    def none(self) -> Html: ...
    def which(self) -> Html: ...
    def given_input(self, *, number: Figure, name: Name) -> Html: ...
    def given_weight(self, *, number: Figure, name: Name) -> Html: ...
    def given_bias(self, *, number: Figure, name: Name) -> Html: ...
    def given_target(self, *, number: Figure, name: Name) -> Html: ...
    def given_rate(self, *, number: Figure, name: Name) -> Html: ...
    def found(self, *, number: Figure, name: Name, formula: Formula) -> Html: ...
    def worked(self, *, number: Figure, name: Name, formula: Formula, working: Formula) -> Html: ...
    def found_at(self, *, step: Figure) -> Html: ...
    def part(self, *, number: Figure, name: Name, working: Formula) -> Html: ...
    def kept(self, *, number: Figure, name: Name) -> Html: ...
    def explored(self, *, number: Figure, weight: Name, value: Figure) -> Html: ...
    def unknown(self, *, number: Figure) -> Html: ...
    def no_number(self) -> Html: ...
    def no_mistake(self) -> Html: ...
    def other_sign(self, *, name: Name, number: Figure) -> Html: ...


class WhyFile(Model):
    """`why.toml`: what is asked, and what is answered."""

    small: Ways = WordList()
    """Words that tell no question from another."""
    asking: Ways = WordList()
    """Words that only ask: with nothing else, they ask about the step in hand. First "why"."""
    closed: Ways = WordList()
    """Words that open a question for a yes or no."""
    referring: Ways = WordList()
    """Words that stand for what was said before: "who chose that?"."""
    same: dict[str, Ways] = Field(default_factory=dict)
    """What means the same as a word, phrases too."""
    endings: Listed = ()
    """What is cut off words, so that their forms are alike; the longest first."""
    keeps: Listed = ()
    """Ends of words that nothing is cut off."""
    called: dict[str, str] = Field(default_factory=dict)
    """The words for these in ways to ask; those of English where none are given."""
    say: dict[str, Text]
    signs: Annotated[dict[str, Text], Takes(may=("name", "number", "formula", "working"))]
    """Why a number is negative, by what it is."""
    entry: dict[Id, Entry]
    """By permanent ids: buttons carry them."""


class Remark(Model):
    """What a learner says about themselves or the tutor rather than about the step."""

    said: Phrases = PhraseList()
    text: Annotated[Text | None, Takes()] = None
    elsewhere: Annotated[Text | None, Takes()] = None
    """Said instead where nothing is to be worked out."""
    then: Literal["", "again", "hint", "term", "picture"] = ""
    """What follows: the step asked again, its first hint, its key word, the network drawn."""


class RemarksFile(Model):
    """`remarks.toml`."""

    small: Ways = WordList()
    """Words that change nothing."""
    terms: dict[str, Id]
    """The glossary's term for each kind of step."""
    remark: dict[Id, Remark]


def why_problems(why: WhyFile, home: str, *, translated: bool) -> Iterator[Problem]:
    """Everything wrong with `why.toml` that only shows when it is read whole.

    Args:
        why: what is asked.
        home: the language's folder, as problems name it.
        translated: whether this is another language than the authors'.
    """
    yield from message_problems(Why, why.say, f"{home}/why.toml", "say")
    if why.called:
        yield from key_problems(ROLES, why.called, f"{home}/why.toml", "called")
    yield from key_problems(SIGNED, why.signs, f"{home}/why.toml", "signs")
    bare: dict[str, str] = {}
    for name, entry in why.entry.items():
        at = f"entry.{name}"
        if (entry.text is None) is (entry.finds is None):
            yield Problem(f"{home}/why.toml", at, "needs either a text or what it finds")
        most = MOST_TRANSLATED if translated else MOST_WORDS
        words = max(len((text or "").split()) for text in (entry.text, entry.adding))
        if words > most:
            rule = f"is {words} words long; at most {most}"
            yield Problem(f"{home}/why.toml", f"{at}.text", rule)
        for kind in [kind for one in entry.only for kind in all_of(one)]:
            if kind not in kinds():
                rule = f"unknown kind {kind!r}; allowed: {', '.join(kinds())}"
                yield Problem(f"{home}/why.toml", f"{at}.only", rule)
        for kind in entry.bare:
            if (other := bare.setdefault(kind, name)) != name:
                rule = f"{kind!r} is {other!r}’s already"
                yield Problem(f"{home}/why.toml", f"{at}.bare", rule)
