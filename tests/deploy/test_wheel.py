"""The program installed by pip from its wheel, away from this repository."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.processes import ROOT

pytestmark = pytest.mark.process


class Installed:
    """A fresh environment with the wheel in it, and a home of its own.

    What the program needs of others comes from this environment, without what is ours in it.
    """

    def __init__(self, folder: Path, wheel: Path) -> None:
        self.folder, self.wheel = folder, wheel
        self.bin = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
        venv.create(folder / "env", symlinks=os.name != "nt", with_pip=False)
        site = next((folder / "env").glob("[Ll]ib*/**/site-packages"))
        run(sys.executable, "-m", "pip", "--python", str(folder / "env"), "install", "--no-deps",
            "--no-index", str(wheel))  # fmt: skip
        (site / "others.pth").write_text(sysconfig.get_paths()["purelib"])
        left_out = ("PYTHONPATH", "DATA_FOLDER", "XDG_DATA_HOME")
        self.env = {name: value for name, value in os.environ.items() if name not in left_out}
        self.env |= {"HOME": str(folder), "TELEGRAM_BOT_TOKEN": "", "LOCAL_CHAT_PORT": "0"}

    def run(self, program: str, *arguments: str) -> str:
        """What one of its programs prints."""
        return run(str(self.bin / program), *arguments, cwd=self.folder, env=self.env)

    @contextmanager
    def page(self) -> Iterator[str]:
        """The address of the chat on this computer, while it runs."""
        with subprocess.Popen(
            [self.bin / "build-a-network"],
            cwd=self.folder, env=self.env, stdout=subprocess.PIPE, text=True,
        ) as running:  # fmt: skip
            assert running.stdout is not None
            yield running.stdout.readline().removeprefix("The chat is at ").strip()
            running.terminate()


def run(*command: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    """What a command prints, which has to succeed."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel, built from what git has, and installed."""
    folder = tmp_path_factory.mktemp("installed")
    source = folder / "source"
    source.mkdir()
    tracked = run("git", "ls-files", "-z", cwd=ROOT).split("\0")
    for name in filter(None, tracked):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", str(folder), str(source))
    (wheel,) = folder.glob("*.whl")
    return Installed(folder, wheel)


def test_all_that_is_ours_is_in_the_wheel_and_nothing_else(installed: Installed) -> None:
    """Every file of the three packages: lessons, words, fonts, the page, the migrations."""
    packages = ("engine/", "content/", "bot/")
    tracked = {
        name for name in run("git", "ls-files", cwd=ROOT).splitlines() if name.startswith(packages)
    }
    there = {name for name in tracked if (ROOT / name).is_file()}
    packed = set(zipfile.ZipFile(installed.wheel).namelist())
    assert {name for name in packed if ".dist-info/" not in name} == there


def test_the_bot_checks_itself_where_pip_put_it(installed: Installed) -> None:
    """It loads the lesson, makes a database in the user's data folder, and draws."""
    assert installed.run("build-a-network", "--help").startswith("usage: build-a-network ")
    lines = installed.run("build-a-network", "check").splitlines()
    assert [line[:4] for line in lines] == ["ok  "] * 6
    made = [one.relative_to(installed.folder) for one in installed.folder.rglob("local.sqlite3")]
    assert [one.parent.name for one in made] == ["build-a-network"]


def test_authors_have_their_commands(installed: Installed) -> None:
    """Under a name of their own, with the content of the wheel."""
    usage = installed.run("build-a-network-content", "--help")
    assert usage.startswith("usage: build-a-network-content ")
    installed.run("build-a-network-content", "validate")
    assert "H1.sum" in installed.run("build-a-network-content", "trace")


def test_the_page_is_served_with_all_that_it_names(installed: Installed) -> None:
    """Its style, its script, its icon."""
    with installed.page() as address:
        page = urllib.request.urlopen(address).read().decode()
        named = re.findall(r'(?:src|href)="([^"#]+)"', page)
        assert len(named) >= 3
        for one in named:
            found = urllib.request.urlopen(urljoin(address, one))
            assert found.status == 200, one
