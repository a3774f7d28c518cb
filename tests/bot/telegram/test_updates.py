"""What each kind of update becomes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from telegram.constants import MessageAttachmentType
from telegram.ext import filters

from bot.dialogue.events import Blocked, Done, Event, InGroup, Pressed, Said, SentFile, SentOther
from bot.telegram.updates import event_of

ME, NAME = 77, "echo_bot"
ANN: dict[str, Any] = {"id": 5, "is_bot": False, "first_name": "Ann"}
BOT: dict[str, Any] = {"id": ME, "is_bot": True, "first_name": "Echo", "username": NAME}
PRIVATE = {"id": 5, "type": "private", "first_name": "Ann"}
GROUP = {"id": -9, "type": "supergroup", "title": "Class"}
PHOTO = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]

TOPIC: dict[str, Any] = {"message_thread_id": 8, "is_topic_message": True}


def message(chat: dict[str, Any] = PRIVATE, **content: object) -> dict[str, Any]:
    """A message of Ann's."""
    return {"message_id": 3, "date": 1, "chat": chat, "from": ANN, **content}


def member(chat: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    """A change of the bot's own membership."""

    def status(name: str) -> dict[str, Any]:
        return {"user": BOT, "status": name} | ({"until_date": 0} if name == "kicked" else {})

    return {
        "chat": chat,
        "from": ANN,
        "date": 1,
        "old_chat_member": status(old),
        "new_chat_member": status(new),
    }


def press(**more: object) -> dict[str, Any]:
    """A press of Ann's."""
    return {"id": "42", "from": ANN, "chat_instance": "1", "data": "hint", **more}


TEXT_FILE = {"file_id": "f", "file_name": "a.json", "file_size": 90}
BOLD = [{"type": "bold", "offset": 1, "length": 5}]
COMMAND = [{"type": "bot_command", "offset": 0, "length": 5}]
GONE = {"chat": PRIVATE, "message_id": 8, "date": 0}

CASES: dict[str, tuple[dict[str, Any], tuple[int, Event] | None]] = {
    "text": ({"message": message(text="0,03")}, (5, Said("0,03", 3))),
    "command": ({"message": message(text="/hint", entities=COMMAND)}, (5, Said("/hint", 3))),
    "edit": ({"edited_message": message(text="0.3")}, (5, Said("0.3", 3, edited=True))),
    "photo": ({"message": message(photo=PHOTO)}, (5, SentOther("photo", 3))),
    "caption": (
        {"message": message(photo=PHOTO, caption="0.03")},
        (5, Said("0.03", 3, under="photo")),
    ),
    "caption of a file": (
        {"message": message(document={"file_id": "f", "file_name": "a.pdf"}, caption="/hint")},
        (5, Said("/hint", 3, under="document")),
    ),
    "caption of a text file": (
        {"message": message(document=TEXT_FILE, caption="/network")},
        (5, SentFile("f", 3, caption="/network")),
    ),
    "formatted caption": (
        {"message": message(video={"file_id": "f"}, caption="a2 = b2", caption_entities=BOLD)},
        (5, Said("a**2 = b**2", 3, under="video")),
    ),
    "blank caption": (
        {"message": message(photo=PHOTO, caption=" \n")},
        (5, SentOther("photo", 3)),
    ),
    "odd caption": (
        {"message": message(photo=PHOTO, caption="0.03", caption_entities=[None, 5, {"a": 1}])},
        (5, Said("0.03", 3, under="photo")),
    ),
    "edited caption": (
        {"edited_message": message(photo=PHOTO, caption="0.3")},
        (5, Said("0.3", 3, edited=True, under="photo")),
    ),
    "contact": (
        {"message": message(contact={"phone_number": "1", "first_name": "B"})},
        (5, SentOther("contact", 3)),
    ),
    "newer kind": ({"message": message(hologram={"depth": 3})}, (5, SentOther("message", 3))),
    "live location": (
        {"edited_message": message(location={"latitude": 1.0, "longitude": 2.0})},
        None,
    ),
    "pinned": ({"message": message(pinned_message=message(text="x"))}, None),
    "press": ({"callback_query": press(message=message(text="x"))}, (5, Pressed("hint", "42", 3))),
    "press under an old message": (
        {"callback_query": press(message=GONE)},
        (5, Pressed("hint", "42", 8)),
    ),
    "press without message": ({"callback_query": press()}, (5, Pressed("hint", "42"))),
    "press in a group": ({"callback_query": press(message=message(GROUP))}, (-9, InGroup("42"))),
    "press elsewhere": (
        {"callback_query": press(inline_message_id="x")},
        (5, Pressed("hint", "42")),
    ),
    "press by a bot": ({"callback_query": press(message=message()) | {"from": BOT}}, None),
    "text in a topic": ({"message": message(text="x", **TOPIC)}, (5, Said("x", 3, thread=8))),
    "photo in a topic": (
        {"message": message(photo=PHOTO, **TOPIC)},
        (5, SentOther("photo", 3, thread=8)),
    ),
    "file in a topic": (
        {"message": message(document=TEXT_FILE, **TOPIC)},
        (5, SentFile("f", 3, thread=8)),
    ),
    "edit in a topic": (
        {"edited_message": message(text="x", **TOPIC)},
        (5, Said("x", 3, edited=True, thread=8)),
    ),
    "press in a topic": (
        {"callback_query": press(message=message(**TOPIC))},
        (5, Pressed("hint", "42", 3, thread=8)),
    ),
    "unreadable message in a topic": (
        {"message": message(text="x", **TOPIC) | {"message_id": "three"}},
        (5, SentOther("message", 0, thread=8)),
    ),
    "group topic": (
        {"message": message(GROUP, text="hey @Echo_Bot!", **TOPIC)},
        (-9, InGroup(thread=8)),
    ),
    "a thread of answers is no topic": (
        {"message": message(GROUP, text="hey @Echo_Bot!", message_thread_id=8)},
        (-9, InGroup()),
    ),
    "another bot": ({"message": message(text="0.3") | {"from": BOT}}, None),
    "another bot in a group": (
        {"message": message(GROUP, text="hey @Echo_Bot!") | {"from": BOT}},
        None,
    ),
    "a group's anonymous admin": (
        {"message": message(GROUP, text="hey @Echo_Bot!", sender_chat=GROUP) | {"from": BOT}},
        (-9, InGroup()),
    ),
    "blocked": ({"my_chat_member": member(PRIVATE, "member", "kicked")}, (5, Blocked(True))),
    "let in": ({"my_chat_member": member(PRIVATE, "kicked", "member")}, (5, Blocked(False))),
    "added": ({"my_chat_member": member(GROUP, "left", "member")}, (-9, InGroup())),
    "removed": ({"my_chat_member": member(GROUP, "member", "kicked")}, None),
    "group mention": ({"message": message(GROUP, text="hey @Echo_Bot!")}, (-9, InGroup())),
    "group command": (
        {"message": message(GROUP, text="/help", entities=COMMAND)},
        (-9, InGroup()),
    ),
    "group command for another": (
        {"message": message(GROUP, text="/help@other_bot", entities=COMMAND)},
        None,
    ),
    "group reply": (
        {"message": message(GROUP, text="ok", reply_to_message=message(GROUP) | {"from": BOT})},
        (-9, InGroup()),
    ),
    "group talk": ({"message": message(GROUP, text="nice weather")}, None),
    "channel": ({"channel_post": message({"id": -8, "type": "channel", "title": "c"})}, None),
    "business": ({"business_message": message(text="x")}, None),
    "unknown kind": ({"telepathy": {"thought": "x"}}, None),
    "odd entities": (
        {"message": message(text="x", entities=[{"nonsense": 1}])},
        (5, Said("x", 3)),
    ),
    "unreadable message": (
        {"message": message(text="x") | {"message_id": "three"}},
        (5, SentOther("message", 0)),
    ),
    "unreadable chat": ({"message": {"chat": {}, "message_id": 1}}, None),
    "blank group command": ({"message": message(GROUP, text=" ", entities=COMMAND)}, None),
    "unreadable group message": ({"message": message(GROUP, text=5)}, None),
    "a chat beyond 64 bits": (
        {"message": message({"id": 2**63, "type": "private"}, text="x")},
        None,
    ),
    "unreadable beyond help": ({"callback_query": {"id": 1}}, None),
}


@pytest.mark.parametrize("name", CASES)
def test_updates_become_events(name: str) -> None:
    """Every private message is something to answer; the rest is, where it is meant for the bot."""
    raw, expected = CASES[name]
    assert event_of({"update_id": 1, **raw}, ME, NAME) == expected


def swiss(raw: object) -> object:
    """The same update from somebody whose app is in German."""
    match raw:
        case {"first_name": "Ann", "is_bot": False}:
            return {**ANN, "language_code": "de-CH"}
        case dict():
            return {key: swiss(value) for key, value in raw.items()}
        case _:
            return raw


@pytest.mark.parametrize("name", [name for name, (_, found) in CASES.items() if found])
def test_whoever_does_something_has_a_language(name: str) -> None:
    """Every event that comes from a person has the language of their app."""
    raw, expected = CASES[name]
    by_bot = "anonymous" in name
    found = event_of({"update_id": 1, **swiss(raw)}, ME, NAME)  # type: ignore[dict-item]
    assert expected is not None
    chat, event = expected
    if isinstance(event, Done) and not by_bot:
        event = replace(event, language="de-CH")
    assert found == (chat, event)


@pytest.mark.parametrize("code", [None, 5, "", "d e", "x" * 300, ["de"]])
def test_an_odd_language_is_none(code: object) -> None:
    """Whatever stands there, the message is heard."""
    raw = message(text="x") | {"from": {**ANN, "language_code": code}}
    assert event_of({"update_id": 1, "message": raw}, ME, NAME) == (5, Said("x", 3))


KINDS = {
    "chat_created": ("group_chat_created", "supergroup_chat_created", "channel_chat_created"),
    "migrate": ("migrate_to_chat_id", "migrate_from_chat_id"),
    "all": (),
}
"""Those of python-telegram-bot's filters that are not called like what they look for."""
SERVICE = [
    field
    for name in vars(filters.StatusUpdate)
    if name.isupper()
    for field in KINDS.get(name.lower(), (name.lower(),))
]


@pytest.mark.parametrize("field", [*SERVICE, "successful_payment"])
def test_nobody_expects_an_answer_to_what_telegram_writes(field: str) -> None:
    """Every kind of service message that python-telegram-bot knows."""
    raw = {"update_id": 1, "message": message(**{field: {"name": "x"}})}
    assert event_of(raw, ME, NAME) is None


@pytest.mark.parametrize("kind", [one.value for one in MessageAttachmentType])
def test_whatever_a_person_sends_is_answered(kind: str) -> None:
    """Every kind of attachment, but for the receipt of a payment."""
    raw = {"update_id": 1, "message": message(**{kind: {"x": 1}})}
    answered = event_of(raw, ME, NAME) is not None
    assert answered is (kind != "successful_payment")
