"""/progress: skills, what goes wrong most and how that changed, days of practice; as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.dialogue.formatting import paragraphs
from bot.dialogue.met import practised
from bot.dialogue.pictures import with_words
from bot.dialogue.reply import Moment, Reply, staying
from bot.learning.mastery import MASTERED, Grasp, grasp
from bot.learning.practised import Missed
from bot.learning.progress import Bar, Progress, progress
from bot.learning.reminders import today
from bot.pictures.requests import BarGroup, Bars
from content.book import Book
from content.messages import Practice
from content.templates import Html

MOST_MISTAKES = 3
"""How many mistakes are named."""


def show_progress(moment: Moment) -> Reply:
    """The skills tried so far as bars, and in words."""
    book, now = moment.book, moment.time
    found = progress(practised(moment.state), now, today(now, moment.state.learner.zone))
    tried = [bar for bar in found.bars if bar.tries]
    if not tried:
        return staying(moment, book.practice.no_progress())
    skills = _skills(book, tried)
    groups, title = (skills, *_mistakes(book, found)), book.practice.progress()
    picture = Bars(groups, title, book.language)
    sentences = paragraphs("\n".join(_sentences(book, found)), _days(book, found))
    shown = replace(with_words(book, picture, sentences), buttons=moment.view.keyboard())
    return Reply(moment.state, (shown,))


def _skills(book: Book, tried: Sequence[Bar]) -> BarGroup:
    bars = tuple(
        (book.generated.skills[bar.skill] + (" ✓" if bar.mastered else ""), round(100 * bar.known))
        for bar in tried
    )
    say, heading = book.practice, book.practice.progress_skills()
    how = {
        Grasp.NEW: say.bar_new(),
        Grasp.SELDOM: say.bar_seldom(),
        Grasp.OFTEN: say.bar_often(),
        Grasp.NEARLY: say.bar_nearly(),
        Grasp.MASTERED: say.bar_mastered(),
    }
    told = tuple(how[grasp(bar.known)] for bar in tried)
    return BarGroup(heading, bars, unit="%", full=100, mark=round(100 * MASTERED), told=told)


def _mistakes(book: Book, found: Progress) -> tuple[BarGroup, ...]:
    made = found.mistakes[:MOST_MISTAKES]
    if not made:
        return ()
    bars = tuple((book.mistake_name(name), missed.times) for name, missed in made)
    return (BarGroup(book.practice.progress_mistakes(), bars),)


class Often(Protocol):
    """A sentence about how often a mistake was made."""

    def __call__(self, *, mistake: str, times: str) -> Html:
        """What is said."""


def _sentences(book: Book, found: Progress) -> list[str]:
    return [
        _often(missed, book.practice)(
            mistake=Html(book.mistake_name(name)), times=str(missed.times)
        )
        for name, missed in found.mistakes[:MOST_MISTAKES]
    ]


def _often(missed: Missed, say: Practice) -> Often:
    """What is said of a mistake: whether it has become rarer, where it is not too early to tell."""
    if missed.trend is None:
        return say.often_new
    older, newer = missed.trend
    return say.often_less if newer < older else say.often_more if newer > older else say.often_same


def _days(book: Book, found: Progress) -> str:
    days = found.days
    week, all_, sets = str(days.this_week), str(days.all), str(found.sets)
    return book.practice.days(week=week, all=all_, sets=sets)
