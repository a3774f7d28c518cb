"""What the learner did is stored before the chat may forget it, and handed to the runtime.

Updates are written in the way Telegram reports them, cut down to what is needed.
"""

from __future__ import annotations

import logging

import orjson

from bot.dialogue.events import Event, Pressed, Said, SentFile, SentOther
from bot.ports import Clock, RawUpdate, Received, Store
from bot.runtime import Runtime
from bot.runtime.opening import is_text
from bot.runtime.patience import patiently
from bot.webchat.chat import Chat
from bot.webchat.posts import LEARNER, Json

logger = logging.getLogger(__name__)


class Intake:
    """Takes updates from the chat.

    Args:
        chat: where they come from.
        store: where they go first.
        runtime: answers them.
        clock: the time.
    """

    def __init__(self, chat: Chat, store: Store, runtime: Runtime, clock: Clock) -> None:
        self._chat, self._store = chat, store
        self._runtime, self._clock = runtime, clock

    async def run(self) -> None:
        """Takes every update in turn, for as long as it runs."""
        while True:
            update = await self._chat.updates.get()
            try:
                await self._take(update)
            except Exception as error:  # the chat still has it, and brings it up at the next start
                logger.error("what the learner did is not stored (%s)", type(error).__name__)
            finally:
                self._chat.updates.task_done()

    async def _take(self, update: Json) -> None:
        raw = RawUpdate(int(update["update_id"]), LEARNER, orjson.dumps(update).decode())
        now = self._clock.now()
        if (received := received_from(raw)) is not None:
            new = await patiently(lambda: self._store.receive([raw], now))
            if raw.update in new:
                self._runtime.accept(received)
        self._chat.stored(update)


def received_from(raw: RawUpdate) -> Received | None:
    """The event a stored update is; None where there is nothing to answer."""
    event = _event(orjson.loads(raw.raw))
    return None if event is None else Received(raw.update, raw.chat, event)


def _event(update: Json) -> Event | None:
    match update:
        case {"message": {"message_id": number, "document": document, **more} as done}:
            if is_text(document):
                file, caption = str(document["file_id"]), str(more.get("caption", ""))
                return SentFile(file, number, caption=caption, language=_language(done))
            return SentOther("document", number, language=_language(done))
        case {"message": {"message_id": number, "text": text} as done}:
            return Said(text, number, language=_language(done))
        case {"edited_message": {"message_id": number, "text": text} as done}:
            return Said(text, number, edited=True, language=_language(done))
        case {
            "callback_query": {
                "id": callback,
                "data": data,
                "message": {"message_id": number},
            } as done
        }:
            return Pressed(data, callback, number, language=_language(done))
        case _:
            return None


def _language(done: Json) -> str:
    return str(done.get("from", {}).get("language_code", ""))
