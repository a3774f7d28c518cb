"""`python -m content preview`: the lesson's steps as a learner meets them, with their numbers."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from content.book import Book
from content.commands.command import Command, Refused
from content.commands.folder import load_lesson
from content.lesson import LessonStep
from content.markup import plain
from content.models import Card, ChoiceStep, DirectionStep, NumberStep, OfferStep
from content.written import DEFAULT_LESSON
from engine.decimals import number_text
from engine.practice import clashes, foreseen

DETAILS = """\
Every step in order: its id, its question, the right answer, and what is said of it. With --mistakes
also each wrong answer that can be foreseen, and which of them are too near each other, or the right
answer, to be told apart: other numbers in the network then make a better lesson. With --serve it is
taken in the chat page, and read anew whenever it is saved."""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        metavar="FOLDER",
        nargs="?",
        type=Path,
        default=Path(DEFAULT_LESSON),
        help="a lesson's folder, or the name of one of content/'s own (build_a_network)",
    )
    parser.add_argument("--language", default="en", help="the folder of the language (en)")
    parser.add_argument("--step", help="only this step, by its id")
    text = "serve it as a page: the chat, and beside it each step's hints and wrong answers"
    parser.add_argument("--serve", action="store_true", help=text)
    text = "where to listen with --serve (a free port)"
    parser.add_argument("--port", type=int, default=0, help=text)
    parser.add_argument("--mistakes", action="store_true", help="show the foreseen wrong answers")


def _run(options: argparse.Namespace, lines: BinaryIO, out: TextIO) -> None:
    del lines
    if options.serve:
        _serve(options)
        return
    book = load_lesson(options.folder, options.language)
    if options.step is not None and options.step not in book.lesson:
        raise Refused(f"--step: {options.step!r} is no step of {book.lesson.title!r}")
    for place in book.lesson.places:
        if options.step in (None, place.id):
            said = [*preview(book, place), *(_wrong(book, place) if options.mistakes else ())]
            print(book.numbers.turned("\n".join(said)), file=out, end="\n\n")


def _serve(options: argparse.Namespace) -> None:
    """The lesson in the chat page: another program, since nothing here knows the chat."""
    step = ("--step", options.step) if options.step else ()
    told = ("--language", options.language, *step, "--port", str(options.port))
    command = (sys.executable, "-m", "bot", "preview", str(options.folder), *told)
    os.execv(sys.executable, command)  # noqa: S606 - this very program, without a shell


def preview(book: Book, place: LessonStep) -> Iterator[str]:
    """One step as text: its heading and id, its question, and what is right."""
    step, trace = place.step, book.lesson.trace(place)
    if place.section.step[0] is step:
        yield f"== {plain(book.part(place))} =="
    yield f"-- {step.id} · {step.kind} · {plain(book.heading(place)) or place.section.title}"
    if isinstance(step, Card):
        yield plain(book.card(place))
        return
    text = step.text if not hasattr(step, "ask") else step.ask
    extra = {"steps": str(book.lesson.total(step.opens))} if isinstance(step, OfferStep) else None
    yield plain(book.fill(text, trace, extra))
    match step:
        case NumberStep(quantity=name):
            yield f"   right: {trace[name].text}   {trace.formula(name)}"
            if step.right:
                yield plain(book.fill(step.right, trace))
        case DirectionStep(quantity=name):
            yield f"   right: {trace[name].text}"
            yield plain(book.fill(step.right, trace))
        case ChoiceStep():
            right = [one.id for one in book.lesson.right_options(place, book.words)]
            for option in step.options:
                mark = "*" if option.id in right else " "
                label, reply = (book.fill(text, trace) for text in (option.label, option.reply))
                yield f" {mark} {plain(label)}: {plain(reply)}"
        case _:
            pass


def _wrong(book: Book, place: LessonStep) -> Iterator[str]:
    """The wrong answers that are foreseen at a step, and those that cannot be told apart."""
    step, trace = place.step, book.lesson.trace(place)
    if not isinstance(step, NumberStep):
        return
    for wrong in sorted(foreseen(trace, step.quantity), key=lambda wrong: wrong.value):
        made = ", ".join(f"{mistake} ({where})" for mistake, where in wrong.made)
        yield f"   {number_text(wrong.value, 4, exact=True):>9}  {made}"
    for clash in clashes(trace, [step.quantity]):
        yield f"   cannot be told apart: {clash.first} and {clash.second}"


COMMAND = Command(
    name="preview",
    help="the lesson's steps with their numbers",
    options=_options,
    run=_run,
    details=DETAILS,
)
