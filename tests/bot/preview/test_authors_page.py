"""The author's page in a browser: the chat in it, and what is beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.preview.lesson import LessonOnDisk
from bot.startup.preview import previewing
from tests.bot.preview.test_preview import STEPS
from tests.browser import chromium
from tests.content.tea import lesson
from tests.fakes.painter import FakePainter

__all__ = ["chromium"]


@pytest.mark.browser
async def test_an_author_goes_through_a_lesson_and_saves_it(
    chromium: Browser,
    tmp_path: Path,
) -> None:
    """A press asks a step in the chat and shows its hints; a save asks it anew, or says why not."""
    lesson(tmp_path, STEPS)
    known = LessonOnDisk(tmp_path / "tea")
    async with previewing(known, FakePainter(), 0, "tea_sum") as url:
        page = await chromium.new_page(viewport={"width": 1200, "height": 900})
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        await page.goto(f"{url}/author")
        chat, beside = page.frame_locator("iframe"), page.locator("#beside")
        await expect(chat.get_by_text("What is the sum?").last).to_be_visible()
        await expect(beside.locator("ol").nth(1).locator("li")).to_have_count(10)
        await page.get_by_role("button", name="tea_side").click()
        await expect(chat.get_by_text("too high or too low?").last).to_be_visible()
        await expect(beside.get_by_text("Above the target is too high.")).to_be_visible()
        lesson(tmp_path, STEPS.replace("The guess is", "It guesses"))
        await expect(chat.get_by_text("It guesses").last).to_be_visible()
        part = tmp_path / "tea" / "1_guess.toml"
        part.write_text(part.read_text("utf-8").replace("O.sum", "O.sun"), encoding="utf-8")
        await expect(page.get_by_role("alert")).to_contain_text("'O.sun' is not a quantity")
        assert not faults
        await page.close()
