"""The page for a teacher, as data for `worksheet.typ`: values, working, what wrong answers mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

from content.book import Book
from content.paper.mathematics import Node, formula, symbol, working, wrong
from content.paper.sheet import Paper, frame, given, head
from content.paper.variants import Question, Variant
from content.paper.words import headings
from engine.decimals import number_text
from engine.mistakes import BY_ID
from engine.practice import Foreseen, foreseen
from engine.trace import Trace

MOST = 3
"""Wrong answers that are told of each step."""


def keys(book: Book, variants: Sequence[Variant], paper: Paper) -> dict[str, Any]:
    """The keys of some variants, each from a page of its own on."""
    words = headings(book)
    return {
        **frame(book, paper),
        "labels": {"key": words.key(), "means": words.means()},
        "keys": [
            {
                **head(book, one),
                "doubtful": ""
                if all(problem.distinguishable for problem in one.problems)
                else words.doubtful(),
                "rows": [
                    row
                    for problem in one.problems
                    for row in given(book, problem.trace, backward=True)
                ],
                "answers": [_answer(book, asked) for asked in one.questions],
            }
            for one in variants
        ],
    }


def _answer(book: Book, asked: Question) -> dict[str, Any]:
    trace, quantity = asked.problem.trace, asked.problem.trace[asked.name]
    turned = book.numbers.turned
    answer: dict[str, Any] = {"number": str(asked.number), "id": asked.id, "wrong": []}
    if quantity.kind == "direction":
        gradient = f"{asked.name.removesuffix('.direction')}.gradient"
        known: list[Node] = [["row", symbol(trace.symbol(gradient)), ["sign", "="]]]
        known[0].append(["number", turned(trace[gradient].text)])
        return (
            answer
            | {"formula": symbol(quantity.owner), "working": known}
            | {"value": book.chat.directions[quantity.text]}
        )
    lines = working(trace, asked.name, turned)
    return answer | {
        "formula": [
            "row",
            symbol(trace.symbol(asked.name)),
            ["sign", "="],
            formula(trace, asked.name),
        ],
        "working": lines,
        "value": f"{'=' if quantity.exact else '≈'} {turned(quantity.text)}",
        "wrong": list(_wrong(book, asked)),
    }


def _wrong(book: Book, asked: Question) -> Iterator[dict[str, Any]]:
    """The commonest of the foreseen wrong answers, each mistake once."""
    trace, turned = asked.problem.trace, book.numbers.turned
    places = max(trace[asked.name].places, 3)
    for one in commonest(foreseen(trace, asked.name)):
        mistake, where = one.made[0]
        texts = trace.numbers_giving(one.tree, one.value, places)
        known = where != asked.name and (where in trace.values or where in _neurons(trace))
        yield {
            "value": turned(number_text(one.value, places, exact=True)),
            "means": unescape(book.mistake_name(mistake)),
            "place": symbol(trace.symbol(where)) if known else None,
            "working": wrong(one.tree, texts, turned),
        }


def commonest(found: Sequence[Foreseen]) -> list[Foreseen]:
    """A few wrong answers, each mistake once, a moved decimal point last."""
    first: dict[str, Foreseen] = {}
    for one in found:
        first.setdefault(one.made[0][0], one)
    ranked = sorted(first, key=lambda mistake: BY_ID[mistake].family == "arithmetic")
    return [first[mistake] for mistake in ranked[:MOST]]


def _neurons(trace: Trace) -> set[str]:
    return {neuron.name for neuron in trace.network.neurons()}
