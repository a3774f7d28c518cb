"""The same chat in a terminal, or through a pipe: one line in, the replies out.

Buttons have numbers and are pressed with `#1`, `#2`, …, or by what stands on them; a learner's
answers are numbers as well, `.1` and `1` among them, and no answer starts with `#`. What a message
hides is shown with `!` on a terminal; through a pipe it stands in brackets, since nobody is there
to be spoiled. `#file` and a path send a file.
"""

from __future__ import annotations

import asyncio
import re
import textwrap
import threading
import unicodedata
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from bot.webchat.chat import Chat
from bot.webchat.formatting import Node, hides, plain, tree
from bot.webchat.posts import Event, Post
from bot.webchat.speaking import Speaking, of_terminal
from content.messages import Terminal

_ANSI = {"b": "1", "i": "3", "u": "4", "s": "9", "code": "36", "pre": "36"}
_HIDDEN = "▒▒▒"
_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def render(nodes: Iterable[Node], words: Terminal, *, tty: bool, reveal: bool = False) -> str:
    r"""A message's text for a terminal.

    Args:
        nodes: the text as nested spans.
        words: what is said of what is hidden.
        tty: whether it goes to a terminal, which can show bold, or through a pipe.
        reveal: whether what is hidden is shown.

    >>> from content.shell_words import shell_words
    >>> words = shell_words("en").terminal
    >>> render(tree("so <tg-spoiler>0.03</tg-spoiler>"), words, tty=False)
    'so [hidden: 0.03]'
    >>> render(tree("a\n<pre>b</pre>"), words, tty=False)
    'a\n    b'
    """
    text = ""
    for node in nodes:
        if isinstance(node, str):
            text += shown(node)
            continue
        kind, inner = node.kind, render(node.children, words, tty=tty, reveal=reveal)
        if kind == "spoiler" and not reveal:
            inner = _HIDDEN if tty else f"[{words.hidden(words=inner)}]"
        elif kind == "pre":
            inner = textwrap.indent(inner, "    ")
            text += "\n" if text and not text.endswith("\n") else ""
        elif kind in {"blockquote", "expandable"}:
            inner = textwrap.indent(inner, "  | ")
        elif kind == "a" and node.url:
            inner += f" ({shown(node.url)})"
        if tty and kind in _ANSI:
            inner = f"\x1b[{_ANSI[kind]}m{inner}\x1b[0m"
        text += inner
    return text


def shown(text: str) -> str:
    r"""A text without the signs that a terminal obeys, whoever gave it such a name.

    >>> shown("a\x1b[2Jb\x9b\nc")
    'a[2Jb\nc'
    """
    return _OBEYED.sub("", text)


class _Screen:
    """Prints what happens in the learner's chat."""

    def __init__(self, chat: Chat, out: TextIO, speaking: Speaking) -> None:
        self._chat, self._speaking = chat, speaking
        self.language = speaking.nearest([of_terminal()])
        self._out = out
        self._tty = out.isatty()

    @property
    def words(self) -> Terminal:
        """What it says by itself, in the language of the chat."""
        return self._speaking.words(self._chat.language or self.language).terminal

    def say(self, words: str) -> None:
        self._out.write(words + "\n")
        self._out.flush()

    def tell(self, event: Event) -> None:
        """Prints one event, if it is something to see."""
        post = event.post
        match event.kind:
            case "message" | "edit" if post is not None and not post.mine:
                self.show(post, mark=self.words.changed() if event.kind == "edit" else "")
            case "reaction" if post is not None and post.reaction:
                self.say(f"  {post.reaction}")
            case "answer" if event.text:
                self.say(f"  · {shown(event.text)}")

    def show(self, post: Post, *, mark: str = "", reveal: bool = False) -> None:
        """Prints one of the bot's messages with its picture and its buttons."""
        nodes = tree(post.html)
        lines = [mark] if mark else []
        if post.file is not None:
            kind = self.words.picture() if post.file.is_picture else post.file.name
            lines.append(shown(f"  [{kind}: {self._chat.files.on_disk(post.file)}]"))
        text = render(nodes, self.words, tty=self._tty, reveal=reveal)
        lines += [text] if text else []
        if self._tty and _HIDDEN in text and _HIDDEN not in plain(nodes):
            lines.append(f"  {self.words.hidden_here()}")
        lines += _keys(post)
        self.say("\n".join(lines) + "\n")


def _keys(post: Post) -> list[str]:
    number, lines = 0, []
    for row in post.buttons:
        keys = []
        for button in row:
            number += 1
            keys.append(shown(f"[#{number}] {button['label']}"))
        lines.append("  " + "   ".join(keys))
    return lines


def _latest(chat: Chat, wanted: Callable[[Post], bool]) -> Post | None:
    posts = reversed(chat.posts())
    return next((post for post in posts if not post.mine and wanted(post)), None)


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
            screen.tell(event)
        finally:
            events.task_done()


async def talk(
    chat: Chat,
    settled: Callable[[], Awaitable[None]],
    lines: TextIO,
    out: TextIO,
    speaking: Speaking,
) -> None:
    """Runs the chat until the input ends.

    Args:
        chat: what is shown.
        settled: waits until the bot has handled everything and sent its replies.
        lines: what the learner types.
        out: where the chat is printed.
        speaking: the words around it.
    """
    screen = _Screen(chat, out, speaking)
    with chat.listen() as events:
        printing = asyncio.create_task(_print(events, screen))
        try:
            if out.isatty():
                _welcome(chat, screen)
            async for line in _read(lines):
                _act(chat, screen, line.strip())
                await settled()
                printed = asyncio.ensure_future(events.join())
                await asyncio.wait({printed, printing}, return_when="FIRST_COMPLETED")
                if printing.done():
                    printing.result()  # nobody reads what is printed any more
        finally:
            printing.cancel()


def _welcome(chat: Chat, screen: _Screen) -> None:
    last = _latest(chat, lambda post: bool(post.text))
    if last is None:
        screen.say(screen.words.begin())
    else:
        screen.show(last)
    screen.say(screen.words.help() + "\n")


def _act(chat: Chat, screen: _Screen, line: str) -> None:
    """Does what one line asks for: press a button, show what is hidden, or send a message."""
    pressed = re.fullmatch(r"#\s*(\d+)", line)
    if pressed:
        _press(chat, screen, int(pressed[1]))
    elif sent := re.fullmatch(r"#\s*file\s+(.+)", line):
        _send_file(chat, screen, Path(sent[1]).expanduser())
    elif line == "!":
        secret = _latest(chat, lambda post: hides(tree(post.html)))
        if secret is None:
            screen.say(screen.words.nothing_hidden() + "\n")
        else:
            screen.show(secret, reveal=True)
    elif number := _labelled(chat, line):
        _press(chat, screen, number)
    elif line:
        chat.say(line, screen.language)


def _send_file(chat: Chat, screen: _Screen, path: Path) -> None:
    try:
        chat.send_file(path.name, path.read_bytes(), language=screen.language)
    except OSError as error:
        why = error.strerror or type(error).__name__
        screen.say(shown(screen.words.unreadable(file=str(path), why=why) + "\n"))
    except ValueError:
        screen.say(shown(screen.words.unsent(file=str(path)) + "\n"))


def _buttons(chat: Chat) -> tuple[Post | None, list[dict[str, str]]]:
    """The latest message with buttons, and these in order."""
    post = _latest(chat, lambda post: bool(post.buttons))
    return post, [key for row in post.buttons for key in row] if post is not None else []


def _labelled(chat: Chat, line: str) -> int:
    """The number of the button with these words on it, its sign typed or not; 0 for none.

    The dialogue hears the labels that it sends; a class is shown by what stores it.
    """
    words = _words(line)
    labels = [_words(button["label"]) for button in _buttons(chat)[1]]
    found = words in labels and any(map(str.isalpha, words))
    return labels.index(words) + 1 if found else 0


def _words(text: str) -> str:
    """Words as they are compared: their letters and digits alone, without marks.

    >>> _words("✏️ İki ad"), _words("iki ad"), _words("↻")
    ('iki ad', 'iki ad', '')
    """
    letters = unicodedata.normalize("NFD", text.casefold())
    kept = "".join(letter if letter.isalnum() else " " for letter in letters if _counts(letter))
    return " ".join(kept.split())


def _counts(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Mn", "Cf")


def _press(chat: Chat, screen: _Screen, number: int) -> None:
    post, buttons = _buttons(chat)
    if post is None or not 1 <= number <= len(buttons):
        words, last = screen.words, str(len(buttons))
        some = words.no_such_button(number=str(number), last=last)
        screen.say((some if buttons else words.no_button(number=str(number))) + "\n")
        return
    chat.press(post.id, buttons[number - 1]["data"], screen.language)
