"""The chat's files: kept once per content, in a folder."""

from __future__ import annotations

import re
import struct
from hashlib import sha256
from pathlib import Path, PurePath

from bot.runtime.opening import as_text
from bot.webchat.posts import File

_DIGEST = re.compile(r"[0-9a-f]{40}")
"""Part of a file's name in updates; all of it, but in those written by earlier versions."""


class Files:
    """Implements `bot.ports.Files`.

    Args:
        folder: where they are kept, each under its digest.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, name: str, content: bytes, *, picture: bool = False) -> File:
        """Keeps a file.

        Args:
            name: what it is called.
            content: its bytes; a picture is a PNG.
            picture: whether it is to be shown.
        """
        digest = sha256(content).hexdigest()[:40]
        if not (self._folder / digest).exists():
            draft = self._folder / f"{digest}.part"
            draft.write_bytes(content)
            draft.replace(self._folder / digest)
        sides = struct.unpack(">II", content[16:24]) if picture else (0, 0)
        return File(digest, name, len(content), *sides)

    def read(self, file: File) -> bytes:
        """A file's content; empty when it was deleted from the folder meanwhile."""
        path = self._folder / file.digest
        return path.read_bytes() if path.exists() else b""

    async def text(self, file: str) -> str | None:
        """See `bot.ports.Files`."""
        digest = _DIGEST.search(file)
        path = self._folder / (digest[0] if digest else "none")
        return as_text(path.read_bytes()) if path.exists() else None

    def on_disk(self, file: File) -> Path:
        """A real file with this content and a fitting ending, for people who have no browser."""
        ending = PurePath(file.name).suffix.lower()
        target = self._folder / "shown" / f"{file.digest[:12]}{ending}"
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(self.read(file))
        return target
