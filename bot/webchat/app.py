"""The bot in the chat of this computer: intake, the runtime, and what it sends."""

from __future__ import annotations

from bot.pictures import Painter
from bot.ports import Clock, Store, Tutor
from bot.runtime import Runtime
from bot.runtime.parts import Parts
from bot.runtime.rehearsing import bit_by_bit
from bot.runtime.speaking import language_in
from bot.webchat.chat import Chat
from bot.webchat.intake import Intake, received_from
from bot.webchat.messenger import WebchatMessenger
from bot.webchat.posts import LEARNER


class WebchatApp:
    """The bot in a chat.

    Args:
        chat: where it talks.
        store: where everything is kept.
        tutor: the conversation.
        clock: the time.
        painter: draws pictures. It is closed at the end.
        owner: the chat that may ask how the course goes.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - one argument per part it joins
        self,
        chat: Chat,
        store: Store,
        tutor: Tutor,
        clock: Clock,
        painter: Painter,
        owner: int | None = None,
    ) -> None:
        self.chat, self._tutor, self._painter = chat, tutor, painter
        self._store = store
        self._runtime = Runtime(
            tutor,
            store,
            WebchatMessenger(chat, painter),
            clock,
            files=chat.files,
            reader=received_from,
            owner=owner,
            report=tutor.report,
            class_view=tutor.class_view,
        )
        self._intake = Intake(chat, store, self._runtime, clock)
        self._parts = Parts()

    async def start(self) -> None:
        """Goes on where the last run stopped, and hears the learner."""
        state = (await self._store.load(LEARNER)).state
        self.chat.language = language_in(state)
        await self._runtime.take_over()
        self._parts.keep("taking over", self._runtime.watch)
        self._parts.keep("reminding", self._runtime.remind)
        self._parts.keep("hearing", self._intake.run)
        self._parts.keep("rehearsing", lambda: bit_by_bit(self._tutor.rehearse()))
        self._painter.start()

    async def settled(self) -> None:
        """Returns once everything the learner did was handled and its effects were performed."""
        await self.chat.updates.join()
        await self._runtime.settled()

    async def stop(self) -> None:
        """Hears no more, and finishes the turns in hand."""
        await self._parts.stop()
        await self._runtime.stop()
        await self._painter.close()
