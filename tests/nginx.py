"""The deploy guide's nginx, on ports and paths of a test's own.

Without nginx, tests that need it are skipped with the reason; with `CI=true` they fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[1] / "docs" / "deploy"

AROUND = """\
{user}
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {sites}
}}
"""
"""What Debian has around a site's configuration."""


def replaced(text: str, changes: dict[str, str]) -> str:
    """A text with some parts replaced, each of which has to be there."""
    for old, new in changes.items():
        assert old in text, f"the guide no longer has {old!r}"
        text = text.replace(old, new)
    return text


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for `localhost` that it vouches for itself, and its key."""
    cert, key = folder / "fullchain.pem", folder / "privkey.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "1", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    return cert, key


def needs(*programs: str) -> None:
    """Skips the test where a program is missing; fails it in CI."""
    missing = [name for name in programs if shutil.which(name, path=_path()) is None]
    if missing:
        text = f"{', '.join(missing)} not installed (apt-get install {' '.join(missing)})"
        if os.environ.get("CI") == "true":
            pytest.fail(text)
        pytest.skip(text)


def _path() -> str:
    return f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


def program(name: str) -> str:
    """Where a program is, also one that only root usually runs."""
    return shutil.which(name, path=_path()) or name


@contextmanager
def nginx(folder: Path, site: str) -> Iterator[subprocess.Popen[bytes]]:
    """Nginx with one site's configuration, which it has found fit first.

    Args:
        folder: an empty one, for what nginx writes.
        site: the configuration's text.
    """
    main = folder / "nginx.conf"
    (folder / "site.conf").write_text(site)
    user = "user root;" if os.geteuid() == 0 else ""  # the folder is the test's
    sites = f"include {folder / 'site.conf'};"
    main.write_text(AROUND.format(user=user, folder=folder, sites=sites))
    command = [program("nginx"), "-c", str(main), "-p", str(folder), "-e", str(folder / "early")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "warn" not in checked.stderr, checked.stderr
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield running
    finally:
        running.terminate()
        running.wait(10)
