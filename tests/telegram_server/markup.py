"""Telegram's HTML, parsed as strictly as Telegram parses it.

Telegram does not keep a message's tags; it keeps plain text and entities. `parse_html` makes that
pair or refuses with Telegram's own wording, so a message it would refuse is refused here.

Source: the wording and order of checks follow TDLib's `parse_html` (td/telegram/MessageEntity.cpp).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.telegram_server.entities import Entity, cut, tidy, units
from tests.telegram_server.refusal import bad_request

_TYPES = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_REFERENCE = re.compile(r"&(?:#x([0-9a-f]+)|#([0-9]+)|(lt|gt|amp|quot));?", re.IGNORECASE)
_ORDINARY = re.compile(r"[^<&]+")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ATTRIBUTE = re.compile(r"\s*([^\s=>]*)\s*(=)?\s*", re.DOTALL)


@dataclass
class _Open:
    """A start tag waiting for its end tag."""

    tag: str
    argument: str
    at: int


@dataclass
class _Parser:
    """One pass over the markup; the methods each consume one construct at `self.at`."""

    source: str
    at: int = 0
    plain: list[str] = field(default_factory=list)
    length: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def refuse(self, problem: str, at: int | None = None) -> Exception:
        place = "" if at is None else f" at byte offset {len(self.source[:at].encode())}"
        return bad_request(f"can't parse entities: {problem}{place}")

    def emit(self, text: str) -> None:
        self.plain.append(text)
        self.length += units(text)

    def run(self) -> None:
        while self.at < len(self.source):
            if self.source[self.at] == "<":
                if self.source.startswith("</", self.at):
                    self.end_tag()
                else:
                    self.start_tag()
            else:
                stop = _ORDINARY.match(self.source, self.at)
                if stop:
                    text, self.at = stop[0], stop.end()
                else:
                    text, self.at = _character(self.source, self.at)
                self.emit(text)
        if self.stack:
            tag = self.stack[-1].tag
            raise self.refuse(f'Can\'t find end tag corresponding to start tag "{tag}"')

    def start_tag(self) -> None:
        begin, source = self.at, self.source
        name = re.compile(r"[^\s>]*").match(source, begin + 1)
        assert name is not None
        self.at, tag = name.end(), name[0].lower()
        if self.at == len(source):
            raise self.refuse("Unclosed start tag", begin)
        if tag not in _TYPES:
            raise self.refuse(f'Unsupported start tag "{tag}"', begin)
        argument = ""
        while source[self.at : self.at + 1] != ">":
            key, value = self.attribute(tag, begin)
            argument = _argument(tag, key, value) or argument
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise self.refuse('Tag "span" must have class "tg-spoiler"', begin)
        self.stack.append(_Open(tag, argument, self.length))

    def attribute(self, tag: str, begin: int) -> tuple[str, str]:
        source = self.source
        match = _ATTRIBUTE.match(source, self.at)
        assert match is not None
        self.at = match.end()
        key, value = match[1], ""
        if match[2]:
            if not key:
                raise self.refuse(f'Empty attribute name in the tag "{tag}"', begin)
            quote = source[self.at : self.at + 1]
            if not quote:
                raise self.refuse(f'Unclosed start tag "{tag}"', begin)
            if quote in "'\"":
                self.at += 1
                while self.at < len(source) and source[self.at] != quote:
                    text, self.at = _character(source, self.at)
                    value += text
                self.at += 1
            else:
                token = re.compile(r"[A-Za-z0-9.\-]*").match(source, self.at)
                assert token is not None
                value = token[0].lower()
                if source[token.end() : token.end() + 1] not in {">", " ", "\n", "\t"}:
                    raise self.refuse("Unexpected end of name token", self.at)
                self.at = token.end()
        blank = re.compile(r"\s*").match(source, self.at)
        assert blank is not None
        self.at = blank.end()
        if self.at >= len(source):
            raise self.refuse("Unclosed start tag", begin)
        return key.lower(), value

    def end_tag(self) -> None:
        begin = self.at
        if not self.stack:
            raise self.refuse("Unexpected end tag", begin)
        match = re.compile(r"</([^\s>]*)\s*(>?)").match(self.source, begin)
        assert match is not None
        if not match[2]:
            raise self.refuse("Unclosed end tag", begin)
        opened, name = self.stack.pop(), match[1].lower()
        if name and name != opened.tag:
            expected = f'expected "</{opened.tag}>", found "</{name}>"'
            place = len(self.source[:begin].encode())
            raise self.refuse(f"Unmatched end tag at byte offset {place}, {expected}")
        self.at = match.end()
        if self.length > opened.at:
            self.close(opened)

    def close(self, opened: _Open) -> None:
        kind, argument = _TYPES[opened.tag], opened.argument
        entity: Entity = {"type": kind, "offset": opened.at, "length": self.length - opened.at}
        last = self.entities[-1] if self.entities else {}
        same = (last.get("offset"), last.get("length")) == (entity["offset"], entity["length"])
        if kind == "custom_emoji":
            if not argument.isdigit():
                raise self.refuse("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = argument
        elif kind == "text_link":
            entity["url"] = argument or cut("".join(self.plain), opened.at, self.length)
            if not re.match(r"[a-z][a-z0-9+.\-]*:", entity["url"], re.IGNORECASE):
                if "." not in entity["url"]:
                    return  # Telegram silently drops what is not a link
                entity["url"] = "http://" + entity["url"]
        elif kind == "blockquote" and argument:
            entity["type"] = "expandable_blockquote"
        elif kind == "pre" and same and last["type"] == "code" and last.get("language"):
            self.entities.pop()
            entity["language"] = last["language"]
        elif kind == "code":
            if argument and same and last["type"] == "pre":
                last["language"] = argument
                return
            entity |= {"language": argument} if argument else {}
        self.entities.append(entity)


def _argument(tag: str, key: str, value: str) -> str:
    match tag, key:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case ("blockquote", "expandable"):
            return "expandable"
    return ""


def _character(source: str, at: int) -> tuple[str, int]:
    """The character at `at`, a character reference decoded, and where the next one starts."""
    match = _REFERENCE.match(source, at)
    if match is None:
        return source[at], at + 1
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED[name.lower()], match.end()
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if not 0 < code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return source[at], at + 1
    return chr(code), match.end()


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Parses Telegram's HTML.

    Args:
        source: the markup, as a bot sends it with `parse_mode=HTML`.

    Returns:
        The plain text and its entities, outermost first, offsets in UTF-16 code units.

    Raises:
        RefusedError: with the words Telegram itself answers.

    >>> parse_html("💡 <b>H1</b> &lt; 1")
    ('💡 H1 < 1', [{'type': 'bold', 'offset': 3, 'length': 2}])
    >>> parse_html("a <p>b</p>")
    Traceback (most recent call last):
    tests.telegram_server.refusal.RefusedError: Bad Request: can't parse entities: Unsupported \
start tag "p" at byte offset 2
    """
    parser = _Parser(source)
    parser.run()
    for entity in parser.entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return "".join(parser.plain), tidy(parser.entities)
