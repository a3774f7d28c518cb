"""Known vulnerabilities in the pinned versions: `python -m tests.audit`, a part of `make test`.

One that is found fails the build, unless `ACCEPTED` gives a reason for living with it. Where nobody
who knows can be reached, it says so in one line and passes, in CI too: whether that service is up
is not this project's doing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PINNED = Path(__file__).parents[1] / "constraints.txt"
PATIENCE_S = 30.0

ACCEPTED: dict[str, str] = {}
"""Why a vulnerability does not matter here, by its id."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it."""

    said: tuple[str, ...]
    failed: bool = False


def judged(report: dict[str, Any], accepted: dict[str, str]) -> Outcome:
    """What a report of pip-audit's comes to.

    Args:
        report: its JSON.
        accepted: reasons by id, for vulnerabilities to live with.
    """
    packages = report["dependencies"]
    unknown = [one["name"] for one in packages if "skip_reason" in one]
    if len(unknown) == len(packages):
        return Outcome(("audit: skipped, since the index here has no vulnerability data",))
    said, failed, met = [], False, set()
    for one in packages:
        for found in one.get("vulns", ()):
            names = {found["id"], *found.get("aliases", ())}
            met |= names
            reason = next((accepted[name] for name in sorted(names) if name in accepted), None)
            fixed = ", ".join(found.get("fix_versions", ())) or "no version yet"
            line = f"{one['name']} {one['version']}: {found['id']}, fixed in {fixed}"
            said.append(f"audit: {line}" + (f"; accepted: {reason}" if reason else ""))
            failed = failed or reason is None
    if stale := sorted(accepted.keys() - met):
        said.append(f"audit: accepted and not found any more: {', '.join(stale)}")
        failed = True
    if unknown:
        said.append(f"audit: nothing is known of {', '.join(unknown)}")
    said.append(f"audit: {len(packages) - len(unknown)} packages looked up")
    return Outcome(tuple(said), failed)


def audit(command: list[str], patience_s: float = PATIENCE_S) -> Outcome:
    """Runs pip-audit on the pinned versions.

    Args:
        command: what starts it.
        patience_s: how long it may take.
    """
    asked = ["--requirement", str(PINNED), "--no-deps", "--disable-pip", "--format", "json"]
    asked += ["--progress-spinner", "off", "--timeout", "10"]
    try:
        done = subprocess.run(
            [*command, *asked], capture_output=True, text=True, timeout=patience_s, check=False
        )
    except subprocess.TimeoutExpired:
        return Outcome((f"audit: skipped, since nobody answered within {patience_s:g} s",))
    try:
        report = json.loads(done.stdout)
    except json.JSONDecodeError:
        return _failed(done.stderr)
    return judged(report, ACCEPTED)


_AWAY = ("ConnectionError", "ConnectTimeout", "ReadTimeout", "ServiceError", "HTTPError")
"""What pip-audit's own words hold when the service could not be reached."""


def _failed(stderr: str) -> Outcome:
    """It made no report: the service's fault, or its own, which must not pass unnoticed."""
    last = (stderr.strip().splitlines() or ["without a word"])[-1]
    if any(name in stderr for name in _AWAY):
        return Outcome(("audit: skipped, since the vulnerability service cannot be reached",))
    return Outcome((f"audit: pip-audit failed: {last}",), failed=True)


def main() -> int:
    """Audits and says so."""
    outcome = audit([sys.executable, "-m", "pip_audit"])
    sys.stdout.write("\n".join(outcome.said) + "\n")
    return int(outcome.failed)


if __name__ == "__main__":
    sys.exit(main())
