"""Pictures asked for, and the network trained while the learner watches."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.buttons import TRAINING
from bot.dialogue.pictures import LONGEST_RUN, diagram
from bot.dialogue.reply import Moment, Reply, staying, watched
from bot.dialogue.sheet import sheets


def train(moment: Moment) -> Reply:
    """Some more steps; the same message is redrawn in place."""
    typed = moment.intent.text.strip().lstrip("+").replace(",", "")
    if typed not in map(str, TRAINING):
        return how(moment)
    state = moment.state.but(
        trained=min(LONGEST_RUN, moment.state.trained + int(typed)), looking=None
    )
    return Reply(state, pictures=(watched(moment.speaker(state), moment.intent.under),))


def how(moment: Moment) -> Reply:
    """What can be done here."""
    return staying(moment, moment.book.say("watch_how"))


def picture(moment: Moment) -> Reply:
    """The network as it stands, with the buttons of the step."""
    speaker = moment.speaker()
    if not moment.at_step:
        return staying(moment, moment.book.say("no_picture"))
    shown = replace(diagram(speaker), buttons=speaker.keyboard(), placeholder=speaker.placeholder())
    return Reply(moment.state, pictures=(shown,))


def sheet(moment: Moment) -> Reply:
    """The learner's own trace on one page."""
    pages = sheets(moment.speaker())
    said = moment.book.say("sheet" if pages else "no_sheet")
    return replace(staying(moment, said), pictures=pages)
