"""The page for a pupil, as data for `worksheet.typ`: what is given, what is asked, no answers.

Everything on it follows from what is given: a formula stands in symbols alone, so that no later
step shows the value of an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any, Literal, TypeAlias

from content.book import Book
from content.markup import plain
from content.paper.definitions import definitions
from content.paper.graph import graph
from content.paper.mathematics import Node, formula, symbol
from content.paper.scripts import setting
from content.paper.variants import BACKWARD, Problem, Question, Variant, kinds_of
from content.paper.words import headings
from engine.decimals import ROUNDED_PLACES, short_text
from engine.expression import refs
from engine.steps import example_prefixes, target_names
from engine.trace import Trace

Paper: TypeAlias = Literal["a4", "letter"]
_TYPST = {"a4": "a4", "letter": "us-letter"}


def sheets(book: Book, variants: Sequence[Variant], paper: Paper) -> dict[str, Any]:
    """The sheets of some variants, each from a page of its own on."""
    words = headings(book)
    return {
        **frame(book, paper),
        "labels": {"name": words.name(), "date": words.date()},
        "sheets": [
            {**head(book, one), "problems": [_problem(book, one, p) for p in one.problems]}
            for one in variants
        ],
    }


def frame(book: Book, paper: Paper) -> dict[str, Any]:
    """What the template needs to know of the paper and the language."""
    return {**setting(book.language), "paper": _TYPST[paper]}


def head(book: Book, variant: Variant) -> dict[str, str]:
    """What stands over a sheet or its key."""
    words = headings(book)
    set_ = words.set_name(name=book.numbers.kept(variant.set)) if variant.set else ""
    return {
        "title": book.numbers.turned(variant.title),
        "variant": words.variant(number=str(variant.number)),
        "set": book.numbers.turned(set_),
    }


def assigned(book: Book, trace: Trace, names: Sequence[str]) -> list[Node]:
    """Given numbers with their names."""
    return [
        [
            "row",
            symbol(trace.symbol(name)),
            ["sign", "="],
            ["number", book.numbers.turned(short_text(trace.given[name], 12)[0])],
        ]
        for name in names
    ]


def given(book: Book, trace: Trace, *, backward: bool) -> Iterator[dict[str, Any]]:
    """The example or examples, the learning rate, and each neuron, one line for each."""
    words, network = headings(book), trace.network
    for number, prefix in enumerate(example_prefixes(trace.examples), 1):
        names = [f"{prefix}{name}" for name in (*network.inputs, *target_names(network))]
        names += [] if trace.examples or not backward else ["learning_rate"]
        said = words.example_number(number=str(number)) if trace.examples else words.example()
        yield {"title": said, "values": assigned(book, trace, names)}
    if trace.examples and backward:
        yield {"title": words.together(), "values": assigned(book, trace, ["learning_rate"])}
    for neuron in network.neurons():
        names = [name for name, _ in neuron.weights]
        names += [neuron.bias_id] if neuron.bias or network.train_biases else []
        names += [f"{neuron.name}.slope"] if neuron.function.with_slope else []
        kind = book.labels.activation(neuron.activation)
        values = assigned(book, trace, names)
        yield {"name": symbol(neuron.name), "title": kind, "values": values}


def _problem(book: Book, variant: Variant, problem: Problem) -> dict[str, Any]:
    trace, words = problem.trace, headings(book)
    kinds = {trace[name].kind for name in problem.asked}
    backward = not kinds.isdisjoint((*BACKWARD, "direction", "updated"))
    rows = list(given(book, trace, backward=backward))
    if told := problem.told:
        texts = [
            [
                "row",
                symbol(trace.symbol(name)),
                ["sign", "=" if trace[name].exact else "≈"],
                ["number", book.numbers.turned(trace[name].text)],
            ]
            for name in told
        ]
        rows.append({"title": words.worked_from(), "values": texts})
    questions = {q.name: q for q in variant.questions if q.problem is problem}
    several = len(variant.problems) > 1
    return {
        "given": words.given(),
        "rows": rows,
        "graph": graph(trace.network),
        "definitions": list(definitions(trace, backward=backward)),
        "parts": [
            {
                "title": "" if several else getattr(words, part)(),
                "questions": [_question(book, questions[name]) for name in names],
            }
            for part, names in kinds_of(trace, problem.asked)
        ],
    }


def _question(book: Book, asked: Question) -> dict[str, Any]:
    trace, quantity = asked.problem.trace, asked.problem.trace[asked.name]
    if quantity.kind == "direction":
        ways = [book.chat.directions[way] for way in ("increase", "decrease", "no change")]
        return {"number": str(asked.number), "formula": symbol(quantity.owner), "ways": ways}
    places = _places(asked.problem, asked.name)
    said = plain(book.say.decimals(places=str(places))) if places else ""
    return {
        "number": str(asked.number),
        "formula": [
            "row",
            symbol(trace.symbol(asked.name)),
            ["sign", "="],
            formula(trace, asked.name),
        ],
        "places": unescape(book.numbers.turned(said)),
    }


def _places(problem: Problem, name: str) -> int:
    """How many decimals a step asks for; 0 where no rounding comes in.

    What could be rounded says so even where its value is exact: that a gate is shut is an answer.
    """
    trace, before = problem.trace, {name}
    for one in reversed(list(trace)):
        if one.id in before:
            before |= set(refs(one.expression))
    alike = {other for other in problem.asked if trace[other].kind == trace[name].kind}
    rounds = any(not trace[ref].exact for ref in before | alike if ref in trace)
    least = trace.network.decimals or ROUNDED_PLACES
    return max(trace[name].places, least) if rounds else 0
