"""FSRS: the same answers at the same times give the same dates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learning.review import SOON, Card, reviewed, still_held

START = datetime(2026, 3, 28, 18, 30, 15, 999, tzinfo=UTC)

answers = st.lists(st.tuples(st.booleans(), st.integers(0, 60 * 24 * 40)), min_size=1, max_size=12)


def after(history: list[tuple[bool, int]], zone: timezone = UTC) -> Card:
    """The card after (held, minutes since the answer before) answers."""
    card, now = None, START.astimezone(zone)
    for held, minutes in history:
        now += timedelta(minutes=minutes)
        card = reviewed(card, "relu", now, held=held)
    assert card is not None
    return card


def test_the_first_dates_are_these() -> None:
    """Right at once is due in two days; missed at once, in ten minutes."""
    assert after([(True, 0)]).due == int((START + timedelta(days=2)).timestamp())
    assert after([(False, 0)]).due == int((START + SOON).timestamp())


def test_what_is_held_comes_up_ever_later() -> None:
    """Answered right when due, four times: each interval is longer than the one before."""
    card, now, gaps = None, START, []
    for _ in range(4):
        card = reviewed(card, "relu", now, held=True)
        gaps.append(card.due - card.last)
        now = datetime.fromtimestamp(card.due, UTC)
    assert gaps == sorted(gaps)
    assert gaps[-1] > 10 * gaps[0]


@given(answers)
def test_the_same_answers_give_the_same_card(history: list[tuple[bool, int]]) -> None:
    """No dice and no clock: twice the same, in whatever time zone `now` is given."""
    assert after(history) == after(history)
    assert after(history) == after(history, timezone(timedelta(hours=9)))


@given(answers)
def test_a_card_survives_storage(history: list[tuple[bool, int]]) -> None:
    """What is stored is all there is, and a review goes on from it."""
    card = after(history)
    again = Card.from_list(card.to_list())
    later = datetime.fromtimestamp(card.due, UTC)
    assert again == card
    assert reviewed(again, "relu", later, held=True) == reviewed(card, "relu", later, held=True)


@given(answers)
def test_a_card_is_due_in_the_future(history: list[tuple[bool, int]]) -> None:
    """Never before it was answered, nor more than a year after."""
    card = after(history)
    assert card.last < card.due <= card.last + 366 * 24 * 3600
    assert not card.is_due(datetime.fromtimestamp(card.last, UTC))
    assert card.is_due(datetime.fromtimestamp(card.due, UTC))


def test_what_is_held_fades() -> None:
    """The chance starts at 1, falls with the days, and is about 0.9 when due."""
    card = after([(True, 0), (True, 3 * 24 * 60)])
    moments = [datetime.fromtimestamp(card.last + day * 86400, UTC) for day in (0, 3, 30, 300)]
    chances = [still_held(card, moment) for moment in moments]
    assert chances[0] == 1
    assert chances == sorted(chances, reverse=True)
    assert still_held(card, datetime.fromtimestamp(card.due, UTC)) == pytest.approx(0.9, abs=0.03)


def test_a_clock_set_back_does_not_matter() -> None:
    """An answer from before the last one counts as given with it."""
    card = after([(True, 0)])
    earlier = reviewed(card, "relu", START - timedelta(days=1), held=True)
    assert earlier.last == card.last


def test_a_time_without_a_zone_is_refused() -> None:
    """`now` has to say where it is from."""
    with pytest.raises(ValueError, match="time zone"):
        reviewed(None, "relu", datetime(2026, 1, 1), held=True)  # noqa: DTZ001 - on purpose
