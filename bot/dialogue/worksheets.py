"""`/worksheet`: a sheet to print and its answer key, for who teaches.

The sheet's number says its numbers, here and in `python -m content`. A fresh one follows from who
asks and when.
"""

from __future__ import annotations

import hashlib

from bot.dialogue.effects import Show
from bot.dialogue.generated_lessons import OwnNetwork, PracticeSet
from bot.dialogue.practice_names import named
from bot.dialogue.reply import Moment, Reply, staying
from bot.pictures.requests import Worksheet
from content.paper.key import keys
from content.paper.sheet import sheets
from content.paper.variants import Topic, of_lesson, of_network, of_skill
from engine.practice import EASIEST, SKILLS

MOST = 9999
"""Sheets are numbered up to here: few enough digits to type, enough for no two to be alike."""


LARGEST = 50
"""Steps of a network of one's own that are drawn in the chat."""


def worksheet(moment: Moment) -> Reply:
    """A sheet on the lesson in hand, or on a skill that is named, and its key as a second file."""
    book, asked = moment.book, moment.intent.text.strip()
    number = int(asked) if asked.isascii() and asked.isdigit() else 0
    if not 0 < number <= MOST:
        number = _fresh(moment)
    topic = _topic(moment, named(asked, book) if asked else "")
    if topic is None:
        return staying(moment, book.say.worksheet_large())
    variants = [topic.variant(number)]
    sheet = Worksheet.of(f"worksheet-{number}", sheets(book, variants, "a4"))
    key = Worksheet.of(f"answer-key-{number}", keys(book, variants, "a4"))
    return staying(moment, book.say.worksheet()).before(
        Show(sheet, book.say.worksheet_sheet(number=str(number))),
        Show(key, book.say.worksheet_key()),
    )


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
