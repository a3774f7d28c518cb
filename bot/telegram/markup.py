"""Effects' words and buttons in the Bot API's terms."""

from __future__ import annotations

import html
import re
from typing import Any

from bot.dialogue.effects import Button


def markup(
    buttons: tuple[tuple[Button, ...], ...], placeholder: str | None
) -> dict[str, Any] | None:
    """What hangs under a message: buttons, a placeholder in the input field, both or nothing.

    Since Bot API 10.3 an inline keyboard may ask for an answer too. A server that is older, or does
    not know the placeholder there, passes over it and the buttons stay.
    """
    rows = [
        [{"text": button.label, "callback_data": button.data} for button in row] for row in buttons
    ]
    under: dict[str, Any] = {"inline_keyboard": rows} if rows else {}
    if placeholder:
        under |= {"force_reply": True, "input_field_placeholder": placeholder[:64]}
    return under or None


def plain_text(markup_text: str) -> str:
    """Telegram's HTML without its tags, cut to what one message holds.

    >>> plain_text("<b>x1</b> &lt; 2")
    'x1 < 2'
    """
    return html.unescape(re.sub(r"<[^>]*>", "", markup_text))[:4096]
