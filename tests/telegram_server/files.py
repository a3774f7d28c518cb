"""Files sent through the local Telegram: kept once per content."""

from __future__ import annotations

import itertools
import mimetypes
import struct
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.telegram_server.params import Upload
from tests.telegram_server.refusal import bad_request

_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")
MAX_PHOTO_BYTES = 10 * 1024 * 1024
PHOTO_SIDE = 1280


@dataclass(frozen=True)
class StoredFile:
    """A file as the local Telegram keeps it.

    Args:
        kind: "photo" or "document".
        digest: names the content.
        name: the file name it was sent under.
        size: in bytes.
    """

    kind: str
    digest: str
    name: str
    size: int

    @property
    def path(self) -> str:
        """Telegram's `file_path`: where the file is fetched from."""
        return f"{self.kind}s/{self.digest}{self.suffix}"

    @property
    def suffix(self) -> str:
        """The ending of the name, such as `.png`."""
        return Path(self.name).suffix.lower()

    @property
    def mime_type(self) -> str:
        """The type the name suggests."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


class FileStore:
    """Every file by content."""

    def __init__(self) -> None:
        self._bytes: dict[str, bytes] = {}
        self._counter = itertools.count(1)
        self.known: dict[str, StoredFile] = {}

    def add(self, kind: str, upload: Upload) -> StoredFile:
        """Keeps an upload.

        Raises:
            RefusedError: when it is empty, too large, or a photo that is no picture.
        """
        if not upload.content:
            raise bad_request("file must be non-empty")
        name, content = upload.name or kind, upload.content
        if kind == "photo":
            _check_picture(content)
            picture_size(content)
            name, content = "photo.jpg", as_telegram_keeps(content)
        digest = sha256(upload.content).hexdigest()[:40]
        stored = StoredFile(kind, digest, name, len(content))
        self.known[f"{kind}.{digest}"] = stored
        self._bytes[stored.path] = content
        return stored

    def new_id(self, stored: StoredFile) -> str:
        """A fresh `file_id`: Telegram hands out another one for every upload."""
        return f"{stored.kind}.{stored.digest}.{next(self._counter)}"

    def find(self, file_id: str) -> StoredFile:
        """The file behind a `file_id`.

        Raises:
            RefusedError: when there is none.
        """
        stored = self.known.get(file_id.rpartition(".")[0])
        if stored is None:
            problem = "Wrong padding in the string"
            raise bad_request(f"wrong remote file identifier specified: {problem}")
        return stored

    def read(self, stored: StoredFile) -> bytes:
        """The content of a file."""
        return self._bytes[stored.path]

    def by_path(self, path: str) -> StoredFile | None:
        """The file with this `file_path`, if any."""
        return next((stored for stored in self.known.values() if stored.path == path), None)


def _check_picture(content: bytes) -> None:
    if len(content) > MAX_PHOTO_BYTES:
        raise bad_request("file is too big")
    if not content.startswith(_SIGNATURES):
        raise bad_request("IMAGE_PROCESS_FAILED")


@lru_cache(maxsize=64)
def as_telegram_keeps(content: bytes) -> bytes:
    """A picture as Telegram keeps it: a JPEG of at most 1,280 pixels a side.

    Raises:
        RefusedError: when it cannot be read.
    """
    kept = BytesIO()
    try:
        with Image.open(BytesIO(content)) as picture:
            picture.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
            picture.convert("RGB").save(kept, "JPEG", quality=87)
    except OSError:
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    return kept.getvalue()


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG, JPEG or GIF in pixels; 800 × 600 when they can't be read.

    Raises:
        RefusedError: when Telegram would not take a picture of this shape.
    """
    width, height = 800, 600
    if content.startswith(b"\x89PNG") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
    elif content.startswith(b"GIF8") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
    elif content.startswith(b"\xff\xd8"):
        width, height = _jpeg_size(content) or (width, height)
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
