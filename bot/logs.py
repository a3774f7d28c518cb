"""Logs on standard error, without secrets: readable lines, or one JSON object on each line.

The token is taken out of every line after it was formatted, exceptions and their traces included,
so no part of the program and no library can leak it. What learners type is not logged at all.
"""

from __future__ import annotations

import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any, TextIO

import orjson

_TOKEN = re.compile(r"\d{5,}(?::|%3A)[A-Za-z0-9_-]{20,}", re.IGNORECASE)
_LOGIN = re.compile(r"(?<=://)\S*@")
HIDDEN = "<token>"
SHORTEST = 8
"""A shorter secret would be cut out of ordinary words, and so be told: see `redact`."""


def redact(text: str, secrets: tuple[str, ...] = ()) -> str:
    """The text without the secrets and without anything that looks like a bot token.

    What an address says before its `@` goes whatever it is; a secret elsewhere, if it is no word.

    >>> redact("cannot open postgresql://me:e@db/bot: the server is away", ("e",))
    'cannot open postgresql://<token>db/bot: the server is away'
    >>> redact("POST https://api.telegram.org/bot12345:AAAAAAAAAAAAAAAAAAAAAAAAA/getMe")
    'POST https://api.telegram.org/bot<token>/getMe'
    """
    for secret in secrets:
        if len(secret) >= SHORTEST:
            text = text.replace(secret, HIDDEN)
    return _TOKEN.sub(HIDDEN, _LOGIN.sub(HIDDEN, text))


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
        return self.hidden(super().format(record))

    def hidden(self, text: str) -> str:
        """A text without the secrets."""
        return redact(text, self._secrets)


_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
"""What every record has; anything more was given as `extra`."""


class JsonFormatter(RedactingFormatter):
    """Writes a record as one JSON object on one line.

    Its keys: `time` (ISO 8601, UTC), `level`, `logger`, `event` (what happened, in words); where
    there is more, `fields` (what was given as `extra`) and `exception` (`type`, `text`, `trace`).
    Secrets are taken out before anything is quoted, so that no quoting can hide one.

    Args:
        secrets: what must not be seen.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One record as JSON."""
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
        }
        if fields := {k: v for k, v in vars(record).items() if k not in _USUAL}:
            said["fields"] = fields
        if record.exc_info and (error := record.exc_info[1]) is not None:
            trace = record.exc_text or self.formatException(record.exc_info)
            said["exception"] = {"type": type(error).__name__, "text": str(error), "trace": trace}
        if record.stack_info:
            said["stack"] = record.stack_info
        return orjson.dumps(self._cleaned(said)).decode()

    def _cleaned(self, value: object) -> object:
        """A value that JSON can hold, without the secrets, however deep they lie."""
        match value:
            case None | bool() | float():
                return value
            case int() if abs(value) < 2**53:
                return value
            case dict():
                return {str(self._cleaned(str(k))): self._cleaned(v) for k, v in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self._cleaned(one) for one in value]
            case _:
                text = str(value).encode("utf-8", "replace").decode()
                return self.hidden(text)


def set_up(
    level: str,
    secrets: tuple[str, ...] = (),
    stream: TextIO | None = None,
    form: str = "text",
) -> None:
    """Sends this program's logs to a stream, standard error by default.

    Args:
        level: DEBUG, INFO, WARNING or ERROR, for the bot's own lines.
        secrets: what must not be seen.
        stream: where to.
        form: `text` for people, `json` for a log collector.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter(secrets) if form == "json" else RedactingFormatter(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("bot").setLevel(level)
    logging.getLogger("__main__").setLevel(level)
    for library in ("telegram", "httpx", "httpcore", "aiohttp", "sqlalchemy", "alembic", "asyncio"):
        logging.getLogger(library).setLevel(logging.WARNING)


def complain(text: str) -> None:
    """One last line for whoever runs the bot, without secrets: bare, or as JSON like the log."""
    formatter = next((one.formatter for one in logging.getLogger().handlers), None)
    if isinstance(formatter, JsonFormatter):
        logging.getLogger("bot").critical(text)
        return
    hidden = formatter.hidden if isinstance(formatter, RedactingFormatter) else redact
    sys.stderr.write(hidden(text) + "\n")
