"""From an answer to a verdict.

In order: right; right from the learner's own earlier value; what the shown work sets up; a single
mistake; right but coarse; the right value of another step; two mistakes made together. What a
chance number would hit as easily is not said, nor what the shown work disproves. What ends in no
number is set up, but not answered.
"""

from __future__ import annotations

from dataclasses import replace

from engine.diagnosis.asked import Asked
from engine.diagnosis.evidence import Evidence
from engine.diagnosis.matching import (
    Match,
    any_other_steps,
    other_steps,
    outdoes_chance,
    single_mistakes,
    two_mistakes,
)
from engine.diagnosis.rounding_paths import EXACT, ROUNDED, UNFIT, RoundingPath
from engine.diagnosis.separating import question
from engine.diagnosis.structure import close, is_worked
from engine.diagnosis.verdict import Candidate, Kind, Made, Shown, Slip, Verdict
from engine.expression import refs
from engine.mistakes import SLIP
from engine.reading import Reading

MOST = 3
"""Candidates given, at most."""

FINEST = 15
"""A float has no more decimals worth comparing."""


def decide(asked: Asked, reading: Reading) -> Verdict:
    """The verdict on one readable answer."""
    typed, last = reading.value, reading.answer
    decimals = None if reading.decimals is None else min(reading.decimals, FINEST)
    quantity = asked.quantity
    verdict = Verdict(
        Kind.UNEXPLAINED, quantity.id, quantity.value, quantity.places, typed, decimals
    )
    if not last.is_number:
        verdict = replace(verdict, written=last.named or last.expression)
    if quantity.kind == "direction":
        return verdict
    page = None if reading.is_bare_number else Evidence(asked, reading)
    slip = page.slip if page else None
    if not last.is_number and page is not None:
        verdict = replace(verdict, setup_right=page.whole[0])
    stale = page is not None and page.of_old_weights and not last.is_number
    if asked.is_right(typed, decimals) and not stale:
        kind = Kind.CORRECT if last.is_number else Kind.UNFINISHED
        told = slip and not _says_nothing(slip, asked, reading)
        return replace(verdict, kind=kind, slip=slip if told else None)
    if (carried := asked.carried(typed, decimals)) and not stale:
        kind = Kind.CARRIED_FORWARD if last.is_number else Kind.UNFINISHED
        return replace(verdict, kind=kind, carried=carried, slip=slip)
    if reading.elsewhere:  # the page shows another way to the number than any that is foreseen
        return replace(verdict, shown=Shown(name=reading.elsewhere[0]))
    if page is not None and page.setups and (by_work := _by_work(asked, page, verdict)):
        return by_work
    found = _by_number(asked, page, verdict, reading)
    if found.kind is not Kind.UNEXPLAINED or page is None:
        return replace(found, shown=Shown()) if reading.unread else found
    if slip is not None and not is_worked(slip.operation):
        return replace(found, slip=slip)
    near = page.comes_out_near and asked.is_near(typed)
    return replace(found, shown=page.shown(), setup_right=near)


def _by_work(asked: Asked, page: Evidence, verdict: Verdict) -> Verdict | None:
    """What the shown work says by itself: a slip in a right set-up, a wrong one, or half of one."""
    slip, (whole, own) = page.slip, page.whole
    typed, decimals = verdict.typed or 0.0, verdict.decimals
    if verdict.written is None:
        found = page.allowed(single_mistakes(asked, typed, decimals))
        if found and found[0].rule.first:
            return _named(asked, found, verdict)
    if whole:
        if slip is None and verdict.written is None and asked.is_near(typed):
            coarse = asked.is_coarse(typed, decimals)
            kind = Kind.IMPRECISE if coarse else Kind.UNEXPLAINED
            return replace(verdict, kind=kind, setup_right=True, shown=Shown())
        if slip is None or is_worked(slip.operation):  # −0.02 = 0 says nothing of how it was worked
            return None
        if slip.last and (asked.is_cut(typed, decimals) or asked.is_coarse(typed, decimals)):
            return replace(verdict, kind=Kind.IMPRECISE, setup_right=True)
        carried = asked.wrong_earlier if own else ()
        said = _slipped(verdict, slip, page, own=own)
        return replace(said, setup_right=True, carried=carried)
    wrong = page.wrong()
    left_out = all(match.rule.unfinished for match in wrong)
    nearly = asked.is_near(typed) or asked.is_coarse(typed, decimals)
    if left_out and not (nearly or page.comes_out_right) and (so_far := _so_far(page, verdict)):
        return so_far
    return _wrong_setup(asked, wrong, page, verdict) if wrong else None


def _says_nothing(slip: Slip, asked: Asked, reading: Reading) -> bool:
    """Whether what does not hold in the work for a right answer is nothing to speak of.

    It is rounded otherwise, or has names that were read with a wrong earlier value, not the right.
    """
    wrong = {earlier.id for earlier in asked.wrong_earlier}
    rounded = all(asked.is_right(one, None) for one in (slip.value, slip.written))
    return (rounded and reading.answer.is_number) or any(
        not wrong.isdisjoint(refs(side.expression)) for side in reading.chain
    )


def _slipped(verdict: Verdict, slip: Slip, page: Evidence, *, own: bool = False) -> Verdict:
    path = RoundingPath(slip.written, slip.operation, {})
    mine = Candidate((_made(slip),), slip.operation, {}, path, own, page=page.lines)
    return replace(verdict, kind=Kind.MISTAKE, candidates=(mine,), slip=slip)


def _made(slip: Slip) -> Made:
    return Made(SLIP, slip.where, slip.operation, slip.operation)


def _so_far(page: Evidence, verdict: Verdict) -> Verdict | None:
    """Work that shows right parts of the step and no more; or one of them that came out wrong."""
    if page.slip is not None:
        slipped = page.right and page.slipped_part()
        return _slipped(verdict, page.slip, page) if slipped else None
    ends = any(close(verdict.typed or 0.0, side.value) for side in page.right)
    if not ends or not all(map(page.in_step, page.setups)):
        return None
    return replace(verdict, kind=Kind.UNFINISHED, shown=Shown(page.parts()))


def _wrong_setup(asked: Asked, wrong: list[Match], page: Evidence, verdict: Verdict) -> Verdict:
    """The shown work sets up a known mistake; a slip may have come on top."""
    slip, typed, decimals = page.slip, verdict.typed or 0.0, verdict.decimals
    if verdict.written is None:
        wrong = [match.fitted(typed, decimals) or match for match in wrong]
    best = min(
        wrong,
        key=lambda match: (
            match.level == UNFIT,
            bool(asked.wrong_earlier) and not match.own,
            -page.likeness(match),
            -match.prediction.common,
        ),
    )
    mine = best.candidate(decimals)
    fits = verdict.written is not None or best.level != UNFIT
    if not fits and slip is not None:
        mine = replace(mine, mistakes=(*mine.mistakes, _made(slip)), page=page.lines)
    elif not fits:
        mine = replace(mine, reached=False, page=page.lines)
    return replace(
        verdict,
        kind=Kind.MISTAKE,
        candidates=(mine,),
        slip=None if fits else slip,
        carried=asked.wrong_earlier if best.own else (),
    )


def _by_number(asked: Asked, page: Evidence | None, verdict: Verdict, reading: Reading) -> Verdict:
    """What the number alone says, as far as the page does not say otherwise."""
    typed, decimals = verdict.typed or 0.0, verdict.decimals
    matches = single_mistakes(asked, typed, decimals)
    if verdict.written is not None:  # a name may be a mistake by itself: the sum for its sigmoid
        named = reading.answer.expression
        matches = [match.told() for match in matches if match.prediction.tree == named]
        return _named(asked, matches, verdict) if matches else verdict
    enough = decimals is None or decimals >= asked.quantity.places
    if typed == asked.trace.values.get(asked.quantity.owner) and not enough:
        return verdict  # a weight as it was before its step
    if page is not None:
        matches = page.allowed(matches)
    yields = EXACT if not enough else ROUNDED
    near = asked.is_coarse(typed, decimals) or asked.is_cut(typed, decimals)
    if near and not any(match.level <= yields for match in matches):
        return replace(verdict, kind=Kind.IMPRECISE)
    if matches:
        return _named(asked, matches, verdict)
    return _elsewhere(asked, page, verdict)


def _named(asked: Asked, matches: list[Match], verdict: Verdict) -> Verdict:
    """One mistake fits best, or several fit equally well."""
    best = matches[0]
    # With few decimals, a value that is all there beats one that had to be rounded to them.
    fine = verdict.decimals is None or verdict.decimals >= 3

    def grade(match: Match) -> int:
        return ROUNDED if fine and match.level == EXACT else match.level

    rivals = [
        match
        for match in matches
        if grade(match) == grade(best) and (match.own == best.own or not asked.wrong_earlier)
    ]
    rest = [match for match in matches if match not in rivals]
    candidates = tuple(match.candidate(verdict.decimals) for match in (*rivals, *rest)[:MOST])
    carried = asked.wrong_earlier if best.own else ()
    if len(rivals) == 1 or best.rule.first:
        return replace(verdict, kind=Kind.MISTAKE, candidates=candidates[:1], carried=carried)
    candidates = candidates[: max(2, min(len(rivals), MOST))]
    separating = question(candidates, asked.quantity.expression)
    return replace(
        verdict, kind=Kind.AMBIGUOUS, candidates=candidates, question=separating, carried=carried
    )


def _elsewhere(asked: Asked, page: Evidence | None, verdict: Verdict) -> Verdict:
    """No single mistake of the step fits: another step's value, two mistakes, or nothing to say."""
    typed, decimals = verdict.typed or 0.0, verdict.decimals
    others, pairs = other_steps(asked, typed, decimals), two_mistakes(asked, typed, decimals)
    if page is not None:
        set_up = page.sets_up(any_other_steps(asked, typed, decimals))
        others, pairs = set_up or page.allowed(others), page.allowed(pairs)
    if not others and not outdoes_chance(asked, typed, decimals):
        return verdict
    told = [match.candidate(decimals) for match in (*others[:1], *pairs)[:MOST]]
    if not told:
        return verdict
    return replace(
        verdict,
        kind=Kind.MISTAKE,
        candidates=tuple(told[:1]),
        tentative=tuple(told[1:]),
        carried=asked.wrong_earlier if told[0].from_own and not others else (),
    )
