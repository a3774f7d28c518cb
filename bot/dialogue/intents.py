"""What the learner wants: every event becomes one intent, before the machine looks at its table.

Commands, buttons and plain words mean the same things, so they end up as the same `Do`. Only what
an intent means *here* depends on the mode, and that stands in the table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.dialogue.choosing import named, number_offered, picked
from bot.dialogue.cutting import part_of_longer
from bot.dialogue.events import (
    Blocked,
    Event,
    InGroup,
    Pressed,
    Reminded,
    Said,
    SentFile,
    SentOther,
)
from bot.dialogue.hours import ASKED, answer_in, speaks_of_time
from bot.dialogue.modes import Mode
from bot.dialogue.state import State
from content.book import Book
from content.lesson import Place
from engine.network import ACTIVATIONS
from engine.reading.characters import plain


class Do(StrEnum):
    """What can be asked of the machine."""

    START = "start"
    ANSWER = "answer"
    PICK = "pick"
    HINT = "hint"
    SHOW = "show"
    NEXT = "next"
    YES = "yes"
    NO = "no"
    KEEP = "keep"
    PIECES = "pieces"
    TABLE = "table"
    TRAIN = "train"
    PICTURE = "picture"
    SHEET = "sheet"
    PRACTICE = "practice"
    STOP = "stop"
    PROGRESS = "progress"
    NETWORK = "network"
    LESSONS = "lessons"
    REMIND = "remind"
    HOUR = "hour"
    REMINDED = "reminded"
    EXPORT = "export"
    STATS = "stats"
    BACK = "back"
    LATER = "later"
    HERE = "here"
    WHERE = "where"
    RESTART = "restart"
    FORGET = "forget"
    HELP = "help"
    PRIVACY = "privacy"
    MORE = "more"
    WORDS = "words"
    TERM = "term"
    QUESTION = "question"
    HELLO = "hello"
    THANKS = "thanks"
    UNKNOWN_COMMAND = "unknown command"
    EDITED_PAST = "edited past"
    OTHER = "other"
    CUT = "cut"
    STALE = "stale"
    GROUP = "group"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing to do, with what it came with."""

    do: Do
    text: str = ""
    """The answer typed, the option picked, the word asked about, the kind of thing sent."""
    message: int | None = None
    """The learner's message, where it was one."""
    callback: str | None = None
    """The button press to answer, where it was one."""
    under: int | None = None
    """The message the pressed button stands under, where the platform tells."""
    unread: str = ""
    """What the words stood under, where that itself was not read: photo, video, …."""


ANYWHERE = frozenset(
    {
        *(Do.WHERE, Do.HELP, Do.WORDS, Do.RESTART, Do.BACK, Do.LATER, Do.HERE, Do.MORE),
        *(Do.TABLE, Do.PICTURE, Do.SHEET, Do.PRACTICE, Do.STOP, Do.PROGRESS, Do.REMIND),
        Do.LESSONS,
    }
)
"""What a button does wherever the learner is by then, as long as it is the same run."""

_COMMAND = re.compile(r"/\s*([a-z]\w*)(?:@\w+)?(?![^\s.,!?])", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.])\d*[.,]?\d+(?![\w])")

COMMANDS: dict[str, Do] = {
    do.value: do
    for do in (
        *(Do.START, Do.HINT, Do.SHOW, Do.BACK, Do.WHERE, Do.RESTART),
        *(Do.HELP, Do.PRIVACY, Do.FORGET, Do.PICTURE, Do.SHEET),
        *(Do.PRACTICE, Do.STOP, Do.PROGRESS, Do.NETWORK, Do.REMIND, Do.LESSONS),
        *(Do.EXPORT, Do.STATS),
    )
}


def button_data(state: State, do: Do, argument: str = "") -> str:
    """What a button carries: the run and step it belongs to, what it does, and with what.

    At most 64 bytes, because ids have at most 24 characters.
    """
    return f"{state.run}.{state.step}.{do}" + (f".{argument}" if argument else "")


def intent_of(event: Event, state: State, mode: Mode, place: Place | None, book: Book) -> Intent:
    """What an event asks for.

    Args:
        event: what happened.
        state: where the learner is.
        mode: what the state amounts to.
        place: the step in hand, if any.
        book: whose plain words count.
    """
    match event:
        case Said(under=unread) if unread:
            words = replace(event, under="")
            return replace(intent_of(words, state, mode, place, book), unread=unread)
        case Said(text, message, False) if part := part_of_longer(text, message, state.cut):
            return Intent(Do.CUT, part, message)
        case Said(text, message, edited):
            if edited and message != state.answered:
                return Intent(Do.EDITED_PAST, text, message)
            if state.hour_asked and (answer := _hour(text, state, mode, place, book)):
                return Intent(Do.HOUR, answer, message)
            intent = _said(text, message, mode, place, book)
            if intent.do is Do.STATS and not event.owner:
                return replace(intent, do=Do.UNKNOWN_COMMAND)
            if state.awaiting and intent.do is Do.ANSWER and _like_a_network(text):
                return Intent(Do.NETWORK, text, message)
            heard = state.hour_asked and intent.do in (Do.ANSWER, Do.QUESTION)
            if heard and speaks_of_time(text, book.chat.hour_words):
                return Intent(Do.HOUR, text, message)
            return intent
        case Pressed(data, callback, under):
            return _pressed(data, callback, under, state)
        case SentOther("location" | "venue", message) if state.hour_asked not in ("", ASKED):
            return Intent(Do.HOUR, "", message)  # it is asked what time it is there
        case SentOther(kind, message):
            return Intent(Do.OTHER, kind, message)
        case SentFile(_, message, text, caption):
            said = _said(caption, message, mode, place, book) if caption.strip() else None
            asked = state.awaiting or (said is not None and said.do is Do.NETWORK)
            if text is not None and (asked or _like_a_network(text)):
                return Intent(Do.NETWORK, text, message)
            if said is not None:
                return replace(said, unread="document")
            return Intent(Do.OTHER, "document", message)
        case InGroup():
            return Intent(Do.GROUP)
        case Reminded(due):
            return Intent(Do.REMINDED, due.isoformat())
        case Blocked():
            return Intent(Do.BLOCKED)


def _hour(text: str, state: State, mode: Mode, place: Place | None, book: Book) -> str:
    """What a text answers to the reminders' question, which was just asked."""
    numbers = place is not None and mode is Mode.CARD and place.section.free
    bare = mode in (Mode.NEW, Mode.CARD, Mode.OFFER, Mode.DONE) and not numbers
    if place is not None and mode is Mode.CHOICE:
        bare = not number_offered(_plain(text), place, book)
    return answer_in(text, state.hour_asked, book.chat.hour_words, bare=bare)


def _pressed(data: str, callback: str, under: int | None, state: State) -> Intent:
    run, _, rest = data.partition(".")
    step, _, rest = rest.partition(".")
    name, _, argument = rest.partition(".")
    do = _DO.get(name, Do.STALE)
    if do is Do.STATS or run != str(state.run):  # that one is the owner's
        do = Do.STALE
    if step != state.step and do not in ANYWHERE:
        do = Do.STALE
    if do in (Do.YES, Do.NO) and argument != (state.confirming or ""):
        do = Do.STALE
    if do is Do.STALE:
        argument = ""
    return Intent(do, argument, callback=callback, under=under)


_DO = {do.value: do for do in Do}


def _said(text: str, message: int, mode: Mode, place: Place | None, book: Book) -> Intent:
    typed = plain(text)[0].strip()
    if command := _COMMAND.match(typed):
        do = COMMANDS.get(command[1].lower(), Do.UNKNOWN_COMMAND)
        rest = typed[command.end() :].lstrip(".,!?").strip()
        if do is Do.START and rest.startswith("net_"):
            do = Do.NETWORK
        if do is Do.START and rest.startswith("lesson_"):
            do, rest = Do.LESSONS, rest.removeprefix("lesson_")
        with_rest = do in (Do.NETWORK, Do.REMIND, Do.LESSONS)
        return Intent(do, rest if with_rest else typed, message)
    words = _plain(text)
    choosing = place if mode is Mode.CHOICE else None
    if choosing and (option := named(words, choosing, book)) is not None:
        return Intent(Do.PICK, option, message)
    for name, phrases in book.chat.intents.items():
        if words in phrases:
            return Intent(Do(name), words, message)
    if choosing and (option := picked(words, choosing, book)) is not None:
        return Intent(Do.PICK, option, message)
    if _NUMBER.fullmatch(words):
        return Intent(Do.ANSWER, text, message)
    if (term := _asked_about(words, book)) is not None:
        return Intent(Do.TERM, term, message)
    if _is_question(words, book):
        return Intent(Do.QUESTION, text, message)
    return Intent(Do.ANSWER, text, message)


def _plain(text: str) -> str:
    """Words as they are compared: lower case, single spaces, no punctuation at the end."""
    words = " ".join(plain(text)[0].casefold().split())
    return words.rstrip(".!…,").removesuffix(" please") or words


def _like_a_network(text: str) -> bool:
    """Whether a text may describe a network rather than answer a step."""
    words = plain(text)[0].casefold().split()
    return (bool(words) and words[0].startswith("{")) or any(
        activation in words for activation in ACTIVATIONS
    )


def _is_question(words: str, book: Book) -> bool:
    """Whether it is a question in words: it opens like one, or is all words before its "?"."""
    if _NUMBER.search(words):
        return False
    opening = words.split(" ", 1)[0].rstrip("?")
    return opening in book.chat.question_words or (words.endswith("?") and len(words) > 1)


def _asked_about(words: str, book: Book) -> str | None:
    """The word a question asks about: anything after "what is", or a known word with a "?"."""
    for pattern in book.chat.questions:
        before, _, after = pattern.partition("{term}")
        question = words if after == "?" else words.rstrip("? ")
        if not (question.startswith(before) and question.endswith(after)):
            continue
        term = question[len(before) : len(question) - len(after)].strip(" ?\"'“”‘’")
        wordy = bool(term) and len(term) <= 40 and not term[0].isdigit()
        if wordy and (before or book.term(term)):
            return term
    return words if book.term(words) and len(words) > 2 else None
