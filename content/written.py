"""The written lessons: their folders, each read and compiled once, in its author's language."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path

from content.asked_numbers import asked_in
from content.gathering import Gathering
from content.lesson import Example, Lesson
from content.models import ExploreStep, LessonFile, NumberStep, Section
from engine.network import Network, NetworkError
from engine.nudging import nudged
from engine.trace import NAMES, Trace, trace

FOLDER = Path(__file__).parent
AUTHORS = "en"
"""The language that the shared words are written in, and translated from."""
DEFAULT_LESSON = "build_a_network"
"""The folder of the lesson that a new learner begins with."""

_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def is_tag(name: str) -> bool:
    """Whether a name may be a language's tag."""
    return _LANGUAGE_TAG.fullmatch(name) is not None


def languages(folder: Path = FOLDER) -> tuple[str, ...]:
    """The languages that have a folder, be it empty: its name is a tag, such as `de` or `pt-BR`."""
    tagged = (at.name for at in folder.iterdir() if is_tag(at.name))
    return tuple(sorted(name for name in tagged if (folder / name).is_dir()))


def nearest(tag: str, known: Sequence[str]) -> str:
    """The language that is nearest to a tag; empty where there is none.

    >>> nearest("pt", ["en", "pt-BR"]), nearest("zh_hans", ["zh-Hans"]), nearest("sw", ["en"])
    ('pt-BR', 'zh-Hans', '')
    """
    whole, primary = _by_tag(tuple(known))
    wanted = tag.casefold().replace("_", "-")
    return whole.get(wanted) or primary.get(wanted.partition("-")[0]) or ""


@lru_cache(maxsize=8)
def _by_tag(known: tuple[str, ...]) -> tuple[dict[str, str], dict[str, str]]:
    """Languages by their whole tags, and by what these begin with."""
    whole = {one.casefold().replace("_", "-"): one for one in reversed(known)}
    return whole, {one.partition("-")[0]: spoken for one, spoken in whole.items()}


def lesson_folders(folder: Path = FOLDER) -> dict[str, Path]:
    """Every lesson in whatever language, by its folder's name, the first to be taken first."""
    found = [at for language in languages(folder) for at in folders_in(folder / language)]
    return {
        at.name: at for at in sorted(found, key=lambda at: (at.name != DEFAULT_LESSON, at.name))
    }


def folders_in(folder: Path) -> list[Path]:
    """The lesson folders in a folder, in the order of their names; itself, where it is one."""
    if (folder / "lesson.toml").exists():
        return [folder]
    return sorted(
        at for at in folder.iterdir() if at.is_dir() and not at.name.startswith((".", "_"))
    )


@dataclass
class Written:
    """A lesson's folder, and what was read from it."""

    at: Path
    shown: str
    """The folder as problems name it."""
    lesson: Lesson | None = None
    order: float = math.inf
    """Where it stands among the others."""
    files: dict[str, str] = field(default_factory=dict)
    """The file of each section by the section's id, as problems name it."""

    @property
    def frame(self) -> str:
        """Its `lesson.toml`, as problems name it."""
        return f"{self.shown}/lesson.toml"


def written_lessons(
    folder: Path, further: Sequence[Path], lesson: str, gathering: Gathering
) -> list[Written]:
    """Every written lesson, read; one that cannot be has no `lesson`, and its problems are told.

    Args:
        folder: the content.
        further: folders of lessons that lie elsewhere.
        lesson: one that must be there.
        gathering: gathers the problems.
    """
    folders = lesson_folders(folder)
    if lesson not in {at.name for at in further}:
        folders.setdefault(lesson, folder / AUTHORS / lesson)
    found = [Written(at, f"{at.parent.name}/{at.name}") for at in folders.values()]
    found += [Written(at, at.name) for at in further]
    for written in found:
        _Compiling(written, gathering).read()
    return _in_order(found)


def _in_order(lessons: Sequence[Written]) -> list[Written]:
    """The lessons as they are offered: the first, then by their order, none before one it needs."""
    waiting = sorted(lessons, key=lambda one: (one.at.name != DEFAULT_LESSON, one.order))
    ids = {one.lesson.id for one in lessons if one.lesson}
    found: list[Written] = []
    while waiting:
        known = {one.lesson.id for one in found if one.lesson}
        free = (one for one in waiting if not one.lesson or set(one.lesson.needs) & ids <= known)
        first = next(free, waiting[0]) if found else waiting[0]
        found.append(first)  # a circle is told of elsewhere
        waiting.remove(found[-1])
    return found


@dataclass
class _Compiling:
    """Reads one lesson's folder."""

    written: Written
    gathering: Gathering

    def read(self) -> None:
        """Fills in what was read."""
        written, file = self.written, self.gathering.file
        frame = file(LessonFile, written.at / "lesson.toml", written.frame)
        files = {name: f"{written.shown}/{name}.toml" for name in (frame.sections if frame else ())}
        sections = {
            name: file(Section, written.at / f"{name}.toml", shown) for name, shown in files.items()
        }
        if frame:
            written.order = math.inf if frame.order is None else frame.order
            self._left_over(frame)
            self._parts(frame, sections)
            written.lesson = self._compiled(frame, sections)
        written.files = {section.id: files[name] for name, section in sections.items() if section}

    def _left_over(self, frame: LessonFile) -> None:
        """Files beside the lesson's that would be passed over; hidden ones are no author's."""
        for at in sorted(self.written.at.glob("[!.]*.toml")):
            if at.stem not in ("lesson", *frame.sections):
                rule = f"is no section; sections in lesson.toml: {', '.join(frame.sections)}"
                self.gathering.problem(f"{self.written.shown}/{at.name}", "file", rule)

    def _parts(self, frame: LessonFile, sections: Mapping[str, Section | None]) -> None:
        """No two parts are one: neither the same file twice, nor two files of one id."""
        seen: dict[str, str] = {}
        for name in frame.sections:
            if frame.sections.count(name) > 1:
                self.gathering.problem(self.written.frame, "sections", f"{name!r} stands twice")
            section = sections[name]
            if section and (other := seen.setdefault(section.id, name)) != name:
                rule = f"{section.id!r} is the id of {other}.toml too"
                self.gathering.problem(f"{self.written.shown}/{name}.toml", "id", rule)

    def _compiled(
        self,
        frame: LessonFile,
        sections: Mapping[str, Section | None],
    ) -> Lesson | None:
        file = self.written.frame
        try:
            network = Network.from_data(frame.network)
        except NetworkError as error:
            self.gathering.problem(file, "network", str(error))
            return None
        examples: dict[str, Example] = {}
        for name, example in frame.examples.items():
            if example.after is not None and example.after not in examples:
                known = ", ".join(examples) or "none"
                rule = f"no example {example.after!r} stands before it; there are: {known}"
                self.gathering.problem(file, f"examples.{name}.after", rule)
                continue
            try:
                rate = frame.learning_rate
                now = examples[example.after].trace.after() if example.after else network
                traced = trace(now, example.inputs, example.target, rate, NAMES)
            except NetworkError as error:
                self.gathering.problem(file, f"examples.{name}", str(error))
                continue
            examples[name] = Example(example.inputs, example.target, traced)
        for name, one in examples.items():
            asked = self._asked(frame, sections, name, one.trace)
            examples[name] = replace(one, trace=asked)
        explored = {}
        for name, section in sections.items():
            where = f"{self.written.shown}/{name}.toml"
            if section and section.example not in frame.examples:
                rule = f"no example {section.example!r}; there are: {', '.join(frame.examples)}"
                self.gathering.problem(where, "example", rule)
            elif section and section.example in examples:
                traced = examples[section.example].trace
                explored[section.id] = self._explored(section, traced, where)
        return Lesson(
            frame.id,
            frame.title,
            network,
            frame.learning_rate,
            examples,
            tuple(section for section in sections.values() if section),
            frame.done,
            frame.about,
            frame.needs,
            frame.glossary,
            explored,
        )

    def _asked(
        self, frame: LessonFile, sections: Mapping[str, Section | None], example: str, traced: Trace
    ) -> Trace:
        """The trace of an example as its steps ask for it."""
        for name in frame.sections:
            section = sections[name]
            if section and section.example == example:
                steps = [step for step in section.step if isinstance(step, NumberStep)]
                file = f"{self.written.shown}/{name}.toml"
                traced = asked_in(traced, steps, partial(self.gathering.problem, file))
        return traced

    def _explored(self, section: Section, traced: Trace, file: str) -> Trace:
        """The trace with what the section's steps nudge."""
        before = traced
        for step in section.step:
            if isinstance(step, ExploreStep):
                try:
                    traced = nudged(traced, step.weight, step.by)
                except KeyError:
                    self.gathering.problem(
                        file, f"step {step.id!r}.weight", f"no weight {step.weight!r}"
                    )
                except ValueError as error:
                    self.gathering.problem(file, f"step {step.id!r}.by", str(error))
        numbers = (step for step in section.step if isinstance(step, NumberStep))
        found = [step for step in numbers if step.formula is None and step.quantity not in before]
        return asked_in(traced, found, partial(self.gathering.problem, file))
