"""What a bot does in a chat: one small function per Bot API method that sends, edits or answers.

Each takes the state and the call's parameters and returns the call's `result`, or raises the error
Telegram would answer.
"""

from __future__ import annotations

from dataclasses import replace

from tests.telegram_server import limits
from tests.telegram_server.chats import Chats
from tests.telegram_server.entities import units
from tests.telegram_server.files import StoredFile, picture_size
from tests.telegram_server.params import Params, Upload
from tests.telegram_server.posts import Event, Json, Post
from tests.telegram_server.refusal import bad_request

QUERY_LIFETIME_S = 15
DELETABLE_S = 48 * 60 * 60
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
_CONTENT = {
    "text", "entities", "caption", "caption_entities", "photo", "document", "reply_markup",
    "has_media_spoiler", "show_caption_above_media",
}  # fmt: skip


def _chat_id(params: Params) -> int:
    if not params.text("chat_id"):
        raise bad_request("chat_id is empty")
    return params.whole("chat_id")


def _send(state: Chats, params: Params, content: Json) -> Json:
    """Sends a message with this content: the steps every send method shares."""
    chat = state.open_chat(_chat_id(params))
    keyboard, placeholder = limits.reply_markup(params)
    if keyboard:
        content["reply_markup"] = {"inline_keyboard": keyboard}
    thread = params.whole("message_thread_id")
    if thread and (chat.id, thread) not in state.threads:
        raise bad_request("message thread not found")
    content |= {"message_thread_id": thread, "is_topic_message": True} if thread else {}
    reply = params.json("reply_parameters") or {}
    target = int(reply.get("message_id") or params.whole("reply_to_message_id"))
    if target:
        answered = state.post(chat.id, target)
        lenient = reply.get("allow_sending_without_reply")
        if answered is None and not (lenient or params.flag("allow_sending_without_reply")):
            raise bad_request("message to be replied not found")
        if answered is not None:
            inner = {k: v for k, v in answered.message.items() if k != "reply_to_message"}
            content["reply_to_message"] = inner
    message = state.new_message(chat, state.bot, **content)
    return state.put(Post(message, placeholder)).message


def _text(params: Params, too_long: str = "message is too long") -> Json:
    text, entities = limits.text_of(params, too_long=too_long)
    return {"text": text} | ({"entities": entities} if entities else {})


def _caption(params: Params, too_long: str = "message caption is too long") -> Json:
    text, entities = limits.caption_of(params, too_long=too_long)
    content: Json = {"caption": text} if text else {}
    flags = ("show_caption_above_media", "has_spoiler")
    named = {"has_spoiler": "has_media_spoiler"}
    content |= {named.get(flag, flag): True for flag in flags if params.flag(flag)}
    return content | ({"caption_entities": entities} if entities else {})


def _stored(state: Chats, kind: str, given: Upload | str) -> tuple[StoredFile, str]:
    """The file and its `file_id` for an upload or for a `file_id` sent once more."""
    if isinstance(given, Upload):
        stored = state.files.add(kind, given)
        return stored, state.files.new_id(stored)
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = state.files.find(given)
    if stored.kind != kind:
        held, wanted = stored.kind.capitalize(), kind.capitalize()
        raise bad_request(f"can't use file of type {held} as {wanted}")
    return stored, given


def _media(state: Chats, kind: str, given: Upload | str) -> Json:
    stored, file_id = _stored(state, kind, given)
    file = {"file_id": file_id, "file_unique_id": stored.digest, "file_size": stored.size}
    if kind == "document":
        return {"document": {**file, "file_name": stored.name, "mime_type": stored.mime_type}}
    width, height = picture_size(state.files.read(stored))
    return {"photo": [{**file, "width": width, "height": height}]}


def _editable(state: Chats, params: Params) -> Post:
    if params.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = state.open_chat(_chat_id(params))
    post = state.post(chat.id, params.whole("message_id"))
    if post is None:
        raise bad_request("message to edit not found")
    if not post.from_bot:
        raise bad_request("message can't be edited")
    return post


def _edit(state: Chats, post: Post, params: Params, content: Json) -> Json:
    """Puts this content where the old one was; without a keyboard the old one goes, too."""
    keyboard, placeholder = limits.reply_markup(params)
    if keyboard:
        content["reply_markup"] = {"inline_keyboard": keyboard}
    if content == {key: value for key, value in post.message.items() if key in _CONTENT}:
        raise bad_request(_NOT_MODIFIED)
    kept = {key: value for key, value in post.message.items() if key not in _CONTENT}
    message = {**kept, "edit_date": state.now(), **content}
    return state.put(replace(post, message=message, placeholder=placeholder), "edit").message


def _part(post: Post, *names: str) -> Json:
    return {name: post.message[name] for name in names if name in post.message}


def send_message(state: Chats, params: Params) -> Json:
    """Sends text."""
    state.open_chat(_chat_id(params))
    return _send(state, params, _text(params))


def send_photo(state: Chats, params: Params) -> Json:
    """Sends a picture, uploaded or by `file_id`."""
    state.open_chat(_chat_id(params))
    media = _media(state, "photo", params.upload("photo"))
    return _send(state, params, media | _caption(params))


def send_document(state: Chats, params: Params) -> Json:
    """Sends a file, uploaded or by `file_id`."""
    state.open_chat(_chat_id(params))
    media = _media(state, "document", params.upload("document"))
    return _send(state, params, media | _caption(params))


def edit_message_text(state: Chats, params: Params) -> Json:
    """Replaces the text of one of the bot's messages."""
    post = _editable(state, params)
    if "text" not in post.message:
        raise bad_request("there is no text in the message to edit")
    return _edit(state, post, params, _text(params, "MESSAGE_TOO_LONG"))


def edit_message_caption(state: Chats, params: Params) -> Json:
    """Replaces the caption of one of the bot's pictures or files."""
    post = _editable(state, params)
    if "text" in post.message:
        raise bad_request("there is no caption in the message to edit")
    content = _part(post, "photo", "document", "has_media_spoiler")
    return _edit(state, post, params, content | _caption(params, "MEDIA_CAPTION_TOO_LONG"))


def edit_message_media(state: Chats, params: Params) -> Json:
    """Replaces a picture or file, or puts one where there was only text."""
    post = _editable(state, params)
    media = params.json("media")
    if not isinstance(media, dict) or media.get("type") not in {"photo", "document"}:
        raise bad_request("can't parse InputMedia: the local Telegram has photos and documents")
    inner = Params({**media, media["type"]: media.get("media")}, params.files)
    content = _media(state, media["type"], inner.upload(media["type"]))
    return _edit(state, post, params, content | _caption(inner, "MEDIA_CAPTION_TOO_LONG"))


def edit_message_reply_markup(state: Chats, params: Params) -> Json:
    """Replaces or removes the buttons of one of the bot's messages."""
    post = _editable(state, params)
    return _edit(state, post, params, _part(post, *(_CONTENT - {"reply_markup"})))


def delete_message(state: Chats, params: Params) -> bool:
    """Takes a message away for both sides, within 48 hours."""
    chat = state.open_chat(_chat_id(params))
    post = state.post(chat.id, params.whole("message_id"))
    if post is None:
        raise bad_request("message to delete not found")
    if state.now() - int(post.message["date"]) > DELETABLE_S:
        raise bad_request("message can't be deleted for everyone")
    state.remove(chat.id, post.id)
    return True


def delete_messages(state: Chats, params: Params) -> bool:
    """Takes several messages away; those that are not there are skipped."""
    chat = state.open_chat(_chat_id(params))
    ids = params.json("message_ids")
    if not isinstance(ids, list) or not 1 <= len(ids) <= 100:
        raise bad_request("message identifiers are not specified")
    for message_id in ids:
        if state.post(chat.id, int(message_id)) is not None:
            state.remove(chat.id, int(message_id))
    return True


def send_chat_action(state: Chats, params: Params) -> bool:
    """Shows that the bot is typing."""
    chat = state.open_chat(_chat_id(params))
    if not params.text("action"):
        raise bad_request("wrong parameter action in request")
    state.announce(Event("typing", chat.id))
    return True


def answer_callback_query(state: Chats, params: Params) -> bool:
    """Answers the press of a button, with a short notice or none."""
    query = state.queries.get(params.text("callback_query_id"))
    if query is None or state.now() - int(query["date"]) > QUERY_LIFETIME_S:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if units(params.text("text")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    message = query.get("message")
    state.announce(
        Event(
            "answer",
            int(message["chat"]["id"] if message else query["from"]["id"]),
            message_id=int(message["message_id"]) if message else 0,
            text=params.text("text"),
            alert=params.flag("show_alert"),
        )
    )
    return True


def set_message_reaction(state: Chats, params: Params) -> bool:
    """Reacts to a message with one emoji, or takes the reaction back."""
    chat = state.open_chat(_chat_id(params))
    post = state.post(chat.id, params.whole("message_id"))
    if post is None:
        raise bad_request("message to react not found")
    state.react(post, limits.reaction(params))
    return True


def get_file(state: Chats, params: Params) -> Json:
    """Where a file can be fetched."""
    stored = state.files.find(params.text("file_id"))
    return {
        "file_id": params.text("file_id"),
        "file_unique_id": stored.digest,
        "file_size": stored.size,
        "file_path": stored.path,
    }


def get_chat(state: Chats, params: Params) -> Json:
    """What there is to know about a chat."""
    chat = state.open_chat(_chat_id(params))
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"), False
    )
    gifts["gifts_from_channels"] = False
    about = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    return {**chat.as_json(), **about}


def leave_chat(state: Chats, params: Params) -> bool:
    """Leaves a group."""
    chat = state.open_chat(_chat_id(params))
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    state.keep_chat(replace(chat, open=False))
    return True
