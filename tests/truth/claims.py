"""What each sentence claims, and when the learner's own page disproves it.

One function for each mistake's id and for each key of `say` in content/en/mistakes.toml. It gets
what was said and what stands on the page, and yields why the sentence is false, if it is.

A page gives an account of its result where every equality from a side to the result holds to the
digits written: then the result *is* what that side works out, and a sentence must not say otherwise.
Where an equality on the way is false nobody knows what was really done, and a sentence that names a
thing that could have been is not disproved by the side before it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tests.truth.facts import Facts, Paths, close, on
from tests.truth.network import back_terms, slope
from tests.truth.page import Page, bounds, shape
from tests.truth.sentences import Sentence
from tests.truth.tree import (
    Node,
    NoExpression,
    add,
    has_work,
    minus,
    name,
    names,
    negative,
    number,
    read,
    square,
    times,
    value,
    walk,
)

Why = Iterator[str]


@dataclass(frozen=True)
class Heard:
    """One sentence, with all that it is judged by."""

    sentence: Sentence
    where: str
    """The place of the mistake it names, if it names one."""
    working: tuple[str, ...]
    page: Page
    facts: Facts
    known: dict[str, str]
    joint: bool = False
    """Whether this is one of two mistakes, whose result is not the typed number alone."""

    def slot(self, key: str) -> str:
        return self.sentence.slots.get(key, "")

    def tree(self, key: str) -> Node | None:
        """A slot read as arithmetic; None where it was cut short."""
        text = self.slot(key)
        if not text or "…" in text:
            return None
        try:
            return read(text, self.known)
        except NoExpression:
            return None

    @property
    def typed(self) -> tuple[float, int] | None:
        """The result on the page, with its decimals; None where there is none."""
        result = self.page.result
        return None if result is None else (result.value, result.decimals)

    def close_to(self, worth: float, decimals: int, paths: Paths) -> bool:
        """Whether a number is within one unit of a decimal of the step's value on some path."""
        near = [abs(worth - path[self.facts.step.id]) for path in paths]
        return min(near) <= 10.0**-decimals

    def comes_to(self, trees: list[Node]) -> bool:
        """Whether one of some trees of ids comes to the typed number, rounded or cut off."""
        if self.typed is None:
            worths = [value(self.page.lines[-1].sides[-1], path) for path in self.facts.paths]
            mine = [w for tree in trees for w in self.facts.worth(tree)]
            return any(abs(a - b) < 0.01 * max(abs(a), 0.01) for a in worths for b in mine)
        worth, decimals = self.typed
        for account in self.page.accounts:
            low, high = bounds(account, self.facts.span, loose=0.5, fixed=_given(self))
            give = 0.5 * 10.0**-decimals
            if any(low - give <= one <= high + give for t in trees for one in self.facts.worth(t)):
                return True
        for tree in trees:
            for own in (False, True):
                paths = self.facts.own if own else self.facts.right
                if paths and _reached(tree, paths, worth, decimals, self.facts):
                    return True
        return False


def _reached(
    tree: Node, paths: Paths, worth: float, decimals: int, facts: Facts
) -> bool:
    """Whether a tree comes to a number from values rounded in one way or another."""
    found = []
    for path in paths:
        found.append(value(tree, path))
        found += [_in_parts(tree, path, facts.places[facts.step.id] + extra) for extra in range(3)]
        found += [_in_parts(tree, path, places, every=True) for places in (3, 4)]
    found = [one for one in found if one == one]
    if not found:
        return False
    give = 0.5 * 10.0**-decimals * (1 + 1e-6) + 1e-12
    if min(found) - give <= worth <= max(found) + give:
        return True
    return any(_cut(one, decimals) == round(worth, decimals) for one in found)


def _in_parts(
    tree: Node, path: Mapping[str, float], places: int, *, every: bool = False
) -> float:
    """The value with every part rounded on the way, or all that have more than four decimals."""
    def of(node: Node) -> float:
        if not node.parts:
            return value(node, path)
        inner = Node(node.op, tuple(number(of(part)) for part in node.parts))
        worth = value(inner, {})
        exact = not every and abs(worth - round(worth, 4)) < 1e-12
        return worth if node is tree or exact else round(worth, places)

    return of(tree)


def _cut(worth: float, decimals: int) -> float:
    return round(math.trunc(round(worth * 10**decimals, 6)) / 10**decimals, decimals)


# ---------------------------------------------------------------- what a page shows


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


def the_id(heard: Heard, id_: str) -> Callable[[Node], bool]:
    """Whether a part of a page is the value of an id; a factor that is 1 cannot be missed."""
    held = heard.facts.exact[id_]
    return lambda part: abs(held) != 1.0 and bool(heard.facts.is_id(part, id_))


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
    """Whether an account of the result is joined as the step's formula is."""
    return any(heard.facts.sets_up(account) == "whole" for account in heard.page.accounts)


def comes_out_right(heard: Heard, tree: Node, *, tight: bool = False) -> bool:
    """Whether a set-up on the page comes to the right value of the step.

    Args:
        heard: the page.
        tree: the set-up.
        tight: whether results on the page are taken as they are written, and not as rounded.
    """
    fixed = _given(heard)
    if tight:
        fixed |= {n.text for n in heard.page.numbers() if n.value in heard.page.results}
    facts = heard.facts
    unit = 0.5 * 10.0 ** -max(facts.places[facts.step.id], 3)
    give = 1e-9 + min(unit, 0.01 * abs(facts.exact[facts.step.id]))
    for path in facts.paths:
        low, high = bounds(tree, on(path), loose=0.5, fixed=fixed)
        rights = (path[facts.step.id], value(facts.step.tree, path))
        if min(rights) - give <= high and low <= max(rights) + give:
            return True
    return False


def _given(heard: Heard) -> set[str]:
    """Numbers on the page that are what they say, and not rounded."""
    return {part.text for part in heard.page.numbers() if heard.page.is_exact(part)}


def terms_of(heard: Heard) -> list[Node]:
    return [part for _, part in summands(heard.facts.step.tree)]


def term_at(heard: Heard, where: str) -> Node | None:
    """The term of the step in which a weight stands."""
    for term in terms_of(heard):
        if any(id_ in (where, f"{where}.updated") for id_ in names(term)):
            return term
    return None


# ---------------------------------------------------------------- what is said of mistakes


def typed_is_theirs(heard: Heard) -> Why:
    """A number that is quoted as typed was typed."""
    quoted = heard.slot("typed")
    if not quoted or heard.typed is None:
        return
    worth = _quoted(quoted)
    if worth is None:
        return
    mine, decimals = heard.typed
    if abs(worth - mine) > 1e-9 and not abs(worth - mine) <= 0.5 * 10.0 ** -min(decimals, 6):
        yield f"{quoted} is not what was typed"


def _quoted(text: str) -> float | None:
    found = text.replace("−", "-").replace("(", "").replace(")", "")
    try:
        return float(found)
    except ValueError:
        return None


def working_ends_there(heard: Heard) -> Why:
    """The mistaken working that the verdict gives comes to the typed number."""
    if heard.joint or not heard.working or heard.typed is None:
        return
    worth, decimals = heard.typed
    try:
        first = read(heard.working[0].lstrip("=≈ "), heard.known)
    except NoExpression:
        return
    if names(first) or any(part.op == "abs" for part in walk(first)):
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


def activation_of(heard: Heard) -> str:
    return str(heard.facts.step.tree.op)


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


def errors(heard: Heard) -> list[tuple[str, Node, Node]]:
    """Each output with its target and prediction."""
    prefix = "next." if heard.facts.step.id.startswith("next.") else ""
    return [
        (n["name"], name(heard.facts.case.target(n["name"])), name(f"{prefix}{n['name']}.activation"))
        for n in heard.facts.case.layers[-1]
    ]


def squares(heard: Heard) -> bool:
    """Whether an account of the result squares the error."""
    for account in heard.page.accounts:
        for parts in products(account):
            for _, t, p in errors(heard):
                known = [
                    part
                    for part in parts
                    if _is_error(heard, part, t, p)
                ]
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
        times(number(2.0, "2"), minus(t, p)) for own, t, p in errors(heard) if own == heard.facts.step.owner
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


def forgot_slope(heard: Heard) -> Why:
    steep = slope(heard.facts.case, heard.facts.case.neuron(heard.facts.step.owner)[1])
    if steep is None or steep.op == "gate":
        if right_set_up(heard):
            yield "the page is set up as the formula is"
        return
    a = name(f"{heard.facts.step.owner}.activation")
    one_less = minus(number(1.0, "1"), a)
    facts = heard.facts

    def is_slope(part: Node) -> bool:
        if not has_work(part):
            return bool(facts.is_value(part, steep))
        return facts.sets_up(part) == "part" and _alike(part, facts, steep)

    for account in heard.page.accounts:
        for parts in products(account):
            if any(is_slope(part) for part in parts):
                yield "the slope is on the page"
                return
            first = [i for i, part in enumerate(parts) if facts.is_id(part, a.text)]
            second = [
                i
                for i, part in enumerate(parts)
                if _alike(part, facts, one_less)
            ]
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
    found = [multiplied_by(heard, the_id(heard, w)) for w in weights]
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
    if multiplied_by(heard, the_id(heard, x.text)):
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
    if multiplied_by(heard, the_id(heard, rate.text)):
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


def decimal_place(heard: Heard) -> Why:
    """Not where the page holds and each number on it is one of the step's own."""
    if right_set_up(heard):
        yield "the page holds, and no point on it is misplaced"


def slip(heard: Heard) -> Why:
    yield from is_not(heard)


def other_quantity(heard: Heard) -> Why:
    other = heard.facts.case.steps.get(heard.where)
    if not heard.comes_to([name(heard.where), *([other.tree] if other else [])]):
        yield f"{heard.where} is {heard.facts.exact.get(heard.where, math.nan):.6g}, not that number"
    if any(heard.facts.sets_up(tree) == "whole" for tree in heard.page.set_ups):
        yield "the page sets this step up"


# ---------------------------------------------------------------- what is said of verdicts


def is_not(heard: Heard) -> Why:
    """`{operation} is not {written}`: false on the page, and both stand there."""
    operation, written = heard.tree("operation"), _quoted(heard.slot("written") or "?")
    if operation is None:
        return
    if written is not None:
        worths = [value(operation, path) for path in heard.facts.paths]
        decimals = max(
            [part.decimals for part in heard.page.numbers() if abs(abs(part.value) - abs(written)) < 1e-6]
            or [-1]
        )
        if decimals < 0:
            yield f"{heard.slot('written')} does not stand on the page{_why_quoted(heard, written)}"
        elif any(abs(worth - written) < 1e-9 for worth in worths) or (
            len(f"{abs(written):.{decimals}f}".replace(".", "").lstrip("0")) > 1
            and close(written, decimals, worths)
        ):
            yield f"{heard.slot('operation')} is {heard.slot('written')}"
    if not stands_there(heard, operation):
        turned = _stands_turned(heard, operation)
        yield f"{heard.slot('operation')} does not stand on the page" + (
            ", only with another sign" if turned else ""
        )


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
    return Node(node.op, tuple(_numbers_for_names(p, path) for p in node.parts), node.value, node.text)


def _stands_rounded(heard: Heard, operation: Node) -> bool:
    """The same with numbers shortened for the sentence: six decimals are all it shows."""
    written = [part.value for part in heard.page.numbers()]

    def snapped(node: Node) -> Node:
        if node.op == "number":
            near = next((one for one in written if abs(one - abs(node.value)) < 1.1e-6), node.value)
            return number(math.copysign(near, node.value))
        return Node(node.op, tuple(snapped(p) for p in node.parts), node.value, node.text)

    return heard.page.has(snapped(operation))


def set_up_right(heard: Heard) -> Why:
    """“Set-up right, signs right”."""
    yield from is_not(heard)
    if not any(comes_out_right(heard, tree) for tree in heard.page.set_ups):
        yield "no set-up on the page comes to the right value"


def part_slipped(heard: Heard) -> Why:
    yield from is_not(heard)
    operation = heard.tree("operation")
    if operation is not None and not heard.facts.sets_up(operation):
        worth = value(operation, heard.facts.exact)
        parts = [w for part in heard.facts.parts for w in heard.facts.worth(part)]
        if not any(abs(abs(worth) - abs(one)) < 0.002 * max(1.0, abs(one)) for one in parts):
            yield f"{heard.slot('operation')} is no part of the step"


def point_slipped(heard: Heard) -> Why:
    if heard.slot("decimal_point"):
        operation, written = heard.tree("operation"), _quoted(heard.slot("written") or "?")
        if operation is not None and written:
            ratios = [abs(value(operation, path) / written) for path in heard.facts.paths]
            powers = [math.log10(ratio) for ratio in ratios if ratio]
            if not any(abs(power - round(power)) < 0.02 for power in powers):
                yield "it is not the decimal point that is off"


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
    if any(abs(_cut(one, decimals) - worth) < 1e-12 for one in rights):
        return
    early = [
        value(step.tree, {id_: _rounded(one, places) for id_, one in facts.exact.items()})
        for places in (1, 2, 3, 4)
    ]
    early += [_in_parts(step.tree, path, places) for path in facts.paths for places in (1, 2, 3, 4)]
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
    if not heard.close_to(worth, decimals, heard.facts.own) and not _reached(heard.facts.step.tree, heard.facts.own, worth, decimals, heard.facts):
        yield "it is not right from the learner's own value"


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


def stranger(heard: Heard) -> Why:
    """“Where does {stranger} come from?”: it is no number that the step builds on."""
    worth = _quoted(heard.slot("stranger") or "?")
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
            turned = "" if id_ in named or facts.is_id(number(worth, written[0].text), id_) > 0 else "minus "
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
    """“{shown} does not come to what {formula} does”."""
    shown = heard.tree("shown")
    if shown is None:
        return
    if not stands_there(heard, shown):
        yield f"{heard.slot('shown')} does not stand on the page"
    if heard.facts.sets_up(shown) == "whole":
        yield f"{heard.slot('shown')} is joined as the formula is"
    elif comes_out_right(heard, shown, tight=True):
        yield f"{heard.slot('shown')} does come to that"


def right_parts(heard: Heard) -> Why:
    """“This much is right: {shown}”: each equality true, on the page, and a part of the step."""
    for text in heard.slot("shown").split(", "):
        if "…" in text:
            continue
        sides = re.split(r" [=≈] ", text)
        try:
            trees = [read(side, heard.known) for side in sides]
        except NoExpression:
            continue
        if len(trees) == 2 and heard.page.agree(trees[0], trees[1]) is False:
            yield f"{text} is not so"
        if has_work(trees[0]) and not stands_there(heard, trees[0]):
            yield f"{sides[0]} does not stand on the page"
        if not heard.facts.sets_up(trees[0]):
            worth = value(trees[0], heard.facts.exact)
            parts = [w for part in heard.facts.parts for w in heard.facts.worth(part)]
            if not any(abs(abs(worth) - abs(one)) < 0.002 * max(1.0, abs(one)) for one in parts):
                yield f"{sides[0]} is no part of the step"


def so_far(heard: Heard) -> Why:
    yield from right_parts(heard)
    shown = heard.tree("shown")
    if shown is not None and heard.facts.sets_up(shown) == "whole":
        yield "nothing is missing"


def early_rounding(heard: Heard) -> Why:
    for equalities in heard.page.equalities:
        if any(equality.holds is False for equality in equalities):
            yield "an equality on the page does not hold"
            break
    if heard.typed is not None:
        worth, decimals = heard.typed
        rights = heard.facts.rights
        off = min(abs(worth - right) for right in rights)
        if off > 0.05 * max(abs(right) for right in rights) and off > 2 * 10.0**-decimals:
            yield "it is not near"


def another_working(heard: Heard) -> Why:
    if not heard.page.shows_work:
        yield "no working was sent"
    elif any(heard.facts.sets_up(tree) == "whole" for tree in heard.page.set_ups):
        yield "the page is set up as the formula is"


def nothing(heard: Heard) -> Why:
    """A question or a fact of the formula: nothing about the page."""
    del heard
    yield from ()


def half_plus_quarter(heard: Heard) -> Why:
    if heard.facts.step.tree.op != "sigmoid":
        yield "no sigmoid is asked for"
    elif abs(heard.facts.exact[names(heard.facts.step.tree)[0]]) > 0.5 and not heard.facts.own:
        yield "the sum is not near zero"


def several_ways(heard: Heard) -> Why:
    yield from typed_is_theirs(heard)


def unmoved(heard: Heard) -> Why:
    """“{typed} is where {place} stands before its step”."""
    yield from typed_is_theirs(heard)
    if heard.typed is not None and not heard.comes_to([name(names(heard.facts.step.tree)[0])]):
        yield "it is not where the weight stands before"


def no_result(heard: Heard) -> Why:
    """What is said of unfinished work: it has no result, and what is quoted of it stands there."""
    if heard.page.result is not None:
        yield "the page has a result"
    quoted = heard.tree("typed")
    if quoted is not None and has_work(quoted) and not stands_there(heard, quoted):
        yield f"{heard.slot('typed')} does not stand on the page"


def right_so_far(heard: Heard) -> Why:
    """“Set-up right. What does {typed} come to?”"""
    yield from no_result(heard)
    last = heard.page.lines[-1].sides[-1]
    if not any(
        comes_out_right(heard, tree) or heard.facts.sets_up(tree) == "whole"
        for tree in (last, heard.page.written_out(last, heard.page.results))
    ):
        yield "the set-up is not the step's"
    for equalities in heard.page.equalities:
        if any(equality.holds is False for equality in equalities):
            yield "an equality on the page does not hold"
            break


def right_part_so_far(heard: Heard) -> Why:
    """“Right so far. What does {typed} come to, and what is the rest?”"""
    yield from no_result(heard)
    joined = [heard.facts.sets_up(tree) for tree in heard.page.set_ups]
    if joined and not any(joined) and not any(is_a_part(heard, t) for t in heard.page.set_ups):
        yield "no part of the step is set up"


def only_its_name(heard: Heard) -> Why:
    """“That is the name of what I ask for”."""
    if heard.page.lines[-1].sides[-1] != name(heard.facts.step.id):
        yield "it is not"


def is_a_part(heard: Heard, tree: Node) -> bool:
    """Whether a tree of the page comes to what a part of the step does, with either sign."""
    low, high = bounds(tree, heard.facts.span, loose=0.5, fixed=_given(heard))
    worths = [worth for part in heard.facts.parts for worth in heard.facts.worth(part)]
    return any(low - 1e-9 <= one <= high + 1e-9 for worth in worths for one in (worth, -worth))


CLAIMS: dict[str, tuple[Callable[[Heard], Why], ...]] = {
    "dropped_sign": (says_what_comes_out, dropped_sign),
    "flipped_sign": (says_what_comes_out, flipped_sign),
    "left_to_right": (says_what_comes_out, order_of_operations),
    "added_before_multiplying": (says_what_comes_out, order_of_operations),
    "added_instead_of_multiplied": (says_what_comes_out, added_instead),
    "swapped_weights": (says_what_comes_out, wrong_weights),
    "wrong_neuron": (says_what_comes_out, wrong_weights),
    "missing_term": (says_what_comes_out, missing_term),
    "forgot_bias": (says_what_comes_out, forgot_bias),
    "used_inputs_not_activations": (says_what_comes_out, wrong_weights),
    "skipped_activation": (says_what_comes_out, skipped_activation),
    "activated_early": (says_what_comes_out, activated_early),
    "used_updated_weight": (says_what_comes_out, wrong_weights),
    "left_out_brackets": (says_what_comes_out, order_of_operations),
    "wrong_activation": (says_what_comes_out, wrong_activation),
    "relu_kept_negative": (
        says_what_comes_out,
        relu_of(lambda z: z, "the number is not the sum"),
    ),
    "relu_absolute_value": (
        says_what_comes_out,
        relu_of(negative, "the number is not the sum without its minus"),
    ),
    "relu_zeroed_positive": (says_what_comes_out, relu_zeroed),
    "sigmoid_sign": (says_what_comes_out, sigmoid_sign),
    "forgot_to_square": (says_what_comes_out, forgot_to_square),
    "doubled_instead_of_squared": (says_what_comes_out, doubled),
    "kept_sign_when_squaring": (says_what_comes_out, kept_sign),
    "wrong_target": (says_what_comes_out, wrong_target),
    "halved_loss": (says_what_comes_out, halved),
    "reversed_difference": (says_what_comes_out, reversed_difference),
    "forgot_factor_two": (says_what_comes_out, forgot_two),
    "forgot_activation_slope": (says_what_comes_out, forgot_slope),
    "forgot_weight_factor": (says_what_comes_out, forgot_weight),
    "forgot_input_factor": (says_what_comes_out, forgot_input),
    "ignored_relu_gate": (says_what_comes_out, ignored_gate),
    "stepped_uphill": (says_what_comes_out, uphill),
    "forgot_learning_rate": (says_what_comes_out, forgot_rate),
    "gave_step_not_weight": (says_what_comes_out, step_alone),
    "decimal_place": (says_what_comes_out, decimal_place),
    "slip": (slip,),
    "other_quantity": (typed_is_theirs, other_quantity),
    "imprecise": (imprecise,),
    "imprecise_cut": (cut_off,),
    "imprecise_sigmoid": (cut_off,),
    "carried_forward": (carried_forward,),
    "unexplained": (number_alone,),
    "unexplained_digits": (digits_right,),
    "unexplained_digits_sign": (digits_right,),
    "unexplained_sigmoid": (half_plus_quarter,),
    "unexplained_slip": (is_not, point_slipped),
    "unexplained_number": (stranger,),
    "unexplained_setup": (comes_to_another,),
    "unexplained_unmoved": (unmoved,),
    "unexplained_parts": (right_parts,),
    "unexplained_early": (early_rounding,),
    "unexplained_work": (another_working,),
    "partial": (so_far,),
    "ambiguous": (several_ways,),
    "ambiguous_open": (several_ways,),
    "pair": (says_what_comes_out,),
    "pair_plain": (says_what_comes_out,),
    "slip_last": (set_up_right, point_slipped),
    "slip_inside": (set_up_right, point_slipped),
    "slip_part": (part_slipped, point_slipped),
    "slip_decimal_point": (nothing,),
    "correct_but": (is_not,),
    "direction": (nothing,),
    "direction_open": (nothing,),
    "unfinished": (right_so_far,),
    "unfinished_long": (right_so_far,),
    "unfinished_name": (only_its_name,),
    "unfinished_part": (right_part_so_far,),
}
"""Every sentence, with what must be so for it to be true."""
