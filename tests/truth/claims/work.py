"""What is said of the working that was shown."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

from tests.truth.claims.heard import Heard, Why, number_in
from tests.truth.claims.shown import comes_out_right, is_a_part, stands_there
from tests.truth.facts import close
from tests.truth.page import shape
from tests.truth.tree import (
    Node,
    NotArithmeticError,
    has_work,
    name,
    names,
    number,
    operated,
    read,
    value,
    walk,
)


def is_not(heard: Heard) -> Why:
    """`{operation} is not {written}`: false on the page, and both stand there."""
    operation, written = heard.tree("operation"), number_in(heard.slot("written") or "?")
    if operation is None:
        return
    if written is not None:
        worths = [value(operation, path) for path in heard.facts.paths]
        decimals = _decimals(heard, written)
        if decimals < 0:
            yield f"{heard.slot('written')} does not stand on the page{_why_quoted(heard, written)}"
        elif any(abs(worth - written) < 1e-9 for worth in worths) or (
            decimals > 0
            and len(f"{abs(written):.{decimals}f}".replace(".", "").lstrip("0")) > 1
            and close(written, decimals, worths)
        ):
            yield f"{heard.slot('operation')} is {heard.slot('written')}"
    if not stands_there(heard, operation):
        turned = _stands_turned(heard, operation)
        yield f"{heard.slot('operation')} does not stand on the page" + (
            ", only with another sign" if turned else ""
        )


def _decimals(heard: Heard, number: float) -> int:
    """How many a number stands on the page with; -1 if it does not."""
    same = (n for n in heard.page.numbers() if abs(abs(n.value) - abs(number)) < 1e-6)
    return max((n.decimals for n in same), default=-1)


def _why_quoted(heard: Heard, written: float) -> str:
    sides = [value(side, heard.facts.exact) for side in heard.page.works()]
    return " (a side comes to it)" if any(abs(s - written) < 1e-5 for s in sides) else ""


def _stands_turned(heard: Heard, operation: Node) -> bool:
    def bare(node: Node) -> Node:
        if node.op == "neg":
            return bare(node.parts[0])
        return Node(node.op, tuple(map(bare, node.parts)), abs(node.value), node.text)

    wanted = shape(bare(operation))
    return any(shape(bare(part)) == wanted for side in heard.page.works() for part in walk(side))


def set_up_right(heard: Heard) -> Why:
    """“Set-up right”."""
    yield from is_not(heard)
    if not any(comes_out_right(heard, tree) for tree in heard.page.set_ups):
        yield "no set-up on the page comes to the right value"


def signs_right(heard: Heard) -> Why:
    """“signs right”: no sign that is turned, of a term or of all, gives what was written."""
    if any(_sign_is_wrong(heard, rounded=False)):
        yield f"{heard.slot('written')} is {heard.slot('operation')} with a sign turned"


def sign_slipped(heard: Heard) -> Why:
    """“A sign slipped”: a sign that is turned gives what was written, be the terms rounded first.

    −0.279 + 0.132 is −0.147, of 0.504 × (−0.5535) + 0.525 × (−0.2516).
    """
    found = list(_sign_is_wrong(heard, rounded=True))
    if found and not any(found):
        yield f"{heard.slot('written')} has no sign of {heard.slot('operation')} turned"


def _sign_is_wrong(heard: Heard, *, rounded: bool) -> Iterator[bool]:
    operation, written = heard.tree("operation"), number_in(heard.slot("written") or "?")
    if operation is None or written is None:
        return
    room = 0.5 * 10.0 ** -min(4, max(2, _decimals(heard, written))) + 1e-9
    for path in heard.writers(operation):
        right, *turned = _turned(operation, path)
        for places in range(3, 7) if rounded else ():
            turned += _turned(operation, path, places)[1:]
        yield right * written < -1e-9 or any(
            abs(one - written) <= min(room, abs(right - written) / 2) for one in turned
        )


def _turned(tree: Node, path: Mapping[str, float], places: int = 12) -> list[float]:
    """What a sum comes to as it is and with any of its signs turned, its terms rounded."""
    if tree.op == "neg":
        return [-one for one in _turned(tree.parts[0], path, places)]
    if tree.op in ("+", "-"):
        left, right = (_turned(part, path, places) for part in tree.parts)
        return [operated(tree.op, (a, b)) for a in left for b in right]
    worth = round(value(tree, path), places)
    return [worth, -worth]


def part_slipped(heard: Heard) -> Why:
    yield from is_not(heard)
    operation = heard.tree("operation")
    if operation is not None and not (
        heard.facts.sets_up(operation) or is_a_part(heard, operation)
    ):
        yield f"{heard.slot('operation')} is no part of the step"


def point_slipped(heard: Heard) -> Why:
    if heard.slot("decimal_point"):
        operation, written = heard.tree("operation"), number_in(heard.slot("written") or "?")
        if operation is not None and written:
            ratios = [abs(value(operation, path) / written) for path in heard.facts.paths]
            powers = [math.log10(ratio) for ratio in ratios if ratio]
            if not any(abs(power - round(power)) < 0.02 for power in powers):
                yield "it is not the decimal point that is off"


def slip(heard: Heard) -> Why:
    yield from is_not(heard)


def stranger(heard: Heard) -> Why:
    """“Where does {stranger} come from?”: it is no number that the step builds on."""
    worth = number_in(heard.slot("stranger") or "?")
    if worth is None:
        return
    facts = heard.facts
    written = [n for n in heard.page.numbers() if abs(abs(n.value) - abs(worth)) < 1e-6]
    named = [
        id_
        for side in heard.page.works()
        for id_ in names(side)
        if any(abs(abs(path[id_]) - abs(worth)) < 1e-4 for path in facts.paths)
    ]
    if not written and not named:
        yield f"{heard.slot('stranger')} does not stand on the page"
        return
    ids = names(facts.step.tree)
    for id_ in ids:
        if id_ in named or any(facts.is_id(one, id_) for one in written):
            turned = (
                ""
                if id_ in named or facts.is_id(number(worth, written[0].text), id_) > 0
                else "minus "
            )
            yield f"{heard.slot('stranger')} is {turned}{id_}, which the step builds on"
            return
    if any(
        abs(abs(worth) - abs(result)) < 1e-6 and not _has_number(work, worth)
        for result, work in heard.page.results.items()
    ):
        yield f"{heard.slot('stranger')} is the learner's own result above"
        return
    for part in facts.parts:
        if has_work(part) and any(facts.is_value(one, part) for one in written):
            yield f"{heard.slot('stranger')} is what a part of the step comes to"
            return
    constants = {abs(n.value) for f in facts.formulas for n in walk(f) if n.op == "number"}
    if abs(worth) in constants:
        yield f"{heard.slot('stranger')} stands in the formula"


def _has_number(tree: Node, worth: float) -> bool:
    return any(
        part.op == "number" and abs(abs(part.value) - abs(worth)) < 1e-6 for part in walk(tree)
    )


def comes_to_another(heard: Heard) -> Why:
    """“{shown} does not come to the same as {formula}”."""
    shown = heard.tree("shown")
    if shown is None:
        return
    if not stands_there(heard, shown):
        yield f"{heard.slot('shown')} does not stand on the page"
    if comes_out_right(heard, shown, tight=True):
        yield f"{heard.slot('shown')} does come to that"
    elif (
        heard.facts.sets_up(shown) == "part"
        and not heard.facts.is_doubtful(shown)
        and shape(shown) not in [shape(side) for side in heard.page.lines[-1].sides]
    ):
        yield f"{heard.slot('shown')} is a right part, worked on the way"


def right_parts(heard: Heard) -> Why:
    """“This much is right: {shown}”: each equality true, on the page, and a part of the step."""
    for text in heard.slot("shown").split(", "):
        if "…" in text:
            continue
        sides = re.split(r" [=≈] ", text)
        try:
            trees = [read(side, heard.known) for side in sides]
        except NotArithmeticError:
            continue
        if len(trees) == 2 and heard.page.agree(trees[0], trees[1]) is False:
            yield f"{text} is not so"
        if has_work(trees[0]) and not stands_there(heard, trees[0]):
            yield f"{sides[0]} does not stand on the page"
        if not heard.facts.sets_up(trees[0]) and not is_a_part(heard, trees[0]):
            yield f"{sides[0]} is no part of the step"


def so_far(heard: Heard) -> Why:
    yield from right_parts(heard)
    shown = heard.tree("shown")
    if shown is not None and heard.facts.sets_up(shown) == "whole":
        yield "nothing is missing"


def slips_somewhere(heard: Heard) -> Why:
    """“One line in your working does not follow”: one is not true to the digits written.

    −0.85 − (0.32 + 0) = −1.16 is off by one in the last digit, and is −1.17.
    """
    if all(one.holds for line in heard.page.equalities for one in line):
        yield "every equality on the page holds"


def has_right_part(heard: Heard) -> Why:
    """“Part of your working is right”."""
    trees = heard.page.set_ups
    if not any(heard.facts.sets_up(tree) or is_a_part(heard, tree) for tree in trees):
        yield "no part of the step is set up"


def not_in_formula(heard: Heard) -> Why:
    """“{stranger} is not in {formula}”: a name on the page that the step does not refer to."""
    id_ = heard.known.get(heard.slot("stranger"))
    if id_ is None or not any(id_ in names(tree) for tree in heard.page.works()):
        yield "the name does not stand on the page"
    if id_ in names(heard.facts.step.tree):
        yield "the step builds on it"


def early_rounding(heard: Heard) -> Why:
    if heard.typed is not None:
        worth, decimals = heard.typed
        rights = heard.facts.rights
        off = min(abs(worth - right) for right in rights)
        if off > 0.05 * max(abs(right) for right in rights) and off > 2 * 10.0**-decimals:
            yield "it is not near"


def no_result(heard: Heard) -> Why:
    """What is said of unfinished work: it has no result, and what is quoted of it stands there."""
    if heard.page.result is not None:
        yield "the page has a result"
    quoted = heard.tree("typed")
    if quoted is not None and has_work(quoted) and not stands_there(heard, quoted):
        yield f"{heard.slot('typed')} does not stand on the page"


def right_so_far(heard: Heard) -> Why:
    """Whether “Set-up right. What does {typed} come to?” is so."""
    yield from no_result(heard)
    if not any(
        comes_out_right(heard, tree) or heard.facts.sets_up(tree) == "whole"
        for tree in heard.page.set_ups
    ):
        yield "the set-up is not the step's"
    for equalities in heard.page.equalities:
        if any(equality.holds is False for equality in equalities):
            yield "an equality on the page does not hold"
            break


def right_part_so_far(heard: Heard) -> Why:
    """Whether “Right so far. What does {typed} come to, and what is the rest?” is so."""
    yield from no_result(heard)
    joined = [heard.facts.sets_up(tree) for tree in heard.page.set_ups]
    if joined and not any(joined) and not any(is_a_part(heard, t) for t in heard.page.set_ups):
        yield "no part of the step is set up"


def only_its_name(heard: Heard) -> Why:
    """“That is the name of what I ask for”."""
    if heard.page.lines[-1].sides[-1] != name(heard.facts.step.id):
        yield "it is not"
