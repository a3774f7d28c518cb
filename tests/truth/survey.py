"""Many answers judged: how many sentences were false, and how often a mistake was named."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from tests.truth.facts import Numbers
from tests.truth.judge import Falsehood, falsehoods
from tests.truth.learner import Worked, answer
from tests.truth.network import Case, random_case, worksheets
from tests.truth.tutor import Said, Tutor, lesson_cases

PER_NETWORK = 20
"""Answers to one network, before the next is drawn."""


@dataclass
class Survey:
    """The tally."""

    answers: int = 0
    judged: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    simulated: Counter[str] = field(default_factory=Counter)
    """Wrong answers by what was simulated: `named`, and `named rightly` of those."""
    table: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """The same for each mistake."""
    false: dict[tuple[str, str], list[tuple[Worked, Said, Falsehood]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, worked: Worked, said: Said, found: list[Falsehood]) -> None:
        """Counts one answer with what was false in what was said to it."""
        self.answers += 1
        self.judged += bool(said.sentence)
        self.verdicts[said.verdict] += 1
        if worked.made not in ("right", "unknown") and worked.finished:
            wrong = said.verdict not in ("correct", "carried_forward")
            self.simulated["wrong"] += wrong
            self.simulated["named rightly"] += wrong and worked.made in {
                m for m, _ in said.mistakes
            }
            self.simulated["unexplained"] += said.verdict == "unexplained"
            self.table[worked.made]["of"] += wrong
            self.table[worked.made]["named"] += wrong and worked.made in {
                m for m, _ in said.mistakes
            }
            self.table[worked.made][said.verdict] += wrong
        for one in found:
            why = " ".join(
                "#" if any(c.isdigit() for c in word) else word for word in one.why.split()
            )
            self.false[one.claim, why].append((worked, said, one))

    def report(self) -> str:
        """The tally in words, every kind of falsehood with its shortest example."""
        wrong = max(1, self.simulated["wrong"])
        total = sum(len(found) for found in self.false.values())
        lines = [
            f"{self.answers} answers, {self.judged} sentences judged, {total} false",
            f"verdicts: {dict(self.verdicts.most_common())}",
            (
                f"of {wrong} answers with one mistake or slip: named rightly "
                f"{100 * self.simulated['named rightly'] / wrong:.1f} %, "
                f"unexplained {100 * self.simulated['unexplained'] / wrong:.1f} %"
            ),
        ]
        lines += [f"    {made:28} {dict(counts)}" for made, counts in sorted(self.table.items())]
        for (claim, why), found in sorted(self.false.items(), key=lambda item: -len(item[1])):
            worked, said, one = min(found, key=lambda f: len(f[0].typed))
            lines += [
                "",
                f"{len(found)} × {claim}: {why}",
                (
                    f"    {worked.case.label} · {worked.quantity} · own {dict(worked.own)}"
                    f" · {worked.made}"
                ),
                f"    typed {worked.typed!r}",
                f"    {said.verdict} {said.mistakes}: {said.sentence}",
                f"    why false: {one.why}",
            ]
        return "\n".join(lines)


def cases(seed: int, count: int) -> list[Case]:
    """The lesson's examples and the worksheets, then as many random networks."""
    return [
        *lesson_cases(),
        *worksheets(),
        *(
            random_case(random.Random(seed * 1_000_003 + at), f"random {seed}:{at}")
            for at in range(count)
        ),
    ]


def survey(count: int, seed: int, *, strict: bool = False) -> Survey:
    """So many answers, all to the same networks for the same seed."""
    tally, rng = Survey(), random.Random(seed)
    networks = cases(seed, max(1, count // PER_NETWORK))
    for case in networks:
        tutor = Tutor(case)
        numbers = Numbers(case, tutor.places)
        for _ in range(-(-count // len(networks))):
            step = case.steps[rng.choice(list(case.steps))]
            worked = answer(case, step, tutor.places, tutor.spoken, rng)
            try:
                said = tutor.judge(worked.quantity, worked.typed, worked.own)
            except (ArithmeticError, ValueError, AssertionError) as error:
                tally.add(worked, Said("crash", (), (), ""), [Falsehood("crash", repr(error))])
                continue
            found = falsehoods(worked, said, numbers)
            if strict and not found:
                found = falsehoods(worked, said, numbers, strict=True)
            tally.add(worked, said, found)
    return tally
