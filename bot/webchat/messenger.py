"""Performs effects in the chat."""

from __future__ import annotations

import asyncio
import logging

from bot.dialogue.effects import AnswerPress, React, Say, Show, Unbutton
from bot.pictures import Painter, PictureError
from bot.pictures.requests import Code, filename
from bot.ports import Document, Mark, Performed, Speaks, UnreachableError
from bot.webchat.chat import Chat
from bot.webchat.formatting import plain as without_markup
from bot.webchat.formatting import tree
from bot.webchat.posts import LEARNER, Event, File, as_json, typed

logger = logging.getLogger(__name__)

DRAWING_S = 20.0
"""How long a message waits for its picture."""


class WebchatMessenger:
    """Implements `bot.ports.Messenger`.

    Args:
        chat: where effects are seen.
        painter: draws pictures.
    """

    def __init__(self, chat: Chat, painter: Painter) -> None:
        self._chat, self._painter = chat, painter

    async def perform(
        self,
        chat: int,
        effect: Performed,
        *,
        plain: bool = False,
        mark: Mark | None = None,
        uploading: Mark | None = None,  # noqa: ARG002 - nothing takes long here
    ) -> int | None:
        """See `bot.ports.Messenger`."""
        if mark is not None:
            await mark()
        if chat != LEARNER:
            raise UnreachableError("there is one chat on this computer")
        match effect:
            case Say(html, buttons):
                if plain:
                    return self._chat.tell(typed(without_markup(tree(html))), [])
                return self._chat.tell(html, as_json(buttons))
            case Show(_, caption, buttons, replaces):
                file = None if plain else await self._drawn(effect)
                if file is None:
                    return await self.perform(chat, Say(caption, buttons), plain=plain)
                return self._chat.tell(caption, as_json(buttons), file, replaces)
            case Document(name, content, caption):
                return self._chat.tell(caption, [], file=self._chat.files.add(name, content))
            case React(message, emoji):
                self._chat.react(message, emoji)
            case Unbutton(message):
                self._chat.unbutton(message)
            case Speaks(language):
                self._chat.speak(language)
            case AnswerPress(callback, text):
                number = int(callback) if callback.isdigit() else 0
                self._chat.announce(Event("answer", message=number, text=text))
        return None

    async def reachable(self) -> None:
        """See `bot.ports.Messenger`: it is always here."""

    async def _drawn(self, effect: Show) -> File | None:
        """The picture; None where it cannot be drawn or kept."""
        self._chat.announce(Event("typing"))
        name, picture = filename(effect.picture), effect.picture
        if isinstance(picture, Code):  # there is no address to lead here: what is typed is
            picture = Code(f"/start {picture.text}")
        try:
            async with asyncio.timeout(DRAWING_S):
                content = await self._painter.paint(picture)
            return self._chat.files.add(name, content, picture=name.endswith(".png"))
        except (PictureError, TimeoutError, OSError) as error:
            logger.warning("a picture's words are sent instead of it: %s", error)
            return None
