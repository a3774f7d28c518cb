"""The weights into the neurons of a diagram's row: labels over them, and their lines."""

from __future__ import annotations

from bot.pictures.known import Known, weight_text
from bot.pictures.palette import ASKED, CARD, INK, MUTED, NUDGE, RULE
from bot.pictures.scene import NUMBER, SMALL, Point, Scene, dashes, signed
from bot.pictures.scripts import about
from engine.network import Neuron

ROW = 17.0
"""A row of text in a label."""


class Tray:
    """The weights into the neurons of one row, over them: labels of one size.

    Args:
        known: what stands on the labels.
        layer: the neurons.
        across: the room that each has.
    """

    def __init__(self, known: Known, layer: tuple[Neuron, ...], across: float) -> None:
        self._known = known
        weights = [(name, weight_text(value)) for n in layer for name, value in n.weights]
        details = [text for name, _ in weights if (text := known.detail(name)[0])]
        arrows = any(name in known.nudges for name, _ in weights)
        count = len(layer[0].weights)

        def need(*, names: bool, arrow: float = 0) -> float:
            rows = [
                about(text, NUMBER, bold=True) + arrow + (about(name, SMALL) + 5 if names else 0)
                for name, text in weights
            ]
            return max([*rows, *(about(text, NUMBER, bold=True) for text in details)]) + 10

        names = need(names=True) <= across
        # Side by side, each with a line of its own; or on one card, in rows.
        self._single = count * need(names=names) + (count - 1) * 4 <= across
        self._arrow = 16 if arrows and not self._single else 0
        self._names = names and need(names=True, arrow=self._arrow) <= across
        self._each = min(across, need(names=self._names, arrow=self._arrow))
        columns = count if self._single else max(1, min(count, int(across / self._each)))
        deep = -(-count // columns)
        self._columns = -(-count // deep)
        if not self._single:
            self._each = min(across / self._columns, self._each + 8)
        self._label = 5 + ROW * (2 if details else 1)
        self.high = deep * self._label
        self.stub = 26.0 if arrows and self._single else 9.0
        """From its foot down to the neurons."""
        self._wide = self._columns * self._each + (4 * (self._columns - 1) if self._single else 0)

    def draw(
        self,
        scenes: tuple[Scene, Scene],
        neuron: Neuron,
        sources: list[Point],
        place: tuple[float, float, float],
    ) -> None:
        """The weights into one neuron, and their lines.

        Args:
            scenes: for lines, and for what stands over them.
            neuron: the neuron.
            sources: where the lines begin.
            place: the middle of the neuron, where its labels begin, and how wide it is.
        """
        (x, above, wide), (under, over), single = place, scenes, self._single
        left, foot = x - self._wide / 2, above + self.high
        if not single:
            under.line((x, foot), (x, foot + self.stub), stroke=MUTED, thick=1.4)
            over.box(left, above, self._wide, self.high, stroke=RULE, thick=1)
        feeding = zip(neuron.weights, sources, self._known.network.feeding(neuron), strict=True)
        for number, ((name, value), start, source) in enumerate(feeding):
            row, column = divmod(number, self._columns)
            at = left + self._each * (column + 0.5) + (4 * column if single else 0)
            end = at if single else left + self._wide * (number + 0.5) / len(neuron.weights)
            lines = [(start, (end, above))]
            down, arrow = above + self._label * row, (at + self._each / 2 - 11, 11.0)
            if single:
                reach = wide / 2 - 10
                stem = x + max(-reach, min(reach, at - x))
                lines.append(((at, foot), (stem, foot + self.stub)))
                arrow = at + 13, self.high + self.stub / 2
            self._weight(over, (at, down), name, value)
            if nudge := self._known.nudges.get(name):
                over.arrow(arrow[0], down + arrow[1], nudge.direction, nudge.share)
            # Where something is asked, what does not belong to it is faint.
            faint = "" if self._known.focused(neuron, source, name) else "66"
            thick = 1.2 + 1.4 * min(1.0, abs(value))
            under.paths(lines, signed(value) + faint, thick, dashes(value))

    def _weight(self, scene: Scene, place: Point, name: str, value: float) -> None:
        """A weight's label: its name, its number, and what is known of it besides."""
        (x, y), asked = place, self._known.asked.rpartition(".")[0] == name
        ink, quiet = (INK, INK) if asked else (signed(value), MUTED)
        if asked or self._single:
            scene.box(
                x - self._each / 2, y, self._each, self._label, ASKED if asked else CARD, ink,
                1.8 if asked else 1, 2 if value < 0 else 7,
            )  # fmt: skip
        arrow = self._arrow if name in self._known.nudges else 0
        middle, most, text = x - arrow / 2, self._each - 6, weight_text(value)
        if self._names:
            scene.row(middle, y + 11, [(name, SMALL, quiet, False), (text, NUMBER, ink, True)])
        else:
            scene.number(middle, y + 11, text, most - arrow, colour=ink)
        detail, purple = self._known.detail(name)
        if detail:
            scene.number(x, y + 11 + ROW, detail, most, colour=NUDGE if purple else INK)
