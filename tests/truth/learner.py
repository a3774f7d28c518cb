"""A simulated learner: works a step rightly or wrongly, and writes it as people write."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from tests.truth.mistakes import UNKNOWN, mistaken
from tests.truth.network import Case, Step
from tests.truth.tree import Node, add, call, has_work, minus, names, number, value
from tests.truth.writing import (
    Hand,
    Pen,
    Slip,
    Working,
    any_hand,
    literal,
    on_paper,
    text_of,
    wordy,
)


@dataclass(frozen=True)
class Worked:
    """What a learner sent for one step."""

    case: Case
    quantity: str
    typed: str
    own: Mapping[str, float] = field(default_factory=dict)
    """The learner's own earlier values that the tutor knows of."""
    made: str = ""
    """What went wrong: a mistake's id, `slip`, `right`, or `unknown`."""
    where: str = ""
    finished: bool = True
    """Whether there is a result."""
    spoken: Mapping[str, str] = field(default_factory=dict)
    """The names that may stand on the page, with the ids they stand for."""


def slips(rng: random.Random) -> Slip:
    """One way in which a single operation comes out wrong."""
    kind = rng.choice(["near", "near", "digits", "point", "sign", "carry", "half", "digit_lost"])

    def slip(worth: float, op: str) -> float | None:
        del op
        text = text_of(abs(worth), 4)
        digits = [i for i, c in enumerate(text) if c.isdigit()]
        sign = -1 if worth < 0 else 1
        decimals = len(text.partition(".")[2])
        if kind == "near":
            return round(worth + rng.choice([-3, -2, -1, 1, 2, 3]) * 10.0**-decimals, 6)
        if kind == "carry":
            return round(worth + rng.choice([-1, 1]) * 10.0 ** -max(decimals - 1, 0), 6)
        if kind == "point":
            return worth * float(rng.choice([10, 0.1, 100, 0.01]))
        if kind == "sign":
            return -worth
        if kind == "half":
            return worth * float(rng.choice([2, 0.5]))
        if len(digits) < 2:
            return None
        i = rng.randrange(len(digits) - 1)
        a, b = digits[i], digits[i + 1]
        if kind == "digits":
            swapped = list(text)
            swapped[a], swapped[b] = swapped[b], swapped[a]
            return sign * float("".join(swapped))
        return sign * float(text[:b] + text[b + 1 :] or "0")

    return slip


def held(
    case: Case, places: Mapping[str, int], rng: random.Random, own: Mapping[str, float]
) -> dict[str, Node]:
    """The numbers a learner has on paper for every id: exact where short, else rounded."""
    extra, pencil = rng.choice([0, 0, 0, 1, 2, 4]), rng.random() < 0.15
    texts: dict[str, Node] = {}

    def rounded(worth: float, id_: str) -> float:
        exact = Decimal(repr(worth))
        decimals = places.get(id_, 3) + extra
        if exact == round(exact, 4):
            decimals = max(decimals, 4)
        kept = float(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
        texts[id_] = literal(kept, decimals)
        return texts[id_].value

    values = case.values(rounded, own, pencil=pencil)
    for id_, given in case.given.items():
        texts[id_] = literal(given, 12)
    for id_, wrong in own.items():
        texts[id_] = literal(wrong, 9)
    return {id_: texts[id_] for id_ in values}


def wrong_earlier(
    case: Case, step: Step, places: Mapping[str, int], rng: random.Random
) -> dict[str, float]:
    """A wrong value of a number that the step builds on."""
    inside = [id_ for id_ in names(step.tree) if id_ in case.steps]
    if not inside:
        return {}
    id_ = rng.choice(inside)
    earlier, right = case.steps[id_], case.values()
    ways = [tree for *_, tree in mistaken(case, earlier, rng)]
    worth = value(rng.choice(ways), right) if rng.random() < 0.7 else None
    if worth is None or math.isnan(worth):
        worth = slips(rng)(right[id_], "")
    if worth is None or abs(worth) > 1e4:
        return {}
    wrong = round(worth + 0.0, max(places.get(id_, 3), 2))
    return {id_: wrong} if abs(wrong - right[id_]) > 10 ** -places.get(id_, 3) else {}


def answer(
    case: Case,
    step: Step,
    places: Mapping[str, int],
    spoken: Mapping[str, str],
    rng: random.Random,
) -> Worked:
    """One answer to one step; a computation that has no result is given up for another.

    Args:
        case: the network and the example.
        step: which is asked.
        places: how many decimals are asked for, by id.
        spoken: for every id the name that the tutor uses for it.
        rng: the dice.
    """
    while True:
        try:
            return _one_answer(case, step, places, spoken, rng)
        except (ArithmeticError, ValueError):  # the logarithm of a negative number
            continue


def _one_answer(
    case: Case,
    step: Step,
    places: Mapping[str, int],
    spoken: Mapping[str, str],
    rng: random.Random,
) -> Worked:
    hand = any_hand(rng, names_x="x" in case.data["inputs"])
    own = wrong_earlier(case, step, places, rng) if rng.random() < 0.15 else {}
    paper = held(case, places, rng, own)
    tree, made, where = _computed(case, step, rng)
    slip = None
    if (made == "right" and rng.random() < 0.6) or rng.random() < 0.05:
        slip, made = slips(rng), "slip" if made == "right" else UNKNOWN
    known = _typed_before(case, step, paper, places) if own and rng.random() < 0.85 else {}
    work = Working(hand, slip, rng.choice([0, 0, 1, 1, 2, 3]))
    typed, finished = _written(step, tree, paper, work, spoken=spoken, rng=rng)
    return Worked(
        case,
        step.id,
        typed,
        known,
        made,
        where,
        finished,
        {text: id_ for id_, text in spoken.items()},
    )


def _typed_before(
    case: Case, step: Step, paper: Mapping[str, Node], places: Mapping[str, int]
) -> dict[str, float]:
    """The numbers that the step builds on as the learner typed them, where they are not right."""
    right = case.values()
    return {
        id_: paper[id_].value
        for id_ in names(step.tree)
        if id_ in case.steps
        and abs(paper[id_].value - right[id_]) > 1.01 * 10.0 ** -max(places[id_], 2)
    }


def _computed(case: Case, step: Step, rng: random.Random) -> tuple[Node, str, str]:
    tree = step.tree
    ways = mistaken(case, step, rng)
    if rng.random() < 0.3 or not ways:
        return _halved(case, step), "right", step.owner
    kinds = sorted({made for made, *_ in ways})
    kind = rng.choice([*kinds, UNKNOWN] if UNKNOWN in kinds else kinds)
    made, where, tree = rng.choice([way for way in ways if way[0] == kind])
    return tree, made, where


def _halved(case: Case, step: Step) -> Node:
    """What somebody computes who has learned the loss with a half in front."""
    if not case.halved:
        return step.tree
    if step.kind == "loss":
        return Node("*", (number(0.5, "0.5"), step.tree))
    if step.kind == "delta" and step.tree.op == "*" and "target" in str(names(step.tree)):
        return _without_two(step.tree)
    return step.tree


def _without_two(node: Node) -> Node:
    """−2 × error × slope, as −(error) × slope."""
    if node.op == "*" and node.parts[0].op == "number":
        return Node("neg", (node.parts[1],))
    return Node(node.op, (_without_two(node.parts[0]), *node.parts[1:]))


def _spelled(tree: Node, hand: Hand, rng: random.Random) -> Node:
    """A sigmoid written out, for those who do; or by the rule near 0."""
    parts = tuple(_spelled(part, hand, rng) for part in tree.parts)
    node = Node(tree.op, parts, tree.value, tree.text)
    if node.op == "sigmoid":
        one = number(1.0, "1")
        if hand.sigmoid == "exp":
            return Node("/", (one, add(one, call("exp", Node("neg", (parts[0],))))))
        if rng.random() < 0.4:
            return add(number(0.5, "0.5"), Node("/", (parts[0], number(4.0, "4"))))
    return node


def _written(
    step: Step,
    tree: Node,
    paper: Mapping[str, Node],
    work: Working,
    *,
    spoken: Mapping[str, str],
    rng: random.Random,
) -> tuple[str, bool]:
    """The text that is sent, and whether it has a result."""
    hand = work.hand
    tree = _spelled(tree, hand, rng)
    put = dict(paper)
    start = on_paper(tree, put)
    if not start.parts:
        return _label(step, spoken, rng) + Pen(hand).written(start), True
    style = rng.choice(
        [
            "one",
            "one",
            "chain",
            "chain",
            "lines",
            "last",
            "running",
            "because",
            "bare",
            "names",
            "copied",
            "open",
        ]
    )
    pen, equals = Pen(hand), hand.equals
    if style == "lines":
        steps, result = work.lines(start)
        texts = [f"{pen.written(left)}{equals}{pen.written(right)}" for left, right in steps]
        if rng.random() < 0.2 and len(texts) > 1:
            texts[-1] = pen.written(steps[-1][0]) + equals + pen.written(result)
        return "\n".join(texts), True
    if style == "running":
        return _running(start, work, pen, equals), True
    levels = work.levels(start)
    sides = [pen.written(level) for level in levels]
    if style == "one":
        sides = [sides[0], sides[-1]]
    elif style == "last":
        sides = sides[-2:]
    elif style == "bare":
        return _label(step, spoken, rng) + sides[-1], True
    elif style == "because":
        return f"{sides[-1]} because {sides[0] if rng.random() < 0.5 else sides[-2]}", True
    elif style == "names":
        sides = [pen.written(wordy(tree, dict(spoken))), sides[0], sides[-1]]
        sides = sides if rng.random() < 0.5 else [sides[0], sides[-1]]
    elif style == "copied":
        right = pen.written(on_paper(_spelled(step.tree, hand, rng), put))
        sides = [right, *sides[rng.choice([1, -1]) :]] if right != sides[0] else sides
    elif style == "open":
        sides = sides[: max(1, len(sides) - 1)]
        sides = sides if rng.random() < 0.5 else sides[:1]
        return equals.join(sides), False
    return equals.join(dict.fromkeys(sides)), True


def _label(step: Step, spoken: Mapping[str, str], rng: random.Random) -> str:
    return f"{spoken[step.id]} = " if rng.random() < 0.15 else ""


def _running(start: Node, work: Working, pen: Pen, equals: str) -> str:
    """`0.6*0.4 = 0.24 + 0.7*-0.3 = 0.03`: each result is carried on within the line."""
    spine: list[tuple[str, Node]] = []
    node = start
    while node.op in ("+", "-", "*") and len(node.parts) == 2:
        spine.insert(0, (node.op, node.parts[1]))
        node = node.parts[0]
    sides: list[str] = []
    if has_work(node):
        sides.append(pen.written(node))
        node = work.levels(node)[-1]
    for op, part in spine:
        side = Node(op, (node, part))
        sides.append(pen.written(side))
        node = work.levels(side)[-1]
    return equals.join([*sides, pen.written(node)])


__all__ = ["Worked", "answer", "minus", "slips"]
