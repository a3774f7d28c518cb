"""One answer judged: its verdict, the mistakes that explain it, the right value, the feedback."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping

from content.book import Book
from content.commands.command import Refused
from content.commands.words import direction
from content.markup import plain
from engine.diagnosis import Kind, Verdict, diagnose, diagnose_direction
from engine.network import shortened
from engine.reading import Unreadable
from engine.trace import Trace


def judged(
    step: Trace, name: str, typed: str, earlier: Mapping[str, float], book: Book
) -> tuple[Verdict, dict[str, object]]:
    """What is said of an answer: the verdict, and the same as a JSON line has it.

    Args:
        step: the training step it is about.
        name: the quantity asked for.
        typed: what stands in the gap.
        earlier: the learner's own values of earlier quantities.
        book: whose words are used.
    """
    verdict = _verdict(step, name, typed, earlier, book)
    return verdict, {
        "verdict": str(verdict.kind),
        "mistakes": _mistakes(verdict),
        "value": _value(step, name),
        "feedback": plain(book.numbers.turned(_feedback(book, verdict, step))),
    }


def _verdict(
    step: Trace, name: str, typed: str, earlier: Mapping[str, float], book: Book
) -> Verdict:
    if step[name].kind != "direction":
        return diagnose(step, name, book.read(step, name, typed, earlier), earlier)
    word = direction(typed, book.chat.directions)
    if word is not None:
        return diagnose_direction(step, name, word)
    unreadable = Unreadable("words" if typed.strip() else "blank", 0, len(typed), typed[:24])
    quantity = step[name]
    return Verdict(Kind.UNREADABLE, name, quantity.value, quantity.places, unreadable=unreadable)


def check_id(step: Trace, name: str, where: str) -> None:
    """Refuses an id that the trace does not have; the nearest is named."""
    if name in step:
        return
    alike = difflib.get_close_matches(name, list(step.quantities), n=1)
    hint = f"did you mean {alike[0]}?" if alike else "the ids are those of content trace"
    raise Refused(f"{where}: this network has no quantity {shortened(name)}; {hint}")


def earlier_values(step: Trace, given: object) -> dict[str, float]:
    """The learner's own values as a line has them; words for directions tell of no later number."""
    if not isinstance(given, Mapping):
        raise Refused(f"earlier: needs an object of values by id, not {shortened(given)}")
    found = {}
    for name, value in given.items():
        where = f"earlier.{name}"
        check_id(step, name, where)
        if step[name].kind == "direction" and isinstance(value, str):
            continue
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not math.isfinite(value) or abs(value) > 1e300:
            raise Refused(f"{where}: needs a finite number, not {shortened(value)}")
        found[name] = float(value)
    return found


def _feedback(book: Book, verdict: Verdict, step: Trace) -> str:
    if verdict.unreadable is not None:
        return book.problem(verdict.unreadable, paper=True)
    if verdict.kind is Kind.CORRECT and verdict.slip is None:
        quantity = step[verdict.quantity]
        word = book.chat.directions.get(quantity.text, quantity.text)
        return book.say.right(value=word)
    return book.feedback(verdict, step)


def _mistakes(verdict: Verdict) -> list[dict[str, object]]:
    """The explanations, best first; weak ones only behind one that is said."""
    said = verdict.kind in (Kind.MISTAKE, Kind.AMBIGUOUS)
    explanations = verdict.candidates + (verdict.tentative if said else ())
    return [
        {
            "candidate": number,
            "id": made.id,
            "where": made.where,
            "working": list(candidate.working),
        }
        for number, candidate in enumerate(explanations, 1)
        for made in candidate.mistakes
    ]


def _value(step: Trace, name: str) -> float | str:
    quantity = step[name]
    return quantity.text if quantity.kind == "direction" else quantity.value
