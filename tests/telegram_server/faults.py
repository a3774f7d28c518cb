"""Trouble on order: scripted failures, so that tests can show what the bot does about them."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass

from tests.telegram_server.refusal import NoAnswerError, RefusedError


@dataclass(frozen=True)
class Fault:
    """One failure.

    Args:
        error: what the caller gets to see.
        after: whether the call takes effect first, as when only the answer is lost.
    """

    error: RefusedError | NoAnswerError
    after: bool = False


def too_many_requests(retry_after: int = 1) -> Fault:
    """Telegram's flood control: 429, try again after so many seconds."""
    description = f"Too Many Requests: retry after {retry_after}"
    return Fault(RefusedError(429, description, {"retry_after": retry_after}))


def server_error(code: int = 502) -> Fault:
    """Telegram itself is in trouble: 500 or 502."""
    return Fault(RefusedError(code, "Bad Gateway" if code == 502 else "Internal Server Error"))


def forbidden(reason: str = "bot was blocked by the user") -> Fault:
    """A 403, by default the one of a learner who blocked the bot."""
    return Fault(RefusedError(403, f"Forbidden: {reason}"))


def dropped(seconds: float = 0.0) -> Fault:
    """The call never arrives: the connection drops, or `seconds` pass without an answer."""
    return Fault(NoAnswerError(seconds))


def lost_answer(seconds: float = 0.0) -> Fault:
    """The call takes effect, but its answer is lost, or comes only after `seconds`."""
    return Fault(NoAnswerError(seconds), after=True)


def page(body: bytes) -> Fault:
    """The call never arrives: something on the way answers with a page of its own, and 200."""
    return Fault(NoAnswerError(page=body))


class Faults:
    """The failures still to come, per method, first in first out.

    >>> faults = Faults()
    >>> faults.add("sendMessage", None, too_many_requests(3))
    >>> [faults.take("sendMessage") is None for _ in range(3)]
    [True, False, True]
    """

    def __init__(self) -> None:
        self._coming: defaultdict[str, deque[Fault | None]] = defaultdict(deque)

    def add(self, method: str, *faults: Fault | None) -> None:
        """Lets the next calls of `method` fail in turn; None lets one call pass."""
        self._coming[method.lower()].extend(faults)

    def take(self, method: str) -> Fault | None:
        """The failure for the call that is being made now, if any."""
        coming = self._coming[method.lower()]
        return coming.popleft() if coming else None
