"""Files that authors write, read with a look at what they are."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

LARGEST_BYTES = 1_000_000
"""Ten times the longest file of a lesson."""


def text_of(at: Path, encoding: str = "utf-8") -> str:
    """The text of a file.

    Raises:
        OSError: it cannot be read, is no ordinary file, or is too long; its `strerror` says so.
        UnicodeDecodeError: it is of another encoding.
    """
    about = at.stat()
    if not stat.S_ISREG(about.st_mode):
        raise OSError(errno.EINVAL, "is no ordinary file")
    if about.st_size > LARGEST_BYTES:
        raise OSError(errno.EFBIG, f"is longer than {LARGEST_BYTES:,} bytes")
    return at.read_text(encoding)
