"""What a step says and shows: its question, its buttons, its confirmation, its look back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.dialogue.buttons import Buttons
from bot.dialogue.carrying import believed, seen
from bot.dialogue.modes import Mode, place_of
from bot.dialogue.state import How, Record
from content.models import Card, ChoiceStep, DirectionStep, NumberStep, OfferStep, WatchStep
from engine.expression import Call
from engine.scaffold import pieces, with_pieces
from engine.trace import DIRECTIONS, Trace


@dataclass(frozen=True)
class Speaker(Buttons):
    """A book read out to one learner in one state, with its buttons."""

    @property
    def wants_picture(self) -> bool:
        """Whether the step in hand is asked under the network's picture."""
        step = self.place.step
        return isinstance(step, NumberStep) and step.picture and self.state.piece is None

    @cached_property
    def trace(self) -> Trace:
        """The trace in which the step in hand is asked: with the numbers the learner kept.

        A choice is about the example itself: by then the numbers in doubt have been returned to.
        """
        if isinstance(self.place.step, NumberStep | DirectionStep):
            return seen(self.state, self.book.lesson, self.place)
        return self.book.lesson.trace(self.place)

    @property
    def function(self) -> str:
        """The function whose table is shown at the step in hand: the sigmoid where it has none."""
        place = place_of(self.state, self.book.lesson)
        if place is not None and isinstance(place.step, NumberStep):
            match self.book.lesson.trace(place)[place.step.quantity].expression:
                case Call("tanh"):
                    return "tanh"
        return "sigmoid"

    @property
    def gives_gradient(self) -> bool:
        """Whether the direction in hand is asked from its weight's gradient."""
        step = self.place.step
        if not isinstance(step, DirectionStep):
            return False
        return f"{self.trace[step.quantity].owner}.gradient" in step.ask

    def where(self) -> str:
        """The place in words, as HTML: `Step 4 of 36 · H1 · ReLU`, or the section's title."""
        place = self.place
        return self.book.heading(place) or f"<b>{self.book.about(place)}</b>"

    def ask(self, *, opening: bool = True) -> str:
        """The question of the step in hand, with its heading, as HTML.

        Args:
            opening: whether the line that opens a section is said where one begins.
        """
        place, book = self.place, self.book
        lines = []
        if opening and place.section.step[0] is place.step:
            lines.append(book.part(place))
        if heading := book.heading(place):
            lines.append(heading)
        lines.append(self._question())
        return "\n".join(lines)

    def _question(self) -> str:
        place, book, trace = self.place, self.book, self.trace
        match place.step:
            case Card():
                return book.card(place)
            case NumberStep(quantity=name, ask=ask):
                if self.state.piece is not None:
                    return self._piece(self.state.piece)
                question: str = book.fill(ask, trace)
                asked = book.lesson.trace(place)[name]
                if not asked.exact:
                    places = str(asked.places)
                    between = "\n" if question.endswith("</pre>") else " "
                    question = f"{question}{between}{book.say('decimals', places=places)}"
                if place.section.table:
                    table = book.table(place, self._filled(), name)
                    return f"{question}\n{table}"
                return question
            case WatchStep(text=text):
                return book.fill(text, trace)
            case OfferStep(ask=ask, opens=branch):
                return book.fill(ask, trace, {"steps": str(book.lesson.total(branch))})
            case ChoiceStep(ask=ask) | DirectionStep(ask=ask):
                return book.fill(ask, trace)

    def _piece(self, index: int) -> str:
        place, book, trace = self.place, self.book, self.trace
        assert isinstance(place.step, NumberStep)
        name = place.step.quantity
        parts = pieces(trace, name)
        if index >= len(parts):
            hints = book.hints
            together = hints.together if len(parts) > 1 else hints.together_single
            return book.fill(together, trace, book.hint_slots(trace, name))
        numbers = with_pieces(trace, name).substituted(parts[index].id)
        slots = {"number": str(index + 1), "count": str(len(parts)), "formula": numbers}
        piece = book.hints.piece if len(parts) > 1 else book.hints.piece_single
        return book.fill(piece, trace, slots)

    def _filled(self) -> dict[str, str]:
        """The gaps of the section's table that are filled in, by quantity."""
        trace = believed(self.state, self.book.lesson, self.place)
        filled = {}
        for step in self.place.section.step:
            record = self.state.records.get(step.id)
            if isinstance(step, NumberStep) and record is not None:
                filled[step.quantity] = self.found(record, trace[step.quantity].text) or "…"
        return filled

    def found(self, record: Record, text: str) -> str:
        """A number on record as a table or picture shows it, a kept one marked as doubted."""
        if record.how is not How.KEPT:
            return text
        typed = with_minus(record.typed)
        return self.book.chat.say["doubtful"].format(typed=typed) if typed else ""

    def placeholder(self) -> str | None:
        """What the empty input field says where a number is asked."""
        if self.mode in (Mode.NUMBER, Mode.PIECE):
            return self.book.chat.say["placeholder"]
        return None

    def label(self, option: str) -> str:
        """The label of an option of the choice in hand, as HTML."""
        step, trace = self.place.step, self.trace
        if isinstance(step, DirectionStep):
            return self.book.chat.directions[option]
        assert isinstance(step, ChoiceStep)
        return self.book.fill(next(o.label for o in step.options if o.id == option), trace)

    def options(self) -> tuple[str, ...]:
        """The ids of the options of the choice in hand."""
        step = self.place.step
        if isinstance(step, DirectionStep):
            return tuple(DIRECTIONS.values())
        assert isinstance(step, ChoiceStep)
        return tuple(option.id for option in step.options)

    def right_option(self) -> str:
        """The id of the right option of the choice in hand."""
        step, trace = self.place.step, self.trace
        if isinstance(step, DirectionStep):
            return trace[step.quantity].text
        return self.book.lesson.right_option(self.place, self.book.words).id

    def reason(self, option: str) -> str:
        """What is said of an option of the choice in hand: why it is right, or not."""
        step, book, trace = self.place.step, self.book, self.trace
        right = self.right_option()
        if isinstance(step, ChoiceStep):
            return book.fill(next(o.reply for o in step.options if o.id == option), trace)
        assert isinstance(step, DirectionStep)
        if option == right:
            return book.fill(step.right, trace)
        owner = trace[step.quantity].owner
        key = "direction_overlooks_gradient" if self.gives_gradient else "direction_overlooks_sign"
        if right == DIRECTIONS[0.0]:
            key = "direction_overlooks_zero"
        elif option == DIRECTIONS[0.0]:
            key = "direction_not_zero"
        return book.say(key, owner=owner)

    def confirmed(self, option: str) -> str:
        """The right option of the choice in hand, confirmed, as HTML."""
        step, label = self.place.step, self.label(option)
        if isinstance(step, DirectionStep):
            owner = self.book.lesson.trace(self.place)[step.quantity].owner
            return self.book.say("right_direction", owner=owner, label=label)
        return self.book.say("right_choice", label=label)

    def solution(self) -> str:
        """The step in hand worked out, and what is said after it, as HTML."""
        step, book, trace = self.place.step, self.book, self.trace
        if isinstance(step, NumberStep):
            after = "\n" + book.fill(step.right, trace) if step.right else ""
            return book.working(trace, step.quantity) + after
        right = self.right_option()
        return book.say("shown_choice", label=self.label(right)) + " " + self.reason(right)

    def recap(self) -> str:
        """An earlier step as it went, as HTML. The state is one whose step is that one."""
        record = self.state.records.get(self.place.id, Record(How.READ))
        book, step = self.book, self.place.step
        if isinstance(step, Card):
            return book.card(self.place)
        if isinstance(step, WatchStep):
            return self._question()
        if isinstance(step, OfferStep):
            label = step.take if record.how is How.TAKEN else step.pass_
            return self._question() + f"\n<b>{label}</b>"
        if record.how is How.KEPT:
            how = book.say("recap_kept", typed=with_minus(record.typed)) if record.typed else ""
            return f"{self.where()}\n{self._question()}\n{how}".strip()
        how = book.say("recap_shown" if record.how is How.SHOWN else "recap_solved")
        return f"{self.where()}\n<i>{how}</i>\n{self.solution()}"


def with_minus(typed: str) -> str:
    """What was typed, as it is said back: with the minus sign of the lesson."""
    return typed.replace("-", "−")


def paragraphs(*texts: str) -> str:
    """Some texts as one message: a blank line between them, none after a block of its own."""
    joined = ""
    for text in filter(None, texts):
        joined += ("\n" if joined.endswith("</pre>") else "\n\n" if joined else "") + text
    return joined
