"""`python -m content`: its help, its table of commands, and how it ends."""

from __future__ import annotations

import subprocess
import sys

import pytest

from content.commands import COMMANDS
from tests.content.running import refusal, run

PYTHON = [sys.executable, "-m", "content"]


def test_the_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` says what there is, one line for each command, and ends well."""
    with pytest.raises(SystemExit) as ended:
        run("--help")
    assert ended.value.code == 0
    text = capsys.readouterr().out
    for command in COMMANDS:
        assert f"    {command.name}" in text
        assert command.help in text


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_each_command_has_its_own_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`COMMAND --help` says what goes in and what comes out."""
    with pytest.raises(SystemExit) as ended:
        run(name, "--help")
    assert ended.value.code == 0
    assert len(capsys.readouterr().out.splitlines()) > 5


@pytest.mark.parametrize("arguments", [(), ("paint",), ("trace", "--speed", "3")])
def test_a_wrong_command_line_ends_with_2(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """What is no command or option is refused with the usage and exit code 2."""
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    assert ended.value.code == 2
    assert "usage: python -m content" in capsys.readouterr().err


@pytest.mark.parametrize("command", [("trace", "--jsonl"), ("read",), ("check",)])
@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"x1 = 0.6\n", "line 1: is not JSON: Expecting value at column 1"),
        (b"\n  \n{\n", "line 3: is not JSON: Expecting property name enclosed in double quotes"),
        (b"[1]\n", "line 1: needs a JSON object, not [1]"),
        (b'{"a": "\xff"}\n', "line 1: is not UTF-8 text at byte 8"),
        (b'{"a": 1, "b": [{"c": 1, "c": 2}]}\n', "line 1: b[0]: the key 'c' stands there twice"),
        (b'{"a": 1, "a": 1}\n', "line 1: the object: the key 'a' stands there twice"),
        (b"[" * 200_000, "line 1: is not JSON that can be read: a number too long, or nested too"),
        (b"1" * 5000, "line 1: is not JSON that can be read: a number too long, or nested too"),
    ],
)
def test_a_line_that_is_no_object_is_refused(
    command: tuple[str, ...], raw: bytes, text: str
) -> None:
    """Whatever stands on a line, it gets one line on standard error with its number."""
    assert refusal(*command, raw=raw).startswith(f"content {command[0]}: {text}")


@pytest.mark.parametrize("depth", [500, 990, 3000])
@pytest.mark.parametrize("command", [("trace", "--jsonl"), ("read",), ("check",)])
@pytest.mark.parametrize("key", ["network", "typed", "earlier"])
def test_deep_nesting_is_refused_or_ignored(command: tuple[str, ...], key: str, depth: int) -> None:
    """However deep a line is nested, it gets one line of error, or its answer if ignored."""
    deep = f'{{"typed": "0", "quantity": "loss", "{key}!": {"[" * depth}{"]" * depth}}}'
    for line in (deep, deep.replace("!", "")):
        ran = run(*command, lines=[line])
        assert ran.errors.count("\n") == (ran.code == 2), ran.errors


@pytest.mark.process
def test_lines_are_answered_one_by_one() -> None:
    """Each answer is sent before the next line is read, and the last needs no end of line."""
    with subprocess.Popen(
        [*PYTHON, "trace", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for target in (b"1", b"0"):
            process.stdin.write(b'{"target": %s}\n' % target)
            process.stdin.flush()
            assert process.stdout.readline().startswith(b'{"quantities": ')
        process.stdin.write(b'{"target": 1}')
        process.stdin.close()
        assert process.stdout.read().startswith(b'{"quantities": ')
    assert process.returncode == 0


@pytest.mark.process
def test_a_reader_that_leaves_is_no_error() -> None:
    """`python -m content trace | head` ends quietly, and any locale will do."""
    with subprocess.Popen(
        [*PYTHON, "trace"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_validate_says_that_the_content_can_be_used() -> None:
    """One line for each language, with its lesson and how many steps it has."""
    ran = run("validate")
    assert (ran.code, ran.errors) == (0, "")
    assert "en: Build a network, 36 steps: all right" in ran.out.splitlines()
