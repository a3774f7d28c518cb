"""In a key every number printed follows from the numbers printed beside it."""

from __future__ import annotations

import math

from content.paper.key import keys
from content.paper.mathematics import Node
from content.paper.variants import of_network
from engine.functions import FUNCTIONS
from tests.content.paper.test_sheet import book, topics
from tests.engine.networks import SHEETS, sheet_trace

SIGNS = {"+": 1.0, "−": -1.0}


def number(text: str) -> float:
    """A number as it is printed, also with a power of ten."""
    return float(text.replace("−", "-"))


def worth(node: Node) -> float:
    """What a printed formula comes to, by nothing but what stands on the paper."""
    match node:
        case ["number", text]:
            return number(text)
        case ["brackets", inside]:
            return worth(inside)
        case ["fraction", top, bottom]:
            return worth(top) / worth(bottom)
        case ["root", inside]:
            return math.sqrt(worth(inside))
        case ["absolute", inside]:
            return abs(worth(inside))
        case ["name", "e", ""]:
            return math.e
        case ["power", base, exponent]:
            return math.pow(worth(base), worth(exponent))
        case ["row", ["function", printed], inside]:
            known = (one for one in FUNCTIONS.values() if one.printed == printed)
            return next(known).value(worth(inside))
        case ["row", ["sign", "=" | "≈"], *rest]:
            return worth(["row", *rest])
        case ["row", ["minus"], *rest]:
            return -worth(["row", *rest])
        case ["row", first, *rest]:
            return chained(worth(first), rest)
        case _:
            raise AssertionError(node)


def chained(before: float, rest: list[Node]) -> float:
    """A chain of one kind of operation, from left to right: − and + never stand beside ×."""
    for sign, operand in zip(rest[::2], rest[1::2], strict=True):
        value = worth(operand)
        before = before * value if sign[1] == "×" else before + SIGNS[sign[1]] * value
    return before


def follows(value: float, printed: str, places: int) -> bool:
    """Whether a value, rounded, is what is printed; a half may have been rounded either way."""
    return abs(value - number(printed)) <= 0.5 * 0.1**places + 1e-9


def cases() -> list[tuple[str, Node, str, int]]:
    """Every wrong answer in the keys of lessons, skills, and sheets from books."""
    outside = [of_network(name, name, sheet_trace(sheet)) for name, sheet in SHEETS.items()]
    found = []
    for topic in (*topics(book()), *outside):
        for variant in (topic.variant(one) for one in (1, 2, 3, 4, 5)):
            answers = keys(book(), [variant], "a4")["keys"][0]["answers"]
            for asked, answer in zip(variant.questions, answers, strict=True):
                places = max(asked.problem.trace[asked.name].places, 3)
                found += [
                    (f"{topic.title} {asked.id}", one["working"], one["value"], places)
                    for one in answer["wrong"]
                ]
    return found


def test_a_wrong_answer_is_what_its_working_comes_to() -> None:
    """By the numbers that are printed, and not by others behind them."""
    found = cases()
    assert len(found) > 1000
    wrong = [
        (where, value, worth(working))
        for where, working, value, places in found
        if not follows(worth(working), value, places)
    ]
    assert wrong == []


def test_a_number_that_does_not_follow_is_found() -> None:
    """What once stood in a key: −0.9 × 0.267 × 1.5 is not −0.361."""
    chain: Node = ["row", ["number", "−0.9"], ["sign", "×"], ["number", "0.267"]]
    chain += [["sign", "×"], ["number", "1.5"]]
    assert not follows(worth(chain), "−0.361", 3)
