"""What can be asked beside the lesson: where am I, help, words, pictures, all that is stored.

All of it leaves the learner where they are, with a way on.
"""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.actions import Do
from bot.dialogue.effects import Export
from bot.dialogue.modes import Mode
from bot.dialogue.navigation import begin
from bot.dialogue.pictures import drawing, with_words
from bot.dialogue.reply import Moment, Reply, asking, saying, staying
from bot.dialogue.sheet import sheets
from bot.dialogue.state import Outcome
from content.messages import Label
from content.templates import Html


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
        hints=str(state.hand.hints + sum(record.hints for record in state.records.values())),
    )
    return saying(state, said, ((moment.view.button(Label.here, Do.HERE),),))


def help_(moment: Moment) -> Reply:
    """How this works."""
    return staying(moment, moment.book.say.help(), moment.book.classes.help())


def privacy(moment: Moment) -> Reply:
    """What is stored."""
    return staying(moment, moment.book.say.privacy(), moment.book.classes.privacy())


def export(moment: Moment) -> Reply:
    """All that is stored, as a file."""
    caption = moment.book.say.export_caption()
    return staying(moment, moment.book.say.export()).before(Export(caption))


def more(moment: Moment) -> Reply:
    """The further buttons."""
    view = moment.view
    branch = moment.at_step and moment.place.branch is not None
    rows = (
        *(((view.button(Label.leave, Do.LEAVE),),) if branch else ()),
        (view.button(Label.picture, Do.PICTURE), view.button(Label.sheet, Do.SHEET)),
        (view.button(Label.where, Do.WHERE), view.button(Label.back, Do.BACK)),
        (view.button(Label.words, Do.WORDS), view.button(Label.help, Do.HELP)),
        (view.button(Label.lessons, Do.LESSONS), view.button(Label.language, Do.LANGUAGE)),
        (view.button(Label.restart, Do.RESTART), view.button(Label.here, Do.HERE)),
    )
    return saying(moment.state, moment.book.say.more(), rows)


def words(moment: Moment) -> Reply:
    """The words of the glossary."""
    book = moment.book
    titles = book.numbers.listed(term.title for term in book.terms.values())
    return staying(moment, book.say.words(words=titles))


def table(moment: Moment) -> Reply:
    """The table of the function that the step in hand is about; of the sigmoid elsewhere."""
    return staying(moment, moment.book.lookup_table(moment.view.table_of))


def picture(moment: Moment) -> Reply:
    """The network as it stands, with the buttons of the step."""
    if not moment.at_step:
        return staying(moment, moment.book.say.no_picture())
    drawn = drawing(moment.book, moment.state, moment.place)
    shown = with_words(moment.book, drawn, moment.book.say.picture())
    return Reply(moment.state, (replace(shown, buttons=moment.view.keyboard()),))


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
