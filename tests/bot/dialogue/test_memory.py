"""What is kept of learners' own networks is bounded, however many of them there are."""

from __future__ import annotations

import gc
from datetime import UTC, datetime

from bot.dialogue import generated_lessons
from bot.dialogue.events import Said
from bot.dialogue.machine import Machine
from content.library import Library
from engine.trace import Trace


def test_traces_of_many_networks_do_not_pile_up() -> None:
    """No more of them are held than there is room for, whichever part has used them."""
    machine, now = Machine(Library()), datetime(2026, 5, 5, tzinfo=UTC)
    generated_lessons._lately.clear()  # noqa: SLF001
    room, most = generated_lessons.LARGEST, 12
    quantities = 0
    for number in range(3 * most):
        weights = " ".join(f"0.{number + place + 10}" for place in range(4))
        neurons = "\n".join(f"{name} sigmoid {weights}" for name in ("H1", "H2", "H3", "H4"))
        text = f"/network x1=1 x2=2 x3=3 x4=4\n{neurons}\nO sigmoid {weights}\ntarget 1"
        turn = machine.step(None, Said(text, 1), now)
        for typed in ("go", "0.5", "/hint", "0.3", "/picture"):
            turn = machine.step(turn.state, Said(typed, 2), now)
        if not quantities:
            (book,) = generated_lessons._lately.values()  # noqa: SLF001
            quantities = generated_lessons._size(book)  # noqa: SLF001
            generated_lessons.LARGEST = most * quantities
    generated_lessons.LARGEST = room
    assert len(generated_lessons._lately) == most  # noqa: SLF001
    gc.collect()
    own = [one for one in gc.get_objects() if isinstance(one, Trace) and "H4.sum" in one]
    assert len(own) <= 2 * most
