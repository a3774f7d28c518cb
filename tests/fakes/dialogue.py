"""A conversation that is small enough to predict: it counts and repeats."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.dialogue.class_data import ClassResults
from bot.dialogue.course_numbers import Course
from bot.dialogue.effects import (
    AnswerPress,
    Attempt,
    Button,
    ClassView,
    Effect,
    Export,
    Forget,
    React,
    Remind,
    Report,
    Say,
    Show,
    Turn,
    in_thread,
)
from bot.dialogue.events import (
    Blocked,
    Event,
    InGroup,
    InThread,
    Pressed,
    Reminded,
    Said,
    SentFile,
    SentOther,
)
from bot.dialogue.profile import Profile
from bot.pictures.requests import Diagram, Sheet
from engine.network import Network
from tests.fakes.words import LABELS

NETWORK = Network.from_data(
    {
        "inputs": ["x1"],
        "layers": [[{"name": "O", "activation": "sigmoid", "weights": {"w": 0.5}}]],
    }
)


_AGAIN = ((Button("Redraw", "redraw 1"), Button("Redraw", "redraw 2")),)


class EchoDialogue:
    """Says back what it hears, with a number; `boom` makes it fail, `/forget` makes it forget.

    It shows pictures too: `picture …`, `sheet`, and a button that redraws.
    """

    languages = ("en",)
    _profile = Profile(
        commands=(("start", "Begin"), ("forget", "Erase everything")),
        description="It repeats what you say.",
        short_description="An echo.",
        sorry="Sorry.",
        too_fast="Too fast.",
    )

    def profile(self, language: str = "") -> Profile:  # noqa: ARG002
        """What it says about itself, in whatever language."""
        return self._profile

    def rehearse(self) -> Iterator[None]:
        """There is nothing to do ahead."""
        return iter(())

    def report(self, asked: Report, course: Course) -> Say:
        """How many learners there are."""
        return Say(f"{course.learners} learners", asked.buttons)

    def class_view(self, asked: ClassView, found: ClassResults | None) -> Say:
        """The class's name, or that there is none."""
        return Say(f"{asked.what}: {found.about.name if found else 'none'}")

    def begins_anew(self, event: Event) -> bool:
        """Only `/forget` does."""
        return isinstance(event, Said) and event.text == "/forget"

    def step(self, state: str | None, event: Event, now: datetime, learner: int = 0) -> Turn:  # noqa: ARG002
        """Counts the turn and says what happened."""
        count = json.loads(state)["count"] + 1 if state else 1
        heard = ""
        effects: tuple[Effect, ...] = ()
        attempts: tuple[Attempt, ...] = ()
        match event:
            case Said("/forget"):
                return Turn(None, (Forget(), Say("Forgotten.")))
            case Said(text) if text.startswith("/remind"):
                effects = (Remind(now + timedelta(minutes=int(text.split()[1]))), Say("Set."))
            case Reminded():
                effects = (Remind(now + timedelta(days=1)), Say(f"{count}: time to practise"))
            case Said("/export"):
                effects = (Export("<b>Yours</b>"), Say(f"{count}: your data"))
            case Said("/stats", owner=True):
                effects = (Report("echo"),)
            case Said("boom"):
                raise ValueError(f"cannot make sense of {event.text}")
            case Said(text) if text.startswith("picture"):
                picture = Diagram(NETWORK, title=text, labels=LABELS)
                effects = (Show(picture, f"<b>{count}</b>: {text}", _AGAIN),)
            case Said("sheet"):
                sheet = Sheet(Diagram(NETWORK, labels=LABELS), (), str(count), format="pdf")
                effects = (Show(sheet, f"{count}: your sheet"),)
            case Said(text, message, edited):
                heard = text
                again = "again: " if edited else ""
                buttons = ((Button("More", f"more:{count}"),),)
                effects = (
                    React(message, "👍"),
                    Say(f"{count}: {again}{text}", buttons),
                )
                attempts = (Attempt("echo", "1", "H1.sum", text, "correct"),)
            case Pressed(data, callback, message) if data.startswith("redraw"):
                picture = Diagram(NETWORK, title=data, labels=LABELS)
                effects = (Show(picture, f"<b>{count}</b>: {data}", _AGAIN, replaces=message),)
            case Pressed(data, callback):
                effects = (Say(f"{count}: pressed {data}"), AnswerPress(callback, "ok"))
            case SentFile(_, _, text):
                effects = (Say(f"{count}: a file: {text!r}"),)
            case SentOther(kind):
                effects = (Say(f"{count}: a {kind}"),)
            case InGroup(callback):
                effects = (Say("Write to me in private."),) if state is None else ()
                effects += (AnswerPress(callback),) if callback else ()
            case Blocked():
                pass
        thread = event.thread if isinstance(event, InThread) else None
        return _turn(count, heard, in_thread(effects, thread), attempts)


def _turn(
    count: int, heard: str, effects: tuple[Effect, ...], attempts: tuple[Attempt, ...]
) -> Turn:
    return Turn(json.dumps({"count": count, "heard": heard}), effects, attempts)
