"""What was written before its writer could see the present step: it is not judged there."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.confirming import confirm_again
from bot.dialogue.effects import Asks
from bot.dialogue.modes import Mode
from bot.dialogue.reply import Moment, Reply, asking
from bot.dialogue.steps.number import Number
from bot.dialogue.unexpected import not_now


def unseen(moment: Moment) -> Reply:
    """The present step asked once more; of what was sent twice it is said that it is there."""
    if moment.mode is Mode.CONFIRM:
        return replace(confirm_again(moment), asks=Asks.AGAIN)
    if not moment.at_step:
        return not_now(moment)
    said, place = moment.book.say.asked_since(), moment.place
    if _is_repeated(moment):
        said = moment.book.say.have_that_card()
        if place.number:
            said = moment.book.say.have_that(number=str(place.number))
    asked = asking(moment, moment.state.but(looking=None), said, opening=False)
    return replace(asked, asks=Asks.AGAIN)


def _is_repeated(moment: Moment) -> bool:
    """Whether it is an answer that was taken already, at a step or at a piece of this one."""
    text, here = moment.intent.text.strip(), moment.step
    if isinstance(here, Number) and here.repeats_piece(text):
        return True
    return any(
        moment.at(moment.state.but(step=step, confirming=None)).step.repeats(text)
        for step, record in moment.state.records.items()
        if record.typed and step in moment.book.lesson
    )
