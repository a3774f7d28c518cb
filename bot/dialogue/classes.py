"""`/class` with what stands behind it, the buttons about classes, and what is typed when asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.dialogue import class_changing, class_making, joining, teaching
from bot.dialogue.actions import Do, Intent
from bot.dialogue.class_asking import (
    DUE,
    NAME,
    NICKNAME,
    PART,
    REDATE,
    RENAME,
    REWORK,
    TEACH,
    code_in,
)
from bot.dialogue.class_data import AskClasses
from bot.dialogue.class_reminding import is_today
from bot.dialogue.reply import Handler, Moment, Reply
from bot.dialogue.state import State


def _part(moment: Moment, rest: str) -> Reply:
    """What a class works on was tapped, of a new class or of one there is."""
    if moment.state.pending.class_asked == REWORK:
        return class_changing.reworked(moment, rest)
    return class_making.part(moment, rest)


def _undated(moment: Moment, rest: str) -> Reply:
    """No date was tapped, likewise."""
    if moment.state.pending.class_asked == REDATE:
        return class_changing.undated(moment)
    return class_making.undated(moment, rest)


WORDS: dict[str, Callable[[Moment, str], Reply]] = {
    "show": teaching.overview,
    "new": class_making.new,
    "part": _part,
    "date": _undated,
    "change": class_changing.change,
    "rename": class_changing.rename,
    "rework": class_changing.rework,
    "redate": class_changing.redate,
    "relink": class_changing.relink,
    "link": teaching.link_of,
    "csv": teaching.file("csv"),
    "json": teaching.file("json"),
    "remove": teaching.remove,
    "removed": teaching.removed,
    "invite": teaching.invite,
    "dismiss": teaching.dismiss,
    "end": teaching.end,
    "ended": teaching.ended,
    "teach": teaching.teach,
    "join": joining.join,
    "leave": joining.leave,
    "begin": joining.begin,
    "no": lambda moment, _rest: joining.declined(moment),
}
"""What may stand behind the command, and on a button: permanent, as buttons carry it."""

GO_ON = frozenset({"part", "date", "teach", "no"})
"""Those that answer what was asked; all others let it lapse."""

TOLD: dict[str, Handler] = {
    NAME: class_making.named,
    PART: class_making.part_typed,
    DUE: class_making.due_typed,
    RENAME: class_changing.renamed,
    REWORK: class_changing.reworked,
    REDATE: class_changing.redated,
    NICKNAME: joining.named,
}
"""What answers a text, by what was asked."""


def needs(state: State, intent: Intent, now: datetime) -> AskClasses | None:
    """What the store has to tell before an intent can be answered; None where it need not."""
    pending = state.pending
    if intent.do is Do.REMINDED:
        return AskClasses() if is_today(state, now) else None
    if intent.do not in (Do.CLASS, Do.CLASS_TOLD):
        return None
    word, _, rest = intent.text.strip().partition(" ")
    if intent.do is Do.CLASS and word.lower() == "join":
        return AskClasses(code_in(rest))
    by_link = pending.class_asked in (NICKNAME, TEACH)
    return AskClasses(pending.class_told[0] if by_link else "")


def classes(moment: Moment) -> Reply:
    """The command or a button."""
    word, _, rest = moment.intent.text.strip().partition(" ")
    act = WORDS.get(word.lower(), teaching.overview)
    if word not in GO_ON:
        moment = moment.at(moment.state.but(class_asked="", class_told=()))
    return act(moment, rest.strip() if word.lower() in WORDS else "")


def told(moment: Moment) -> Reply:
    """A text that answers what was asked about a class."""
    answer = TOLD.get(moment.state.pending.class_asked)
    return answer(moment) if answer else teaching.overview(moment)
