"""What a watching step shows: the lesson's network, trained for as many steps as were pressed for.

Runs are shared between learners; the long ones are trained ahead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.dialogue.effects import Show
from bot.dialogue.pictures import with_words
from bot.pictures.requests import Learning, TracedPoint
from content.book import Book
from content.lesson import LessonStep
from content.models import WatchStep
from content.picture_words import Labels
from content.tasks import task_of
from engine.decimals import number_text, short_text
from engine.descent import predicted
from engine.network import Network
from engine.training import JUDGED, Run, smoothed

TRAINING = (1, 10, 100, 5000)
"""The steps behind the buttons."""

LONGEST_RUN = 20_000
"""A run is not trained further than this."""

REHEARSED = 100
"""Steps trained ahead at once: a millisecond or two."""


def learning(book: Book, place: LessonStep, steps: int) -> Show:
    """The network after some steps of training, in a picture and in words."""
    assert isinstance(place.step, WatchStep)
    said: str = "" if steps else book.fill(place.step.text, book.lesson.trace(place))
    if steps >= LONGEST_RUN:
        said = book.say.learning_limit()
    return with_words(book, _learning(book, place.id, steps), said)


@lru_cache(maxsize=64)
def _learning(book: Book, watched: str, steps: int) -> Learning:
    place = book.lesson[watched]
    step = place.step
    assert isinstance(step, WatchStep)
    run = _run(_starting(book.lesson.network, step), _Drawn.of(book, place), steps)
    title = book.say.learning_biases if step.train_biases else book.say.learning_plain
    share = number_text(100 * run.accuracy(), 0)
    points = tuple(_point(book, name, run.network) for name in book.lesson.examples)
    first = {"at": points[0].at, "said": points[0].text}
    return Learning(
        run.network,
        run.judged(),
        smoothed(run.losses),
        points,
        _weights(run.network, book.labels),
        title=title(steps=f"{steps:,}"),
        result=book.say.learning_result(share=share, count=str(JUDGED), **first),
        trained=book.captions.trained(steps=f"{steps:,}"),
        labels=book.labels,
    )


@dataclass(frozen=True)
class _Drawn:
    """What the examples of a watching step are drawn from."""

    seed: str
    task: str

    @classmethod
    def of(cls, book: Book, place: LessonStep) -> _Drawn:
        """Those of a step."""
        assert isinstance(place.step, WatchStep)
        return cls(f"{book.lesson.id}/{place.id}", place.step.task)


def _starting(network: Network, step: WatchStep) -> Network:
    return replace(network, train_biases=step.train_biases)


def rehearsed(book: Book) -> Iterator[None]:
    """Trains ahead what learners may ask to watch, a little at each step of the iteration.

    Without it, who presses +5,000 first would have all others wait for it.
    """
    for place in book.lesson.places:
        if isinstance(place.step, WatchStep):
            network, drawn = _starting(book.lesson.network, place.step), _Drawn.of(book, place)
            run = _far(network, drawn, 0)
            while run.steps < LONGEST_RUN:
                run = run.continued(REHEARSED)
                yield
                if run.steps % TRAINING[-1] == 0:
                    _AHEAD[network, drawn, run.steps] = run


_AHEAD: dict[tuple[Network, _Drawn, int], Run] = {}
"""Runs of a round number of steps: four for each watching step of the lesson."""


def _far(network: Network, drawn: _Drawn, steps: int) -> Run:
    """The run after some thousands of steps."""
    if steps == 0:
        return Run(network, task_of(drawn.task, network.inputs), drawn.seed)
    known = _AHEAD.get((network, drawn, steps))
    if known is None:
        known = _far(network, drawn, steps - TRAINING[-1]).continued(TRAINING[-1])
        _AHEAD[network, drawn, steps] = known
    return known


@lru_cache(maxsize=128)
def _run(network: Network, drawn: _Drawn, steps: int) -> Run:
    """The run after some steps, gone on from a rounder number of steps, which learners share."""
    rounder = next((size for size in reversed(TRAINING) if steps % size == 0), 1)
    if rounder == TRAINING[-1]:
        return _far(network, drawn, steps)
    return _run(network, drawn, steps - rounder).continued(rounder)


def _point(book: Book, name: str, network: Network) -> TracedPoint:
    example = book.lesson.examples[name]
    first, second = (float(x) for x in example.inputs.values())
    target = example.target if isinstance(example.target, int | float) else example.target[0]
    said = next(predicted(network, [(first, second)]))[0]
    at = f"({short_text(first)[0]}, {short_text(second)[0]})"
    return TracedPoint(at, (first, second), float(target), said, number_text(said, 3))


def _weights(network: Network, labels: Labels) -> tuple[tuple[str, str], ...]:
    found = []
    for neuron in network.neurons():
        found += [(name, number_text(value, 2)) for name, value in neuron.weights]
        if network.train_biases:
            name = labels.said("owned", owner=neuron.name, word=labels.bias)
            found.append((name, number_text(neuron.bias, 2)))
    return tuple(found)
