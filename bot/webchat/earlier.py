"""Reads the chat's history as it was written until the chat was a Telegram of its own.

Messages then stood as Telegram's JSON, with their text and the places where its formatting begins
and ends, counted in UTF-16. (What the learner did is still written in Telegram's way.)
"""

from __future__ import annotations

from html import escape

from bot.webchat.posts import File, Json, Post

_TAGS = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code",
    "pre": "pre", "blockquote": "blockquote", "expandable_blockquote": "blockquote expandable",
    "spoiler": "tg-spoiler",
}  # fmt: skip


def post_of(record: Json) -> Post:
    """The message that an earlier record holds.

    Raises:
        KeyError: it is no such record.
    """
    message = record["message"]
    mine = not message["from"]["is_bot"]
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return Post(
        message["message_id"],
        mine,
        message["date"],
        _markup(message, mine=mine),
        [
            [{"label": key["text"], "data": key.get("callback_data", "")} for key in row]
            for row in rows
        ],
        record.get("reaction", ""),
        mine and "edit_date" in message,
        _file(message),
    )


def _file(message: Json) -> File | None:
    if "photo" in message:
        it = message["photo"][-1]
        sides = it["width"], it["height"]
        return File(it["file_unique_id"], "picture.png", it["file_size"], *sides)
    if "document" in message:
        it = message["document"]
        return File(it["file_unique_id"], it["file_name"], it["file_size"])
    return None


def _markup(message: Json, *, mine: bool) -> str:
    """Text and formatting as HTML.

    >>> bold = {"type": "bold", "offset": 3, "length": 1}
    >>> _markup({"text": "\N{ELECTRIC LIGHT BULB} 1<2", "entities": [bold]}, mine=False)
    '💡 <b>1</b>&lt;2'
    """
    text = message.get("text") or message.get("caption") or ""
    units = text.encode("utf-16-le", "surrogatepass")
    marks: list[tuple[int, int, str]] = []
    for entity in message.get("entities") or message.get("caption_entities") or []:
        tag, start, length = _TAGS.get(entity["type"]), entity["offset"], entity["length"]
        if tag is not None and not mine:
            # At one place the inner one ends first, and the outer one begins first.
            marks.append((start, 2 * len(units) - length, f"<{tag}>"))
            marks.append((start + length, length, f"</{tag.split()[0]}>"))
    found, at = "", 0
    for place, _, tag in sorted(marks, key=lambda mark: mark[:2]):
        found += _escaped(units, at, place) + tag
        at = place
    return found + _escaped(units, at, len(units) // 2)


def _escaped(units: bytes, start: int, end: int) -> str:
    return escape(units[2 * start : 2 * end].decode("utf-16-le", "replace"), quote=False)
