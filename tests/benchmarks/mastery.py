"""How well mastery tracks the truth, and what targeted practice is worth.

`python -m tests.benchmarks.mastery [learners]`

Simulated learners, whose knowledge, misconceptions and speed of learning are known, take 200 steps:
once as `bot.learning.choose` picks them, once at random. Their answers are typed as text and go
through the real reading and diagnosis. They are no people: what holds here is that the parts fit
together and which way an effect points, not how large it is in a classroom.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import mean, median

from bot.learning.choose import Choice, Why, choose, mastered
from bot.learning.mastery import MASTERED, Response, right_next
from bot.learning.practised import Answer, Practised
from engine.decimals import number_text
from engine.diagnosis import Diagnoser, Kind
from engine.practice import HARDEST, SKILLS, difficulty_of, draw, foreseen, possible, skill_of
from engine.reading import read
from engine.trace import Trace

STEPS, A_DAY = 200, 20
"""Steps of practice, and sets a day."""

HELD = (
    "dropped_sign", "added_before_multiplying", "left_to_right", "forgot_bias",
    "relu_kept_negative", "relu_absolute_value", "skipped_activation", "sigmoid_sign",
    "forgot_to_square", "doubled_instead_of_squared", "reversed_difference", "forgot_factor_two",
    "forgot_activation_slope", "forgot_weight_factor", "forgot_input_factor", "ignored_relu_gate",
    "stepped_uphill", "forgot_learning_rate", "gave_step_not_weight",
)  # fmt: skip
"""Misconceptions that a learner may come with."""

SLOW = 40
"""A misconception that stays for more steps than this after it showed was left alone."""

PERSISTS, SLIPS, GUESSES = 0.85, 0.08, 0.05


@dataclass
class Learner:
    """Somebody whose mind is known."""

    rng: random.Random
    knows: dict[str, bool] = field(default_factory=dict)
    holds: set[str] = field(default_factory=set)
    learns: float = 0.2
    shown: set[str] = field(default_factory=set)
    """Misconceptions that an answer came from."""
    unlearns: float = 0.3
    """How likely a misconception goes when it is named; a quarter of that when it is not."""

    def __post_init__(self) -> None:
        self.knows = {skill: self.rng.random() < 0.3 for skill in SKILLS}
        self.holds = set(self.rng.sample(HELD, 3))
        self.learns = self.rng.uniform(0.1, 0.35)
        self.unlearns = self.rng.uniform(0.15, 0.45)

    def can(self, skill: str, step: frozenset[str]) -> bool:
        """Whether the learner would do this step right, but for slips."""
        return self.knows[skill] and not self.holds & step

    def types(self, trace: Trace, name: str, skill: str) -> tuple[str, str]:
        """What is typed at a number step, and the misconception behind it."""
        quantity = trace[name]
        wrong = foreseen(trace, name)
        mine = [w for w in wrong if self.holds & {mistake for mistake, _ in w.made}]
        if mine and self.rng.random() < PERSISTS:
            chosen = self.rng.choice(mine)
            behind = min(self.holds & {mistake for mistake, _ in chosen.made})
            return _written(chosen.value, quantity.places), behind
        right = self.knows[skill] or self.rng.random() < GUESSES
        if right and self.rng.random() >= SLIPS:
            return _written(quantity.value, quantity.places), ""
        if self.rng.random() < 0.5 and wrong:
            return _written(self.rng.choice(wrong).value, quantity.places), ""
        return _written(quantity.value + self.rng.choice((-1, 1)) * 0.07, quantity.places), ""

    def hears(self, skill: str, behind: str, named: bool) -> None:
        """What feedback does."""
        if behind:
            self.shown.add(behind)
        if not self.knows[skill]:
            self.knows[skill] = self.rng.random() < self.learns
        if behind and self.rng.random() < self.unlearns * (1 if named else 0.25):
            self.holds.discard(behind)


def _written(value: float, places: int) -> str:
    return number_text(value, max(places, 3))


@dataclass
class Seen:
    """What came of one learner's practice."""

    estimates: list[tuple[float, bool]] = field(default_factory=list)
    """(mastery before a step, whether the learner could do it)."""
    expected: list[tuple[float, bool]] = field(default_factory=list)
    """(chance of a right answer before a step, whether it was right)."""
    gone_after: list[int] = field(default_factory=list)
    """Steps until each misconception had gone; `STEPS` if it never did."""
    gone_since: list[int] = field(default_factory=list)
    """The same, counted from the first answer that showed it; only those that showed."""
    mastered: int = 0
    able: int = 0
    named: list[bool] = field(default_factory=list)
    """For each step answered from a misconception, whether it was named."""


Policy = Callable[[Practised, datetime, random.Random], Choice]


def targeted(practised: Practised, now: datetime, rng: random.Random) -> Choice:
    del rng
    return choose(practised, now)


def at_random(practised: Practised, now: datetime, rng: random.Random) -> Choice:
    del practised, now
    skill = rng.choice(SKILLS)
    return Choice(skill, difficulty_of(skill, rng.randint(1, HARDEST)), Why.WEAKEST)


def practise(number: int, policy: Policy) -> Seen:
    """One learner's 200 steps; the same learner and the same dice for every policy."""
    rng = random.Random(number)
    learner, seen, practised = Learner(rng), Seen(), Practised()
    there = dict.fromkeys(sorted(learner.holds), STEPS)
    shown: dict[str, int] = {}
    now, steps = datetime(2026, 1, 5, 18, tzinfo=UTC), 0
    while steps < STEPS:
        choice = policy(practised, now, rng)
        seed = f"{number}/{practised.sets}"
        problem = draw(seed, choice.skill, choice.difficulty, choice.mistake)
        trace, answers = problem.traced(), list[Answer]()
        diagnoser = Diagnoser(trace)
        for name in problem.asked:
            answer = _answered(learner, trace, name, diagnoser, seen, practised)
            answers.append(answer)
            steps += 1
            for mistake in learner.shown:
                shown.setdefault(mistake, steps)
            for gone in [m for m, at in there.items() if at == STEPS and m not in learner.holds]:
                there[gone] = steps
        practised = practised.with_set(answers, now, now.date(), choice.mistake)
        now += timedelta(minutes=3) if practised.sets % A_DAY else timedelta(hours=23)
    seen.gone_after = list(there.values())
    seen.gone_since = [there[mistake] - at for mistake, at in shown.items()]
    seen.mastered = len(mastered(practised))
    seen.able = sum(learner.knows.values())
    return seen


def _answered(  # noqa: PLR0917
    learner: Learner,
    trace: Trace,
    name: str,
    diagnoser: Diagnoser,
    seen: Seen,
    practised: Practised,
) -> Answer:
    skill, occasion = skill_of(trace.network, name) or "", possible(trace, name)
    estimate = practised.skill(skill).known
    seen.estimates.append((estimate, learner.can(skill, occasion)))
    behind, made = "", list[str]()
    if trace[name].kind == "direction":
        turned = "stepped_uphill" in learner.holds & occasion
        right = not turned and (learner.knows[skill] or learner.rng.random() < 1 / 3)
        if turned:
            behind, made = "stepped_uphill", ["stepped_uphill"]
    else:
        typed, behind = learner.types(trace, name, skill)
        reading = read(typed)
        verdict = diagnoser.diagnose(name, reading)
        right = verdict.kind in (Kind.CORRECT, Kind.CARRIED_FORWARD)
        if verdict.kind is Kind.MISTAKE:
            made = [m.id for m in verdict.candidates[0].mistakes]
        if behind:
            seen.named.append(behind in made)
    seen.expected.append((right_next(skill, estimate), right))
    learner.hears(skill, behind, behind in made)
    outcome = Response.RIGHT if right else Response.WRONG
    return Answer(skill, outcome, tuple(dict.fromkeys(made)), occasion)


def auc(pairs: list[tuple[float, bool]]) -> float:
    """The chance that a step that could be done was estimated above one that could not."""
    yes = [value for value, truth in pairs if truth]
    no = sorted(value for value, truth in pairs if not truth)
    if not yes or not no:
        return float("nan")
    wins = sum((sum(n < y for n in no) + sum(n <= y for n in no)) / 2 for y in yes)
    return wins / (len(yes) * len(no))


def calibration(pairs: list[tuple[float, bool]]) -> tuple[float, list[tuple[float, float, int]]]:
    """The expected calibration error, and (said, came true, how many) by fifths."""
    rows, error = [], 0.0
    for low, high in pairwise([0, 0.2, 0.4, 0.6, 0.8, 1.01]):
        part = [(value, truth) for value, truth in pairs if low <= value < high]
        if part:
            said, true = mean(v for v, _ in part), mean(t for _, t in part)
            rows.append((said, true, len(part)))
            error += abs(said - true) * len(part) / len(pairs)
    return error, rows


def main() -> None:
    """Prints mastery against truth, and targeted against random practice."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    for label, policy in (("targeted", targeted), ("at random", at_random)):
        all_seen = [practise(number, policy) for number in range(count)]
        estimates = [pair for seen in all_seen for pair in seen.estimates]
        error, rows = calibration([pair for seen in all_seen for pair in seen.expected])
        gone = [at for seen in all_seen for at in seen.gone_after]
        since = [at for seen in all_seen for at in seen.gone_since]
        high = [truth for value, truth in estimates if value >= MASTERED]
        print(f"{label}: {count} learners, {STEPS} steps each")
        print(f"  mastery against truth: AUC {auc(estimates):.3f}; "
              f"of steps in mastered skills {mean(high):.0%} could be done")  # fmt: skip
        print(f"  chance of a right answer: calibration error {error:.3f}; said → came true: "
              + ", ".join(f"{s:.2f} → {t:.2f} ({n})" for s, t, n in rows))  # fmt: skip
        print(f"  misconceptions gone: {mean(at < STEPS for at in gone):.0%} of {len(gone)}, "
              f"median after {median(gone):.0f} steps, mean {mean(gone):.0f}; from when it "
              f"first showed: median {median(since):.0f}, mean {mean(since):.0f}, "
              f"{mean(at > SLOW for at in since):.0%} over {SLOW}")  # fmt: skip
        print(f"  named when made: {mean(n for s in all_seen for n in s.named):.1%}; skills known "
              f"at the end {mean(s.able for s in all_seen):.1f} of {len(SKILLS)}, "
              f"said mastered {mean(s.mastered for s in all_seen):.1f}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
