"""A disk that can be full: a small file system of its own, or a bound on the size of files."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SIZE = "64m"
TIGHT_BYTES = 64 * 1024
"""The largest file there can be where a bound has to do; the bot's log is smaller."""


@dataclass(frozen=True)
class SmallDisk:
    """Where a database can run out of room.

    Args:
        folder: the disk.
        real: whether it is a file system of its own; only root can have one.
    """

    folder: Path
    real: bool

    def fill(self, processes: Iterable[int]) -> None:
        """From now on nothing more fits."""
        if not self.real:
            for one in processes:
                _bound(one, TIGHT_BYTES)
            return
        with (self.folder / "filler").open("wb", buffering=0) as filler:
            try:
                while filler.write(bytes(4096)) == 4096:
                    pass
            except OSError:
                return  # full

    def free(self, processes: Iterable[int]) -> None:
        """There is room again."""
        if not self.real:
            for one in processes:
                _bound(one, resource.RLIM_INFINITY)
            return
        (self.folder / "filler").unlink()


def _bound(process: int, size: int) -> None:
    _, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (size, hard))


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """A disk at a folder, for as long as the block runs."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    real = os.geteuid() == 0 and subprocess.run(mount, check=False).returncode == 0
    try:
        yield SmallDisk(folder, real)
    finally:
        if real:
            subprocess.run(["umount", str(folder)], check=True)
