"""The machine: one event in, the new state and the effects out. Pure, and total."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.dialogue.actions import Do
from bot.dialogue.bank import ready
from bot.dialogue.class_data import NO_CLASSES, ClassResults
from bot.dialogue.class_views import class_view
from bot.dialogue.classes import needs
from bot.dialogue.course import report
from bot.dialogue.course_numbers import Course
from bot.dialogue.effects import (
    AnswerPress,
    Asks,
    ClassFile,
    ClassView,
    Effect,
    Forget,
    React,
    Report,
    Say,
    Show,
    Turn,
    in_thread,
)
from bot.dialogue.events import Done, Event, InGroup, InThread, Pressed, Reminded, Said
from bot.dialogue.generated_lessons import book_for
from bot.dialogue.intents import intent_of, pressed_after
from bot.dialogue.localised import localised, localised_one
from bot.dialogue.path import on_course
from bot.dialogue.profile import Profile
from bot.dialogue.reply import Moment, Reply
from bot.dialogue.state import State
from bot.dialogue.steps import view_of
from bot.dialogue.table import UNCONFIRMED, row_for
from bot.dialogue.training_runs import rehearsed
from bot.dialogue.unexpected import words_under
from content.book import Book
from content.library import Library

MOST_COMPLETED = 50
"""So many finished lessons are remembered, the last ones."""


class Machine:
    """The conversation about some lessons, with each learner in their own language.

    Args:
        library: the lessons and the words.
    """

    def __init__(self, library: Library) -> None:
        self.library = library

    @property
    def book(self) -> Book:
        """The words of those whose language is not known."""
        return self.library[self.library.default]

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags of all languages."""
        return self.library.languages

    def profile(self, language: str = "") -> Profile:
        """What the bot says about itself to those of a language, or by itself."""
        book = self.library[self.library.nearest(language)]
        return Profile(
            tuple(book.chat.commands.items()),
            book.chat.description,
            book.chat.short_description,
            sorry=book.say.sorry(),
            too_fast=book.say.too_fast(),
        )

    def rehearse(self) -> Iterator[None]:
        """Does ahead, bit by bit, what would make one learner's turn long for all the others."""
        yield from rehearsed(self.book)
        yield from ready(self.book)

    def report(self, asked: Report, course: Course) -> Say | Show:
        """How the course goes, in words and, where there is something to draw, a picture."""
        book = self.library[self.library.nearest(asked.language)]
        said = report(book_for(book, asked.lesson), asked, course)
        return localised_one(said, book.numbers)

    def class_view(self, asked: ClassView, found: ClassResults | None) -> Say | Show | ClassFile:
        """A class for its teacher; what there is to say where it is none of theirs."""
        return class_view(self.library[self.library.nearest(asked.language)], asked, found)

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
        before = self._known(State.from_json(state) if state else self._new(event))
        words = self.library[before.learner.language or self.library.default]
        book = book_for(words, before.lesson)
        if not isinstance(event, InGroup):
            before = on_course(before, book.lesson)
        before = _placed(before, event)
        view = view_of(book, before)
        intent = intent_of(event, view)
        classroom = event.classroom if isinstance(event, Done | Reminded) else None
        if classroom is None and (needed := needs(before, intent, now)) is not None:
            return Turn(state, needs=needed)
        before = _lapsed(before, intent.do)
        main = book_for(words, before.current)
        moment = Moment(
            before,
            intent,
            book,
            now.timestamp(),
            main,
            self.library,
            classroom or NO_CLASSES,
            learner,
        )
        row = row_for(moment.mode, intent.do)
        reply = row.handler(moment)
        after = reply.state.lesson
        book = book if after is before.lesson else book_for(main, after)
        mode = view_of(book, reply.state).mode
        if mode is not row.mode and mode not in row.leads:
            raise ValueError(f"{row.mode}, {row.do}: may not lead to {mode}")
        if intent.unread:
            reply = words_under(moment, reply)
        return _turn(moment, reply, self._new(event))

    def _new(self, event: Event) -> State:
        """The state of whoever has not begun: they are spoken to as their platform is."""
        new = State(self.book.lesson.id)
        if not isinstance(event, Done):
            return new
        return new.but(language=self.library.nearest(event.language))

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


def _noted(state: State) -> State:
    """The state with the lesson in hand among those ever finished, once it is."""
    lesson = state.lesson
    name = lesson if isinstance(lesson, str) else getattr(lesson, "id", "")
    if state.hand.step or not state.records or not name or name in state.learner.completed:
        return state
    return state.but(completed=(*state.learner.completed, name)[-MOST_COMPLETED:])


def _is_asked(before: State, after: State) -> bool:
    """Whether a turn asks something that was not asked before it: a step, a piece, a yes or no."""
    if after.pending.confirming is not None:
        return after.pending.confirming is not before.pending.confirming
    return bool(after.hand.step) and _asked(before) != _asked(after)


def _asked(state: State) -> tuple[object, ...]:
    return state.lesson, state.progress.run, state.hand.step, state.hand.piece


def _asking(effect: Effect, asks: Asks) -> Effect:
    return replace(effect, asks=asks) if isinstance(effect, Say | Show) else effect


def _turn(moment: Moment, reply: Reply, new: State) -> Turn:
    effects, intent, state = list(reply.effects), moment.intent, reply.state
    if asks := reply.asks or (Asks.ANEW if _is_asked(moment.state, state) else None):
        effects[-1:] = [_asking(effect, asks) for effect in effects[-1:]]
    if intent.callback is not None:
        effects.insert(0, AnswerPress(intent.callback, reply.notice))
    if reply.reaction and intent.message is not None:
        effects.append(React(intent.message, reply.reaction))
    if (pressed := pressed_after(moment.state, intent, state)) != state.hand.pressed:
        state = state.but(pressed=pressed)
    state = _noted(state)
    forgets = any(isinstance(effect, Forget) for effect in effects)
    blank = forgets or (not state.hand.step and state in (State(state.current), new))
    kept = None if blank else state.to_json()
    words = moment.library[state.learner.language or moment.library.default]
    sent = in_thread(localised(effects, words.numbers), moment.state.learner.thread)
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
    if pending.class_asked and do not in (Do.CLASS, Do.CLASS_TOLD, Do.AGAIN):
        state = state.but(class_asked="", class_told=())
    if pending.cut is not None and do is not Do.CUT:
        state = state.but(cut=None)
    return state
