"""From a typed answer to a verdict.

In order: right; right from the learner's own earlier value; the shown work's set-up; a single
mistake; right but coarse; the right value of another step; two mistakes made together. What a
chance number would hit too easily is `tentative`: kept for teachers, never said to a learner.
"""

from __future__ import annotations

from dataclasses import replace

from engine.diagnosis.answering import Answering, Match, candidate
from engine.diagnosis.precision import EXACT, ROUNDED
from engine.diagnosis.remarking import remarked
from engine.diagnosis.separating import question
from engine.diagnosis.shown_work import first_slip, work_of
from engine.diagnosis.verdict import Kind, Verdict
from engine.diagnosis.weighing import by_work
from engine.reading import Reading

MOST = 3
"""Candidates given, at most."""

FINEST = 15
"""A float has no more decimals worth comparing."""


def decide(answering: Answering, reading: Reading) -> Verdict:
    """The verdict on one readable answer."""
    typed = reading.value
    decimals = None if reading.decimals is None else min(reading.decimals, FINEST)
    quantity = answering.quantity
    verdict = Verdict(
        Kind.UNEXPLAINED, quantity.id, quantity.value, quantity.places, typed, decimals
    )
    if quantity.kind == "direction":
        return verdict
    work, slip = None, None
    if not reading.is_bare_number:
        work = work_of(reading, _Names(answering))
        slip = first_slip(
            work, answering.right.step, [o.computations for o, _ in answering.outlooks]
        )
    if answering.is_right(typed, decimals):
        return replace(verdict, kind=Kind.CORRECT, slip=slip)
    if answering.is_carried(typed, decimals):
        carried = answering.wrong_earlier
        return replace(verdict, kind=Kind.CARRIED_FORWARD, carried=carried, slip=slip)
    matches = answering.matches(typed, decimals)
    if work is not None:
        shown_first = by_work(answering, work, slip, matches, verdict)
        if shown_first is not None:
            return shown_first
    enough = decimals is None or decimals >= quantity.places
    yields = EXACT if not enough else ROUNDED
    if answering.is_coarse(typed, decimals) and not any(m.level <= yields for m in matches):
        return replace(verdict, kind=Kind.IMPRECISE)
    if matches:
        return _named(answering, matches, verdict)
    found = _elsewhere(answering, typed, decimals, verdict)
    if work is None or found.kind is not Kind.UNEXPLAINED:
        return found
    return remarked(answering, work, slip, found)


class _Names(dict[str, float]):
    """The values a learner may call by name: by id, or else as formulas write them."""

    def __init__(self, answering: Answering) -> None:
        super().__init__(answering.outlooks[0][0].worlds[0])
        self._symbol = answering.trace.symbol

    def __missing__(self, name: str) -> float:
        return {self._symbol(id_): value for id_, value in self.items()}[name]


def _named(answering: Answering, matches: list[Match], verdict: Verdict) -> Verdict:
    """One mistake fits best, or several fit equally well."""
    best = matches[0]
    # With few decimals, a value that is all there beats one that had to be rounded to them.
    fine = verdict.decimals is None or verdict.decimals >= 3

    def grade(match: Match) -> int:
        return ROUNDED if fine and match.level == EXACT else match.level

    rivals = [
        match
        for match in matches
        if grade(match) == grade(best) and (match.own == best.own or not answering.wrong_earlier)
    ]
    rest = [match for match in matches if match not in rivals]
    candidates = tuple(candidate(match) for match in (*rivals, *rest)[:MOST])
    carried = answering.wrong_earlier if best.own else ()
    if len(rivals) == 1:
        return replace(verdict, kind=Kind.MISTAKE, candidates=candidates[:1], carried=carried)
    candidates = candidates[: max(2, min(len(rivals), MOST))]
    asked = question(candidates, answering.quantity.expression)
    return replace(
        verdict, kind=Kind.AMBIGUOUS, candidates=candidates, question=asked, carried=carried
    )


def _elsewhere(
    answering: Answering, typed: float, decimals: int | None, verdict: Verdict
) -> Verdict:
    """No single mistake of the step fits: another step's value, two mistakes, or nothing to say."""
    others, far = answering.other_steps(typed, decimals)
    pairs = answering.together(typed, decimals)
    if others:
        listed = (others[0], *pairs)
        candidates = tuple(candidate(match) for match in listed[:MOST])
        return replace(
            verdict, kind=Kind.MISTAKE, candidates=candidates[:1], tentative=candidates[1:]
        )
    if pairs and answering.outdoes_chance(typed, decimals):
        candidates = tuple(candidate(match) for match in pairs[:MOST])
        return replace(
            verdict,
            kind=Kind.MISTAKE,
            candidates=candidates[:1],
            tentative=candidates[1:],
            carried=answering.wrong_earlier if pairs[0].own else (),
        )
    weak = [*far, *answering.coarse_matches(typed, decimals), *pairs]
    return replace(verdict, tentative=tuple(candidate(match) for match in weak[:MOST]))
