"""What a step says and shows: its question, its buttons, its confirmation, its look back."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.effects import Button
from bot.dialogue.intents import Do, button_data
from bot.dialogue.modes import Mode, mode_of, place_of
from bot.dialogue.state import How, Record, State
from content.book import Book
from content.lesson import Place
from content.models import Card, ChoiceStep, DirectionStep, NumberStep, OfferStep, WatchStep
from engine.scaffold import pieces, with_pieces
from engine.trace import DIRECTIONS

TRAINING = (1, 10, 100, 5000)
"""The steps behind the buttons where the network learns."""

MISSES_BEFORE_PIECES = 3
"""After so many wrong answers a step is offered in pieces."""

Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A book read out to one learner in one state."""

    book: Book
    state: State

    @property
    def place(self) -> Place:
        """The step in hand. Only where the mode has one."""
        place = place_of(self.state, self.book.lesson)
        assert place is not None
        return place

    @property
    def mode(self) -> Mode:
        """The mode the state is in."""
        return mode_of(self.state, self.book.lesson)

    @property
    def wants_picture(self) -> bool:
        """Whether the step in hand is asked under the network's picture."""
        step = self.place.step
        return isinstance(step, NumberStep) and step.picture and self.state.piece is None

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
        place, book = self.place, self.book
        trace = book.lesson.trace(place)
        match place.step:
            case Card():
                return book.card(place)
            case NumberStep(quantity=name, ask=ask):
                if self.state.piece is not None:
                    return self._piece(self.state.piece)
                question: str = book.fill(ask, trace)
                if not trace[name].exact:
                    places = str(trace[name].places)
                    question = f"{question} {book.say('decimals', places=places)}"
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
        place, book = self.place, self.book
        assert isinstance(place.step, NumberStep)
        trace = book.lesson.trace(place)
        name = place.step.quantity
        parts = pieces(trace, name)
        if index >= len(parts):
            return book.fill(book.hints.together, trace, book.hint_slots(trace, name))
        numbers = with_pieces(trace, name).substituted(parts[index].id)
        slots = {"number": str(index + 1), "count": str(len(parts)), "formula": numbers}
        return book.fill(book.hints.piece, trace, slots)

    def _filled(self) -> dict[str, str]:
        """The gaps of the section's table that are filled in, by quantity."""
        trace = self.book.lesson.trace(self.place)
        filled = {}
        for step in self.place.section.step:
            record = self.state.records.get(step.id)
            if isinstance(step, NumberStep) and record is not None:
                kept = record.how is How.KEPT
                filled[step.quantity] = record.typed if kept else trace[step.quantity].text
        return filled

    def keyboard(self, *, keep: bool = False) -> Keyboard:
        """The buttons under a message about the step in hand.

        Args:
            keep: whether a doubted number may be kept.
        """
        match self.mode:
            case Mode.NEW:
                return ((self.button("start", Do.NEXT),),)
            case Mode.DONE:
                return (
                    (self.button("sheet", Do.SHEET), self.button("back", Do.BACK)),
                    (self.button("restart", Do.RESTART),),
                )
            case Mode.WATCH:
                label = self.book.chat.buttons["train"]
                sizes = [(label.format(steps=f"{size:,}"), str(size)) for size in TRAINING]
                pressed = [
                    Button(text, button_data(self.state, Do.TRAIN, size)) for text, size in sizes
                ]
                return (tuple(pressed), (self.button("next", Do.NEXT),))
            case Mode.CONFIRM:
                which = str(self.state.confirming)
                return ((self.button("yes", Do.YES, which), self.button("no", Do.NO, which)),)
            case Mode.CARD:
                step = self.place.step
                assert isinstance(step, Card)
                label = step.button or self.book.chat.buttons["next"]
                return ((Button(label, button_data(self.state, Do.NEXT)),),)
            case Mode.OFFER:
                step = self.place.step
                assert isinstance(step, OfferStep)
                take = Button(step.take, button_data(self.state, Do.YES))
                return ((take, Button(step.pass_, button_data(self.state, Do.NO))),)
            case Mode.CHOICE:
                return (*self._options(), *self._helpers())
            case _:
                return (*self._extras(keep=keep), *self._helpers())

    def _helpers(self) -> Keyboard:
        return (
            (self.button("hint", Do.HINT), self.button("show", Do.SHOW)),
            (self.button("picture", Do.PICTURE), self.button("more", Do.MORE)),
        )

    def _extras(self, *, keep: bool) -> Keyboard:
        step = self.place.step
        assert isinstance(step, NumberStep)
        row = []
        if keep:
            row.append(self.button("keep", Do.KEEP))
        if step.sigmoid_table:
            row.append(self.button("table", Do.TABLE))
        if self.mode is Mode.NUMBER and self.may_break_up():
            row.append(self.button("pieces", Do.PIECES))
        return (tuple(row),) if row else ()

    def may_break_up(self) -> bool:
        """Whether the step has been missed often enough, and has pieces."""
        step = self.place.step
        if not isinstance(step, NumberStep) or self.state.tries < MISSES_BEFORE_PIECES:
            return False
        return len(pieces(self.book.lesson.trace(self.place), step.quantity)) > 0

    def _options(self) -> Keyboard:
        step = self.place.step
        if isinstance(step, DirectionStep):
            ways = [self.button(way, Do.PICK, way) for way in DIRECTIONS.values()]
            return (tuple(ways[:2]), tuple(ways[2:]))
        assert isinstance(step, ChoiceStep)
        trace = self.book.lesson.trace(self.place)
        buttons = [
            Button(_unescaped(self.book.fill(option.label, trace)), self._pick(option.id))
            for option in step.options
        ]
        if all(len(button.label) <= SHORT_LABEL for button in buttons):
            return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
        return tuple((button,) for button in buttons)

    def _pick(self, option: str) -> str:
        return button_data(self.state, Do.PICK, option)

    def button(self, label: str, do: Do, argument: str = "") -> Button:
        """A button of the chat's own, by the key of its label."""
        return Button(self.book.chat.buttons[label], button_data(self.state, do, argument))

    def placeholder(self) -> str | None:
        """What the empty input field says where a number is asked."""
        if self.mode in (Mode.NUMBER, Mode.PIECE):
            return self.book.chat.say["placeholder"]
        return None

    def label(self, option: str) -> str:
        """The label of an option of the choice in hand, as HTML."""
        step, trace = self.place.step, self.book.lesson.trace(self.place)
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
        step, trace = self.place.step, self.book.lesson.trace(self.place)
        if isinstance(step, DirectionStep):
            return trace[step.quantity].text
        return self.book.lesson.right_option(self.place, self.book.words).id

    def reason(self, option: str) -> str:
        """What is said of an option of the choice in hand: why it is right, or not."""
        step, book = self.place.step, self.book
        trace = book.lesson.trace(self.place)
        right = self.right_option()
        if isinstance(step, ChoiceStep):
            return book.fill(next(o.reply for o in step.options if o.id == option), trace)
        assert isinstance(step, DirectionStep)
        if option == right:
            return book.fill(step.right, trace)
        key = "direction_overlooks_sign"
        if right == DIRECTIONS[0.0]:
            key = "direction_overlooks_zero"
        elif option == DIRECTIONS[0.0]:
            key = "direction_not_zero"
        return book.say(key, owner=trace[step.quantity].owner)

    def confirmed(self, option: str) -> str:
        """The right option of the choice in hand, confirmed, as HTML."""
        step, label = self.place.step, self.label(option)
        if isinstance(step, DirectionStep):
            owner = self.book.lesson.trace(self.place)[step.quantity].owner
            return self.book.say("right_direction", owner=owner, label=label)
        return self.book.say("right_choice", label=label)

    def solution(self) -> str:
        """The step in hand worked out, and what is said after it, as HTML."""
        step, book = self.place.step, self.book
        trace = book.lesson.trace(self.place)
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
            how = book.say("recap_kept", typed=record.typed)
            return f"{self.where()}\n{self._question()}\n{how}"
        how = book.say("recap_shown" if record.how is How.SHOWN else "recap_solved")
        return f"{self.where()}\n<i>{how}</i>\n{self.solution()}"


def paragraphs(*texts: str) -> str:
    """Some texts as one message: a blank line between them, none after a block of its own."""
    joined = ""
    for text in filter(None, texts):
        joined += ("\n" if joined.endswith("</pre>") else "\n\n" if joined else "") + text
    return joined


SHORT_LABEL = 16
"""Labels up to this length stand two in a row."""


def _unescaped(html: str) -> str:
    """A label as plain text: buttons know no HTML."""
    return html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
