"""What is said of mistakes in products, sums and activations."""

from __future__ import annotations

from collections.abc import Callable

from tests.truth.claims.heard import Heard, Why
from tests.truth.claims.shown import added_rightly, right_set_up, term_at, terms_of
from tests.truth.tree import (
    Node,
    minus,
    name,
    names,
    negative,
    number,
    walk,
)


def not_as_taught(heard: Heard) -> Why:
    """Whatever went wrong, it did not on a page that is set up as the formula is."""
    if right_set_up(heard):
        yield "the page is set up as the formula is"


def dropped_sign(heard: Heard) -> Why:
    term = term_at(heard, heard.where)
    if heard.facts.step.kind == "updated":
        term = name(heard.where)
    if term is not None and heard.page.accounts and added_rightly(heard, term):
        yield f"the page has {heard.where} with its minus"


def flipped_sign(heard: Heard) -> Why:
    if heard.facts.step.kind not in ("sum", "product"):
        return
    term = term_at(heard, heard.where)
    if term is not None and len(terms_of(heard)) > 1 and added_rightly(heard, term):
        yield f"the page has the part at {heard.where} with its right sign"


def order_of_operations(heard: Heard) -> Why:
    """The page's own lines follow the order, so the result is not from another."""
    terms = [term for term in terms_of(heard) if len(names(term)) == 2]
    if len(terms) > 1 and all(added_rightly(heard, term) for term in terms):
        yield "what is added up on the page are the products"
        return
    if right_set_up(heard):
        yield "the page works in the right order"


def added_instead(heard: Heard) -> Why:
    if heard.facts.step.kind in ("sum", "product"):
        term = term_at(heard, heard.where)
        if term is not None and len(names(term)) == 2 and added_rightly(heard, term):
            yield f"the page multiplies at {heard.where}"
    if right_set_up(heard):
        yield "the page multiplies where the formula does"


def wrong_weights(heard: Heard) -> Why:
    terms = [term for term in terms_of(heard) if len(names(term)) == 2]
    if heard.page.accounts and terms and all(added_rightly(heard, term) for term in terms):
        yield "every weight on the page stands at its own input"
    elif right_set_up(heard):
        yield "the page is set up as the formula is"


def missing_term(heard: Heard) -> Why:
    term = term_at(heard, heard.where)
    if term is not None and added_rightly(heard, term):
        yield f"the part at {heard.where} stands on the page"


def forgot_bias(heard: Heard) -> Why:
    ids = [id_ for id_ in names(heard.facts.step.tree) if ".bias" in id_]
    if ids and heard.facts.exact[ids[0]] and added_rightly(heard, name(ids[0])):
        yield "the bias stands on the page"


def applied(heard: Heard) -> bool:
    """Whether an account of the result applies the activation, or its rule near 0."""
    return any(
        part.op in ("sigmoid", "tanh", "relu", "max", "exp")
        for account in heard.page.accounts
        for part in walk(account)
    ) or right_set_up(heard)


def skipped_activation(heard: Heard) -> Why:
    if heard.joint or heard.facts.step.kind != "activation":
        return
    if not heard.comes_to([name(names(heard.facts.step.tree)[0])]):
        yield "the number is not the sum"
    if applied(heard):
        yield "the page applies the activation"


def activated_early(heard: Heard) -> Why:
    """“{typed} is what the activation makes of it, one step too early”."""
    step = heard.facts.step
    kind = heard.facts.case.neuron(step.owner)[1]["activation"]
    if not heard.joint and not heard.comes_to([Node(kind, (step.tree,))]):
        yield "the number is not what the activation makes of the sum"


def wrong_activation(heard: Heard) -> Why:
    if right_set_up(heard):
        yield "the page applies the right activation"


def relu_of(turn: Callable[[Node], Node], why: str) -> Callable[[Heard], Why]:
    def claim(heard: Heard) -> Why:
        if heard.facts.step.kind == "activation" and not heard.joint:
            z = name(names(heard.facts.step.tree)[0])
            if not heard.comes_to([turn(z)]):
                yield why
            if right_set_up(heard):
                yield "the page applies ReLU"

    return claim


def relu_zeroed(heard: Heard) -> Why:
    if not heard.joint and heard.typed and heard.typed[0]:
        yield "the number is not what ReLU gives below zero"


def sigmoid_sign(heard: Heard) -> Why:
    if heard.facts.step.kind == "activation" and not heard.joint:
        z = name(names(heard.facts.step.tree)[0])
        mirrored = [
            Node("sigmoid", (negative(z),)),
            minus(number(0.5, "0.5"), Node("/", (z, number(4.0, "4")))),
        ]
        if not heard.comes_to(mirrored):
            yield "the number is not the sigmoid of minus the sum"
        if right_set_up(heard):
            yield "the page has the sum with its right sign"


def decimal_place(heard: Heard) -> Why:
    """Not where the page holds and each number on it is one of the step's own."""
    if right_set_up(heard):
        yield "the page holds, and no point on it is misplaced"


def other_quantity(heard: Heard) -> Why:
    other = heard.facts.case.steps.get(heard.where)
    low, high = heard.facts.rounded(heard.where)
    rounded = heard.typed is not None and low <= heard.typed[0] <= high
    if not rounded and not heard.comes_to([name(heard.where), *([other.tree] if other else [])]):
        yield f"{heard.where} does not come to that number"
    if any(heard.facts.sets_up(tree) == "whole" for tree in heard.page.towards_result):
        yield "the page sets this step up"
