"""The runtime: takes events, lets the dialogue answer, stores the turn, performs what follows."""

from bot.runtime.runtime import Runtime

__all__ = ["Runtime"]
