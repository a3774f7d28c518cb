"""What is said of the typed number itself."""

from __future__ import annotations

import math
import re

from tests.truth.claims.heard import Heard, Why, cut, in_parts, number_in, reached
from tests.truth.facts import close
from tests.truth.page import bounds
from tests.truth.tree import (
    Node,
    NotArithmeticError,
    add,
    name,
    names,
    number,
    read,
    value,
    walk,
)


def typed_is_theirs(heard: Heard) -> Why:
    """A number that is quoted as typed was typed."""
    quoted = heard.slot("typed")
    if not quoted or heard.typed is None:
        return
    worth = number_in(quoted)
    if worth is None:
        return
    mine, decimals = heard.typed
    if abs(worth - mine) > 1e-9 and not abs(worth - mine) <= 0.5 * 10.0 ** -min(decimals, 6):
        yield f"{quoted} is not what was typed"


def working_ends_there(heard: Heard) -> Why:
    """The mistaken working that the verdict gives comes to the typed number."""
    if heard.joint or not heard.working or heard.typed is None:
        return
    worth, decimals = heard.typed
    try:
        first = read(heard.working[0].lstrip("=≈ "), heard.known)
    except NotArithmeticError:
        return
    if names(first) or any(part.op == "abs" for part in walk(first)):
        return
    if abs(value(first, {}) - worth) <= 1e-9:  # to the last digit, with the numbers as written
        return
    trees = heard.facts.with_ids(first)
    if trees:
        if not heard.comes_to([*trees, *map(_by_the_rule, trees)]):
            yield f"the working {heard.working[0]} does not end at {worth:.6g}"
        return
    low, high = bounds(first, heard.facts.span, loose=0.5, fixed=_exact_texts(heard, first))
    give = 10.0**-decimals * (1 + 1e-6) + 1e-9
    if not math.isnan(low) and not low - give <= worth <= high + give:
        yield f"the working {heard.working[0]} does not end at {worth:.6g}"


def _by_the_rule(node: Node) -> Node:
    """A sigmoid as one half and a quarter of what is in it."""
    parts = tuple(_by_the_rule(part) for part in node.parts)
    if node.op == "sigmoid":
        return add(number(0.5, "0.5"), Node("/", (parts[0], number(4.0, "4"))))
    return Node(node.op, parts, node.value, node.text)


def _exact_texts(heard: Heard, tree: Node) -> set[str]:
    facts = heard.facts
    exact = {abs(worth) for worth in facts.case.given.values()}
    for path_id in names(facts.step.tree):
        low, high = facts.span(path_id)
        if low == high:
            exact.add(abs(low))
    return {
        part.text
        for part in walk(tree)
        if part.op == "number" and any(abs(abs(part.value) - one) < 1e-12 for one in exact)
    }


def says_what_comes_out(heard: Heard) -> Why:
    yield from typed_is_theirs(heard)
    yield from working_ends_there(heard)


def number_alone(heard: Heard) -> Why:
    yield from typed_is_theirs(heard)
    if heard.page.shows_work:
        yield "the learner did send working"


def digits_right(heard: Heard) -> Why:
    yield from typed_is_theirs(heard)
    if heard.typed is None:
        return
    worth, decimals = heard.typed
    mine = f"{abs(worth):.{min(decimals, 12)}f}".replace(".", "").strip("0")
    for path in heard.facts.paths:
        right = path[heard.facts.step.id]
        for places in range(9):
            if f"{abs(right):.{places}f}".replace(".", "").strip("0") == mine and len(mine) > 0:
                return
    yield "the digits are not those of the right value"


def imprecise(heard: Heard) -> Why:
    yield from typed_is_theirs(heard)
    if heard.typed is None:
        return
    worth, decimals = heard.typed
    facts, step = heard.facts, heard.facts.step
    rights = facts.rights
    if not close(worth, decimals, rights):
        yield "it is not the right value rounded"
    digits = f"{abs(worth):.{min(decimals, 12)}f}".replace(".", "").lstrip("0")
    if len(digits) < 2:
        yield "one digit is not right as far as it goes"
    if step.kind == "updated" and abs(worth - facts.exact[names(step.tree)[0]]) < 1e-12:
        yield "it is the weight, unchanged"
    needed = re.search(r"\d+", heard.slot("places"))
    if needed and int(needed.group()) <= decimals:
        yield "it has as many decimals as are needed"


def cut_off(heard: Heard) -> Why:
    yield from typed_is_theirs(heard)
    if heard.typed is None:
        return
    worth, decimals = heard.typed
    facts, step = heard.facts, heard.facts.step
    rights = facts.rights
    if any(abs(cut(one, decimals) - worth) < 1e-12 for one in rights):
        return
    early = [
        value(step.tree, {id_: _rounded(one, places) for id_, one in facts.exact.items()})
        for places in (1, 2, 3, 4)
    ]
    early += [in_parts(step.tree, path, places) for path in facts.paths for places in (1, 2, 3, 4)]
    if step.tree.op == "sigmoid":
        z = facts.exact[names(step.tree)[0]]
        early += [1 / (1 + math.exp(-(z + off))) for off in (-0.1, 0.1, -0.05, 0.05, -0.25, 0.25)]
        low, high = min(early), max(early)
        if low <= worth <= high:
            return
    if not close(worth, decimals, early):
        yield "it is neither cut off nor does rounding early give it"


def _rounded(worth: float, places: int) -> float:
    return round(worth, places) if abs(worth - round(worth, 4)) > 1e-12 else worth


def carried_forward(heard: Heard) -> Why:
    if heard.typed is None or not heard.facts.own:
        return
    worth, decimals = heard.typed
    decimals = min(decimals, heard.facts.places[heard.facts.step.id])
    if not heard.close_to(worth, decimals, heard.facts.own) and not reached(
        heard.facts.step.tree, heard.facts.own, worth, decimals, heard.facts
    ):
        yield "it is not right from the learner's own value"


def unmoved(heard: Heard) -> Why:
    """“{typed} is {place} before its step”."""
    yield from typed_is_theirs(heard)
    if heard.typed is not None and not heard.comes_to([name(names(heard.facts.step.tree)[0])]):
        yield "it is not where the weight stands before"


def half_plus_quarter(heard: Heard) -> Why:
    if heard.facts.step.tree.op != "sigmoid":
        yield "no sigmoid is asked for"
    elif abs(heard.facts.exact[names(heard.facts.step.tree)[0]]) > 0.5 and not heard.facts.own:
        yield "the sum is not near zero"


def several_ways(heard: Heard) -> Why:
    yield from typed_is_theirs(heard)


def nothing(heard: Heard) -> Why:
    """A question or a fact of the formula: nothing about the page."""
    del heard
    yield from ()
