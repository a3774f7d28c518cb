"""What is done ahead, between everything else, so that no learner's turn takes long."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

REST_S = 0.005
"""Between two bits of it."""


async def bit_by_bit(work: Iterable[None]) -> None:
    """Does some work, resting after each bit."""
    for _ in work:
        await asyncio.sleep(REST_S)
