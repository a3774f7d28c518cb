"""What the pictures of a chat show: data for `bot.pictures`; nothing is drawn here."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from bot.dialogue.answer_context import AnswerContext, quantity_of
from bot.dialogue.effects import Show
from bot.dialogue.formatting import on_record, paragraphs
from bot.dialogue.state import State
from bot.pictures.captions import LONGEST_CAPTION, caption
from bot.pictures.requests import Diagram, Learning, Nudge, Request
from content.book import Book
from content.lesson import LessonStep
from content.models import DirectionStep
from engine.decimals import short_text
from engine.steps import target_names
from engine.trace import Trace


def with_words(book: Book, picture: Request, said: str, *, folded: bool = False) -> Show:
    """A picture with what is said under it, and then what it shows in words.

    Args:
        book: whose words.
        picture: what to draw.
        said: HTML.
        folded: whether the words are folded up until they are tapped.
    """
    room = LONGEST_CAPTION - len(said) - 2
    worded = _worded if isinstance(picture, Learning) else _wording
    words = escape(worded(book, picture, room), quote=False)
    if folded:
        words = f"<blockquote expandable>{words}</blockquote>"
    return Show(picture, paragraphs(said, words))


def _wording(book: Book, picture: Request, room: int) -> str:
    return caption(picture, book.captions, room)


_worded = lru_cache(maxsize=64)(_wording)
"""The same where many learners see the same picture, and its words take time to find."""


def drawing(book: Book, state: State, place: LessonStep) -> Diagram:
    """The network with what is found of a place's example, and what is asked there."""
    trace = book.lesson.trace(place)
    return Diagram(
        trace.network,
        found=tuple(_found(book, state, place, trace).items()),
        asked=quantity_of(place),
        nudges=_nudges(book, state, place),
        labels=book.labels,
    )


def _found(book: Book, state: State, place: LessonStep, trace: Trace) -> dict[str, str]:
    """The given values, and every quantity of this example that is done and not asked again."""
    network = trace.network
    found = {
        name: short_text(trace.given[name])[0] for name in (*network.inputs, *target_names(network))
    }
    for other in _so_far(book, place):
        name, record = quantity_of(other), state.records.get(other.id)
        if not name:
            continue
        if record is None:
            if other.section is place.section:
                found.pop(name, None)
            continue
        shown = AnswerContext(book, state, other).believed
        found[name] = on_record(book, record, shown[name].text)
    return {name: text for name, text in found.items() if text}


def _so_far(book: Book, place: LessonStep) -> list[LessonStep]:
    """The steps of a place's example, up to its own section."""
    return [
        other
        for other in book.lesson.places
        if other.section.example == place.section.example and other.part <= place.part
    ]


def _nudges(book: Book, state: State, place: LessonStep) -> tuple[Nudge, ...]:
    """Which way the weights should move, for those whose direction is found."""
    found = [
        (AnswerContext(book, state, other).believed, other.step.quantity)
        for other in book.lesson.places
        if isinstance(other.step, DirectionStep)
        and other.section.example == place.section.example
        and other.id in state.records
    ]
    sizes = [abs(shown[f"{shown[name].owner}.gradient"].value) for shown, name in found]
    largest = max(sizes, default=0.0) or 1.0
    return tuple(
        Nudge(shown[name].owner, int(shown[name].value), size / largest)
        for (shown, name), size in zip(found, sizes, strict=True)
    )
