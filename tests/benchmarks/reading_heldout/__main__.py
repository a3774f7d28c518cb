"""The table: `python -m tests.benchmarks.reading_heldout [texts] [seed ...]`."""

from __future__ import annotations

import sys
from random import Random

from tests.benchmarks.reading_heldout.judging import Tally, drawn

COLUMNS = ("right", "refused", "misread", "refused rightly", "read wrongly")


def main(arguments: list[str]) -> None:
    """Prints counts by kind of text, and examples of what is not as it should be."""
    count = int(arguments[0]) if arguments else 20_000
    seeds = [int(seed) for seed in arguments[1:]] or [1]
    all_of_it = Tally()
    for seed in seeds:
        for typed in drawn(Random(seed), count):
            all_of_it.add(typed)
    print(f"{count} texts for each of the seeds {', '.join(map(str, seeds))}")
    print(f"{'':22}" + "".join(f"{column:>17}" for column in COLUMNS))
    for group in sorted({group for group, _ in all_of_it.counts}):
        row = (all_of_it.counts[group, column] for column in COLUMNS)
        print(f"{group:22}" + "".join(f"{n or '':>17}" for n in row))
    print(f"read right, of those with one meaning: {all_of_it.read_share:.2%}")
    print(f"silently misread: {len(all_of_it.silent)}")
    print(f"read right from what is not plain figures, without an echo: {len(all_of_it.unechoed)}")
    rng = Random(0)
    groups = all_of_it.others | {"without echo": all_of_it.unechoed}
    for how, texts in groups.items():
        print(f"\n{how}, for example")
        for typed in rng.sample(texts, min(40, len(texts))):
            print(f"  {typed.kind:20} {typed.text[:90]!r} is {typed.value}")


if __name__ == "__main__":
    main(sys.argv[1:])
