"""The store on a SQL database: an asynchronous front for one writer thread."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.ports import (
    Counts,
    Course,
    Done,
    Left,
    Outgoing,
    RawUpdate,
    Saved,
    StorageError,
    StoreAwayError,
)
from bot.storage import requests as ask
from bot.storage.claims import Claims
from bot.storage.course import course
from bot.storage.dialects import alone, is_away, is_deadlock, open_engine, problem_of, scrub
from bot.storage.export import export
from bot.storage.migrate import migrate
from bot.storage.reading import reading
from bot.storage.rows import milliseconds
from bot.storage.statements import run_batch
from bot.storage.writer import Writer

logger = logging.getLogger(__name__)

T = TypeVar("T")

KEEP_IDS_MS = 48 * 3_600_000
"""How long handled updates' ids are kept; Telegram repeats none older than 24 hours."""
KEEP_PICTURES_MS = 30 * 24 * 3_600_000
"""How long a picture's name is kept; then the picture is uploaded once more."""
_TIDY_EVERY_MS = 3_600_000


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
        self._claims = Claims(self._engine, bot)
        self._writer = Writer(self._run)
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
        self._claims.die()
        self._engine.dispose()

    def _run(self, batch: Sequence[ask.Request]) -> list[Any]:
        try:
            with self._engine.begin() as connection:
                answers = run_batch(connection, self._claims, batch)
        except DBAPIError as error:
            if is_away(error):
                self._claims.unsure = self.shared
                raise StoreAwayError(problem_of(error)) from error
            raise
        if any(isinstance(request, ask.Scrub) for request in batch):
            done = scrub(self._engine)  # whatever comes of it, the rest of the batch is stored
            answers = [
                done if isinstance(request, ask.Scrub) else answer
                for request, answer in zip(batch, answers, strict=True)
            ]
        return answers

    async def receive(self, updates: Sequence[RawUpdate], at: datetime) -> dict[int, Saved]:
        """See `bot.ports.Store`; once an hour also drops ids that are too old to come again."""
        now_ms = milliseconds(at)
        if now_ms - self._tidied_ms > _TIDY_EVERY_MS:
            self._tidied_ms = now_ms
            self._tidying = asyncio.create_task(self._tidy(now_ms), name="tidying")
        new: dict[int, Saved] = await self._writer.ask(ask.Receive(tuple(updates), now_ms))
        return new

    async def _tidy(self, now_ms: int) -> None:
        """Drops what is old, a little at a time, beside everything else."""
        tidy = ask.Tidy(now_ms - KEEP_IDS_MS, now_ms - KEEP_PICTURES_MS)
        try:
            while await self._writer.ask(tidy):
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

    async def take_over(self) -> Left:
        """See `bot.ports.Store`."""
        left: Left = await self._writer.ask(ask.TakeOver())
        return left

    async def take_waiting(self, chat: int) -> list[RawUpdate]:
        """See `bot.ports.Store`."""
        if not self.shared:
            return []
        rows: list[RawUpdate] = await self._writer.ask(ask.TakeWaiting(chat))
        return rows

    async def take_due(self, now: datetime, most: int) -> list[RawUpdate]:
        """See `bot.ports.Store`."""
        due: list[RawUpdate] = await self._writer.ask(ask.TakeDue(milliseconds(now), most))
        return due

    async def replies_to(self, update: int) -> list[Outgoing]:
        """See `bot.ports.Store`."""
        rows: list[Outgoing] = await self._writer.ask(ask.RepliesTo(update))
        return rows

    async def unhandled(self) -> list[RawUpdate]:
        """Updates received and not handled, whoever has them."""
        rows: list[RawUpdate] = await self._writer.ask(ask.Unhandled())
        return rows

    async def handled(self, updates: Collection[int]) -> None:
        """See `bot.ports.Store`."""
        await self._writer.ask(ask.Handled(tuple(updates)))

    async def load(self, chat: int) -> Saved:
        """See `bot.ports.Store`."""
        saved: Saved = await self._writer.ask(ask.Load(chat))
        return saved

    async def commit(self, done: Done) -> None:
        """See `bot.ports.Store`."""
        await self._writer.ask(ask.Commit(done))

    async def outgoing(self) -> list[Outgoing]:
        """Replies not known to have arrived, whoever has them."""
        rows: list[Outgoing] = await self._writer.ask(ask.Pending())
        return rows

    async def sent(self, replies: Collection[Outgoing]) -> None:
        """See `bot.ports.Store`."""
        await self._writer.ask(ask.Sent(tuple(replies)))

    async def unsure(self, reply: Outgoing) -> None:
        """See `bot.ports.Store`."""
        await self._writer.ask(ask.Unsure(reply))

    async def block(self, chat: int) -> None:
        """See `bot.ports.Store`."""
        await self._writer.ask(ask.Block(chat))

    async def export(self, chat: int) -> str:
        """See `bot.ports.Store`."""
        return await self._beside(lambda connection: export(connection, self._claims.bot, chat))

    async def course(self, lesson: str, now: datetime) -> Course:
        """See `bot.ports.Store`."""
        return await self._beside(lambda connection: course(connection, now, lesson))

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

    async def scrub(self) -> bool:
        """See `bot.ports.Store`."""
        done: bool = await self._writer.ask(ask.Scrub())
        return done

    async def lose_claims(self) -> None:
        """For tests: lets other workers think that this one is gone."""
        await asyncio.to_thread(self._claims.die)

    async def uploaded(self, key: str) -> str | None:
        """See `bot.ports.Uploads`."""
        name: str | None = await self._writer.ask(ask.Uploaded(key))
        return name

    async def keep_upload(self, key: str, name: str | None, at: datetime) -> None:
        """See `bot.ports.Uploads`."""
        await self._writer.ask(ask.KeepUpload(key, name, milliseconds(at)))

    async def ping(self) -> None:
        """Returns when the database has answered."""
        await self._writer.ask(ask.Load(0))

    async def counts(self) -> Counts:
        """How much is stored."""
        counts: Counts = await self._writer.ask(ask.Count())
        return counts


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
