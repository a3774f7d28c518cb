"""What is said of mistakes at the loss, and of its error on the way back."""

from __future__ import annotations

from tests.truth.claims.heard import Heard, Why
from tests.truth.claims.shown import multiplied_by, products, right_set_up
from tests.truth.tree import (
    Node,
    has_work,
    minus,
    name,
    names,
    negative,
    number,
    square,
    times,
    walk,
)


def errors(heard: Heard) -> list[tuple[str, Node, Node]]:
    """Each output with its target and prediction."""
    prefix = "next." if heard.facts.step.id.startswith("next.") else ""
    return [
        (
            n["name"],
            name(heard.facts.case.target(n["name"])),
            name(f"{prefix}{n['name']}.activation"),
        )
        for n in heard.facts.case.layers[-1]
    ]


def squares(heard: Heard) -> bool:
    """Whether an account of the result squares the error."""
    for account in heard.page.accounts:
        for parts in products(account):
            for _, t, p in errors(heard):
                known = [part for part in parts if _is_error(heard, part, t, p)]
                if len(known) > 1:
                    return True
    return False


def _is_error(heard: Heard, part: Node, t: Node, p: Node) -> bool:
    if not has_work(part):
        return bool(heard.facts.is_value(part, minus(t, p)))
    if part.op == "-" and len(part.parts) == 2:
        a, b = part.parts
        one = heard.facts.is_id(a, t.text) and heard.facts.is_id(b, p.text)
        return bool(one or (heard.facts.is_id(a, p.text) and heard.facts.is_id(b, t.text)))
    return False


def forgot_to_square(heard: Heard) -> Why:
    alone = len(errors(heard)) == 1
    if not heard.joint and alone:
        _, t, p = errors(heard)[0]
        if not heard.comes_to([minus(t, p), minus(p, t)]):
            yield "the number is not the error"
    if alone and squares(heard):
        yield "the page squares the error"


def doubled(heard: Heard) -> Why:
    alone = len(errors(heard)) == 1
    if not heard.joint and alone:
        _, t, p = errors(heard)[0]
        two = number(2.0, "2")
        if not heard.comes_to([times(two, minus(t, p)), times(two, minus(p, t))]):
            yield "the number is not two times the error"
    if alone and squares(heard):
        yield "the page squares the error"


def kept_sign(heard: Heard) -> Why:
    if not heard.joint and len(errors(heard)) == 1:
        _, t, p = errors(heard)[0]
        if not heard.comes_to([negative(square(minus(t, p)))]):
            yield "the number is not minus the square"
    if right_set_up(heard):
        yield "the page squares as the formula does"


def wrong_target(heard: Heard) -> Why:
    if right_set_up(heard):
        yield "the page has the right target"


def halved(heard: Heard) -> Why:
    if not heard.joint and not heard.comes_to(
        [Node("/", (heard.facts.step.tree, number(2.0, "2")))]
    ):
        yield "the number is not half the loss"
    accounts = heard.page.accounts
    if accounts and not any(_has_half(account) for account in accounts):
        yield "the page takes no half of anything"


def _has_half(node: Node) -> bool:
    for part in walk(node):
        if part.op == "/" and part.parts[1].value == 2:
            return True
        if part.op == "*" and any(abs(one.value) == 0.5 for one in part.parts):
            return True
    return False


def reversed_difference(heard: Heard) -> Why:
    """Not if the page takes the one from the other as the formula does."""
    if right_set_up(heard):
        yield "the page is set up as the formula is"
        return
    formula = heard.facts.step.tree
    if formula.op == "-":
        return  # minus the whole of it is the other way round
    pair = next(
        (
            part
            for part in walk(formula)
            if part.op == "-" and all(one.op == "name" for one in part.parts)
        ),
        None,
    )
    if pair is None:
        return
    a, b = (one.text for one in pair.parts)
    found = {1: 0, -1: 0}
    for account in heard.page.accounts:
        for part in walk(account):
            if part.op == "-" and len(part.parts) == 2:
                left, right = part.parts
                if heard.facts.is_id(left, a) > 0 and heard.facts.is_id(right, b) > 0:
                    found[1] += 1
                elif heard.facts.is_id(left, b) > 0 and heard.facts.is_id(right, a) > 0:
                    found[-1] += 1
    # With a target of 1 the slope's own 1 − p looks the same, so one more must be there.
    accounts = len(heard.page.accounts)
    alike = accounts if heard.facts.exact.get(a) == 1.0 and formula.op == "*" else 0
    if found[1] > alike and not found[-1]:
        yield f"the page takes {b} from {a}, as the formula does"


def forgot_two(heard: Heard) -> Why:
    def two(part: Node) -> bool:
        return part.op == "number" and abs(part.value) == 2.0

    doubled_error = [
        times(number(2.0, "2"), minus(t, p))
        for own, t, p in errors(heard)
        if own == heard.facts.step.owner
    ]
    if heard.facts.step.kind == "delta" and not any(
        abs(abs(heard.facts.exact[id_]) - 2.0) < 1e-9 for id_ in names(heard.facts.step.tree)
    ):
        if multiplied_by(heard, two):
            yield "the page multiplies by two"
        elif multiplied_by(
            heard, lambda part: any(heard.facts.is_value(part, tree) for tree in doubled_error)
        ):
            yield "the page has the error doubled"
