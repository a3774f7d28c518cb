"""How the course goes, for whoever runs the bot: asked for here, and put into words.

The numbers are looked up by the shells when the answer is sent, so asking and answering are two
functions, with the store in between.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from bot.dialogue.course_numbers import Course
from bot.dialogue.effects import Report, Say, Show
from bot.dialogue.pictures import with_words
from bot.dialogue.reply import Moment, Reply
from bot.pictures.requests import BarGroup, Bars
from content.book import Book

MOST = 6
"""How many bars a group has."""


def stats(moment: Moment) -> Reply:
    """Asks for the numbers; the buttons of the step in hand go with them."""
    view = moment.view
    asked = Report(moment.main.lesson.id, view.keyboard(), language=moment.book.language)
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
        return Say(said, asked.buttons)
    shown = with_words(book, Bars(groups, language=book.language), said)
    return replace(shown, buttons=asked.buttons)


def _lines(book: Book, course: Course) -> list[str]:
    written = book.numbers.written
    lines: list[str] = [book.say.stats(total=written(course.learners))]
    if course.learners:
        counts = (course.active, course.finished, course.blocked)
        active, finished, blocked = map(written, counts)
        some = partial(book.say.stats_places_some, count=written(course.looked_at))
        message = some if course.sampled else book.say.stats_places
        lines.append(message(active=active, finished=finished, blocked=blocked))
    answers = book.say.stats_answers_last if course.answers_before else book.say.stats_answers
    return [*lines, answers(count=written(course.answers))]


def _groups(book: Book, course: Course) -> list[BarGroup]:
    groups = (
        (book.say.stats_at(), [(_step(book, step), count) for step, count in course.at_step]),
        (book.say.stats_wrong(), [(_step(book, step), count) for step, count in course.wrong_at]),
        (
            book.say.stats_mistakes(),
            [(book.mistake_name(name), count) for name, count in course.mistakes],
        ),
    )
    return [BarGroup(heading, tuple(bars[:MOST])) for heading, bars in groups if bars]


def _step(book: Book, step: str) -> str:
    """A step's number and what it is about: `4 · H1 · weighted sum`."""
    if step not in book.lesson:
        return step
    place = book.lesson[step]
    about = book.about(place)
    return about if place.number is None else f"{place.number} · {about}"
