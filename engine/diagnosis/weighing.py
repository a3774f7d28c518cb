"""What shown work settles that a number leaves open: a wrong set-up, or a slip in a right one."""

from __future__ import annotations

from dataclasses import replace

from engine.diagnosis.answering import Answering, Match, candidate, identity
from engine.diagnosis.computations import Parts
from engine.diagnosis.precision import EXACT, ROUGH
from engine.diagnosis.remarking import made_up, unfinished
from engine.diagnosis.shown_work import Found, Work, found, in_full, sets_up, support
from engine.diagnosis.verdict import Candidate, Kind, Made, Slip, Verdict
from engine.expression import Expression, Negative, Number, Product
from engine.mistakes import FAMILIES, SLIP


def by_work(
    answering: Answering, work: Work, slip: Slip | None, matches: list[Match], verdict: Verdict
) -> Verdict | None:
    """What the shown work says, where it says more than the number alone."""
    tree = answering.quantity.expression
    right: list[tuple[bool, Parts, Found]] = []
    for outlook, own in answering.outlooks:
        computed = outlook.computations.of(tree)
        shown = found(work, outlook.computations)
        right += [(own, parts, shown) for parts in computed]
    backing, right_own = max((support(shown, parts), own) for own, parts, shown in right)
    set_up = any(sets_up(shown, parts) for _, parts, shown in right)
    wrong: list[tuple[int, Match]] = []
    for outlook, own in () if set_up else answering.outlooks:
        foreseen = outlook.foreseen
        shown = found(work, outlook.computations)
        for prediction, computed in foreseen:
            if not any(sets_up(shown, parts) for parts in computed):
                continue
            score = max(support(shown, parts) for parts in computed)
            if score >= max(backing, 1):
                wrong.append((score, Match(EXACT, prediction, outlook, own)))
    if not set_up and all(_left_out(match) for _, match in wrong):
        so_far = unfinished(answering, work, slip, verdict)
        if so_far is not None:
            rest = tuple(candidate(match) for _, match in wrong[:1])
            return replace(so_far, tentative=rest)
    if wrong:
        return _wrong_setup(answering, work, wrong, slip, matches, verdict)
    if made_up(answering, work, slip, matches, verdict.typed or 0.0):
        rest = tuple(candidate(match) for match in matches[:2])
        return replace(verdict, slip=slip, tentative=rest)
    if not (set_up and slip):
        return None
    if slip.last and answering.is_cut(verdict.typed or 0.0, verdict.decimals):
        return replace(verdict, kind=Kind.IMPRECISE, setup_right=True)
    named = [m for m in matches if m.level < ROUGH and _tells_more(m)]
    copied = bool(named) and any(in_full(work, shown, parts) for _, parts, shown in right)
    made = Made(SLIP, slip.where, slip.operation, slip.operation)
    mine = Candidate((made,), slip.operation, slip.written, {}, right_own)
    others = tuple(candidate(match) for match in matches[:2])
    if copied:
        first = tuple(candidate(match) for match in named[:1])
        return replace(
            verdict, kind=Kind.MISTAKE, candidates=first, tentative=(mine,), setup_right=True
        )
    return replace(
        verdict,
        kind=Kind.MISTAKE,
        candidates=(mine,),
        tentative=others,
        slip=slip,
        setup_right=True,
        carried=answering.wrong_earlier if right_own else (),
    )


def _tells_more(match: Match) -> bool:
    return all(FAMILIES[made.id] != "arithmetic" for made in match.prediction.made)


def _left_out(match: Match) -> bool:
    return all(made.id == "missing_term" for made in match.prediction.made)


def _wrong_setup(  # noqa: PLR0913, PLR0917 - what was found, piece by piece
    answering: Answering,
    work: Work,
    wrong: list[tuple[int, Match]],
    slip: Slip | None,
    matches: list[Match],
    verdict: Verdict,
) -> Verdict:
    """The shown work sets up a known mistake; a slip may have come on top."""
    fitting = {identity(match.prediction.made) for match in matches}
    ranked = sorted(
        wrong,
        key=lambda w: (
            identity(w[1].prediction.made) not in fitting,
            -w[0],
            bool(answering.wrong_earlier) and not w[1].own,
            -w[1].prediction.common,
        ),
    )
    best = ranked[0][1]
    mine = _as_shown(candidate(best), work, answering)
    fits = identity(best.prediction.made) in fitting
    if not fits and slip is not None:
        also = Made(SLIP, slip.where, slip.operation, slip.operation)
        mine = replace(mine, mistakes=(*mine.mistakes, also))
    return replace(
        verdict,
        kind=Kind.MISTAKE,
        candidates=(mine,),
        slip=None if fits else slip,
        carried=answering.wrong_earlier if best.own else (),
    )


def _as_shown(mine: Candidate, work: Work, answering: Answering) -> Candidate:
    """A turned error is a lost minus where the work has 2 for the step's -2.

    The sign came out wrong once, and there it is: so the error stands the right way round.
    """
    tree = answering.quantity.expression
    made = mine.mistakes[0]
    match tree:
        case Product((Number(constant), *_)) if made.id == "reversed_difference" and constant < 0:
            if any(_has_factor(side.tree, -constant) for side in work.setups):
                turned = Negative(tree)
                lost = Made("flipped_sign", answering.quantity.owner, tree, turned)
                return replace(mine, mistakes=(lost,), tree=turned)
    return mine


def _has_factor(tree: Expression, value: float, sign: int = 1) -> bool:
    """Whether a number stands as a factor of a product, with its sign as written."""
    match tree:
        case Negative(operand):
            return _has_factor(operand, value, -sign)
        case Product(factors):
            return any(_has_factor(factor, value, sign) for factor in factors)
        case Number(own):
            return sign * own == value
        case _:
            return False
