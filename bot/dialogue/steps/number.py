"""A number: a quantity to compute, in pieces after some misses, filled into a table in some."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.dialogue.actions import Do, Intent
from bot.dialogue.buttons import Keyboard
from bot.dialogue.formatting import on_record, with_minus
from bot.dialogue.modes import Mode
from bot.dialogue.state import Outcome
from bot.dialogue.steps.step import Result, Step
from content.messages import Label
from content.models import NumberStep, Picture
from engine.decimals import short_text
from engine.diagnosis import Kind, diagnose
from engine.lookup import table_for
from engine.reading import Reading
from engine.scaffold import GAP, pieces, with_pieces
from engine.trace import Quantity, Trace

MISSES_BEFORE_PIECES = 3
"""After so many wrong answers a step is offered in pieces."""

RUNGS = 4
"""Rungs of the ladder at most; the last one is the worked line."""

USUAL_PLACES = 2
"""So many decimals of an exact number are asked for without a word."""

_FORMULA = ": <code>{formula}</code>"
"""How a rule shows the formula; left out where the question does."""


@dataclass(frozen=True)
class Number(Step[NumberStep]):
    """A quantity to compute."""

    may_keep: bool = False
    """Whether the number that was just doubted may be kept."""

    @property
    def own_mode(self) -> Mode:
        """Whether the whole is asked, or a piece of it."""
        return Mode.NUMBER if self.state.hand.piece is None else Mode.PIECE

    @property
    def trace(self) -> Trace:
        """The trace with the numbers the learner kept."""
        return self.context.seen

    @property
    def picture(self) -> Picture | bool | None:
        """The picture that the whole is asked under; a piece has none."""
        return self.model.picture if self.state.hand.piece is None else None

    @property
    def table_of(self) -> str:
        """The function whose table helps here."""
        expression = self.context.trace[self.model.quantity].expression
        return table_for(expression) or super().table_of

    @cached_property
    def pieces(self) -> Sequence[Quantity]:
        """What the step can be broken into, in the learner's numbers; not what they have found."""
        found = self.context.found
        return [one for one in pieces(self.trace, self.model.quantity) if one.id not in found]

    @property
    def piece(self) -> Quantity | None:
        """The piece asked; None where the whole is, or where the pieces are to be put together."""
        index = self.state.hand.piece
        return self.pieces[index] if index is not None and index < len(self.pieces) else None

    def question(self) -> str:
        """The quantity asked, to how many decimals, and the table it stands in; or a piece."""
        if self.state.hand.piece is not None:
            return self._piece(self.state.hand.piece)
        place, book, name = self.place, self.book, self.model.quantity
        question: str = book.fill(self.model.ask, self.trace)
        asked = self.trace[name]
        if how := self._how_finely(asked):
            between = "\n" if question.endswith("</pre>") else " "
            question = f"{question}{between}{how}"
        if place.section.table:
            return f"{question}\n{book.table(place, self._filled(), name)}"
        return question

    def _how_finely(self, asked: Quantity) -> str:
        """What is said of the decimals asked for, or of how near is near enough; often nothing."""
        if asked.tolerance:
            return self.book.say.near_enough(most=short_text(asked.tolerance)[0])
        if not asked.exact or asked.places > USUAL_PLACES:
            return self.book.say.decimals(places=str(asked.places))
        return ""

    def _piece(self, index: int) -> str:
        book, trace, name, hints = self.book, self.trace, self.model.quantity, self.book.hints
        several = len(self.pieces) > 1
        if index >= len(self.pieces):
            together = hints.together if several else hints.together_single
            return book.fill(together, trace, book.hint_slots(trace, name))
        numbers = with_pieces(trace, name).substituted(self.pieces[index].id)
        slots = {"number": str(index + 1), "count": str(len(self.pieces)), "formula": numbers}
        return book.fill(hints.piece if several else hints.piece_single, trace, slots)

    def _filled(self) -> dict[str, str]:
        """The gaps of the section's table that are filled in, by quantity."""
        trace, filled = self.context.believed, {}
        for step in self.place.section.step:
            record = self.state.records.get(step.id)
            if isinstance(step, NumberStep) and record is not None:
                text = on_record(self.book, record, trace[step.quantity].text)
                filled[step.quantity] = text or "…"
        return filled

    def own_keyboard(self) -> Keyboard:
        """What helps with this number, and the helpers."""
        row = []
        if self.may_keep:
            row.append(self.button(Label.keep, Do.KEEP))
        if self.model.lookup_table:
            row.append(self.button(Label.table, Do.TABLE))
        if self.state.hand.piece is None and self.may_break_up:
            row.append(self.button(Label.pieces, Do.PIECES))
        return (*((tuple(row),) if row else ()), *self.helpers())

    @property
    def may_break_up(self) -> bool:
        """Whether the step has been missed often enough, and has pieces."""
        return self.state.hand.tries >= MISSES_BEFORE_PIECES and len(self.pieces) > 0

    def hints(self) -> list[str]:
        """Where to look, the rule, the rule with one gap, the worked line; at a piece its own."""
        if self.piece is None:
            return self._ladder()
        book, trace = self.book, with_pieces(self.trace, self.model.quantity)
        words, slots = book.kind_hints(trace, self.piece.id), book.hint_slots(trace, self.piece.id)
        return [book.fill(f"{words.look} {words.rule}", trace, slots)]

    def _ladder(self) -> list[str]:
        """The hints at the whole; what the question shows already is not shown again."""
        book, trace, name = self.book, self.trace, self.model.quantity
        words, slots, own = book.kind_hints(trace, name), book.hint_slots(trace, name), self.model
        asked = book.fill(own.ask, trace)
        rule = words.rule.replace(_FORMULA, "") if slots["formula"] in asked else words.rule
        known = slots["gap"].removesuffix(f" = {GAP}") in asked and own.gap is None
        gaps = () if known else (own.gap or book.hints.gap,)
        templates = (own.look or words.look, own.rule or rule, *gaps)
        first, rule, *gap = (book.fill(text, trace, slots) for text in templates)
        with_table = rule if own.rule else f"{rule} {book.between(trace, name)}".strip()
        worked = book.fill(own.worked or book.hints.worked, trace, slots)
        return [self.hint_at_mistake() or first, with_table, *gap, worked]

    @property
    def given_away(self) -> bool:
        """Whether the last hint was seen, which has the number."""
        return bool(self.state.hand.hints) and self.state.hand.hints >= len(self._ladder())

    def hint_at_mistake(self) -> str:
        """The place where the last wrong answer went wrong, where it is known."""
        if not self.state.hand.wrong:
            return ""
        reading = self.context.read(self.state.hand.wrong)
        if not isinstance(reading, Reading):
            return ""
        verdict = self.context.tellable(self.context.judged(reading))
        if verdict.kind is not Kind.MISTAKE:
            return ""
        return self.book.mistake_hint(verdict, self.context.trace)

    def solution(self) -> str:
        """The quantity worked line by line, and what the step has to add."""
        after = "\n" + self.book.fill(self.model.right, self.trace) if self.model.right else ""
        return self.book.working(self.trace, self.model.quantity) + after

    def recap(self) -> str:
        """The number as it went; one that is kept is not given away."""
        record, book = self.state.records.get(self.place.id), self.book
        if record is not None and record.outcome is Outcome.KEPT:
            how = book.say.recap_kept(typed=with_minus(record.typed)) if record.typed else ""
            return f"{self.where()}\n{self.question()}\n{how}".strip()
        shown = record is not None and record.outcome is Outcome.SHOWN
        how = (book.say.recap_shown if shown else book.say.recap_solved)()
        return f"{self.where()}\n<i>{how}</i>\n{self.solution()}"

    def repeats(self, text: str, /) -> bool:
        """Whether a text is the same number, or the same text."""
        record = self.state.records[self.place.id]
        reading = self.context.read(text)
        if isinstance(reading, Reading) and reading.answer.is_number:
            return reading.value == record.value or text == record.typed
        return text == record.typed

    def repeats_piece(self, text: str) -> bool:
        """Whether a text is right for a piece before the one in hand."""
        before = self.pieces[: self.state.hand.piece or 0]
        reading = self.context.read(text) if before else None
        trace = with_pieces(self.context.trace, self.model.quantity)
        return isinstance(reading, Reading) and any(
            diagnose(trace, piece.id, reading, self.context.own).is_right for piece in before
        )

    def show(self, _: Intent) -> Result:
        """The step worked out, marked as shown."""
        own = self.trace[self.model.quantity].value if self.context.own else None
        done = self.state.with_record(self.place.id, self.record(Outcome.SHOWN, value=own))
        return Result(done, [f"{self.book.say.shown()}\n{self.solution()}"], done=True)

    def show_piece(self, intent: Intent) -> Result:
        """The piece in hand worked out, and the next piece."""
        if self.piece is None:
            return self.show(intent)
        assert self.state.hand.piece is not None
        hints = max(self.state.hand.hints, RUNGS)  # a piece shown makes the step shown
        ahead = self.state.but(piece=self.state.hand.piece + 1, wrong="", hints=hints)
        said = self.book.say.shown_piece(value=self.piece.text)
        return Result(ahead, [said], asks=True)

    def break_up(self, _: Intent) -> Result:
        """The step in pieces, one question each."""
        if not self.may_break_up:
            return Result(self.state, [self.book.say.no_pieces()])
        return Result(self.state.but(piece=0, wrong=""), asks=True)
