"""A training step drawn anew: the same shape, other numbers, mistakes that can be told apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from content.loader import load
from engine.network import Network
from engine.practice import clashes, redrawn
from engine.trace import Trace, batch_trace, trace
from tests.lesson import BOOK

PUBLISHED = [
    json.loads(line)
    for line in (Path(__file__).parent / "published.jsonl").read_text("utf-8").splitlines()
]
ASKED = ("sum", "activation", "loss", "delta", "error", "gradient", "updated")


def asked_of(step: Trace) -> list[str]:
    """All that a whole sheet asks."""
    return [one.id for one in step if one.kind in ASKED and not one.id.startswith("next.")]


def published(data: dict[str, object]) -> Trace:
    """A worksheet that somebody published."""
    network, rate = Network.from_data(data["network"]), data.get("learning_rate", 0.1)
    assert isinstance(rate, float | int)
    if isinstance(examples := data.get("examples"), list):
        pairs = [(one["inputs"], one["target"]) for one in examples]
        return batch_trace(network, pairs, str(data.get("reduction", "mean")), rate)
    return trace(network, data["inputs"], data["target"], rate)  # type: ignore[arg-type]


@pytest.mark.parametrize("lesson", list(BOOK.lessons))
def test_on_every_lesson_all_mistakes_can_be_told_apart(lesson: str) -> None:
    """No two mistakes give one number, at any step of any draft of a written lesson."""
    first = next(iter(BOOK.lessons[lesson].examples.values())).trace
    asked = asked_of(first)
    for seed in map(str, range(5)):
        found = redrawn(seed, first, asked)
        assert found.distinguishable
        assert [c for c in clashes(found.trace, asked) if c.first != c.second] == []


@pytest.mark.parametrize("data", PUBLISHED, ids=lambda data: str(data["id"]))
def test_shape_and_conventions_stay(data: dict[str, object]) -> None:
    """What worksheets are published about is drawn with its names, functions and reduction."""
    first = published(data)
    again = redrawn("a seed", first, asked_of(first)).trace
    assert list(again.quantities) == list(first.quantities)
    assert again.given != first.given
    bare = [
        {
            **network.to_data(),
            "layers": [[(n.name, n.activation) for n in row] for row in network.layers],
        }
        for network in (again.network, first.network)
    ]
    assert bare[0] == bare[1]
    for name in first.quantities:
        if "sum" not in name:  # a bias that is 0 is left out of a sum's tree in both
            assert again.formula(name) == first.formula(name)


def test_a_seed_has_one_draft() -> None:
    """The same seed gives the same numbers, another one others; each drawn anew, not kept."""
    firsts = [load().lesson.examples["worked"].trace for _ in range(3)]
    drawn = zip(("1", "1", "2"), firsts, strict=True)
    one, same, other = (redrawn(seed, at, asked_of(at)).trace.given for seed, at in drawn)
    assert one == same != other


def test_something_is_learnt_from_every_draft() -> None:
    """No layer is silent, and some gradient is not 0."""
    first = BOOK.lesson.examples["worked"].trace
    for seed in map(str, range(12)):
        step = redrawn(seed, first, asked_of(first)).trace
        assert any(step[f"{name}.activation"].value for name in ("H1", "H2"))
        assert any(one.value for one in step if one.kind == "gradient")
