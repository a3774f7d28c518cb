"""How much of what others wrote for each language is taken as it is meant.

    python -m tests.benchmarks.heard [LANGUAGE ...]

The lines stand in `tests/bot/dialogue/heard`; each that is not right is printed.
"""

from __future__ import annotations

import sys

from tests.bot.dialogue.hearing import heard_in, languages


def main(chosen: list[str]) -> None:
    """Prints a line for each language, and one for each text that was not taken as meant."""
    for language in chosen or languages():
        every = list(heard_in(language))
        wrong = [one for one in every if not one.is_right]
        misread = sum(one.is_misread for one in wrong)
        share = 100 * (1 - len(wrong) / max(1, len(every)))
        print(f"{language}: {share:.1f} % of {len(every)} right, {misread} misread")
        for one in wrong:
            mark = "MISREAD " if one.is_misread else ""
            print(f"    {mark}{one.where} | {one.typed} | {one.meant}: {one.taken}")


if __name__ == "__main__":
    main(sys.argv[1:])
