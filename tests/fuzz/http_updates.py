"""Random updates of every kind, as raw JSON: what Telegram may send, and what it never would."""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.bot.dialogue.test_every_event import WORDS
from tests.faults.learners import scripts
from tests.telegram_server.learner import _MEDIA as MEDIA

Json = dict[str, Any]

BOT = "build_a_network_bot"
NOW_S = 1_795_500_000
NETWORK = (
    '{"inputs": ["x1"], "layers": [[{"name": "O", "activation": "sigmoid", "bias": 0.5,'
    ' "weights": {"w1": 0.4}}]], "loss": "squared_error"}'
)
_HARD = (
    *(
        "<b>bold",
        "</pre>",
        "&lt;&#0;&#x110000;",
        "*bold* _i_ [a](tg://user?id=1) ```x",
        "%s {0} {x}",
    ),
    *(
        "\u202e0.03\u202c",
        "\u0660\u0661\u066b\u0662",
        "\u05d0\u05d1\u05d2 0.03",
        "\0",
        "\0" * 9 + "1",
    ),
    *(
        "👩‍👩‍👧‍👦" * 90,
        "e\u0301" * 50,
        "\ufeff0,03",
        "\u2028\u2029",
        "\x1b[31m",
        "\U0010ffff",
        "²√½−×÷",
    ),
    *("(" * 2000, "1+" * 2000, "-" * 4096, "9" * 4096, "1e999999", "0.1" * 1300, "9^9^9^9^9"),
    *("x" * 4096, "🙂" * 2048, "H1=1," * 800, "\n" * 400 + "1", "1/0", "sqrt(-1)", "' OR 1=1 --"),
    *(
        "null",
        "[]",
        "{}",
        '{"inputs": []}',
        '{"a":' * 500,
        NETWORK,
        NETWORK.replace("0.4", "1e308"),
    ),
    *("/network " + NETWORK, "/start n2", "/start " + "A" * 64, "/start@" + BOT, f"/hint@{BOT} x"),
    *("/hint@another_bot", "/", "//", "/HELP", "/restart now", "/" + "a" * 4000, "@" + BOT),
)
_ALPHABET = (
    string.printable + "½²√−×≈·🙂\u200b\u200f\u0627字é\t\n" + string.digits * 3 + "+-*/().,= " * 3
)
_SERVICE = (
    *("pinned_message", "new_chat_members", "left_chat_member", "migrate_to_chat_id"),
    *("web_app_data", "forum_topic_created", "gift"),
)
_UNANSWERED = (
    *("channel_post", "edited_channel_post", "business_connection", "business_message"),
    *("edited_business_message", "deleted_business_messages", "message_reaction"),
    *("message_reaction_count", "inline_query", "chosen_inline_result", "shipping_query"),
    *("pre_checkout_query", "purchased_paid_media", "poll", "poll_answer", "chat_member"),
    *("chat_join_request", "chat_boost", "removed_chat_boost", "a_kind_of_next_year"),
)
_FORGED = (
    *("", "1", "é" * 32, "1..pick.x", "999999.h1_sum.show", "1.h1_sum.show.x.y.z", "\0", "<&>"),
)
_JUNK: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    2**40,
    2**63,
    2**64 - 1,
    "",
    "x",
    "1",
    [],
    {},
    [{}],
    {"id": None},
)


@dataclass
class Person:
    """A private chat, and what is known there."""

    chat: int
    script: list[str]
    left: int
    """How many updates it will still send: fewer than would be a flood."""
    done: int = 0
    message: int = 0
    shown: list[tuple[str, str]] = field(default_factory=list)
    """(label, data) of every button shown, oldest first."""
    blocked: bool = False


@dataclass(frozen=True)
class Fed:
    """An update, and what has to come of it."""

    raw: Json
    replies: int = 0
    """How many private messages need an answer."""
    press: str = ""
    """The callback query that has to be answered."""


class Updates:
    """Makes them.

    Args:
        rng: the dice.
    """

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.scripts = scripts()
        self.data: list[str] = ["1.h1_sum.show"]
        """Callback data seen anywhere."""
        self._press = 0

    def person(self, chat: int) -> Person:
        """Somebody new."""
        return Person(chat, self.rng.choice(self.scripts), self.rng.randint(5, 40))

    def next(self, who: Person) -> Fed:
        """What somebody, or somebody around them, does next; without its number."""
        make: Callable[[Person], Fed] = self.rng.choices(
            (
                *(self._follows, self._says, self._edits, self._sends, self._presses),
                *(self._odd, self._membership, self._service, self._group, self._elsewhere),
                self._broken,
            ),
            (30, 30, 6, 6, 14, 3, 1, 1, 4, 4, 2),
        )[0]
        return make(who)

    def text(self) -> str:
        """Something to type."""
        rng = self.rng
        match rng.randrange(6):
            case 0:
                return f"{rng.choice(['', '-', '+', '.'])}{rng.randint(0, 999) / 1000}"
            case 1:
                return rng.choice(_HARD)
            case 2:
                number = [f"{rng.uniform(-1, 1):.{rng.randint(0, 4)}f}" for _ in range(4)]
                return "{} * {} + {} = {}".format(*number)
            case 3:
                return "".join(rng.choices(_ALPHABET, k=rng.choice([1, 3, 10, 60, 500])))
            case _:
                return rng.choice(WORDS).replace("\ud800", "?")[:4096]

    def _follows(self, who: Person) -> Fed:
        """The lesson's right answers, so that every part of it is reached."""
        line = who.script[who.done % len(who.script)]
        who.done += 1
        if not line.startswith("["):
            return self._message(who, text=line)
        data = [data for label, data in who.shown if label == line.strip("[]")]
        return self._press_of(who, data[-1]) if data else self._message(who, text=line.strip("[]"))

    def _says(self, who: Person) -> Fed:
        return self._message(who, text=self.text())

    def _edits(self, who: Person) -> Fed:
        message = self._content(who, text=self.text(), edit_date=NOW_S)
        message["message_id"] = self.rng.choice([who.message, 1, max(1, who.message - 2), 2**31])
        return Fed({"edited_message": message}, replies=1)

    def _sends(self, who: Person) -> Fed:
        kind = self.rng.choice([*MEDIA, "story", "paid_media", "giveaway", "checklist"])
        content = {kind: MEDIA.get(kind, {})} | self.rng.choice(
            [{}, {"caption": self.text()[:1024]}]
        )
        return self._message(who, **content)

    def _presses(self, who: Person) -> Fed:
        rng = self.rng
        own = [data for _, data in who.shown]
        data = [*own[-4:], *own[-4:], rng.choice(own or [""]), rng.choice(self.data), *_FORGED]
        return self._press_of(who, rng.choice(data))

    def _press_of(self, who: Person, data: str) -> Fed:
        self._press += 1
        chat = _private(who)
        query: Json = {
            "id": f"{self._press}",
            "from": _user(who),
            "chat_instance": "1",
            "data": data,
        }
        match self.rng.randrange(12):
            case 0:
                query["message"] = {"chat": chat, "message_id": 5, "date": 0}  # inaccessible
            case 1:
                pass
            case 2:
                del query["data"]
                query |= {"game_short_name": "none", "message": self._content(who, text="x")}
            case _:
                query["message"] = self._content(who, text="x")
        return Fed({"callback_query": query}, press=query["id"])

    def _odd(self, who: Person) -> Fed:
        """A private message with something wrong about it."""
        message = self._content(who, text="0.03")
        key = self.rng.choice(
            ["text", "from", "date", "message_id", "entities", "reply_to_message"]
        )
        if self.rng.random() < 0.3:
            message.pop(key, None)
        else:
            message[key] = self.rng.choice(_JUNK)
        return Fed({"message": message}, replies=1)

    def _membership(self, who: Person) -> Fed:
        old, new = ("kicked", "member") if who.blocked else ("member", "kicked")
        who.blocked = not who.blocked
        change = {"chat": _private(who), "from": _user(who), "date": NOW_S}
        change |= {"old_chat_member": {"status": old}, "new_chat_member": {"status": new}}
        return Fed({"my_chat_member": change})

    def _service(self, who: Person) -> Fed:
        message = self._content(who, **{self.rng.choice(_SERVICE): MEDIA["poll"]})
        return Fed({"message": message})

    def _group(self, who: Person) -> Fed:
        kind = self.rng.choice(["group", "supergroup", "channel", "a new one"])
        message = self._content(who, text=self.text())
        message["chat"] = {"id": -who.chat, "type": kind, "title": "A <group> & more"}
        if self.rng.random() < 0.5:
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": 3}]
        if self.rng.random() < 0.2:
            query = {"id": "group", "from": _user(who), "data": "x", "message": message}
            return Fed({"callback_query": query})
        return Fed({self.rng.choice(["message", "edited_message"]): message})

    def _elsewhere(self, who: Person) -> Fed:
        kind = self.rng.choice(_UNANSWERED)
        content = self._content(who, text=self.text(), id="1", user=_user(who), query="x")
        return Fed({kind: self.rng.choice([content, content, *_JUNK])})

    def _broken(self, _who: Person) -> Fed:
        """Nothing that can be read."""
        rng = self.rng
        kind = rng.choice(["edited_message", "callback_query", "my_chat_member", "message"])
        if rng.random() < 0.5:
            return Fed({kind: rng.choice(_JUNK)})
        chat = rng.choice(
            [*_JUNK, {"id": rng.choice(_JUNK[5:]), "type": "private"}, {"type": "group"}]
        )
        content = {
            "chat": chat,
            "message": {"chat": chat},
            "from": {},
            "text": "0.03",
            "message_id": 1,
        }
        return Fed({kind: content})

    def _message(self, who: Person, **content: object) -> Fed:
        return Fed({"message": self._content(who, **content)}, replies=1)

    def _content(self, who: Person, **content: object) -> Json:
        who.message += self.rng.choice([1, 1, 1, 7])
        head = {"message_id": who.message, "from": _user(who), "chat": _private(who), "date": NOW_S}
        return {**head, **content}


def _user(who: Person) -> Json:
    return {"id": who.chat, "is_bot": False, "first_name": "<b>A & B</b>", "language_code": "ar"}


def _private(who: Person) -> Json:
    return {"id": who.chat, "type": "private", "first_name": "<b>A & B</b>"}
