"""How a learner writes their working down: names or numbers, one line or several, slips and all."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from tests.truth.tree import Node, has_work, names, number, operated, replaced


def text_of(number_: float, decimals: int, *, cut: bool = False) -> str:
    """A number as people write it, without zeros that say nothing."""
    exact = Decimal(repr(number_ + 0.0))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN if cut else ROUND_HALF_UP)
    text = f"{rounded:f}"
    if rounded == exact and "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if not rounded and rounded == exact else text


def literal(number_: float, decimals: int) -> Node:
    """A number as it stands on paper: what it is worth is what is written."""
    text = text_of(number_, decimals)
    return number(float(text), text)


@dataclass(frozen=True)
class Hand:
    """One person's way of writing."""

    times: str
    minus: str
    spaced: bool
    """Whether signs have spaces around them."""
    bracketed: bool
    """Whether a negative number in a formula has brackets."""
    square: str
    equals: str
    inside: int
    """Decimals kept for parts."""
    end: int
    """Decimals of the answer."""
    comma: bool
    brackets: bool
    """Whether the brackets that the order of operations needs are written."""
    sigmoid: str
    """Which way a sigmoid is written: `sigmoid`, or `exp` for one over one plus e to the minus."""
    relu: str


def any_hand(rng: random.Random, *, names_x: bool) -> Hand:
    """A way of writing, drawn.

    Args:
        rng: the dice.
        names_x: whether `x` is a name in this network and so no sign.
    """
    return Hand(
        times=rng.choice(["*", "*", "×", "·" if names_x else "x"]),
        minus=rng.choice(["-", "-", "-", "−"]),
        spaced=rng.random() < 0.6,
        bracketed=rng.random() < 0.5,
        square=rng.choice(["^2", "²", "^2", "**2"]),
        equals=rng.choice([" = ", "=", " = ", " ≈ "]),
        inside=rng.choice([3, 4, 4, 5, 6]),
        end=rng.choice([2, 3, 3, 3, 4, 4, 5, 6]),
        comma=rng.random() < 0.1,
        brackets=rng.random() < 0.93,
        sigmoid=rng.choice(["sigmoid", "exp"]),
        relu=rng.choice(["relu", "max", "ReLU"]),
    )


_LOOSE, _SUM, _PRODUCT, _POWER, _ATOM = range(5)


class Pen:
    """Writes trees in one person's hand."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand

    def written(self, node: Node) -> str:
        """A tree as this person writes it."""
        text = self._at(node, _LOOSE, first=True)
        if self.hand.minus == "−":
            text = text.replace("-", "−")
        return text

    def _sign(self, sign: str, *, tight: bool = False) -> str:
        wide = self.hand.spaced and not tight
        if sign in ("x", "X"):
            wide = True
        return f" {sign} " if wide else sign

    def _at(self, node: Node, level: int, *, first: bool = False) -> str:
        text, own = self._plain(node)
        if node.op in ("neg", "number") and text.startswith("-"):
            return text if first or not self.hand.bracketed else f"({text})"
        if own >= level or (not self.hand.brackets and node.op in ("+", "-")):
            return text
        return f"({text})"

    def _plain(self, node: Node) -> tuple[str, int]:
        hand, parts = self.hand, node.parts
        match node.op:
            case "number":
                return node.text or text_of(node.value, 6), _ATOM
            case "name":
                return node.text, _ATOM
            case "+" | "-":
                left = self._at(parts[0], _SUM, first=True)
                right = self._at(parts[1], _PRODUCT)
                sign = node.op
                if sign == "+" and right.startswith("-"):
                    sign, right = "-", right[1:]
                return f"{left}{self._sign(sign)}{right}", _SUM
            case "*":
                left = self._at(parts[0], _PRODUCT, first=True)
                return f"{left}{self._sign(hand.times)}{self._at(parts[1], _POWER)}", _PRODUCT
            case "/":
                left = self._at(parts[0], _PRODUCT, first=True)
                return f"{left}{self._sign('/')}{self._at(parts[1], _POWER)}", _PRODUCT
            case "^":
                base = self._at(parts[0], _ATOM, first=True)
                if base.startswith("-"):
                    base = f"({base})"
                return f"{base}{hand.square}", _POWER
            case "neg":
                return f"-{self._at(parts[0], _PRODUCT)}", _PRODUCT
            case "exp":
                inside = self._plain(parts[0])
                return f"e^{inside[0] if parts[0].op == 'number' else f'({inside[0]})'}", _POWER
            case "relu" if hand.relu == "max":
                return f"max(0, {self._at(parts[0], _LOOSE, first=True)})", _ATOM
            case _:
                function = {"relu": hand.relu, "gate": "ReLU′"}.get(node.op, node.op)
                return f"{function}({self._at(parts[0], _LOOSE, first=True)})", _ATOM


def on_paper(node: Node, put: dict[str, Node]) -> Node:
    """The tree with the numbers that are held; a sign that was taken away is not written."""
    node = replaced(node, put)
    return _plain_numbers(node)


def _plain_numbers(node: Node) -> Node:
    parts = tuple(_plain_numbers(part) for part in node.parts)
    if node.op == "abs" and parts[0].op == "number":
        return number(abs(parts[0].value), parts[0].text.lstrip("-"))
    if node.op == "gate" and parts[0].op == "number":
        return number(operated("gate", [parts[0].value]), "1" if parts[0].value > 0 else "0")
    if node.op == "neg" and parts[0].op == "number":
        text = parts[0].text
        turned = text[1:] if text.startswith("-") else f"-{text}"
        return number(-parts[0].value, turned)
    return Node(node.op, parts, node.value, node.text)


Slip = Callable[[float, str], float | None]
"""What comes out instead of the right value of an operation (its sign given)."""


class Working:
    """A tree worked out operation by operation, with at most one slip."""

    def __init__(self, hand: Hand, slip: Slip | None = None, at: int = 0) -> None:
        self.hand, self.slip, self.at, self.done = hand, slip, at, 0
        self.slipped = False

    def one(self, node: Node, *, last: bool = False) -> Node:
        """The number that an operation on numbers comes to, as it is written."""
        worth = operated(node.op, [part.value for part in node.parts])
        worth = worth + 0.0 if abs(worth) > 1e-12 else 0.0
        if self.slip is not None and not self.slipped and self.done >= self.at:
            wrong = self.slip(worth, node.op)
            if wrong is not None and wrong != worth:
                worth, self.slipped = wrong, True
        self.done += 1
        return literal(worth, self.hand.end if last else self.hand.inside)

    def level(self, node: Node) -> Node:
        """The tree with its innermost operations done."""
        if not has_work(node) or not node.parts:
            return node
        if all(part.op == "number" for part in node.parts):
            return self.one(node)
        parts = [self.level(part) if part.parts else part for part in node.parts]
        return _plain_numbers(Node(node.op, tuple(parts)))

    def levels(self, node: Node) -> list[Node]:
        """The tree, and what it becomes, down to the answer."""
        found = [node]
        while node.parts:
            whole = all(part.op == "number" for part in node.parts)
            node = self.one(node, last=True) if whole else self.level(node)
            found.append(node)
        return found

    def lines(self, node: Node) -> tuple[list[tuple[Node, Node]], Node]:
        """One line for each operation, and the answer."""
        found: list[tuple[Node, Node]] = []
        whole = node

        def down(inner: Node) -> Node:
            if not inner.parts:
                return inner
            done = _plain_numbers(Node(inner.op, tuple(down(part) for part in inner.parts)))
            if not done.parts:
                return done
            result = self.one(done, last=inner is whole)
            found.append((done, result))
            return result

        return found, down(node)


def wordy(tree: Node, spoken: dict[str, str]) -> Node:
    """The tree with the names that are spoken for its quantities; no name loses its minus."""
    if tree.op == "abs":
        return wordy(tree.parts[0], spoken)
    if tree.parts:
        return Node(tree.op, tuple(wordy(part, spoken) for part in tree.parts))
    return replaced(tree, {id_: Node("name", (), 0.0, spoken[id_]) for id_ in names(tree)})
