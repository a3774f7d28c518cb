"""The chat page in a real Chromium, with a real bot behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, FilePayload, Page, expect

from bot.webchat.chat import Chat
from bot.webchat.server import RunningServer, serve
from tests.bot.webchat.sampler import SPEAKING
from tests.browser import chromium

__all__ = ["chromium"]
pytestmark = pytest.mark.browser


@asynccontextmanager
async def opened(
    browser: Browser, url: str, *, scheme: str = "light", width: int = 390
) -> AsyncIterator[Page]:
    """The page on a phone-sized screen; a message on its console fails the test."""
    context = await browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(url)
    yield page
    await context.close()
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_conversation(
    chromium: Browser, server: RunningServer, tmp_path: Path, scheme: str
) -> None:
    """Start, read, press, type, edit: everything a lesson needs works with mouse and keyboard."""
    async with opened(chromium, server.url, scheme=scheme) as page:
        await page.get_by_role("button", name="Start").click()
        step = page.locator("article", has_text="Step 2 of 26").last
        await expect(step.locator("pre")).to_contain_text("x1 × w11 + x2 × w12")
        await expect(page.get_by_role("img", name="The network: 2 inputs")).to_be_visible()

        spoiler = step.locator(".spoiler")
        await expect(spoiler).to_have_attribute("aria-expanded", "false")
        await spoiler.focus()
        await page.keyboard.press("Enter")
        await expect(spoiler).to_have_attribute("aria-expanded", "true")

        await step.get_by_role("button", name="💡 Hint").click()
        await expect(page.locator("#toast")).to_have_text("Look at the sign of w12")

        box = page.get_by_role("textbox", name="Message")
        await box.fill("0.45")
        await box.press("Enter")
        await expect(page.locator("article").last).to_contain_text("Not yet: 0.45")
        await box.press("ArrowUp")
        await expect(box).to_have_value("0.45")
        await box.fill("0.3")
        await box.press("Enter")
        await expect(page.locator("article").last).to_contain_text("You changed it to 0.3.")
        await box.fill("0.03")
        await box.press("Enter")
        await expect(page.locator(".reaction")).to_have_text("👍")
        await page.screenshot(path=tmp_path / f"chat-{scheme}.png")

        await step.get_by_role("button", name="☰ More").click()
        await expect(page.locator("article", has_text="The network, once more")).to_be_visible()
        await expect(page.get_by_role("img", name="The network: 2 inputs")).to_have_count(0)


async def test_a_picture_fills_the_screen_and_zooms(
    chromium: Browser, server: RunningServer
) -> None:
    """A tap shows it as wide as the screen, another closer; its words stand for it."""
    async with opened(chromium, server.url) as page:
        await page.get_by_role("button", name="Start").click()
        await page.get_by_role("button", name="Enlarge the picture: The network: 2 inputs").click()
        large = page.get_by_role("dialog").get_by_role("img", name="The network: 2 inputs")
        seen = await large.bounding_box()
        assert seen is not None
        assert seen["width"] == 390
        await large.click()
        closer = await large.bounding_box()
        assert closer is not None
        assert closer["width"] > 2 * 390
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_commands(chromium: Browser, server: RunningServer) -> None:
    """The command menu opens by button or slash."""
    async with opened(chromium, server.url, width=360) as page:
        await page.get_by_role("button", name="Start").click()
        await page.get_by_role("button", name="Commands").click()
        await expect(page.get_by_role("menuitem", name="/")).to_have_count(3)
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        box = page.get_by_role("textbox", name="Message")
        await expect(box).to_have_attribute("placeholder", "Message")
        await box.press_sequentially("/ex")
        await expect(page.get_by_role("menuitem")).to_have_text("/exportYour data")
        await page.get_by_role("menuitem").click()
        async with page.expect_download() as download:
            await page.get_by_role("link", name="my-data.json").click()
        assert (await download.value).suggested_filename == "my-data.json"
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360


async def test_a_link_to_a_class_is_written_out_and_not_sent(
    chromium: Browser, server: RunningServer, chat: Chat
) -> None:
    """The page's own address may name a class; whoever reads it here joins it, not the link."""
    code = "class_" + "0a" * 16
    async with opened(chromium, f"{server.url}/?class={code}") as page:
        await page.get_by_role("button", name="Start").click()
        box = page.get_by_role("textbox", name="Message")
        await expect(box).to_have_value(f"/class join {code}")
        assert code not in page.url
        assert not any(code in post.text for post in chat.posts())
        await page.goto(f"{server.url}/?class=%3Cb%3E%20x")
        await expect(box).to_have_value("")


async def test_multiline_and_theme(chromium: Browser, server: RunningServer, chat: Chat) -> None:
    """Shift+Enter makes a new line; light and dark can be switched and are remembered."""
    async with opened(chromium, server.url) as page:
        await page.get_by_role("button", name="Start").click()
        box = page.get_by_role("textbox", name="Message")
        await box.press_sequentially("0.24")
        await box.press("Shift+Enter")
        await box.press_sequentially("- 0.21")
        await box.press("Enter")
        await expect(page.locator("article.mine").last).to_contain_text("0.24\n- 0.21")
        assert "0.24\n- 0.21" in [post.text for post in chat.posts()]
        await page.get_by_role("button", name="Switch between light and dark").click()
        await page.reload()
        await expect(page.locator("html")).to_have_attribute("data-theme", "dark")


async def test_restart(chromium: Browser, chat: Chat) -> None:
    """When the server comes back, the page reconnects by itself and shows what happened since."""
    first = await serve(chat, SPEAKING, 0)
    port = int(first.url.rpartition(":")[2])
    chat.tell("before", [])
    context = await chromium.new_context()
    page = await context.new_page()
    await page.goto(first.url)
    await expect(page.locator("article")).to_have_count(1)
    await first.close()
    await expect(page.locator("#status")).to_have_text("reconnecting…")
    chat.tell("meanwhile", [])
    second = await serve(chat, SPEAKING, port)
    await expect(page.locator("article").last).to_contain_text("meanwhile")
    await context.close()
    await second.close()


async def test_newest_stays_in_view(chromium: Browser, server: RunningServer, chat: Chat) -> None:
    """The chat follows the newest message, but not away from an older one somebody reads."""
    async with opened(chromium, server.url) as page:
        await page.get_by_role("button", name="Start").click()
        await expect(page.locator("article")).to_have_count(3)  # /start is answered
        for number in range(12):
            chat.tell(f"line {number}\n\n.", [])
        await expect(page.get_by_text("line 11")).to_be_in_viewport()
        await page.locator("#log").evaluate("log => log.scrollTo(0, 0)")
        await expect(page.locator("#down")).to_be_visible()
        chat.tell("the newest", [])
        await expect(page.get_by_text("the newest")).not_to_be_in_viewport()
        await page.locator("#down").click()
        await expect(page.get_by_text("the newest")).to_be_in_viewport()


async def test_focus_survives_edits(chromium: Browser, server: RunningServer, chat: Chat) -> None:
    """A message that is edited while one of its buttons has the focus keeps it there."""
    number = chat.tell("first wording", [[{"label": "Next", "data": "n"}]])
    async with opened(chromium, server.url) as page:
        await page.get_by_role("button", name="Next").focus()
        chat.tell("second wording", [[{"label": "Next", "data": "n"}]], replaces=number)
        await expect(page.get_by_text("second wording")).to_be_visible()
        await expect(page.get_by_role("button", name="Next")).to_be_focused()


async def test_typed_markup_is_text(chromium: Browser, chat: Chat) -> None:
    """What a learner types is shown as typed; no tag, script or picture comes of it."""
    server = await serve(chat, SPEAKING, 0)
    typed = "<img src=x onerror=alert(1)> <b>0.6</b> & 'x'"
    chat.say(typed)
    async with opened(chromium, server.url) as page:
        await expect(page.locator("article .body")).to_have_text(typed)
        await expect(page.locator("article img")).to_have_count(0)
    await server.close()


async def test_a_file_is_sent_from_the_menu(
    chromium: Browser, server: RunningServer, chat: Chat
) -> None:
    """With its name in the chat and its content at the bot."""
    async with opened(chromium, server.url) as page:
        await page.get_by_role("button", name="Start").click()
        await page.get_by_role("button", name="Commands").click()
        async with page.expect_file_chooser() as choosing:
            await page.get_by_role("menuitem", name="Send a small text file").click()
        chooser = await choosing.value
        net = FilePayload(name="<net>.json", mimeType="text/plain", buffer=b'{"inputs": 1}')
        await chooser.set_files([net])
        await expect(page.locator("article.mine").last).to_contain_text("<net>.json")
    (sent,) = (post for post in chat.posts() if post.mine and post.file)
    assert sent.file is not None
    assert chat.files.read(sent.file) == b'{"inputs": 1}'
