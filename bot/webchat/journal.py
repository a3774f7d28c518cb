"""What the chat remembers across restarts: one append-only file of JSON lines.

Every change adds a line; nothing is rewritten while the chat runs, so a process that is killed
loses at most the line it was writing. At start the lines are replayed and the file is replaced, in
one step, by the shortest file with the same meaning.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

logger = logging.getLogger(__name__)


class Journal:
    """An append-only file of JSON objects.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._broken = False

    def read(self) -> Iterator[dict[str, Any]]:
        """Every complete line, oldest first; a line cut short by a crash is skipped."""
        if not self._path.exists():
            return
        for line in self._path.read_bytes().splitlines():
            try:
                record = orjson.loads(line)
            except orjson.JSONDecodeError:
                logger.warning("skipped an unreadable line in %s", self._path)
                continue
            if isinstance(record, dict):
                yield record

    def rewrite(self, records: Iterable[dict[str, Any]]) -> None:
        """Replaces the file by these records, all at once."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".part")
        with draft.open("wb") as file:
            file.writelines(orjson.dumps(record) + b"\n" for record in records)
        draft.replace(self._path)

    def append(self, *records: dict[str, Any]) -> None:
        """Adds records in one piece; a full disk costs the memory of the chat, not the chat."""
        if self._broken:
            return
        try:
            with self._path.open("ab") as file:
                file.write(b"".join(orjson.dumps(record) + b"\n" for record in records))
        except OSError:
            logger.exception("the chat's history can no longer be saved")
            self._broken = True
