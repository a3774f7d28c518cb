"""What the throughput benchmark prints, each figure beside its bar."""

from __future__ import annotations

from statistics import median

from tests.benchmarks.throughput_load import SHARE, Loaded, Sustained, p50_p99_ms
from tests.benchmarks.throughput_rounds import Burst, Entry, Spread, paired

START_BAR_S = 1.5
P99_BAR_MS = 250
FEW = 0.1
"""How much of the core others may take before figures that take time are not worth much."""
OF_ECHO = "the bar is the echo itself, × 1: CPU at most, turns/s at least"


def rounds(entries: list[Entry], uses: dict[str, str], *, heading: bool = True) -> None:
    """Medians of the rounds, a line for each bot."""
    if heading:
        print(
            f"{'medians':<28}turns/s  CPU ms  others  alone p50/p99 ms"
            f"  at {SHARE:.0%} p50/p99 ms (bar ≤ {P99_BAR_MS})   MB"
            f"  start s (bar ≤ {START_BAR_S:g})  uses"
        )
    for one in entries:
        p50, p99 = p50_p99_ms(one.alone)
        rate, cpu_ms, others = one.median()
        print(
            f"{one.name:<28}{rate:7.0f}{cpu_ms:8.3f}{others:8.0%}{p50:10.1f}{p99:8.1f}"
            f"{_met(one):>31}{one.bots.resident_mb():5.0f}{one.start_s:9.2f}{'':13}{uses[one.name]}",
            flush=True,
        )


def _met(one: Entry) -> str:
    """Of the rounds' middle and slow answers under load, the medians, and the slowest round."""
    if not one.met:
        return ""
    p50s, p99s = zip(*map(p50_p99_ms, one.met), strict=True)
    return f"{median(p50s):.0f}/{median(p99s):.0f} (at most {max(p99s):.0f})"


def disturbed(others: float) -> None:
    """Says so where other programs took much of the bots' core."""
    if others > FEW:
        print(
            f"! others took {others:.0%} of the core: turns/s and waiting times are those of a"
            " busy computer; CPU still compares",
            flush=True,
        )


def multiples(entries: list[Entry]) -> None:
    """Each of our bots as multiples of each echo, within each round."""
    disturbed(max((one.median().others for one in entries), default=0))
    echoes = [one for one in entries if not one.name.startswith("ours")]
    ours = [one for one in entries if one.name.startswith("ours")]
    if not echoes or not ours:
        return
    print(f"within each round, median [least to most]; {OF_ECHO}")
    for one in ours:
        for echo in echoes:
            rate, cpu = paired(one.bursts, echo.bursts)
            print(f"{one.name:<28}of {echo.name:<16} CPU × {cpu}   turns/s × {rate}", flush=True)


def load(
    name: str,
    share: float,
    kept_up: Sustained,
    met: Loaded,
    against: dict[str, tuple[Spread, Spread]],
    *,
    plain: Burst,
) -> None:
    """One bot under steady load; `plain` is what it sustained without sheets."""
    rate, cpu_ms, others = kept_up.done
    mix = f"{share:.1%} of the turns are sheets, drawn on the same core" if share else "no sheets"
    print(f"\n-- {name} under steady load: {mix} --")
    print(
        f"sustained for {kept_up.seconds:g} s  {rate:5.0f} turns/s"
        f"   CPU a turn: {cpu_ms:.3f} ms"
        f"   (others took {others:.0%} of the core)"
    )
    if share:
        print(
            f"                    {kept_up.sheets} sheets, {kept_up.waiting[0]} waiting when it"
            f" began and {kept_up.waiting[1]} at the end;"
            f" {(cpu_ms - plain.cpu_ms) / share:.0f} ms CPU a sheet"
        )
        kept = f"{rate / plain.rate:.0%} of the turns/s without sheets (bar ≥ 60 %)"
        print(f"                    {kept}")
    for echo, (_, cpu) in against.items():
        print(f"of {echo:<16} CPU × {cpu}")
    p50, p99 = p50_p99_ms(met.turns)
    print(
        f"at {SHARE:.0%} of that      {met.asked:5.0f} turns/s"
        f"   all but sheets: p50 {p50:.1f} ms, p99 {p99:.1f} ms ({len(met.turns):,} turns;"
        f" the core was {met.busy:.0%} busy, with others {met.busy + met.done.others:.0%})"
    )
    if share:
        p50, p99 = p50_p99_ms(met.sheets)
        print(
            f"                    until a sheet has come: p50 {p50:.0f} ms, p99 {p99:.0f} ms"
            f" ({len(met.sheets)} sheets)"
        )
    if met.left:
        print(f"                    {met.left} learners were still waiting when it was ended")
    disturbed(max(others, met.done.others))
