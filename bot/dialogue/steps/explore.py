"""Exploring: one weight on two buttons, and what the output and the loss do."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.actions import Do, Intent, button_data
from bot.dialogue.buttons import Keyboard
from bot.dialogue.effects import Button, Purpose, Show
from bot.dialogue.modes import Mode
from bot.dialogue.picking import picked
from bot.dialogue.pictures import explored, with_words
from bot.dialogue.state import Outcome
from bot.dialogue.steps.direction import spoken_directions
from bot.dialogue.steps.step import Result, Step
from content.messages import Label
from content.models import ExploreStep
from engine.decimals import number_text, short_text
from engine.nudging import with_value
from engine.reading import Reading
from engine.spoken import spoken
from engine.trace import DIRECTIONS

SPAN = 3.0
"""So far from where it stands a weight is moved, either way."""

FEW_WORDS = 3
"""A longer text that names a direction may be telling what was seen."""

WAYS = {DIRECTIONS[1.0]: 1, DIRECTIONS[-1.0]: -1}
"""Up and down, as a button carries them."""


class Explore(Step[ExploreStep]):
    """A weight to be moved up and down."""

    own_mode = Mode.EXPLORE

    @property
    def at(self) -> float:
        """Where the weight stands now."""
        moved = self.state.hand.explored
        return self.trace.given[self.model.weight] if moved is None else moved

    def question(self) -> str:
        """What there is to try, and what the numbers are, before and now."""
        return f"{self.book.fill(self.model.ask, self.trace)}\n{self.moved()}"

    def moved(self) -> str:
        """The weight, the outputs' sums, the outputs and the loss, at first and now, as HTML."""
        trace, weight = self.trace, self.model.weight
        now = with_value(trace, weight, self.at)
        rows = [(weight, short_text(trace.given[weight])[0], short_text(self.at)[0])]
        for neuron in trace.network.outputs:
            for name in (f"{neuron.name}.sum", f"{neuron.name}.activation"):
                places = trace[name].places
                rows.append((trace.symbol(name), trace[name].text, number_text(now[name], places)))
        finer = trace["loss"].places + 1  # a nudge moves it little
        before = number_text(trace["loss"].value, finer)
        rows.append((trace.symbol("loss"), before, number_text(now["loss"], finer)))
        if self.at == trace.given[weight]:
            rows = [(name, text, "") for name, text, _ in rows]
        wide, first = (max(len(row[column]) for row in rows) for column in (0, 1))
        lines = (f"{name:<{wide}}  {a:>{first}}" + (f" → {b}" if b else "") for name, a, b in rows)
        return "<pre>" + "\n".join(lines) + "</pre>"

    def asking(self, *, opening: bool = True) -> Show:
        """The question, under where the weight stands."""
        return self.shown(self.ask(opening=opening))

    def shown(self, said: str) -> Show:
        """The loss over the weight, with where it stands marked on the curve."""
        picture = explored(self.book, self.trace, self.model.weight, self.at)
        return replace(with_words(self.book, picture, said), buttons=self.keyboard())

    def own_keyboard(self) -> Keyboard:
        """Down, up, and on."""
        by = short_text(self.model.by)[0]
        moves = (
            Button(
                f"{self.model.weight} {'+' if way > 0 else '−'} {by}",
                button_data(self.state, Do.NUDGE, name),
                Purpose.ANSWER,
            )
            for name, way in reversed(WAYS.items())
        )
        return (tuple(moves), (self.button(Label.next, Do.NEXT),))

    def nudge(self, intent: Intent) -> Result:
        """One press up or down; the same message is redrawn in place."""
        way = WAYS.get(intent.text)
        if way is None:
            return self.how(intent)
        return self._moved(round(self.at + way * self.model.by, 9), intent.under)

    def typed(self, intent: Intent) -> Result:
        """A number for the weight, or a word for up or down."""
        said = picked(spoken_directions(self.book), intent.text) if _is_short(intent.text) else None
        if (way := WAYS.get(said or "")) is not None:
            return self._moved(round(self.at + way * self.model.by, 9), None)
        asked = f"{self.model.weight}.nudged"
        reading = self.book.read(self.trace, asked, intent.text)
        if not isinstance(reading, Reading) or not reading.answer.is_number:
            return self.how(intent)
        if reading.label and spoken(self.trace)[reading.label] not in (self.model.weight, asked):
            return self.how(intent)
        return self._moved(reading.value, None)

    def _moved(self, to: float, under: int | None) -> Result:
        start = self.trace.given[self.model.weight]
        low, high = start - SPAN, start + SPAN
        if not low <= to <= high:
            ends = {"low": short_text(low)[0], "high": short_text(high)[0]}
            said = self.book.say.explore_range(weight=self.model.weight, **ends)
            return Result(self.state, [said])
        after = replace(self, state=self.state.but(explored=to, looking=None))
        return Result(after.state, shown=replace(after.shown(after.moved()), replaces=under))

    def how(self, _: Intent) -> Result:
        """What can be done here."""
        return Result(self.state, [self.book.say.explore_how(weight=self.model.weight)])

    def read_on(self, _: Intent) -> Result:
        """On to the next step."""
        return self.ended(Outcome.READ)


def _is_short(text: str) -> bool:
    """Whether a text can only say where to move: in a longer one, a direction is told of."""
    return len(text.split()) <= FEW_WORDS
