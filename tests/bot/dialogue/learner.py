"""Someone who writes to the machine: in the lesson, in practice, in a network of their own."""

from __future__ import annotations

from datetime import timedelta

from bot.dialogue.effects import Button, Say, Show, Turn
from bot.dialogue.events import Event, Said
from bot.dialogue.generated_lessons import book_for, practice_set
from bot.dialogue.machine import Machine
from bot.dialogue.state import Outcome, Record, State
from content.library import Library
from engine.practice import FULL_TRACE
from tests.bot.dialogue.test_every_event import NOW
from tests.lesson import BOOK

MACHINE = Machine(Library.of(BOOK))
LESSON = MACHINE.book.lesson
ODD = "x1=0.37 x2=0.83\nH1 tanh 0.41 -0.29\nH2 relu -0.53 0.87\nO sigmoid 0.67 0.94\ntarget 1"


def heard(turn: Turn) -> str:
    """Everything said in a turn, also under pictures."""
    shown = [effect for effect in turn.effects if isinstance(effect, Say | Show)]
    return "\n".join(one.html if isinstance(one, Say) else one.caption for one in shown)


def buttons(turn: Turn) -> list[Button]:
    """The buttons of a turn."""
    shown = [effect for effect in turn.effects if isinstance(effect, Say | Show)]
    return [button for one in shown for row in one.buttons for button in row]


class Learner:
    """Someone who writes to the machine from a state on, and keeps what it says."""

    def __init__(self, state: State) -> None:
        self.state, self.now, self.message = state, NOW, 0
        self.told = ""
        self.turn = Turn(None, ())

    def says(self, text: str, *, edited: bool = False) -> Learner:
        """One message, or an edit of the last one."""
        self.message += not edited
        return self.does(Said(text, self.message, edited=edited))

    def does(self, event: Event) -> Learner:
        """One event; `told` is all that was said back to it."""
        self.now += timedelta(seconds=30)
        self.turn = MACHINE.step(self.state.to_json(), event, self.now)
        assert self.turn.state is not None
        self.state = State.from_json(self.turn.state)
        self.told = heard(self.turn)
        return self

    def outcome(self, step: str) -> Outcome | None:
        """How a step went so far."""
        record = self.state.records.get(step)
        return None if record is None else record.outcome


def at(step: str) -> Learner:
    """A learner of the written lesson who solved all before a step."""
    before = [p for p in LESSON.places[: LESSON.places.index(LESSON[step])] if p.branch is None]
    passed = {p.id: Record(Outcome.PASSED if p.number is None else Outcome.SOLVED) for p in before}
    return Learner(State.of(LESSON.id, step, records=passed))


def whole_step() -> Learner:
    """A learner at the beginning of a whole training step to practise."""
    set_ = practice_set(FULL_TRACE, 3, "seed", 7)
    first = book_for(MACHINE.book, set_).lesson.places[0].id
    return Learner(State(LESSON.id).into(set_, first))


def own_network() -> Learner:
    """A learner at the first number of a network of their own, with tanh and odd numbers."""
    learner = Learner(State.of(LESSON.id, LESSON.places[0].id)).says("/network").says(ODD)
    return learner.says("next")


def value(learner: Learner, name: str) -> str:
    """The right value of a quantity at the learner's step."""
    lesson = book_for(MACHINE.book, learner.state.lesson).lesson
    return lesson.trace(lesson[learner.state.hand.step])[name].text
