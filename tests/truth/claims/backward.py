"""What is said of mistakes on the way back and in the update."""

from __future__ import annotations

from tests.truth.claims.heard import Heard, Why
from tests.truth.claims.losses import errors
from tests.truth.claims.shown import (
    added_rightly,
    multiplied_by_id,
    products,
    right_set_up,
)
from tests.truth.facts import Facts
from tests.truth.network import back_terms, slope
from tests.truth.tree import (
    Node,
    add,
    has_work,
    minus,
    name,
    names,
    negative,
    number,
    times,
    value,
)


def forgot_slope(heard: Heard) -> Why:
    steep = slope(heard.facts.case.neuron(heard.facts.step.owner)[1])
    if steep is None or steep.op == "gate":
        if right_set_up(heard):
            yield "the page is set up as the formula is"
        return
    a = name(f"{heard.facts.step.owner}.activation")
    one_less = minus(number(1.0, "1"), a)
    facts = heard.facts

    def is_slope(part: Node) -> bool:
        if not has_work(part):
            another = any(facts.is_id(part, id_) for id_ in names(facts.step.tree))
            return not another and bool(facts.is_value(part, steep))
        return facts.sets_up(part) == "part" and _alike(part, facts, steep)

    for account in heard.page.accounts:
        for parts in products(account):
            # Twice the output, times its slope, may be twice the output squared, times the error.
            twice = any(facts.is_value(part, times(number(2.0, "2"), a)) for part in parts)
            doubtful = twice and facts.step.kind == "delta" and _target_is_one(heard)
            if any(is_slope(part) for part in parts) and not doubtful:
                yield "the slope is on the page"
                return
            first = [i for i, part in enumerate(parts) if facts.is_id(part, a.text)]
            second = [i for i, part in enumerate(parts) if _alike(part, facts, one_less)]
            if steep.op == "*" and any(i != j for i in first for j in second):
                if facts.step.kind == "delta" and len(second) < 2 and _target_is_one(heard):
                    continue
                yield "the slope is on the page"
                return


def _target_is_one(heard: Heard) -> bool:
    return any(
        own == heard.facts.step.owner and heard.facts.exact[t.text] == 1.0
        for own, t, _ in errors(heard)
    )


def _alike(part: Node, facts: Facts, tree: Node) -> bool:
    """Whether a part of the page is what a tree of ids comes to, worked out or not."""
    if not has_work(part):
        return bool(facts.is_value(part, tree))
    worth = value(part, facts.exact)
    return any(abs(worth - one) < 0.002 for one in facts.worth(tree))


def forgot_weight(heard: Heard) -> Why:
    layer, _ = heard.facts.case.neuron(heard.facts.step.owner)
    if layer == len(heard.facts.case.layers) - 1:
        return
    back = back_terms(heard.facts.case, layer, heard.facts.step.owner)
    weights = [term.parts[0].text for term in back]
    if heard.where in weights:
        weights = [heard.where]
    found = [multiplied_by_id(heard, w) for w in weights]
    if all(found):
        yield f"the page multiplies by {' and '.join(weights)}"
    elif right_set_up(heard):
        yield "the page is set up as the formula is"


def forgot_input(heard: Heard) -> Why:
    tree = heard.facts.step.tree
    if tree.op != "*":
        return
    blame, x = tree.parts
    if not heard.joint and not heard.comes_to([blame]):
        yield "the number is not the blame"
    if multiplied_by_id(heard, x.text):
        yield f"the page multiplies by {x.text}"
    elif right_set_up(heard):
        yield "the page is set up as the formula is"


def ignored_gate(heard: Heard) -> Why:
    if right_set_up(heard):
        yield "the page is set up as the formula is"


def step_and_weight(heard: Heard) -> tuple[Node, Node, Node, Node]:
    w, moved = heard.facts.step.tree.parts
    return w, moved, moved.parts[0], moved.parts[1]


def uphill(heard: Heard) -> Why:
    w, moved, *_ = step_and_weight(heard)
    if right_set_up(heard) or (
        added_rightly(heard, w) and added_rightly(heard, negative_term(moved))
    ):
        yield "the page takes the step off, as the formula does"
    if not heard.joint and not heard.comes_to([add(w, moved)]):
        yield "the number is not a step up the slope"


def negative_term(term: Node) -> Node:
    return times(number(-1.0, "-1"), term)


def forgot_rate(heard: Heard) -> Why:
    w, _, rate, g = step_and_weight(heard)
    if multiplied_by_id(heard, rate.text):
        yield "the page multiplies by the learning rate"
    elif right_set_up(heard):
        yield "the page is set up as the formula is"
    if not heard.joint and not heard.comes_to([minus(w, g)]):
        yield "the number does not take off the whole gradient"


def step_alone(heard: Heard) -> Why:
    w, moved, *_ = step_and_weight(heard)
    if not heard.joint and not heard.comes_to([moved, negative(moved)]):
        yield "the number is not the step"
    if added_rightly(heard, w):
        yield f"the page goes on from {w.text}"
