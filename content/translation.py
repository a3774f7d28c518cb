"""A translation: words laid over what the author wrote, text by text, and no change of structure.

The shared words of a language are files with the keys of English's. A lesson is translated by one
file, `content/<language>/<lesson>.toml`, with its texts by the ids of sections, steps and options.
What is not translated stays in the author's language.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import Field

from content.lesson import Example, Lesson
from content.models import AnyStep, Guess, Id, Model, Section, Term, Text, Texts
from content.packing import packed, unpacked
from content.sharing import settled
from engine.trace import Trace

_TYPED = frozenset({"asked", "here", "said", "small", "asking", "closed", "referring", "same"})
_FORMS = frozenset({"endings", "keeps", "called"})
OWN: Mapping[str, frozenset[str]] = {
    "chat": frozenset({"counted"}),
    "why": _TYPED | _FORMS,
    "remarks": _TYPED,
}
"""What a language has of its own in some files: nouns, and what learners type."""

Complain = Callable[[str, str], None]
"""Told of a place in a file, and what is wrong there."""


class OptionWords(Model):
    """The words of an option."""

    label: Text | None = None
    reply: Text | None = None
    also: Texts = Texts()


class StepWords(Model):
    """The words of a step; which of them it has is up to its kind."""

    text: Text | None = None
    button: Text | None = None
    ask: Text | None = None
    right: Text | None = None
    look: Text | None = None
    rule: Text | None = None
    gap: Text | None = None
    worked: Text | None = None
    label: Text | None = None
    thanks: Text | None = None
    take: Text | None = None
    pass_: Text | None = Field(default=None, alias="pass")
    option: dict[Id, OptionWords] = Field(default_factory=dict)


class SectionWords(Model):
    """The words of a section."""

    title: Text | None = None
    end: Text | None = None


class TermWords(Model):
    """A word explained: what a learner may type for it besides, and the words about it."""

    words: tuple[str, ...] = ()
    title: Text | None = None
    text: Text | None = None


class LessonWords(Model):
    """A lesson's file of words."""

    title: Text | None = None
    about: Text | None = None
    done: Text | None = None
    section: dict[Id, SectionWords] = Field(default_factory=dict)
    step: dict[Id, StepWords] = Field(default_factory=dict)
    glossary: dict[Id, TermWords] = Field(default_factory=dict)


NO_WORDS = LessonWords()


def overlaid(
    author: Mapping[str, Any],
    words: Mapping[str, Any],
    own: Collection[str],
    complain: Complain,
    at: str = "",
) -> dict[str, Any]:
    """The author's file with the words of a translation in it.

    Args:
        author: the author's file, as data.
        words: the translation's, with some of the same keys.
        own: keys of a language's own, `OWN` of the file; what is under them is taken as it is.
        complain: told of keys that the author does not have, and of values of another kind.
        at: the place of both in their files.
    """
    merged = dict(author)
    for key, value in words.items():
        where = f"{at}.{key}".lstrip(".")
        known = author.get(key)
        tables = isinstance(known, Mapping), isinstance(value, Mapping)
        if key in own:
            merged[key] = {**known, **value} if known and all(tables) else value
        elif key not in author:
            complain(where, "is not known: English has no such text")
        elif all(tables):
            merged[key] = overlaid(known or {}, value, own, complain, where)
        elif any(tables):
            complain(where, f"needs a {'table' if tables[0] else 'text'}")
        else:
            merged[key] = value
    return merged


def translatable(data: Mapping[str, Any], file: str) -> dict[str, Any]:
    """A file of the author's without what learners type, of which each language has its own."""
    own = OWN.get(file, frozenset()) - {"counted"}
    return {
        key: translatable(value, file) if isinstance(value, Mapping) else value
        for key, value in data.items()
        if key not in own
    }


@dataclass(frozen=True)
class Translation:
    """What turns a lesson into another language's.

    Args:
        words: the lesson's words there.
        names: how formulas write each kind of quantity there.
        complain: told of words that the lesson has no place for.
    """

    words: LessonWords
    names: Mapping[str, str]
    complain: Complain = field(default=lambda _at, _rule: None)

    def of(self, lesson: Lesson) -> Lesson:
        """The lesson in other words; its numbers, steps and conditions are the same."""
        self._unknown("section", self.words.section, (one.id for one in lesson.sections))
        self._unknown("step", self.words.step, (place.id for place in lesson.places))
        traces = {id(one): self._trace(one) for one in lesson.traces}
        examples = {
            name: Example(one.inputs, one.target, traces[id(one.trace)])
            for name, one in lesson.examples.items()
        }
        explored = {id_: traces[id(one)] for id_, one in lesson.explored.items()}
        self._unknown("glossary", self.words.glossary, lesson.glossary)
        return replace(
            lesson,
            glossary={name: self._term(name, term) for name, term in lesson.glossary.items()},
            sections=lesson.sections if self.words == NO_WORDS else self._sections(lesson),
            examples=examples,
            explored=explored,
            title=self.words.title or lesson.title,
            about=self.words.about or lesson.about,
            done=self.words.done or lesson.done,
        )

    def _trace(self, trace: Trace) -> Trace:
        """A trace in other words: those of formulas, and what an author's own are called."""
        called = {
            name: replace(trace[name], label=label)
            for name, words in self.words.step.items()
            if (label := words.label) and name in trace
        }
        return replace(trace, names=self.names, quantities={**trace.quantities, **called})

    def _term(self, name: str, term: Term) -> Term:
        words = self.words.glossary.get(name)
        if words is None:
            return term
        said: dict[str, Any] = self._said(words, ("title", "text"))
        return term.model_copy(update={**said, "words": (*words.words, *term.words)})

    def _sections(self, lesson: Lesson) -> tuple[Section, ...]:
        return tuple(self._section(one) for one in lesson.sections)

    def _section(self, section: Section) -> Section:
        words = self.words.section.get(section.id, SectionWords())
        said = self._said(words, ("title", "end"), section, f"section.{section.id}")
        steps = tuple(self._step(one) for one in section.step)
        return settled(section.model_copy(update={**said, "step": steps}))

    def _step(self, step: AnyStep) -> AnyStep:
        words = self.words.step.get(step.id)
        if words is None:
            return step
        at = f"step.{step.id}"
        said: dict[str, Any] = self._said(words, _TEXTS, step, at)
        if options := getattr(step, "options", ()):
            self._unknown(f"{at}.option", words.option, (one.id for one in options))
            said["options"] = tuple(self._option(one, words.option, at) for one in options)
        return settled(step.model_copy(update=said))

    def _option(self, option: Guess, words: Mapping[str, OptionWords], at: str) -> Guess:
        its = words.get(option.id)
        if its is None:
            return option
        said: dict[str, Any] = self._said(its, ("label", "reply"), option, f"{at}.{option.id}")
        said["also"] = Texts((*its.also, option.label, *option.also))
        return settled(option.model_copy(update=said))

    def _said(
        self, words: Model, names: Iterable[str], of: Model | None = None, at: str = ""
    ) -> dict[str, str]:
        """The words that there are, by field; those that there is no field for are told."""
        found = {name: text for name in names if (text := getattr(words, name)) is not None}
        fields = found if of is None else type(of).model_fields
        for name in [name for name in found if name not in fields]:
            self.complain(f"{at}.{name.rstrip('_')}", "is not known: the lesson has no such text")
            del found[name]
        return found

    def _unknown(self, table: str, found: Iterable[str], known: Iterable[str]) -> None:
        ids = set(known)
        for name in found:
            if name not in ids:
                self.complain(f"{table}.{name}", "is not known: the lesson has none")


class Worded:
    """A lesson in a language's words, put together when it is first taken.

    Args:
        written: the lesson.
        translation: turns it into the language's.
    """

    def __init__(self, written: Lesson, translation: Translation) -> None:
        self._written, self._names = written, translation.names
        self._words = packed(translation.words)
        self._made: Lesson | None = replace(translation, words=unpacked(self._words)).of(written)
        self.id = written.id

    @property
    def lesson(self) -> Lesson:
        """The lesson."""
        if self._made is None:
            self._made = Translation(unpacked(self._words), self._names).of(self._written)
        return self._made

    def let_go(self) -> None:
        """Puts the lesson together anew when it is next taken."""
        self._made = None


class Lessons(Mapping[str, Lesson]):
    """The lessons of a language by their ids."""

    def __init__(self, worded: Iterable[Worded]) -> None:
        self._worded = {one.id: one for one in worded}

    def __getitem__(self, id_: str) -> Lesson:
        return self._worded[id_].lesson

    def __iter__(self) -> Iterator[str]:
        return iter(self._worded)

    def __len__(self) -> int:
        return len(self._worded)


_TEXTS = tuple(name for name in StepWords.model_fields if name != "option")


def lesson_texts(lesson: Lesson) -> Iterator[tuple[str, str]]:
    """Every text of a lesson that is translated, by its place in a file of words."""
    yield from ((name, getattr(lesson, name)) for name in ("title", "about", "done"))
    for name, term in lesson.glossary.items():
        yield from _texts(term, ("title", "text"), f"glossary.{name}")
    for section in lesson.sections:
        yield from _texts(section, ("title", "end"), f"section.{section.id}")
        for step in section.step:
            yield from _texts(step, _TEXTS, f"step.{step.id}")
            for option in getattr(step, "options", ()):
                yield from _texts(option, ("label", "reply"), f"step.{step.id}.option.{option.id}")


def _texts(of: Model, names: Iterable[str], at: str) -> Iterator[tuple[str, str]]:
    for name in names:
        if text := getattr(of, name, None):
            yield f"{at}.{name.rstrip('_')}", text
