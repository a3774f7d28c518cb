"""Effects' words and buttons in the Bot API's terms."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from bot.dialogue.effects import LINKS, Button, Purpose, Say, Show
from bot.pictures.requests import Code
from bot.ports import Performed

_STYLES = {Purpose.ANSWER: "primary", Purpose.ERASE: "danger"}
"""Apps older than Bot API 9.4 show such a button like any other."""
_LINK = re.compile(r'<a href="(?:\?|(\?start=([\w-]+)))">(.*?)</a>')


def markup(buttons: tuple[tuple[Button, ...], ...]) -> dict[str, Any] | None:
    """The buttons under a message, if there are any.

    A placeholder has no place there: Telegram shows none where there are buttons, and where there
    are none it asks for it with a reply, whose bar stays open on a learner's other devices.
    """
    rows = [[_button(button) for button in row] for row in buttons]
    return {"inline_keyboard": rows} if rows else None


def _button(button: Button) -> dict[str, Any]:
    shown: dict[str, Any] = {"text": button.label}
    match button.purpose:
        case Purpose.COPY:
            return shown | {"copy_text": {"text": button.data}}
        case Purpose.SHARE:
            return shown | {"url": f"https://t.me/share/url?url={quote(button.data, safe='')}"}
        case purpose:
            style = {"style": _STYLES[purpose]} if purpose in _STYLES else {}
            return shown | {"callback_data": button.data} | style


def whole(effect: Performed, address: str) -> Performed:
    """An effect whose links into this chat, in its words and its buttons, lead there from anywhere.

    Args:
        effect: as the dialogue has it.
        address: the chat's, without a slash at the end.
    """
    if not isinstance(effect, Say | Show):
        return effect
    rows = tuple(
        tuple(
            replace(one, data=f"{address}?start={one.data}") if one.purpose in LINKS else one
            for one in row
        )
        for row in effect.buttons
    )
    if isinstance(effect, Say):
        return replace(effect, html=linked(effect.html, address), buttons=rows)
    shown, picture = linked(effect.caption, address), effect.picture
    if isinstance(picture, Code):
        picture = Code(f"{address}?start={picture.text}")
    return replace(effect, picture=picture, caption=shown, buttons=rows)


def linked(markup_text: str, address: str) -> str:
    """A text with its links into this chat made whole; the command that one stands for becomes it.

    >>> linked('<a href="?start=a">Tea</a>, <a href="?start=b">/start b</a>', "t.me/bot")
    '<a href="t.me/bot?start=a">Tea</a>, t.me/bot?start=b'
    """

    def link(found: re.Match[str]) -> str:
        query, start, words = found.groups(default="")
        there = address + query
        return there if words == f"/start {start}" else f'<a href="{there}">{words}</a>'

    return _LINK.sub(link, markup_text)


def plain_text(markup_text: str) -> str:
    """Telegram's HTML without its tags, cut to what one message holds.

    >>> plain_text("<b>x1</b> &lt; 2")
    'x1 < 2'
    """
    return html.unescape(re.sub(r"<[^>]*>", "", markup_text))[:4096]
