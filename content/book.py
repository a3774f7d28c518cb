"""Everything in one language that the tutor says: the lesson, and the words around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from content.counting import Counting
from content.feedback import feedback, place_to_look
from content.kinds import called, case_of, kind_of
from content.lesson import Lesson, LessonStep
from content.lesson_time import minutes
from content.messages import Classes, Label, Own, Practice, Sentence
from content.models import Card, Term
from content.numbers import Numbers
from content.observations import OBSERVATIONS
from content.picture_words import Captions, Labels
from content.spelling import Spelling
from content.templates import Html, Slots, Words, fill
from content.typed import Answers, TypedFile
from content.why import RemarksFile, Why, WhyFile
from content.wide import wide
from content.word_files import (
    ChatFile,
    GeneratedFile,
    GlossaryFile,
    HintFile,
    MistakesFile,
    ObservationsFile,
    PicturesFile,
    ReadWordsFile,
    Rungs,
)
from engine.decimals import number_text
from engine.diagnosis import Verdict
from engine.keeping import kept
from engine.lookup import lines, printed
from engine.reading import Reading, Unreadable, describe
from engine.reading import Words as HeardWords
from engine.reading.characters import plain
from engine.scaffold import gapped, pencil_rule, table_rule
from engine.spoken import read_answer, read_answers
from engine.trace import Trace


@dataclass(frozen=True, eq=False)
class Book:
    """One language's content, checked: filling its texts cannot fail.

    Compared and hashed by identity, so that what is made from one can be cached.
    """

    language: str
    numbers: Numbers
    """How numbers, counts and lists are written."""
    author: Book | None
    """The book in the authors’ language, whose questions are understood too; None in that one."""
    lesson: Lesson
    """The lesson in hand."""
    lessons: Mapping[str, Lesson]
    """Every written lesson by its id, in the order in which they are offered."""
    chat: ChatFile
    hints: HintFile
    glossary: GlossaryFile
    observations: ObservationsFile
    mistakes: MistakesFile
    reading: ReadWordsFile
    typed: TypedFile
    spelling: Spelling
    """How learners' texts are spelt and cut before anything else looks at them."""
    pictures: PicturesFile
    generated: GeneratedFile
    why: WhyFile
    remarks: RemarksFile
    explained: Why
    counted: Counting
    say: Sentence
    classes: Classes
    buttons: Label
    labels: Labels
    practice: Practice
    own: Own
    captions: Captions

    @cached_property
    def heard(self) -> HeardWords:
        """The words that learners type in an answer."""
        return replace(
            self.typed.answers.words(),
            decimal_comma=self.numbers.decimal == ",",
            among_others=self.author is not None,
            sign_behind=self.numbers.right_to_left,
        )

    @cached_property
    def words(self) -> Words:
        """What numbers turn into when spoken of."""
        return Words(self.chat.directions, self.chat.signs, self.counted)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """How formulas write each kind of quantity, and the directions."""
        return {**self.chat.names, **self.chat.directions}

    def fill(self, template: str, trace: Trace, extra: Mapping[str, str] | None = None) -> Html:
        """A text about a trace, as HTML. Plain extras are escaped, `Html` ones are not."""
        if extra or trace not in self.lesson.traces:
            return fill(template, self.slots(trace, extra))
        known = self._filled.get((template, trace))
        if known is None:
            known = self._filled[template, trace] = fill(template, self.slots(trace))
        return known

    def slots(self, trace: Trace, extra: Mapping[str, str] | None = None) -> Slots:
        """What the slots of a text about a trace are filled from."""
        return Slots(trace, self.words, extra or {}, self.lesson.shown)

    @cached_property
    def _filled(self) -> dict[tuple[str, Trace], Html]:
        """Texts of the lesson already filled; as many as it has, since traces are its own."""
        return {}

    @cached_property
    def _worked(self) -> dict[tuple[str, Trace], Html]:
        """Quantities already worked out, likewise."""
        return {}

    @cached_property
    def any_trace(self) -> Trace:
        """A trace of the lesson, for sentences that are about none."""
        return next(iter(self.lesson.examples.values())).trace

    def with_lesson(self, name: str) -> Book:
        """The same words with another written lesson in hand.

        Raises:
            KeyError: there is no such lesson.
        """
        return replace(self, lesson=self.lessons[name])

    def introduced(self, lesson: Lesson) -> Html:
        """What a written lesson is, as HTML."""
        trace = next(iter(lesson.examples.values())).trace
        written = self.author.lessons[lesson.id] if self.author else lesson
        slots = {"steps": str(lesson.total()), "minutes": str(minutes(written))}
        return self.fill(lesson.about, trace, slots)

    def mistake_name(self, mistake: str) -> str:
        """A mistake in a few words, as HTML, without the numbers it was made with."""
        return self.generated.mistakes.get(mistake, mistake.replace("_", " "))

    def listed(self, names: Iterable[str]) -> str:
        """Some names in a sentence, with the language's word between them."""
        return self.numbers.listed(names)

    def about(self, place: LessonStep) -> str:
        """What a step is about, for its heading: `H1 · weighted sum`."""
        step = place.step
        if label := getattr(step, "label", ""):
            return str(label)
        if quantity := getattr(step, "quantity", None):
            trace = self.lesson.trace(place)
            kind = self.hints.kinds[kind_of(trace, trace[quantity])].name
            owner = trace[quantity].owner
            example = trace[quantity].prefix.removeprefix("next.").replace(".", " · ")
            if owner.endswith(".bias"):
                owner = trace.symbol(owner)
            return f"{example}{kind}" if owner == "loss" else f"{example}{owner} · {kind}"
        return place.section.title

    def heading(self, place: LessonStep) -> str:
        """The heading of a step: its number on the way, and what it is about."""
        if place.number is None:
            return ""
        if place.id not in self._headings:
            self._headings[place.id] = self._heading(place)
        return self._headings[place.id]

    @cached_property
    def _headings(self) -> dict[str, Html]:
        """The headings already made, by the lesson's steps."""
        return {}

    def _heading(self, place: LessonStep) -> Html:
        say = self.say.heading_branch if place.branch else self.say.heading
        total = self.lesson.total(place.branch)
        return say(number=str(place.number), total=str(total), about=self.about(place))

    def part(self, place: LessonStep) -> str:
        """The line that opens a section."""
        number, total = place.part, self.lesson.parts
        if place.section.aside:
            return ""
        bar = "▰" * number + "▱" * (total - number)
        title = place.section.title
        return self.say.part(bar=bar, number=str(number), total=str(total), title=title)

    def card(self, place: LessonStep) -> str:
        """The whole text of a card, with the observations that apply."""
        assert isinstance(place.step, Card)
        trace = self.lesson.trace(place)
        texts = [self.fill(place.step.text, trace)]
        for name in place.step.observations:
            template = self.observations.observation[name]
            found = (self._said(slots) for slots in OBSERVATIONS[name].find(trace))
            said = [self.fill(template, trace, slots) for slots in found]
            texts += [self.fill(text, trace) for text in said]  # some bring slots of their own
        return "\n\n".join(texts)

    def _said(self, slots: Mapping[str, str | tuple[str, ...]]) -> dict[str, str]:
        """What an observation found, its lists as sentences hold them."""
        return {
            name: found if isinstance(found, str) else self.listed(found)
            for name, found in slots.items()
        }

    def table(self, place: LessonStep, filled: Mapping[str, str], asked: str) -> str:
        """A section's table, as HTML: given, filled in, and `?` where it is asked now."""
        trace = self.lesson.trace(place)
        gaps = {getattr(step, "quantity", "") for step in place.section.step}
        rows = []
        for name in place.section.table:
            if name == asked:
                text = "?"
            elif name in gaps:
                text = filled.get(name, "…")
            else:
                text = Slots(trace, self.words).text(name, "")
            rows.append((called(trace, name), text))
        width = max(wide(symbol) for symbol, _ in rows)
        lines = "\n".join(
            f"{symbol}{' ' * (width - wide(symbol))}  {text}" for symbol, text in rows
        )
        return fill("<pre>{table}</pre>", Slots(trace, self.words, {"table": lines}))

    def lookup_table(self, function: str) -> str:
        """The printed table of a function that has one, as a message."""
        width = max(len(number_text(printed(function, z), 4)) for z in lines(function))
        rows = [
            f"{number_text(z, 2):>5}  {number_text(printed(function, z), 4):>{width}}"
            for z in lines(function)
        ]
        half = (len(rows) + 1) // 2
        table = [f"{a}   {b}" for a, b in zip(rows[:half], [*rows[half:], ""], strict=False)]
        template = self.hints.tables[function]
        return self.fill(template, self.any_trace, {"table": "\n".join(table)})

    def kind_hints(self, trace: Trace, name: str) -> Rungs:
        """The hint words for a quantity: those of its case, where its kind has some."""
        words = self.hints.kinds[kind_of(trace, trace[name])]
        return words.case.get(case_of(trace, trace[name]), words)

    def hint_slots(self, trace: Trace, name: str) -> dict[str, str]:
        """What hints at a quantity are filled with."""
        owner = trace[name].owner
        return {
            "symbol": trace.symbol(name),
            "owner": trace.symbol(owner) if owner in trace.given else owner,
            "formula": trace.formula(name),
            "numbers": trace.substituted(name),
            "gap": gapped(trace, name),
            "working": "\n".join(trace.working(name)),
        }

    def between(self, trace: Trace, name: str) -> str:
        """How to read a value between two lines of its table, as HTML; empty where none is."""
        rule = table_rule(trace, name)
        if rule is None:
            return ""
        sign = "" if rule.z == rule.size else "_minus"
        ends = {"below": rule.below, "above": rule.above, "low": rule.low, "high": rule.high}
        template = self.hints.between[f"{rule.function}{sign}"]
        return self.fill(template, trace, {"z": rule.z, "size": rule.size, **ends})

    def working(self, trace: Trace, name: str) -> Html:
        """A quantity worked line by line, as HTML; a sigmoid near 0 also by the pencil rule."""
        if trace not in self.lesson.traces:
            return self._work_out(trace, name)
        known = self._worked.get((name, trace))
        if known is None:
            known = self._worked[name, trace] = self._work_out(trace, name)
        return known

    def _work_out(self, trace: Trace, name: str) -> Html:
        lines = trace.working(name)
        if (pencil := pencil_rule(trace, name)) is not None:
            z, value = pencil
            lines.append(self.fill(self.hints.pencil, trace, {"z": z, "value": value}))
        if (table := table_rule(trace, name)) is not None:
            slots = {"line": table.line, "value": table.value}
            lines.append(self.fill(self.hints.lookup, trace, slots))
        finer = [
            self.fill(self.hints.finer, trace, {"symbol": trace.symbol(ref), "value": value})
            for ref, value in trace.finer(name)
        ]
        block = self.fill("<pre>{lines}</pre>", trace, {"lines": "\n".join(lines)})
        return Html("\n".join((block, *finer)))

    def feedback(self, verdict: Verdict, trace: Trace, seen: Trace | None = None) -> str:
        """What is said about an answer that could be read, as HTML; empty for nothing.

        Args:
            verdict: of the answer.
            trace: what it is judged by.
            seen: what it was asked in, where the learner goes on with numbers of their own.
        """
        return feedback(self.mistakes, self.words, verdict, trace, seen or trace)

    def mistake_hint(self, verdict: Verdict, trace: Trace) -> str:
        """The first rung of the ladder after a diagnosed mistake, as HTML; empty for none."""
        found = place_to_look(verdict, trace)
        if found is None:
            return ""
        extra = {"place": found[0], "piece": found[1]}
        return self.fill(self.hints.at_mistake, trace, extra)

    def read(
        self, trace: Trace, asked: str, typed: str, own: Mapping[str, float] | None = None
    ) -> Reading | Unreadable:
        """What was typed where a quantity of a trace is asked; see `read_answer`."""
        return read_answer(trace, asked, _in_answers(self.typed.answers)(typed), own, self.heard)

    def read_several(
        self, trace: Trace, typed: str, own: Mapping[str, float] | None = None
    ) -> tuple[Reading, ...] | Unreadable:
        """Several labelled answers in one message; see `read_answers`."""
        return read_answers(trace, _in_answers(self.typed.answers)(typed), own, self.heard)

    def problem(self, unreadable: Unreadable, *, paper: bool = False) -> str:
        """Why an answer could not be read, as HTML; on paper there is nothing to press."""
        texts = {**self.reading.problem, **(self.reading.paper if paper else {})}
        template = texts[unreadable.reason]
        return self.fill(template, self.any_trace, {"piece": self.numbers.kept(unreadable.piece)})

    def echo(self, reading: Reading) -> str:
        """What was read, said back, as HTML."""
        extra = {"reading": describe(reading)}
        return self.fill(self.reading.echo.reading, self.any_trace, extra)

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """The words explained while the lesson is in hand: its own first, their slots filled."""
        own = {
            name: term.model_copy(update={"text": self.fill(term.text, self.any_trace)})
            for name, term in self.lesson.glossary.items()
        }
        return own | {name: term for name, term in self.glossary.term.items() if name not in own}

    def term(self, word: str) -> Term | None:
        """The glossary's entry for a word, if it has one."""
        wanted = plain(word)[0].casefold().strip()
        for article in self.typed.around_answers.articles:
            wanted = wanted.removeprefix(f"{article} ")
        return self._explained.get(wanted)

    @cached_property
    def _explained(self) -> Mapping[str, Term]:
        """The entries by their words; the lesson's own go before."""
        if not self.lesson.glossary:
            return _terms(self.glossary)
        return {**_terms(self.glossary), **_by_word(self.terms)}


@kept
def _terms(glossary: GlossaryFile) -> Mapping[str, Term]:
    """The entries by their words."""
    return _by_word(glossary.term)


def _by_word(terms: Mapping[str, Term]) -> Mapping[str, Term]:
    found = ((word, term) for term in terms.values() for word in term.words)
    return {plain(word)[0].casefold(): term for word, term in reversed([*found])}


@kept
def _in_answers(answers: Answers) -> Spelling:
    """How an answer is cut, where words stand without spaces: into its own words alone."""
    return Spelling.of(answers)
