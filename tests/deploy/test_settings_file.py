"""The guide's settings file reaches the bot as it is written, by the unit and by the script."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.nginx import DEPLOY, replaced
from tests.processes import ROOT

pytestmark = pytest.mark.process

ADDRESS = r"postgresql://me@/bot?host=/run/post$gresql&connect_timeout=5&options=-c%20a=b;`\x"
SHOWN = """
import sys
from pathlib import Path
from bot.__main__ import _parser
from bot.settings import load

asked = _parser().parse_args()
print(load(("en",), asked.env_file).database(), asked.command)
"""
"""Stands in the place of the program, with the same command line."""


Way: TypeAlias = Callable[[dict[str, str], Path], list[str]]


def through_the_unit(changes: dict[str, str], _folder: Path) -> list[str]:
    """What systemd would start; it knows no quotes here, and changes `%` and `$` only."""
    unit = (DEPLOY / "build-a-network@.service").read_text()
    assert "EnvironmentFile" not in unit
    (command,) = re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE)
    assert not set("%$\"'") & set(command)
    return [*shlex.split(replaced(command, changes)), "check"]


def through_the_script(changes: dict[str, str], folder: Path) -> list[str]:
    """The shell script, without its change of user."""
    changes = changes | {
        "runuser -u build-a-network --": "",
        "/var/lib/build-a-network": str(folder),
    }
    script = folder / "build-a-network"
    script.write_text(replaced((DEPLOY / "build-a-network").read_text(), changes))
    return ["sh", str(script), "check"]


@pytest.mark.parametrize("way", [through_the_unit, through_the_script])
def test_an_address_with_every_sign_of_a_shells_arrives(tmp_path: Path, way: Way) -> None:
    """`&`, `$`, `;`, `%`, backslash and backtick are the bot's alone."""
    settings, program = tmp_path / "bot.env", tmp_path / "shown.py"
    text = (DEPLOY / "bot.env").read_text()
    settings.write_text(text + f"DATABASE_URL={ADDRESS}\n")
    program.write_text(SHOWN)
    changes = {
        "/opt/build-a-network/.venv/bin/python -m bot": f"{sys.executable} {program}",
        "/etc/build-a-network/bot.env": str(settings),
    }
    env = os.environ | {"PYTHONPATH": str(ROOT), "DATA_FOLDER": str(tmp_path)}
    done = subprocess.run(
        way(changes, tmp_path), env=env, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout == f"{ADDRESS} check\n", done.stderr
