"""One typed text and what a person would say it means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Typed:
    """A text, and its one meaning.

    `value` is None for a text that should be refused. `plain`: it stands there as ordinary figures
    and signs, so that no echo is owed. `either`: refusing it is as good as reading it right.
    `ascii`: figures and signs as a keyboard has them, so that other scripts may take their place.
    """

    kind: str
    text: str
    value: float | None
    plain: bool = True
    either: bool = False
    ascii: bool = True
