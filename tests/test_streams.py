"""The programs with standard streams of every kind: no traceback, and as much as can be said."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CHECK = "-m content validate"
TRACE = "-m content trace --inputs 0.6,0.7 --target 1"


def shell(command: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a command line in which `python` is this one."""
    known = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        ["bash", "-c", command.replace("python", sys.executable)],
        cwd=ROOT,
        env=known | {"DATA_FOLDER": str(tmp_path / "data")} | environment,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=60,
        check=False,
    )


@pytest.mark.process
@pytest.mark.parametrize(
    "command",
    [
        f"python {CHECK} >&-",
        f"python {TRACE} <&- >&- 2>&-",
        f"python {TRACE} | head -1",
        "set -o pipefail; python -m bot --terminal <&- 2>&- | head -1",
        "echo /start | python -m bot --terminal | head -1",
    ],
)
def test_streams_that_are_closed(command: str, tmp_path: Path) -> None:
    """Nothing is written that nobody reads, and no file gets the place of a closed stream."""
    done = shell(command, tmp_path)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert done.returncode in {0, 1}


@pytest.mark.process
@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_output_of_another_encoding(encoding: str, tmp_path: Path) -> None:
    """What it has no sign for is written in another way."""
    command = f"echo /start | PYTHONIOENCODING={encoding} python -m bot --terminal"
    done = shell(command, tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert "#1" in done.stdout


@pytest.mark.process
def test_ctrl_c_while_everything_is_imported(tmp_path: Path) -> None:
    """It ends the program without a word."""
    with subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "bot"],
        cwd=ROOT,
        env=os.environ | {"DATA_FOLDER": str(tmp_path / "data")},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:  # one for each module, as soon as it is there
            if line.endswith("pydantic_core._pydantic_core\n"):
                process.send_signal(signal.SIGINT)
                break
        said = process.stderr.read()
    assert process.returncode == 130
    assert "Traceback" not in said
