"""Trouble on Telegram's side that lasts; `tests.telegram_server.faults` scripts single failures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.telegram_server.faults import Fault, Faults

FETCHING = "getupdates"


class Weather(Faults):
    """The failures still to come, and one that every call meets while it lasts."""

    def __init__(self) -> None:
        super().__init__()
        self._lasting: Fault | None = None
        self._spared = frozenset[str]()

    @contextmanager
    def bad(self, fault: Fault, *spared: str) -> Iterator[None]:
        """Lets every call fail, but of the methods that are spared."""
        self._lasting, self._spared = fault, frozenset(spared)
        try:
            yield
        finally:
            self._lasting = None

    def take(self, method: str) -> Fault | None:
        """See `Faults.take`."""
        if self._lasting is not None and method.lower() not in self._spared:
            return self._lasting
        return super().take(method)
