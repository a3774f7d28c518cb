"""The machine: one event in, the new state and the effects out. Pure, and total."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.dialogue.actions import Do
from bot.dialogue.bank import ready
from bot.dialogue.course import report
from bot.dialogue.course_numbers import Course
from bot.dialogue.effects import (
    AnswerPress,
    Asks,
    Effect,
    Forget,
    React,
    Report,
    Say,
    Show,
    Turn,
    in_thread,
)
from bot.dialogue.events import Event, InGroup, InThread, Pressed, Said
from bot.dialogue.generated_lessons import book_for
from bot.dialogue.intents import intent_of, pressed_after
from bot.dialogue.path import on_course
from bot.dialogue.profile import Profile
from bot.dialogue.reply import Moment, Reply
from bot.dialogue.state import State
from bot.dialogue.steps import view_of
from bot.dialogue.table import UNCONFIRMED, row_for
from bot.dialogue.training_runs import rehearsed
from bot.dialogue.unexpected import words_under
from content.book import Book


class Machine:
    """The conversation about one book.

    Args:
        book: the lesson and the words, in one language.
    """

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def profile(self) -> Profile:
        """What the bot says about itself on the platform."""
        chat = self.book.chat
        commands = tuple((command.name, command.description) for command in chat.commands)
        return Profile(
            commands,
            chat.description,
            chat.short_description,
            sorry=self.book.say.sorry(),
            too_fast=self.book.say.too_fast(),
        )

    def rehearse(self) -> Iterator[None]:
        """Does ahead, bit by bit, what would make one learner's turn long for all the others."""
        yield from rehearsed(self.book)
        ready(self.book)
        yield

    def report(self, asked: Report, course: Course) -> Say | Show:
        """How the course goes, in words and, where there is something to draw, a picture."""
        return report(book_for(self.book, asked.lesson), asked, course)

    def begins_anew(self, event: Event) -> bool:
        """Whether an event asks to begin anew or to be forgotten, whatever the state is."""
        if not isinstance(event, Said):
            return False
        return intent_of(event, view_of(self.book, State(self.book.lesson.id))).do in (
            Do.RESTART,
            Do.FORGET,
        )

    def step(self, state: str | None, event: Event, now: datetime, learner: int = 0) -> Turn:
        """One turn.

        Args:
            state: what `Turn.state` was last time, or None in a new chat.
            event: what happened.
            now: the time, for pacing hints.
            learner: who it is, for what is drawn by chance.

        Returns:
            The new state, what to send, and the attempts to record.
        """
        before = self._known(State.from_json(state) if state else State(self.book.lesson.id))
        book = book_for(self.book, before.lesson)
        if not isinstance(event, InGroup):
            before = on_course(before, book.lesson)
        before = _placed(before, event)
        view = view_of(book, before)
        intent = intent_of(event, view)
        before = _lapsed(before, intent.do)
        main = book_for(self.book, before.current)
        moment = Moment(before, intent, book, now.timestamp(), main, learner)
        row = row_for(moment.mode, intent.do)
        reply = row.handler(moment)
        after = reply.state.lesson
        book = book if after is before.lesson else book_for(main, after)
        mode = view_of(book, reply.state).mode
        if mode is not row.mode and mode not in row.leads:
            raise ValueError(f"{row.mode}, {row.do}: may not lead to {mode}")
        if intent.unread:
            reply = words_under(moment, reply)
        return _turn(moment, reply)

    def _known(self, state: State) -> State:
        """A state whose lesson is no longer there goes back to the written one, or to the first."""
        if self._is_known(state):
            return state
        home = state.homewards()
        return home if self._is_known(home) else home.turned_to(self.book.lesson.id)

    def _is_known(self, state: State) -> bool:
        try:
            book_for(self.book, state.lesson)
            book_for(self.book, state.current)
        except (ValueError, KeyError, TypeError):
            return False
        return True


def _is_asked(before: State, after: State) -> bool:
    """Whether a turn asks something that was not asked before it: a step, a piece, a yes or no."""
    if after.pending.confirming is not None:
        return after.pending.confirming is not before.pending.confirming
    return bool(after.hand.step) and _asked(before) != _asked(after)


def _asked(state: State) -> tuple[object, ...]:
    return state.lesson, state.progress.run, state.hand.step, state.hand.piece


def _asking(effect: Effect, asks: Asks) -> Effect:
    return replace(effect, asks=asks) if isinstance(effect, Say | Show) else effect


def _turn(moment: Moment, reply: Reply) -> Turn:
    effects, intent, state = list(reply.effects), moment.intent, reply.state
    if asks := reply.asks or (Asks.ANEW if _is_asked(moment.state, state) else None):
        effects[-1:] = [_asking(effect, asks) for effect in effects[-1:]]
    if intent.callback is not None:
        effects.insert(0, AnswerPress(intent.callback, reply.notice))
    if reply.reaction and intent.message is not None:
        effects.append(React(intent.message, reply.reaction))
    if (pressed := pressed_after(moment.state, intent, state)) != state.hand.pressed:
        state = state.but(pressed=pressed)
    forgets = any(isinstance(effect, Forget) for effect in effects)
    blank = forgets or (not state.hand.step and state == State(state.current))
    kept = None if blank else state.to_json()
    sent = in_thread(effects, moment.state.learner.thread)
    return Turn(kept, sent, reply.attempts, state.finished)


def _placed(state: State, event: Event) -> State:
    """The state with the part of the chat where an event happened, if anybody knows."""
    nowhere = isinstance(event, Pressed) and event.message is None
    if not isinstance(event, InThread) or nowhere or event.thread == state.learner.thread:
        return state
    return state.but(thread=event.thread)


def _lapsed(state: State, do: Do) -> State:
    """The state without the open questions that something done lets lapse."""
    pending = state.pending
    if pending.confirming is not None and do in UNCONFIRMED:
        state = state.but(confirming=None)
    if pending.hour_asked and do not in (Do.HOUR, Do.AGAIN):
        state = state.but(hour_asked="")
    if pending.skill_asked and do is not Do.AGAIN:
        state = state.but(skill_asked=False)
    if pending.cut is not None and do is not Do.CUT:
        state = state.but(cut=None)
    return state
