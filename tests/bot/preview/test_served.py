"""`python -m content preview --serve` as a process of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.content.tea import SUM, lesson
from tests.processes import ROOT

COMMAND = (sys.executable, "-m", "content", "preview")


async def started(*arguments: str, folder: Path) -> asyncio.subprocess.Process:
    """The command, begun in a folder."""
    return await asyncio.create_subprocess_exec(
        *COMMAND,
        *arguments,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@pytest.mark.process
async def test_an_author_s_command_serves_the_page_until_it_is_stopped(tmp_path: Path) -> None:
    """It says where the page is, serves it, and ends at once when it is told to."""
    lesson(tmp_path, SUM)
    served = await started("tea", "--serve", folder=tmp_path)
    assert served.stdout is not None
    line = (await asyncio.wait_for(served.stdout.readline(), 60)).decode()
    url = line.split()[-1]
    async with aiohttp.ClientSession() as http, http.get(f"{url}/lesson") as answer:
        assert (await answer.json())["title"] == "How warm is the tea?"
    served.terminate()
    assert await asyncio.wait_for(served.wait(), 30) == 0


@pytest.mark.process
async def test_what_cannot_be_used_is_not_served(tmp_path: Path) -> None:
    """The command ends with every problem of the lesson, as `validate` has them."""
    lesson(tmp_path, SUM)
    part = tmp_path / "tea" / "1_guess.toml"
    part.write_text(part.read_text(encoding="utf-8").replace("O.sum", "O.sun"), encoding="utf-8")
    served = await started("tea", "--serve", folder=tmp_path)
    _, errors = await asyncio.wait_for(served.communicate(), 60)
    assert served.returncode == 2
    told = "tea/1_guess.toml: step 'tea_sum'.quantity: 'O.sun' is not a quantity of this network"
    assert told in errors.decode()
