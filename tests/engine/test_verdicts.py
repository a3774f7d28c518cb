"""What is said of an answer: the table of verdicts, row by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.judging import named, verdict

TABLE = Path(__file__).with_name("verdicts.txt").read_text(encoding="utf-8")
ROWS = [line for line in TABLE.splitlines() if line and not line.startswith("#")]
AMBIGUOUS = [row.split(" | ")[:3] for row in ROWS if " | ambiguous | " in row]


@pytest.mark.parametrize("row", ROWS)
def test_an_answer_gets_its_verdict(row: str) -> None:
    """The kind of verdict, and where the row names them, the mistakes that explain the number."""
    example, quantity, typed, kind, *mistakes = row.split(" | ")
    found = verdict(example, quantity, typed.replace("\\n", "\n"))
    assert (found.kind.value == kind.removeprefix("not ")) is not kind.startswith("not ")
    if mistakes:
        assert [sorted(candidate) for candidate in named(found)] == listed(mistakes[0])


def listed(mistakes: str) -> list[list[tuple[str, str]]]:
    """The mistakes of a row, as `named` gives them."""
    if mistakes == "-":
        return []
    pairs = [[one.split(" ") for one in cand.split(" + ")] for cand in mistakes.split(" / ")]
    return [sorted((name, where) for name, where in cand) for cand in pairs]
