"""Logs: readable or as JSON, and never with a secret or what a learner typed in them."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from bot import logs

TOKEN = "123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
PASSWORD = 'hush"\\\nü'


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    """Where the log goes; the loggers are as before afterwards."""
    root = logging.getLogger()
    loggers = [root, *(logging.getLogger(name) for name in ("bot", "__main__", "telegram"))]
    before = [(one, one.level, one.handlers[:]) for one in loggers]
    yield io.StringIO()
    for one, level, handlers in before:
        one.setLevel(level)
        one.handlers[:] = handlers


def written(out: io.StringIO) -> list[dict[str, Any]]:
    """Every line, read as JSON."""
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_line_for_people(out: io.StringIO) -> None:
    """Time, level, where from, what."""
    logs.set_up("INFO", stream=out)
    logging.getLogger("bot.x").info("%d replies", 3)
    assert out.getvalue().endswith(" INFO    bot.x: 3 replies\n")


def test_a_line_for_programs(out: io.StringIO) -> None:
    """The same as one object, with a time that has a zone, and the extra fields."""
    logs.set_up("INFO", stream=out, form="json")
    logging.getLogger("bot.x").info("%d replies", 3, extra={"chats": (1, 2), "wait_s": 0.5})
    (line,) = written(out)
    assert datetime.fromisoformat(line.pop("time")).utcoffset() is not None
    assert line == {
        "level": "INFO",
        "logger": "bot.x",
        "event": "3 replies",
        "fields": {"chats": [1, 2], "wait_s": 0.5},
    }


def test_an_exception_is_a_field(out: io.StringIO) -> None:
    """Its type, its text and its trace, on the same one line; the stack too, where wanted."""
    logs.set_up("INFO", stream=out, form="json")
    try:
        raise ValueError("line 1\nline 2")
    except ValueError:
        logging.getLogger("bot").exception("it failed", stack_info=True)
    (line,) = written(out)
    assert line["exception"]["type"] == "ValueError"
    assert line["exception"]["text"] == "line 1\nline 2"
    assert "test_logs.py" in line["exception"]["trace"]
    assert "Stack" in line["stack"]
    assert "fields" not in line


class Odd:
    """Something JSON does not know, whose text holds a secret."""

    def __str__(self) -> str:
        return f"odd {PASSWORD}"


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_secret_is_written(out: io.StringIO, form: str) -> None:
    """Wherever it stands: in the words, a field, a key, an exception, its trace; quoted or not."""
    logs.set_up("INFO", (TOKEN, PASSWORD), out, form)
    log = logging.getLogger("bot")
    deep = [{"deeper": f"x{PASSWORD}y", PASSWORD: 1}]
    fields = {"deep": deep, "odd": Odd(), "url": f"bot{TOKEN}/"}
    try:
        raise OSError(f"cannot reach {TOKEN} with {PASSWORD}")
    except OSError:
        log.exception("asked %s with %s", TOKEN, PASSWORD, extra=fields)
    log.info("another token: 987654321:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB")
    text = out.getvalue()
    quoted = json.dumps(PASSWORD)[1:-1]
    plainly = json.dumps(PASSWORD, ensure_ascii=False)[1:-1]
    for secret in (TOKEN, "BBBBBBBB", PASSWORD, quoted, plainly):
        assert secret not in text
    assert logs.HIDDEN in text


@pytest.mark.parametrize("value", [2**70, float("nan"), "\ud800", {1, 2}, b"\xff", None, {3: 4}])
def test_whatever_is_given_is_one_line_of_json(out: io.StringIO, value: object) -> None:
    """A log must not fail over what it is told."""
    logs.set_up("INFO", stream=out, form="json")
    logging.getLogger("bot").info("so %s", value, extra={"given": value})
    (line,) = written(out)
    assert line["level"] == "INFO"
    assert "given" in line["fields"]


def test_libraries_are_heard_from_warnings_on(out: io.StringIO) -> None:
    """Their INFO lines quote whole addresses."""
    logs.set_up("DEBUG", stream=out, form="json")
    logging.getLogger("telegram").info("chatter")
    logging.getLogger("telegram").warning("trouble")
    logging.getLogger("bot").debug("detail")
    assert [line["event"] for line in written(out)] == ["trouble", "detail"]


def test_the_last_words_follow_the_log(
    out: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bare for people, an object where a program reads; without a token either way."""
    logs.set_up("INFO", stream=out)
    logs.complain(f"bad {TOKEN}")
    assert capsys.readouterr().err == f"bad {logs.HIDDEN}\n"
    logs.set_up("INFO", stream=out, form="json")
    logs.complain(f"bad {TOKEN}")
    (line,) = written(out)
    assert (line["level"], line["event"]) == ("CRITICAL", f"bad {logs.HIDDEN}")
