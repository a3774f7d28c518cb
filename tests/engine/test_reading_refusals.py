"""What is not read: the ambiguous, the unfinished, and what is no number, with reason and place."""

from __future__ import annotations

import pytest

from engine.reading import Unreadable, read, reasons
from tests.engine.reading_cases import NAMES, REFUSED, rows


@pytest.mark.parametrize(("typed", "reason"), rows(REFUSED))
def test_what_has_no_single_reading_is_refused_with_its_reason(typed: str, reason: str) -> None:
    """The reason is the id that content has a sentence for; the place lies inside the text."""
    refused = read(typed, NAMES)
    assert isinstance(refused, Unreadable), refused
    assert refused.reason == reason
    assert 0 <= refused.start <= refused.end <= len(typed)
    assert len(refused.piece) <= 24


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("12 3.7", "12 3.7"),
        ("0.24 + 1,234", "1,234"),
        ("  H1 = 0.3 cm", "cm"),
        ("0.6 * 0.4 + H7", "H7"),
        ("0.5 * (0.3", "("),
        ("−\u200b0.3 🙂", "🙂"),
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


def test_every_reason_but_the_catch_all_has_a_case() -> None:
    """No reason exists that nothing leads to, except those of several answers at once."""
    shown = {row[1] for row in rows(REFUSED)}
    assert set(reasons()) - shown == {"unclear", "label_missing", "same_label_twice"}


def test_nothing_is_refused_as_unclear_in_the_table() -> None:
    """Whoever adds a case finds a reason that tells the learner something."""
    assert "unclear" not in {row[1] for row in rows(REFUSED)}
