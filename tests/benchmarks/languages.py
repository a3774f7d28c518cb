"""What every learner's own language costs: memory, start, and turns, beside English alone.

In each process as many learners as there are languages do the same: they begin, answer wrongly, ask
why and tell a direction. In one they all speak English, in the other each a language of their own.
Figures are medians of fresh processes, in turns; ratios are to English in the same run.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from resource import getpagesize
from statistics import median
from typing import Any

from bot.dialogue.actions import Do, button_data
from bot.dialogue.events import Event, Pressed, Said
from bot.dialogue.machine import Machine
from bot.dialogue.state import State
from bot.startup.app import spare_the_collector
from content.library import Library

PROCESSES, ROUNDS = 3, 40
MOST_MB, MOST_START_S = 10, 0.3
ASKED, TOLD, WRONG = "why_square", "increase", "0.21"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    """Prints the table."""
    found: dict[str, list[dict[str, Any]]] = {"own": [], "english": []}
    for _ in range(PROCESSES):
        for which, runs in found.items():
            command = [sys.executable, "-m", "tests.benchmarks.languages", which]
            runs.append(json.loads(subprocess.check_output(command)))
    own, english = found["own"], found["english"]
    turn = median(one["turns"]["en"] for one in english)
    print(f"{'':10}{'read, s':>10}{'first turns, s':>16}{'a turn, µs':>12}{'':>8}")
    for tag in own[0]["turns"]:
        read, first, its = (median(one[what][tag] for one in own) for what in KINDS)
        print(f"{tag:10}{read:10.3f}{first:16.3f}{its * 1e6:12.0f}  ×{its / turn:.2f}")
    megabytes, start = (
        median(one[what] for one in own) - median(one[what] for one in english)
        for what in ("MB", "start")
    )
    print(f"English alone: {turn * 1e6:.0f} µs, {median(one['MB'] for one in english):.1f} MB")
    print(f"all languages: {megabytes:+.1f} MB (the bar: {MOST_MB})")
    print(f"a start: {start:+.2f} s (the bar: {MOST_START_S})")


KINDS = ("read", "first", "turns")


def measured(which: str) -> dict[str, Any]:
    """What one process comes to."""
    began = time.process_time()
    machine = Machine(Library())
    start = time.process_time() - began
    spare_the_collector()
    read: dict[str, float] = {}
    first: dict[str, float] = {}
    for tag in machine.languages:
        language = tag if which == "own" else machine.library.default
        began = time.process_time()
        assert machine.library[language].language == language
        read[language] = time.process_time() - began
        talked = Learner(machine, language).talks()
        first.setdefault(language, talked)
    megabytes = _megabytes()
    turns: dict[str, list[float]] = {tag: [] for tag in first}
    for _ in range(ROUNDS):
        for tag, took in turns.items():
            took.append(Learner(machine, tag).talks())
    fastest = {tag: min(times) / TURNS for tag, times in turns.items()}
    return {"MB": megabytes, "start": start, "read": read, "first": first, "turns": fastest}


class Learner:
    """Does the same as every other, in the words of a language."""

    def __init__(self, machine: Machine, language: str) -> None:
        self.machine, self.language = machine, language
        self.state: str | None = None
        self.took = 0.0

    def talks(self) -> float:
        """Takes all turns; gives the seconds of CPU."""
        book = self.machine.library[self.language]
        self._says("/start")
        state = State.from_json(self.state or "")
        self._does(Pressed(button_data(state, Do.NEXT), "press", 1, language=self.language))
        self._says(book.numbers.turned(WRONG))
        self._says(next(iter(book.why.entry[ASKED].asked)))
        step = next(place.id for place in book.lesson.places if place.step.kind == "direction")
        there = State.of(book.lesson.id, step).but(language=state.learner.language)
        self.state = there.to_json()
        self._says(book.typed.direction_words[TOLD][0])
        return self.took

    def _says(self, text: str) -> None:
        self._does(Said(text, 1, language=self.language))

    def _does(self, event: Event) -> None:
        began = time.process_time()
        self.state = self.machine.step(self.state, event, NOW).state
        self.took += time.process_time() - began


TURNS = 5


def _megabytes() -> float:
    """The memory of this process that is in RAM."""
    _, resident, *_ = Path("/proc/self/statm").read_text().split()
    return int(resident) * getpagesize() / 1e6


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measured(sys.argv[1])))
    else:
        main()
