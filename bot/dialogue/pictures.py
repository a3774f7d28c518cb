"""What the pictures of a chat show: data for `bot.pictures`; nothing is drawn here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from html import escape

from bot.dialogue.answer_context import AnswerContext, quantity_of
from bot.dialogue.effects import Show
from bot.dialogue.formatting import on_record, paragraphs
from bot.dialogue.state import State
from bot.pictures.captions import LONGEST_CAPTION, caption
from bot.pictures.requests import Change, Changed, Curve, Diagram, Learning, Nudge, Request
from content.book import Book
from content.lesson import Lesson, LessonStep
from content.models import DirectionStep, Picture
from engine.decimals import number_text, short_text
from engine.nudging import with_value
from engine.steps import example_prefixes, target_names
from engine.trace import Trace

LEAST_WORDS = 40
"""Where there is not even room for so many letters, a picture goes without its words."""


def with_words(book: Book, picture: Request, said: str = "") -> Show:
    """A picture with what is said under it, and what it shows in words, folded up.

    Args:
        book: whose words.
        picture: what to draw.
        said: HTML.
    """
    room = LONGEST_CAPTION - len(said) - 2
    worded = _worded if isinstance(picture, Learning) else _wording
    words = escape(worded(book, picture, room), quote=False) if room > LEAST_WORDS else ""
    folded = f"<blockquote expandable>{words}</blockquote>" if words else ""
    return Show(picture, paragraphs(said, folded))


def _wording(book: Book, picture: Request, room: int) -> str:
    return caption(picture, book.captions, room)


_worded = lru_cache(maxsize=64)(_wording)
"""The same where many learners see the same picture, and its words take time to find."""


def pictured(
    kind: Picture | bool,  # noqa: FBT001 - as a lesson writes it
    book: Book,
    state: State,
    place: LessonStep,
    trace: Trace,
) -> Request:
    """The picture that a step is asked under.

    Args:
        kind: as the lesson has it.
        book: whose words.
        state: the learner's.
        place: the step.
        trace: with the numbers that the step is asked in.
    """
    named, _, of = kind.partition(" ") if isinstance(kind, str) else ("network", "", "")
    asked = trace.quantities.get(quantity_of(place))
    match named:
        case "curve" if of:
            return _activation(book, trace, of, "", asked.id if asked else "")
        case "curve" if asked:
            return _activation(book, trace, asked.owner, asked.prefix, asked.id)
        case "slope" if of or asked:
            return _slope(book, trace, of or (asked.owner if asked else ""))
        case "change":
            return change(book, trace)
        case _:
            return drawing(book, state, place)


def _activation(book: Book, trace: Trace, neuron: str, prefix: str, asked: str) -> Curve:
    """The curve of a neuron's activation, with its sum marked on it, and its value if not asked."""
    kind = next(one.activation for one in trace.network.neurons() if one.name == neuron)
    labels, at = book.labels, trace[f"{prefix}{neuron}.sum"]
    reach = max(1.0 if kind in _STRAIGHT else 6.0, 1.3 * abs(at.value))
    name = f"{prefix}{neuron}.activation"
    points = _course(trace, name, at.id, tuple(reach * n / 40 for n in range(-40, 41)))
    marked = at.text, "?" if name == asked else trace[name].text
    return Curve(
        neuron, labels.sum, labels.activation(kind), points,
        (at.value, trace[name].value), marked, labels=labels,
    )  # fmt: skip


_STRAIGHT = {"relu", "leaky_relu", "identity", "step"}
"""Activations whose whole shape is seen close to 0."""


def _slope(book: Book, trace: Trace, weight: str) -> Curve:
    """The loss over a weight, with its slope, the gradient, at the weight that is updated."""
    gradient = trace[f"{weight}.gradient"]
    marked = explored(book, trace, weight, trace.given[weight])
    return replace(marked, steep=gradient.value, slope=gradient.text)


def explored(book: Book, trace: Trace, weight: str, at: float) -> Curve:
    """The loss over a weight, with a value of the weight marked on it."""
    start, places = trace.given[weight], trace["loss"].places
    points = _course(trace, "loss", weight, tuple(start + 3 * n / 12 for n in range(-12, 13)))
    loss = with_value(trace, weight, at)["loss"]
    texts = (short_text(at)[0], number_text(loss, places))
    return Curve(weight, weight, book.labels.loss, points, (at, loss), texts, labels=book.labels)


@lru_cache(maxsize=64)
def _course(
    trace: Trace, name: str, over: str, values: tuple[float, ...]
) -> tuple[tuple[float, float], ...]:
    """How a quantity of the forward pass depends on another, or on a weight."""
    found = ((value, with_value(trace, over, value)) for value in values)
    return tuple((value, known[name]) for value, known in found if name in known)


def change(book: Book, trace: Trace) -> Change:
    """The training step before and after."""
    network, labels = trace.network, book.labels

    def changed(word: str, name: str, new: str) -> Changed:
        old = trace.given[name] if name in trace.given else trace[name].value
        text = short_text(old)[0] if name in trace.given else trace[name].text
        return Changed(word, old, trace[new].value, (text, trace[new].text))

    outputs = []
    for neuron, target in zip(network.outputs, target_names(network), strict=True):
        word = labels.prediction if len(network.outputs) == 1 else neuron.name
        name = f"{neuron.name}.activation"
        outputs.append((changed(word, name, f"next.{name}"), trace.given[target]))
    weights = [name for neuron in network.neurons() for name, _ in neuron.weights]
    return Change(
        tuple(changed(name, name, f"{name}.updated") for name in weights),
        tuple(outputs),
        changed(labels.loss, "loss", "next.loss"),
        labels=labels,
    )


def finished(book: Book, state: State) -> Diagram:
    """The network with all that was found of the example that most was done on."""
    counts = dict.fromkeys(book.lesson.examples, 0)
    for place in book.lesson.places:
        counts[place.section.example] += place.id in state.records
    most = max(counts, key=lambda example: counts[example])
    last = [place for place in book.lesson.places if place.section.example == most][-1]
    trace = book.lesson.trace(last)
    moves = [one.id for one in trace if one.kind == "direction" and f"{one.owner}.updated" in trace]
    nudges = _sized(book, [(trace, name) for name in moves])
    drawn = drawing(book, state, last)
    taken = [one for one in trace if one.kind in _ON_PICTURE and not one.id.startswith("next.")]
    whole = {one.id: one.text for one in taken}
    found = tuple((whole | dict(drawn.found)).items())
    return replace(drawn, found=found, asked="", nudges=nudges)


_ON_PICTURE = ("product", "sum", "activation", "loss", "updated")


def drawing(book: Book, state: State, place: LessonStep) -> Diagram:
    """The network with what is found of a place's example, and what is asked there."""
    trace = book.lesson.trace(place)
    example = _example(trace, quantity_of(place))
    found = _found(book, state, place, trace)
    return Diagram(
        trace.network,
        found=tuple(_of_example(trace, example, found).items()),
        asked=quantity_of(place).removeprefix(example),
        nudges=_nudges(book, state, place),
        labels=book.labels,
    )


def _example(trace: Trace, asked: str) -> str:
    """What the ids of the example open with that a picture shows: the one asked about."""
    if asked in trace and (prefix := trace[asked].prefix.removeprefix("next.")):
        return prefix
    return example_prefixes(trace.examples)[-1]


def _of_example(trace: Trace, example: str, found: Mapping[str, str]) -> dict[str, str]:
    """What is found of one example, under the names that the network has."""
    others = tuple(one for one in example_prefixes(trace.examples) if one and one != example)
    return {
        name.replace(f"next.{example}", "next.").removeprefix(example): text
        for name, text in found.items()
        if not name.removeprefix("next.").startswith(others)
    }


def _found(book: Book, state: State, place: LessonStep, trace: Trace) -> dict[str, str]:
    """The given values, and every quantity of this example that is done and not asked again."""
    network = trace.network
    known = (*network.inputs, *target_names(network))
    names = [f"{prefix}{name}" for prefix in example_prefixes(trace.examples) for name in known]
    found = {name: short_text(trace.given[name])[0] for name in names}
    for other in _so_far(book, place):
        name, record = quantity_of(other), state.records.get(other.id)
        if record is not None:
            found |= {told: trace[told].text for told in getattr(other.step, "shows", ())}
        if not name:
            continue
        if record is None:
            if other.section is place.section:
                found.pop(name, None)
            continue
        shown = AnswerContext(book, state, other).believed
        found[name] = on_record(book, record, shown[name].text)
    return {name: text for name, text in found.items() if text}


def _so_far(book: Book, place: LessonStep) -> list[LessonStep]:
    """The steps of a place's example, up to its own section."""
    return [
        other
        for other in book.lesson.places
        if other.section.example == place.section.example and other.part <= place.part
    ]


def _nudges(book: Book, state: State, place: LessonStep) -> tuple[Nudge, ...]:
    """Which way the weights should move, for those whose direction is found."""
    found = [
        (AnswerContext(book, state, other).believed, other.step.quantity)
        for other in book.lesson.places
        if isinstance(other.step, DirectionStep)
        and other.section.example == place.section.example
        and other.id in state.records
    ]
    return _sized(book, found)


def _sized(book: Book, found: Sequence[tuple[Trace, str]]) -> tuple[Nudge, ...]:
    """Directions with the size of their gradients, each in the trace it is found in."""
    largest = _largest_gradient(book.lesson) if found else 1.0
    sizes = [abs(shown[f"{shown[name].owner}.gradient"].value) for shown, name in found]
    return tuple(
        Nudge(shown[name].owner, int(shown[name].value), min(1.0, size / largest))
        for (shown, name), size in zip(found, sizes, strict=True)
    )


def _largest_gradient(lesson: Lesson) -> float:
    """What an arrow of full size stands for in a whole lesson, however much of it is found."""
    traces = [example.trace for example in lesson.examples.values()]
    sizes = [abs(one.value) for trace in traces for one in trace if one.kind == "gradient"]
    return max(sizes, default=0.0) or 1.0
