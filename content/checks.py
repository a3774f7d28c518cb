"""Cross-checks of a lesson: every slot fills, every id exists, no number is typed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from pydantic import BaseModel

from content.book import Book
from content.errors import Problem
from content.lesson import FORKS, Lesson, LessonStep, forks_of
from content.markup import markup_problem
from content.models import (
    AnyStep,
    Card,
    ChoiceStep,
    DirectionStep,
    GuessStep,
    NumberStep,
    OfferStep,
    WatchStep,
)
from content.observations import OBSERVATIONS
from content.picture_names import shown_by
from content.tasks import task_of
from content.templates import MEANT, TELLING, Slots, TemplateError, fill, outside, slots_of
from content.word_lists import WordList

LONGEST_TEXT = 1500
"""A message longer than this, filled in, is a wall of text on a phone."""

COUNTS = ("steps", "first_try", "later", "with_hints", "shown", "hints", "doubted")
"""What a lesson's closing message may count."""

DECIMAL = re.compile(r"(?<![\w.,])[−-]?\d+[.,]\d+(?![\w.,]\d)")
"""A decimal number in a text."""

_TAG = re.compile(r"<[^>]*>")


def lesson_problems(book: Book, frame: str, sections: Mapping[str, str]) -> Iterator[Problem]:
    """Everything wrong with a lesson that only shows when its parts are held together.

    Args:
        book: the words with the lesson in hand, each file valid in itself.
        frame: the lesson's `lesson.toml`.
        sections: the file of each section, by the section's id.
    """
    trace = next(iter(book.lesson.examples.values())).trace
    for at, text, filled in (
        ("about", book.lesson.about, ("steps", "minutes")),
        ("done", book.lesson.done, COUNTS),
    ):
        slots = book.slots(trace, dict.fromkeys(filled, "0"))
        yield from (Problem(frame, at, rule) for rule in _text(book, slots, text))
    for name, term in book.lesson.glossary.items():
        for rule in _text(book, book.slots(trace), term.text):
            yield Problem(frame, f"glossary.{name}.text", rule)
    seen: Counter[str] = Counter()
    for place in book.lesson.places:
        file = sections[place.section.id]
        where = f"step {place.id!r}"
        seen[place.id] += 1
        if seen[place.id] == 2:
            yield Problem(file, where, "this id is used twice in the lesson")
        yield from (Problem(file, f"{where}{at}", rule) for at, rule in _step(book, place))
    for place, at, rule in _ahead(book.lesson):
        yield Problem(sections[place.section.id], f"step {place.id!r}{at}", rule)
    opened = {None, *(getattr(place.step, "opens", None) for place in book.lesson.places)}
    forked: set[str | None] = set()
    for place in book.lesson.places:
        forked |= set(forks_of(place.step))
        if place.branch not in opened | forked:
            opened.add(place.branch)
            rule = f"nobody comes here: no step before it opens the branch {place.branch!r}"
            yield Problem(sections[place.section.id], f"step {place.id!r}.branch", rule)
    for section in book.lesson.sections:
        trace = book.lesson.examples[section.example].trace
        for name in section.table:
            if name not in trace.values:
                yield Problem(sections[section.id], "table", f"nothing is called {name!r}")


def shared_problems(
    lessons: Iterable[tuple[str, Lesson, Mapping[str, str]]],
) -> Iterator[Problem]:
    """Ids that two lessons share: buttons and records would mix them up.

    Args:
        lessons: each lesson with its `lesson.toml` and the file of each of its sections.
    """
    ids: dict[str, str] = {}
    steps: dict[str, str] = {}
    lessons = [*lessons]
    needs = {lesson.id: lesson.needs for _, lesson, _ in lessons}
    for frame, lesson, sections in lessons:
        for name in lesson.needs:
            if name not in needs:
                rule = f"no lesson is called {name!r}; there are: {', '.join(needs)}"
                yield Problem(frame, "needs", rule)
        if lesson.id in _needed(lesson.id, needs):
            yield Problem(frame, "needs", f"{lesson.id!r} would come before itself")
        if lesson.id in ids:
            yield Problem(frame, "id", f"{lesson.id!r} is the id of {ids[lesson.id]} too")
        ids.setdefault(lesson.id, frame)
        for place in lesson.places:
            if (other := steps.setdefault(place.id, frame)) != frame:
                rule = f"this id is used in {other} too; ids belong to one lesson"
                yield Problem(sections[place.section.id], f"step {place.id!r}", rule)


def _needed(name: str, needs: Mapping[str, Sequence[str]]) -> set[str]:
    """Every lesson that comes before one, directly or by way of another."""
    found: set[str] = set()
    open_ = [*needs[name]]
    while open_:
        one = open_.pop()
        if one not in found:
            found.add(one)
            open_ += needs.get(one, ())
    return found


def _step(book: Book, place: LessonStep) -> Iterator[tuple[str, str]]:
    """(place within the step, rule) for everything wrong with one step."""
    trace = book.lesson.trace(place)
    step = place.step
    if isinstance(step, NumberStep | DirectionStep):
        if step.quantity not in trace:
            yield ".quantity", f"{step.quantity!r} is not a quantity of this network"
            return
        if isinstance(step, DirectionStep) != (trace[step.quantity].kind == "direction"):
            yield ".kind", f"{step.quantity!r} does not go with kind = {step.kind!r}"
    yield from _picture(book, place)
    if isinstance(step, Card):
        for name in step.observations:
            if name not in OBSERVATIONS:
                yield (
                    ".observations",
                    f"{name!r} is not an observation; allowed: {', '.join(OBSERVATIONS)}",
                )
    yield from _branches(book, step)
    if isinstance(step, WatchStep):
        inputs, outputs = trace.network.inputs, trace.network.outputs
        if (len(inputs), len(outputs)) != (2, 1):
            rule = f"is drawn for 2 inputs and 1 output; here are {len(inputs)} and {len(outputs)}"
            yield ".kind", f"what is watched {rule}"
        try:
            task_of(step.task, inputs)
        except ValueError as error:
            yield ".task", str(error)
    if isinstance(step, GuessStep):
        if step.seen_at not in book.lesson:
            yield ".seen_at", f"no step is called {step.seen_at!r}"
        try:
            true = [one.id for one in step.options if book.lesson.came_true(place, one, book.words)]
        except TemplateError as error:
            yield ".options", str(error)
        else:
            if len(true) > 1:
                yield ".options", f"at most one guess comes true; right now: {', '.join(true)}"
    if isinstance(step, ChoiceStep):
        for name in step.shows:
            if name not in trace:
                yield ".shows", f"{name!r} is not a quantity of this network"
        try:
            book.lesson.right_options(place, book.words)
        except TemplateError as error:
            yield ".options", str(error)
        if doubled := [o for o, n in Counter(o.id for o in step.options).items() if n > 1]:
            yield ".options", f"the option id {doubled[0]!r} is used twice"
    extra = {"steps": "0"} if isinstance(step, OfferStep) else {}
    asked = step.quantity if isinstance(step, NumberStep | DirectionStep) else ""
    hinted = extra | book.hint_slots(trace, asked) if asked else extra
    found = [
        (at, rule)
        for at, text in texts(step, "")
        for rule in _text(book, book.slots(trace, hinted if at[1:] in HINTS else extra), text)
    ]
    yield from found
    if not found and isinstance(step, NumberStep | DirectionStep):
        yield from _telling(step)


def _branches(book: Book, step: AnyStep) -> Iterator[tuple[str, str]]:
    """Branches that a step leads to, and that have no steps."""
    branches = {other.branch for other in book.lesson.places}
    for field in ("opens", *FORKS):
        branch = getattr(step, field, None)
        if branch is not None and branch not in branches:
            yield f".{field}", f"no step has branch = {branch!r}"


def _picture(book: Book, place: LessonStep) -> Iterator[tuple[str, str]]:
    """What is wrong with the picture a step stands under."""
    said, asked = getattr(place.step, "picture", None), getattr(place.step, "quantity", "")
    if not isinstance(said, str):
        return
    try:
        shows = shown_by(book.lesson.trace(place), said, asked)
    except ValueError as error:
        yield ".picture", str(error)
        return
    places = [one for one in book.lesson.places if one.section.example == place.section.example]
    asks = [one for one in places if getattr(one.step, "quantity", "") == shows]
    if " " in said and asks and places.index(asks[0]) > places.index(place):
        yield ".picture", f"shows {{{shows}}}, which {asks[0].id!r} asks for later"
    for one in places[places.index(place) :] if said == "change" else ():
        later = getattr(one.step, "quantity", "")
        if later.endswith(".updated") or later.startswith("next."):
            yield ".picture", f"shows {{{later}}}, which {one.id!r} asks for"
            return


def _ahead(lesson: Lesson) -> Iterator[tuple[LessonStep, str, str]]:
    """What tells an answer before its step comes, on the way that everybody goes.

    Where a section asks without scaffolding, what was seen before is asked again.
    """
    asked: dict[tuple[str, str], LessonStep] = {}
    for place in reversed(lesson.places):
        example = place.section.example
        for at, text in texts(place.step, ""):
            for name, view in _readable(text):
                if view in TELLING and (later := asked.get((example, name))) is not None:
                    yield place, at, f"shows {{{name}}}, which {later.id!r} asks for later"
        if isinstance(place.step, NumberStep) and not (place.branch or place.section.free):
            asked[example, place.step.quantity] = place


def _readable(text: str) -> list[tuple[str, str]]:
    """The slots of a text; none of one with a brace left open, which is told elsewhere."""
    try:
        return [*slots_of(text)]
    except ValueError:
        return []


def _telling(step: NumberStep | DirectionStep) -> Iterator[tuple[str, str]]:
    """What shows the answer before the last hint does."""
    for at in ("ask", *HINTS[:-1]):
        for name, view in slots_of(getattr(step, at, None) or ""):
            formula = "".join((getattr(step, "formula", None) or " ").split())
            answer = name == step.quantity or "".join(name.split()) == formula
            if (answer and view in TELLING) or name == "working":
                shown = f"{{{name}{view and ':' + view}}}"
                what = "question" if at == "ask" else "hint"
                yield f".{at}", f"{shown} is the answer: the {what} may not show it"


HINTS = ("look", "rule", "gap", "worked")
"""The rungs of a step's own hints; the last one gives the answer."""

_PLAIN = (
    "kind",
    "id",
    "quantity",
    "formula",
    "branch",
    "shows",
    "opens",
    "if_slipped",
    "if_smooth",
    "picture",
    "right_if",
    "true_if",
    "seen_at",
    "observations",
    "lookup_table",
    "task",
)


def texts(value: object, at: str) -> Iterator[tuple[str, str]]:
    """Every text of a step, or of a table of words, with its place in it."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, tuple | WordList):
        for index, item in enumerate(value):
            if isinstance(item, str):
                yield f"{at}[{index}]", item
            else:
                yield from texts(item, f"{at}[{index}]")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts(item, f"{at}.{key}")
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in _PLAIN:
                yield from texts(getattr(value, name), f"{at}.{name.rstrip('_')}")


def _text(book: Book, slots: Slots, text: str) -> Iterator[str]:
    try:
        filled = fill(text, slots)
        typed = _TAG.sub(" ", outside(text))
    except (TemplateError, ValueError) as error:
        yield str(error)
        return
    for literal in DECIMAL.findall(typed):
        if name := known(book, literal):
            meant = f"{{{MEANT} {literal}}}"
            yield f"{literal} is typed; the engine knows it: write {{{name}}}, or {meant} if not"
    if (problem := markup_problem(filled)) is not None:
        yield problem
    if len(filled) > LONGEST_TEXT:
        yield f"is {len(filled)} characters long; at most {LONGEST_TEXT}"


def known(book: Book, literal: str) -> str | None:
    """The id whose value an author typed, in any example of the lesson."""
    return _shown(book).get(literal.replace("-", "−").replace(",", "."))


@lru_cache(maxsize=2)
def _shown(book: Book) -> dict[str, str]:
    """Every number of the lesson's examples as a learner sees it, and the first id that has it."""
    found: dict[str, str] = {}
    for example in book.lesson.examples.values():
        slots = Slots(example.trace, book.words)
        for name in example.trace.values:
            for view in ("", "fine"):
                found.setdefault(slots.text(name, view), name)
    return found
