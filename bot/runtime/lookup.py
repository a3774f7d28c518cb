"""What a reply needs from the store at the moment it is sent: one's own data, a class, the course.

The outbox holds only that they were asked for. So a copy of someone's data is never stored a second
time, and whoever has it erased meanwhile is sent nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from bot.dialogue.class_data import ClassResults
from bot.dialogue.course_numbers import Course
from bot.dialogue.effects import ClassFile, ClassView, Export, Report, Say, Show
from bot.ports import Clock, Document, Message, Store
from bot.runtime.patience import patiently

FILE = "my-data.json"

Reporter: TypeAlias = Callable[[Report, Course], Say | Show]
ClassViewer: TypeAlias = Callable[[ClassView, ClassResults | None], Say | Show | ClassFile]


class Lookup:
    """Completes replies.

    Args:
        store: knows.
        clock: the time.
        report: says how the course goes.
        class_view: tells a teacher of a class.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        report: Reporter | None = None,
        class_view: ClassViewer | None = None,
    ) -> None:
        self._store, self._clock, self._report = store, clock, report
        self._class_view = class_view

    async def __call__(self, chat: int, effect: Message) -> Say | Show | Document:
        """The reply as a platform can send it.

        Raises:
            ValueError: a report was asked for, and nobody here can write one.
        """
        match effect:
            case Export(caption):
                data = await patiently(lambda: self._store.export(chat))
                return Document(FILE, data.encode(), caption, thread=effect.thread)
            case ClassView(class_):
                if self._class_view is None:
                    raise ValueError("there is nobody to tell of classes")
                found = await patiently(lambda: self._store.class_results(chat, class_))
                seen = self._class_view(effect, found)
                if isinstance(seen, ClassFile):
                    return Document(seen.name, seen.content, seen.caption, thread=effect.thread)
                return replace(seen, thread=effect.thread)
            case Report(lesson=lesson):
                if self._report is None:
                    raise ValueError("there is nobody to report how the course goes")
                now = self._clock.now()
                course = await patiently(lambda: self._store.course(lesson, now))
                return replace(self._report(effect, course), thread=effect.thread)
            case _:
                return effect
