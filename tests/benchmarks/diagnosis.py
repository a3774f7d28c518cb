"""The bars of diagnosis, measured on a simulated learner: `python -m tests.benchmarks.diagnosis`.

Options: a number of networks (default 60), a seed, and -v for examples of what was missed.
"""

from __future__ import annotations

import random
import sys
from statistics import quantiles

from tests.benchmarks.diagnosis_bars import (
    DRAWS,
    Tally,
    chance,
    others,
    rounding_paths,
    single,
)
from tests.benchmarks.diagnosis_pairs import report
from tests.benchmarks.diagnosis_timing import timings


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    verbose = "-v" in sys.argv
    rows: list[tuple[str, str, Tally]] = [
        ("single mistakes named first", "≥ 98 %", single(count, seed)),
        ("the same from rounded values", "≥ 98 %", single(count, seed + 5, held="rounded")),
        ("the same, earlier value wrong", "≥ 95 %", single(count, seed + 1, wrong_earlier=True)),
        ("another step's value named first", "", others(count, seed + 2)),
    ]
    paths, widths = rounding_paths(count, seed + 4)
    rows.append(("right answers accepted", "100 %", paths))
    for name, bar, tally in rows:
        print(
            f"{name:36} {bar:8} {tally.share:7.2f} %  of {tally.all:6}"
            f"  (and told: {100 * tally.verdict / max(1, tally.all):.1f} %)"
            + (f"  missed: {tally.missed.most_common(6)}" if tally.right < tally.all else "")
        )
        if verbose:
            print(
                *(
                    "      " + e
                    for e in random.Random(0).sample(tally.examples, min(14, len(tally.examples)))
                ),
                sep="\n",
            )
    report(count, seed + 3)
    for name, draw in DRAWS.items():
        general, lesson = chance(max(10, count // 3), seed + 6, draw)
        print(
            f"chance numbers accused, {name:32} ≤ 3 %  {100 - general.share:5.2f} %"
            f"  on the lesson {100 - lesson.share:5.2f} %"
            + (f"  {lesson.missed.most_common(4)}" if verbose else "")
        )
    q = quantiles(widths, n=100)
    print(
        f"right interval in units of the last asked decimal: median {q[49]:.2f}, "
        f"90 % {q[89]:.2f}, 99 % {q[98]:.2f}, widest {max(widths):.1f}"
    )
    for line in timings():
        print(line)


if __name__ == "__main__":
    main()
