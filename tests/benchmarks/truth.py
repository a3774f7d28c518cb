"""False sentences about a learner's own page: `python -m tests.benchmarks.truth [count] [seed]`.

Simulated learners write whole lines; every sentence of the tutor's answer is judged by code that
does not know the tutor's rules (tests/truth).
"""

from __future__ import annotations

import sys

from tests.truth.survey import survey


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    print(survey(count, seed).report())


if __name__ == "__main__":
    main()
