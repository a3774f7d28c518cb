"""What a picture shows, in words: for those who can't see it, and where it can't be drawn.

The sentences come from the content's `pictures.toml`; they are plain text, so whoever sends them as
HTML escapes them, and numbers in them are still to be turned, but those a learner typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.pictures.known import Known, fits, weight_text
from bot.pictures.requests import (
    OWN_SIGN,
    SHOWN_SIGN,
    Bars,
    Change,
    Code,
    Curve,
    Diagram,
    Grid,
    Learning,
    Request,
    Sheet,
)
from content.picture_words import Captions
from engine.decimals import number_text
from engine.descent import predicted
from engine.network import Neuron

LONGEST_CAPTION = 1024
"""How many characters Telegram lets a caption have."""


def caption(request: Request, words: Captions, most: int = LONGEST_CAPTION) -> str:
    """All that a picture shows, in words; where that is too long, weights are only counted.

    Args:
        request: the picture.
        words: the sentences.
        most: how many characters there may be.
    """
    turned = words.counted.numbers.turned
    for brief in (False, True):
        text = "\n".join(_lines(request, words, brief=brief))
        if len(text if len(text) > most else turned(text)) <= most:
            return text
    whole, _, _ = text[: most - 1].rpartition("\n")  # half a line might say what is not so
    return f"{whole}\n…" if whole else text[: most - 1] + "…"


def _lines(request: Request, words: Captions, *, brief: bool) -> Iterator[str]:
    if title := getattr(request, "title", ""):
        yield title
    match request:
        case Diagram():
            yield from _diagram(request, words, brief=brief)
        case Learning():
            yield from _learning(request, words)
        case Bars():
            yield from _bars(request, words)
        case Grid():
            yield from _grid(request, words)
        case Code(text):
            yield text
        case Curve():
            yield _curve(request, words)
        case Change():
            changed = (*request.weights, *(one for one, _ in request.outputs), request.loss)
            moved = (
                words.moved(name=one.name, before=one.texts[0], after=one.texts[1])
                for one in changed
            )
            yield words.change(list=_joined(words, moved))
        case Sheet():
            yield _sheet(request, words)
            kept = words.counted.numbers.kept
            for one in request.workings:
                lines = kept(" ".join(one.lines))
                yield words.working(heading=one.heading, list=lines).rstrip()


def _sheet(sheet: Sheet, words: Captions) -> str:
    steps = [one for one in sheet.workings if one.lines]
    texts = [text for one in steps for text in (one.heading, *one.lines)]
    sheet_of = words.sheet
    said = [sheet_of(count=str(len(steps)))]
    for marked, sign in ((words.sheet_shown, SHOWN_SIGN), (words.sheet_own, OWN_SIGN)):
        if count := sum(text.count(sign) for text in texts):
            said.append(marked(sign=sign, count=str(count)))
    return " ".join(said)


def _diagram(diagram: Diagram, words: Captions, *, brief: bool) -> Iterator[str]:
    known = Known(replace(diagram, asked=""))  # what is asked is said apart
    network, labels = diagram.network, diagram.labels
    if not fits(network):
        counts = [labels.said("neurons", count=str(len(layer))) for layer in network.layers]
        inputs = labels.said("inputs", count=str(len(network.inputs)))
        said = inputs
        for count in counts:
            said = words.followed(list=said, last=count)
        yield words.layers(list=said)
        total = sum(len(neuron.weights) for neuron in network.neurons())
        yield words.weights(count=f"{total:,}")
    else:
        given = [_named(words, name, known.text(name)) for name in network.inputs]
        yield words.given(list=_joined(words, given))
        for neuron in network.neurons():
            entries = (*known.bias(neuron), *known.halves(neuron), *known.goal(neuron))
            parts = [_named(words, one.word, one.text) for one in entries if one.text]
            if brief:
                parts.insert(0, words.weights(count=str(len(neuron.weights))))
            else:
                parts[:0] = _weights(known, neuron, words)
            kind = labels.activation(neuron.activation)
            yield words.neuron(neuron=neuron.name, activation=kind, list=_joined(words, parts))
        if loss := known.text("loss"):
            yield words.lost(text=loss)
    if diagram.asked:
        yield words.asked(what=spoken(diagram, diagram.asked))
    yield from _nudges(diagram, words)


def _weights(known: Known, neuron: Neuron, words: Captions) -> Iterator[str]:
    sources = known.network.feeding(neuron)
    for (name, value), source in zip(neuron.weights, sources, strict=True):
        yield words.weight(weight=name, text=weight_text(value), source=source)
        for kind in ("product", "gradient", "updated"):
            if text := known.text(f"{name}.{kind}"):
                yield _named(words, getattr(known.labels, kind), text)


def spoken(diagram: Diagram, name: str) -> str:
    """A quantity's id in words: `H1.sum` is `H1 sum`."""
    labels = diagram.labels
    owner, _, kind = name.removeprefix("next.").rpartition(".")
    if not owner:
        return labels.loss if kind == "loss" else kind
    if kind == "activation":
        kinds = {one.name: one.activation for one in diagram.network.neurons()}
        return labels.said("owned", owner=owner, word=labels.activation(kinds.get(owner, "")))
    word = labels.blame if kind == "delta" else getattr(labels, kind, kind)
    return labels.said("owned", owner=_with_bias(diagram, owner), word=word)


def _nudges(diagram: Diagram, words: Captions) -> Iterator[str]:
    for direction, said in ((1, words.increase), (-1, words.decrease), (0, words.stay)):
        found = [nudge.weight for nudge in diagram.nudges if nudge.direction == direction]
        names = [_with_bias(diagram, name) for name in found]
        if names:
            yield said(list=words.counted.numbers.listed(names))
    moving = [one for one in diagram.nudges if one.direction and ".bias" not in one.weight]
    if len(moving) > 1:
        strongest = max(moving, key=lambda nudge: nudge.share)
        yield words.strongest(weight=_with_bias(diagram, strongest.weight))


def _with_bias(diagram: Diagram, name: str) -> str:
    """A weight's name; a bias is `H1 bias`."""
    owner, dot, _ = name.partition(".bias")
    return diagram.labels.said("owned", owner=owner, word=diagram.labels.bias) if dot else name


def _learning(learning: Learning, words: Captions) -> Iterator[str]:
    if learning.result:
        yield learning.result
    across, up = learning.network.inputs
    steps = [(i + 0.5) / 20 for i in range(20)]
    said = list(predicted(learning.network, [(x, y) for x in steps for y in steps]))
    share = sum(output[0] > 0.5 for output in said) / len(said)
    yield words.square(across=across, up=up, share=f"{100 * share:.0f}")
    outputs = list(predicted(learning.network, [e.inputs for e in learning.examples]))
    wrong = sum(
        (output[0] > 0.5) != (example.target[0] > 0.5)
        for output, example in zip(outputs, learning.examples, strict=True)
    )
    yield words.examples(count=str(len(outputs)), wrong=str(wrong))
    for point in learning.points:
        yield words.point(at=point.at, text=point.text, target=f"{point.target:g}")
    if learning.curve:
        (_, first), (last_step, last) = learning.curve[0], learning.curve[-1]
        yield words.loss(
            steps=f"{last_step:,}", first=number_text(first, 2), last=number_text(last, 2)
        )
    named = (_named(words, name, text) for name, text in learning.weights)
    yield words.now(list=_joined(words, named))


def _curve(curve: Curve, words: Captions) -> str:
    across, up = curve.texts
    said = [words.curve(name=curve.name, across=curve.across, up=curve.up, text=across)]
    if up != "?":
        said.append(words.value(up=curve.up, text=up))
    if curve.slope:
        said.append(words.slope(text=curve.slope))
    return " ".join(said)


def _bars(bars: Bars, words: Captions) -> Iterator[str]:
    for group in bars.groups:
        written = words.counted.numbers.written
        told = group.told or tuple(f"{written(count)}{group.unit}" for _, count in group.bars)
        bars_told = zip(group.bars, told, strict=True)
        named = (_named(words, name, text) for (name, _), text in bars_told)
        yield words.bars(heading=group.heading, list=_joined(words, named))


def _grid(grid: Grid, words: Captions) -> Iterator[str]:
    """Each pupil with how far they are in the parts that they have begun."""
    for name, cells in grid.pupils:
        parts = [
            words.part_of(
                part=part, done=str(one.first + one.later + one.shown), steps=str(one.steps)
            )
            for part, one in zip(grid.parts, cells, strict=True)
            if one.first + one.later + one.shown
        ]
        if parts:
            yield _named(words, name, _joined(words, parts))


def _joined(words: Captions, items: Iterable[str]) -> str:
    return words.counted.numbers.joined(items)


def _named(words: Captions, name: str, text: str) -> str:
    return words.named(name=name, text=text).rstrip()
