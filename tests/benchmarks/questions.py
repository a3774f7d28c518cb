"""What is answered to questions and remarks that were collected elsewhere, and how fast.

    python -m tests.benchmarks.questions FILE.jsonl

Each line has a `text`, the `step` at which it is said, as its heading names it, and what a good
answer `wants`. Whether an answer is right is for a person to judge: this prints them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from bot.dialogue.events import Said
from content.lesson import LessonStep
from content.markup import plain
from tests.bot.dialogue.asked import answered, having_done
from tests.bot.dialogue.learner import LESSON, MACHINE, heard
from tests.bot.dialogue.test_every_event import NOW


def place_of(step: str, part: str = "") -> LessonStep:
    """The first step with such a heading, in the part where one is named."""
    named = [place for place in LESSON.places if plain(MACHINE.book.about(place)) == step]
    inside = [place for place in named if place.section.title == part]
    return (inside or named or LESSON.places)[0]


def told(line: dict[str, Any]) -> tuple[str, str, float]:
    """What answers a line: which entry, in which words, in how many milliseconds."""
    state = having_done(place_of(line["step"], line.get("part", "")))
    data = state.to_json()
    start = perf_counter()
    turn = MACHINE.step(data, Said(line["text"], 1), NOW)
    spent = 1000 * (perf_counter() - start)
    return answered(state, line["text"]), plain(heard(turn)), spent


def main(file: str) -> None:
    """Prints every answer, and the times."""
    lines = [json.loads(one) for one in Path(file).read_text("utf-8").splitlines() if one.strip()]
    told(lines[0])
    spent = []
    for number, line in enumerate(lines):
        entry, said, time = told(line)
        spent.append(time)
        print(f"{number} [{line['step']}] {line['text']}")
        print(f"    wants: {line.get('wants', '')} ({line.get('answerable', '')})")
        print(f"    {entry}: " + said.replace("\n", "\n    "))
    print(f"median turn {median(spent):.2f} ms, longest {max(spent):.2f} ms")


if __name__ == "__main__":
    main(sys.argv[1])
