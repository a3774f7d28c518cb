"""What pictures take of a core: each kind, and all those of a whole lesson of one's own network.

Run with another commit's folder as PYTHONPATH it measures that commit with the same requests:
`pictures` does so. It prints a name, a median of milliseconds and bytes, apart by tabs.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from statistics import median
from typing import Any, TypeAlias

from bot.dialogue.effects import Show
from bot.dialogue.machine import Machine
from bot.pictures.requests import Diagram
from content.loader import load
from tests.bot.pictures.requests import full_diagram, learning, random_network, sheet
from tests.fakes.words import LABELS
from tests.transcripts.play import FOLDER, Chat, learner_lines

ROUNDS, WARM = 25, 3
Draw: TypeAlias = Callable[[Any], Sequence[bytes]]


def drawing() -> Draw:
    """How this commit draws: a sheet in all its pages, and to print."""
    if find_spec("bot.pictures.painter") is None:
        import_module("matplotlib").rcdefaults()
        old: Draw = import_module("bot.pictures.drawing").drawings
        return old
    press, pages = (
        import_module("bot.pictures.painter").Press(),
        import_module("bot.pictures.sheet"),
    )

    def draw(request: Any) -> list[bytes]:  # noqa: ANN401 - of either commit
        if type(request).__name__ != "Sheet":
            return [press.printed(request)]
        parts = [*pages.pages(request), replace(request, format="pdf")]
        return [press.printed(part) for part in parts]

    return draw


def told(name: str, draw: Draw, requests: Sequence[Any]) -> None:
    """The median of drawing some requests, none of which was drawn before."""
    spent, sizes = [], 0
    for request in requests:
        began = time.process_time()
        sizes = sum(map(len, draw(request)))
        spent.append(1000 * (time.process_time() - began))
    print(f"{name}\t{median(spent[WARM:]):.1f}\t{sizes}", flush=True)


def lesson(draw: Draw) -> None:
    """A whole lesson on one's own network, by the CPU of its pictures and of all the rest."""
    machine = Machine(load())
    chat = Chat(machine, now=datetime(2026, 1, 1, tzinfo=UTC))
    shown: list[Any] = []
    step = machine.step

    def noted(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as `step`
        turn = step(*given, **named)
        pictures = [effect.picture for effect in turn.effects if isinstance(effect, Show)]
        shown.extend(one for one in pictures if getattr(one, "format", "png") == "png")
        return turn

    machine.step = noted  # type: ignore[method-assign]
    began = time.process_time()
    for who, line in learner_lines((FOLDER / "own_network.txt").read_text("utf-8")):
        if who == "you" and not line.startswith("("):
            chat.does(line)
    talked = time.process_time()
    for request in shown:
        draw(request)
    drawn = time.process_time()
    print(f"own network: {len(shown)} pictures\t{1000 * (drawn - talked):.0f}\t0")
    print(f"own network: all the rest\t{1000 * (talked - began):.0f}\t0")


def main() -> None:
    """Prints the lines."""
    draw, rng = drawing(), random.Random(1)
    several = range(WARM + ROUNDS)
    kinds: dict[str, Any] = {
        "a diagram, all on it": full_diagram(),
        "a diagram, 36 weights": Diagram(random_network(rng, [4, 4, 4, 1]), labels=LABELS),
        "what it has learnt": learning(5000),
        "a sheet, all of it": sheet(),
    }
    for name, request in kinds.items():
        told(name, draw, [replace(request, title=f"picture {number}") for number in several])
    lesson(draw)


if __name__ == "__main__":
    main()
