"""Nothing said of a network names an activation, a loss or a rule that it does not have."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.dialogue.bank import applies
from content.kinds import CASES, case_of, kind_of, kinds
from content.loader import load
from content.observations import OBSERVATIONS
from content.written import languages
from engine.expression import refs
from engine.trace import Quantity, Trace
from tests.engine.networks import SHEETS, random_case, sheet_trace, traced
from tests.engine.test_conventions import COMBINATIONS, Drawn

SQUARES = r"squar|quadr|cuadr|carré|kuadrat|\bkare(?!na)|квадрат|مرب|ربّع|वर्ग(?! को)|平方"
ENTROPY = r"entrop|энтроп|إنتروبيا|एंट्रॉपी|交叉熵"
NAMES = {
    r"(?<!leaky )(?<!leaky)relu": ("relu",),
    r"leaky": ("leaky_relu",),
    r"sigm|сигмо": ("sigmoid",),
    r"tanh": ("tanh",),
    r"softplus": ("softplus",),
    r"softmax": ("softmax",),
    ENTROPY: ("cross_entropy", "softmax_cross_entropy"),
    SQUARES: ("squared_error", "half_squared_error", "mean_squared_error"),
}
"""How a name stands in texts of any language, and what a network must have of it."""

OF_OTHERS = ("other_loss", "vanishing")
"""What is asked about other networks than the one in hand: it may name what those have."""


def networks() -> Iterator[Trace]:
    """The lesson's, published sheets, the perceptron among them, and all conventions at random."""
    rng = random.Random(8)
    yield from map(sheet_trace, SHEETS.values())
    yield from (Drawn(rng, combination).traced() for combination in COMBINATIONS)
    yield from (random_case(rng).traced() for _ in range(60))
    yield traced("worked")


NETWORKS = [*networks()]


BOOKS = {language: load(language) for language in languages()}


@dataclass(frozen=True)
class Has:
    """What there is in a network, and what is said of it: the same in every language."""

    kinds: frozenset[str]
    hinted: frozenset[tuple[str, str]]
    """Kind and case of each of its quantities."""
    observed: frozenset[str]
    explained: frozenset[str]

    @classmethod
    def of(cls, trace: Trace) -> Has:
        """That of a trace."""
        hinted = frozenset((kind_of(trace, one), case_of(trace, one)) for one in trace)
        found = (n for n, one in OBSERVATIONS.items() if next(one.find(trace), None) is not None)
        entries = BOOKS["en"].why.entry.items()
        explained = (n for n, one in entries if applies(one, trace) and n not in OF_OTHERS)
        return cls(
            frozenset(kind for kind, _ in hinted), hinted, frozenset(found), frozenset(explained)
        )


HAS = {Has.of(trace) for trace in NETWORKS}


def said(language: str, has: Has) -> Iterator[tuple[str, str]]:
    """Every text about a network that is chosen by what it is, with its place."""
    book = BOOKS[language]
    for kind, case in has.hinted:
        words = book.hints.kinds[kind]
        rungs = words.case[case] if case else words
        yield from ((f"{kind} {case}", text) for text in (rungs.look, rungs.rule))
    yield from ((name, book.observations.observation[name]) for name in has.observed)
    for name in has.explained:
        entry = book.why.entry[name]
        adds = "updated_adding" in has.kinds and entry.adding
        yield from ((name, text) for text in (entry.button, adds or entry.text or ""))


@pytest.mark.parametrize("language", languages())
def test_no_text_names_what_the_network_has_not(language: str) -> None:
    """Hints, readings and whys, in each language, on networks in every convention."""
    wrong = set()
    for has in HAS:
        foreign = [name for name, of in NAMES.items() if has.kinds.isdisjoint(of)]
        for place, text in said(language, has):
            wrong |= {(place, text) for name in foreign if re.search(name, text, re.IGNORECASE)}
    assert wrong == set()


@pytest.mark.parametrize("language", languages())
def test_the_names_are_found_where_they_stand(language: str) -> None:
    """Each name that is looked for stands in some text, so that it would be found elsewhere."""
    texts = {text for has in HAS for _, text in said(language, has)}
    missing = {n for n in NAMES if not any(re.search(n, text, re.IGNORECASE) for text in texts)}
    assert missing <= {"leaky", "softmax"}  # these stand in headings alone


def blames() -> Iterator[tuple[Trace, Quantity]]:
    """Every blame of an output, on one example at a time."""
    for trace in NETWORKS:
        for quantity in trace:
            if kind_of(trace, quantity) == "output_delta":
                yield trace, quantity


def test_a_hint_says_how_the_blame_of_an_output_is_worked() -> None:
    """Two slopes, one, a difference, or an error: as training works it out, by itself."""
    seen = set()
    for trace, blame in blames():
        seen.add(case := case_of(trace, blame))
        network, outputs = trace.network, [n.name for n in trace.network.outputs]
        neuron = network.outputs[outputs.index(blame.owner)]
        at = f"target.{blame.owner}" if len(outputs) > 1 else "target"
        target, out = (
            trace.values[f"{blame.prefix}{name}"] for name in (at, f"{blame.owner}.activation")
        )
        before = trace.values[f"{blame.prefix}{blame.owner}.sum"]
        slope = neuron.function.slope_value(before, out)
        share = network.goes_by.share(len(outputs))
        worked = share * network.goes_by.blame_value(target, out, slope)
        sign = -1 if network.delta == "error" else 1
        if case != "layer":
            assert blame.value == pytest.approx(sign * worked, abs=1e-9)
        if case == "cancelled":
            assert blame.value == pytest.approx(sign * (out - target), abs=1e-9)
        assert (case == "identity") == (neuron.activation == "identity" and sign > 0)
        assert (case == "layer") <= (neuron.activation == "softmax")
        if case == "turned":
            assert blame.value * (target - out) >= 0
        if case == "":
            assert sign > 0
            assert {f"{blame.prefix}{at}"} < set(refs(blame.expression))
    assert seen == {"", *CASES["output_delta"]}


def test_every_case_comes_up() -> None:
    """Each kind has been asked about in each of its cases, and outside of them."""
    met = {(kind_of(t, q), case_of(t, q)) for t in NETWORKS for q in t}
    cases = {(kind, case) for kind, known in CASES.items() for case in ("", *known)}
    assert cases <= met
    assert {kind for kind, _ in met} >= {*kinds()} - {"slope", "piece", "formula"}
