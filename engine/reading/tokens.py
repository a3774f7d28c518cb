"""Tokens, and the state of one scan: what the scanner's parts share."""

from __future__ import annotations

from collections.abc import Mapping

from engine.expression import Expression
from engine.reading.results import Refusal
from engine.reading.spelling import Spellings, spellings


def _kinds(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


VALUE_ENDS = _kinds("NUMBER SIGNED PERCENT MIXED FRACTION NAME EULER CLOSE CLOSE_BAR EXPONENT")
"""Kinds after which a value is complete, so that a sign is an operator."""

VALUE_STARTS = _kinds("NUMBER SIGNED PERCENT MIXED FRACTION NAME EULER FUNCTION ROOT OPEN OPEN_BAR")
"""Kinds with which a value begins."""

OPERATORS = _kinds("PLUS MINUS TIMES OVER POWER ROOT SEPARATOR EQUALS")
"""Kinds that want a value after them."""

LABELS = frozenset(("NAME", "WORD", "FUNCTION", "EULER"))
"""Kinds of token that a label is made of."""

DEEPEST = 24
"""Brackets inside brackets; nobody's working needs more."""


class Token:
    """One piece: its kind, its place in the normalised text, and the tree it stands for, if any.

    The attributes that lark asks of a token are there too; of those only `type` means anything.
    """

    __slots__ = ("decimals", "digits", "end", "node", "start", "text", "type")

    start_pos = line = column = end_line = end_column = end_pos = None

    def __init__(self, kind: str, text: str, start: int, node: Expression | None = None) -> None:
        self.type = kind
        self.text = text
        self.start = start
        self.end = start + len(text)
        self.node = node
        self.digits: str | None = None
        """For a number: what `float` takes, without its sign."""
        self.decimals: int | None = None
        """For a number: its decimals as typed."""

    def __repr__(self) -> str:
        return f"{self.type}({self.text!r})"


class Scan:
    """One text being scanned.

    Args:
        text: plain characters.
        names: the names a learner may use.
    """

    __slots__ = ("_spellings", "literal", "names", "opened", "text", "tokens")

    def __init__(self, text: str, names: Mapping[str, float | None]) -> None:
        self.text = text
        self.names = names
        self._spellings: Spellings | None = None
        self.tokens: list[Token] = []
        self.opened: list[Token] = []
        self.literal = True
        """Turns False when a liberty is taken that the learner should be told of."""

    @property
    def spellings(self) -> Spellings:
        """How the names may be spelled."""
        if self._spellings is None:
            self._spellings = spellings(tuple(self.names))
        return self._spellings

    @property
    def last(self) -> Token | None:
        """The token before the place where the scan is."""
        return self.tokens[-1] if self.tokens else None

    @property
    def after_value(self) -> bool:
        """Whether a value has just ended, so that an operator may follow."""
        return bool(self.tokens) and self.tokens[-1].type in VALUE_ENDS

    @property
    def after_prefix_minus(self) -> bool:
        """Whether the last token is a minus that is the sign of what follows, not a subtraction."""
        tokens = self.tokens
        if not tokens or tokens[-1].type != "MINUS":
            return False
        return len(tokens) < 2 or tokens[-2].type not in VALUE_ENDS

    def add(self, kind: str, text: str, start: int, node: Expression | None = None) -> int:
        """Adds a token; gives the place where it ends."""
        token = Token(kind, text, start, node)
        self.tokens.append(token)
        return token.end

    def open(self, kind: str, text: str, start: int) -> int:
        """Adds an opening bracket.

        Raises:
            Refusal: there are too many inside each other.
        """
        if len(self.opened) >= DEEPEST:
            raise Refusal("too_deep", start, start + 1)
        end = self.add(kind, text, start)
        self.opened.append(self.tokens[-1])
        return end

    def all_closed(self) -> None:
        """Checks that no bracket is open, at an equals sign and at the end.

        Raises:
            Refusal: one is.
        """
        if self.opened:
            raise Refusal("unclosed_bracket", self.opened[-1].start, self.opened[-1].end)
