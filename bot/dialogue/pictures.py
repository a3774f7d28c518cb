"""What the pictures of a chat show: the network so far, the network learning, the trace sheet.

All of it is data for `bot.pictures`; nothing is drawn here.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from html import escape

from bot.dialogue.buttons import TRAINING
from bot.dialogue.effects import Show
from bot.dialogue.speech import Speaker, paragraphs
from bot.dialogue.state import How
from bot.pictures.captions import LONGEST, caption
from bot.pictures.requests import (
    Diagram,
    Labels,
    Learning,
    Nudge,
    Request,
    Sheet,
    TracedPoint,
    Working,
)
from content.book import Book
from content.lesson import Place
from content.models import DirectionStep, NumberStep, WatchStep
from engine.descent import predicted
from engine.network import Network
from engine.rounding import number_text, short_text
from engine.steps import target_names
from engine.trace import Trace
from engine.training import JUDGED, Run, above_half, smoothed

LONGEST_RUN = 20_000
"""A run is not trained further than this."""


def labels(book: Book) -> Labels:
    """The book's words on pictures."""
    words = dict(book.pictures.labels)
    activations = words.pop("activations", {})
    named = tuple(activations.items()) if isinstance(activations, dict) else ()
    return Labels(**{k: v for k, v in words.items() if isinstance(v, str)}, activations=named)


def diagram(speaker: Speaker) -> Show:
    """The network with the numbers the learner has found, the one asked now marked."""
    picture = _diagram(speaker, speaker.place)
    return _shown(speaker, picture, speaker.book.say("picture"))


def question_with_diagram(speaker: Speaker) -> Show:
    """The question of the step in hand under the network's picture, with its buttons."""
    picture = _shown(speaker, _diagram(speaker, speaker.place), speaker.ask(), folded=True)
    return replace(picture, buttons=speaker.keyboard(), placeholder=speaker.placeholder())


def _shown(speaker: Speaker, picture: Request, said: str, *, folded: bool = False) -> Show:
    """A picture with what is said under it, and then what it shows in words.

    Args:
        speaker: whose words.
        picture: what to draw.
        said: HTML.
        folded: whether the words are folded up until they are tapped.
    """
    room = LONGEST - len(said) - 2
    words = escape(caption(picture, speaker.book.pictures.caption, room), quote=False)
    if folded:
        words = f"<blockquote expandable>{words}</blockquote>"
    return Show(picture, paragraphs(said, words))


def _diagram(speaker: Speaker, place: Place) -> Diagram:
    book, step = speaker.book, place.step
    trace = book.lesson.trace(place)
    asked = step.quantity if isinstance(step, NumberStep) else ""
    found = _found(speaker, place, trace)
    return Diagram(
        trace.network,
        found=tuple(found.items()),
        asked=asked,
        nudges=_nudges(speaker, place, trace),
        labels=labels(book),
    )


def _found(speaker: Speaker, place: Place, trace: Trace) -> dict[str, str]:
    """The given values, and every quantity of this example that is done and not asked again."""
    network = trace.network
    found = {
        name: short_text(trace.given[name])[0] for name in (*network.inputs, *target_names(network))
    }
    for other, step in _number_steps(speaker, place):
        record = speaker.state.records.get(step.id)
        if record is None:
            if other.section is place.section:
                found.pop(step.quantity, None)
            continue
        kept = record.how is How.KEPT
        found[step.quantity] = record.typed if kept else trace[step.quantity].text
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


def _nudges(speaker: Speaker, place: Place, trace: Trace) -> tuple[Nudge, ...]:
    """Which way the weights should move, for those whose direction is found."""
    found = [
        trace[other.step.quantity]
        for other in speaker.book.lesson.places
        if isinstance(other.step, DirectionStep)
        and other.section.example == place.section.example
        and other.id in speaker.state.records
    ]
    sizes = {q.owner: abs(trace[f"{q.owner}.gradient"].value) for q in found}
    largest = max(sizes.values(), default=0.0) or 1.0
    return tuple(Nudge(q.owner, int(q.value), sizes[q.owner] / largest) for q in found)


def learning(speaker: Speaker) -> Show:
    """The network after as many steps as the learner has pressed for."""
    place, book = speaker.place, speaker.book
    step = place.step
    assert isinstance(step, WatchStep)
    steps = speaker.state.trained
    run = _run(_starting(book.lesson.network, step), f"{book.lesson.id}/{step.id}", steps)
    key = "learning_biases" if step.train_biases else "learning_plain"
    share = number_text(100 * run.accuracy(), 0)
    picture = Learning(
        run.network,
        run.judged(),
        smoothed(run.losses),
        tuple(_point(book, name, run.network) for name in book.lesson.examples),
        _weights(run.network, labels(book).bias),
        title=_plain(book, key, steps=f"{steps:,}"),
        result=_plain(book, "learning_result", share=share, count=str(JUDGED)),
        labels=labels(book),
    )
    trace = book.lesson.trace(place)
    said: str = "" if steps else book.fill(step.text, trace)
    if steps >= LONGEST_RUN:
        said = book.say("learning_limit")
    return _shown(speaker, picture, said)


def _plain(book: Book, key: str, **slots: str) -> str:
    return book.chat.say[key].format(**slots)


def _starting(network: Network, step: WatchStep) -> Network:
    return replace(network, train_biases=step.train_biases)


@lru_cache(maxsize=128)
def _run(network: Network, seed: str, steps: int) -> Run:
    """The run after some steps, gone on from a rounder number of steps, which learners share."""
    if steps == 0:
        return Run(network, above_half(len(network.inputs), len(network.outputs)), seed)
    rounder = next((size for size in reversed(TRAINING) if steps % size == 0), 1)
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


def sheets(speaker: Speaker) -> tuple[Show, ...]:
    """The learner's own trace on one page, as a picture and to print."""
    book = speaker.book
    example = next(iter(book.lesson.examples))
    last = [place for place in book.lesson.places if place.section.example == example][-1]
    workings = []
    for place in book.lesson.places:
        record = speaker.state.records.get(place.id)
        if not isinstance(place.step, NumberStep) or record is None or place.section.table:
            continue
        trace = book.lesson.trace(place)
        lines = trace.working(place.step.quantity)
        if record.how is How.KEPT:
            lines = [trace.formula(place.step.quantity), f"= {record.typed}"]
        heading = book.about(place)
        if place.section.example != example:
            heading = f"{_plain(book, 'sheet_new')} · {heading}"
        workings.append(Working(heading, tuple(lines)))
    page = Sheet(_diagram(speaker, last), tuple(workings), _plain(book, "sheet_title"))
    said = book.say("sheet_caption")
    pdf = Show(replace(page, format="pdf"), said)
    return (_shown(speaker, page, said), pdf)
