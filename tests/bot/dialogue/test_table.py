"""The transition table, and the page that is drawn from it."""

from __future__ import annotations

import os
from pathlib import Path

from bot.dialogue.actions import Do
from bot.dialogue.modes import Mode
from bot.dialogue.table import AWAY, IN_EVERY_MODE, ROWS, UNCONFIRMED

PAGE = Path(__file__).parents[3] / "docs" / "conversation.md"

INTRODUCTION = """\
# The conversation

Drawn from `bot/dialogue/table.py` by `UPDATE=1 pytest tests/bot/dialogue/test_table.py`. An arrow
is something the learner does (a button, a command or plain words), from one mode to the next.
What leads back to the same mode is left out here and listed below, and so is what leads away from
every mode alike.
"""

FROM_EVERYWHERE = """\
From every mode, unless an arrow above says where else it leads:
"""

LAPSE = """\
In `confirm`, whoever does one of these has not answered: the question lapses, and it is done in the
mode that was there before. {lapses}.

Every pair of a mode and something done has an answer:
"""


def drawn() -> str:
    """The page: a state diagram, and a table of what stays in its mode."""
    arrows: dict[tuple[Mode, Mode], list[str]] = {}
    for (mode, do), row in sorted(ROWS.items()):
        for target in sorted(row.leads):
            if target is not mode:
                arrows.setdefault((mode, target), []).append(do)
    lines = [INTRODUCTION, "```mermaid", "stateDiagram-v2", "    [*] --> new", "    done --> [*]"]
    lines += [f"    {a} --> {b}: {', '.join(dos)}" for (a, b), dos in arrows.items()]
    lines += ["```", "", FROM_EVERYWHERE, "| does | leads to |", "|---|---|"]
    lines += [f"| {do} | {', '.join(sorted(AWAY[do]))} |" for do in Do if do in AWAY]
    lapses = ", ".join(do for do in Do if do in UNCONFIRMED)
    lines += ["", LAPSE.format(lapses=lapses), "| in mode | is answered there by |", "|---|---|"]
    for mode in Mode:
        here = [do for do in Do if (mode, do) in ROWS]
        lines.append(f"| {mode} | {', '.join(here)} |")
    lines.append(f"| any | {', '.join(IN_EVERY_MODE)} |")
    return "\n".join(lines) + "\n"


def test_everything_that_can_be_done_is_answered_by_a_row() -> None:
    """One that is in no row would only ever be answered that it does not fit here."""
    answered = {do for _, do in ROWS} | set(IN_EVERY_MODE)
    assert [do for do in Do if do not in answered] == []


def test_the_page_shows_the_table_as_it_is() -> None:
    """docs/conversation.md is the table, drawn."""
    if os.environ.get("UPDATE"):
        PAGE.write_text(drawn(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == drawn()
