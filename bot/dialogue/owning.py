"""A network of the learner's own: asked for, checked, and turned into a lesson."""

from __future__ import annotations

from bot.dialogue.lessons import OwnNetwork
from bot.dialogue.practising import enter
from bot.dialogue.reply import Moment, Reply, staying
from content.own import (
    MOST_INPUTS,
    MOST_LAYERS,
    MOST_NEURONS,
    code_of,
    from_code,
    read_own,
    what_is_wrong,
)
from engine.network import NetworkError

LINK = "net_"


def network(moment: Moment) -> Reply:
    """How to send one, or the lesson about the one that was sent."""
    words, text = moment.book.made.own, moment.intent.text.strip()
    if not text:
        limits = {"inputs": MOST_INPUTS, "layers": MOST_LAYERS, "neurons": MOST_NEURONS}
        slots = {name: str(most) for name, most in limits.items()}
        said = moment.book.fill(words["how"], moment.book.any_trace, slots)
        return staying(moment, said, state=moment.state.but(awaiting=True))
    try:
        asked = from_code(text.removeprefix(LINK)) if text.startswith(LINK) else read_own(text)
    except NetworkError as error:
        sentence, slots = what_is_wrong(error, words)
        said = moment.book.fill(sentence, moment.book.any_trace, slots)
        return staying(moment, said, state=moment.state.but(awaiting=True))
    code = code_of(asked)
    key, slots = ("link", {"link": f"/start {LINK}{code}"}) if code else ("no_link", {})
    said = moment.book.fill(words[key], moment.book.any_trace, slots)
    return enter(moment, OwnNetwork.of(asked), said)
