"""What the audit makes of pip-audit's answers."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from tests import audit as module
from tests.audit import audit, judged

FOUND = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["1.2"]}
BAD: dict[str, Any] = {"name": "bad", "version": "1.1", "vulns": [FOUND]}
GOOD: dict[str, Any] = {"name": "good", "version": "1", "vulns": []}
UNKNOWN: dict[str, Any] = {"name": "new", "skip_reason": "Dependency not found on PyPI"}


def report(*packages: dict[str, Any]) -> dict[str, Any]:
    """A report about some packages."""
    return {"dependencies": list(packages), "fixes": []}


def test_a_vulnerability_fails_the_build() -> None:
    """It is named, with what mends it."""
    outcome = judged(report(GOOD, BAD), {})
    assert outcome.failed
    assert outcome.said[0] == "audit: bad 1.1: PYSEC-1, fixed in 1.2"


@pytest.mark.parametrize("name", ["PYSEC-1", "CVE-1"])
def test_one_with_a_reason_does_not(name: str) -> None:
    """By any of its names; the reason is said each time."""
    outcome = judged(report(BAD), {name: "it is never called"})
    assert not outcome.failed
    assert "accepted: it is never called" in outcome.said[0]


def test_a_reason_for_nothing_fails() -> None:
    """Else the list would only grow."""
    assert judged(report(GOOD), {"CVE-9": "once upon a time"}).failed


def test_an_index_that_knows_nothing_is_not_a_clean_bill() -> None:
    """It is called skipped; where only some are unknown, they are named."""
    outcome = judged(report(UNKNOWN, UNKNOWN), {})
    assert not outcome.failed
    assert outcome.said == ("audit: skipped, since the index here has no vulnerability data",)
    assert "audit: nothing is known of new" in judged(report(GOOD, UNKNOWN), {}).said


@pytest.mark.parametrize(
    ("program", "said", "failed"),
    [
        ("import time; time.sleep(60)", "nobody answered within 0.5 s", False),
        ("raise ConnectionError('no route')", "cannot be reached", False),
        ("raise SystemError('broken')", "pip-audit failed: SystemError: broken", True),
        (f"print({json.dumps(json.dumps(report(BAD)))})", "PYSEC-1", True),
    ],
    ids=["silent", "away", "broken", "found"],
)
def test_each_way_it_may_go(program: str, said: str, failed: bool) -> None:
    """Who cannot be reached is skipped with a word; what is broken or found fails."""
    patience_s = 0.5 if "sleep" in program else module.PATIENCE_S
    outcome = audit([sys.executable, "-c", program], patience_s)
    assert said in outcome.said[0]
    assert outcome.failed is failed


def test_every_pinned_version_is_looked_up() -> None:
    """The file that `make setup` installs from, which names exact versions only."""
    lines = module.PINNED.read_text().splitlines()
    assert all("==" in line for line in lines if line and not line.startswith("#"))
