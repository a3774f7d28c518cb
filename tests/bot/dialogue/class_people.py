"""Teachers and pupils in front of the dialogue, without a store behind it, for tests of classes."""

from __future__ import annotations

from tests.transcripts.play import Chat, School
from tests.tutor import MACHINE

LESSON = MACHINE.book.lesson
PART = f"lesson_{LESSON.id}"
NETWORK = "x1=0.5 x2=0.4\nH1 relu 0.4 -0.3\nO sigmoid 0.6\ntarget 0"


def people(*names: str, language: str = "") -> list[Chat]:
    """Chats that share their classes."""
    school = School()
    for number, name in enumerate(names):
        chat = Chat(MACHINE, language, school=school, number=number)
        school.chats[name] = chat
    return list(school.chats.values())


def read(chat: Chat, *lines: str) -> str:
    """What somebody reads in answer to the last of what they do."""
    return "\n".join([chat.does(line) for line in lines][-1])


def class_of(teacher: Chat, due: str = "10 Dec", part: str = LESSON.title) -> None:
    """Has a teacher make a class."""
    read(teacher, "/class new", "Year 10", part, due)


def join(pupil: Chat, name: str = "Ann") -> str:
    """What a pupil reads who joins."""
    return read(pupil, "(opens the link)", name)
