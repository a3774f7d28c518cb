"""`make bench`: every benchmark, one after the other, each in a process of its own.

Or some: `python -m tests.benchmarks store throughput`. All of them take about ten minutes, on a
computer that does nothing else.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time

BENCHMARKS = {
    "engine": "the milliseconds of a trace, by the size of the network",
    "reading": "how long reading an answer takes, and the slowest of hostile texts",
    "reading_heldout": "answers as people write them, none of which the reader was made for",
    "heard": "what learners of each language type, taken as it is meant",
    "diagnosis": "wrong answers named, right ones accepted, each beside its bar",
    "truth": "sentences of the feedback that are false of the page they answer",
    "training": "how fast and how well the network learns",
    "turns": "CPU of one turn of the conversation, without Telegram or a database",
    "languages": "memory, start and turns of every language, beside English alone",
    "store": "what a turn costs in the database, by how many learners are stored",
    "startup": "how long a start takes, until the bot is ready and has answered",
    "course": "/stats with a million learners, and what turns wait meanwhile",
    "classes": "a teacher's overview with a thousand classes, and what turns wait meanwhile",
    "throughput": "the whole bot against two libraries' echo bots; steady load, with sheets",
    "sending_broken": "what is unanswered or said twice while connections break",
    "sending_outage": "5,000 chats that wait after an outage, and how many sends are refused",
    "burst": "what fifty learners at once cost another one",
    "throughput_idle": "the memory of learners who are quiet",
}


def main() -> int:
    """Runs them all; the exit code is that of the first that failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}")
    names, failed, began = parser.parse_args().names or list(BENCHMARKS), 0, time.perf_counter()
    for name in names:
        at = time.perf_counter()
        print(f"\n== {name}: {BENCHMARKS.get(name, 'see its docstring')} ==", flush=True)
        done = subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}"], check=False)
        print(f"({time.perf_counter() - at:.0f} s)", flush=True)
        failed = failed or done.returncode
    print(f"\n{time.perf_counter() - began:.0f} s in all")
    return failed


if __name__ == "__main__":
    sys.exit(main())
