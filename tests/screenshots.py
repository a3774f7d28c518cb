"""Draws the README's pictures: `python -m tests.screenshots` (needs Chromium)."""

from __future__ import annotations

import asyncio
import base64
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Browser, Page, Playwright, ViewportSize, async_playwright

from bot.dialogue.machine import Machine
from bot.dialogue.pictures import change, drawing, pictured
from bot.dialogue.state import Outcome, Record, State
from bot.dialogue.training_runs import learning
from bot.pictures.painter import Press, ThreadPainter
from bot.pictures.requests import Request
from bot.startup.clock import SystemClock
from bot.storage import SqlStore
from bot.webchat.app import WebchatApp
from bot.webchat.chat import Chat
from bot.webchat.server import serve
from bot.webchat.speaking import Speaking
from content.library import Library
from tests.browser import ARGUMENTS
from tests.lesson import BOOK
from tests.processes import ROOT

PICTURES = ROOT / "docs" / "pictures"
SIZE: ViewportSize = {"width": 390, "height": 844}

BUTTONS = ("Start computing",)
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


async def seen(browser: Browser, url: str, scheme: str) -> bytes:
    """The chat as it stands, on a phone, light or dark."""
    page = await browser.new_page(
        viewport=SIZE, color_scheme="dark" if scheme == "dark" else "light", device_scale_factor=2
    )
    await page.goto(url)
    await page.wait_for_timeout(600)
    shot = await page.screenshot()
    await page.close()
    return shot


async def side_by_side(browser: Browser, pictures: list[bytes], wide: int, name: str) -> None:
    """Some pictures on one, each so wide."""
    sources = (f"data:image/png;base64,{base64.b64encode(one).decode()}" for one in pictures)
    shown = "".join(f'<img src="{source}" width="{wide}">' for source in sources)
    page = await browser.new_page(
        viewport={"width": (wide + 20) * len(pictures) - 20, "height": 100}, device_scale_factor=1.5
    )
    row = "margin:0; display:flex; gap:20px; align-items:start; background:transparent"
    await page.set_content(f'<body style="{row}">{shown}</body>')
    await page.wait_for_function("[...document.images].every((image) => image.complete)")
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = PICTURES / f"{name}.png"
    await page.screenshot(path=path, full_page=True, omit_background=True)
    await page.close()


async def main() -> None:
    """Takes the first steps of the lesson and keeps two pictures side by side."""
    tutor, clock = Machine(Library.of(BOOK)), SystemClock()
    with TemporaryDirectory() as folder:
        chat = Chat(clock, Path(folder))
        async with SqlStore("sqlite://") as store, async_playwright() as playwright:
            app = WebchatApp(chat, store, tutor, clock, ThreadPainter())
            await app.start()
            server = await serve(chat, Speaking("en", tutor.languages, tutor.profile), 0)
            await take_pictures(playwright, server.url)
            await server.close()
            await app.stop()


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
    shots = [await seen(browser, url, scheme) for scheme in ("light", "dark")]
    await side_by_side(browser, shots, SIZE["width"], "chat")
    drawn = [Press().printed(one) for one in plots()]
    await side_by_side(browser, drawn[:3], 335, "steps")
    await side_by_side(browser, drawn[3:], 335, "learning")
    await browser.close()


def plots() -> list[Request]:
    """The network before its last arrow, a sum on its curve, the step; and what comes of many."""
    book, step = BOOK, BOOK.lesson["update_wo2"]
    records = {
        place.id: Record(Outcome.SOLVED)
        for place in book.lesson.places
        if place.part <= step.part and place.id != step.id
    }
    state = State.of(book.lesson.id, step.id, records=records)
    trace, curved = book.lesson.trace(step), book.lesson["o_sigmoid"]
    return [
        drawing(book, state, step),
        pictured("curve", book, state, curved, trace),
        change(book, trace),
        learning(book, book.lesson["watch_plain"], 5000).picture,
        learning(book, book.lesson["watch_biases"], 5000).picture,
    ]


if __name__ == "__main__":
    asyncio.run(main())
