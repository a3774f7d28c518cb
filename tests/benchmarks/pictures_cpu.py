"""What a picture takes of a core once the drawing process is warm: `python -m …pictures_cpu`.

The same code in this process, by the time the processor spent, whoever else it served meanwhile.
"""

from __future__ import annotations

import random
import time
from dataclasses import replace
from statistics import median

import matplotlib

from bot.pictures.drawing import drawings
from bot.pictures.requests import Diagram, Request
from tests.bot.pictures.requests import full_diagram, learning, random_network, sheet
from tests.fakes.words import LABELS

ROUNDS, WARM = 25, 3


def taken() -> None:
    """Prints the medians."""
    matplotlib.rcdefaults()
    kinds: dict[str, Request] = {
        "the lesson's diagram, all on it": full_diagram(),
        "the largest diagram": Diagram(
            random_network(random.Random(1), [6, 6, 6, 6, 6]), labels=LABELS
        ),
        "what it has learnt": learning(5000),
        "the trace sheet, PNG and PDF": sheet(),
    }
    for name, request in kinds.items():
        spent, sizes = [], ""
        for number in range(WARM + ROUNDS):
            one = replace(request, title=f"picture {number}")
            began = time.process_time()
            pictures = drawings(one)
            spent.append(1000 * (time.process_time() - began))
            sizes = " + ".join(f"{len(picture):,}" for picture in pictures)
        print(
            f"{name:32} {median(spent[WARM:]):6.0f} ms of a core (the first {spent[0]:.0f}), "
            f"{sizes} bytes"
        )


if __name__ == "__main__":
    taken()
