"""What pictures take of a core: each kind, and all those of a whole lesson of one's own network.

Run with another commit's folder as PYTHONPATH it measures that commit with the same requests:
`pictures` does so. It prints a name, a median of milliseconds and bytes, apart by tabs.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from statistics import median
from typing import Any, TypeAlias

from bot.dialogue.effects import Show
from bot.dialogue.machine import Machine
from bot.pictures.requests import Diagram
from content.library import Library
from tests.bot.pictures.requests import full_diagram, learning, random_network, sheet
from tests.fakes.words import LABELS
from tests.transcripts.play import Chat

ROUNDS, WARM = 25, 3
OWN = "x1=0.5 x2=0.4\nH1 relu 0.4 -0.3 bias 0.1\nH2 relu -0.5 0.8\nO sigmoid 0.6 0.9\ntarget 0"
Draw: TypeAlias = Callable[[Any], Sequence[bytes]]


def drawing() -> Draw:
    """How this commit draws: a sheet in all its pages, and to print; in a thread, like the bot."""
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

    thread = ThreadPoolExecutor(1)
    return lambda request: thread.submit(draw, request).result()


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
    machine = Machine(Library())
    chat = Chat(machine, now=datetime(2026, 1, 1, tzinfo=UTC))
    shown, spent = list[Any](), list[float]()
    step = machine.step

    def noted(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as `step`
        began = time.process_time()
        turn = step(*given, **named)
        spent.append(time.process_time() - began)
        shown.extend(effect.picture for effect in turn.effects if isinstance(effect, Show))
        return turn

    machine.step = noted  # type: ignore[method-assign]
    for line in ("/start", "/network", OWN):
        chat.does(line)
    while (label := chat.last[0].label) != "🎯 Practice":
        asked = "👀 Show me" in [button.label for button in chat.last]
        for line in ("77", "skip") if asked else (f"[{label}]",):
            chat.does(line)
    talked = time.process_time()
    for request in shown:
        draw(request)
    drawn = time.process_time() - talked
    print(f"own network, {len(shown)} pictures\t{1000 * drawn:.1f}\t0")
    print(f"own network, {len(spent)} turns\t{1000 * sum(spent):.1f}\t0")


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
