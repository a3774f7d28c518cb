"""A step in pieces: how each is asked."""

from __future__ import annotations

import pytest

from bot.dialogue.state import State
from bot.dialogue.steps import step_at
from tests.lesson import BOOK


def asked(step: str, piece: int) -> str:
    """How a piece of a step is asked."""
    state = State.of("bn", step).but(piece=piece)
    return step_at(BOOK, state, BOOK.lesson[step]).ask(opening=False)


def test_pieces_are_counted() -> None:
    """Where there are several, and in the end they are put together."""
    assert "Piece 1 of 2" in asked("h1_sum", 0)
    assert "Piece 2 of 2" in asked("h1_sum", 1)
    assert "You have all the pieces" in asked("h1_sum", 2)


@pytest.mark.parametrize("step", ["loss", "n_loss"])
def test_a_single_piece_is_not_counted(step: str) -> None:
    """There is no "1 of 1", and nothing is said of several."""
    assert "1" not in asked(step, 0).partition("<pre>")[0].partition("\n")[2]
    assert "<pre>" in asked(step, 0)
    assert "pieces" not in asked(step, 1)
    assert "<pre>" in asked(step, 1)
