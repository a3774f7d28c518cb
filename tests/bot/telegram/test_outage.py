"""The outage of `sending_outage`, with fewer chats."""

from __future__ import annotations

from tests.benchmarks.sending_outage import measure
from tests.fakes.loop import run


def test_all_who_waited_are_answered_and_nobody_is_refused() -> None:
    """As soon as the platform allows it, and a fifth of that time at most."""
    found = run(measure(chats=900, allowed=30))
    assert found["answered"] == 900
    assert found["no"] == 0
    assert found["ms"] <= 1.2 * 1000 * 900 / 30
