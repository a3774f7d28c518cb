"""Plain, readable logs on standard error, without secrets.

The token is taken out of every line after it was formatted, exceptions and their traces included,
so no part of the program and no library can leak it. What learners type is not logged at all.
"""

from __future__ import annotations

import logging
import re
import sys
from typing import TextIO

_TOKEN = re.compile(r"\d{5,}(?::|%3A)[A-Za-z0-9_-]{20,}", re.IGNORECASE)
HIDDEN = "<token>"


def redact(text: str, secrets: tuple[str, ...] = ()) -> str:
    """The text without the secrets and without anything that looks like a bot token.

    >>> redact("POST https://api.telegram.org/bot12345:AAAAAAAAAAAAAAAAAAAAAAAAA/getMe")
    'POST https://api.telegram.org/bot<token>/getMe'
    """
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    return _TOKEN.sub(HIDDEN, text)


class RedactingFormatter(logging.Formatter):
    """Formats a line, then takes the secrets out of it.

    Args:
        secrets: what must not be seen.
    """

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """One record as text."""
        return redact(super().format(record), self._secrets)


def set_up(level: str, secrets: tuple[str, ...] = (), stream: TextIO | None = None) -> None:
    """Sends this program's logs to a stream, standard error by default.

    Args:
        level: DEBUG, INFO, WARNING or ERROR, for the bot's own lines.
        secrets: what must not be seen.
        stream: where to.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(RedactingFormatter(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("bot").setLevel(level)
    logging.getLogger("__main__").setLevel(level)
    for library in ("telegram", "httpx", "httpcore", "aiohttp", "sqlalchemy", "alembic", "asyncio"):
        logging.getLogger(library).setLevel(logging.WARNING)
