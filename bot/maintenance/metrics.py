"""What happens, counted for Prometheus. No label names a learner or holds what one typed.

All names have the application's prefix, but for the process's own, which every program calls so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import metadata
from platform import python_version

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    generate_latest,
)

from bot.dialogue.effects import Attempt

PREFIX = "build_a_network"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


def _version() -> str:
    try:
        return metadata.version("build-a-network")
    except metadata.PackageNotFoundError:
        return "not installed"


class PrometheusMeter:
    """Implements `bot.ports.Meter`.

    Args:
        queue: tells how many chats have something to be done.
    """

    def __init__(self, queue: Callable[[], float] = lambda: 0) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        Info("build", "What runs", namespace=PREFIX, registry=self.registry).info(
            {"version": _version(), "python": python_version()}
        )
        self._updates = self._counter("updates", "Updates that came in", "how")
        self._turns = self._counter("turns", "Turns stored")
        self._answers = self._counter("answers", "Answers judged", "verdict")
        self._mistakes = self._counter("mistakes", "Answers explained by a mistake", "mistake")
        self._calls = self._counter("telegram_calls", "Bot API calls", "method", "outcome")
        self._drawings = self._counter("drawings", "Pictures drawn", "outcome")
        self._turn_s = self._histogram("turn_seconds", "From an update to its stored turn")
        self._reply_s = self._histogram("reply_seconds", "From an update to its sent reply")
        self._call_s = self._histogram("telegram_seconds", "A Bot API call")
        self._drawing_s = self._histogram("drawing_seconds", "A drawing, with its wait")
        text = "Chats with something to be done"
        self.queue = Gauge("chats_waiting", text, namespace=PREFIX, registry=self.registry)
        self.queue.set_function(queue)

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(name, text, labels, PREFIX, registry=self.registry)

    def _histogram(self, name: str, text: str) -> Histogram:
        return Histogram(name, text, namespace=PREFIX, buckets=SECONDS, registry=self.registry)

    def received(self, how: str) -> None:
        """See `bot.ports.Meter`."""
        self._updates.labels(how).inc()

    def turn(self, attempts: Sequence[Attempt], seconds: float) -> None:
        """See `bot.ports.Meter`."""
        self._turns.inc()
        self._turn_s.observe(seconds)
        for attempt in attempts:
            self._answers.labels(attempt.verdict).inc()
            for mistake in attempt.mistakes[:1]:
                self._mistakes.labels(mistake).inc()

    def reply(self, seconds: float) -> None:
        """See `bot.ports.Meter`."""
        self._reply_s.observe(seconds)

    def call(self, method: str, outcome: str, seconds: float) -> None:
        """See `bot.ports.Meter`."""
        self._calls.labels(method, outcome).inc()
        if method != "getUpdates":
            self._call_s.observe(seconds)

    def drawing(self, outcome: str, seconds: float) -> None:
        """See `bot.ports.Meter`."""
        self._drawings.labels(outcome).inc()
        self._drawing_s.observe(seconds)

    def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self.registry)
