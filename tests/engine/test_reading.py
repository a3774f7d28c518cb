"""The table of what is typed and what it means: read, read with an echo, or refused."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from engine.reading import Reading, Unreadable, describe, reasons
from engine.reading.characters import plain
from tests.engine.reading_cases import LITERAL, NAMES, REFUSED, TALKED, Table, read, rows

FILE = tomllib.loads(resources.files("content").joinpath("en/reading.toml").read_text("utf-8"))


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


@pytest.mark.parametrize(("typed", "reason"), rows(REFUSED))
def test_what_has_no_single_reading_is_refused_with_its_reason(typed: str, reason: str) -> None:
    """The reason is the id that content has a sentence for; the place lies inside the text."""
    refused = read(typed, NAMES)
    assert isinstance(refused, Unreadable), refused
    assert refused.reason == reason
    assert 0 <= refused.start <= refused.end <= len(typed)
    assert len(refused.piece) <= 24


@pytest.mark.parametrize("dressed", ["{}.", "{} lol", "{} 😊", "so {}", "ok. {}"])
def test_what_people_write_round_it_makes_nothing_readable(dressed: str) -> None:
    """A full stop or an empty word settles no doubt."""
    for typed, reason in rows({about: REFUSED[about] for about in REFUSED if about != "nothing"}):
        refused = read(dressed.format(typed), NAMES)
        assert isinstance(refused, Unreadable), (dressed.format(typed), reason)


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("12 3.7", "12 3.7"),
        ("3é100", "3é100"),
        ("0.6ü0.4", "0.6ü0.4"),
        ("3_100", "3_100"),
        ("／hint", "／hint"),
        ("0.24 + 1,234", "1,234"),
        ("  H1 = 0.3 cm", "cm"),
        ("0.6 * 0.4 + H7", "H7"),
        ("0.5 * (0.3", "("),
        ("−\u200b0.3 🙂 * 2", "🙂"),
        (r"\frac{3}{100} 🙂 * 2", "🙂"),
        (r"  \text{so} \(0.5 0.6\)", "0.5 0.6"),
        ("$0.5 w_{12}$", "w_{12"),
        ("（0.24 ＋ ＋ 0.06）", "＋ ＋"),
        ("0.24 = 1/0", "1/0"),
        ("I think not −0,3", "−0,3"),
        ("so is it 0.03 or what", "0.03"),
    ],
)
def test_a_refusal_points_at_the_place_in_the_text_as_typed(typed: str, place: str) -> None:
    """Places count the code points of what was typed, whatever was made plain before reading."""
    refused = read(typed)
    assert isinstance(refused, Unreadable)
    assert typed[refused.start : refused.end] == place
    assert refused.piece == place


def test_every_reason_has_a_case() -> None:
    """No reason exists that nothing leads to, but those of several answers and of bare names."""
    shown = {row[1] for row in rows(REFUSED)}
    assert set(reasons()) - shown == {
        *("label_missing", "same_label_twice", "only_a_name", "name_elsewhere"),
    }


def test_the_file_has_a_sentence_for_each_reason_and_no_other() -> None:
    """A reason added to the engine fails here until it has words."""
    assert set(FILE["problem"]) == set(reasons())


@pytest.mark.parametrize("reason", reasons())
def test_a_sentence_is_short_and_kind(reason: str) -> None:
    """It fits on a phone with a piece of 24 characters, does not shout and blames nobody."""
    sentence: str = FILE["problem"][reason]
    filled = sentence.format(piece="0" * 24)
    assert len(filled) < 160
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
