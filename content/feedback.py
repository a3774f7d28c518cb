"""What is said about an answer: a verdict of the engine put into one short sentence."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from content.kinds import kind_of
from content.templates import Html, Slots, Words, fill
from content.word_files import (
    MistakesFile,
)
from engine.decimals import rounded
from engine.diagnosis import Kind, Shown, Verdict, gives_away, slots
from engine.expression import Call, Ref
from engine.mistakes import SLIP
from engine.scaffold import pencil_rule
from engine.trace import Quantity, Trace

LONGEST_FEEDBACK = 300
"""A sentence about a mistake stays shorter than this, on any network."""


def feedback(
    words: MistakesFile, spoken: Words, verdict: Verdict, trace: Trace, seen: Trace
) -> str:
    """The sentence for a verdict, as HTML; empty where there is nothing to say.

    Args:
        words: the sentences.
        spoken: what numbers turn into when spoken of.
        verdict: any verdict but an unreadable one.
        trace: the trace it is about.
        seen: the same in the numbers it was asked in.
    """
    said = _Sentences(words, spoken, verdict, trace, seen)
    match verdict.kind:
        case Kind.CORRECT:
            return said.of(words.say.correct_but) if verdict.slip else ""
        case Kind.AMBIGUOUS:
            return said.of(words.say.ambiguous if verdict.question else words.say.ambiguous_open)
        case Kind.MISTAKE:
            return said.mistake()
        case Kind.IMPRECISE:
            return said.imprecise()
        case Kind.UNFINISHED:
            return said.unfinished()
        case Kind.UNEXPLAINED:
            return said.unexplained()
        case _:
            return said.of(words.say.carried_forward)


class _Sentences:
    def __init__(
        self, words: MistakesFile, spoken: Words, verdict: Verdict, trace: Trace, seen: Trace
    ) -> None:
        self.words, self.spoken, self.verdict = words, spoken, verdict
        self.trace, self.seen = trace, seen
        self.say = words.say
        self._slots: dict[int, dict[str, str]] = {}

    def of(self, template: str, made: int = 0, extra: Mapping[str, str] | None = None) -> Html:
        if made not in self._slots:
            self._slots[made] = slots(self.verdict, self.trace, 0, made)
        texts = self._slots[made] | dict(extra or {})
        return fill(template, Slots(self.trace, self.spoken, texts))

    @property
    def quantity(self) -> Quantity:
        return self.trace[self.verdict.quantity]

    def imprecise(self) -> str:
        """Too few decimals, or enough of them with the last one off."""
        if self.verdict.decimals is None or self.verdict.decimals < self.verdict.places:
            return self.of(self.say.imprecise)
        table = isinstance(self.quantity.expression, Call) and (
            self.quantity.expression.function == "sigmoid"
        )
        return self.of(self.say.imprecise_sigmoid if table else self.say.imprecise_cut)

    def unfinished(self) -> str:
        """What is right so far, and the one thing still to do."""
        say, verdict = self.say, self.verdict
        if verdict.shown is not None:
            return self.of(say.unfinished_part if verdict.written else say.partial)
        if verdict.slip is not None:
            return self.of(say.unfinished_but)
        if verdict.written == Ref(verdict.quantity):
            return self.of(say.unfinished_name)
        if not verdict.setup_right:
            return self.of(say.unfinished_open)
        long = slots(verdict, self.trace)["typed"].endswith("…")
        return self.of(say.unfinished_long if long else say.unfinished)

    def unexplained(self) -> str:
        """What can be told of the working; working is asked for only where none was sent."""
        say, verdict = self.say, self.verdict
        near_zero = pencil_rule(self.trace, verdict.quantity) is not None
        if self.quantity.kind == "direction":
            return self.of(say.direction_open)
        if (
            self.quantity.kind == "updated"
            and verdict.typed == self.trace.values[self.quantity.owner]
        ):
            return self.of(say.unexplained_unmoved, extra={"place": self.quantity.owner})
        if verdict.slip is not None:
            return self._discreet(self.of(say.unexplained_slip), say.unexplained_slip_plain)
        if verdict.shown is None and verdict.written is not None:
            return self.of(say.unexplained_work)
        if verdict.shown is None:
            open_ = say.unexplained_sigmoid if near_zero else say.unexplained
            return self.of(self._digits_right() or open_)
        if verdict.setup_right and verdict.shown.foreign is None:
            return self.of(say.unexplained_early)
        if verdict.shown == Shown():
            return self.of(say.unexplained_work)
        if verdict.shown.name:
            return self.of(say.unexplained_name)
        if verdict.shown.foreign is None:
            return self._discreet(self.of(say.unexplained_parts), say.unexplained_parts_plain)
        if near_zero:
            text = say.unexplained_sigmoid
        elif verdict.shown.stranger is not None:
            text = say.unexplained_number
        else:
            text = say.unexplained_setup
        return self._discreet(self.of(text), say.unexplained_work)

    def _digits_right(self) -> str:
        """What is said where only the decimal point is wrong, or that and the sign; else empty."""
        typed, quantity = self.verdict.typed, self.seen[self.verdict.quantity]
        right = rounded(quantity.value, quantity.places)
        if not typed or not right or _digits(typed) != _digits(right):
            return ""
        if (typed < 0) == (right < 0):
            return self.say.unexplained_digits
        return "" if typed == -right else self.say.unexplained_digits_sign

    def mistake(self) -> str:
        if self.quantity.kind == "direction":
            return self.of(self.say.direction)
        say, mistakes = self.say, self.words.mistakes
        best = self.verdict.candidates[0]
        if self.verdict.slip is not None and best.mistakes[0].id == SLIP:
            return self._slip()
        if not best.reached:
            first = self.of(mistakes[best.mistakes[0].id].short)
            return self.of(say.set_up, extra={"first": first})
        if len(best.mistakes) == 1:
            one = mistakes[best.mistakes[0].id]
            if one.adding is not None and kind_of(self.trace, self.quantity).endswith("_adding"):
                return self._discreet(self.of(one.adding), one.plain)
            if self.verdict.written is not None and "{working}" in one.text:
                return self.of(one.plain)  # it would say that their working is their working
            return self._discreet(self.of(one.text), one.plain)
        first, second = (
            self.of(mistakes[made.id].short, i) for i, made in enumerate(best.mistakes[:2])
        )
        both = self.of(say.pair, extra={"first": first, "second": second})
        return self._discreet(both, say.pair_plain)

    def _slip(self) -> str:
        say, slip = self.say, self.verdict.slip
        assert slip is not None
        if not self.verdict.setup_right:
            return self._discreet(self.of(say.slip_part), say.unexplained_slip_plain)
        whole = say.slip_last if slip.last else say.slip_inside
        doubtful = say.slip_sign if slip.sign else say.slip_somewhere
        text = self.of(whole if slip.signs_right else doubtful)
        if slip.decimal_point:
            text = Html(f"{text} {self.of(say.slip_decimal_point)}")
        return self._discreet(text, self.words.mistakes[SLIP].plain)

    def _discreet(self, text: str, plain: str) -> str:
        """The full sentence, or the plain one where the full one is too long or gives it away."""
        if len(text) >= LONGEST_FEEDBACK or gives_away(text, self.verdict, self.trace):
            return self.of(plain)
        return text


def _digits(value: float) -> tuple[int, ...]:
    """A number's digits, without the zeros at either end."""
    return Decimal(repr(value)).normalize().as_tuple().digits


"""Sentences about mistakes have only the slots that diagnosis fills."""


def place_to_look(verdict: Verdict, trace: Trace) -> tuple[str, str] | None:
    """Where the first mistake of a verdict happened, and the piece to ask for; None if unknown."""
    if verdict.kind is not Kind.MISTAKE or verdict.slip is not None:
        return None
    texts = slots(verdict, trace)
    if not texts["piece"] or gives_away(texts["piece"], verdict, trace):
        return None
    return texts["place"], texts["piece"]
