"""The chat in a terminal and through a pipe."""

from __future__ import annotations

import io
import re
from pathlib import Path

from telegram.ext import Application

from bot.local import terminal
from bot.local.request import LocalRequest
from bot.local.telegram import LocalTelegram
from tests.bot.local.echo import equip


class Tty(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


async def talk(telegram: LocalTelegram, lines: str, out: io.StringIO | None = None) -> str:
    """Has the echo bot take these lines through the terminal chat; returns what was printed."""
    out = out or io.StringIO()
    request = LocalRequest(telegram)
    builder = Application.builder().token(telegram.token)
    async with equip(builder.request(request).get_updates_request(request).build()) as app:

        async def settled() -> None:
            for update in await app.bot.get_updates():
                await app.process_update(update)
                await app.bot.get_updates(offset=update.update_id + 1)

        await terminal.chat(telegram, settled, io.StringIO(lines), out)
    return out.getvalue()


async def test_pipe(telegram: LocalTelegram) -> None:
    """Through a pipe a line goes in and its replies come out, buttons numbered, nothing hidden."""
    printed = await talk(telegram, "/start\n\n0.45\n0.03\n#2\n")
    assert re.search(r"\[picture: \S+\.png\]\nThe network: 2 inputs", printed)
    assert "    x1 × w11 + x2 × w12\n    0.6 × 0.4 + 0.7 × (−0.3)" in printed
    assert "[hidden: 0.24 + (−0.21) = 0.03]" in printed
    assert "  [#1] 💡 Hint   [#2] 👀 Show me\n  [#3] ☰ More" in printed
    assert printed.index("Not yet: 0.45") < printed.index("  👍\n✓ 0.03. Right.")
    assert printed.endswith("  · Shown, so not counted as solved\n(changed)\nShown: 0.03\n\n")
    assert "\x1b[" not in printed


async def test_tty(telegram: LocalTelegram) -> None:
    """On a terminal there is bold, and what is hidden stays so until `!` is typed."""
    printed = await talk(telegram, "/start\n!\n", Tty())
    assert printed.startswith("Type /start to begin.\nType your answer, or #1")
    assert "\x1b[1mStep 2 of 26 · H1 · weighted sum\x1b[0m" in printed
    hidden, shown = printed.split("  (hidden: type ! to show it)")
    assert "0.24" not in hidden
    assert "0.24 + (−0.21) = 0.03" in shown


async def test_wrong_buttons(telegram: LocalTelegram) -> None:
    """A button that is not there is named kindly, and plain numbers are answers."""
    printed = await talk(telegram, "#1\n/start\n#9\n1\n.1\n")
    assert "There is no button #1. There are none just now." in printed
    assert "There is no button #9. There are #1 to #3." in printed
    assert "Not yet: 1\n" in printed
    assert "Not yet: .1\n" in printed


async def test_a_file_is_sent_by_its_path(telegram: LocalTelegram, tmp_path: Path) -> None:
    """One that is not there is said not to be, and nothing is sent."""
    (tmp_path / "net.txt").write_text("H1 relu 0.4")
    printed = await talk(telegram, f"#file {tmp_path}/none.txt\n#file {tmp_path}/net.txt\n")
    assert "none.txt cannot be read: No such file or directory." in printed
    (post,) = (post for post in telegram.posts() if not post.from_bot)
    assert post.message["document"]["file_name"] == "net.txt"
