"""What one turn of the dialogue costs: CPU of `Machine.step` for every transcript's learner.

Each turn counts with its fastest of several rounds, so that a busy machine does not. Ratios are to
the reading of one plain number, measured in the same run.
"""

from __future__ import annotations

import statistics
import time
from datetime import UTC, datetime

from bot.dialogue.effects import Turn
from bot.dialogue.events import Event
from bot.dialogue.machine import Machine
from content.library import Library
from engine.reading import read
from tests.transcripts.play import FOLDER, Chat, learner_lines

ROUNDS = 9


def main() -> None:
    """Plays every transcript's learner several times and prints medians."""
    began = time.process_time()
    machine = _Timed(Library())
    loaded = time.process_time() - began
    number = _median(lambda: [read("0.03") for _ in range(1000)]) / 1000
    print(f"loading the content        {loaded * 1e3:8.1f} ms")
    print(f"reading one plain number   {number * 1e6:8.1f} µs  ×1")
    for path in sorted(FOLDER.glob("*.txt")):
        lines = [s for who, s in learner_lines(path.read_text("utf-8")) if who == "you"]
        if not lines:
            continue  # several talk in it
        language = path.stem if path.stem in machine.languages else ""
        turns = _turns(machine, lines, language)
        turn, longest = sum(turns) / len(turns), max(turns)
        name = f"a turn of {path.stem}"
        print(
            f"{name:<26} {turn * 1e6:8.1f} µs  ×{turn / number:.0f}   longest {longest * 1e6:6.0f}"
        )


class _Timed(Machine):
    """A machine that notes how long each step takes."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self.took: list[float] = []

    def step(self, state: str | None, event: Event, now: datetime, learner: int = 0) -> Turn:
        """One turn, timed."""
        began = time.process_time()
        turn = super().step(state, event, now, learner)
        self.took.append(time.process_time() - began)
        return turn


def _turns(machine: _Timed, lines: list[str], language: str) -> list[float]:
    """The fastest time of every turn, in seconds."""
    rounds = []
    for _ in range(ROUNDS):
        machine.took = []
        chat = Chat(machine, language, now=datetime(2026, 1, 1, tzinfo=UTC))
        for line in lines:
            chat.does(line)
        rounds.append(machine.took)
    return [min(times) for times in zip(*rounds, strict=True)]


def _median(run: object) -> float:
    assert callable(run)
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        run()
        times.append(time.process_time() - began)
    return statistics.median(times)


if __name__ == "__main__":
    main()
