"""The kinds of steps are complete: each model has its kind, and each kind all that it needs."""

from __future__ import annotations

import subprocess
import sys

from bot.dialogue.steps import KINDS, Step
from bot.dialogue.steps.choice import OptionsStep

NEW_MODEL = """
from content import models
class SortStep(models.StepModel):
    counts = True
models.AnyStep = models.AnyStep | SortStep
import bot.dialogue.steps
"""


def test_a_model_without_a_kind_stops_the_program() -> None:
    """A new step's model is named at import, before a learner is at such a step."""
    ran = subprocess.run(
        [sys.executable, "-c", NEW_MODEL], check=False, capture_output=True, text=True
    )
    assert ran.stderr.splitlines()[-1] == "TypeError: no kind of step in KINDS for SortStep"


def test_a_kind_that_lacks_something_cannot_be_made() -> None:
    """What every step needs is abstract until its own file has it."""
    assert Step.__abstractmethods__ == {"own_mode", "question", "own_keyboard"}
    assert OptionsStep.__abstractmethods__ > Step.__abstractmethods__ - {"own_mode"}
    assert not any(kind.__abstractmethods__ for kind in KINDS.values())
