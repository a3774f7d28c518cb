"""How long the first lesson is for who makes no mistake: messages, words, minutes, phone screens.

`python -m tests.benchmarks.lesson_length` plays `tests/transcripts/perfect.txt`. Words are those of
sentences: what stands in `<pre>`, folded up, or on a button is not read as prose. Screens are the
height of the whole chat on the page, 390 × 844, pictures and all (needs Chromium; `--no-page`
leaves it out).
"""

from __future__ import annotations

import argparse
import asyncio
import re
import shutil
from datetime import datetime
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import ViewportSize, async_playwright

from bot.dialogue.effects import Say, Show, Turn
from bot.dialogue.events import Event
from bot.dialogue.machine import Machine
from bot.pictures.painter import ThreadPainter
from bot.startup.clock import SystemClock
from bot.storage import SqlStore
from bot.webchat.app import WebchatApp
from bot.webchat.chat import Chat as Page
from bot.webchat.server import serve
from bot.webchat.speaking import Speaking
from content.lesson_time import WORDS_A_MINUTE, minutes, words_of
from content.library import Library
from content.loader import load
from tests.browser import ARGUMENTS
from tests.transcripts.play import FOLDER, Chat, learner_lines

PHONE: ViewportSize = {"width": 390, "height": 844}
FOLDED = re.compile(r"<blockquote expandable>.*?</blockquote>", re.DOTALL)


def prose(html: str) -> list[str]:
    """The words of a message that are read as sentences."""
    return words_of(unescape(FOLDED.sub(" ", html)))


class Counting(Machine):
    """The dialogue, with what it says kept."""

    said: list[str]

    def step(self, state: str | None, event: Event, now: datetime, learner: int = 0) -> Turn:
        """One turn, its messages noted."""
        turn = super().step(state, event, now, learner)
        texts = [
            effect.html if isinstance(effect, Say) else effect.caption
            for effect in turn.effects
            if isinstance(effect, Say | Show)
        ]
        self.said.append(" ".join(texts))
        return turn


def lines() -> list[str]:
    """What the perfect learner does."""
    text = (FOLDER / "perfect.txt").read_text("utf-8")
    does = [line for who, line in learner_lines(text) if who == "you"]
    return [line for line in does if "sheet" not in line]  # that comes after the end, at will


async def screens(does: list[str]) -> float:
    """How many phone screens the whole chat is high, on the page."""
    tutor, clock = Machine(Library()), SystemClock()
    with TemporaryDirectory() as folder:
        page_chat = Page(clock, Path(folder))
        async with SqlStore("sqlite://") as store, async_playwright() as playwright:
            app = WebchatApp(page_chat, store, tutor, clock, ThreadPainter())
            await app.start()
            speaking = Speaking("en", tutor.languages, tutor.profile)
            server = await serve(page_chat, speaking, 0)
            browser = await playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=ARGUMENTS
            )
            page = await browser.new_page(viewport=PHONE)
            await page.goto(server.url)
            await page.get_by_role("button", name="Start", exact=True).click()
            await page.wait_for_timeout(800)
            for line in does[1:]:
                before = await page.evaluate("document.querySelector('#log').innerText")
                if line.startswith("["):
                    label = line.strip("[]")
                    await page.get_by_role("button", name=label, exact=True).last.click()
                else:
                    await page.locator("#text").fill(line)
                    await page.locator("#text").press("Enter")
                await page.wait_for_function(
                    "b => document.querySelector('#log').innerText !== b", arg=before
                )
                await page.wait_for_timeout(700)
            await page.wait_for_timeout(1500)
            height = await page.evaluate(
                "Math.max(...[...document.querySelectorAll('*')].map(e => e.scrollHeight))"
            )
            await browser.close()
            await server.close()
            await app.stop()
    return float(height) / PHONE["height"]


def main() -> None:
    """Counts, and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-page", action="store_true", help="no screens: without Chromium")
    asked = parser.parse_args()
    does = lines()
    machine = Counting(Library())
    machine.said = []
    chat = Chat(machine)
    for line in does:
        chat.does(line)
    counts = [len(prose(said)) for said in machine.said]
    longest = max(counts)
    print(f"messages sent   {len(does)}")
    print(f"words of prose  {sum(counts)}, at most {longest} in a turn")
    for count, line, said in sorted(zip(counts, does, machine.said, strict=True), reverse=True)[:8]:
        print(f"  {count:4} after {line!r}: {' '.join(prose(said))[:70]}")
    promised = minutes(load().lesson)
    print(f"reading         {sum(counts) / WORDS_A_MINUTE:.1f} minutes; promised {promised} in all")
    if not asked.no_page:
        print(f"phone screens   {asyncio.run(screens(does)):.1f}")


if __name__ == "__main__":
    main()
