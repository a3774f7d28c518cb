"""What is said of answers on paper speaks of no chat: there is nothing to press, send or tap."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from content.book import Book
from content.commands.judging import judged
from content.loader import load
from content.markup import plain
from content.written import languages
from engine.reading import Unreadable, reasons
from tests.lesson import WORKED

CHAT = {
    "ar": "أرسل|ارسل|اضغط|تلميح|زر |المحادثة",
    "de": r"\bschick|tippe|drück|taste\b|\btipp\b|nachricht",
    "en": r"\bsend|\btype\b|\btap\b|\bpress|button|\bhint|message",
    "es": "env[ií]|toca |pulsa|pista|botón|mensaje",
    "fr": r"\benvo(?:ie|ies|yez)\b|\btape|touche|appuie|indice|bouton|message",
    "hi": "भेजें|दबा|हिंट|टाइप|मैसेज|संदेश",
    "id": "kirim|ketik|ketuk|petunjuk|tombol|pesan",
    "pt-BR": r"\bmand|digit[ea]\b|toque|aperte|dica|botão|mensagem",
    "ru": "пришл|нажм|подсказк|кнопк|отправ|сообщен",
    "tr": "gönder|dokun|ipucu|düğme|mesaj",
    "zh-Hans": "发送|发来|只发|请发|点“|提示|按钮|直接输入|消息",
}
"""What chats have and paper has not, as each language says it."""


def said(book: Book) -> Iterator[str]:
    """Every sentence that the feedback of `content check` is made of."""
    for reason in reasons():
        yield plain(book.problem(Unreadable(reason, 0, 3, "abc"), paper=True))
    yield from book.mistakes.say.model_dump().values()
    for words in book.mistakes.mistakes.values():
        yield from (words.text, words.plain, words.short, words.adding or "")
    yield book.chat.say["right"]


@pytest.mark.parametrize("language", languages())
def test_no_feedback_on_paper_speaks_of_the_chat(language: str) -> None:
    """In each language: no button by its sign or its name, no command, no verb of chatting."""
    book = load(language)
    first = {label[0] for label in book.chat.buttons.values()}
    signs = {one for one in first if one > "\u2100" and not one.isalnum()}
    for text in said(book):
        assert signs.isdisjoint(text), text
        assert re.search(CHAT[language], text, re.IGNORECASE) is None, text
        assert re.search(r"(?<!<)/[a-z]{3,}", text) is None, text


@pytest.mark.parametrize("language", languages())
def test_the_chat_itself_speaks_of_its_buttons(language: str) -> None:
    """In the chat a text without a number still leads to the hint, so the words are looked for."""
    text = load(language).problem(Unreadable("words", 0, 3, "abc"))
    assert re.search(CHAT[language], text, re.IGNORECASE) is not None


def test_a_row_without_a_number_is_told_so() -> None:
    """The feedback of one answer, as the table has it."""
    _, row = judged(WORKED, "H1.sum", "what is this", {}, load())
    assert row["feedback"] == load().reading.paper["words"]
