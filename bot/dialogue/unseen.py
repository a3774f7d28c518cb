"""What was written before its writer could see the present step: it is not judged there."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.asides import confirm_again, not_now
from bot.dialogue.choosing import picked
from bot.dialogue.effects import Asks
from bot.dialogue.judging import question
from bot.dialogue.modes import Mode
from bot.dialogue.reply import Moment, Reply, asking
from content.models import ChoiceStep, DirectionStep, NumberStep
from engine.diagnosis import diagnose
from engine.reading import Reading
from engine.scaffold import pieces, with_pieces
from engine.spoken import read_answer


def unseen(moment: Moment) -> Reply:
    """The present step asked once more; of what was sent twice it is said that it is there."""
    if moment.mode is Mode.CONFIRM:
        return replace(confirm_again(moment), asks=Asks.AGAIN)
    if not moment.at_step:
        return not_now(moment)
    said, place = moment.book.say("asked_since"), moment.place
    if _is_repeated(moment):
        key = "have_that" if place.number else "have_that_card"
        said = moment.book.say(key, number=str(place.number))
    asked = asking(moment, moment.state.but(looking=None), said, opening=False)
    return replace(asked, asks=Asks.AGAIN)


def _is_repeated(moment: Moment) -> bool:
    """Whether it is an answer that was taken already, at a step or at a piece of this one."""
    return _answers_piece(moment) or any(_answers(moment, step) for step in moment.state.records)


def _answers(moment: Moment, step: str) -> bool:
    """Whether it is what was answered at a step: the same text, number or option."""
    record, place = moment.state.records[step], moment.book.lesson.find(step)
    text = moment.intent.text.strip()
    if place is None or not record.typed:
        return False
    match place.step:
        case ChoiceStep() | DirectionStep():
            return picked(text, place, moment.book) == record.typed
        case NumberStep():
            read = read_answer(moment.book.lesson.trace(place), place.step.quantity, text)
            if isinstance(read, Reading) and read.answer.is_number and read.value == record.value:
                return True
            return text == record.typed
        case _:
            return False


def _answers_piece(moment: Moment) -> bool:
    if not moment.state.piece:
        return False
    asked = question(moment)
    before = pieces(asked.seen, asked.quantity)[: moment.state.piece]
    read = read_answer(asked.trace, asked.quantity, moment.intent.text, asked.own)
    trace = with_pieces(asked.trace, asked.quantity)
    return isinstance(read, Reading) and any(
        diagnose(trace, piece.id, read, asked.own).is_right for piece in before
    )
