"""A short run of what `python -m tests.fuzz.http` does at length."""

from __future__ import annotations

import pytest

from tests.fuzz.http import fuzz

pytestmark = pytest.mark.process


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_whatever_comes_in_is_survived_and_answered(*, webhook: bool) -> None:
    """No error in the log, no private message or press unanswered, nothing sent is refused."""
    found = await fuzz(750, 1, webhook=webhook)
    assert found.clean, found
