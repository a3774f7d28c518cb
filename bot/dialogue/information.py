"""Everything that is not the lesson: where am I, help, words, starting over, erasing, stickers.

All of it leaves the learner where they are, with a way on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.dialogue.actions import Do
from bot.dialogue.buttons import View
from bot.dialogue.effects import Export, Forget, Say
from bot.dialogue.modes import Mode
from bot.dialogue.navigation import begin
from bot.dialogue.pictures import drawing, with_words
from bot.dialogue.reply import Moment, Reply, asking, saying, staying
from bot.dialogue.sheet import sheets
from bot.dialogue.state import Confirming, Outcome, State
from content import messages
from content.messages import Label
from content.templates import Html
from engine.decimals import short_text
from engine.spoken import spoken


def where(moment: Moment) -> Reply:
    """The place, and what is done so far."""
    book, state = moment.book, moment.state
    if not moment.at_step:
        message = (
            book.say.set_done
            if state.detour
            else book.say.where_done
            if state.records
            else book.say.not_started
        )
        return staying(moment, message())
    said = book.say.where(
        title=book.lesson.title,
        place=Html(moment.step.where()),
        part=Html(book.part(moment.place)),
        solved=str(state.count(Outcome.SOLVED)),
        shown=str(state.count(Outcome.SHOWN)),
        hints=str(state.hints + sum(record.hints for record in state.records.values())),
    )
    return saying(state, said, ((moment.view.button(Label.here, Do.HERE),),))


def help_(moment: Moment) -> Reply:
    """How this works."""
    return staying(moment, moment.book.say.help())


def privacy(moment: Moment) -> Reply:
    """What is stored."""
    return staying(moment, moment.book.say.privacy())


def export(moment: Moment) -> Reply:
    """All that is stored, as a file."""
    caption = moment.book.say.export_caption()
    return staying(moment, moment.book.say.export()).before(Export(caption))


def more(moment: Moment) -> Reply:
    """The further buttons."""
    view = moment.view
    rows = (
        (view.button(Label.where, Do.WHERE), view.button(Label.back, Do.BACK)),
        (view.button(Label.words, Do.WORDS), view.button(Label.help, Do.HELP)),
        (view.button(Label.restart, Do.RESTART), view.button(Label.here, Do.HERE)),
    )
    return saying(moment.state, moment.book.say.more(), rows)


def words(moment: Moment) -> Reply:
    """The words of the glossary."""
    titles = ", ".join(term.title for term in moment.book.glossary.term)
    return staying(moment, moment.book.say.words(words=titles))


def term(moment: Moment) -> Reply:
    """A word explained, then the step asked again."""
    book = moment.book
    found = book.term(moment.intent.text)
    if found is None and (named := _named(moment)):
        return asking(moment, moment.state.but(looking=None), named, opening=False)
    if found is None:
        titles = ", ".join(term.title for term in book.glossary.term)
        return staying(moment, book.say.no_term(term=moment.intent.text, words=titles))
    said = f"<b>{found.title}</b>: {found.text}"
    if moment.mode in (Mode.NEW, Mode.DONE, Mode.CONFIRM):
        return staying(moment, said)
    return asking(moment, moment.state.but(looking=None), said, opening=False)


def _named(moment: Moment) -> str:
    """What a name of the network stands for, at a step: its value where it is given."""
    if moment.mode in (Mode.NEW, Mode.DONE, Mode.CONFIRM):
        return ""
    trace = moment.book.lesson.trace(moment.place)
    names = {name.casefold(): known for name, known in spoken(trace).items()}
    known = names.get(moment.intent.text.casefold().strip())
    if known is None:
        return ""
    name = trace.symbol(known)
    if known in trace.given:
        return moment.book.say.value(name=name, value=short_text(trace.given[known])[0])
    return moment.book.say.formula(name=name, formula=trace.formula(known))


def question(moment: Moment) -> Reply:
    """A question in words: what can be answered, and the first rung for this step."""
    hints = moment.step.hints() if moment.at_step and moment.mode is not Mode.CONFIRM else []
    if not hints:
        return staying(moment, moment.book.say.question_elsewhere())
    return staying(moment, moment.book.say.question(hint=Html(hints[0])))


def table(moment: Moment) -> Reply:
    """The table of the function that the step in hand is about; of the sigmoid elsewhere."""
    return staying(moment, moment.book.lookup_table(moment.view.table_of))


def picture(moment: Moment) -> Reply:
    """The network as it stands, with the buttons of the step."""
    if not moment.at_step:
        return staying(moment, moment.book.say.no_picture())
    drawn = drawing(moment.book, moment.state, moment.place)
    shown = with_words(moment.book, drawn, moment.book.say.picture())
    buttons, placeholder = moment.view.keyboard(), moment.view.placeholder()
    return Reply(moment.state, (replace(shown, buttons=buttons, placeholder=placeholder),))


def sheet(moment: Moment) -> Reply:
    """The learner's own trace on one page."""
    pages = sheets(moment.book, moment.state)
    return staying(moment, (moment.book.say.sheet if pages else moment.book.say.no_sheet)()).before(
        *pages
    )


def hello(moment: Moment) -> Reply:
    """A greeting returned, and the step asked again."""
    if moment.mode is Mode.NEW:
        return begin(moment)
    said = moment.book.say.hello()
    if moment.mode in (Mode.DONE, Mode.CONFIRM):
        return staying(moment, said)
    return asking(moment, moment.state, said, opening=False)


def thanks(moment: Moment) -> Reply:
    """A kind word, and the way on."""
    return staying(moment, moment.book.say.thanks())


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


_ASKED = {
    Confirming.RESTART: messages.Say.restart_ask,
    Confirming.FORGET: messages.Say.forget_ask,
}


def _confirm(moment: Moment, which: Confirming) -> Reply:
    asked = _ASKED[which](moment.book.say)
    return staying(moment, asked, state=moment.state.but(confirming=which))


def confirm_again(moment: Moment) -> Reply:
    """The yes or no that is awaited, asked once more."""
    assert moment.state.pending.confirming is not None
    return _confirm(moment, moment.state.pending.confirming)


def confirmed(moment: Moment) -> Reply:
    """Yes: it is done."""
    state, book = moment.state, moment.book
    if state.pending.confirming is Confirming.FORGET:
        empty = State(moment.main.lesson.id)
        said = Say(book.say.forgotten(), View(moment.book, empty).keyboard())
        return Reply(empty, (Forget(), said))
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


def say(message: Callable[[messages.Say], str]) -> Callable[[Moment], Reply]:
    """A handler that only says one sentence."""

    def handler(moment: Moment) -> Reply:
        return staying(moment, message(moment.book.say))

    return handler


def at_end(message: Callable[[messages.Say], str]) -> Callable[[Moment], Reply]:
    """A handler that says one sentence after a lesson, and that it is done after a made one."""

    def handler(moment: Moment) -> Reply:
        said = messages.Say.set_done if moment.state.detour else message
        return staying(moment, said(moment.book.say))

    return handler


def not_now(moment: Moment) -> Reply:
    """What does not fit here: a step is open, or none is."""
    if moment.mode is Mode.CONFIRM:
        return confirm_first(moment)
    if moment.at_step:
        return staying(moment, moment.book.say.not_now())
    return at_end(
        messages.Say.not_started if moment.mode is Mode.NEW else messages.Say.done_already
    )(moment)


def cut(moment: Moment) -> Reply:
    """A part of a text too long for one message: what to do instead is said once."""
    message = moment.book.say.cut_rest if moment.intent.text == "rest" else moment.book.say.cut
    return staying(moment, message(), state=moment.state.but(cut=moment.intent.message))


def words_under(moment: Moment, reply: Reply) -> Reply:
    """A reply to the words under a picture, which says that the picture itself was not read."""
    said = moment.book.say.caption_read(what=_what(moment, moment.intent.unread))
    return reply.opening(said)


def _what(moment: Moment, kind: str) -> str:
    kinds = moment.book.chat.kinds
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
