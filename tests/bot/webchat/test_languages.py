"""The page and the terminal are in the learner's language, and follow it."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.dialogue.machine import Machine
from bot.storage import SqlStore
from bot.webchat import terminal
from bot.webchat.app import WebchatApp
from bot.webchat.chat import Chat
from bot.webchat.server import RunningServer, serve
from bot.webchat.speaking import Speaking
from content.messages import Page
from tests.browser import chromium
from tests.fakes.clock import FakeClock
from tests.fakes.painter import FakePainter
from tests.languages import library

__all__ = ["chromium"]

PAGE = Path(__file__).parents[3] / "bot" / "webchat" / "page"


@pytest.fixture
def tutor(tmp_path: Path) -> Machine:
    """English, some German, some Arabic."""
    return Machine(library(tmp_path / "content"))


@pytest.fixture
def speaking(tmp_path: Path, tutor: Machine) -> Speaking:
    return Speaking("en", tutor.languages, tutor.profile, tmp_path / "content")


@pytest.fixture
async def talking(
    tutor: Machine, chat: Chat, store: SqlStore, clock: FakeClock
) -> AsyncIterator[WebchatApp]:
    app = WebchatApp(chat, store, tutor, clock, FakePainter())
    await app.start()
    yield app
    await app.stop()


@pytest.fixture
async def page_of(talking: WebchatApp, speaking: Speaking) -> AsyncIterator[RunningServer]:
    server = await serve(talking.chat, speaking, 0)
    yield server
    await server.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("locale", "lang", "runs", "send"),
    [
        ("de-AT", "de", "ltr", "Senden"),
        ("ar-EG", "ar", "rtl", "\u0623\u0631\u0633\u0644"),
        ("sw", "en", "ltr", "Send"),
    ],
)
async def test_the_page_is_in_the_browsers_language(  # noqa: PLR0917 - a row of the table
    chromium: Browser, page_of: RunningServer, locale: str, lang: str, runs: str, send: str
) -> None:
    """At first, and without one of ours in the default; what it sends names that language."""
    context = await chromium.new_context(locale=locale)
    page = await context.new_page()
    await page.goto(page_of.url)
    await expect(page.locator("html")).to_have_attribute("lang", lang)
    await expect(page.locator("html")).to_have_attribute("dir", runs)
    await page.locator("#start").click()
    await expect(page.locator("#send")).to_have_attribute("aria-label", send)
    await expect(page.locator("article.theirs").last).to_be_visible()
    await expect(page.locator("article.mine .body")).to_have_attribute("dir", "auto")
    await context.close()


@pytest.mark.browser
async def test_the_page_follows_the_language_that_is_chosen(
    chromium: Browser, page_of: RunningServer, talking: WebchatApp
) -> None:
    """In the middle of a chat, and again when it is opened anew; formulas run from the left."""
    context = await chromium.new_context(locale="en")
    page = await context.new_page()
    await page.goto(page_of.url)
    await page.locator("#start").click()
    await expect(page.locator("#text")).to_have_attribute("placeholder", "Message")
    arabic = "\u0631\u0633\u0627\u0644\u0629"
    for chosen, hint, runs in (("de", "Nachricht", "ltr"), ("ar", arabic, "rtl")):
        await page.locator("#text").fill(f"/language {chosen}")
        await page.locator("#text").press("Enter")
        await expect(page.locator("#text")).to_have_attribute("placeholder", hint)
        await expect(page.locator("html")).to_have_attribute("dir", runs)
    talking.chat.tell("<code>0.6 × 0.4</code>", [])
    await expect(page.locator("article code").last).to_have_attribute("dir", "ltr")
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("lang", "ar")
    await context.close()


async def test_the_terminal_is_in_its_language(
    talking: WebchatApp, speaking: Speaking, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`LC_ALL`, `LC_MESSAGES` and `LANG` say which, and the chat is in it; `LANGUAGE` does not."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "de_CH.UTF-8")
    monkeypatch.setenv("LANGUAGE", "ar")
    out = io.StringIO()
    monkeypatch.setattr(out, "isatty", lambda: True)
    lines = io.StringIO("/start\n/language de\n")
    await terminal.talk(talking.chat, talking.settled, lines, out, speaking)
    assert "Mit /start geht es los." in out.getvalue()
    assert "Ab jetzt Deutsch." in out.getvalue()


def test_the_page_says_nothing_by_itself() -> None:
    """Every word of it is in the table, and every word of the table is used."""
    script, html = (PAGE / "chat.js").read_text("utf-8"), (PAGE / "index.html").read_text("utf-8")
    used = set(re.findall(r"\bsay\.(\w+)", script)) | set(re.findall(r'filled\("(\w+)"', script))
    used |= set(re.findall(r'data-(?:say|label|hint)="(\w+)"', html))
    assert used - {"node"} | {"gone", "script"} == set(Page.declared)
