"""No sentence of the tutor's is false of the page that it answers."""

from __future__ import annotations

import pytest

from tests.truth.survey import survey


@pytest.mark.parametrize("seed", [11, 12])
def test_no_sentence_is_false_of_the_learner_s_own_page(seed: int) -> None:
    """Several hundred worked answers, right and wrong in every way, judged without the rules.

    `python -m tests.benchmarks.truth` does the same with 5,000.
    """
    found = survey(400, seed)
    assert found.judged > 200
    assert not found.false, found.report()
