"""The texts that the sentences in `content/` are filled with: plain, not yet escaped.

What each slot holds is said at the top of `content/en/mistakes.toml`.
"""

from __future__ import annotations

import re

from engine.decimals import number_text, short_text
from engine.diagnosis.structure import on_paper
from engine.diagnosis.verdict import Candidate, Kind, Made, Shown, Slip, Verdict
from engine.expression import Call, Expression, Number, Ref, children, refs, walk
from engine.functions import FUNCTIONS
from engine.mistakes import SLIP
from engine.rendering import formula, symbols
from engine.trace import DIRECTIONS, Quantity, Trace

SLOTS = (
    "typed",
    "asked",
    "formula",
    "places",
    "place",
    "piece",
    "part",
    "counted",
    "bare",
    "other",
    "function",
    "working",
    "operation",
    "written",
    "earlier",
    "earlier_typed",
    "earlier_right",
    "question",
    "shown",
    "stranger",
)
"""Every slot there is."""

LONGEST = 60
"""A formula longer than this is written with its name instead: a sentence stays a sentence."""

_NUMBER = re.compile(r"(?<![\w.])[−-]?\d+(?:\.\d+)?(?![\w])")


def slots(verdict: Verdict, trace: Trace, candidate: int = 0, made: int = 0) -> dict[str, str]:
    """Every slot's text for one verdict; empty where there is nothing to say.

    Args:
        verdict: the verdict.
        trace: the trace it is about.
        candidate: which of its candidates to speak of.
        made: which mistake of that candidate.
    """
    quantity = trace[verdict.quantity]
    texts = dict.fromkeys(SLOTS, "")
    texts["asked"] = trace.symbol(verdict.quantity)
    texts["formula"] = _short(trace.formula(verdict.quantity), texts["asked"])
    texts["places"] = str(verdict.places)
    if verdict.typed is not None:
        texts["typed"] = _typed(verdict.typed, verdict.decimals)
        if verdict.written is not None:
            texts["typed"] = _cut(formula(verdict.written))
        if quantity.kind == "direction":
            word = DIRECTIONS.get(verdict.typed, texts["typed"])
            texts["typed"] = trace.names.get(word, word)
    if verdict.carried:
        nearest = verdict.carried[0]
        texts["earlier"] = trace.symbol(nearest.id)
        texts["earlier_typed"] = short_text(nearest.typed, 6)[0]
        texts["earlier_right"] = trace[nearest.id].text
    if verdict.slip is not None:
        texts |= _slip(verdict.slip)
    if verdict.shown is not None:
        texts |= _shown(verdict.shown)
    if verdict.candidates[candidate : candidate + 1]:
        mine = verdict.candidates[candidate]
        if not (verdict.slip and mine.mistakes[0].id == SLIP):
            texts |= _mistake(mine, mine.mistakes[made], trace, quantity)
    if verdict.question is not None:
        texts["question"] = symbols(verdict.question.piece, trace.symbol)
    return texts


def gives_away(text: str, verdict: Verdict, trace: Trace) -> bool:
    """Whether a filled sentence holds the right answer as one of its numbers.

    What the learner typed does not count, nor what they were asked to compute from.
    """
    if verdict.kind in (Kind.CORRECT, Kind.CARRIED_FORWARD, Kind.UNFINISHED):
        return False
    right = trace[verdict.quantity].text
    return any(_same_number(number, right) for number in _NUMBER.findall(text))


def _same_number(first: str, second: str) -> bool:
    try:
        return float(first.replace("−", "-")) == float(second.replace("−", "-"))
    except ValueError:
        return False


def _mistake(mine: Candidate, made: Made, trace: Trace, quantity: Quantity) -> dict[str, str]:
    owner, right = quantity.owner, quantity.expression
    weight = next((ref for ref in refs(made.look) if _owner(ref) == made.where), "")
    function = next(
        (n.activation for n in trace.network.neurons() if n.name == owner),
        next((n.function for n in walk(right) if isinstance(n, Call)), ""),
    )
    piece = _piece(made, right)
    return {
        "place": trace.symbol(weight or made.where),
        "piece": _short(symbols(on_paper(piece, mine.numbers)), symbols(piece, trace.symbol)),
        "part": _short(mine.text(made.look), symbols(made.look, trace.symbol)),
        "counted": _short(mine.text(made.became), symbols(made.became, trace.symbol)),
        "bare": short_text(abs(mine.numbers[weight]), 6)[0] if weight else "",
        "other": _called(made.other, trace),
        "function": _called(function, trace),
        "working": _short(mine.text(mine.tree), symbols(mine.tree, trace.symbol)),
    }


def _piece(made: Made, right: Expression) -> Expression:
    """What to ask for: the part to look at, or all of it where that is a single number."""
    if isinstance(made.look, Number | Ref) or not children(made.look):
        return right
    return made.look


def _called(name: str, trace: Trace) -> str:
    """What a function, or anything else of the trace, is called."""
    return (name in FUNCTIONS and FUNCTIONS[name].printed) or (name and trace.symbol(name))


def _owner(ref: str) -> str:
    return ref.removesuffix(".updated")


def _slip(slip: Slip) -> dict[str, str]:
    return {
        "operation": _cut(formula(slip.told)),
        "written": _cut(formula(slip.result)),
        "place": slip.where,
    }


def _shown(shown: Shown) -> dict[str, str]:
    """The foreign set-up; where there is none, the right parts."""
    if shown.name:
        return {"stranger": shown.name}
    if shown.foreign is not None:
        stranger = "" if shown.stranger is None else formula(Number(shown.stranger))
        return {"shown": _cut(formula(shown.foreign)), "stranger": stranger}
    parts = [formula(part) for part in shown.right]
    text = ", ".join(parts)
    return {"shown": text if len(text) <= LONGEST or not parts else _cut(parts[-1])}


def _typed(value: float, decimals: int | None) -> str:
    if abs(value) >= 1e9 or (value and abs(value) < 1e-9):
        return f"{value:.3g}".replace("-", "−")
    if decimals is not None and decimals <= 12:
        return number_text(value, decimals)
    text = short_text(value)[0]
    return text.rstrip("0").rstrip(".") if "." in text else text


def _short(text: str, instead: str) -> str:
    return text if len(text) <= LONGEST else _cut(instead)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


__all__ = ["LONGEST", "SLOTS", "gives_away", "slots"]
