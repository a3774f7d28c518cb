"""What all tests share."""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import settings

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else every 429 is a deprecation warning
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")

WITH_PROGRAMS = ("process", "browser")
"""The marks of tests that start programs beside the test, and mostly wait for them."""


def pytest_collection() -> None:
    """Nothing is thrown away while tests are gathered: looking for it takes a quarter of that."""
    gc.disable()


def pytest_collection_finish() -> None:
    """What stays to the end is not looked through again and again."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: the process with the programs mostly waits for them."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What starts programs comes first: so the first of several processes has nearly all of it."""
    items.sort(key=lambda item: not any(map(item.get_closest_marker, WITH_PROGRAMS)))
