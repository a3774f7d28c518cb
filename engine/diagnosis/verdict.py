"""What diagnosis says about an answer: plain frozen data, no words."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import product

from engine.decimals import EXACT_PLACES, short_text
from engine.diagnosis.rounding_paths import RoundingPath
from engine.diagnosis.structure import MOST_TERMS, close, on_paper, terms
from engine.expression import Expression, Values
from engine.mistakes import Rewriting, Rule
from engine.reading import Unreadable
from engine.rendering import symbols, worked


class Kind(StrEnum):
    """What an answer can be; permanent ids, told of in the README."""

    CORRECT = "correct"
    CARRIED_FORWARD = "carried_forward"
    IMPRECISE = "imprecise"
    MISTAKE = "mistake"
    AMBIGUOUS = "ambiguous"
    UNEXPLAINED = "unexplained"
    UNFINISHED = "unfinished"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Made:
    """One mistake at one place."""

    id: str
    where: str
    """The weight, bias, input, neuron (or, for other_quantity, step) where it happened."""
    look: Expression
    """The part of the right tree to look at once more."""
    became: Expression
    """What the learner made of that part."""
    other: str = ""
    """What it was confused with, if something."""

    @classmethod
    def of(cls, rule: Rule, found: Rewriting) -> Made:
        """What a rule makes of a tree."""
        return cls(rule.id, found.where, found.look, found.became, found.other)


@dataclass(frozen=True)
class Candidate:
    """One explanation of an answer: a mistake, or several made together."""

    mistakes: tuple[Made, ...]
    tree: Expression
    """What was computed instead of the right tree."""
    numbers: Values = field(repr=False)
    """The values it is told with, as they are written down."""
    path: RoundingPath = field(repr=False)
    """How it was worked, so that the typed number comes out."""
    from_own: bool = False
    """Whether it is from the learner's own earlier values rather than the right ones."""
    decimals: int = 0
    """How many decimals of the result are written, where it has more than four."""
    reached: bool = True
    """Whether the typed number is what it comes to, or only set up so on the page."""
    page: tuple[str, ...] = ()
    """With a slip: the learner's own lines, as the working that ends in the typed number."""

    @property
    def value(self) -> float:
        """What it comes to."""
        return self.path.value

    def text(self, tree: Expression) -> str:
        """A tree with the candidate's numbers: `0.7 × (−0.3)`."""
        return symbols(on_paper(tree, self.numbers))

    @cached_property
    def working(self) -> tuple[str, ...]:
        """The mistaken computation worked line by line, the result last."""
        if self.page:
            return self.page
        path = self.path
        lines = worked(on_paper(path.tree, path.numbers), {}, str, path.places)
        text, whole = short_text(path.value, max(EXACT_PLACES, self.decimals))
        if lines[-1].removeprefix("= ") == text:
            return tuple(lines)
        return (*lines, f"{'=' if whole else '≈'} {text}")


@dataclass(frozen=True, slots=True)
class Slip:
    """One operation in the shown work that came out wrong: `0.24 − 0.21 = 0.3`."""

    operation: Expression
    """The left side, its names replaced by numbers."""
    told: Expression
    """The left side, as the learner wrote it."""
    result: Expression
    """What the learner says it is, as they wrote it."""
    value: float
    """What it is."""
    written: float
    """What the learner says it is."""
    where: str
    """The weight, bias or neuron of that part."""
    last: bool
    """Whether it is the step that gave the answer."""

    @property
    def sign(self) -> bool:
        """Whether the result has the wrong sign, or comes out when that of a term is turned."""
        return self.value * self.written < 0 or any(
            close(self.written, one) and abs(self.written - one) < abs(self.value - one) / 4
            for one in self._turned
        )

    @property
    def signs_right(self) -> bool:
        """Whether the result is far from all that comes out when the sign of a term is turned.

        Between this and `sign` lies what may be either: −0.534 for −1.069 − 0.535, each rounded.
        """
        return not self.sign and not any(
            abs(self.written - one) < min(abs(self.written - self.value), 0.02 * abs(self.value))
            for one in self._turned
        )

    @property
    def _turned(self) -> list[float]:
        values = [term.value for term in terms(self.operation)]
        signs = product(*((one, -one) for one in values[:MOST_TERMS]))
        _, *turned = (sum(signed) + sum(values[MOST_TERMS:]) for signed in signs)
        return turned

    @property
    def decimal_point(self) -> bool:
        """Whether only the decimal point is off, by one or two places."""
        if not self.value or not self.written:
            return False
        ratio = abs(self.written / self.value)
        return any(abs(ratio / power - 1) < 0.02 for power in (0.01, 0.1, 10.0, 100.0))


@dataclass(frozen=True, slots=True)
class Shown:
    """What can be told of shown work that no known mistake explains."""

    right: tuple[Expression, ...] = ()
    """The parts of the step that were worked out right, as the learner wrote them."""
    foreign: Expression | None = None
    """The first set-up that is no part of the step."""
    stranger: float | None = None
    """The first number in it that the step does not have."""
    name: str = ""
    """The first name in it that the step does not build on."""


@dataclass(frozen=True, slots=True)
class Carried:
    """An earlier wrong value that an answer was worked from."""

    id: str
    typed: float
    right: float


@dataclass(frozen=True, slots=True)
class Question:
    """The question that separates the candidates of an ambiguous answer."""

    piece: Expression
    """What to ask for; its value differs between the candidates."""
    values: tuple[float, ...]
    """What each candidate gives for it, in their order."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said about one answer to one quantity."""

    kind: Kind
    quantity: str
    right: float
    places: int
    """The decimals asked for."""
    typed: float | None = None
    decimals: int | None = None
    """The decimals typed; None for an expression."""
    written: Expression | None = None
    """The last side as the learner wrote it, where it is no number."""
    candidates: tuple[Candidate, ...] = ()
    """Explanations, best first; those of a mistake or an ambiguous answer."""
    tentative: tuple[Candidate, ...] = ()
    """What might explain it as well, behind the explanation that is said."""
    slip: Slip | None = None
    """The wrong operation in the shown work; with `correct` it is only a remark, and with
    `unexplained` it is all there is to say."""
    shown: Shown | None = None
    """With `unexplained`: what can be told of the work that was shown; None if there was none.
    With `unfinished`: the parts of the step that are right, where the rest is still to come."""
    setup_right: bool = False
    """Whether the shown work sets the step up as it should be."""
    carried: tuple[Carried, ...] = ()
    """The earlier values it was right from (or its mistakes made with), nearest first."""
    question: Question | None = None
    unreadable: Unreadable | None = None

    @property
    def is_right(self) -> bool:
        """Whether the lesson goes on: right, or right from the learner's own earlier value."""
        return self.kind in (Kind.CORRECT, Kind.CARRIED_FORWARD)
