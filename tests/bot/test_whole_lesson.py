"""The whole lesson as a person takes it: over HTTP, in the terminal, and in a real browser."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from tests.browser import chromium
from tests.lesson import typed
from tests.processes import ROOT, Bots, bots
from tests.telegram_server.posts import Post
from tests.transcripts.play import FOLDER, Chat, learner_lines
from tests.tutor import MACHINE

__all__ = ["bots", "chromium"]

PICTURES = ROOT / "test-output"
"""Screenshots of the last run; not committed."""


def perfect_learner() -> list[str]:
    """What the learner who makes no mistake does, in order."""
    written = (FOLDER / "perfect.txt").read_text(encoding="utf-8")
    return [said for who, said in learner_lines(written) if who == "you"]


def one_line(text: str) -> str:
    """A text without the line breaks that differ between a message and its transcript."""
    return " ".join(text.split())


async def take(bots: Bots, lines: list[str], expected: Chat) -> None:
    """Does what a learner does, and expects of each reply what the dialogue alone would say."""
    for line in lines:
        before = len(bots.said())
        telegram = bots.telegram
        if line.startswith("["):
            label = line.strip("[]")
            post, data = find_button(telegram.posts(), label)
            telegram.user_presses(post.id, data)
        else:
            telegram.user_sends(line)
        expected.does(line)
        more = before + len(expected.said)
        await bots.until(lambda more=more: len(bots.said()) >= more)  # type: ignore[misc]
        assert [*map(one_line, bots.said()[before:])] == [*map(one_line, expected.said)]


def find_button(posts: list[Post], label: str) -> tuple[Post, str]:
    """The latest button with a label, and what it carries."""
    for post in reversed(posts):
        for row in post.buttons:
            for button in row:
                if button["text"] == label:
                    return post, button["callback_data"]
    raise AssertionError(f"no button {label}")


@pytest.mark.process
async def test_the_whole_lesson_over_http_with_a_kill_in_the_middle(bots: Bots) -> None:
    """From /start to Done, with kill -9 on the way: every reply is the dialogue's own."""
    expected = Chat(MACHINE)
    lines = perfect_learner()
    # The button of a question goes when /where brings its own, so a number comes next.
    half = next(n for n, line in enumerate(lines) if n > 15 and not line.startswith("["))
    process = await bots.start(module="bot")
    await take(bots, lines[:half], expected)
    process.kill()
    await process.communicate()
    await bots.start(module="bot")
    # A reply whose fate the kill left unknown comes once more, before anything new.
    bots.telegram.user_sends("/where")
    expected.does("/where")
    await bots.until(lambda: one_line(bots.said()[-1]) == one_line(expected.said[-1]))
    await take(bots, lines[half:], expected)
    assert any("That was one training step" in text for text in bots.said())
    redrawn = [call for call in bots.telegram.calls if call.method == "editMessageMedia"]
    assert len(redrawn) == 3, "a press that moves or trains redraws in place"


@pytest.mark.process
async def test_the_whole_lesson_through_a_pipe(bots: Bots) -> None:
    """A script can take the lesson in the terminal: a line in, the replies out."""
    chat, lines = Chat(MACHINE), []
    for line in perfect_learner():
        last = [button.label for button in chat.last]
        lines.append(f"#{last.index(line.strip('[]')) + 1}" if line.startswith("[") else line)
        chat.does(line)
    process = await bots.start("--terminal", module="bot", TELEGRAM_BOT_TOKEN="")
    given = ("\n".join(lines) + "\n").encode()
    out, err = await asyncio.wait_for(process.communicate(given), 60)
    assert err == b""
    text = out.decode()
    assert "Step 36 of 36" in text
    assert "first try: 36;" in text


@pytest.mark.process
async def test_ones_own_data_in_the_terminal(bots: Bots) -> None:
    """`/export` says where the file lies, and the file holds what was typed."""
    process = await bots.start("--terminal", module="bot", TELEGRAM_BOT_TOKEN="")
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"/start\n#1\n#1\n#1\n0.987\n/export\n")
    file = None
    while file is None:
        line = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
        file = re.search(r"\[my-data\.json: (.+)\]", line)
    assert "0.987" in await asyncio.to_thread(Path(file[1]).read_text, "utf-8")


@pytest.mark.browser
async def test_ones_own_data_in_the_browser(bots: Bots, chromium: Browser) -> None:
    """`/export` is a file to be kept, which holds what was typed."""
    url = await bots.start_page()
    page: Page = await chromium.new_page()
    await page.goto(url)
    for label in ("Start", "Start computing"):
        await page.get_by_role("button", name=label, exact=True).last.click()
    await page.get_by_text("Step 1 of 36").wait_for()  # what is typed before it is not judged
    box = page.get_by_role("textbox")
    for text in ("0.987", "/export"):
        await box.fill(text)
        await box.press("Enter")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="my-data.json").click()
    kept = await (await download.value).path()
    assert "0.987" in await asyncio.to_thread(kept.read_text, "utf-8")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_three_steps_in_the_browser(bots: Bots, chromium: Browser, scheme: str) -> None:
    """On the chat page: begin, type a wrong number, a hint, the right one, press buttons."""
    url = await bots.start_page()
    page: Page = await chromium.new_page(
        viewport={"width": 390, "height": 844},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    await page.goto(url)
    await page.get_by_role("button", name="Start", exact=True).click()
    for label in ("Start computing",):
        await page.get_by_role("button", name=label, exact=True).last.click()
    await page.get_by_text("Step 1 of 36").wait_for()
    box = page.get_by_role("textbox")
    for text, heard in (
        ("{w12.product!dropped_sign}", "when w12 counts as"),
        ("{w12.product}", "Step 2 of 36"),
        ("{x1}*{w11} + {x2}*{w12} = {H1.sum}", "Step 3 of 36"),
    ):
        await box.fill(typed(text))
        await box.press("Enter")
        await page.get_by_text(heard).last.wait_for()
    await page.get_by_role("button", name="Hint").last.click()
    await page.get_by_text("above 0 or below").last.wait_for()
    PICTURES.mkdir(exist_ok=True)
    await page.screenshot(path=Path(PICTURES / f"chat-{scheme}.png"))
    assert await page.get_by_text("Step 3 of 36").count() == 1
    await page.close()
