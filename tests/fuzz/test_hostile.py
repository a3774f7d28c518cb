"""A short run of `tests.fuzz.hostile`."""

from __future__ import annotations

from pathlib import Path

from tests.fuzz.hostile import fuzz


async def test_hostile_bytes_at_every_field(tmp_path: Path) -> None:
    """Everybody who can be told is told, another learner too, and nothing is left in the store."""
    feed, wrong = await fuzz(2_000, 7, tmp_path)
    assert wrong == []
    assert feed.unanswered == []
    assert feed.calm_s
