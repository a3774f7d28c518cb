"""Verdicts in processes that order sets differently."""

from __future__ import annotations

import os
import subprocess
import sys

JUDGING = """
from engine.diagnosis import diagnose
from engine.network import Network
from engine.spoken import read_answer
from engine.trace import trace
network = Network.from_data({"inputs": ["x1", "x2"], "layers": [
    [{"name": "H1", "activation": "relu", "weights": {"w11": 0.4, "w12": -0.3}},
     {"name": "H2", "activation": "relu", "bias": 0.1, "weights": {"w21": -0.5, "w22": 0.8}}],
    [{"name": "O", "activation": "sigmoid", "weights": {"wO1": 0.6, "wO2": 0.9}}]]})
found = trace(network, {"x1": 0.6, "x2": 0.7}, 1.0)
earlier = {"H1.sum": 0.05, "H2.sum": 0.3}
said = diagnose(found, "O.sum", read_answer(found, "O.sum", "0.03", earlier), earlier)
print(said.kind, [[(one.id, one.where) for one in c.mistakes] for c in said.candidates])
"""


def test_a_verdict_does_not_hang_on_how_sets_are_ordered() -> None:
    """The same answer after the same earlier ones is judged alike under every hash seed."""
    judged = {
        subprocess.run(
            [sys.executable, "-c", JUDGING], env=os.environ | {"PYTHONHASHSEED": str(seed)},
            check=True, capture_output=True, text=True,
        ).stdout.strip()
        for seed in range(8)
    }  # fmt: skip
    assert len(judged) == 1, judged
    assert "missing_term" in judged.pop()
