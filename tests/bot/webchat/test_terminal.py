"""The chat in a terminal and through a pipe."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.dialogue.machine import Machine
from bot.storage import SqlStore
from bot.webchat import terminal
from bot.webchat.app import WebchatApp
from bot.webchat.chat import Chat
from bot.webchat.formatting import plain, tree
from content.library import Library
from content.loader import load
from content.written import languages
from tests.bot.webchat.sampler import SPEAKING
from tests.fakes.clock import FakeClock
from tests.fakes.painter import FakePainter

PLAIN = re.compile("[\u2066-\u2069]")
"""Marks around what runs the other way."""


class Tty(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


async def talk(app: WebchatApp, lines: str, out: io.StringIO | None = None) -> str:
    """Has the sampler take these lines through the terminal chat; returns what was printed."""
    out = out or io.StringIO()
    await terminal.talk(app.chat, app.settled, io.StringIO(lines), out, SPEAKING)
    return out.getvalue()


async def test_pipe(app: WebchatApp) -> None:
    """Through a pipe a line goes in and its replies come out, buttons numbered, nothing hidden."""
    printed = await talk(app, "/start\n\n0.45\n0.03\n#1\n#3\n")
    assert re.search(r"\[picture: \S+\.png\]\nThe network: 2 inputs", printed)
    assert "    x1 × w11 + x2 × w12\n    0.6 × 0.4 + 0.7 × (−0.3)" in printed
    assert "[hidden: 0.24 + (−0.21) = 0.03]" in printed
    assert "  [#1] 💡 Hint   [#2] 👀 Show me\n  [#3] ☰ More" in printed
    assert printed.index("Not yet: 0.45") < printed.index("  👍\n✓ 0.03. Right.")
    assert "  · Look at the sign of w12\n(changed)\n  [picture: " in printed
    assert printed.endswith(".png]\nThe network, once more\n\n")
    assert "\x1b[" not in printed


async def test_tty(app: WebchatApp) -> None:
    """On a terminal there is bold, and what is hidden stays so until `!` is typed."""
    printed = await talk(app, "/start\n!\n", Tty())
    assert printed.startswith("Type /start to begin.\nType your answer, or #1")
    assert "\x1b[1mStep 2 of 26 · H1 · weighted sum\x1b[0m" in printed
    hidden, shown = printed.split("  (hidden: type ! to show it)")
    assert "0.24" not in hidden
    assert "0.24 + (−0.21) = 0.03" in shown


async def test_wrong_buttons(app: WebchatApp) -> None:
    """A button that is not there is named kindly, and plain numbers are answers."""
    printed = await talk(app, "#1\n/start\n#9\n1\n.1\n")
    assert "There is no button #1. There are none just now." in printed
    assert "There is no button #9. There are #1 to #3." in printed
    assert "Not yet: 1\n" in printed
    assert "Not yet: .1\n" in printed


async def test_a_file_is_sent_by_its_path(app: WebchatApp, tmp_path: Path) -> None:
    """One that is not there is said not to be, and nothing is sent."""
    (tmp_path / "net.txt").write_text("H1 relu 0.4")
    printed = await talk(app, f"#file {tmp_path}/none.txt\n#file {tmp_path}/net.txt\n")
    assert "none.txt cannot be read: No such file or directory." in printed
    assert "A file: H1 relu 0.4" in printed
    (post,) = (post for post in app.chat.posts() if post.mine)
    assert post.file is not None
    assert post.file.name == "net.txt"


@pytest.mark.process
def test_a_reader_who_has_seen_enough_ends_it_quietly(tmp_path: Path) -> None:
    """As `| head -1` does: exit code 0, and nothing is said."""
    settings = {"TELEGRAM_BOT_TOKEN": "", "DATA_FOLDER": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "--terminal"],
        env=os.environ | settings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(b"/start\n")
        running.stdin.flush()
        assert running.stdout.readline() == b"Build a network\n"
        running.stdout.close()
        running.stdin.write(b"/where\n" * 3)
        running.stdin.close()
        assert running.stderr is not None
        assert running.stderr.read() == b""
    assert running.returncode == 0


async def test_a_name_moves_no_cursor(app: WebchatApp, tmp_path: Path) -> None:
    """Whatever stands in the name of a file or in a text, a terminal is told nothing by it."""
    odd = tmp_path / "net\x1b]0;mine\x07\x1b[2J\x9b.txt"
    odd.write_text("H1 \x1b[2J relu 0.4")
    printed = await talk(app, f"#file {odd}\n#file {tmp_path}/\x1b[2Jnone\n\x1b[2Jhi\n", Tty())
    assert not re.search(r"\x1b(?!\[\d+m)|[\x07\x9b]", printed)


async def test_a_label_presses_its_button(app: WebchatApp) -> None:
    """With its sign or without, in any case; what stands on no button is said."""
    printed = await talk(app, "/start\nmore\n0.03\n", Tty())
    assert printed.count("The network, once more") == 1
    assert [post.text for post in app.chat.posts() if post.mine] == ["/start", "0.03"]


@pytest.mark.parametrize("language", languages())
async def test_every_button_of_a_class_is_pressed_by_its_label(
    chat: Chat, store: SqlStore, clock: FakeClock, painter: FakePainter, language: str
) -> None:
    """From making a class to ending it, in each language, without a number of a button."""
    book, library = load(language), Library(language)
    app = WebchatApp(chat, store, Machine(library), clock, painter)
    await app.start()
    words, turned = book.classes, book.numbers.turned
    made = [words.to_new(), "Ada 7b", book.lesson.title, words.to_no_date()]
    shown = ["/class", words.to_refresh(), words.to_link(), "/class", words.to_co_teacher()]
    ended = ["/class", words.to_end(), words.to_end_now()]
    typed = [f"/language {language}", "/class", *made, *shown, *ended]
    await talk(app, "\n".join(typed) + "\n")
    await app.stop()
    said = [PLAIN.sub("", plain(tree(post.html))) for post in chat.posts() if not post.mine]
    mine = [post.text for post in chat.posts() if post.mine]
    assert mine == [f"/language {language}", "/class", "Ada 7b", "/class", "/class", "/class"]
    assert said[-1] == plain(tree(turned(words.ended(name="Ada 7b"))))
