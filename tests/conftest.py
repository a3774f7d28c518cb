"""What all tests share."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else every 429 is a deprecation warning
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")

ONE_AT_A_TIME = ("process", "browser")
"""Tests with these marks start programs beside the test, so no two of them run at once."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where tests run in several processes, those that start programs share one, from the start."""
    programs = [
        item for item in items if any(item.get_closest_marker(mark) for mark in ONE_AT_A_TIME)
    ]
    for item in programs:
        item.add_marker(pytest.mark.xdist_group("programs"))
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)
