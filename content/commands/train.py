"""`python -m content train`: many steps on random examples, as a table or as JSON lines."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, TextIO

from content.book import Book
from content.commands import lines as json_lines
from content.commands.command import Command, Refused
from content.commands.example import network_data
from content.commands.words import load_words_of
from content.lesson import Lesson
from content.paper.words import headings
from engine.decimals import number_text
from engine.descent import Point
from engine.network import Network, NetworkError
from engine.training import LEARNING_RATE, Moment, Run, above_half, history

DETAILS = """\
Without options: the lesson's network takes 2,000 steps of gradient descent, one random example
each, with its biases held at 0. The inputs are drawn from 0 to 1, and the target is 1 where their
mean is above a half (for the lesson's two inputs: where x1 + x2 is more than 1).

Each row is a moment: the steps so far, the mean loss of the steps since the row before, how many of
200 other random examples come out on the right side of 0.5, what the network says at the lesson's
two traced points, and its weights. The same seed gives the same numbers on every computer.

With --jsonl each moment is one line: {"step", "loss", "accuracy", "predictions": [{"inputs",
"outputs"}, ...], "weights": {"w11": ..., "H1.bias": ..., ...}}; the loss of step 0 is null."""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--steps", metavar="NUMBER", type=_count, default=2000, help="as in 5000")
    parser.add_argument("--every", metavar="NUMBER", type=_count, help="steps from row to row")
    parser.add_argument("--seed", metavar="TEXT", default="1", help="any text; 1 if left out")
    parser.add_argument(
        "--learning-rate", metavar="NUMBER", type=float, default=LEARNING_RATE, help="as in 0.1"
    )
    parser.add_argument("--biases", action="store_true", help="train the biases as well")
    parser.add_argument("--network", metavar="FILE", type=Path, help="a network in JSON or TOML")
    parser.add_argument("--jsonl", action="store_true", help="JSON lines instead of the table")
    parser.add_argument("--language", default="en", help="of words and numbers (%(default)s)")


def _count(text: str) -> int:
    number = int(text.replace(",", "").replace("_", ""))
    if number < 1:
        raise ValueError
    return number


def _run(options: argparse.Namespace, lines: BinaryIO, out: TextIO) -> None:
    del lines
    book = load_words_of(options.language)
    lesson = book.lesson
    network, points = _network(options.network, lesson)
    if options.biases:
        network = replace(network, train_biases=True)
    every = options.every or max(1, options.steps // 20)
    try:
        task = above_half(len(network.inputs), len(network.outputs))
        run = Run(network, task, options.seed, options.learning_rate)
        moments = history(run, options.steps, every, points)
        if options.jsonl:
            for moment in moments:
                json_lines.write(out, _data(moment, points))
        else:
            for row in _rows(moments, points, book):
                print(row, file=out, flush=True)
    except NetworkError as error:
        raise Refused(str(error)) from None


def _network(file: Path | None, lesson: Lesson) -> tuple[Network, list[Point]]:
    """What to train, and the points to ask it about: the lesson's examples where they fit."""
    network = lesson.network
    if file is not None:
        try:
            network = Network.from_data(network_data(file))
        except NetworkError as error:
            raise Refused(f"{file}: {error}") from None
    examples = [example.inputs for example in lesson.examples.values()]
    if any(set(inputs) != set(network.inputs) for inputs in examples):
        return network, []
    return network, [tuple(inputs[name] for name in network.inputs) for inputs in examples]


def _weights(network: Network) -> dict[str, float]:
    """Every weight by its name, and every bias that is trained or not 0."""
    found: dict[str, float] = {}
    for neuron in network.neurons():
        found |= neuron.weights
        if neuron.bias or network.train_biases:
            found[neuron.bias_id] = neuron.bias
    return found


def _data(moment: Moment, points: list[Point]) -> dict[str, object]:
    return {
        "step": moment.steps,
        "loss": moment.loss if moment.steps else None,
        "accuracy": moment.accuracy,
        "predictions": [
            {"inputs": point, "outputs": outputs}
            for point, outputs in zip(points, moment.predictions, strict=True)
        ],
        "weights": _weights(moment.network),
    }


def _rows(moments: Iterator[Moment], points: list[Point], book: Book) -> Iterator[str]:
    """The table's heading and rows, each column as wide as its heading or a number needs."""
    widths: list[int] = []
    words, numbers_of = headings(book), book.numbers
    for moment in moments:
        at = [f"({', '.join(number_text(x, 1) for x in point)})" for point in points]
        weights = _weights(moment.network)
        if not widths:
            heading = [words.steps(), words.mean_loss(), words.right(), *at, *weights]
            widths = [max(len(text), 7) for text in heading]
            yield _columns(map(numbers_of.turned, heading), widths)
        said = [" ".join(number_text(p, 3) for p in outputs) for outputs in moment.predictions]
        numbers = [number_text(value, 3) for value in weights.values()]
        loss = number_text(moment.loss, 4) if moment.steps else "–"
        row = [f"{moment.steps:,}", loss, f"{100 * moment.accuracy:.1f} %", *said, *numbers]
        yield _columns(map(numbers_of.turned, row), widths)


def _columns(texts: Iterable[str], widths: list[int]) -> str:
    return "".join(text.rjust(width + 2) for text, width in zip(texts, widths, strict=True))


COMMAND = Command(
    name="train",
    help="many steps of training, and what they lead to",
    options=_options,
    run=_run,
    details=DETAILS,
)
