"""What shown work settles that a number leaves open: a wrong set-up, or a slip in a right one."""

from __future__ import annotations

from dataclasses import replace

from engine.diagnosis.answering import Answering, Match, candidate, identity
from engine.diagnosis.precision import EXACT, ROUGH
from engine.diagnosis.shown_work import Work, in_full, sets_up, support
from engine.diagnosis.verdict import Candidate, Kind, Made, Slip, Verdict
from engine.mistakes import FAMILIES, SLIP


def by_work(
    answering: Answering, work: Work, slip: Slip | None, matches: list[Match], verdict: Verdict
) -> Verdict | None:
    """What the shown work says, where it says more than the number alone."""
    tree = answering.quantity.expression
    right = [(own, parts) for outlook, own in answering.outlooks for parts in outlook.parts(tree)]
    backing, right_own = max((support(work, parts), own) for own, parts in right)
    set_up = any(sets_up(work, parts) for _, parts in right)
    wrong: list[tuple[int, Match]] = []
    for outlook, own in () if set_up else answering.outlooks:
        for prediction in outlook.singles:
            parts = outlook.parts(prediction.tree)
            score = max(support(work, part) for part in parts)
            if score >= max(backing, 1) and any(sets_up(work, part) for part in parts):
                wrong.append((score, Match(EXACT, prediction, outlook, own)))
    if wrong:
        return _wrong_setup(answering, wrong, slip, matches, verdict)
    if not (set_up and slip):
        return None
    named = [m for m in matches if m.level < ROUGH and _tells_more(m)]
    copied = any(in_full(work, parts) for _, parts in right)
    made = Made(SLIP, slip.where, slip.operation, slip.operation)
    mine = Candidate((made,), slip.operation, slip.written, {}, right_own)
    others = tuple(candidate(match) for match in matches[:2])
    if named and copied:
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


def _wrong_setup(
    answering: Answering,
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
    mine = candidate(best)
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
