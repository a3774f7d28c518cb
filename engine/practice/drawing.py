"""Draws a problem: plan, first draft, then numbers group by group until every check holds.

The search goes through the groups of a sheet (inputs and first layer, each further layer, learning
rate) and checks what each group settles before it draws the next; where one finds nothing, the
group before is drawn anew. What comes through is judged once more from a trace of its own.

Source: chronological backtracking, as in Russell, Norvig, Artificial Intelligence, section 6.3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from engine.expression import evaluate
from engine.network import Network
from engine.practice.checks import Checks, checks
from engine.practice.distinguishable import STANDARD, Standard, clashes, possible
from engine.practice.ladder import EASIEST, HARDEST, difficulty_of, plan
from engine.practice.random_draws import RandomDraws
from engine.practice.sheet import Sheet, blank
from engine.practice.skills import FULL_TRACE, SKILLS, asked_for, whole_trace
from engine.trace import NAMES, Trace
from engine.trace import trace as traced

PLANS = 40
"""So many plans are tried before the best problem found is taken."""

BUDGET, FULL_BUDGET = 120, 200
"""Groups drawn for one plan, in a short set and in a full trace."""

WIDTH = 8
"""How often a group is drawn before the one before it is drawn anew."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A network, an example, and what is asked about them."""

    seed: str
    skill: str
    """One of `SKILLS`, or `FULL_TRACE`."""
    difficulty: int
    network: Network
    inputs: tuple[float, ...]
    target: float
    learning_rate: float
    asked: tuple[str, ...]
    """The quantities asked for, in order."""
    distinguishable: bool
    """Whether at every asked step each modelled mistake can be told from all else."""
    mistake: str = ""
    """A mistake that it was drawn to give occasion for; empty for none."""

    def traced(self, names: Mapping[str, str] = NAMES) -> Trace:
        """The training step it is about."""
        return traced(self.network, self.inputs, self.target, self.learning_rate, names)


def draw(
    seed: str, skill: str, difficulty: int, mistake: str = "", standard: Standard = STANDARD
) -> Problem:
    """A short set on one skill; the same arguments give the same problem everywhere.

    Args:
        seed: any text.
        skill: one of `SKILLS`.
        difficulty: from `EASIEST` to `HARDEST`; where the skill does not come up, the nearest
            difficulty where it does is taken.
        mistake: one that shall be possible at an asked step, the difficulty raised where that is
            needed; a problem that gives no occasion for it has none in its `mistake`.
        standard: what the problem is held to.

    Raises:
        ValueError: there is no such skill or difficulty.
    """
    _check(difficulty)
    if skill not in SKILLS:
        raise ValueError(f"{skill!r} is not a skill; the skills are {', '.join(SKILLS)}")
    return _drawn(seed, skill, difficulty_of(skill, difficulty, mistake), mistake, standard)


def draw_full(seed: str, difficulty: int, standard: Standard = STANDARD) -> Problem:
    """A whole training step; the same arguments give the same problem everywhere.

    Args:
        seed: any text.
        difficulty: from `EASIEST` to `HARDEST`.
        standard: what the problem is held to.

    Raises:
        ValueError: there is no such difficulty.
    """
    _check(difficulty)
    return _drawn(seed, FULL_TRACE, difficulty, "", standard)


def _check(difficulty: int) -> None:
    if not EASIEST <= difficulty <= HARDEST:
        raise ValueError(f"difficulty goes from {EASIEST} to {HARDEST}, not {difficulty}")


def _drawn(seed: str, skill: str, difficulty: int, mistake: str, standard: Standard) -> Problem:
    best: tuple[int, Problem] | None = None
    for attempt in range(PLANS):
        draws = RandomDraws(f"practice 1/{skill}/{difficulty}/{mistake}/{seed}/{attempt}")
        sheet = blank(plan(skill, difficulty, draws))
        if not all(sheet.draw(group, draws) for group in range(sheet.groups)):
            continue
        network = sheet.network()
        full = skill == FULL_TRACE
        asked = whole_trace(network) if full else asked_for(network, skill, draws)
        first = _step(sheet)
        # Whether there is occasion for it follows from the signs, which all drafts of a plan share.
        if mistake and not any(
            mistake in possible(first, name, standard.passed_over) for name in asked
        ):
            continue
        budget = FULL_BUDGET if full else BUDGET
        what = partial(checks, first, asked, sheet.ids(), standard)
        for step in _drafts(first, sheet, draws, budget, what):
            found = sum(1 for _ in clashes(step, asked, standard))
            if best is None or found < best[0]:
                best = found, _problem((seed, skill, difficulty, mistake), step, asked, found)
            if not found:
                return best[1]
    if best is not None:
        return best[1]
    if mistake:
        return _drawn(seed, skill, difficulty, "", standard)
    raise AssertionError("every rung has plans whose signs come up")


def _problem(
    wanted: tuple[str, str, int, str], step: Trace, asked: tuple[str, ...], clashing: int
) -> Problem:
    seed, skill, difficulty, mistake = wanted
    return Problem(
        seed=seed,
        skill=skill,
        difficulty=difficulty,
        network=step.network,
        inputs=step.inputs,
        target=step.target[0],
        learning_rate=step.learning_rate,
        asked=asked,
        distinguishable=not clashing,
        mistake=mistake,
    )


def _drafts(
    first: Trace, sheet: Sheet, draws: RandomDraws, budget: int, what: Callable[[], Checks]
) -> Iterator[Trace]:
    """The first draft, then those that pass all checks by values."""
    yield first
    search = _Search(sheet, draws, what(), dict(sheet.given), budget)
    for _ in search.through(0):
        yield _step(sheet)


def _step(sheet: Sheet) -> Trace:
    given = sheet.given
    return traced(sheet.network(), sheet.inputs, given["target"], given["learning_rate"])


@dataclass
class _Search:
    """The numbers of a sheet, drawn again and again; signs and shape stay."""

    sheet: Sheet
    draws: RandomDraws
    checks: Checks
    values: dict[str, float]
    left: int
    """Groups that may still be drawn."""

    def through(self, group: int) -> Iterator[None]:
        """Comes up whenever all checks of this group and those after it hold."""
        for _ in range(WIDTH if group else self.left):
            if not self.left:
                return
            self.left -= 1
            if self._drawn(group) and all(c.apart(self.values) for c in self.checks.steps[group]):
                if group + 1 == self.sheet.groups:
                    yield
                else:
                    yield from self.through(group + 1)

    def _drawn(self, group: int) -> bool:
        if not self.sheet.draw(group, self.draws):
            return False
        self.values.update(self.sheet.given)
        for name, tree in self.checks.worked[group]:
            self.values[name] = evaluate(tree, self.values)
        return True
