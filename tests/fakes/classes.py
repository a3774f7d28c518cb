"""Classes in memory, with the promises of the real ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.dialogue.class_data import (
    About,
    AskClasses,
    Attended,
    ChangeClass,
    ClassChange,
    ClassResults,
    Classroom,
    EndClass,
    InviteTeacher,
    JoinClass,
    LeaveClass,
    MakeClass,
    Opened,
    Pupil,
    RemovePupil,
    RemoveTeacher,
    RenewLink,
    Taught,
    TeachClass,
)
from bot.dialogue.class_results import result_of


@dataclass
class _Class:
    about: About
    code: str
    teacher_code: str = ""
    teachers: dict[int, int] = field(default_factory=dict)
    """Chats by number, in the order in which they came."""
    pupils: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Chats and nicknames by number."""

    def first(self, chat: int) -> bool:
        return next(iter(self.teachers.values()), None) == chat

    def teaches(self, chat: int) -> bool:
        return chat in self.teachers.values()


class MemoryClasses:
    """Every class, and what each chat may know and do of it."""

    def __init__(self) -> None:
        self._classes: dict[int, _Class] = {}
        self._next = 1

    def room(self, chat: int, asked: AskClasses) -> Classroom:
        """See `bot.ports.Store.classroom`."""
        taught, attended, opened = [], [], None
        for one in self._classes.values():
            numbers = tuple(one.teachers)
            mine = [number for number, teacher in one.teachers.items() if teacher == chat]
            taught += [Taught(one.about, one.code, len(one.pupils), numbers, me) for me in mine]
            names = [name for pupil, name in one.pupils.values() if pupil == chat]
            attended += [Attended(one.about, name) for name in names]
            if asked.code and asked.code in (one.code, one.teacher_code):
                opened = Opened(one.about, len(one.pupils), asked.code == one.teacher_code)
        return Classroom(tuple(taught), tuple(attended), opened)

    def results(
        self, chat: int, class_: int, state_of: Callable[[int], str | None]
    ) -> ClassResults | None:
        """See `bot.ports.Store.class_results`."""
        found = self._classes.get(class_)
        if found is None or not found.teaches(chat):
            return None
        pupils = [
            Pupil(number, name, result_of(found.about.part, state_of(pupil)))
            for number, (pupil, name) in found.pupils.items()
        ]
        ordered = tuple(sorted(pupils, key=lambda one: one.nickname.casefold()))
        return ClassResults(found.about, ordered, found.first(chat))

    def change(self, chat: int, asked: ClassChange) -> None:
        """Does what a turn asks for, where its chat may."""
        match asked:
            case MakeClass(code, name, part, due):
                about = About(self._number(), name, part, due)
                self._classes[about.id] = _Class(about, code, "", {self._number(): chat})
            case JoinClass(code, nickname):
                for one in self._classes.values():
                    if one.code == code and chat not in [who for who, _ in one.pupils.values()]:
                        one.pupils[self._number()] = (chat, nickname)
            case TeachClass(code):
                for one in self._classes.values():
                    if one.teacher_code == code:
                        one.teacher_code = ""
                        one.teachers |= {} if one.teaches(chat) else {self._number(): chat}
            case _ if (found := self._classes.get(asked.id)) is not None:
                self._change(found, chat, asked)

    def _change(self, found: _Class, chat: int, asked: ClassChange) -> None:
        match asked:
            case LeaveClass():
                self._drop(found, lambda who: who == chat)
            case ChangeClass(id_, name, part, due) if found.teaches(chat):
                found.about = About(id_, name, part, due)
            case RenewLink(_, code) if found.teaches(chat):
                found.code = code
            case InviteTeacher(_, code) if found.first(chat):
                found.teacher_code = code
            case RemovePupil(_, pupil) if found.teaches(chat):
                found.pupils.pop(pupil, None)
            case RemoveTeacher(_, teacher) if found.first(chat):
                if found.teachers.get(teacher) != chat:
                    found.teachers.pop(teacher, None)
            case EndClass(id_) if found.first(chat):
                del self._classes[id_]

    def forget(self, chat: int) -> None:
        """Takes a chat out of every class; one that is left without a teacher ends."""
        for id_, one in tuple(self._classes.items()):
            self._drop(one, lambda who: who == chat)
            one.teachers = {at: who for at, who in one.teachers.items() if who != chat}
            if not one.teachers:
                del self._classes[id_]

    @staticmethod
    def _drop(found: _Class, is_one: Callable[[int], bool]) -> None:
        found.pupils = {at: one for at, one in found.pupils.items() if not is_one(one[0])}

    def _number(self) -> int:
        self._next += 1
        return self._next - 1

    def with_code(self, room: Classroom) -> Classroom:
        """The same with a code that nobody has, the same in every run."""
        return replace(room, fresh=f"{self._next:032x}")
