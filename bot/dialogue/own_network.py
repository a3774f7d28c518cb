"""Networks of the learner's own: asked for, checked, turned into a lesson, and taken up again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import chain
from typing import Any

from bot.dialogue.actions import ANOTHER, Do, button_data
from bot.dialogue.class_parts import described
from bot.dialogue.effects import Button, link
from bot.dialogue.formatting import paragraphs
from bot.dialogue.generated_lessons import OwnNetwork
from bot.dialogue.practising import enter
from bot.dialogue.reply import Moment, Reply, saying, staying
from bot.dialogue.state import State
from content.generated_lessons import Exercise
from content.own_network import (
    MOST_INPUTS,
    MOST_LAYERS,
    MOST_NEURONS,
    another_step,
    code_of,
    from_code,
    read_own,
    what_is_wrong,
)
from content.templates import Html
from engine.decimals import short_text
from engine.network import NetworkError

LINK = "net_"

KEPT = 5
"""So many networks of a learner's are kept, the newest."""


def network(moment: Moment) -> Reply:
    """How to send one, with those sent before; or the lesson about one."""
    text, before = moment.intent.text.strip(), _kept(moment.state)
    if not text:
        return _asked_for(moment, before)
    try:
        asked = before[text] if text in before else _asked(moment, text)
    except NetworkError as error:
        said = what_is_wrong(error, moment.book)
        return staying(moment, said, state=moment.state.but(awaiting=True))
    return _into(moment, asked, before)


def _asked_for(moment: Moment, before: Mapping[str, Exercise]) -> Reply:
    own, state = moment.book.own, moment.state.but(awaiting=True)
    inputs, layers, neurons = map(str, (MOST_INPUTS, MOST_LAYERS, MOST_NEURONS))
    how = own.how(inputs=inputs, layers=layers, neurons=neurons)
    rows = []
    labels = {name: described(asked, moment.book) for name, asked in before.items()}
    alike = Counter(labels.values())
    for name, label in labels.items():
        example = ", ".join(short_text(value)[0] for value in before[name].inputs.values())
        told = f"{label} ({example})" if alike[label] > 1 else label
        rows.append((Button(told, button_data(state, Do.NETWORK, name)),))
    said = paragraphs(how, own.earlier() if before else "")
    return saying(state, said, (*rows, *moment.at(state).view.keyboard()))


def _into(moment: Moment, asked: Exercise, before: Mapping[str, Exercise]) -> Reply:
    """Into the lesson about a network, which is kept before the others."""
    lesson, code = OwnNetwork.of(asked), code_of(asked)
    others = (one for name, one in before.items() if name != lesson.id)
    networks = tuple(map(_packed, chain((asked,), others)))[:KEPT]
    moment = moment.at(moment.state.but(networks=networks))
    if not code:
        return enter(moment, lesson, moment.book.own.no_link())
    start = LINK + code
    reply = enter(moment, lesson, moment.book.own.link(link=Html(link(start))))
    return reply.with_row(*moment.view.linking(start))


def _asked(moment: Moment, text: str) -> Exercise:
    """The network that is meant: of a link, of a text, or the one in hand after its step.

    Raises:
        NetworkError: it is none.
    """
    lesson = moment.state.lesson
    if isinstance(lesson, OwnNetwork) and text.casefold().startswith(ANOTHER):
        return another_step(Exercise.from_data(lesson.problem), text[len(ANOTHER) :])
    return from_code(text.removeprefix(LINK)) if text.startswith(LINK) else read_own(text)


def _kept(state: State) -> dict[str, Exercise]:
    """The learner's networks by their lesson's id, newest first, the one in hand among them."""
    kept = list(map(_unpacked, state.learner.networks))
    if isinstance(state.lesson, OwnNetwork):
        kept.insert(0, Exercise.from_data(state.lesson.problem))
    found: dict[str, Exercise] = {}
    for asked in kept:
        found.setdefault(OwnNetwork.of(asked).id, asked)
    return found


def _packed(asked: Exercise) -> str | Mapping[str, Any]:
    """A network as short as it can be kept: its code, where that is all of it."""
    code, data = code_of(asked), asked.to_data()
    return code if code and from_code(code).to_data() == data else data


def _unpacked(kept: str | Mapping[str, Any]) -> Exercise:
    return from_code(kept) if isinstance(kept, str) else Exercise.from_data(kept)
