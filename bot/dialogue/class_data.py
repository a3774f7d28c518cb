"""Classes as the dialogue knows them: what the store tells of them, and what a turn changes there.

Every change names who asks for it by the turn's own chat: whether they may is for the store to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

MOST_PUPILS = 200
"""So many a class has at most."""
MOST_CLASSES = 20
"""So many somebody teaches at most, and so many somebody is in."""


@dataclass(frozen=True, slots=True)
class About:
    """What a class works on."""

    id: int
    name: str
    part: str
    """What opens it behind `/start`, as in `lesson_bn` and `net_…`; or `skill_` and a skill."""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Taught:
    """A class that somebody teaches."""

    about: About
    code: str
    """Of the link for pupils."""
    pupils: int
    teachers: tuple[int, ...]
    """By number, in the order in which they came: the first may end the class."""
    me: int
    """Which of them asks."""

    @property
    def first(self) -> bool:
        """Whether it is the first teacher who asks."""
        return self.me == self.teachers[0]


@dataclass(frozen=True, slots=True)
class Attended:
    """A class that somebody is a pupil of."""

    about: About
    nickname: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The class that a link leads to."""

    about: About
    pupils: int
    teaches: bool
    """Whether it is the link for another teacher."""


@dataclass(frozen=True, slots=True)
class Classroom:
    """All that one chat may know of classes."""

    taught: tuple[Taught, ...] = ()
    attended: tuple[Attended, ...] = ()
    opened: Opened | None = None
    fresh: str = ""
    """A code that nobody has, where one is needed."""


NO_CLASSES = Classroom()


@dataclass(frozen=True, slots=True)
class AskClasses:
    """What a turn has to know before it can be taken: one's classes, and a link's."""

    code: str = ""


@dataclass(frozen=True, slots=True)
class MakeClass:
    """Somebody becomes the first teacher of a new class."""

    code: str
    name: str
    part: str
    due: date | None


@dataclass(frozen=True, slots=True)
class ChangeClass:
    """A teacher gives a class another name, part or date."""

    id: int
    name: str
    part: str
    due: date | None


@dataclass(frozen=True, slots=True)
class RenewLink:
    """A teacher makes a link for pupils in the place of the one there was."""

    id: int
    code: str


@dataclass(frozen=True, slots=True)
class JoinClass:
    """Somebody becomes a pupil by a link's code."""

    code: str
    nickname: str


@dataclass(frozen=True, slots=True)
class LeaveClass:
    """A pupil leaves."""

    id: int


@dataclass(frozen=True, slots=True)
class InviteTeacher:
    """A teacher makes a link for another one, in the place of an earlier one."""

    id: int
    code: str


@dataclass(frozen=True, slots=True)
class TeachClass:
    """Somebody becomes a teacher by such a link's code, which is used up."""

    code: str


@dataclass(frozen=True, slots=True)
class RemovePupil:
    """A teacher takes a pupil out."""

    id: int
    pupil: int


@dataclass(frozen=True, slots=True)
class RemoveTeacher:
    """The first teacher takes off another one."""

    id: int
    teacher: int


@dataclass(frozen=True, slots=True)
class EndClass:
    """The first teacher ends a class."""

    id: int


ClassChange: TypeAlias = (
    MakeClass
    | ChangeClass
    | RenewLink
    | JoinClass
    | LeaveClass
    | InviteTeacher
    | TeachClass
    | RemovePupil
    | RemoveTeacher
    | EndClass
)


@dataclass(frozen=True, slots=True)
class StepDone:
    """How a pupil ended one step."""

    step: str
    shown: bool = False
    first: bool = False
    """Whether it was right at the first try, without a hint."""


@dataclass(frozen=True, slots=True)
class Result:
    """How far one pupil is."""

    begun: bool = False
    done: bool = False
    at: str = ""
    """The step in hand; empty between runs."""
    steps: tuple[StepDone, ...] = ()
    mistakes: tuple[tuple[str, str], ...] = ()
    """Each step (empty in practice) with a mistake that was named there."""
    known: float = 0.0
    """Of a skill: how likely it is known."""
    tries: int = 0
    right: int = 0
    """Of its first tries."""


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil as a teacher sees them."""

    id: int
    nickname: str
    result: Result


@dataclass(frozen=True, slots=True)
class ClassResults:
    """A class as its teacher sees it."""

    about: About
    pupils: tuple[Pupil, ...]
    """By nickname."""
    first: bool = True
    """Whether it is the first teacher who asks."""
