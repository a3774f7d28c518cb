"""Formulas and networks as data: names with their indices, brackets where they are needed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest

from content.paper.graph import graph
from content.paper.mathematics import formula, symbol, tree, working
from content.written import languages
from engine.expression import Negative, Number, Product, Ref, Sum
from engine.network import Network
from tests.lesson import BOOK, LIBRARY, WORKED

FLAT = {
    "brackets": "({})",
    "fraction": "[{}/{}]",
    "power": "{}^{}",
    "absolute": "|{}|",
    "minus": "−",
}


def flat(node: list[Any]) -> str:
    """A node on one line."""
    kind, *parts = node
    if kind in FLAT:
        return FLAT[kind].format(*map(flat, parts))
    if kind == "row":
        return "".join(map(flat, parts))
    return f" {parts[0]} " if kind == "sign" else "".join(parts)


def test_every_formula_is_the_one_that_is_written() -> None:
    """Of every lesson: but for fractions and powers, letter by letter what the tutor writes."""
    for lesson in BOOK.lessons.values():
        for example in lesson.examples.values():
            for one in example.trace:
                said = example.trace.formula(one.id)
                if not set(said) & {"/", "²", "^"} and "sign" not in said:
                    assert flat(formula(example.trace, one.id)) == said


def test_fractions_and_powers() -> None:
    """A softmax is a fraction of powers, a squared error a power of brackets."""
    trace = next(iter(BOOK.lessons["three_classes"].examples.values())).trace
    sums = " + ".join(f"e^sum({name})" for name in "ABC")
    assert flat(formula(trace, "A.activation")) == f"[e^sum(A)/{sums}]"
    assert flat(formula(WORKED, "loss")) == "(target − p)^2"


def test_working_has_the_numbers_of_a_language() -> None:
    """The same lines as in the chat, with the marks of the language; a minus is in brackets."""
    lines = [flat(line) for line in working(WORKED, "H1.sum", LIBRARY["de"].numbers.turned)]
    told = [line.replace(".", ",") for line in WORKED.working("H1.sum")[:-1]]
    assert [line.strip() for line in lines] == [f"= {told[0]}", *told[1:]]


def test_no_two_signs_meet() -> None:
    """−(−x), 2 × (−3), a sum under a product."""
    x = Sum((Ref("x"), Number(-3.0)))
    for node, said in (
        (Negative(Number(-3.0)), "−(−3)"),
        (Product((Number(2.0), Number(-3.0))), "2 × (−3)"),
        (Product((Number(2.0), x)), "2 × (x + (−3))"),
    ):
        assert flat(tree(node, symbol)) == said


@pytest.mark.parametrize("language", languages())
def test_words_in_names_stay_whole(language: str) -> None:
    """No text begins with a mark that belongs to the letter before, in any language."""
    book = LIBRARY[language]
    trace = book.lesson.examples["worked"].trace
    for one in trace:
        for text in texts(formula(trace, one.id)):
            assert unicodedata.category(text.strip()[0] if text.strip() else "a")[0] != "M"


def texts(node: list[Any]) -> Iterator[str]:
    """The words of a node."""
    if node[0] == "text":
        yield node[1]
    for part in node[1:]:
        if isinstance(part, list):
            yield from texts(part)


def test_the_graph_has_every_name_once() -> None:
    """Inputs, neurons and weights of the lesson; a larger network has none."""
    drawn = graph(BOOK.lesson.network)
    assert drawn is not None
    names = [flat(name) for column in drawn["columns"] for name in column]
    assert names == ["x1", "x2", "H1", "H2", "O"]
    weights = [flat(edge[3]) for edge in drawn["edges"]]
    assert sorted(weights) == sorted(w for n in BOOK.lesson.network.neurons() for w, _ in n.weights)
    neurons = [{"name": f"n{i}", "activation": "relu", "weights": {f"w{i}": 1.0}} for i in range(6)]
    assert graph(Network.from_data({"inputs": ["x"], "layers": [neurons]})) is None
