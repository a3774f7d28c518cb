"""Formulas as data that a template sets as mathematics: fractions, powers, names with subscripts.

A node is a list: its kind, then its parts. Brackets stand where `engine.rendering` puts them, but
for fractions and roots, which need none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from engine.decimals import short_text
from engine.expression import (
    Call,
    Difference,
    Expression,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Ref,
    Sum,
)
from engine.functions import FUNCTIONS
from engine.rendering import worked_trees
from engine.trace import Trace

Node: TypeAlias = list[Any]
"""As in `["row", ["number", "0.4"], ["sign", "×"], ["name", "w", "11"]]`."""

_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(5)
"""How tightly a node holds together, as in `engine.rendering`."""

_NAME = re.compile(r"([A-Za-z])([A-Z]?\d*)")
"""A letter, perhaps with an index: x, w11, wO1, H2."""
_PIECE = re.compile(r"[()]|\s+|[A-Za-z0-9_]+|[^()\sA-Za-z0-9_]+")
"""A bracket, a space, a Latin word, or a word of other letters with its marks.

A space stands alone, as it would change sides in a word that runs from the right.
"""


def symbol(text: str) -> Node:
    """How a quantity is written, its names set as such.

    >>> symbol("sum(H1)")
    ['row', ['text', 'sum'], ['brackets', ['name', 'H', '1']]]
    >>> symbol("p")
    ['name', 'p', '']
    """
    opened = [list[Node]()]
    for piece in _PIECE.findall(text):
        if piece == "(":
            opened.append([])
        elif piece == ")" and len(opened) > 1:
            inside = opened.pop()
            opened[-1].append(["brackets", _row(inside)])
        elif name := _NAME.fullmatch(piece):
            opened[-1].append(["name", *name.groups()])
        else:
            opened[-1].append(["text", piece])
    return _row([node for nodes in opened for node in nodes])


def _row(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else ["row", *nodes]


def formula(trace: Trace, name: str) -> Node:
    """A quantity in symbols."""
    return tree(trace[name].expression, lambda ref: symbol(trace.symbol(ref)))


def working(trace: Trace, name: str, turned: Callable[[str], str]) -> list[Node]:
    """A quantity with its numbers, then one line for each round of operations, without the value.

    Args:
        trace: the training step.
        name: which quantity.
        turned: how a number is written in a language.
    """
    values, texts = trace.numbers_shown(name)
    quantity = trace[name]
    with_numbers = tree(quantity.expression, lambda ref: _number(turned(texts[ref])))
    rounds = worked_trees(quantity.expression, values)
    lines = [["row", ["sign", sign], tree(node, symbol, turned)] for sign, node in rounds]
    return [["row", ["sign", "="], with_numbers], *lines]


def wrong(expression: Expression, texts: Mapping[str, str], turned: Callable[[str], str]) -> Node:
    """A mistaken tree with the numbers it is worked from, each as it is written."""
    return tree(expression, lambda ref: _number(turned(texts[ref])), turned)


def tree(
    expression: Expression, naming: Callable[[str], Node], turned: Callable[[str], str] = str
) -> Node:
    """A tree as data.

    Args:
        expression: the tree.
        naming: how each reference is written.
        turned: how a number is written in a language.
    """
    return _Setting(naming, turned).of(expression)[0]


def _number(text: str) -> Node:
    return ["number", text]


def _is_negative(node: Node) -> bool:
    return bool(node[0] == "number" and node[1].startswith("−"))


def _opens_with_minus(node: Node) -> bool:
    """Whether a minus is the first thing of it, so that another before it needs brackets."""
    if node[0] == "row":
        return _opens_with_minus(node[1])
    return node[0] == "minus" or _is_negative(node)


class _Setting:
    def __init__(self, naming: Callable[[str], Node], turned: Callable[[str], str]) -> None:
        self._naming, self._turned = naming, turned

    def of(self, node: Expression) -> tuple[Node, int]:
        """A tree, and how tightly it holds together."""
        match node:
            case Ref():
                made = self._naming(node.id)
                return made, _SIGN if _is_negative(made) else _ATOM
            case Number():
                text = short_text(node.value, 6)[0]
                tight = _SUM if "×" in text else _SIGN if text.startswith("−") else _ATOM
                return _number(self._turned(text)), tight
            case Sum(terms):
                return self._chain("+", terms, _SUM, _PRODUCT), _SUM
            case Product(factors):
                return self._chain("×", factors, _PRODUCT, _POWER), _PRODUCT
            case Difference(left, right):
                return self._chain("−", (left, right), _SUM, _PRODUCT), _SUM
            case Quotient(top, bottom):
                return ["fraction", self.of(top)[0], self.of(bottom)[0]], _POWER
            case Negative(operand):
                inside = self._at(operand, _PRODUCT)
                inside = ["brackets", inside] if _opens_with_minus(inside) else inside
                return ["row", ["minus"], inside], _SIGN
            case Power(base, Number(0.5)):
                return ["root", self.of(base)[0]], _ATOM
            case Power(base, exponent):
                return ["power", self._at(base, _ATOM), self.of(exponent)[0]], _POWER
            case Call("exp", argument):
                return ["power", ["name", "e", ""], self.of(argument)[0]], _POWER
            case Call(function, argument):
                inside = self.of(argument)[0]
                if function == "abs":
                    return ["absolute", inside], _ATOM
                printed = FUNCTIONS[function].printed
                return ["row", ["function", printed], ["brackets", inside]], _ATOM

    def _chain(self, sign: str, parts: tuple[Expression, ...], first: int, others: int) -> Node:
        made = [self._at(parts[0], first, first=True)]
        for part in parts[1:]:
            made += [["sign", sign], self._at(part, others)]
        return ["row", *made]

    def _at(self, part: Expression, least: int, *, first: bool = False) -> Node:
        """A part, in brackets unless it holds together for its place and follows no other sign."""
        made, tight = self.of(part)
        bare = tight >= least or tight == _SIGN
        return made if bare and (first or tight != _SIGN) else ["brackets", made]
