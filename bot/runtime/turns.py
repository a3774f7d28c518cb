"""One turn: load the state, let the dialogue answer, store what comes of it.

States of chats in hand are kept as they were stored, so that only a chat's first turn loads one.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bot.dialogue.class_data import AskClasses, ClassChange, Classroom
from bot.dialogue.effects import AnswerPress, Forget, React, Remind, Say, Turn, in_thread
from bot.dialogue.events import Blocked, Event, InGroup, Pressed, Reminded, Said
from bot.dialogue.profile import Profile
from bot.ports import (
    Clock,
    Dialogue,
    Done,
    Message,
    Outgoing,
    Performed,
    Received,
    Saved,
    Sendable,
    Speaks,
    StaleError,
    Store,
    TakenError,
)
from bot.runtime.patience import patiently
from bot.runtime.speaking import language_of

logger = logging.getLogger(__name__)

STALE_TRIES = 5
CODE_BYTES = 16
"""A code that lets somebody into a class has 128 bits of chance."""


class Turns:
    """Takes turns.

    Args:
        dialogue: the conversation.
        store: where states and replies are kept.
        clock: the time.
        owner: the chat that may ask how the course goes.
    """

    def __init__(self, dialogue: Dialogue, store: Store, clock: Clock, owner: int | None) -> None:
        self._dialogue, self._store, self._clock = dialogue, store, clock
        self._owner = owner
        self._saved: dict[int, Saved | None] = {}
        """The states of chats in hand, as this run stored them; None for one to be loaded."""

    def put_down(self, chat: int) -> None:
        """Nothing more is known of a chat with nothing to be done: its state is in the store."""
        self._saved.pop(chat, None)

    def load_again(self, chat: int) -> None:
        """A chat's state may have changed in the store."""
        self._saved[chat] = None

    def arrived(self, chat: int, replies: Sequence[Outgoing]) -> int | None:
        """Messages of a chat's arrived, or were given up.

        Returns:
            The message whose buttons are old now; None where there is none.
        """
        if (saved := self._saved.get(chat)) is None:
            return None
        after = self._saved[chat] = saved.arrived(replies)
        return saved.keyboard if saved.keyboard != after.keyboard else None

    async def take(self, chat: int, received: Received) -> tuple[Done, Sequence[Performed]]:
        """Takes a turn and stores it; takes it again when somebody else was faster.

        A turn that cannot be stored ends in the apology, and its update counts as handled.

        Returns:
            What was stored, and the effects that need no storing.
        """
        event = received.event
        if chat == self._owner and isinstance(event, Said):
            event = replace(event, owner=True)
        saved = self._saved.get(chat, received.saved)
        self._saved[chat] = None
        sorry = False
        for _ in range(STALE_TRIES):
            if saved is None:
                saved = await patiently(lambda: self._store.load(chat))
            if isinstance(event, Said):
                event = replace(event, early=event.message < (saved.asked or event.message))
            if sorry:
                turn = Turn(saved.state, self._apology(saved.state, event))
            else:
                turn = await self._step(chat, saved, event)
            done, extras = self._done(chat, received, saved, turn)
            try:
                await patiently(partial(self._store.commit, done))
            except StaleError:
                saved = None
                continue
            except TakenError:
                # Stored already, when the database went away before it could say so; or another
                # worker has it.
                mine = await patiently(lambda: self._store.replies_to(received.update))
                return replace(done, outgoing=tuple(mine), attempts=()), ()
            except Exception as error:
                name = type(error).__name__
                logger.error("the turn of update %s cannot be stored (%s)", received.update, name)
                if not sorry:
                    sorry = True
                    continue
                await patiently(lambda: self._store.handled([received.update]))
                return replace(done, outgoing=()), self._apology(saved.state, event)
            self._saved[chat] = saved.after(done)
            return done, extras
        raise StaleError

    async def _step(self, chat: int, saved: Saved, event: Event) -> Turn:
        """A bug leaves nobody without an answer; to begin anew no state needs to be readable."""
        state = saved.state
        while True:
            try:
                turn = self._dialogue.step(state, event, self._clock.now(), chat)
                if turn.needs is None:
                    return turn
                classroom = await self._classroom(chat, turn.needs)
                assert not isinstance(event, Blocked)  # it asks for nothing
                knowing = replace(event, classroom=classroom)
                return self._dialogue.step(state, knowing, self._clock.now(), chat)
            except Exception as error:
                where = "".join(traceback.format_tb(error.__traceback__))
                # The error's own text is left out: it may quote what was typed.
                logger.error("the dialogue failed: %s\n%s", type(error).__name__, where)
            if state is None or not self._dialogue.begins_anew(event):
                return Turn(saved.state, self._apology(saved.state, event))
            state = None

    async def _classroom(self, chat: int, asked: AskClasses) -> Classroom:
        """What a turn has to know of classes, with a new code that nobody can guess."""
        found = await patiently(lambda: self._store.classroom(chat, asked))
        return replace(found, fresh=secrets.token_hex(CODE_BYTES))

    def words(self, state: str | None, event: Event) -> Profile:
        """What the bot says by itself in the language of a chat."""
        return self._dialogue.profile(language_of(state, event))

    def _apology(self, state: str | None, event: Event) -> tuple[AnswerPress | Say, ...]:
        match event:
            case Pressed(callback=callback, thread=thread):
                sorry = Say(self.words(state, event).sorry)
                return in_thread((AnswerPress(callback), sorry), thread)
            case Blocked() | InGroup() | Reminded():
                return ()
            case _:
                return in_thread((Say(self.words(state, event).sorry),), event.thread)

    def _speaks(self, state: str | None, turn: Turn, event: Event) -> Sequence[Speaks]:
        """What tells the platform of another language, where a turn chose one."""
        before, after = language_of(state, event), language_of(turn.state, event)
        if before == after:
            return []
        words = self._dialogue.profile(after)
        if words == self._dialogue.profile(before):
            return []
        return [Speaks("") if turn.state is None else Speaks(after, words.commands)]

    def _done(
        self, chat: int, received: Received, saved: Saved, turn: Turn
    ) -> tuple[Done, Sequence[Performed]]:
        """The turn as it is stored, and the effects that need no storing."""
        press = [effect for effect in turn.effects if isinstance(effect, AnswerPress)]
        say = [effect for effect in turn.effects if isinstance(effect, Message)]
        reactions = [effect for effect in turn.effects if isinstance(effect, React)]
        stored: list[Sendable] = [*press, *say]
        outgoing = tuple(
            Outgoing(received.update, position, chat, effect)
            for position, effect in enumerate(stored)
        )
        event = received.event
        done = Done(
            update=received.update,
            chat=chat,
            version=saved.version,
            state=turn.state,
            finished=turn.finished,
            at=self._clock.now(),
            attempts=turn.attempts,
            outgoing=outgoing,
            remind=next((e for e in turn.effects if isinstance(e, Remind)), None),
            forget=any(isinstance(effect, Forget) for effect in turn.effects),
            classes=tuple(e for e in turn.effects if isinstance(e, ClassChange)),
            blocked=isinstance(event, Blocked) and event.blocked,
        )
        return done, [*reactions, *self._speaks(saved.state, turn, event)]
