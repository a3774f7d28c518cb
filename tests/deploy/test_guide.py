"""The guide's files and commands, each tried with the program that reads it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.nginx import DEPLOY, needs, program, replaced

GUIDE = (DEPLOY.parent / "deploy.md").read_text()
COMMANDS = [
    line.partition("  #")[0].strip()
    for block in re.findall(r"^```sh\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
]


def test_the_settings_file_names_settings_only() -> None:
    """Those that are commented out, too."""
    names = re.findall(r"^#?([A-Z_]+)=", (DEPLOY / "bot.env").read_text(), re.MULTILINE)
    assert "TELEGRAM_BOT_TOKEN" in names
    assert {name.lower() for name in names} <= set(Settings.model_fields)


def test_shell_scripts_can_be_read() -> None:
    """Every command of the guide, and its two scripts."""
    scripts = [(DEPLOY / name).read_text() for name in ("build-a-network", "backup")]
    for text in ("\n".join(COMMANDS), *scripts):
        subprocess.run(["sh", "-n"], input=text, text=True, check=True)


def test_the_daily_backup_keeps_those_of_two_weeks(tmp_path: Path) -> None:
    """It makes one, and only what is older goes; where making it fails, nothing does."""
    program = tmp_path / "build-a-network"
    changes = {"/var/backups/build-a-network": str(tmp_path / "backups")}
    script = replaced((DEPLOY / "backup").read_text(), changes)
    folder = tmp_path / "backups"
    folder.mkdir()
    kept, old = folder / "kept", folder / "old"
    for file, days in ((kept, 13), (old, 16)):
        file.touch()
        os.utime(file, (0, file.stat().st_mtime - days * 86_400))
    env = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    for does, code, left in (("exit 1", 1, 2), ('[ "$1" = backup ] && echo x >"$2"', 0, 2)):
        program.write_text(f"#!/bin/sh\n{does}\n")
        program.chmod(0o755)
        done = subprocess.run(["sh", "-c", script], env=env, check=False)
        assert (done.returncode, len(list(folder.iterdir()))) == (code, left)
    assert kept.exists()
    assert not old.exists()


@pytest.mark.parametrize("to_a_file", [False, True])
def test_systemd_takes_the_unit(tmp_path: Path, to_a_file: bool) -> None:
    """`systemd-analyze verify` has nothing to say, also of the drop-in for a log file."""
    found = program("systemd-analyze")
    if not Path(found).is_file():
        pytest.skip("systemd-analyze is not installed")
    unit = replaced(
        (DEPLOY / "build-a-network@.service").read_text(),
        {"/opt/build-a-network/.venv/bin/python": sys.executable},
    )
    (tmp_path / "build-a-network@.service").write_text(unit)
    if to_a_file:
        folder = tmp_path / "build-a-network@.service.d"
        folder.mkdir()
        (folder / "log-file.conf").write_text((DEPLOY / "log-file.conf").read_text())
    done = subprocess.run(
        [found, "verify", str(tmp_path / "build-a-network@1.service")],
        env=os.environ | {"SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "build-a-network" in line]
    assert (done.returncode, ours) == (0, [])


def test_the_log_is_rotated_under_a_bot_that_writes(tmp_path: Path) -> None:
    """The old lines are in a copy, and what is appended afterwards is in the emptied file."""
    needs("logrotate")
    logs = tmp_path / "logs"
    logs.mkdir(mode=0o750)
    config = tmp_path / "config"
    text = (DEPLOY / "logrotate").read_text()
    config.write_text(replaced(text, {"/var/log/build-a-network": str(logs)}))
    config.chmod(0o644)
    log = logs / "worker-1.log"
    with log.open("a") as bot:
        bot.write("before\n")
        bot.flush()
        state = str(tmp_path / "state")
        done = subprocess.run(
            [program("logrotate"), "--force", "--state", state, str(config)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        bot.write("after\n")
    assert log.read_text() == "after\n"
    assert (logs / "worker-1.log.1").read_text() == "before\n"
