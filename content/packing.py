"""What is seldom needed, held in a tenth of the memory."""

from __future__ import annotations

import pickle
import zlib
from typing import Any


def packed(what: object) -> bytes:
    """Something of this program's own, as a few bytes."""
    return zlib.compress(pickle.dumps(what, pickle.HIGHEST_PROTOCOL))


def unpacked(some: bytes) -> Any:  # noqa: ANN401 - whatever was packed
    """What `packed` made bytes of."""
    return pickle.loads(zlib.decompress(some))  # noqa: S301 - nobody else's
