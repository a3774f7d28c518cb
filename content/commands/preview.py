"""`python -m content preview`: the lesson's steps as a learner meets them, with their numbers."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import BinaryIO, TextIO

from content.book import Book
from content.commands.command import Command
from content.commands.words import plain
from content.lesson import Place
from content.loader import load
from content.models import Card, ChoiceStep, DirectionStep, NumberStep, OfferStep


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", default="en", help="the folder of the language (en)")
    parser.add_argument("--step", help="only this step, by its id")


def _run(options: argparse.Namespace, lines: BinaryIO, out: TextIO) -> None:
    del lines
    book = load(options.language)
    for place in book.lesson.places:
        if options.step in (None, place.id):
            print("\n".join(preview(book, place)), file=out, end="\n\n")


def preview(book: Book, place: Place) -> Iterator[str]:
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
            right = book.lesson.right_option(place, book.words).id
            for option in step.options:
                mark = "*" if option.id == right else " "
                label, reply = (book.fill(text, trace) for text in (option.label, option.reply))
                yield f" {mark} {plain(label)}: {plain(reply)}"
        case _:
            pass


COMMAND = Command(
    name="preview",
    help="the lesson's steps with their numbers",
    options=_options,
    run=_run,
    details="Every step in order: its id, its question, the right answer, and what is said of it.",
)
