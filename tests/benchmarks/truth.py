"""False sentences about a learner's own page: `python -m tests.benchmarks.truth [count] [seed]`.

Simulated learners write whole lines; every sentence of the tutor's answer is judged by code that
does not know the tutor's rules (tests/truth). With --strict a sentence also counts as false that
misses what stands on the page, though the page's result does not follow from it: “not yet squared”
of `(1 − 0.563)² = 0.437`.
"""

from __future__ import annotations

import sys

from tests.truth.survey import survey


def main() -> None:
    strict = "--strict" in sys.argv
    numbers = [int(argument) for argument in sys.argv[1:] if argument != "--strict"]
    count, seed = (*numbers, *(5000, 1)[len(numbers) :])
    print(survey(count, seed, strict=strict).report())


if __name__ == "__main__":
    main()
