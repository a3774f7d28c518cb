"""The Bot API methods the local Telegram has.

A method that is not in `METHODS` does not exist here, and is answered as Telegram answers a method
that does not exist there. `getUpdates` is in the table too, the only one that waits.
"""

from __future__ import annotations

from tests.telegram_server import about, messages
from tests.telegram_server.chats import Chats
from tests.telegram_server.params import Params


def _yes(_state: Chats, _params: Params) -> bool:
    return True


METHODS: dict[str, about.Method] = {
    "getUpdates": about.get_updates,
    "getMe": about.get_me,
    "sendMessage": messages.send_message,
    "sendPhoto": messages.send_photo,
    "sendDocument": messages.send_document,
    "editMessageText": messages.edit_message_text,
    "editMessageCaption": messages.edit_message_caption,
    "editMessageMedia": messages.edit_message_media,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "deleteMessages": messages.delete_messages,
    "sendChatAction": messages.send_chat_action,
    "answerCallbackQuery": messages.answer_callback_query,
    "setMessageReaction": messages.set_message_reaction,
    "getFile": messages.get_file,
    "getChat": messages.get_chat,
    "leaveChat": messages.leave_chat,
    "setMyCommands": about.set_my_commands,
    "getMyCommands": about.get_my_commands,
    "deleteMyCommands": about.delete_my_commands,
    "setChatMenuButton": about.set_chat_menu_button,
    "getChatMenuButton": about.get_chat_menu_button,
    "setWebhook": about.set_webhook,
    "deleteWebhook": about.delete_webhook,
    "getWebhookInfo": about.get_webhook_info,
    "logOut": _yes,
    "close": _yes,
}
for _name, _most, _suffix in (
    ("name", 64, "Name"),
    ("description", 512, "Description"),
    ("short_description", 120, "ShortDescription"),
):
    METHODS[f"setMy{_suffix}"], METHODS[f"getMy{_suffix}"] = about.about(_name, _most)

BY_LOWER_NAME = {name.lower(): method for name, method in METHODS.items()}
NAMES = {name.lower(): name for name in METHODS}
