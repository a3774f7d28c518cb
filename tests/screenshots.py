"""Draws the README's pictures: `python -m tests.screenshots` (needs Chromium)."""

from __future__ import annotations

import asyncio
import io
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.async_api import Browser, Page, Playwright, ViewportSize, async_playwright

from bot.dialogue.machine import Machine
from bot.dialogue.pictures import drawing
from bot.dialogue.state import Outcome, Record, State
from bot.dialogue.training_runs import learning
from bot.pictures.pool import PoolPainter
from bot.pictures.requests import Request
from bot.startup.clock import SystemClock
from bot.storage import SqlStore
from bot.webchat.app import WebchatApp
from bot.webchat.chat import Chat
from bot.webchat.server import serve
from content.loader import load
from tests.browser import ARGUMENTS
from tests.processes import ROOT

PICTURES = ROOT / "docs" / "pictures"
SIZE: ViewportSize = {"width": 390, "height": 844}

BUTTONS = ("Show me the network", "Go on", "Start computing")
TYPED = ("-0.21", "0.45", "0.24 - 0.21 = 0.3", "0,03")
"""Design's sample chat: a lost minus, a slip in the shown work, a decimal comma."""


async def take(page: Page, lines: tuple[str, ...]) -> None:
    """Types some lines and waits for each reply."""
    box = page.get_by_role("textbox")
    for line in lines:
        before = await page.locator(".bubble").count()
        await box.fill(line)
        await box.press("Enter")
        await page.wait_for_function(
            "before => document.querySelectorAll('.bubble').length >= before + 2", arg=before
        )
        await page.wait_for_timeout(2500)


async def picture(browser: Browser, url: str, scheme: str) -> Image.Image:
    """The chat as it stands, on a phone, light or dark."""
    dark = scheme == "dark"
    page = await browser.new_page(
        viewport=SIZE, color_scheme="dark" if dark else "light", device_scale_factor=2
    )
    await page.goto(url)
    await page.wait_for_timeout(600)
    shot = Image.open(io.BytesIO(await page.screenshot())).convert("RGB")
    await page.close()
    return shot


async def main() -> None:
    """Takes the first steps of the lesson and keeps two pictures side by side."""
    tutor, clock = Machine(load()), SystemClock()
    with TemporaryDirectory() as folder:
        chat = Chat(clock, Path(folder))
        async with SqlStore("sqlite://") as store, async_playwright() as playwright:
            app = WebchatApp(chat, store, tutor, clock, PoolPainter())
            await app.start()
            server = await serve(chat, tutor.profile.commands, 0)
            await take_pictures(playwright, server.url)
            await server.close()
            await app.stop()
    await plots(tutor)


async def take_pictures(playwright: Playwright, url: str) -> None:
    """Walks through the first steps in a browser and keeps what they look like."""
    browser = await playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=ARGUMENTS
    )
    page = await browser.new_page(viewport=SIZE)
    await page.goto(url)
    await page.get_by_role("button", name="Start", exact=True).click()
    for label in BUTTONS:
        await page.get_by_role("button", name=label, exact=True).last.click()
    await page.get_by_text("Step 1 of").last.wait_for()
    await take(page, TYPED)
    shots = [await picture(browser, url, scheme) for scheme in ("light", "dark")]
    width = sum(shot.width for shot in shots) + 40
    both = Image.new("RGB", (width, shots[0].height), "#ffffff")
    left = 0
    for shot in shots:
        both.paste(shot, (left, 0))
        left += shot.width + 40
    PICTURES.mkdir(parents=True, exist_ok=True)
    both = both.resize((both.width * 2 // 3, both.height * 2 // 3), Image.Resampling.LANCZOS)
    both.quantize(96).save(PICTURES / "chat.png", optimize=True)
    await browser.close()


async def plots(tutor: Machine) -> None:
    """The network before its gradients, and what it learns with biases."""
    book, painter = tutor.book, PoolPainter()
    records = {
        place.id: Record(Outcome.SOLVED)
        for place in book.lesson.places
        if place.part <= book.lesson["update_wo2"].part and place.id != "update_wo2"
    }
    states = {
        "network": State.of(book.lesson.id, "update_wo2", records=records),
        "learning": State.of(book.lesson.id, "watch_biases", trained=5000),
    }
    for name, state in states.items():
        place = book.lesson[state.hand.step]
        if name == "network":
            picture: Request = drawing(book, state, place)
        else:
            picture = learning(book, place, state.hand.trained).picture
        (PICTURES / f"{name}.png").write_bytes(await painter.paint(picture))
    await painter.close()


if __name__ == "__main__":
    asyncio.run(main())
