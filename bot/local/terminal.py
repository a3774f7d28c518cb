"""The same chat in a terminal, or through a pipe: one line in, the replies out.

Buttons have numbers and are pressed with `#1`, `#2`, …; a learner's answers are numbers as well,
`.1` and `1` among them, and no answer starts with `#`. What a message hides is shown with `!` on a
terminal; through a pipe it stands in brackets, since nobody is there to be spoiled. `#file` and a
path send a file.
"""

from __future__ import annotations

import asyncio
import re
import textwrap
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from bot.local.posts import LEARNER, Event, Post, flat
from bot.local.spans import Node, plain, tree
from bot.local.telegram import LocalTelegram

_HELP = "Type your answer, or #1, #2, … to press a button. Ctrl-D leaves."
_ANSI = {
    "bold": "1",
    "italic": "3",
    "underline": "4",
    "strikethrough": "9",
    "code": "36",
    "pre": "36",
    "bot_command": "36",
}
_HIDDEN = "▒▒▒"


def render(nodes: Iterable[Node], *, tty: bool, reveal: bool = False) -> str:
    r"""A message's text for a terminal.

    Args:
        nodes: the text as nested spans.
        tty: whether it goes to a terminal, which can show bold, or through a pipe.
        reveal: whether what is hidden is shown.

    >>> render(tree("so 0.03", [{"type": "spoiler", "offset": 3, "length": 4}]), tty=False)
    'so [hidden: 0.03]'
    >>> render(tree("a\nb", [{"type": "pre", "offset": 2, "length": 1}]), tty=False)
    'a\n    b'
    """
    text = ""
    for node in nodes:
        if isinstance(node, str):
            text += node
            continue
        kind, inner = node.entity["type"], render(node.children, tty=tty, reveal=reveal)
        if kind == "spoiler" and not reveal:
            inner = _HIDDEN if tty else f"[hidden: {inner}]"
        elif kind == "pre":
            inner = textwrap.indent(inner, "    ")
            text += "\n" if text and not text.endswith("\n") else ""
        elif "blockquote" in kind:
            inner = textwrap.indent(inner, "  | ")
        elif kind == "text_link":
            inner += f" ({node.entity['url']})"
        if tty and kind in _ANSI:
            inner = f"\x1b[{_ANSI[kind]}m{inner}\x1b[0m"
        text += inner
    return text


class _Screen:
    """Prints what happens in the learner's chat."""

    def __init__(self, telegram: LocalTelegram, out: TextIO) -> None:
        self._telegram = telegram
        self._out = out
        self._tty = out.isatty()

    def say(self, words: str) -> None:
        self._out.write(words + "\n")
        self._out.flush()

    def tell(self, event: Event) -> None:
        """Prints one event, if it is something to see."""
        post = event.post
        match event.kind:
            case "message" | "edit" if post is not None and post.from_bot:
                self.show(post, mark="(changed)" if event.kind == "edit" else "")
            case "reaction" if post is not None and post.reaction:
                self.say(f"  {post.reaction}")
            case "answer" if event.text:
                self.say(f"  {'!' if event.alert else '·'} {event.text}")

    def show(self, post: Post, *, mark: str = "", reveal: bool = False) -> None:
        """Prints one of the bot's messages with its picture and its buttons."""
        nodes = tree(post.text, post.entities)
        lines = [mark] if mark else []
        lines += [f"  [{kind}: {path}]" for kind, path in self._files(post)]
        text = render(nodes, tty=self._tty, reveal=reveal)
        lines += [text] if text else []
        if self._tty and _HIDDEN in text and _HIDDEN not in plain(nodes):
            lines.append("  (hidden: type ! to show it)")
        lines += _keys(post)
        self.say("\n".join(lines) + "\n")

    def _files(self, post: Post) -> Iterable[tuple[str, str]]:
        for kind in ("photo", "document"):
            held = post.message.get(kind)
            if held:
                file_id = held[-1]["file_id"] if kind == "photo" else held["file_id"]
                stored = self._telegram.files.find(file_id)
                name = "picture" if kind == "photo" else stored.name
                yield name, str(self._telegram.files.on_disk(stored))


def _keys(post: Post) -> list[str]:
    number, lines = 0, []
    for row in post.buttons:
        keys = []
        for button in row:
            number += 1
            link = f" {button['url']}" if button.get("url") else ""
            keys.append(f"[#{number}] {button['text']}{link}")
        lines.append("  " + "   ".join(keys))
    return lines


def _latest(telegram: LocalTelegram, wanted: Callable[[Post], bool]) -> Post | None:
    posts = reversed(telegram.posts(LEARNER))
    return next((post for post in posts if post.from_bot and wanted(post)), None)


async def _read(lines: TextIO) -> AsyncIterator[str]:
    """The lines of a stream, read beside the event loop by a thread that never keeps it alive."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[str] = asyncio.Queue()

    def pump() -> None:
        with suppress(RuntimeError, ValueError):  # the loop or the stream is closed already
            for line in iter(lines.readline, ""):
                loop.call_soon_threadsafe(queue.put_nowait, line)
            loop.call_soon_threadsafe(queue.put_nowait, "")

    threading.Thread(target=pump, daemon=True, name="terminal input").start()
    while line := await queue.get():
        yield line


async def _print(events: asyncio.Queue[Event], screen: _Screen) -> None:
    while True:
        event = await events.get()
        try:
            if event.chat == LEARNER:
                screen.tell(event)
        finally:
            events.task_done()


async def chat(
    telegram: LocalTelegram,
    settled: Callable[[], Awaitable[None]],
    lines: TextIO,
    out: TextIO,
) -> None:
    """Runs the chat until the input ends.

    Args:
        telegram: whose chat with the learner this is.
        settled: waits until the bot has handled everything and sent its replies.
        lines: what the learner types.
        out: where the chat is printed.
    """
    screen = _Screen(telegram, out)
    with telegram.listen() as events:
        printing = asyncio.create_task(_print(events, screen))
        try:
            if out.isatty():
                _welcome(telegram, screen)
            async for line in _read(lines):
                _act(telegram, screen, line.strip())
                await settled()
                printed = asyncio.ensure_future(events.join())
                await asyncio.wait({printed, printing}, return_when="FIRST_COMPLETED")
                if printing.done():
                    printing.result()  # nobody reads what is printed any more
        finally:
            printing.cancel()


def _welcome(telegram: LocalTelegram, screen: _Screen) -> None:
    last = _latest(telegram, lambda post: bool(post.text))
    if last is None:
        screen.say("Type /start to begin.")
    else:
        screen.show(last)
    screen.say(_HELP + "\n")


def _act(telegram: LocalTelegram, screen: _Screen, line: str) -> None:
    """Does what one line asks for: press a button, show what is hidden, or send a message."""
    pressed = re.fullmatch(r"#\s*(\d+)", line)
    if pressed:
        _press(telegram, screen, int(pressed[1]))
    elif sent := re.fullmatch(r"#\s*file\s+(.+)", line):
        _send_file(telegram, screen, Path(sent[1]).expanduser())
    elif line == "!":
        hides = _latest(telegram, lambda post: any(e["type"] == "spoiler" for e in post.entities))
        if hides is None:
            screen.say("Nothing is hidden.\n")
        else:
            screen.show(hides, reveal=True)
    elif line:
        telegram.user_sends(line)


def _send_file(telegram: LocalTelegram, screen: _Screen, path: Path) -> None:
    try:
        telegram.user_sends_file(path.name, path.read_bytes())
    except OSError as error:
        screen.say(f"{path} cannot be read: {error.strerror}.\n")
    except ValueError as error:
        screen.say(f"{path}: {error}.\n")


def _press(telegram: LocalTelegram, screen: _Screen, number: int) -> None:
    post = _latest(telegram, lambda post: bool(post.buttons))
    buttons = flat(post.buttons) if post is not None else []
    if post is None or not 1 <= number <= len(buttons):
        have = f"There are #1 to #{len(buttons)}." if buttons else "There are none just now."
        screen.say(f"There is no button #{number}. {have}\n")
        return
    data = buttons[number - 1].get("callback_data")
    if data is None:
        screen.say(f"{buttons[number - 1].get('url', 'That button does nothing here.')}\n")
    else:
        telegram.user_presses(post.id, data)
