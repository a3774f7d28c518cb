"""What is printed: the sheet without answers, the key with all of them, in any language."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from content.book import Book
from content.paper.key import MOST, keys
from content.paper.sheet import sheets
from content.paper.variants import Topic, Variant, of_lesson, of_network, of_skill
from content.written import languages
from engine.decimals import short_text
from engine.network import Network
from engine.practice import SKILLS
from engine.trace import batch_trace, trace
from tests.content.paper.reading import decimals_in, printed, size_of, text_of
from tests.lesson import LIBRARY


@cache
def book(language: str = "en") -> Book:
    """A language's words."""
    return LIBRARY[language]


def batch(words: Book) -> Topic:
    """One step on three examples."""
    layers = [[{"name": "O", "activation": "relu", "bias": 0.1, "weights": {"w": 0.5}}]]
    network = Network.from_data({"inputs": ["x"], "layers": layers, "train_biases": True})
    examples = [([0.5], 1.0), ([0.7], 0.5), ([0.9], 0.2)]
    return of_network("Three", "three", batch_trace(network, examples, "mean", 0.1, words.names))


@cache
def topics(language: str = "en") -> list[Topic]:
    """Every lesson, every skill, and networks from outside, in a language."""
    words = book(language)
    return [
        *(of_lesson(words.lessons[name]) for name in words.lessons),
        *(of_skill(words, skill, 1) for skill in SKILLS),
        batch(words),
    ]


def known_on(variant: Variant) -> set[str]:
    """The numbers with decimals that may stand on a sheet: those given, and those told."""
    found = set[str]()
    for problem in variant.problems:
        found |= {short_text(value, 12)[0] for value in problem.trace.given.values()}
        found |= {problem.trace[name].text for name in problem.told}
    return {text.lstrip("−") for text in found}


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_no_answer_stands_on_any_sheet(language: str) -> None:
    """Every number with decimals in the PDF's text is given; so none is an answer, early or late.

    An answer that happens to be a given number as well stands there as that alone.
    """
    for topic in topics(language):
        variant = topic.variant(1)
        text = text_of(printed(sheets(book(language), [variant], "a4")))
        said, known = decimals_in(text), known_on(variant)
        assert said <= known
        answers = {one.problem.trace[one.name].text.lstrip("−") for one in variant.questions}
        assert not (answers - known) & said


def test_the_answers_would_be_found() -> None:
    """The key's text, read in the same way, has every answer that has decimals."""
    for topic in topics():
        variant = topic.variant(1)
        said = decimals_in(text_of(printed(keys(book(), [variant], "a4"))))
        answers = {one.problem.trace[one.name].text.lstrip("−") for one in variant.questions}
        assert {one for one in answers if "." in one} <= said


def test_a_whole_step_tells_nothing_of_what_it_asks() -> None:
    """Only short problems tell values to work from, and none of those they ask for."""
    for topic in topics():
        for problem in topic.variant(1).problems:
            assert not {*problem.told} & {*problem.asked}
            if len(topic.variant(1).problems) == 1:
                assert problem.told == ()


def test_that_a_gate_is_shut_is_not_given_away() -> None:
    """Steps of one kind ask for decimals alike, be a value exactly 0 or not."""
    for topic in topics():
        for number in (1, 2, 3, 4):
            variant = topic.variant(number)
            data = sheets(book(), [variant], "a4")["sheets"][0]["problems"]
            for problem, printed_one in zip(variant.problems, data, strict=True):
                asked = [one for part in printed_one["parts"] for one in part["questions"]]
                kinds = [problem.trace[name].kind for name in problem.asked]
                said = {
                    (kind, bool(one.get("places"))) for kind, one in zip(kinds, asked, strict=True)
                }
                assert len(said) == len(set(kinds))


def test_the_sheet_says_whose_it_is() -> None:
    """Title, number and set stand on it, the number and id of each step in the key."""
    variant = of_lesson(book().lesson).variant(7, "spring")
    sheet, key = (text_of(printed(make(book(), [variant], "a4"))) for make in (sheets, keys))
    for text in (sheet, key):
        assert book().lesson.title in text
        assert "Sheet 7" in text
        assert "set spring" in text
    for asked in variant.questions:
        assert f"{asked.number}." in sheet
        assert asked.id in key


def test_the_key_says_what_wrong_answers_mean() -> None:
    """At each step a few, each mistake once, with its name in words."""
    for topic in topics():
        for answer in keys(book(), [topic.variant(1)], "a4")["keys"][0]["answers"]:
            means = [one["means"] for one in answer["wrong"]]
            assert len(means) == len(set(means)) <= MOST
            assert all(means)
            assert bool(means) == (answer["value"][0] in "=≈")  # a direction has none


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_it_fits_the_paper(paper: str, size: tuple[int, int]) -> None:
    """A4 and Letter are as large as they are anywhere."""
    variant = of_lesson(book().lesson).variant(1)
    for make in (sheets, keys):
        assert size_of(printed(make(book(), [variant], paper))) == size  # type: ignore[arg-type]


@pytest.mark.parametrize("language", languages())
def test_every_language_is_printed(language: str) -> None:
    """The title and the mistakes' names are the language's own, and the numbers are the same."""
    words = book(language)
    variant = of_lesson(words.lesson).variant(3)
    assert printed(sheets(words, [variant], "a4")).startswith(b"%PDF")
    data = keys(words, [variant], "a4")["keys"][0]
    assert data["title"] == words.lesson.title
    english = of_lesson(book().lesson).variant(3)
    assert variant.problems[0].trace.given == english.problems[0].trace.given


def test_a_network_from_outside_is_asked_for_all_of_a_step() -> None:
    """Of two sigmoid layers every sum, activation, blame, gradient and update; no product."""
    neurons = [
        {
            "name": name,
            "activation": "sigmoid",
            "bias": 0.2,
            "weights": {f"{name}{i}": 0.5 for i in (1, 2)},
        }
        for name in ("a", "b", "c", "d")
    ]
    layers = [neurons[:2], neurons[2:]]
    network = Network.from_data({"inputs": ["x1", "x2"], "layers": layers})
    variant = of_network("Two", "two", trace(network, [0.5, 0.6], [1, 0])).variant(1)
    asked = [one.name.rpartition(".")[2] for one in variant.questions]
    assert Counter(asked) == {
        **dict.fromkeys(("sum", "activation", "delta"), 4),
        "loss": 1,
        **dict.fromkeys(("gradient", "direction", "updated"), 8),
    }
