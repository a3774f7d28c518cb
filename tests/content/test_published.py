"""Published worksheets come out right by the commands: what was printed is accepted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.content.running import run
from tests.engine.networks import SHEETS

GIVEN = ("network", "inputs", "target", "examples", "reduction", "learning_rate")


def given(sheet: dict[str, Any]) -> dict[str, Any]:
    """What a sheet says of its network and examples."""
    return {key: sheet[key] for key in GIVEN if key in sheet}


def is_right(printed: str, value: float) -> bool:
    """Whether what was printed is a value's rounding; where it is not, the sheet slipped."""
    unit = 10.0 ** -len(printed.partition(".")[2])
    return abs(float(printed) - value) <= 0.51 * unit


def test_what_is_printed_and_right_is_correct() -> None:
    """Every printed number of the eight sheets that is right is accepted, as it was printed."""
    asked = [
        given(sheet) | {"quantity": name, "typed": printed}
        for sheet in SHEETS.values()
        for name, printed in sheet["published"].items()
        if is_right(printed, sheet["values"][name])
    ]
    verdicts = [answer["verdict"] for answer in run("check", lines=asked).objects]
    assert len(verdicts) > 50
    assert set(verdicts) == {"correct"}


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_the_network_after_is_fed_back(sheet: dict[str, Any]) -> None:
    """`network_after` of a step is the network of the next line, with every weight moved."""
    [first] = run("trace", "--jsonl", lines=[given(sheet)]).objects
    [second] = run(
        "trace", "--jsonl", lines=[given(sheet) | {"network": first["network_after"]}]
    ).objects
    before = {one["id"]: one["value"] for one in first["quantities"]}
    again = {one["id"]: one["value"] for one in second["quantities"]}
    nexts = {name.removeprefix("next."): v for name, v in before.items() if "next." in name}
    assert nexts
    assert {name: again[name] for name in nexts} == pytest.approx(nexts, abs=1e-9)
