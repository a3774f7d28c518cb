"""A Bot API call's parameters, whichever way they came: JSON, form fields, multipart, in-process.

Over HTTP every value is a string and complex ones are JSON inside it; in-process they are Python
values already. The readers below accept both, as Telegram does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson

from tests.telegram_server.refusal import bad_request


class Upload(NamedTuple):
    """A file that came with a call."""

    name: str
    content: bytes


class Params:
    """Typed reading of one call's parameters.

    Args:
        raw: name to value, as sent.
        files: part name to uploaded file.

    >>> Params({"chat_id": "7", "reply_markup": '{"force_reply": true}'}).json("reply_markup")
    {'force_reply': True}
    """

    def __init__(self, raw: Mapping[str, Any], files: Mapping[str, Upload] | None = None) -> None:
        self.raw = raw
        self.files = files or {}

    def __contains__(self, name: str) -> bool:
        return self.raw.get(name) is not None

    def text(self, name: str) -> str:
        """A string; empty when it was not sent."""
        value = self.raw.get(name)
        return "" if value is None else str(value)

    def whole(self, name: str, default: int = 0) -> int:
        """An integer, `default` when it was not sent or is none."""
        try:
            return int(self.raw.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """A boolean, false when it was not sent."""
        return self.text(name).lower() in {"true", "1", "yes"}

    def json(self, name: str) -> Any:  # noqa: ANN401  JSON is what it is
        """A JSON value, None when it was not sent.

        Raises:
            RefusedError: when the string is no JSON.
        """
        value = self.raw.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            kind = name.replace("_", " ")
            raise bad_request(f"can't parse {kind} JSON object") from None

    def upload(self, name: str) -> Upload | str:
        """The file for a parameter: the upload itself, or the file_id or address that was sent."""
        value = self.text(name)
        part = value.removeprefix("attach://") if value.startswith("attach://") else name
        if part in self.files and (part != name or not value):
            return self.files[part]
        return value
