"""The image and the containers: linted, and the image's build steps run as they stand.

There is no Docker here: the steps run as a script whose folders lie below a temporary root, with
this Python in the place of the image's.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.runtime.runtime import CALL_S, PATIENCE_S
from bot.settings import Settings
from tests.nginx import certificate, needs, nginx, replaced
from tests.ports import free_ports
from tests.processes import ROOT, TOKEN, Bots, bots

__all__ = ["bots"]

pytestmark = pytest.mark.process

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]


def steps() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, each with what follows it."""
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", "")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


class Image:
    """What the steps made below a root."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.work, self.said = root, dict[str, str]()
        self.env = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        for word, rest in steps():
            self.said[word] = rest
            self._do(word, self.below(rest))

    def below(self, text: str) -> str:
        """The text with the image's folders as they lie below the root."""
        return re.sub(r"(?<![\w.])/(?=(?:src|opt|data)\b)", f"{self.root}/", text)

    def databases(self) -> list[str]:
        """Those in the volume."""
        return [one.name for one in (self.root / "data").glob("*.sqlite3")]

    def _do(self, word: str, rest: str) -> None:
        match word:
            case "WORKDIR":
                self.work = Path(rest)
                self.work.mkdir(parents=True, exist_ok=True)
            case "COPY" if "--from=build" in rest:
                source, target = rest.split()[-2:]  # one root serves both stages
                assert source == target
                assert Path(source).is_dir()
            case "COPY":
                *sources, target = rest.split()
                for one in sources:
                    _copy(ROOT / one, self.work / target)
            case "RUN":
                subprocess.run(["sh", "-euc", rest], cwd=self.work, env=self.env, check=True)
            case "ENV":
                pairs = (one.split("=", 1) for one in shlex.split(rest))
                self.env |= {name: value.replace("$PATH", "/usr/bin:/bin") for name, value in pairs}


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


async def test_the_build_steps_make_a_bot_that_says_it_is_ready(bots: Bots, tmp_path: Path) -> None:
    """Its check of health passes once it is; it keeps what it has in the volume only."""
    image = await asyncio.to_thread(Image, tmp_path / "root")
    listen = f"127.0.0.1:{free_ports(1)[0]}"
    env = image.env | {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": bots.server.url,
        "METRICS_LISTEN": listen,
    }

    async def run(*command: str) -> asyncio.subprocess.Process:
        found = shutil.which(command[0], path=env["PATH"])
        assert found is not None
        started = await asyncio.create_subprocess_exec(
            found, *command[1:], env=env, cwd=image.work, stderr=asyncio.subprocess.DEVNULL
        )
        bots.running.append(started)
        return started

    health = json.loads(image.said["HEALTHCHECK"].partition("CMD ")[2])
    assert await (await run(*health)).wait() != 0
    bot = await run(*json.loads(image.said["ENTRYPOINT"]))
    async with asyncio.timeout(60):
        while await (await run(*health)).wait() != 0:
            assert bot.returncode is None
    assert image.databases() == ["telegram-123456789.sqlite3"]
    bot.terminate()
    assert await asyncio.wait_for(bot.wait(), 20) == 0


def test_the_image_is_small_and_runs_as_nobody() -> None:
    """Nothing of the build but the program goes into it; one volume; no user with a name."""
    words = [word for word, _ in steps()]
    last = steps()[len(words) - words[::-1].index("FROM") :]
    assert [rest for word, rest in last if word == "COPY" and "--from=build" not in rest] == []
    assert [rest for word, rest in last if word == "VOLUME"] == ["/data"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", dict(last)["USER"])
    assert all("slim" in rest for word, rest in steps() if word == "FROM")


@pytest.mark.parametrize(
    ("linter", "file"), [("hadolint", "Dockerfile"), ("compose-lint", "compose.yaml")]
)
def test_the_linters_are_content(linter: str, file: str) -> None:
    """Both are the ones that everybody uses for such a file, or near it."""
    command = [str(Path(sys.executable).parent / linter), file]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_each_profile_is_one_way_of_running_it() -> None:
    """One bot that polls, with a volume; or two workers, which need a database and a proxy."""
    by_profile: dict[str, set[str]] = {}
    for name, service in SERVICES.items():
        (profile,) = service["profiles"]
        by_profile.setdefault(profile, set()).add(name)
    assert by_profile == {
        "polling": {"bot"},
        "webhook": {"worker-1", "worker-2", "postgres", "nginx"},
    }
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"nginx"}
    ours = {name: SERVICES[name] for name in ("bot", "worker-1", "worker-2")}
    known = {name.upper() for name in Settings.model_fields} | {"PGPASSWORD"}
    for service in ours.values():
        assert service["env_file"] == ".env"
        assert set(service["environment"]) <= known
        assert service["read_only"]
        assert int(service["stop_grace_period"].removesuffix("s")) > CALL_S + PATIENCE_S
    assert set(COMPOSE["volumes"]) == {"data", "postgres"}


def test_nginx_of_the_containers_is_the_guides(tmp_path: Path) -> None:
    """Its command makes a site of the guide's that nginx takes, with both workers behind it."""
    needs("nginx", "openssl")
    certificate(tmp_path)
    made, port, *workers = tmp_path / "site", *free_ports(3)
    shell, flag, script = SERVICES["nginx"]["command"]
    assert "./docs/deploy/nginx.conf:/site.conf:ro" in SERVICES["nginx"]["volumes"]
    script = replaced(
        script.partition(" && ")[0].replace("$$", "$"),
        {
            "/site.conf": str(ROOT / "docs/deploy/nginx.conf"),
            "/etc/nginx/conf.d/default.conf": str(made),
        },
    )
    subprocess.run([shell, flag, script], env=os.environ | {"DOMAIN": "a.example"}, check=True)
    changes = {f"worker-{n}:8080": f"127.0.0.1:{at}" for n, at in enumerate(workers, 1)}
    changes |= {"/certificates": str(tmp_path), "listen 443": f"listen 127.0.0.1:{port}"}
    site = replaced(made.read_text(), changes)
    assert "server_name a.example;" in site
    folder = tmp_path / "nginx"
    folder.mkdir()
    with nginx(folder, site):
        pass
