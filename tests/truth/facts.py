"""The plain numbers of a step: what each id is, and between what values a learner may hold it."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, cached_property

from tests.truth.network import Case
from tests.truth.page import Bounds, bounds
from tests.truth.tree import Node, add, has_work, names, number, replaced, value, walk

Paths = tuple[Mapping[str, float], ...]
"""The same numbers as several learners hold them, each rounding in one way."""

CONSTANTS = (1.0, 2.0, 4.0, 0.5, 0.25, 0.0)
"""Numbers that belong to the formulas of a step themselves."""


def on(path: Mapping[str, float]) -> Callable[[str], Bounds]:
    """The span of each id for one learner: a single value."""
    return lambda id_: (path[id_], path[id_])


class Numbers:
    """The numbers of one network and example.

    Args:
        case: the network and the example.
        places: how many decimals are asked for.
    """

    def __init__(self, case: Case, places: Mapping[str, int]) -> None:
        self.case, self.places = case, dict(places)

    def _paths(self, own: Mapping[str, float]) -> Paths:
        found = [self.case.values(own=own), self.case.values(own=own, pencil=True)]
        for extra, pencil in itertools.product(range(5), (False, True)):

            def rounded(worth: float, id_: str, extra: int = extra) -> float:
                exact = Decimal(repr(worth))
                if exact == round(exact, 4):
                    return worth
                step = Decimal(1).scaleb(-self.places.get(id_, 3) - extra)
                return float(exact.quantize(step, ROUND_HALF_UP))

            found.append(self.case.values(rounded, own, pencil=pencil))
        return tuple(found)

    @cached_property
    def right_paths(self) -> Paths:
        """The right numbers."""
        return self._paths({})

    def at(self, quantity: str, own: Mapping[str, float]) -> Facts:
        """The numbers at one step, for a learner with these values of their own."""
        return Facts(self, quantity, self.right_paths, self._paths(own) if own else ())


class Facts:
    """The numbers that one answer is judged by."""

    def __init__(self, numbers: Numbers, quantity: str, right: Paths, own: Paths) -> None:
        self.case, self.places = numbers.case, numbers.places
        self.step = numbers.case.steps[quantity]
        self.right, self.own = right, own
        self.exact = right[0]
        self._rounded: dict[str, Bounds] = {}

    @property
    def paths(self) -> Paths:
        """The right numbers, and those of a learner who goes on from their own."""
        return (*self.right, *self.own)

    def span(self, id_: str) -> Bounds:
        """Between what values a learner may hold an id."""
        held = [path[id_] for path in self.paths]
        return min(held), max(held)

    def rounded(self, id_: str) -> Bounds:
        """Between what values an id is right, each value that it builds on rounded by itself."""
        if id_ not in self._rounded:
            exact = self.exact[id_]
            if id_ in self.case.given:
                return exact, exact
            low, high = bounds(self.case.steps[id_].tree, self.rounded)
            give = 0.5 * 10.0 ** -self.places.get(id_, 3)
            worth = (exact, exact) if math.isnan(low) else (low - give, high + give)
            self._rounded[id_] = worth
        return self._rounded[id_]

    @property
    def spans(self) -> list[Callable[[str], Bounds]]:
        """The same for who holds right values, and for who goes on from their own."""

        def over(paths: Paths) -> Callable[[str], Bounds]:
            return lambda id_: (min(p[id_] for p in paths), max(p[id_] for p in paths))

        return [over(paths) for paths in (self.right, self.own) if paths]

    @cached_property
    def short(self) -> list[float]:
        """Every number that a learner writes as it is: what has at most four decimals."""
        held = [one for paths in (self.right, self.own) if paths for one in paths[0].values()]
        return [one for one in held if abs(one - round(one, 4)) < 1e-12]

    @cached_property
    def rights(self) -> list[float]:
        """Every right value of the step, rounded at this step or not."""
        found = [path[self.step.id] for path in self.paths] + self.worth(self.step.tree)
        return [one for one in found if not math.isnan(one)]

    def worth(self, tree: Node) -> list[float]:
        """What a tree of ids comes to on each path."""
        return [value(tree, path) for path in self.paths]

    def is_id(self, node: Node, id_: str) -> int:
        """1 if a written number or name is an id's value, −1 if it is minus it, else 0."""
        if node.op == "name":
            return int(node.text == id_)
        if node.op == "neg":
            return -self.is_id(node.parts[0], id_)
        if node.op != "number":
            return 0
        for sign in (1, -1):
            if self._near(sign * node.value, node, id_):
                return sign
        return 0

    def _near(self, worth: float, node: Node, id_: str) -> bool:
        if id_ in self.case.given:
            return abs(worth - self.case.given[id_]) < 1e-9
        if any(abs(worth - path[id_]) < 1e-9 for path in self.paths):
            return True
        text = node.text.lstrip("-").replace(".", "").lstrip("0")
        fine = node.decimals >= self.places.get(id_, 3) or len(text) >= 3
        return fine and close(worth, node.decimals, [path[id_] for path in self.paths])

    def is_value(self, node: Node, tree: Node) -> int:
        """The same for a tree of ids: whether a written number is what it comes to."""
        if node.op == "neg" and not has_work(node):
            return -self.is_value(node.parts[0], tree)
        if node.op != "number":
            return 0
        worths = self.worth(tree)
        text = node.text.lstrip("-").replace(".", "").lstrip("0")
        for sign in (1, -1):
            if any(abs(sign * node.value - worth) < 1e-9 for worth in worths):
                return sign
            if len(text) >= 2 and close(sign * node.value, node.decimals, worths):
                return sign
        return 0

    def with_ids(self, tree: Node) -> list[Node]:
        """A computation in numbers with ids for them, in every way that fits."""
        choices = [self._ids(leaf) for leaf in _leaves(tree)]
        found = itertools.product(*choices)
        return [_put(tree, iter(meaning)) for meaning in itertools.islice(found, 300)]

    def _ids(self, leaf: Node) -> list[Node]:
        if leaf.op == "name":
            return [leaf]
        signs = {id_: self.is_id(leaf, id_) for id_ in self.exact}
        found = [_turned(Node("name", (), 0.0, id_), sign) for id_, sign in signs.items() if sign]
        given = any(part.text in self.case.given for part in found)
        return [leaf, *found] if given or leaf.value in CONSTANTS else found

    @cached_property
    def formulas(self) -> list[Node]:
        """The right trees of the step: as taught, and as it may be written with these numbers."""
        tree = self._fixed(self.step.tree)
        found = [tree]
        if tree.op == "sigmoid":
            half, four = number(0.5, "0.5"), number(4.0, "4")
            one, minus_z = number(1.0, "1"), Node("neg", (tree.parts[0],))
            if any(abs(one) <= 0.5 for one in self.worth(tree.parts[0])):
                found.append(add(half, Node("/", (tree.parts[0], four))))
            found.append(Node("/", (one, add(one, Node("exp", (minus_z,))))))
        return found

    def _fixed(self, node: Node) -> Node:
        """Slopes of ReLU as 1 or 0, and given numbers that are 0 or 1 as such."""
        if node.op == "gate":
            return number(value(node, (self.own or self.right)[0]))
        if (
            node.op == "name"
            and self.exact[node.text] in (0.0, 1.0)
            and node.text in self.case.given
        ):
            return number(self.exact[node.text])
        return Node(node.op, tuple(self._fixed(p) for p in node.parts), node.value, node.text)

    @cached_property
    def parts(self) -> list[Node]:
        """Every part of the right trees: also two of three terms or factors."""
        found: list[Node] = []
        for formula in self.formulas:
            for node in walk(formula):
                found.append(node)
                for op in ("+", "*"):
                    chain = _chain(node, op)
                    for size in range(2, len(chain)):
                        for some in itertools.combinations(chain, size):
                            together = some[0]
                            for part in some[1:]:
                                together = Node(op, (together, part))
                            found.append(together)
        return found

    def sets_up(self, tree: Node) -> str:
        """`whole` where a tree of a page is joined as a formula is, `part` for a part, else empty.

        Each number on the page is taken for any number of the step that it may be; two trees are
        joined alike if they come to the same whatever those numbers are.
        """
        choices = self._choices(tree)
        if not choices:
            return ""
        wholes = [_tries(f, self.exact) for f in self.formulas]
        parts = [_tries(part, self.exact) for part in self.parts if has_work(part)]
        best = ""
        for meaning in itertools.product(*choices):
            mine = _tries(_put(tree, iter(meaning)), self.exact)
            if any(_same(mine, whole) for whole in wholes):
                return "whole"
            if not best and any(_same(mine, part) for part in parts):
                best = "part"
            # 0.32 × 0.056 stands for minus the part whose gradient is −0.056.
            turned = [-worth for worth in mine] if any(m.op == "neg" for m in meaning) else mine
            if not best and any(_same(turned, part) for part in parts):
                best = "part"
        return best

    def is_decidable(self, tree: Node) -> bool:
        """Whether each number in a tree of a page is one of the step's, and there are few."""
        return bool(self._choices(tree))

    def _choices(self, tree: Node) -> list[list[Node]]:
        """What each leaf may be; empty where there is too much to try, or a leaf is nothing."""
        places = _leaves(tree)
        if len(places) > 8:
            return []
        ids = names(self.step.tree)
        choices = [self._meanings(node, ids) for node in places]
        return choices if all(choices) and math.prod(map(len, choices)) <= 3000 else []

    def is_doubtful(self, tree: Node) -> bool:
        """Whether a number in a tree of a page may be one or another number of the step."""
        ids = names(self.step.tree)
        return any(
            sum(bool(self.is_id(leaf, id_)) for id_ in ids) > 1
            for leaf in _leaves(tree)
            if leaf.op == "number"
        )

    def _meanings(self, node: Node, ids: list[str]) -> list[Node]:
        if node.op == "name":
            return [self._fixed(node)]
        signs = {id_: self.is_id(node, id_) for id_ in ids}
        found = [
            _turned(self._fixed(Node("name", (), 0.0, id_)), sign)
            for id_, sign in signs.items()
            if sign
        ]
        for part in self.parts:
            if has_work(part) and part not in found and (sign := self.is_value(node, part)):
                found.append(_turned(part, sign))
        if node.value in CONSTANTS:
            found.append(node)
        return found


def close(worth: float, decimals: int, among: list[float]) -> bool:
    """Whether a number written with so many decimals is one of those, rounded half either way."""
    give = 0.5 * 10.0**-decimals * (1 + 1e-6)
    return any(abs(worth - one) <= give + 1e-12 for one in among if not math.isnan(one))


def _chain(node: Node, op: str) -> list[Node]:
    if node.op == op:
        return _chain(node.parts[0], op) + _chain(node.parts[1], op)
    return [node]


def _turned(node: Node, sign: int) -> Node:
    return node if sign > 0 else Node("neg", (node,))


def _leaves(node: Node) -> list[Node]:
    if node.op in ("number", "name"):
        return [node]
    return [leaf for part in node.parts for leaf in _leaves(part)]


def _put(node: Node, meaning: Iterator[Node]) -> Node:
    """The tree with its leaves replaced, from left to right."""
    if node.op in ("number", "name"):
        return next(meaning)
    return Node(node.op, tuple(_put(part, meaning) for part in node.parts), node.value, node.text)


def _tries(tree: Node, exact: Mapping[str, float]) -> list[float]:
    return [value(tree, point) for point in _points(tuple(sorted(exact)))]


@cache
def _points(ids: tuple[str, ...]) -> list[dict[str, float]]:
    """Draws of all numbers: all above 0, all below 0 but what has a logarithm, and mixed."""
    rng = random.Random(7)

    def drawn(id_: str, at: int) -> float:
        worth = rng.uniform(0.3, 0.9)
        below = at == 1 or (at > 1 and rng.random() < 0.5)
        return -worth if below and not id_.endswith(".activation") else worth

    return [{id_: drawn(id_, at) for id_ in ids} for at in range(4)]


def _same(mine: list[float], theirs: list[float]) -> bool:
    return all(abs(a - b) < 1e-7 for a, b in zip(mine, theirs, strict=True))


__all__ = ["Facts", "Numbers", "close", "replaced"]
