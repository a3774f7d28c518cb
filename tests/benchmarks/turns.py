"""What one turn of the dialogue costs: CPU per turn of a learner who takes the whole lesson.

Ratios are to the reading of one plain number, measured in the same run.
"""

from __future__ import annotations

import statistics
import time
from datetime import UTC, datetime

from bot.dialogue.machine import Machine
from content.loader import load
from engine.reading import read
from tests.transcripts.play import FOLDER, Chat, learner_lines

ROUNDS = 9


def main() -> None:
    """Plays every transcript's learner several times and prints medians."""
    began = time.process_time()
    machine = Machine(load())
    loaded = time.process_time() - began
    number = _median(lambda: [read("0.03") for _ in range(1000)]) / 1000
    print(f"loading the content        {loaded * 1e3:8.1f} ms")
    print(f"reading one plain number   {number * 1e6:8.1f} µs  ×1")
    for path in sorted(FOLDER.glob("*.txt")):
        lines = [s for who, s in learner_lines(path.read_text("utf-8")) if who == "you"]

        def play(lines: list[str] = lines) -> None:
            chat = Chat(machine, now=datetime(2026, 1, 1, tzinfo=UTC))
            for line in lines:
                chat.does(line)

        turn = _median(play) / len(lines)
        name = f"a turn of {path.stem}"
        print(f"{name:<26} {turn * 1e6:8.1f} µs  ×{turn / number:.0f}")


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
