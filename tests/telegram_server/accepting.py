"""What Telegram would say to a message, without sending it."""

from __future__ import annotations

from bot.dialogue.effects import Effect, Say, Show
from bot.telegram.markup import markup, whole
from tests.telegram_server import limits
from tests.telegram_server.description import violations
from tests.telegram_server.params import Params

ADDRESS = "https://t.me/build_a_network_bot"


def accept(effect: Effect) -> None:
    """Takes an effect as Telegram takes it.

    Raises:
        RefusedError: with Telegram's words, when it is too long, badly marked up, or has a button
            that Telegram does not take.

    >>> accept(Say("<b>Step 2"))
    Traceback (most recent call last):
    tests.telegram_server.refusal.RefusedError: Bad Request: can't parse entities: Can't find end \
tag corresponding to start tag "b"
    """
    if not isinstance(effect, Say | Show):
        return
    sent = whole(effect, ADDRESS)
    assert isinstance(sent, Say | Show)
    under = markup(sent.buttons)
    words = {"text": sent.html} if isinstance(sent, Say) else {"caption": sent.caption}
    call = {"chat_id": 1, **words, "parse_mode": "HTML", "reply_markup": under}
    params = Params(call)
    if isinstance(effect, Say):
        limits.text_of(params, too_long="message is too long")
    else:
        limits.caption_of(params, too_long="message caption is too long")
    limits.reply_markup(params)
    picture = {} if isinstance(effect, Say) else {"photo": "name"}
    found = violations("sendPhoto" if picture else "sendMessage", call | picture)
    assert not found, found
