"""Updates of every kind, the places in them, and bytes to put there."""

from __future__ import annotations

from typing import Any, TypeAlias

import orjson

Json: TypeAlias = dict[str, Any]
Path_: TypeAlias = tuple[str | int, ...]

_FROM = {"id": "@chat", "is_bot": False, "first_name": "Ann", "language_code": "en"}
_CHAT = {"id": "@chat", "type": "private", "first_name": "Ann", "username": "ann"}
_HEAD: Json = {"message_id": 7, "from": _FROM, "chat": _CHAT, "date": 1_795_500_000}
_ENTITIES = [{"type": "bold", "offset": 0, "length": 2}]
_DOCUMENT = {
    "file_id": "f",
    "file_unique_id": "f",
    "file_name": "net.json",
    "mime_type": "application/json",
    "file_size": 812,
}
_PHOTO = [{"file_id": "f", "file_unique_id": "f", "width": 1, "height": 1, "file_size": 9}]

KINDS: dict[str, Json] = {
    "text": {"message": {**_HEAD, "text": "@text", "entities": _ENTITIES}},
    "reply": {"message": {**_HEAD, "text": "@text", "reply_to_message": {**_HEAD, "text": "1"}}},
    "edit": {"edited_message": {**_HEAD, "text": "@text", "edit_date": 1_795_500_001}},
    "file": {"message": {**_HEAD, "document": _DOCUMENT, "caption": "@text"}},
    "photo": {"message": {**_HEAD, "photo": _PHOTO, "caption": "@text"}},
    "sticker": {"message": {**_HEAD, "sticker": {"file_id": "f", "emoji": "x"}}},
    "voice": {"message": {**_HEAD, "voice": {"file_id": "f", "duration": 1}}},
    "press": {
        "callback_query": {
            "id": "q@chat",
            "from": _FROM,
            "message": {**_HEAD, "text": "1"},
            "chat_instance": "1",
            "data": "1..hint",
        }
    },
    "block": {
        "my_chat_member": {
            "chat": _CHAT,
            "from": _FROM,
            "date": 1,
            "old_chat_member": {"status": "member", "user": _FROM},
            "new_chat_member": {"status": "kicked", "user": _FROM},
        }
    },
}
"""Updates with `@chat` and `@text` to be filled in."""

_NETWORK = (
    '{"inputs": ["x1"], "layers": [[{"name": "O", "activation": "sigmoid", "weights": {"w": 1}}]]'
)
_ODD = [
    r"half \ud800",
    r"\udfff\ud800",
    r"nul \u0000",
    r"/network {\"\\ud800\": 1}",
    r"/network {\"inputs\": [\"\\udc00\"], \"layers\": [[]]}",
    r"/network x=1; H1 relu 1; rate 0.0001",
    r"\u001b[2J\u202e\u200f",
    "<b>&#xD800;</pre>",
    "%s %n {x1} {0.__class__}",
    "9" * 400,
    "(" * 400,
    "0.03 = " * 100,
    "é" * 5000,
    "/start net_" + "A" * 60,
    "/forget",
    "yes",
]
_DEEP = [b"[" * deep + b"]" * deep for deep in (100, 251, 900, 3000)]
VALUES: list[bytes] = [
    *(f'"{one}"'.encode() for one in _ODD),
    b'"\xff\xfe\x80"',
    b'"cut \xf0\x9f\x98"',
    *_DEEP,
    *(b'{"a":' * 300 + b"1" + b"}" * 300 for _ in range(1)),
    *(b"null", b"true", b"[]", b"{}", b'""', b"0", b"-1", b"1.5", b"1e999", b"-1e400", b"NaN"),
    *(str(one).encode() for one in (2**31, 2**53, 2**63, 2**64, -(2**63) - 1, 10**30)),
    b"9" * 5000,
    b'[{"type": "bold", "offset": -1, "length": 99999999999}]',
    b'[{"type": "bold", "offset": 1, "length": 1}, 5, null]',
    b'{"id": 1, "type": "private"}',
    b'"' + b"x" * 70_000 + b'"',
]
"""What may stand where anything else is expected, as JSON or nearly."""

FILES: list[bytes] = [
    b"",
    b"\0" * 2000,
    b"\xff\xfe\x00",
    b"\xef\xbb\xbfx=1; O sigmoid 1",
    b"x" * 70_000,
    *_DEEP,
    *(one.strip(b'"') for one in VALUES),
    *(f'{{"network": {_NETWORK}, "loss": "{one}"}}}}'.encode() for one in _ODD),
    *(f'{{"network": {_NETWORK}}}, "inputs": {{"x1": {n}}}}}'.encode() for n in ("1e999", "NaN")),
    f"{_NETWORK}, ".encode() + rb'"example": {"x1": 1}, "\ud800": "\udc00"}',
]
"""What files may hold."""


def filled(kind: Json, chat: int, text: str) -> Json:
    """An update of a kind, from a chat, with a text."""
    raw = orjson.dumps(kind).replace(b'"@chat"', str(chat).encode())
    raw = raw.replace(b"@chat", str(chat).encode())
    found: Json = orjson.loads(raw.replace(b"@text", text.encode()))
    return found


def places(value: object, at: Path_ = ()) -> list[Path_]:
    """Every place in some JSON, but the top itself."""
    found = [at] if at else []
    match value:
        case dict():
            for key, inner in value.items():
                found += places(inner, (*at, key))
        case list():
            for index, inner in enumerate(value):
                found += places(inner, (*at, index))
        case _:
            pass
    return found


def told(kind: str, at: Path_) -> bool:
    """Whether somebody is answered when a place in an update of a kind is spoiled.

    Not where it no longer says who they are, or says that they are a bot; nor an edit or a press
    that is no such thing any more.
    """
    inside = at[1:]
    if kind == "block" or not inside or inside[-1] == "is_bot":
        return False
    if kind == "press":
        return inside[0] not in {"id", "from", "message"}
    if kind == "edit" and (inside[0] in {"message_id", "text"}):
        return False
    return inside[0] != "chat" or (len(inside) > 1 and inside[1] not in {"id", "type"})
