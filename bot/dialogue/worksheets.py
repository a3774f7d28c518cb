"""`/worksheet`: a sheet to print and its answer key, for who teaches.

The sheet's number says its numbers, here and in `python -m content`. A fresh one follows from who
asks and when.
"""

from __future__ import annotations

import hashlib
from html import escape, unescape

from bot.dialogue.effects import Show
from bot.dialogue.generated_lessons import OwnNetwork, PracticeSet
from bot.dialogue.practice_names import named
from bot.dialogue.reply import Moment, Reply, staying
from bot.pictures.requests import Worksheet
from content.book import Book
from content.paper.key import keys
from content.paper.sheet import sheets
from content.paper.variants import Topic, of_lesson, of_network, of_skill
from content.templates import Html
from engine.practice import EASIEST, SKILLS

MOST = 9999
"""Sheets are numbered up to here: few enough digits to type, enough for no two to be alike."""


LARGEST = 50
"""Steps of a network of one's own that are drawn in the chat."""


def worksheet(moment: Moment) -> Reply:
    """A sheet on the lesson in hand, or on a skill that is named, and its key as a second file."""
    book = moment.book
    number, _, asked = moment.intent.text.strip().partition(" ")
    if not (number.isascii() and number.isdigit()):
        number, asked = "", moment.intent.text.strip()
    skill = named(asked, book) if asked else ""
    if (number and not 0 < int(number) <= MOST) or (asked and skill not in SKILLS):
        return staying(moment, book.say.worksheet_unknown(most=str(MOST), skills=_skills(book)))
    topic = _topic(moment, skill)
    if topic is None:
        return staying(moment, book.say.worksheet_large())
    number = str(int(number)) if number else str(_fresh(moment))
    variants = [topic.variant(int(number))]
    sheet = Worksheet.of(f"worksheet-{number}", sheets(book, variants, "a4"))
    key = Worksheet.of(f"answer-key-{number}", keys(book, variants, "a4"))
    again = f"/worksheet {number} {unescape(book.generated.skills[skill]) if skill else ''}".strip()
    return staying(moment, book.say.worksheet()).before(
        Show(sheet, book.say.worksheet_sheet(number=number, again=Html(escape(again)))),
        Show(key, book.say.worksheet_key()),
    )


def _skills(book: Book) -> str:
    """The skills that a sheet can be about, each as it may be typed."""
    return ", ".join(book.generated.skills[skill] for skill in SKILLS)


def _topic(moment: Moment, skill: str) -> Topic | None:
    """What the sheet is about: what is named, else what is in hand, else the written lesson.

    None for a network of whose numbers too many would have to be drawn while others wait.
    """
    book, made = moment.book, moment.state.lesson
    if skill in SKILLS:
        return of_skill(book, skill, EASIEST)
    if isinstance(made, PracticeSet) and made.skill in SKILLS:
        return of_skill(book, made.skill, made.difficulty)
    if isinstance(made, OwnNetwork):
        (example,) = book.lesson.examples.values()
        topic = of_network(book.own.title(), "network", example.trace)
        return topic if topic.asked <= LARGEST else None
    return of_lesson(moment.main.lesson)


def _fresh(moment: Moment) -> int:
    """A number that follows from who asks and when."""
    text = f"worksheet/{moment.learner}/{moment.now}"
    digest = hashlib.sha256(text.encode()).digest()
    return int.from_bytes(digest[:8], "big") % MOST + 1
