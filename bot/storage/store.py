"""The store on a SQL database: an asynchronous front for one writer thread."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.dialogue.class_data import ClassResults
from bot.dialogue.course_numbers import Course
from bot.ports import (
    RawUpdate,
    Saved,
    StorageError,
    StoreAwayError,
)
from bot.storage import classes, inbox, outbox, pictures, turns
from bot.storage.calls import Asked, Call, one, run_batch
from bot.storage.claims import Claims
from bot.storage.course import course
from bot.storage.dialects import alone, is_away, is_deadlock, open_engine, probe, problem_of, scrub
from bot.storage.export import export
from bot.storage.migrate import migrate
from bot.storage.reading import reading
from bot.storage.rows import milliseconds
from bot.storage.writer import Writer

logger = logging.getLogger(__name__)

T = TypeVar("T")

KEEP_IDS_MS = 48 * 3_600_000
"""How long handled updates' ids are kept; Telegram repeats none older than 24 hours."""
KEEP_PICTURES_MS = 30 * 24 * 3_600_000
"""How long a picture's name is kept; then the picture is uploaded once more."""
_TIDY_EVERY_MS = 3_600_000

_scrub: Call[[], bool] = Call(lambda _connection, _claims, batch: [False] * len(batch))
"""Done after the batch's transaction, on the files themselves."""

_probe = one(lambda connection, _claims: probe(connection))

LATELY_S = 15.0
"""Whoever waits for a call tries it again sooner than that."""

FIRST = (
    turns.commit, inbox.handled, outbox.sent, inbox.receive, turns.load, inbox.take_waiting,
)  # fmt: skip
"""The calls of a batch that come first, in this order: what comes in sees what was stored."""


class SqlStore:
    """Implements `bot.ports.Store` and `bot.ports.Uploads`; an asynchronous context manager.

    Args:
        url: an SQLAlchemy URL; a `sqlite:///` file and its folder are made, for their owner only.
        bot: the bot's own id, which keeps the updates of two bots apart.

    Raises:
        StorageError: when the database cannot be opened or was made by a newer version.
    """

    def __init__(self, url: str, bot: int = 0) -> None:
        self._engine, self._url = _ready(url), url
        self._claims = Claims(bot, shared=self._engine.dialect.name != "sqlite")
        self._writer = Writer(self._run)
        self._failed_at: dict[Call[Any, Any], float] = {}
        """When each kind of call failed that has not gone through since."""
        self._looking = asyncio.Semaphore(1)
        """One class is looked at at a time: turns share the interpreter with no more than that."""
        self._tidied_ms = 0
        self._tidying: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Finishes what is waiting and closes the database."""
        if self._tidying is not None:
            self._tidying.cancel()
        await self._writer.close()
        self._engine.dispose()

    async def ask(self, asked: Asked) -> Any:  # noqa: ANN401 - each call has its own answer
        """Makes a call, in a transaction with others if any are waiting."""
        return await self._writer.ask(asked)

    def _run(self, batch: Sequence[Asked]) -> list[Any]:
        try:
            with self._engine.begin() as connection:
                answers = run_batch(connection, self._claims, batch, FIRST)
        except DBAPIError as error:
            if is_away(error):
                self._claims.unsure = self.shared
                self._failed_at |= dict.fromkeys((call for call, _ in batch), time.monotonic())
                raise StoreAwayError(problem_of(error)) from error
            raise
        for call, _ in batch if self._failed_at else ():
            self._failed_at.pop(call, None)
        if any(call is _scrub for call, _ in batch):
            done = scrub(self._engine)  # whatever comes of it, the rest of the batch is stored
            for place, (call, _) in enumerate(batch):
                answers[place] = done if call is _scrub else answers[place]
        return answers

    commit, load, counts = turns.commit, turns.load, turns.counts
    handled, unhandled = inbox.handled, inbox.unhandled
    take_over, take_due = inbox.take_over, inbox.take_due
    sent, block = outbox.sent, outbox.block
    unsure, last_try, not_sent = outbox.unsure, outbox.last_try, outbox.not_sent
    replies_to, outgoing = outbox.replies_to, outbox.outgoing
    uploaded, keep_upload = pictures.uploaded, pictures.keep_upload
    scrub = _scrub
    _receive, _take_waiting = inbox.receive, inbox.take_waiting
    classroom = classes.classroom
    _probe = _probe
    lose_claims = one(lambda connection, claims: claims.lose(connection))
    _drop_ids, _drop_names = inbox.drop_old, pictures.drop_old

    async def receive(self, updates: Sequence[RawUpdate], at: datetime) -> dict[int, Saved]:
        """See `bot.ports.Store`; once an hour also drops what is too old to be needed again."""
        now_ms = milliseconds(at)
        if now_ms - self._tidied_ms > _TIDY_EVERY_MS:
            self._tidied_ms = now_ms
            self._tidying = asyncio.create_task(self._tidy(now_ms), name="tidying")
        return await self._receive(updates, at)

    async def take_waiting(self, chat: int) -> list[RawUpdate]:
        """See `bot.ports.Store`."""
        return await self._take_waiting(chat) if self.shared else []

    async def _tidy(self, now_ms: int) -> None:
        """Drops what is old, a little at a time, beside everything else."""
        try:
            await self._drop_names(now_ms - KEEP_PICTURES_MS)
            while await self._drop_ids(now_ms - KEEP_IDS_MS):
                pass
        except Exception as error:
            logger.error("old ids were not dropped (%s); in an hour", type(error).__name__)

    async def tidied(self) -> None:
        """For tests: returns once what is old was dropped."""
        if self._tidying is not None:
            await self._tidying

    @property
    def shared(self) -> bool:
        """See `bot.ports.Store`."""
        return self._claims.shared

    async def export(self, chat: int) -> str:
        """See `bot.ports.Store`."""
        return await self._beside(lambda connection: export(connection, self._claims.bot, chat))

    async def course(self, lesson: str, now: datetime) -> Course:
        """See `bot.ports.Store`."""
        return await self._beside(lambda connection: course(connection, now, lesson))

    async def class_results(self, chat: int, class_: int) -> ClassResults | None:
        """See `bot.ports.Store`."""
        bot = self._claims.bot
        async with self._looking:
            return await self._beside(
                lambda connection: classes.class_results(connection, bot, chat, class_)
            )

    async def _beside(self, read: Callable[[Connection], T]) -> T:
        """Reads in a thread and on a connection of its own, so that no turn waits for it."""

        def run() -> T:
            try:
                with reading(self._url) as connection:
                    return read(connection)
            except DBAPIError as error:
                if is_away(error):
                    raise StoreAwayError(problem_of(error)) from error
                raise

        return await asyncio.to_thread(run)

    async def ping(self) -> None:
        """Returns when the database has stored something.

        Raises:
            StoreAwayError: it has not, or not what somebody waits for.
        """
        await self._probe()
        now = time.monotonic()
        if any(now - at < LATELY_S for at in tuple(self._failed_at.values())):
            raise StoreAwayError("some calls fail")


def _ready(url: str) -> Engine:
    engine = open_engine(url)
    try:
        _migrated(engine)
        scrub(engine)  # the last run may have ended between erasing and scrubbing
    except SQLAlchemyError as error:
        engine.dispose()
        message = f"the database cannot be used: {problem_of(error)}"
        raise StorageError(message) from error
    except StorageError:
        engine.dispose()
        raise
    return engine


def _migrated(engine: Engine) -> None:
    """Migrates; again where workers at their turns stood in its way, and it was sent off."""
    for wait_s in (0.1, 0.5, 1.0, 2.0, None):
        try:
            with engine.begin() as connection:
                alone(connection)
                migrate(connection)
        except DBAPIError as error:
            if wait_s is None or not is_deadlock(error):
                raise
            time.sleep(wait_s)
        else:
            return
