"""What can be wanted of the conversation, by button, by command or in words: one intent a turn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.dialogue.generated_lessons import MIXED
from bot.dialogue.state import State
from content import messages


class Do(StrEnum):
    """What can be asked of the machine.

    The values are permanent: buttons in messages already sent carry them. A name may change.
    """

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
    NUDGE = "nudge"
    PICTURE = "picture"
    SHEET = "sheet"
    WORKSHEET = "worksheet"
    PRACTICE = "practice"
    STOP = "stop"
    LEAVE = "leave"
    PROGRESS = "progress"
    NETWORK = "network"
    LESSONS = "lessons"
    LANGUAGE = "language"
    CLASS = "class"
    CLASS_TOLD = "class told"
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
    WHY = "why"
    REMARK = "remark"
    HELLO = "hello"
    THANKS = "thanks"
    UNKNOWN_COMMAND = "unknown command"
    EDITED_PAST = "edited past"
    UNSEEN = "unseen"
    AGAIN = "again"
    OTHER = "other"
    CUT = "cut"
    STALE = "stale"
    GROUP = "group"
    BLOCKED = "blocked"


AT_ANY_STEP = frozenset(
    {
        *(Do.WHERE, Do.HELP, Do.WORDS, Do.RESTART, Do.BACK, Do.LATER, Do.HERE, Do.MORE),
        *(Do.TABLE, Do.PICTURE, Do.SHEET, Do.PRACTICE, Do.STOP, Do.PROGRESS, Do.REMIND),
        *(Do.LESSONS, Do.NETWORK, Do.WHY, Do.LANGUAGE, Do.CLASS),
    }
)
"""What a button does wherever the learner is by then, as long as it is the same run."""

ONCE = frozenset({Do.HINT, Do.SHOW, Do.PIECES, Do.KEEP})
"""What a button does once for each message it is shown under, however often it is pressed."""

REPEATED = frozenset({Do.TRAIN, Do.NUDGE, Do.CLASS})
"""What is pressed as often as one likes."""

ACTING = ONCE | {Do.ANSWER, Do.PICK, Do.NEXT, Do.YES, Do.NO}
"""What words may do to a step, and only to one that their writer has seen."""

COMMANDS = {name: Do(name) for name in (*messages.COMMANDS, Do.STATS)}
"""Those of the menu, and the owner's."""

WISHES = {name: Do(name) for name in messages.WISHES}
"""What plain words may ask for."""

ASKED_FOR = (
    Do.SHEET,
    Do.PICTURE,
    Do.PIECES,
    Do.STOP,
    Do.PRACTICE,
    Do.PROGRESS,
    Do.TABLE,
    Do.MORE,
    Do.LEAVE,
)
"""What is done when it is asked for as a favour: nothing that gives a step away or erases."""

LABELS = {name: Do(name) for name in messages.Label.declared if name in {*Do}}
"""What may be typed as it is shown on its button."""


FULL, HARDER = "full", "harder"
SETS = (FULL, MIXED, HARDER)
"""What the buttons carry for practice on a whole training step, on several skills, and on networks
with one more thing in them: permanent too."""

ANOTHER = "another step"
"""What the button for the step after one carries; with `/network` an example may follow it."""


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

    @property
    def press(self) -> str:
        """A press, told from all others; empty where nobody knows which button it was."""
        return "" if self.under is None else f"{self.under}.{self.do}.{self.text}"


def button_data(state: State, do: Do, argument: str = "") -> str:
    """What a button carries: the run and step it belongs to, what it does, and with what.

    At most 64 bytes, because ids have at most 24 characters.
    """
    return f"{state.progress.run}.{state.hand.step}.{do}" + (f".{argument}" if argument else "")
