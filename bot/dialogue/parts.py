"""What a learner's state is made of, each value by what it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.dialogue.generated_lessons import GeneratedLesson
from bot.dialogue.records import Records


class Confirming(StrEnum):
    """What a yes or no is awaited for."""

    RESTART = "restart"
    FORGET = "forget"
    CONVENTION = "convention"


@dataclass(frozen=True)
class Learner:
    """What is known of the learner, whatever the lesson."""

    knowledge: Mapping[str, Any] = field(default_factory=dict)
    """What practice says of their skills: `bot.learning.practised.Practised` as plain data."""
    drawn: int = 0
    """How many practice sets were drawn for them: part of the next one's seed."""
    reminder: str = ""
    """When they want to be reminded of practice: the hour there, and the time zone."""
    reminded: float = 0.0
    """When the last reminder was sent, in seconds since 1970."""
    networks: tuple[str | Mapping[str, Any], ...] = ()
    """Networks of their own, newest first: each as its link's code, or as it was brought."""
    group: bool = False
    """Not a learner but a group, which has had its one pointer."""
    thread: int | None = None
    """The part of the chat they last were in, where it has parts."""
    completed: tuple[str, ...] = ()
    """The lessons ever finished: written ones by name, networks of their own by their lesson's."""
    class_due: float = 0.0
    """When a class is to remind them, in seconds since 1970; 0 for never."""
    language: str = ""
    """The tag of the language they are spoken to in; empty for the one the bot speaks by itself."""

    @property
    def zone(self) -> str:
        """Their time zone where they said which it is, else UTC."""
        return self.reminder.partition(" ")[2] or "UTC"


@dataclass(frozen=True)
class StepInHand:
    """What happened at the step in hand so far."""

    step: str = ""
    """Its id; empty before the lesson begins and after it ends."""
    tries: int = 0
    """Wrong answers so far, not counting repeats."""
    hints: int = 0
    """Rungs of the hint ladder seen."""
    hinted_at: float = 0.0
    """When the last hint was given, in seconds since 1970."""
    pointed: str = ""
    """The wrong answer whose mistake the last hint pointed at."""
    slowed: bool = False
    """Whether the learner was just asked to try before the next hint."""
    wrong: str = ""
    """The last wrong answer, as typed."""
    picked: tuple[str, ...] = ()
    """The wrong options picked so far."""
    made: tuple[str, ...] = ()
    """The mistakes named so far."""
    pressed: tuple[str, ...] = ()
    """The presses that would do nothing new if they came again: `intents.Intent.press` each."""
    answered: int | None = None
    """The learner's message last judged: editing it is a new try."""
    piece: int | None = None
    """Which piece of a broken-up step is asked, from 0."""
    explored: float | None = None
    """Where the weight to be explored stands, once it was moved."""
    trained: int = 0
    """How many steps the network has been trained for."""
    looking: str | None = None
    """The earlier step being looked at."""


@dataclass(frozen=True)
class Progress:
    """How far the learner is in one lesson."""

    run: int = 1
    """Which time through the lesson this is: buttons of an earlier run are stale."""
    hand: StepInHand = StepInHand()
    records: Records = field(default_factory=lambda: Records({}))
    """Every step done, by id."""
    left: tuple[str, ...] = ()
    """The branches that were gone out of, where no offer alone had opened them."""

    @property
    def begun(self) -> bool:
        """Whether there is anything to go back to."""
        return bool(self.hand.step or self.records)


@dataclass(frozen=True)
class Pending:
    """What the bot has just asked beside the lesson, and what the next message may answer."""

    confirming: Confirming | None = None
    convention: str = ""
    """The loss that is offered in place of the network's own."""
    hour_asked: str = ""
    """What was asked of a reminder: `hour`, or the zone of the hour that is here."""
    awaiting: bool = False
    """Whether the next message may be a network of the learner's own."""
    skill_asked: bool = False
    """Whether the next message may name what to practise."""
    class_asked: str = ""
    """What was asked about a class, and the next message may be: see `class_asking`."""
    class_told: tuple[str, ...] = ()
    """What was told of it so far: a new class's name and part, or the code of a link."""
    cut: int | None = None
    """The learner's last message, where it was a part of a text too long for one."""


@dataclass(frozen=True)
class Detour:
    """A lesson made for the learner, taken while the written one waits."""

    lesson: GeneratedLesson
    progress: Progress = Progress()
