"""Plays every transcript's learner through the whole bot, and looks at each call it makes.

`python -m tests.transcripts.calls` says how many calls of which methods there were, and what in
them breaks the description of the Bot API.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections import Counter
from pathlib import Path
from typing import cast

from bot.storage import SqlStore
from bot.telegram.app import TelegramApp
from tests.fakes.clock import FakeClock
from tests.fakes.painter import FakePainter
from tests.telegram_server.learner import MediaKind
from tests.telegram_server.posts import flat
from tests.telegram_server.request import LocalRequest
from tests.telegram_server.telegram import LocalTelegram
from tests.transcripts.play import ASIDE, BETWEEN, LATER, learner_lines, transcripts
from tests.tutor import MACHINE

LINK = re.compile(r"start=((?:class|teach)_\w+)")
TOPIC = 70
"""Every other chat is held in a topic of it."""


class _Learner:
    """Does in a chat what stands in a transcript."""

    def __init__(self, telegram: LocalTelegram, chat: int) -> None:
        self._telegram, self._chat = telegram, chat
        self._thread = TOPIC if chat % 2 else None
        self._typed = 0

    def does(self, line: str) -> None:
        """Types, presses, edits, or sends something else."""
        if aside := ASIDE.fullmatch(line):
            what, rest = aside["what"], aside["rest"]
            if what == "edit":
                self._telegram.user_edits(self._typed, rest, chat=self._chat)
                return
            if what == "opens the link":
                rest = f"/start {LINK.findall(str(self._telegram.calls))[-1]}"
            if not rest:
                kind = cast("MediaKind", what)
                self._telegram.user_sends_media(kind, chat=self._chat, thread=self._thread)
                return
            line = rest
        posts = [post for post in self._telegram.posts(self._chat) if post.from_bot]
        for post in reversed(posts if line.startswith("[") else []):
            for button in flat(post.buttons):
                if button["text"] == line.strip("[]") and "callback_data" in button:
                    data = button["callback_data"]
                    self._telegram.user_presses(post.id, data, chat=self._chat)
                    return
        said = self._telegram.user_sends(line, chat=self._chat, thread=self._thread)
        self._typed = said.id


async def played() -> LocalTelegram:
    """A Telegram in which every transcript was played, one chat each."""
    clock = FakeClock()
    telegram = LocalTelegram(clock=clock.now)
    tutor = MACHINE
    with tempfile.TemporaryDirectory() as folder:
        store = SqlStore(f"sqlite:///{Path(folder) / 'bot.sqlite3'}", telegram.bot["id"])
        app = TelegramApp(
            telegram.token,
            store,
            tutor,
            clock,
            painter=FakePainter(),
            uploads=store,
            make_request=lambda: LocalRequest(telegram),
            class_view=tutor.class_view,
        )
        await app.start()
        for chat, path in enumerate(transcripts(), 1):
            learners = {"you": _Learner(telegram, chat)}
            if path.stem in tutor.languages:
                telegram.languages[chat] = path.stem
            for who, line in learner_lines(path.read_text(encoding="utf-8")):
                clock.move(seconds=BETWEEN.total_seconds())
                if later := LATER.fullmatch(line.strip("()")):
                    clock.move(**{f"{later[2]}s": int(later[1])})
                elif who != "#":
                    number = 1000 * chat + len(learners)
                    learners.setdefault(who, _Learner(telegram, number)).does(line)
                    await telegram.updates.drained()
                    await app.settled()
        await app.stop()
        await store.close()
    return telegram


if __name__ == "__main__":
    met = asyncio.run(played())
    for method, count in Counter(call.method for call in met.calls).most_common():
        print(f"{count:6,} {method}")
    print(f"{len(met.calls):6,} calls; {len(met.violations)} violations")
    for violation, count in Counter(met.violations).most_common():
        print(f"{count:6,} {violation}")
