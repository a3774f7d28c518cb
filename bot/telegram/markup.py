"""Effects' words and buttons in the Bot API's terms."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import quote

from bot.dialogue.effects import Button, Purpose

_STYLES = {Purpose.ANSWER: "primary", Purpose.ERASE: "danger"}
"""Apps older than Bot API 9.4 show such a button like any other."""
_LINK = re.compile(r'<a href="(?:\?|(\?start=([\w-]+)))">(.*?)</a>')


def markup(
    buttons: tuple[tuple[Button, ...], ...], placeholder: str | None, address: str
) -> dict[str, Any] | None:
    """What hangs under a message: buttons, a placeholder in the input field, both or nothing.

    Since Bot API 10.3 an inline keyboard may ask for an answer too. A server that is older, or does
    not know the placeholder there, passes over it and the buttons stay.
    """
    rows = [[_button(button, address) for button in row] for row in buttons]
    under: dict[str, Any] = {"inline_keyboard": rows} if rows else {}
    if placeholder and not rows:
        under = {"force_reply": True, "input_field_placeholder": placeholder[:64]}
    return under or None


def _button(button: Button, address: str) -> dict[str, Any]:
    shown: dict[str, Any] = {"text": button.label}
    link = f"{address}?start={button.data}"
    match button.purpose:
        case Purpose.COPY:
            return shown | {"copy_text": {"text": link}}
        case Purpose.SHARE:
            return shown | {"url": f"https://t.me/share/url?url={quote(link, safe='')}"}
        case purpose:
            style = {"style": _STYLES[purpose]} if purpose in _STYLES else {}
            return shown | {"callback_data": button.data} | style


def linked(markup_text: str, address: str) -> str:
    """A text with its links into this chat made whole; the command that one stands for becomes it.

    >>> linked('<a href="?start=a">Tea</a>, <a href="?start=b">/start b</a>', "t.me/bot")
    '<a href="t.me/bot?start=a">Tea</a>, t.me/bot?start=b'
    """

    def whole(found: re.Match[str]) -> str:
        query, start, words = found.groups(default="")
        link = address + query
        return link if words == f"/start {start}" else f'<a href="{link}">{words}</a>'

    return _LINK.sub(whole, markup_text)


def plain_text(markup_text: str) -> str:
    """Telegram's HTML without its tags, cut to what one message holds.

    >>> plain_text("<b>x1</b> &lt; 2")
    'x1 < 2'
    """
    return html.unescape(re.sub(r"<[^>]*>", "", markup_text))[:4096]
