"""Tokens: the pieces a text is made of, and what their kinds may do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from engine.expression import Expression, Number
from engine.reading.names import Spellings, spellings
from engine.reading.results import Refusal
from engine.reading.words import NO_WORDS, Words


def _kinds(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


NUMERIC = _kinds("NUMBER SIGNED PERCENT MIXED FRACTION")
"""Kinds that are one number; SIGNED has its minus."""

VALUE_ENDS = NUMERIC | _kinds("NAME EULER CLOSE CLOSE_BAR EXPONENT")
"""Kinds after which a value is complete, so that a sign is an operator."""

VALUE_STARTS = NUMERIC | _kinds("NAME EULER FUNCTION ROOT OPEN OPEN_BAR")
"""Kinds with which a value begins."""

OPERATORS = _kinds("PLUS MINUS TIMES OVER POWER ROOT SEPARATOR EQUALS")
"""Kinds that want a value after them."""

LABELS = _kinds("NAME WORD FUNCTION EULER")
"""Kinds of token that a label is made of."""

WORKS = _kinds("PLUS MINUS TIMES OVER POWER EXPONENT FUNCTION")
"""Kinds that make a side more than a value."""


class Token:
    """One piece: its kind, its place in the plain text, and the tree it stands for, if any."""

    __slots__ = ("decimals", "digits", "end", "kind", "node", "said", "start", "text")

    def __init__(self, kind: str, text: str, start: int, node: Expression | None = None) -> None:
        self.kind = kind
        self.text = text
        self.said = text.lower()
        self.start = start
        self.end = start + len(text)
        self.node = node
        self.digits = ""
        """For a number: what `float` takes, without its sign."""
        self.decimals: int | None = None
        """For a number: its decimals as typed."""

    def negative(self, minus: Token) -> Token:
        """This number with the minus before it as its sign."""
        assert isinstance(self.node, Number)
        found = Token("SIGNED", "-" + self.text, minus.start, Number(-self.node.value))
        found.digits, found.decimals, found.end = self.digits, self.decimals, self.end
        return found

    def __repr__(self) -> str:
        return f"{self.kind}({self.text!r})"


def is_work(tokens: list[Token]) -> bool:
    """Whether the last side is more than a value."""
    for token in reversed(tokens):
        if token.kind == "EQUALS":
            return False
        if token.kind in WORKS:
            return True
    return False


DEEPEST = 24
"""Brackets inside brackets; nobody's working needs more."""


class Scan:
    """One text being read: what it may use, and what has been found."""

    def __init__(
        self,
        text: str,
        names: Mapping[str, float | None],
        words: Words = NO_WORDS,
        *,
        decimal_commas: bool = False,
        literal: bool = True,
    ) -> None:
        self.text, self.names, self.words = text, names, words
        self.decimal_commas = decimal_commas
        self.literal = literal
        """Turns False when a liberty is taken that the learner should be told of."""
        self.tokens: list[Token] = []
        self.opened: list[Token] = []

    @cached_property
    def spellings(self) -> Spellings:
        """How the names may be spelled."""
        return spellings(tuple(self.names), self.words.inside_names)

    @property
    def last(self) -> Token | None:
        """The token before the place where the scan is."""
        return self.tokens[-1] if self.tokens else None

    @property
    def after_value(self) -> bool:
        """Whether a value has just ended, so that an operator may follow."""
        return bool(self.tokens) and self.tokens[-1].kind in VALUE_ENDS

    @property
    def after_prefix_minus(self) -> bool:
        """Whether the last token is a minus that is the sign of what follows, not a subtraction."""
        tokens = self.tokens
        if not tokens or tokens[-1].kind != "MINUS":
            return False
        return len(tokens) < 2 or tokens[-2].kind not in VALUE_ENDS

    def add(self, kind: str, text: str, start: int, node: Expression | None = None) -> int:
        """Adds a token; gives the place where it ends."""
        token = Token(kind, text, start, node)
        self.tokens.append(token)
        return token.end

    def all_closed(self) -> None:
        """Checks that no bracket is open, at an equals sign and at the end."""
        if self.opened:
            raise Refusal("unclosed_bracket", self.opened[-1].start, self.opened[-1].end)
