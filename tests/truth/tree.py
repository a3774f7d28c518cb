"""Arithmetic as a small tree: made by hand, read from a line, worked out, written down."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Node:
    """A number, a name, or an operation on other nodes."""

    op: str
    """`number`, `name`, `+`, `-`, `*`, `/`, `^`, `neg`, or the name of a function."""
    parts: tuple[Node, ...] = ()
    value: float = 0.0
    text: str = ""
    """How a number was written; which quantity a name stands for."""

    @property
    def decimals(self) -> int:
        """How many decimals a number was written with; 15 where it was not."""
        exponent = Decimal(self.text).as_tuple().exponent if self.text else -15
        return max(0, -exponent) if isinstance(exponent, int) else 15


FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)) if z > -700 else 0.0,
    "relu": lambda z: max(z, 0.0),
    "tanh": math.tanh,
    "identity": lambda z: z,
    "ln": math.log,
    "exp": math.exp,
    "abs": abs,
    "gate": lambda z: 1.0 if z > 0 else 0.0,
}
"""What each function makes of a number; `gate` is the slope of ReLU."""


def number(value: float, text: str = "") -> Node:
    return Node("number", (), value, text)


def name(id_: str) -> Node:
    return Node("name", (), 0.0, id_)


def call(function: str, inside: Node) -> Node:
    return Node(function, (inside,))


def joined(op: str, parts: Sequence[Node]) -> Node:
    """Several parts joined by one sign, from left to right."""
    result = parts[0]
    for part in parts[1:]:
        result = Node(op, (result, part))
    return result


def add(*parts: Node) -> Node:
    return joined("+", parts)


def minus(left: Node, right: Node) -> Node:
    return Node("-", (left, right))


def times(*parts: Node) -> Node:
    return joined("*", parts)


def negative(node: Node) -> Node:
    return Node("neg", (node,))


def square(node: Node) -> Node:
    return Node("^", (node, number(2.0, "2")))


def value(node: Node, values: Mapping[str, float]) -> float:
    """What a tree comes to; NaN where it comes to nothing.

    Args:
        node: the tree.
        values: of the names in it.
    """
    if node.op == "number":
        return node.value
    if node.op == "name":
        return values[node.text]
    parts = [value(part, values) for part in node.parts]
    if node.op == "*" and 0.0 in parts:
        return 0.0  # nothing times ln 0 is nothing
    try:
        return operated(node.op, parts)
    except (ArithmeticError, ValueError):
        return math.nan


def operated(op: str, parts: Sequence[float]) -> float:
    """One operation on numbers."""
    match op:
        case "+":
            return parts[0] + parts[1]
        case "-":
            return parts[0] - parts[1]
        case "*":
            return parts[0] * parts[1]
        case "/":
            return parts[0] / parts[1]
        case "^":
            found = parts[0] ** parts[1]
            return found if isinstance(found, float) else math.nan
        case "neg":
            return -parts[0]
        case "max":
            return max(parts)
        case _:
            return float(FUNCTIONS[op](parts[0]))


def walk(node: Node) -> Iterator[Node]:
    """The tree and every tree in it."""
    yield node
    for part in node.parts:
        yield from walk(part)


def names(node: Node) -> list[str]:
    """The names in a tree, each once."""
    return list(dict.fromkeys(part.text for part in walk(node) if part.op == "name"))


def replaced(node: Node, by: Mapping[str, Node]) -> Node:
    """The tree with other trees in place of names."""
    if node.op == "name":
        return by.get(node.text, node)
    return Node(node.op, tuple(replaced(p, by) for p in node.parts), node.value, node.text)


def has_work(node: Node) -> bool:
    """Whether there is anything to work out: `−0.3` and `−(0.3)` are numbers."""
    if node.op == "neg":
        return has_work(node.parts[0])
    return node.op not in ("number", "name")


_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?|[.,]\d+)|(?P<word>[A-Za-z_][A-Za-z_0-9]*[′']?)"
    r"|(?P<sign>\*\*|[-+*/^()\[\]|,²½×·÷−–])|(?P<space>\s+)"
)
_SIGNS = {"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "**": "^", "[": "(", "]": ")"}
_CALLS = {
    "relu": "relu",
    "sigmoid": "sigmoid",
    "tanh": "tanh",
    "ln": "ln",
    "log": "ln",
    "exp": "exp",
    "max": "max",
    "relu′": "gate",
    "relu'": "gate",
}


class NotArithmeticError(ValueError):
    """The text is no arithmetic."""


def tokens(text: str, known: Mapping[str, str]) -> list[tuple[str, str]]:
    """The text in pieces, each with its kind.

    Args:
        text: one side of a line.
        known: the names that stand for quantities, with these; they may hold spaces and brackets.

    Raises:
        NotArithmeticError: something in it is neither number, sign nor name.
    """
    found: list[tuple[str, str]] = []
    longest, at = sorted(known, key=len, reverse=True), 0
    while at < len(text):
        for spoken in longest:
            end = at + len(spoken)
            if text.startswith(spoken, at) and not re.match(r"[A-Za-z_0-9]", text[end : end + 1]):
                found.append(("name", known[spoken]))
                at = end
                break
        else:
            match = _TOKEN.match(text, at)
            if match is None:
                raise NotArithmeticError(text[at:])
            kind, piece = str(match.lastgroup), match.group()
            at = match.end()
            if kind == "word" and piece in ("x", "X"):
                found.append(("sign", "*"))
            elif kind == "word":
                found.append(("word", piece.casefold()))
            elif kind == "sign":
                found.append(("sign", _SIGNS.get(piece, piece)))
            elif kind == "number":
                found.append(("number", piece.replace(",", ".")))
    return found


def read(text: str, known: Mapping[str, str]) -> Node:
    """One side of a line as a tree, by the order of operations that is taught.

    Raises:
        NotArithmeticError: it is none.
    """
    reader = _Reader(tokens(text, known))
    result = reader.sum()
    if reader.rest:
        raise NotArithmeticError(text)
    return result


class _Reader:
    def __init__(self, found: list[tuple[str, str]]) -> None:
        self.rest = found

    def next_is(self, *signs: str) -> bool:
        return bool(self.rest) and self.rest[0][0] == "sign" and self.rest[0][1] in signs

    def take(self) -> tuple[str, str]:
        if not self.rest:
            raise NotArithmeticError("it ends too early")
        return self.rest.pop(0)

    def sum(self) -> Node:
        result = self.product()
        while self.next_is("+", "-"):
            sign = self.take()[1]
            result = Node(sign, (result, self.product()))
        return result

    def product(self) -> Node:
        result = self.signed()
        while self.rest:
            if self.next_is("*", "/"):
                sign = self.take()[1]
                result = Node(sign, (result, self.signed()))
            elif self.next_is("(") or self.rest[0][0] in ("number", "name", "word"):
                result = Node("*", (result, self.power()))
            else:
                break
        return result

    def signed(self) -> Node:
        if self.next_is("-"):
            self.take()
            return negative(self.signed())
        if self.next_is("+"):
            self.take()
            return self.signed()
        return self.power()

    def power(self) -> Node:
        result = self.atom()
        while self.next_is("²", "^") or (self.rest and self.rest[0] == ("word", "squared")):
            raised = self.take()[1] == "^"
            result = Node("^", (result, self.signed())) if raised else square(result)
        return call("exp", result.parts[1]) if _is_e(result) else result

    def atom(self) -> Node:
        kind, piece = self.take()
        if kind == "number":
            return number(float(piece), piece)
        if kind == "name":
            return name(piece)
        if piece == "½":
            return number(0.5, "0.5")
        if piece == "e":
            return number(math.e, "")
        if piece in ("(", "|"):
            inside = self.sum()
            self.close(")" if piece == "(" else "|")
            return call("abs", inside) if piece == "|" else inside
        if kind == "word" and piece in _CALLS:
            return self.called(_CALLS[piece])
        raise NotArithmeticError(piece)

    def called(self, function: str) -> Node:
        if not self.next_is("("):
            return call(function, self.signed())
        self.take()
        inside = [self.sum()]
        while self.next_is(","):
            self.take()
            inside.append(self.sum())
        self.close(")")
        return Node(function, tuple(inside))

    def close(self, sign: str) -> None:
        if self.take()[1] != sign:
            raise NotArithmeticError("a bracket is not closed")


def _is_e(node: Node) -> bool:
    return node.op == "^" and node.parts[0].op == "number" and node.parts[0].value == math.e
