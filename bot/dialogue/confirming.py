"""Starting over and erasing everything: asked first, and done on a yes."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.buttons import View
from bot.dialogue.conventions import offer, offered, switched
from bot.dialogue.effects import Forget, Say
from bot.dialogue.modes import Mode
from bot.dialogue.navigation import begin
from bot.dialogue.reply import Moment, Reply, asking, staying
from bot.dialogue.state import Confirming, State


def ask_restart(moment: Moment) -> Reply:
    """Whether to begin again: asked first."""
    if moment.mode is Mode.NEW:
        return begin(moment)
    if moment.state.detour:
        return staying(moment, moment.book.say.restart_in_practice())
    return _confirm(moment, Confirming.RESTART)


def ask_forget(moment: Moment) -> Reply:
    """Whether to erase everything: asked first."""
    return _confirm(moment, Confirming.FORGET)


def _confirm(moment: Moment, which: Confirming) -> Reply:
    say = moment.book.say
    match which:
        case Confirming.RESTART:
            asked: str = say.restart_ask()
        case Confirming.FORGET:
            asked = say.forget_ask()
        case Confirming.CONVENTION:
            asked = offer(moment.book, moment.state)
    return staying(moment, asked, state=moment.state.but(confirming=which))


def confirm_again(moment: Moment) -> Reply:
    """The yes or no that is awaited, asked once more."""
    assert moment.state.pending.confirming is not None
    if not offered(moment.state):
        return confirm_first(moment)
    return _confirm(moment, moment.state.pending.confirming)


def confirmed(moment: Moment) -> Reply:
    """Yes: it is done."""
    state, book = moment.state, moment.book
    if state.pending.confirming is Confirming.FORGET:
        empty = State(moment.main.lesson.id)
        said = Say(book.say.forgotten(), View(moment.book, empty).keyboard())
        return Reply(empty, (Forget(), said))
    if not offered(state):
        return cancelled(moment)
    if state.pending.confirming is Confirming.CONVENTION:
        other, there = switched(book, state)
        return asking(replace(moment, book=other), there, book.say.convention_taken())
    first = state.again(moment.main.lesson.places[0].id)
    return asking(replace(moment, book=moment.main), first)


def cancelled(moment: Moment) -> Reply:
    """No: nothing changed, and the step is asked again."""
    back = replace(moment, state=moment.state.but(confirming=None))
    if back.mode in (Mode.NEW, Mode.DONE):
        return staying(back, moment.book.say.cancelled())
    return asking(back, back.state, moment.book.say.cancelled(), opening=False)


def confirm_first(moment: Moment) -> Reply:
    """Something else while a yes or no is awaited."""
    return staying(moment, moment.book.say.confirm_first())
