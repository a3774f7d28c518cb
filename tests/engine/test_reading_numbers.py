"""What phones send as one number, and the value it has."""

from __future__ import annotations

import pytest

from engine.reading import Reading, describe, read
from tests.engine.reading_cases import LITERAL, TALKED, Table, rows


def _read(typed: str) -> Reading:
    reading = read(typed)
    assert isinstance(reading, Reading), reading
    return reading


@pytest.mark.parametrize(("typed", "value", "decimals"), rows(LITERAL))
def test_a_number_is_read_as_it_stands(typed: str, value: float, decimals: int | None) -> None:
    """A number has its value and its decimals, and needs no echo."""
    reading = _read(typed)
    assert (reading.value, reading.decimals) == (value, decimals)
    assert reading.literal


@pytest.mark.parametrize(("typed", "value", "decimals", "echo"), rows(TALKED))
def test_a_number_that_takes_some_reading_is_echoed(
    typed: str, value: float, decimals: int | None, echo: str
) -> None:
    """What is not simply a number as it stands is read, marked, and said back."""
    reading = _read(typed)
    assert (reading.value, reading.decimals) == (value, decimals)
    assert not reading.literal
    assert describe(reading) == echo


def test_tables_have_no_case_twice() -> None:
    """Each case stands for something of its own."""
    tables: list[Table] = [LITERAL, TALKED]
    typed = [row[0] for table in tables for row in rows(table)]
    assert len(typed) == len(set(typed))
