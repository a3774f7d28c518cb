"""What a worksheet is about, as options say it: a lesson, a skill, or a network in a file."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from content.book import Book
from content.commands.command import Refused
from content.commands.example import NOTES, PROBLEM, Example, network_data
from content.commands.folder import load_lesson
from content.commands.words import load_words_of
from content.paper.variants import Topic, of_lesson, of_network, of_skill
from content.written import DEFAULT_LESSON
from engine.network import Network, NetworkError
from engine.practice import EASIEST, HARDEST, SKILLS
from engine.trace import Trace

MOST_VARIANTS = 500
"""More sheets than any class needs, and a file of a few dozen megabytes."""

LESSON = Path(DEFAULT_LESSON)


def options(parser: argparse.ArgumentParser) -> None:
    """Adds the options that say what a sheet is about."""
    about = parser.add_mutually_exclusive_group()
    about.add_argument(
        "--lesson",
        metavar="NAME",
        type=Path,
        default=LESSON,
        help="a lesson here, or its folder (%(default)s)",
    )
    about.add_argument("--skill", choices=SKILLS, metavar="SKILL", help="as in weighted_sum")
    about.add_argument("--network", metavar="FILE", type=Path, help="a network in JSON or TOML")
    parser.add_argument(
        "--difficulty", metavar="NUMBER", type=int, default=EASIEST, help="of a skill, from 1 to 7"
    )
    parser.add_argument("--set", metavar="NAME", default="", help="another set of numbers")


def book_of(asked: argparse.Namespace) -> Book:
    """The words, with the lesson that is asked for in hand."""
    if asked.lesson == LESSON:
        return load_words_of(asked.language)
    load_words_of(asked.language)
    return load_lesson(asked.lesson, asked.language)


def topic_of(asked: argparse.Namespace, book: Book) -> Topic:
    """What the options say a sheet is about.

    Raises:
        Refused: there is no such thing, or its file cannot be read.
    """
    if asked.skill:
        if not EASIEST <= asked.difficulty <= HARDEST:
            raise Refused(f"--difficulty: needs {EASIEST} to {HARDEST}, not {asked.difficulty}")
        return of_skill(book, asked.skill, asked.difficulty)
    if asked.network is None:
        return of_lesson(book.lesson)
    try:
        shape = _shape(network_data(asked.network), book)
    except NetworkError as error:
        raise Refused(f"{asked.network}: {error}") from None
    return of_network(book.own.title(), asked.network.stem, shape)


def whole(text: str) -> int:
    """A number from 1 up, as an option."""
    number = int(text)
    if not number > 0:
        raise ValueError
    return number


def _shape(data: object, book: Book) -> Trace:
    """A network at some example: its own, or one whose numbers will be drawn anyway."""
    problem: dict[str, object] = {"network": data}
    if isinstance(data, Mapping) and "network" in data:
        passed_over = (*NOTES, *PROBLEM)
        problem = {key: value for key, value in data.items() if key not in passed_over}
    lesson = book.lesson
    blank = Example(lesson.network, (), (), lesson.learning_rate)
    example = blank.changed(problem)
    if example.examples is None:
        network = example.network
        inputs = example.inputs or [0.5] * len(network.inputs)
        target = example.target if "target" not in example.left_out else _target(network)
        given = {"inputs": inputs, "target": target}
        example = example.changed(given)
    return example.traced(book.names)


def _target(network: Network) -> list[float]:
    """Targets of the kind that fits: one class of a softmax, yes or no, or any number."""
    outputs = network.outputs
    if outputs[0].function.layer:
        return [float(at == 0) for at in range(len(outputs))]
    says = ("sigmoid", "step")
    return [1.0 if neuron.activation in says else 0.5 for neuron in outputs]
