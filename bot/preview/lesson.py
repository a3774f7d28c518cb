"""The lesson on the disk, and the tutor that teaches it as it now stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.dialogue.class_data import ClassResults
from bot.dialogue.course_numbers import Course
from bot.dialogue.effects import Asks, ClassFile, ClassView, Report, Say, Show, Turn
from bot.dialogue.events import Event, Said
from bot.dialogue.localised import localised
from bot.dialogue.machine import Machine
from bot.dialogue.profile import Profile
from bot.dialogue.state import State
from bot.dialogue.steps import step_at
from bot.preview.ahead import at_step
from content.book import Book
from content.commands.folder import load_lesson
from content.errors import ContentError
from content.library import Library
from content.written import AUTHORS, FOLDER, lesson_folders

_GO = re.compile(r"/step\s+(\w+)")


class LessonOnDisk:
    """A lesson that is read anew when its files have changed; a `Tutor` of it as it stands.

    While it cannot be used, what could be before is taught on, and `problems` says why.

    Args:
        folder: where it lies, or the name of one that came with this.
        language: whose words are used.

    Raises:
        Refused: there is no such folder.
        ContentError: it cannot be used.
    """

    def __init__(self, folder: Path, language: str = AUTHORS) -> None:
        self._folder, self._language = folder, language
        self._stamp = self._stamped()
        self.version = 1
        """How often it was read."""
        self.problems = ""
        """Why what is saved now cannot be used; empty where it can."""
        self.here = ""
        """The step that its learner was last put at, or came to."""
        self._take(load_lesson(folder, language))

    def _take(self, book: Book) -> None:
        self.book, self.machine = book, Machine(Library.of(book))

    def _stamped(self) -> tuple[tuple[str, int, int], ...]:
        """What tells one state of the files from another."""
        own = lesson_folders().get(str(self._folder), self._folder)
        files = [*own.glob("*.toml"), *(FOLDER / self._language).glob("*.toml")]
        found = []
        for path in sorted(files):
            try:
                known = path.stat()
            except OSError:  # an editor may put another in its place
                continue
            found.append((str(path), known.st_mtime_ns, known.st_size))
        return tuple(found)

    def look(self) -> bool:
        """Reads it anew where its files have changed; whether there is something new to teach."""
        stamp = self._stamped()
        if stamp == self._stamp:
            return False
        self._stamp, self.version = stamp, self.version + 1
        try:
            self._take(load_lesson(self._folder, self._language))
        except ContentError as error:
            self.problems = str(error)
            return False
        self.problems = ""
        return True

    def step(self, state: str | None, event: Event, now: datetime, learner: int = 0) -> Turn:
        """One turn of the lesson as it stands; `/step ID` goes to any step of it."""
        self.look()
        asked = _GO.fullmatch(event.text.strip()) if isinstance(event, Said) else None
        if asked and asked[1] in self.book.lesson:
            return self._put(State.from_json(state) if state else State(""), asked[1])
        if state is None:
            state = State(self.book.lesson.id).to_json()
        turn = self.machine.step(state, event, now, learner)
        if turn.state is not None:
            self.here = State.from_json(turn.state).hand.step
        return turn

    def _put(self, state: State, step: str) -> Turn:
        """The learner at a step, which is asked."""
        there = at_step(self.book, state, step)
        self.here = step
        asked = step_at(self.book, there, self.book.lesson[step]).asking()
        sent = localised([replace(asked, asks=Asks.ANEW)], self.book.numbers)
        return Turn(there.to_json(), sent)

    @property
    def languages(self) -> tuple[str, ...]:
        """The language it is shown in."""
        return self.machine.languages

    def begins_anew(self, event: Event) -> bool:
        """Whether an event asks to begin anew or to be forgotten."""
        return self.machine.begins_anew(event)

    def profile(self, language: str = "") -> Profile:
        """What the bot says about itself."""
        return self.machine.profile(language)

    def rehearse(self) -> Iterator[None]:
        """Nothing: an author waits for their own turns alone."""
        yield from ()

    def report(self, asked: Report, course: Course) -> Say | Show:
        """How the course goes."""
        return self.machine.report(asked, course)

    def class_view(self, asked: ClassView, found: ClassResults | None) -> Say | Show | ClassFile:
        """A class, for its teacher."""
        return self.machine.class_view(asked, found)
