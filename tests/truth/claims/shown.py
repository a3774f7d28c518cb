"""What a page shows: what it multiplies, adds and sets up, and whether something stands there."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping

from tests.truth.claims.heard import Heard, given
from tests.truth.facts import on
from tests.truth.page import bounds, digits
from tests.truth.tree import (
    Node,
    has_work,
    name,
    names,
    number,
    value,
    walk,
)


def factors(node: Node) -> tuple[int, list[Node], list[Node]]:
    """A product's sign, what is multiplied, and what it is divided by."""
    if node.op == "*":
        one, above, below = factors(node.parts[0])
        two, more, less = factors(node.parts[1])
        return one * two, above + more, below + less
    if node.op == "/":
        one, above, below = factors(node.parts[0])
        two, more, less = factors(node.parts[1])
        return one * two, above + less, below + more
    if node.op == "neg":
        sign, above, below = factors(node.parts[0])
        return -sign, above, below
    return 1, [node], []


def products(node: Node) -> Iterator[list[Node]]:
    """What is multiplied with each other, in every product in a tree."""
    if node.op in ("*", "/"):
        _, above, below = factors(node)
        if len(above) > 1:
            yield above
        for part in (*above, *below):
            yield from products(part)
        return
    if node.op == "^" and node.parts[1].value == 2:
        yield [node.parts[0], node.parts[0]]
    for part in node.parts:
        yield from products(part)


def summands(node: Node, sign: int = 1) -> list[tuple[int, Node]]:
    """What is added up, each with its sign."""
    if node.op == "+":
        return summands(node.parts[0], sign) + summands(node.parts[1], sign)
    if node.op == "-":
        return summands(node.parts[0], sign) + summands(node.parts[1], -sign)
    if node.op == "neg":
        return summands(node.parts[0], -sign)
    return [(sign, node)]


def multiplied_by(heard: Heard, is_it: Callable[[Node], bool]) -> bool:
    """Whether an account of the result multiplies something by that."""
    return any(
        any(is_it(part) for part in parts)
        for account in heard.page.accounts
        for parts in products(account)
    )


def multiplied_by_id(heard: Heard, id_: str) -> bool:
    """Whether an account of the result multiplies by an id's value; a factor 1 cannot be missed.

    Where other ids of the step have that value too, all of them have to be there.
    """
    facts = heard.facts
    if abs(facts.exact[id_]) == 1.0:
        return False
    for account in heard.page.accounts:
        for parts in products(account):
            here = [part for part in parts if facts.is_id(part, id_)]
            ids = [one for one in names(facts.step.tree) if here and facts.is_id(here[0], one)]
            if here and len(here) >= len({id_, *ids}):
                return True
    return False


def added_rightly(heard: Heard, term: Node) -> bool:
    """Whether an account of the result adds a term of ids, multiplied out or not, with its sign."""
    for account in heard.page.accounts:
        for sign, part in summands(account):
            if not has_work(part):
                others = [one for one in terms_of(heard) if one != term]
                others += [name(id_) for id_ in names(term)] if has_work(term) else []
                doubtful = any(heard.facts.is_value(part, one) for one in others)
                sense = 0 if doubtful else heard.facts.is_value(part, term)
                if sense * sign > 0 and abs(value(term, heard.facts.exact)) > 1e-12:
                    return True
            elif _same_product(heard, part, term, sign):
                return True
    return False


def _same_product(heard: Heard, part: Node, term: Node, sign: int) -> bool:
    turned, above, below = factors(part)
    _, wanted, _ = factors(term)
    if below or len(above) != len(wanted):
        return False
    sense, left = sign * turned, list(above)
    for one in wanted:
        if one.op != "name":
            return False
        for at, mine in enumerate(left):
            if found := heard.facts.is_id(mine, one.text):
                sense *= found
                del left[at]
                break
        else:
            return False
    return sense > 0


def right_set_up(heard: Heard) -> bool:
    """Whether an account of the result is joined as the step's formula is.

    The longest that can be told decides: 1.5 + 0.301 may be all that is asked, if 1.5 is 3 × 0.493
    rounded, but not after 3 × 0.5.
    """
    told = [one for one in heard.page.accounts if heard.facts.is_decidable(one)]
    longest = max((len(list(walk(one))) for one in told), default=0)
    return any(
        heard.facts.sets_up(one) == "whole" for one in told if len(list(walk(one))) == longest
    )


def comes_out_right(heard: Heard, tree: Node, *, tight: bool = False) -> bool:
    """Whether a set-up on the page comes to the right value of the step.

    Args:
        heard: the page.
        tree: the set-up.
        tight: whether results on the page are taken as they are written, and not as rounded.
    """
    fixed = given(heard)
    if tight:
        fixed |= {
            part.text
            for part in heard.page.numbers()
            if part.value in heard.page.results or len(digits(part)) < 2
        }
    facts = heard.facts
    unit = 0.5 * 10.0 ** -max(facts.places[facts.step.id], 3)
    give = 1e-9 + min(unit, 0.01 * abs(facts.exact[facts.step.id]))
    # What is written as rounded is loose already; whoever is taken at their word is held to exact.
    exact = (*facts.right[:2], *facts.own[:2])
    for path in exact if tight else facts.paths:
        low, high = bounds(tree, on(path), loose=0.5, fixed=fixed)
        rights = (path[facts.step.id], value(facts.step.tree, path))
        if min(rights) - give <= high and low <= max(rights) + give:
            return True
    return False


def is_a_part(heard: Heard, tree: Node) -> bool:
    """Whether a tree of the page comes to what a part of the step does, with either sign."""
    facts = heard.facts
    low, high = bounds(tree, facts.span, loose=0.5, fixed=given(heard))
    worths = [(worth, worth) for part in facts.parts for worth in facts.worth(part)]
    worths.append(bounds(facts.step.tree, facts.rounded))
    return any(
        low - 1e-9 <= most and least <= high + 1e-9
        for a, b in worths
        for least, most in ((a, b), (-b, -a))
    )


def terms_of(heard: Heard) -> list[Node]:
    return [part for _, part in summands(heard.facts.step.tree)]


def term_at(heard: Heard, where: str) -> Node | None:
    """The term of the step in which a weight stands."""
    for term in terms_of(heard):
        if any(id_ in (where, f"{where}.updated") for id_ in names(term)):
            return term
    return None


def stands_there(heard: Heard, operation: Node) -> bool:
    if heard.page.has(operation):
        return True
    if any(
        _stands_in(_numbers_for_names(line, path), operation)
        for line in heard.page.works()
        if names(line)
        for path in heard.facts.paths
    ):
        return True
    return _stands_rounded(heard, operation)


def _stands_in(line: Node, operation: Node) -> bool:
    worth = value(operation, {})
    return any(abs(abs(value(part, {})) - abs(worth)) < 2e-6 for part in walk(line))


def _numbers_for_names(node: Node, path: Mapping[str, float]) -> Node:
    if node.op == "name":
        return number(path[node.text])
    return Node(
        node.op, tuple(_numbers_for_names(p, path) for p in node.parts), node.value, node.text
    )


def _stands_rounded(heard: Heard, operation: Node) -> bool:
    """The same with numbers shortened for the sentence: six decimals are all it shows."""
    written = [part.value for part in heard.page.numbers()]

    def snapped(node: Node) -> Node:
        if node.op == "number":
            near = next((one for one in written if abs(one - abs(node.value)) < 1.1e-6), node.value)
            return number(math.copysign(near, node.value))
        return Node(node.op, tuple(snapped(p) for p in node.parts), node.value, node.text)

    return heard.page.has(snapped(operation))
