"""What reading hands back: a `Reading`, or an `Unreadable` that says where and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from engine.expression import Expression

# fmt: off
Reason: TypeAlias = Literal[
    # nothing there, or too much of it
    "blank", "too_long", "too_deep",
    # signs and brackets
    "lone_sign", "double_sign", "missing_number", "missing_sign", "unclosed_bracket",
    # more than one number
    "two_numbers", "several_answers", "range",
    # points, commas and other ways to write one number
    "several_points", "several_commas", "thousands_or_decimal", "thousands", "dot", "ellipsis",
    "unfinished_exponent", "lost_power", "hexadecimal", "letter_for_digit",
    # readings that could go two ways
    "times_or_name", "dash_or_minus", "line_sign", "signed_power", "division_then_product",
    "percent_in_working", "mixed_in_working", "function_brackets", "function_arguments",
    "factorial", "colon", "slash_or_point",
    # not a number of the lesson
    "unknown_name", "only_a_name", "name_elsewhere", "words", "words_around", "units", "emoji",
    "odd_character", "plus_minus", "comparison", "unequal", "logarithm", "command",
    # values
    "not_finite", "division_by_zero", "no_real_value", "too_large", "too_small",
    # several answers at once
    "label_missing", "same_label_twice",
]
# fmt: on
"""Why a text can't be read: permanent ids; the sentence for each is in `content/`."""


def reasons() -> tuple[Reason, ...]:
    """Every reason id there is, so that a check can ask for a sentence for each.

    >>> "two_numbers" in reasons()
    True
    """
    return get_args(Reason)


@dataclass(frozen=True, slots=True)
class Written:
    """One side of an equals sign, as it was written."""

    expression: Expression
    """The tree, order and association as written; `-0.21` where a value may stand is one Number."""
    text: str
    """What was typed for it, with spaces, digits and signs made plain ASCII where possible."""
    value: float
    """What the tree comes to, names included; always finite."""
    decimals: int | None
    """Decimals of one plain number (0.030 has 3, 3 has 0, 56% has 2), else None."""
    is_number: bool = True
    """Whether it is a number with nothing left to do: digits with a sign, percent or power of ten,
    a whole number over a whole number, a mixed number."""
    named: Expression | None = None
    """The tree in the names as they are spelled, where `expression` has ids instead."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that has one reading: one number, or work that leads to one."""

    label: str | None
    """The name before the first equals sign (`H1` in `H1 = 0.03`), as in `names` if it is there."""
    chain: tuple[Written, ...]
    """All sides in order, over all lines; at least one. The last is the answer."""
    literal: bool
    """False when the reading is not simply what stands there, so that it must be echoed."""
    starts: tuple[int, ...] = (0,)
    """With which sides of the chain a line, or a statement of its own, begins; 0 comes first."""
    elsewhere: tuple[str, ...] = ()
    """Names in work that have no value here: that work is not in the chain."""
    labelled: int = 0
    """The side of the chain before which the label stands."""
    unread: bool = False
    """Whether a reason was given that could not be read, and is left out."""

    @property
    def lines(self) -> tuple[tuple[Written, ...], ...]:
        """The chain line by line: only sides of one line are said to be equal."""
        ends = (*self.starts[1:], len(self.chain))
        return tuple(self.chain[a:b] for a, b in zip(self.starts, ends, strict=True))

    @property
    def answer(self) -> Written:
        """The last side: what the learner says the answer is."""
        return self.chain[-1]

    @property
    def value(self) -> float:
        """The value of the answer."""
        return self.chain[-1].value

    @property
    def decimals(self) -> int | None:
        """Decimals of the answer as typed, None when it is not one plain number."""
        return self.chain[-1].decimals

    @property
    def is_bare_number(self) -> bool:
        """Whether one number is all that was typed, so that no work is shown."""
        return len(self.chain) == 1 and self.chain[0].is_number


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A text with no reading, or more than one: never a wrong answer."""

    reason: Reason
    start: int
    """Where the trouble starts in the text as typed, in code points."""
    end: int
    """Where it ends; `text[start:end]` is the place."""
    piece: str
    """The offending piece as typed, cut short when long."""
    name: str = ""
    """For `only_a_name`: the name that is all that was typed, as in `names`."""


class Refusal(Exception):  # noqa: N818 - control flow inside this package, it never leaves it
    """Reading stopped: the reason, and the place in the normalised text."""

    def __init__(self, reason: Reason, start: int, end: int, name: str = "") -> None:
        super().__init__(reason)
        self.name = name
        self.reason: Reason = reason
        self.start = start
        self.end = end
