"""`python -m content preview`: what an author sees before a learner does."""

from __future__ import annotations

from content.loader import load
from tests.content.running import run


def test_every_step_is_shown_with_its_numbers() -> None:
    """Each step's id stands in the preview, and no slot is left unfilled."""
    text = run("preview").out
    for place in load().lesson.places:
        assert f"-- {place.id} · " in text
    assert "{" not in text
    assert "right: 0.03   x1 × w11 + x2 × w12" in text


def test_the_right_option_is_marked() -> None:
    """At a choice, the option that the engine finds right has a star."""
    lines = run("preview", "--step", "lean").out.splitlines()
    assert next(line for line in lines if line.startswith(" *")).startswith(" * To 1")
