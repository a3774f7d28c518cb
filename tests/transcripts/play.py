"""Plays a transcript's learner through the dialogue, and writes down what the bot says.

A transcript is a text file. `you |` opens what the learner does, `bot |` what the bot says, `# `
is a remark, and a line that opens with spaces and `|` goes on with the one above. Where there are
several learners, each has a chat and a name: `Ann |`. A learner types text, or

- `[Go on]` presses the latest button with that label, `(old) [Hint]` the earliest;
- `(sticker)`, `(photo)`, … sends something that is not text;
- `(opens the link)` follows the last link that anybody was shown;
- `(edit) 0.03` edits the last message they typed;
- `(2 days later)` lets time pass, and reminders come that fall due; otherwise every event comes
  half a minute after the last.

`python -m tests.transcripts.play` writes every transcript anew from its learner's lines, for a
person to read before it is committed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.dialogue.class_data import ClassChange
from bot.dialogue.effects import (
    AnswerPress,
    Button,
    ClassFile,
    ClassView,
    Effect,
    Forget,
    Purpose,
    React,
    Remind,
    Say,
    Show,
)
from bot.dialogue.events import Blocked, Event, Pressed, Reminded, Said, SentOther
from bot.dialogue.machine import Machine
from bot.pictures.data import template_data
from content.library import Library
from tests.fakes.classes import MemoryClasses
from tests.telegram_server.accepting import accept

FOLDER = Path(__file__).parent
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BETWEEN = timedelta(seconds=30)
ASIDE = re.compile(r"\((?P<what>[^)]*)\)\s*(?P<rest>.*)", re.DOTALL)
LATER = re.compile(r"(\d+) (day|hour|minute|second)s? later")


@dataclass
class School:
    """What the chats of one transcript share."""

    classes: MemoryClasses = field(default_factory=MemoryClasses)
    chats: dict[str, Chat] = field(default_factory=dict)
    link: str = ""
    """What stands behind `/start` in the last link."""

    def state_of(self, number: int) -> str | None:
        """The state of a chat, by its number."""
        return list(self.chats.values())[number].state


@dataclass
class Chat:
    """One learner's chat with the machine, as a transcript sees it."""

    machine: Machine
    language: str = ""
    """What the platform says that the learner speaks."""
    state: str | None = None
    now: datetime = START
    buttons: list[Button] = field(default_factory=list)
    """Every button shown so far, oldest first."""
    last: list[Button] = field(default_factory=list)
    """Those under the last message."""
    said: list[str] = field(default_factory=list)
    """The messages of the last turn, as text; redrawn ones are left out."""
    message: int = 0
    typed: int = 0
    """The id of the last message the learner typed."""
    remind: datetime | None = None
    """When the machine wants to be reminded."""
    school: School = field(default_factory=School)
    number: int = 0
    """Which chat of the school it is."""

    def does(self, line: str) -> list[str]:
        """What the bot says to one thing the learner does, as lines of text."""
        self.now += BETWEEN
        if later := LATER.fullmatch(line.strip("()")):
            return self._passes(timedelta(**{f"{later[2]}s": int(later[1])}) - BETWEEN)
        return self._happens(self._event(line))

    def _passes(self, time: timedelta) -> list[str]:
        """What the bot says while time passes."""
        end, lines = self.now + time, list[str]()
        while self.remind is not None and self.remind <= end:
            self.now, due = self.remind, self.remind
            self.remind = None
            lines += [f"(at {due:%H:%M} UTC)", *self._happens(Reminded(due))]
        self.now = end
        return lines

    def _happens(self, event: Event) -> list[str]:
        turn = self.machine.step(self.state, event, self.now)
        if turn.needs is not None and not isinstance(event, Blocked):
            classes = self.school.classes
            room = classes.with_code(classes.room(self.number, turn.needs))
            turn = self.machine.step(self.state, replace(event, classroom=room), self.now)
        self.state = turn.state
        lines: list[str] = []
        self.said = []
        for effect in map(self._looked_up, turn.effects):
            if isinstance(effect, ClassFile):
                lines += self._file(effect)
                continue
            accept(effect)
            match effect:
                case Say(text, rows):
                    lines += plain(text)
                    self.said.append("\n".join(plain(text)))
                    lines += [" ".join(f"[{b.label}]" for b in row) for row in rows]
                    self.last = [button for row in rows for button in row]
                    self._shown()
                case Show(picture, caption, rows):
                    assert template_data(picture), "what is shown can be drawn"
                    kind = type(picture).__name__.lower()
                    lines.append(f"(redraws the {kind})" if effect.replaces else f"({kind})")
                    lines += plain(caption)
                    if effect.replaces is None:
                        self.said.append("\n".join(plain(caption)))
                    lines += [" ".join(f"[{b.label}]" for b in row) for row in rows]
                    self.last = [button for row in rows for button in row]
                    self._shown()
                case AnswerPress(_, text) if text:
                    lines.append(f"(notice) {text}")
                case React(_, emoji):
                    lines.append(f"(reacts) {emoji}")
                case Remind(at):
                    self.remind = at
                case Forget():
                    self.school.classes.forget(self.number)
                    lines.append("(everything erased)")
                case _ if isinstance(effect, ClassChange):
                    self.school.classes.change(self.number, effect)
        return lines or ["(silent)"]

    def _looked_up(self, effect: Effect) -> Effect | ClassFile:
        """What is sent; a class is looked up."""
        if not isinstance(effect, ClassView):
            return effect
        school = self.school
        found = school.classes.results(self.number, effect.id, school.state_of)
        return self.machine.class_view(effect, found)

    def _file(self, file: ClassFile) -> list[str]:
        content = file.content.decode("utf-8-sig").splitlines() if file.name != "class.json" else []
        return [f"(file {file.name})", *content, *plain(file.caption)]

    def _shown(self) -> None:
        self.buttons += self.last
        links = [button.data for button in self.last if button.purpose is Purpose.SHARE]
        self.school.link = (*links, self.school.link)[0]

    def _event(self, line: str) -> Event:
        self.message += 1
        if aside := ASIDE.fullmatch(line):
            what, rest = aside["what"], aside["rest"]
            if what == "old":
                return self._press(rest, first=True)
            if what == "opens the link":
                self.typed = self.message
                return Said(f"/start {self.school.link}", self.message, language=self.language)
            if what == "edit":
                return Said(rest, self.typed, edited=True, language=self.language)
            if not rest and what in self.machine.book.chat.not_text:
                return SentOther(what, self.message, language=self.language)
        if line.startswith("[") and line.endswith("]"):
            return self._press(line, first=False)
        self.typed = self.message
        return Said(line, self.message, language=self.language)

    def presses(self, data: str, press: str) -> list[str]:
        """What the bot says to a press of any button, be it one that was never shown."""
        return self._happens(Pressed(data, press, self.message))

    def _press(self, label: str, *, first: bool) -> Event:
        found = [b for b in self.buttons if b.label == label.strip("[]")]
        assert found, f"no button {label} was shown; there were {[b.label for b in self.buttons]}"
        return Pressed(found[0 if first else -1].data, f"press{self.message}", self.message)


def plain(text: str) -> list[str]:
    """A message as text: tags gone, spoilers between ▒."""
    text = re.sub(r"</?tg-spoiler>", "▒", text)
    text = re.sub(r"</pre>\n(?=<[bi]>)", "</pre>\n\n", text).replace("<pre>", "\n")
    text = re.sub(r"</pre>\n?", "\n", text)
    text = html.unescape(re.sub(r"<[^>]+>", "", text))
    return re.sub(r"\n{3,}", "\n\n", text).strip().split("\n")


def learner_lines(text: str) -> Iterator[tuple[str, str]]:
    """(who, what they do) and ("#", remark) of a transcript, in order; a learner alone is "you"."""
    blocks: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        opened = re.match(r"(\w+| +) \| ?(.*)|(#.*)", line)
        if opened is None:
            continue
        if opened[3]:
            blocks.append(("#", [opened[3]]))
        elif opened[1].strip():
            blocks.append((opened[1], [opened[2]]))
        else:
            blocks[-1][1].append(opened[2])
    for who, lines in blocks:
        if who != "bot":
            yield who, "\n".join(lines)


def played_file(path: Path, machine: Machine) -> str:
    """A file played; one that is named after a language is of a learner who speaks it."""
    language = path.stem if path.stem in machine.languages else ""
    return played(path.read_text(encoding="utf-8"), machine, language)


def played(text: str, machine: Machine, language: str = "") -> str:
    """The transcript that a learner's lines give with the dialogue as it is.

    Args:
        text: a transcript.
        machine: the dialogue.
        language: what the platform says that the learner speaks.
    """
    school, out, now = School(), list[str](), START
    for who, said in learner_lines(text):
        if who == "#":
            out.append(f"\n{said}\n")
            continue
        if who not in school.chats:
            number = len(school.chats)
            school.chats[who] = Chat(machine, language, school=school, number=number)
        chat = school.chats[who]
        chat.now = now
        out += _block(who, said.split("\n"))
        if answer := chat.does(said):
            out += _block("bot", answer)
        now = chat.now
    return "\n".join(out).strip() + "\n"


def _block(who: str, lines: list[str]) -> list[str]:
    heads = [who, *[" " * len(who)] * (len(lines) - 1)]
    return [f"{head} | {line}".rstrip() for head, line in zip(heads, lines, strict=True)] + [""]


def transcripts() -> list[Path]:
    """Every transcript."""
    return sorted(FOLDER.glob("*.txt"))


if __name__ == "__main__":
    tutor = Machine(Library())
    for path in transcripts():
        path.write_text(played_file(path, tutor), encoding="utf-8")
        print(f"wrote {path.name}")
