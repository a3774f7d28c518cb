"""Effects' words and buttons in the Bot API's terms."""

from __future__ import annotations

import html
import re
from typing import Any

from bot.dialogue.effects import Button


def markup(buttons: tuple[tuple[Button, ...], ...]) -> dict[str, Any] | None:
    """The buttons under a message, if there are any.

    A placeholder has no place there: Telegram shows none where there are buttons, and where there
    are none it asks for it with a reply, whose bar stays open on a learner's other devices.
    """
    rows = [
        [{"text": button.label, "callback_data": button.data} for button in row] for row in buttons
    ]
    return {"inline_keyboard": rows} if rows else None


def plain_text(markup_text: str) -> str:
    """Telegram's HTML without its tags, cut to what one message holds.

    >>> plain_text("<b>x1</b> &lt; 2")
    'x1 < 2'
    """
    return html.unescape(re.sub(r"<[^>]*>", "", markup_text))[:4096]
