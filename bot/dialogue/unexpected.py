"""What does not fit where the learner is: a sentence each, and the way on."""

from __future__ import annotations

from collections.abc import Callable

from bot.dialogue import practising
from bot.dialogue.actions import Do
from bot.dialogue.confirming import confirm_first
from bot.dialogue.modes import Mode
from bot.dialogue.navigation import begin
from bot.dialogue.reply import Handler, Moment, Reply, saying, staying
from content import messages
from content.templates import Html


def say(message: Callable[[messages.Sentence], str]) -> Handler:
    """A handler that only says one sentence."""

    def handler(moment: Moment) -> Reply:
        return staying(moment, message(moment.book.say))

    return handler


def at_end(message: Callable[[messages.Sentence], str]) -> Handler:
    """A handler that says one sentence after a lesson, and that it is done after a made one."""

    def handler(moment: Moment) -> Reply:
        said = messages.Sentence.set_done if moment.state.detour else message
        return staying(moment, said(moment.book.say))

    return handler


def first_words(moment: Moment) -> Reply:
    """A first message in own words: the lesson begins. A number has yet to be asked for."""
    if any(map(str.isdigit, moment.intent.text)):
        return staying(moment, moment.book.say.not_started())
    return begin(moment)


def not_now(moment: Moment) -> Reply:
    """What does not fit here: a step is open, or none is."""
    if moment.mode is Mode.CONFIRM:
        return confirm_first(moment)
    if moment.at_step:
        return staying(moment, moment.book.say.not_now())
    return at_end(
        messages.Sentence.not_started if moment.mode is Mode.NEW else messages.Sentence.done_already
    )(moment)


def no(moment: Moment) -> Reply:
    """A no where nothing was asked: "stop" in a made lesson is the way out of it."""
    return practising.stop(moment) if moment.state.detour and moment.at_step else not_now(moment)


def cut(moment: Moment) -> Reply:
    """A part of a text too long for one message: what to do instead is said once."""
    message = moment.book.say.cut_rest if moment.intent.text == "rest" else moment.book.say.cut
    return staying(moment, message(), state=moment.state.but(cut=moment.intent.message))


def words_under(moment: Moment, reply: Reply) -> Reply:
    """A reply to the words under a picture, which says that the picture itself was not read."""
    said = moment.book.say.caption_read(what=_what(moment, moment.intent.unread))
    return reply.opening(said)


def _what(moment: Moment, kind: str) -> str:
    kinds = moment.book.chat.not_text
    return kinds.get(kind, kinds["other"])


def other(moment: Moment) -> Reply:
    """A sticker, a photo, a voice message, …."""
    what = _what(moment, moment.intent.text)
    say = moment.book.say
    message = {
        Mode.NEW: say.other_new,
        Mode.CARD: say.other_button,
        Mode.OFFER: say.other_button,
        Mode.WATCH: say.other_button,
        Mode.CONFIRM: say.other_button,
        Mode.DONE: say.other_set_done if moment.state.detour else say.other_done,
        Mode.CHOICE: say.other_choice,
        Mode.GUESS: say.other_choice,
        Mode.EXPLORE: say.other_button,
        Mode.WORDS: say.other_words,
    }.get(moment.mode, say.other)
    return staying(moment, message(what=what))


def edited_past(moment: Moment) -> Reply:
    """An edit of a message that is behind the learner."""
    if not moment.at_step:
        return staying(moment, moment.book.say.edit_unneeded())
    back = moment.state.but(confirming=None)
    step = moment.at(back).step
    said = moment.book.say.edit_past(place=Html(step.where()))
    return saying(moment.state, said, step.keyboard())


def stale(moment: Moment) -> Reply:
    """A button whose time is over."""
    say = moment.book.say
    return Reply(moment.state, notice=say.stale() if moment.at_step else say.stale_gone())


def again(moment: Moment) -> Reply:
    """A button pressed once more: what it does was done, and is in the chat."""
    say = moment.book.say
    notice = say.hint_once() if moment.intent.text == Do.HINT else say.press_once()
    return Reply(moment.state, notice=notice)


def group(moment: Moment) -> Reply:
    """In a group: one pointer to the private chat, then silence."""
    if moment.state.learner.group:
        return Reply(moment.state)
    return saying(moment.state.but(group=True), moment.book.say.group())


def nothing(moment: Moment) -> Reply:
    """Nothing to say: the learner cannot hear it."""
    return Reply(moment.state)
