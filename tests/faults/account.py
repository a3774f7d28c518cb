"""The account of what became of every answer and every reply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import groupby

from bot.dialogue.effects import Turn
from bot.dialogue.events import Event
from bot.dialogue.machine import Machine
from tests.faults.learners import Learner
from tests.faults.stored import Stored
from tests.faults.world import World
from tests.transcripts.play import Chat


@dataclass
class Account:
    """What came of it."""

    name: str
    kills: int = 0
    turns: int = 0
    lost: int = 0
    """Learners whose stored progress is not what their answers imply."""
    doubled: int = 0
    """Learners with more or fewer answers recorded than given, and replies sent twice by a bot that
    knew, or that did not say that it did not."""
    unanswered: int = 0
    disordered: int = 0
    resent: int = 0
    """Copies sent because nobody knew whether a reply had arrived."""
    copies: int = 0
    """The most of one reply, beside the first."""

    @property
    def clean(self) -> bool:
        """Whether every promise was kept."""
        return not (self.lost or self.doubled or self.unanswered or self.disordered)

    def __str__(self) -> str:
        kills = f"{self.kills} kills, " if self.kills else ""
        return (
            f"{self.name}: {kills}{self.turns} turns: {self.lost} lost, "
            f"{self.doubled} doubled, {self.unanswered} unanswered, {self.disordered} out of order "
            f"({self.resent} copies of replies of unknown fate, {self.copies} of one at most)"
        )


def account_of(world: World, name: str, kills: int = 0) -> Account:
    """Compares what happened with what had to."""
    stored = Stored(world.url)
    states, attempts = stored.states(), stored.attempts()
    found, again = Account(name, kills), 0
    for learner in world.people:
        found.turns += learner.done
        found.lost += learner.wrong_state(states.get(learner.chat))
        found.doubled += attempts[learner.chat] != expected_attempts(learner, world.machine)
        found.unanswered += learner.missing
        found.disordered += learner.out_of_order
        for said, times in _extra(learner).items():
            epochs = world.epochs[learner.chat, said]
            rightly = max(0, learner.told.count(said) - 1)  # by one bot too: a question asked again
            again += min(times, max(0, len(epochs) - len(set(epochs)) - rightly))
            found.resent += times
        found.copies = max(found.copies, most_copies(learner.told, learner.heard))
    found.doubled += max(0, again - world.log.count("nobody knows whether the reply"))
    return found


def total(accounts: Iterable[Account]) -> Account:
    """All together."""
    found = Account("in all")
    for account in accounts:
        for name in (field.name for field in fields(Account) if field.name != "name"):
            both = getattr(found, name), getattr(account, name)
            setattr(found, name, max(both) if name == "copies" else sum(both))
    return found


def most_copies(told: Sequence[str], heard: Sequence[str]) -> int:
    """The most copies of one reply: they come one after the other, as nothing newer goes before.

    >>> most_copies(["a", "b", "a"], ["a", "a", "b", "a", "a"])
    1
    >>> most_copies(["a", "b", "a"], ["a", "b", "a", "a", "a"])
    2
    >>> most_copies(["a", "b"], ["a", "b", "a", "a"])  # out of order
    2
    """
    due, came = ([(text, len([*run])) for text, run in groupby(said)] for said in (told, heard))
    if [text for text, _ in due] != [text for text, _ in came]:
        return max((heard.count(text) - told.count(text) for text in heard), default=0)
    return max((-(-(b - a) // a) for (_, a), (_, b) in zip(due, came, strict=True)), default=0)


def _extra(learner: Learner) -> dict[str, int]:
    said = learner.heard
    return {
        one: said.count(one) - learner.told.count(one)
        for one in set(said)
        if said.count(one) > learner.told.count(one)
    }


class _Counting(Machine):
    """The dialogue, with the answers it takes counted."""

    count = 0

    def step(self, state: str | None, event: Event, now: datetime, learner: int = 0) -> Turn:
        """See `Machine.step`."""
        turn = super().step(state, event, now, learner)
        self.count += len(turn.attempts)
        return turn


def expected_attempts(learner: Learner, machine: Machine) -> int:
    """How many answers the learner gave, as the dialogue counts them."""
    counting = _Counting(machine.library)
    chat = Chat(counting)
    for line in learner.script[: learner.done]:
        chat.does(line)
    return counting.count
