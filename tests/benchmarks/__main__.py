"""`make bench`: every benchmark, one after the other, each in a process of its own.

Or some: `python -m tests.benchmarks store throughput`. It takes about ten minutes.
"""

from __future__ import annotations

import subprocess
import sys
import time

BENCHMARKS = (
    "engine",
    "reading",
    "reading_heldout",
    "diagnosis",
    "training",
    "turns",
    "store",
    "course",
    "throughput",
)


def main() -> int:
    """Runs them all; the exit code is that of the first that failed."""
    failed = 0
    for name in sys.argv[1:] or BENCHMARKS:
        print(f"\n== {name} ==", flush=True)
        began = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}"], check=False)
        print(f"({time.perf_counter() - began:.0f} s)", flush=True)
        failed = failed or done.returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
