"""What the pictures of a chat show: the network so far, and the network learning.

All of it is data for `bot.pictures`; nothing is drawn here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from html import escape

from bot.dialogue.buttons import TRAINING
from bot.dialogue.carrying import believed
from bot.dialogue.effects import Show
from bot.dialogue.speech import Speaker, paragraphs
from bot.pictures.captions import LONGEST, caption
from bot.pictures.requests import (
    Diagram,
    Learning,
    Nudge,
    Request,
    TracedPoint,
)
from content.book import Book
from content.lesson import Place
from content.models import DirectionStep, NumberStep, WatchStep
from engine.decimals import number_text, short_text
from engine.descent import predicted
from engine.network import Network
from engine.steps import target_names
from engine.trace import Trace
from engine.training import JUDGED, Run, above_half, smoothed

LONGEST_RUN = 20_000
"""A run is not trained further than this."""

REHEARSED = 100
"""Steps trained ahead at once: a millisecond or two."""


def diagram(speaker: Speaker) -> Show:
    """The network with the numbers the learner has found, the one asked now marked."""
    picture = drawing(speaker, speaker.place)
    return with_words(speaker, picture, speaker.book.say("picture"))


def question_with_diagram(speaker: Speaker) -> Show:
    """The question of the step in hand under the network's picture, with its buttons."""
    picture = with_words(speaker, drawing(speaker, speaker.place), speaker.ask(), folded=True)
    return replace(picture, buttons=speaker.keyboard(), placeholder=speaker.placeholder())


def with_words(speaker: Speaker, picture: Request, said: str, *, folded: bool = False) -> Show:
    """A picture with what is said under it, and then what it shows in words.

    Args:
        speaker: whose words.
        picture: what to draw.
        said: HTML.
        folded: whether the words are folded up until they are tapped.
    """
    room = LONGEST - len(said) - 2
    worded = _worded if isinstance(picture, Learning) else _wording
    words = escape(worded(speaker.book, picture, room), quote=False)
    if folded:
        words = f"<blockquote expandable>{words}</blockquote>"
    return Show(picture, paragraphs(said, words))


def _wording(book: Book, picture: Request, room: int) -> str:
    return caption(picture, book.captions, room)


_worded = lru_cache(maxsize=64)(_wording)
"""The same where many learners see the same picture, and its words take time to find."""


def drawing(speaker: Speaker, place: Place) -> Diagram:
    """The network with what is found of a place's example, and what is asked there."""
    book, step = speaker.book, place.step
    trace = book.lesson.trace(place)
    asked = step.quantity if isinstance(step, NumberStep) else ""
    found = _found(speaker, place, trace)
    return Diagram(
        trace.network,
        found=tuple(found.items()),
        asked=asked,
        nudges=_nudges(speaker, place),
        labels=book.labels,
    )


def _found(speaker: Speaker, place: Place, trace: Trace) -> dict[str, str]:
    """The given values, and every quantity of this example that is done and not asked again."""
    network, lesson = trace.network, speaker.book.lesson
    found = {
        name: short_text(trace.given[name])[0] for name in (*network.inputs, *target_names(network))
    }
    for other, step in _number_steps(speaker, place):
        record = speaker.state.records.get(step.id)
        if record is None:
            if other.section is place.section:
                found.pop(step.quantity, None)
            continue
        shown = believed(speaker.state, lesson, other)
        found[step.quantity] = speaker.found(record, shown[step.quantity].text)
    return {name: text for name, text in found.items() if text}


def _number_steps(speaker: Speaker, place: Place) -> list[tuple[Place, NumberStep]]:
    """The number steps of the place's example, up to its own section."""
    return [
        (other, other.step)
        for other in speaker.book.lesson.places
        if isinstance(other.step, NumberStep)
        and other.section.example == place.section.example
        and other.part <= place.part
    ]


def _nudges(speaker: Speaker, place: Place) -> tuple[Nudge, ...]:
    """Which way the weights should move, for those whose direction is found."""
    lesson = speaker.book.lesson
    found = [
        (believed(speaker.state, lesson, other), other.step.quantity)
        for other in lesson.places
        if isinstance(other.step, DirectionStep)
        and other.section.example == place.section.example
        and other.id in speaker.state.records
    ]
    sizes = [abs(shown[f"{shown[name].owner}.gradient"].value) for shown, name in found]
    largest = max(sizes, default=0.0) or 1.0
    return tuple(
        Nudge(shown[name].owner, int(shown[name].value), size / largest)
        for (shown, name), size in zip(found, sizes, strict=True)
    )


def learning(speaker: Speaker) -> Show:
    """The network after as many steps as the learner has pressed for."""
    place, book = speaker.place, speaker.book
    step = place.step
    assert isinstance(step, WatchStep)
    steps = speaker.state.trained
    said: str = "" if steps else book.fill(step.text, book.lesson.trace(place))
    if steps >= LONGEST_RUN:
        said = book.say("learning_limit")
    return with_words(speaker, _learning(book, place.id, steps), said)


@lru_cache(maxsize=64)
def _learning(book: Book, watched: str, steps: int) -> Learning:
    place = book.lesson[watched]
    step = place.step
    assert isinstance(step, WatchStep)
    run = _run(_starting(book.lesson.network, step), _seed(book, place), steps)
    key = "learning_biases" if step.train_biases else "learning_plain"
    share = number_text(100 * run.accuracy(), 0)
    return Learning(
        run.network,
        run.judged(),
        smoothed(run.losses),
        tuple(_point(book, name, run.network) for name in book.lesson.examples),
        _weights(run.network, book.labels.bias),
        title=_plain(book, key, steps=f"{steps:,}"),
        result=_plain(book, "learning_result", share=share, count=str(JUDGED)),
        labels=book.labels,
    )


def _seed(book: Book, place: Place) -> str:
    """What the examples of a watching step are drawn from."""
    return f"{book.lesson.id}/{place.id}"


def _plain(book: Book, key: str, **slots: str) -> str:
    return book.chat.say[key].format(**slots)


def _starting(network: Network, step: WatchStep) -> Network:
    return replace(network, train_biases=step.train_biases)


def rehearsed(book: Book) -> Iterator[None]:
    """Trains ahead what learners may ask to watch, a little at each step of the iteration.

    Without it, who presses +5,000 first would have all others wait for it.
    """
    for place in book.lesson.places:
        if isinstance(place.step, WatchStep):
            network, seed = _starting(book.lesson.network, place.step), _seed(book, place)
            run = _far(network, seed, 0)
            while run.steps < LONGEST_RUN:
                run = run.continued(REHEARSED)
                yield
                if run.steps % TRAINING[-1] == 0:
                    _AHEAD[network, seed, run.steps] = run


_AHEAD: dict[tuple[Network, str, int], Run] = {}
"""Runs of a round number of steps: four for each watching step of the lesson."""


def _far(network: Network, seed: str, steps: int) -> Run:
    """The run after some thousands of steps."""
    if steps == 0:
        return Run(network, above_half(len(network.inputs), len(network.outputs)), seed)
    known = _AHEAD.get((network, seed, steps))
    if known is None:
        known = _far(network, seed, steps - TRAINING[-1]).continued(TRAINING[-1])
        _AHEAD[network, seed, steps] = known
    return known


@lru_cache(maxsize=128)
def _run(network: Network, seed: str, steps: int) -> Run:
    """The run after some steps, gone on from a rounder number of steps, which learners share."""
    rounder = next((size for size in reversed(TRAINING) if steps % size == 0), 1)
    if rounder == TRAINING[-1]:
        return _far(network, seed, steps)
    return _run(network, seed, steps - rounder).continued(rounder)


def _point(book: Book, name: str, network: Network) -> TracedPoint:
    example = book.lesson.examples[name]
    first, second = (float(x) for x in example.inputs.values())
    target = example.target if isinstance(example.target, int | float) else example.target[0]
    said = next(predicted(network, [(first, second)]))[0]
    at = f"({short_text(first)[0]}, {short_text(second)[0]})"
    return TracedPoint(at, (first, second), float(target), said, number_text(said, 3))


def _weights(network: Network, bias: str) -> tuple[tuple[str, str], ...]:
    found = []
    for neuron in network.neurons():
        found += [(name, number_text(value, 2)) for name, value in neuron.weights]
        if network.train_biases:
            found.append((f"{neuron.name} {bias}", number_text(neuron.bias, 2)))
    return tuple(found)
