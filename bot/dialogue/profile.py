"""What the bot says about itself on a platform."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """What the bot says about itself on the platform."""

    commands: tuple[tuple[str, str], ...]
    """(name, description) pairs of the command menu, in order."""
    description: str
    """Shown in an empty chat; at most 512 characters."""
    short_description: str
    """Shown on the bot's page; at most 120 characters."""
    sorry: str
    """What a learner reads when the dialogue itself fails, as HTML."""
    too_fast: str
    """What a learner who sends far too much at once reads, as HTML."""
