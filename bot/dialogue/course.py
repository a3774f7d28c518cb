"""How the course goes, for whoever runs the bot: asked for here, and put into words.

The numbers are looked up by the shells when the answer is sent, so asking and answering are two
functions, with the store in between.
"""

from __future__ import annotations

from html import escape

from bot.dialogue.effects import Report, Say, Show
from bot.dialogue.formatting import paragraphs
from bot.dialogue.reply import Moment, Reply
from bot.pictures.captions import LONGEST, caption
from bot.pictures.requests import BarGroup, Bars
from bot.ports.course import Course
from content.book import Book

MOST = 6
"""How many bars a group has."""


def stats(moment: Moment) -> Reply:
    """Asks for the numbers; the buttons of the step in hand go with them."""
    view = moment.view
    asked = Report(moment.main.lesson.id, view.keyboard(), view.placeholder())
    return Reply(moment.state, (asked,))


def report(book: Book, asked: Report, course: Course) -> Say | Show:
    """The numbers in words, under a picture of what there are several of.

    Args:
        book: whose words, and whose steps.
        asked: what was asked for.
        course: the numbers.
    """
    groups = tuple(_groups(book, course))
    said = "\n".join(_lines(book, course))
    if not groups:
        return Say(said, asked.buttons, asked.placeholder)
    picture = Bars(groups)
    room = LONGEST - len(said) - 2
    words = escape(caption(picture, book.captions, room), quote=False)
    return Show(picture, paragraphs(said, words), asked.buttons, asked.placeholder)


def _lines(book: Book, course: Course) -> list[str]:
    lines: list[str] = [book.say("stats", total=f"{course.learners:,}")]
    if course.learners:
        key = "stats_places_some" if course.sampled else "stats_places"
        counts = {
            "count": course.looked_at,
            "active": course.active,
            "finished": course.finished,
            "blocked": course.blocked,
        }
        lines.append(book.say(key, **{name: f"{count:,}" for name, count in counts.items()}))
    key = "stats_answers_last" if course.answers_before else "stats_answers"
    return [*lines, book.say(key, count=f"{course.answers:,}")]


def _groups(book: Book, course: Course) -> list[BarGroup]:
    groups = (
        ("stats_at", [(_step(book, step), count) for step, count in course.at_step]),
        ("stats_wrong", [(_step(book, step), count) for step, count in course.wrong_at]),
        ("stats_mistakes", [(book.made_mistake(name), count) for name, count in course.mistakes]),
    )
    return [BarGroup(book.chat.say[key], tuple(bars[:MOST])) for key, bars in groups if bars]


def _step(book: Book, step: str) -> str:
    """A step's number and what it is about: `4 · H1 · weighted sum`."""
    if step not in book.lesson:
        return step
    place = book.lesson[step]
    about = book.about(place)
    return about if place.number is None else f"{place.number} · {about}"
