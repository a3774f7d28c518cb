"""A class as a table for a spreadsheet, and as JSON for programs."""

from __future__ import annotations

import csv
import io

import orjson

from bot.dialogue.class_data import ClassResults, Pupil
from bot.dialogue.class_results import SKILL
from bot.dialogue.class_summary import in_all, step_name
from content.book import Book

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula."""


def as_csv(book: Book, found: ClassResults) -> bytes:
    """One line for each pupil, headed in the teacher's language; UTF-8 as spreadsheets know it."""
    words = book.classes
    heads = (
        *(words.head_pupil(), words.head_state(), words.head_step(), words.head_steps()),
        *(words.head_total(), words.head_first(), words.head_shown(), words.head_mistakes()),
    )
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(heads)
    for pupil in found.pupils:
        cells = _cells(book, found.about.part, pupil)
        table.writerow([_harmless(cell) if isinstance(cell, str) else cell for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _cells(book: Book, part: str, pupil: Pupil) -> tuple[str | int, ...]:
    words, one = book.classes, pupil.result
    state = (
        words.state_done()
        if one.done
        else words.state_under_way()
        if one.begun
        else words.state_new()
    )
    made = [
        f"{step_name(book, step)}: {book.mistake_name(mistake)}"
        if step
        else book.mistake_name(mistake)
        for step, mistake in one.mistakes
    ]
    at = "" if one.done or not one.at else step_name(book, one.at)
    if part.startswith(SKILL):
        return pupil.nickname, state, at, one.tries, one.tries, one.right, 0, "; ".join(made)
    all_ = in_all(book.lesson, one)
    steps = (all_.done, all_.total, all_.first, all_.shown)
    return pupil.nickname, state, at, *steps, "; ".join(made)


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet computes.

    >>> _harmless("=1+1"), _harmless("Ann")
    ("'=1+1", 'Ann')
    """
    return f"'{cell}" if cell.startswith(FORMULAS) else cell


def as_json(book: Book, found: ClassResults) -> bytes:
    """All that the teacher sees, step by step."""
    about, skill = found.about, found.about.part.startswith(SKILL)
    data = {
        "class": about.name,
        "part": about.part,
        "due": about.due,
        "steps": [] if skill else _steps(book),
        "pupils": [_pupil(one) for one in found.pupils],
    }
    return orjson.dumps(data, option=orjson.OPT_INDENT_2)


def _steps(book: Book) -> list[dict[str, object]]:
    return [
        {"step": one.id, "number": one.number, "about": book.about(one)}
        for one in book.lesson.places
        if one.number is not None
    ]


def _pupil(pupil: Pupil) -> dict[str, object]:
    one = pupil.result
    return {
        "pupil": pupil.nickname,
        "begun": one.begun,
        "done": one.done,
        "at": one.at or None,
        "steps": [{"step": s.step, "first_try": s.first, "shown": s.shown} for s in one.steps],
        "mistakes": [{"step": step or None, "mistake": name} for step, name in one.mistakes],
        "known": round(one.known, 2),
        "first_tries": one.tries,
        "first_tries_right": one.right,
    }
