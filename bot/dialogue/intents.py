"""What the learner wants: every event becomes one intent, before the machine looks at its table.

Commands, buttons and plain words mean the same things, so they end up as the same `Do`. Only what
an intent means *here* depends on the mode, and that stands in the table.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from bot.dialogue.actions import (
    ACTING,
    ASKED_FOR,
    AT_ANY_STEP,
    COMMANDS,
    HARDER,
    ONCE,
    REPEATED,
    Do,
    Intent,
)
from bot.dialogue.asking import asked_about, asked_within, is_answer, names_in, tells_of, wonders
from bot.dialogue.bank import bank, is_remark, remark_in
from bot.dialogue.buttons import View
from bot.dialogue.choosing import Options
from bot.dialogue.class_asking import PUPILS, TEACHERS, answers_class
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
from bot.dialogue.generated_lessons import PracticeSet
from bot.dialogue.hearing import (
    asks,
    number_in,
    without_asking,
    without_check,
    without_courtesies,
    without_noise,
    without_opening,
    words_of,
)
from bot.dialogue.hours import ASKED, answer_in, speaks_of_time
from bot.dialogue.modes import CHOOSING, Mode
from bot.dialogue.picking import picked
from bot.dialogue.practice_names import behind, named
from bot.dialogue.split_texts import part_of_longer
from bot.dialogue.state import State
from bot.dialogue.steps import Step
from bot.dialogue.steps.choice import OptionsStep
from bot.dialogue.wishes import on_button, wish, wish_within
from content.book import Book
from content.own_network import read_own
from content.own_network_words import activation_meant
from engine.functions import ACTIVATIONS
from engine.keeping import kept
from engine.network import NetworkError
from engine.reading.characters import plain
from engine.reading.names import spellings
from engine.spoken import spoken

WITH_REST = frozenset(
    (Do.NETWORK, Do.REMIND, Do.LESSONS, Do.PRACTICE, Do.LANGUAGE, Do.WORKSHEET, Do.CLASS)
)
"""The commands that take words behind them."""

_COMMAND = re.compile(r"/\s*([a-z]\w*)(?:@\w+)?(?![^\s.,!?])", re.IGNORECASE)
MOST_PRESSES = 16
"""So many are remembered; no ladder has more rungs."""

_WHOLE = re.compile(r"\A\s*\{|(?:^|;)\s*targets?\b", re.IGNORECASE | re.MULTILINE)
"""What only a network has that is written from first to last."""
_LINE = re.compile(r"^.*\w.*=.*$", re.MULTILINE)
LIST = 3
"""So many lines with values pick no option, whatever words stand in them."""
_HAS_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"(?<![\w.])\d*[.,]?\d+(?![\w])")


def intent_of(event: Event, view: View) -> Intent:
    """What an event asks for.

    Args:
        event: what happened.
        view: what the learner sees.
    """
    state, book, mode = view.state, view.book, view.mode
    hour_asked = state.pending.hour_asked
    match event:
        case Said(under=unread) if unread:
            words = replace(event, under="")
            return replace(intent_of(words, view), unread=unread)
        case Said(text, message, False) if part := part_of_longer(text, message, state.pending.cut):
            return Intent(Do.CUT, part, message)
        case Said(text, message, edited):
            text = _spelt(text, view)
            if edited and message != state.hand.answered:
                return Intent(Do.EDITED_PAST, text, message)
            if hour_asked and (answer := _hour(text, view)):
                return Intent(Do.HOUR, answer, message)
            intent = _said(text, message, view)
            if answers_class(text, intent.do, state.pending.class_asked):
                return Intent(Do.CLASS_TOLD, text, message)
            begun = mode not in (Mode.NEW, Mode.DONE)
            if event.early and not edited and intent.do in ACTING and begun:
                return Intent(Do.UNSEEN, text, message)
            if intent.do is Do.STATS and not event.owner:
                return replace(intent, do=Do.UNKNOWN_COMMAND)
            if intent.do is Do.ANSWER and _network(text, view):
                return Intent(Do.NETWORK, text, message)
            heard = hour_asked and intent.do in (Do.ANSWER, Do.QUESTION)
            told = without_courtesies(text.rstrip("!?…,;. "), book.typed.around_answers)
            if heard and speaks_of_time(told, book.typed.hour_words):
                return Intent(Do.HOUR, text, message)
            return intent
        case Pressed(data, callback, under):
            return _pressed(data, callback, under, state)
        case SentOther("location" | "venue", message) if hour_asked not in ("", ASKED):
            return Intent(Do.HOUR, "", message)  # it is asked what time it is there
        case SentOther(kind, message):
            return Intent(Do.OTHER, kind, message)
        case SentFile(_, message, text, caption):
            said = _said(_spelt(caption, view), message, view) if caption.strip() else None
            answered = said is not None and said.do in (Do.ANSWER, Do.PICK)
            asked = (state.pending.awaiting and not answered) or (said and said.do is Do.NETWORK)
            if text is not None and (asked or _like_a_network(text)):
                return Intent(Do.NETWORK, text, message)
            if said is not None:
                return replace(said, unread="document")
            return Intent(Do.OTHER, "document", message)
        case InGroup(callback):
            return Intent(Do.GROUP, callback=callback)
        case Reminded(due):
            return Intent(Do.REMINDED, due.isoformat())
        case Blocked():
            return Intent(Do.BLOCKED)


def _spelt(text: str, view: View) -> str:
    """A text in the spelling of the book's words, and its names in that of the step's."""
    text = view.book.spelling(text)
    if text.isascii() or not isinstance(view, Step):
        return text
    return spellings(tuple(spoken(view.context.trace)), frozenset()).in_latin(text, view.book.heard)


def _hour(text: str, view: View) -> str:
    """What a text answers to the reminders' question, which was just asked."""
    text = without_courtesies(text.rstrip("!?…,;. "), view.book.typed.around_answers)
    numbers = isinstance(view, Step) and view.mode is Mode.CARD and view.place.section.free
    bare = view.mode in (Mode.NEW, Mode.CARD, Mode.OFFER, Mode.DONE) and not numbers
    if view.mode in CHOOSING:
        bare = not _options(view).offers_number(words_of(text))
    return answer_in(text, view.state.pending.hour_asked, view.book.typed.hour_words, bare=bare)


def _options(view: View) -> Options:
    """What may be said for the options of a choice in hand."""
    if isinstance(view, OptionsStep) and view.mode in CHOOSING:
        return view.spoken
    return _no_options(view.book)


@kept
def _no_options(book: Book) -> Options:
    return Options.of(book, {})


def _pressed(data: str, callback: str, under: int | None, state: State) -> Intent:
    run, _, rest = data.partition(".")
    step, _, rest = rest.partition(".")
    name, _, argument = rest.partition(".")
    do = _DO.get(name, Do.STALE)
    anew = run != str(state.progress.run) and do is not Do.CLASS
    if do in (Do.STATS, Do.CLASS_TOLD) or anew:  # those are the owner's, and for words
        do = Do.STALE
    if step != state.hand.step and do not in AT_ANY_STEP:
        do = Do.STALE
    if do in (Do.YES, Do.NO) and argument != (state.pending.confirming or ""):
        do = Do.STALE
    if do is Do.STALE:
        argument = ""
    intent = Intent(do, argument, callback=callback, under=under)
    if intent.press in state.hand.pressed:
        return Intent(Do.AGAIN, do, callback=callback, under=under)
    return intent


def pressed_after(before: State, intent: Intent, after: State) -> tuple[str, ...]:
    """The presses that would do nothing new after a turn.

    A button that goes on climbing is used up at its step; of all others only the very last press is
    remembered: what it brought is the newest message.
    """
    if intent.do in (Do.AGAIN, Do.STALE):
        return after.hand.pressed
    kept = [press for press in after.hand.pressed if press.split(".")[1] in ONCE]
    stays = (after.progress.run, after.hand.step) == (before.progress.run, before.hand.step)
    if intent.press and intent.do not in REPEATED and (stays or intent.do in AT_ANY_STEP):
        kept.append(intent.press)
    return tuple(kept[-MOST_PRESSES:])


_DO = {do.value: do for do in Do}


LONGEST = 4096
"""No message of a platform's is longer; what comes longer was never typed."""


def _said(text: str, message: int, view: View) -> Intent:
    book, text = view.book, text[:LONGEST]
    typed = plain(text)[0].strip()
    if command := _COMMAND.match(typed):
        do = COMMANDS.get(command[1].lower(), Do.UNKNOWN_COMMAND)
        rest = typed[command.end() :].lstrip(".,!?").strip()
        if do is Do.START and rest.startswith("net_"):
            do = Do.NETWORK
        if do is Do.START and rest.startswith("lesson_"):
            do, rest = Do.LESSONS, rest.removeprefix("lesson_")
        if do is Do.START and rest.startswith((PUPILS, TEACHERS)):
            do, rest = Do.CLASS, f"join {rest}"
        if do is Do.PRACTICE:
            rest = named(rest, book)
        with_rest = do in WITH_REST
        return Intent(do, rest if with_rest else typed, message)
    options, choosing = _options(view), view.mode in CHOOSING and len(_LINE.findall(text)) < LIST
    around = book.typed.around_answers
    words = words_of(text, around)
    quiet = words_of(without_noise(text, around), around)
    for said in dict.fromkeys((words, quiet, quiet.rstrip("? ") or quiet)):
        if (option := options.named(said)) is not None:
            return Intent(Do.PICK, option, message)
        if (shown := on_button(said, view)) is not None:
            return replace(shown, message=message)
        if (wished := wish(said, book)) is not None:
            return _wished(wished, said, message)
        if set_ := _set_named(said, view):
            return Intent(Do.PRACTICE, set_, message)
    asked, opened = without_asking(quiet, around), without_opening(quiet, around)
    if (wished := wish(asked, book)) in ASKED_FOR or (wished := wish(opened, book)) is Do.SHOW:
        return _wished(wished, asked or opened, message)
    favour = asked and not asks(asked, book.typed, options.is_option, options.is_verbatim)
    if favour and (wished := wish_within(asked, book)) in ASKED_FOR:
        return _wished(wished, asked, message)

    if view.mode is Mode.WORDS and not quiet.endswith("?") and " " in quiet:
        return Intent(Do.ANSWER, text, message)
    asking = asks(quiet, book.typed, options.is_option, options.is_verbatim) or wonders(quiet, view)
    if not asking:
        picks = choosing and not is_remark(book, quiet)  # "i give up" says nothing of up
        if picks and (option := picked(options, text)) is not None:
            return Intent(Do.PICK, option, message)
        checked = without_check(quiet, around)
        sure = quiet.endswith("?") or "," in quiet or not options.among_others
        if picks and sure and checked != quiet and options.is_option(checked):
            return Intent(Do.PICK, picked(options, checked) or "", message)
        number = number_in(text, book.typed.around_answers)
        if _NUMBER.fullmatch(quiet) if choosing else is_answer(number, quiet, view):
            return Intent(Do.ANSWER, number, message)
    wished = wish_within(quiet, book, alone=asking)
    if wished is Do.HINT and not (asking and bank(book).nearest(quiet, names_in(view))):
        return _wished(wished, quiet, message)
    if (remark := remark_in(book, quiet, names_in(view))) is not None:
        return Intent(Do.REMARK, remark, message)
    if wished and not asking:
        return _wished(wished, quiet, message)
    if (term := asked_about(quiet, view)) is not None:
        return Intent(Do.TERM, term, message)
    if asking and (term := asked_within(quiet, view)) is not None:
        return Intent(Do.TERM, term, message)
    checks = quiet != without_check(quiet, around)
    if asking or checks or quiet.endswith("?") or tells_of(quiet, view):
        return Intent(Do.QUESTION, text, message)
    return Intent(Do.ANSWER, number_in(text, book.typed.around_answers), message)


def _set_named(words: str, view: View) -> str:
    """What to practise, where words ask for it: behind "practise", or alone where it was asked."""
    state = view.state
    if state.pending.skill_asked and (said := named(words, view.book)):
        return said
    harder = isinstance(state.lesson, PracticeSet) and named(words, view.book) == HARDER
    return HARDER if harder else behind(words, view.book)


def _wished(wish: Do, words: str, message: int) -> Intent:
    """What was wished for; practice without a name is whatever is most needed."""
    return Intent(wish, "" if wish is Do.PRACTICE else words, message)


def _network(text: str, view: View) -> bool:
    """Whether a text describes a network: one that was asked for, or one from first to last."""
    computing = isinstance(view, Step) and (view.mode is not Mode.CARD or view.place.section.free)
    like_one = _like_a_network(text)
    if view.state.pending.awaiting and (like_one or (not computing and _HAS_DIGIT.search(text))):
        return True
    if not (like_one and _WHOLE.search(text)):
        return False
    try:
        return bool(read_own(text))
    except NetworkError:
        return False


def _like_a_network(text: str) -> bool:
    """Whether a text may describe a network rather than answer a step, or say anything else.

    An activation stands behind a neuron's name, or before a number: its name may be a plain word,
    and what else it is called counts only where something is given a number.
    """
    typed = plain(text)[0].casefold().strip()
    lines = (line.replace(",", " ").split() for line in re.split(r"[;\r\n]", typed))
    return typed.startswith("{") or any(
        ((word in ACTIVATIONS and word != "step") or ("=" in typed and activation_meant(word)))
        and (at == 1 or _HAS_DIGIT.search(after))
        for line in lines
        for at, (word, after) in enumerate(pairwise([*line, ""]))
        if at
    )
