"""Networks of one's own for tests, and what is said of those that cannot be used."""

from __future__ import annotations

import re

import pytest

from content.own_network import read_own, what_is_wrong
from content.own_network_errors import OwnError
from engine.network import NetworkError
from tests.lesson import BOOK

FRIENDLY = """x1=0.6 x2=0.7
H1 relu 0.4 -0.3
H2 relu -0.5 0.8 bias 0.1
O sigmoid 0.6 0.9
target 1
rate 0.32"""


def told(error: NetworkError) -> str:
    """What the learner sees, without markup."""
    return re.sub("<[^>]*>", "", what_is_wrong(error, BOOK))


def refused(text: str) -> str:
    """What is said of a network that cannot be used, as HTML with its tags left out."""
    with pytest.raises(OwnError) as caught:
        read_own(text)
    return told(caught.value)
