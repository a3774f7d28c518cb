"""Telegram's flood control: so many messages a second, with short bursts; then it asks to wait."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable


class Flood:
    """Counts what a bot sends.

    Args:
        clock: the time in seconds.
        everywhere: how many messages a second may go out, over all chats.
        one_chat: how many in one chat.
        burst: how many of a chat's messages may come at once.

    >>> flood = Flood(lambda: 0.0, everywhere=30, one_chat=1, burst=2)
    >>> [flood.refused(7) for _ in range(4)]
    [0, 0, 1, 1]
    """

    def __init__(
        self,
        clock: Callable[[], float],
        *,
        everywhere: float = 30.0,
        one_chat: float = 1.0,
        burst: float = 5.0,
    ) -> None:
        self._clock = clock
        self._all = _Bucket(clock, everywhere, everywhere)
        self._chats: defaultdict[object, _Bucket] = defaultdict(
            lambda: _Bucket(clock, one_chat, burst)
        )

    def refused(self, chat: object) -> int:
        """How many seconds to wait before something may be sent to a chat; 0 to send it now."""
        buckets = (self._all, self._chats[chat])
        wait_s = max(bucket.wait_s() for bucket in buckets)
        if wait_s:
            return math.ceil(wait_s)
        for bucket in buckets:
            bucket.level -= 1
        return 0


class _Bucket:
    def __init__(self, clock: Callable[[], float], rate: float, most: float) -> None:
        self._clock, self._rate, self._most = clock, rate, most
        self.level, self._at = most, clock()

    def wait_s(self) -> float:
        """How long until there is room for one."""
        now = self._clock()
        self.level = min(self._most, self.level + (now - self._at) * self._rate)
        self._at = now
        return max(0.0, (1 - self.level) / self._rate)
