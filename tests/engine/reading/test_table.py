"""Every row of the table is read as it says, or refused with its reason."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import Any

import pytest

from engine.reading import Reading, Unreadable, describe, reasons
from engine.reading.characters import plain
from tests.engine.reading.table import (
    READ,
    REFUSED,
    ROWS,
    SEVERAL,
    Row,
    names_of,
    read,
    read_several,
)

FILE = tomllib.loads(resources.files("content").joinpath("en/reading.toml").read_text("utf-8"))


def _typed(row: Row) -> str:
    return ascii(row["typed"][:40])


def _facts(reading: Reading) -> dict[str, Any]:
    """What a row may promise of a reading."""
    return {
        "value": reading.value,
        "decimals": reading.decimals,
        "echo": "" if reading.literal else describe(reading),
        "label": reading.label,
        "sides": [side.text for side in reading.chain],
        "starts": list(reading.starts),
        "tree": re.sub(r"\w+=", "", repr(reading.answer.expression)),
    }


def _is_refused_as(row: Row, found: object) -> None:
    """Checks the reason, and that the place lies inside the text, short enough to be said."""
    assert isinstance(found, Unreadable), found
    assert found.reason == row["reason"]
    assert 0 <= found.start <= found.end <= len(row["typed"])
    assert len(found.piece) <= 24
    if "place" in row:
        assert row["typed"][found.start : found.end] == row["place"]
        assert found.piece == row["place"]


@pytest.mark.parametrize("row", READ, ids=_typed)
def test_a_text_with_one_meaning_is_read_as_it(row: Row) -> None:
    """What is not simply what stands there is said back; only sides of one line are equal."""
    reading = read(row["typed"], names_of(row))
    assert isinstance(reading, Reading), reading
    facts = _facts(reading)
    promised = {key: row[key] for key in row.keys() & facts.keys()}
    if reading.decimals is None and "value" in row:  # worked out, so that floats may differ
        promised["value"] = pytest.approx(row["value"], abs=1e-12)
    assert promised == {key: facts[key] for key in promised}
    assert [side for line in reading.lines for side in line] == list(reading.chain)


@pytest.mark.parametrize("row", REFUSED, ids=_typed)
def test_a_text_without_a_single_meaning_is_refused_with_its_reason(row: Row) -> None:
    """The reason is the id that content has a sentence for; the place counts code points typed."""
    _is_refused_as(row, read(row["typed"], names_of(row)))


@pytest.mark.parametrize("row", SEVERAL, ids=_typed)
def test_several_labelled_values_are_read_at_once(row: Row) -> None:
    """A comma separates only where a label follows it; a place counts in the whole message."""
    found = read_several(row["typed"], names_of(row))
    if "reason" in row:
        _is_refused_as(row, found)
    else:
        assert isinstance(found, tuple), found
        assert {reading.label: reading.value for reading in found} == row["several"]


def test_the_table_has_no_row_twice() -> None:
    """Each row stands for something of its own."""
    keys = [(row["typed"], row.get("names"), "several" in row) for row in ROWS]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("dressed", ["{}.", "{} lol", "{} 😊", "so {}", "ok. {}"])
def test_what_people_write_round_it_makes_nothing_readable(dressed: str) -> None:
    """A full stop or an empty word settles no doubt."""
    for row in REFUSED:
        if row["about"] != "refused: nothing":
            found = read(dressed.format(row["typed"]), names_of(row))
            assert isinstance(found, Unreadable), dressed.format(row["typed"])


def test_every_reason_has_a_row_and_a_sentence() -> None:
    """No reason exists that nothing leads to, but bare names, whose values hang on the step."""
    assert set(reasons()) - {row.get("reason") for row in ROWS} == {"only_a_name", "name_elsewhere"}
    assert set(FILE["problem"]) == set(reasons())


@pytest.mark.parametrize("reason", reasons())
def test_a_sentence_is_short_and_kind(reason: str) -> None:
    """It fits on a phone with a piece of 24 characters, does not shout and blames nobody."""
    sentence: str = FILE["problem"][reason]
    assert len(sentence.format(piece="0" * 24)) < 160
    assert "!" not in sentence
    assert not {"wrong", "error", "invalid"} & set(sentence.lower().split())


def test_the_echo_says_what_was_read() -> None:
    """The echo has one slot."""
    assert FILE["echo"]["reading"].format(reading="−0.3") == "I read that as −0.3."


@pytest.mark.parametrize(
    ("typed", "plain_text"),
    [
        ("\ufeff0.3", "0.3"),
        ("–0.3 — 0.2 ﹣ 0.1 ⸺ 1", "-0.3 - 0.2 - 0.1 - 1"),
        ("x1=٠٫٦", "x1=0.6"),
        ("19：00 19∶00", "19:00 19:00"),
        ("“a” ‘b’ «c» ‹d› ＂e＂", '"a" \'b\' "c" "d" "e"'),
        ("３⁄４ ３／４ 3∕4 3÷4", "3/4 3/4 3/4 3/4"),
        ("｛［（０．３）］｝％＃＆", "{[(0.3)]}%#&"),
        ("\u200e0.3\u200f \u2066-\u2069\u2060 \u3000", "0.3 -  "),
        ("\u202e30.0", "\u202e30.0"),
        ("५.५ 𝟎.𝟑 ⁄hint", "5.5 0.3 /hint"),
    ],
)
def test_phone_characters_come_out_plain(typed: str, plain_text: str) -> None:
    """One normaliser for whatever is typed: dashes, quotes, widths, scripts, marks unseen."""
    found, positions, _ = plain(typed)
    assert found == plain_text
    assert positions is None or len(positions) == len(found)
