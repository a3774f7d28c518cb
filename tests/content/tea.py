"""A lesson of one neuron, for what an author may say: its steps are up to the test."""

from __future__ import annotations

from pathlib import Path

from content.book import Book
from content.loader import load

FRAME = """
id = "tea"
title = "How warm is the tea?"
about = "One neuron guesses how warm a cup of tea is: {steps} steps."
learning_rate = 0.5
sections = ["1_guess"]
done = "{steps} steps."
"""

NETWORK = """
[network]
inputs = ["x1", "x2"]
loss = "squared_error"
train_biases = true
layers = [[{ name = "O", activation = "sigmoid", bias = 0.1, weights = { w1 = -0.5, w2 = 0.4 } }]]

[examples.cup]
inputs = { x1 = 0.7, x2 = 0.3 }
target = 0.8

[examples.pot]
inputs = { x1 = 0.2, x2 = 0.9 }
target = 0.4
"""

PART = """
id = "guess"
title = "A guess"
example = "cup"
"""

SUM = """
[[step]]
kind = "number"
id = "tea_sum"
quantity = "O.sum"
ask = "What is the sum?"
"""


def lesson(
    folder: Path, steps: str, frame: str = "", rest: str = "", further: dict[str, str] | None = None
) -> Book:
    """The book with a lesson of these steps in hand.

    Args:
        folder: where it is written.
        steps: `[[step]]` tables.
        frame: more lines of the lesson's own.
        rest: more tables of it.
        further: more parts, by their file's name.

    Raises:
        ContentError: with every problem found.
    """
    at = folder / "tea"
    at.mkdir(exist_ok=True)
    names = ", ".join(f'"{name}"' for name in ("1_guess", *(further or {})))
    opening = FRAME.replace('["1_guess"]', f"[{names}]")
    (at / "lesson.toml").write_text(opening + frame + NETWORK + rest, encoding="utf-8")
    (at / "1_guess.toml").write_text(PART + steps, encoding="utf-8")
    for name, text in (further or {}).items():
        (at / f"{name}.toml").write_text(text, encoding="utf-8")
    return load("en", "tea", further=[at])
