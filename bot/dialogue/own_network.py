"""A network of the learner's own: asked for, checked, and turned into a lesson."""

from __future__ import annotations

from bot.dialogue.actions import ANOTHER
from bot.dialogue.effects import link
from bot.dialogue.generated_lessons import OwnNetwork
from bot.dialogue.practising import enter
from bot.dialogue.reply import Moment, Reply, staying
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
from engine.network import NetworkError

LINK = "net_"


def network(moment: Moment) -> Reply:
    """How to send one, or the lesson about the one that was sent."""
    own, text = moment.book.own, moment.intent.text.strip()
    if not text:
        inputs, layers, neurons = map(str, (MOST_INPUTS, MOST_LAYERS, MOST_NEURONS))
        said = own.how(inputs=inputs, layers=layers, neurons=neurons)
        return staying(moment, said, state=moment.state.but(awaiting=True))
    try:
        asked = _asked(moment, text)
    except NetworkError as error:
        said = what_is_wrong(error, moment.book)
        return staying(moment, said, state=moment.state.but(awaiting=True))
    code = code_of(asked)
    if not code:
        return enter(moment, OwnNetwork.of(asked), own.no_link())
    start = LINK + code
    reply = enter(moment, OwnNetwork.of(asked), own.link(link=Html(link(start))))
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
