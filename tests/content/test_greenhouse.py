"""The second lesson: its numbers, worked again by plain arithmetic, and its mistakes told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

import bot
import content
import engine
from content.loader import load
from content.models import NumberStep
from engine.diagnosis import Diagnoser, Kind
from engine.diagnosis.rounding_paths import natural_places
from engine.practice import clashes
from engine.reading import Reading, read

BOOK = load(lesson="greenhouse")
TRACE = BOOK.lesson.examples["noon"].trace
ASKED = [p.step.quantity for p in BOOK.lesson.places if isinstance(p.step, NumberStep)]


def by_hand() -> dict[str, float]:
    """One step of such a network, as on paper: every number asked for, from those given."""
    g = TRACE.given
    rate = g["learning_rate"]
    n: dict[str, float] = {"w12.product": g["x2"] * g["w12"]}
    for h in "12":
        z = sum(g[f"x{i}"] * g[f"w{h}{i}"] for i in (1, 2, 3)) + g[f"H{h}.bias"]
        n[f"H{h}.sum"], n[f"H{h}.activation"] = z, max(0.0, z)
    for o in "AB":
        parts = (n[f"H{h}.activation"] * g[f"w{o}{h}"] for h in "12")
        n[f"{o}.sum"] = sum(parts) + g[f"{o}.bias"]
        n[f"{o}.delta"] = -2 * (g[f"target.{o}"] - n[f"{o}.sum"])
    n["loss"] = sum((g[f"target.{o}"] - n[f"{o}.sum"]) ** 2 for o in "AB")
    for h in "12":
        open_ = 1 if n[f"H{h}.sum"] > 0 else 0
        n[f"H{h}.delta"] = open_ * sum(g[f"w{o}{h}"] * n[f"{o}.delta"] for o in "AB")
    n["wA1.gradient"] = n["A.delta"] * n["H1.activation"]
    n["wB2.gradient"] = n["B.delta"] * n["H2.activation"]
    n["w13.gradient"] = n["H1.delta"] * g["x3"]
    n["w21.gradient"] = n["H2.delta"] * g["x1"]
    n["w13.updated"] = g["w13"] - rate * n["w13.gradient"]
    n["H1.bias.updated"] = g["H1.bias"] - rate * n["H1.delta"]
    n["B.bias.updated"] = g["B.bias"] - rate * n["B.delta"]
    return n


@pytest.mark.parametrize("name", ASKED)
def test_each_number_asked_is_what_paper_gives(name: str) -> None:
    """The right answer of each step is that of plain arithmetic, and has at most four decimals."""
    assert TRACE[name].value == pytest.approx(by_hand()[name], abs=1e-12)
    assert TRACE[name].places <= 4


@pytest.mark.parametrize("name", ASKED)
def test_no_two_answers_of_a_step_look_alike(name: str) -> None:
    """No foreseen mistake comes near the right answer or another mistake: no coincidences."""
    assert list(clashes(TRACE, [name])) == []


@pytest.mark.parametrize("name", ASKED)
def test_each_foreseen_mistake_is_named(name: str) -> None:
    """Whoever types the number that a mistake gives is told that mistake, and no other."""
    diagnoser = Diagnoser(TRACE)
    for prediction in diagnoser.predictions(name).singles:
        value = prediction.paths[0].value
        exact = all(path.places is not None for path in prediction.paths[1:])
        places = 6 if exact else natural_places(value)
        typed = read(f"{value:.{places}f}")
        assert isinstance(typed, Reading)
        verdict = diagnoser.diagnose(name, typed)
        assert verdict.kind is Kind.MISTAKE, (name, prediction.made)
        (candidate,) = verdict.candidates
        assert [made.id for made in candidate.mistakes] == [made.id for made in prediction.made]


def test_no_code_knows_the_lesson() -> None:
    """The lesson is data only: no module names it, its parts, its steps or its weights."""
    code = "".join(
        path.read_text(encoding="utf-8")
        for package in (bot, content, engine)
        for path in Path(str(package.__file__)).parent.rglob("*.py")
    )
    names = [BOOK.lesson.id, BOOK.lesson.title, *(place.id for place in BOOK.lesson.places)]
    assert [name for name in names if f'"{name}"' in code] == []
