"""`python -m content practice`: fresh problems from a seed, with every foreseen wrong answer."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator
from typing import BinaryIO, TextIO

from content.book import Book
from content.commands import lines as json_lines
from content.commands.command import Command, Refused
from content.commands.words import load_words_of, names_in
from content.paper.words import headings
from engine.decimals import number_text, short_text
from engine.mistakes import MISTAKES
from engine.practice import (
    EASIEST,
    FULL_TRACE,
    HARDEST,
    LADDER,
    SKILLS,
    Problem,
    draw,
    draw_full,
    foreseen,
    needed,
)
from engine.trace import Trace

RUNGS = ", ".join(f"{number} {rung.brings}" for number, rung in enumerate(LADDER, EASIEST))

SKILL_LIST = textwrap.fill(f"The skills: {', '.join(SKILLS)}.", 100)
RUNG_LIST = textwrap.fill(f"The difficulties: {RUNGS}.", 100)

DETAILS = f"""\
Draws a network with an example on which each modelled mistake can be told from the right answer and
from every other. The same seed gives the same problem on every computer.

Without --skill a whole training step is asked.
{SKILL_LIST}
{RUNG_LIST}
Where a skill does not come up at a difficulty, the nearest where it does is taken.

With --mistakes every wrong answer that can be foreseen stands under its step, with the mistake and
the place. With --jsonl each problem is one line: {{"seed", "skill", "difficulty", "mistake",
"network", "inputs", "target", "learning_rate", "told", "asked": [{{"id", "value", "places"}}, ...],
"distinguishable"}}. "told" are the earlier values it is worked from; with --mistakes each step has
"mistakes": [{{"value", "made": [{{"id", "where"}}, ...]}}, ...]. Such a line can be given to
`trace --jsonl` as it is."""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--skill", choices=SKILLS, metavar="SKILL", help="as in weighted_sum")
    parser.add_argument(
        "--difficulty", metavar="NUMBER", type=int, default=EASIEST, help="from 1 to 7"
    )
    parser.add_argument("--seed", metavar="TEXT", default="1", help="any text; 1 if left out")
    parser.add_argument("--count", metavar="NUMBER", type=int, default=1, help="how many problems")
    parser.add_argument("--mistake", metavar="ID", default="", help="give occasion for this one")
    parser.add_argument("--mistakes", action="store_true", help="show the foreseen wrong answers")
    parser.add_argument("--jsonl", action="store_true", help="JSON lines instead of text")
    parser.add_argument("--language", default="en", help="of words and numbers (%(default)s)")


def _run(options: argparse.Namespace, lines: BinaryIO, out: TextIO) -> None:
    del lines
    if not EASIEST <= options.difficulty <= HARDEST:
        raise Refused(f"--difficulty: needs {EASIEST} to {HARDEST}, not {options.difficulty}")
    if options.count < 1:
        raise Refused(f"--count: needs 1 or more, not {options.count}")
    if options.mistake and options.mistake not in MISTAKES:
        raise Refused(f"--mistake: {options.mistake!r} is none; they are {', '.join(MISTAKES)}")
    if options.mistake and not options.skill:
        raise Refused("--mistake: needs --skill, the one it shall happen at")
    book = load_words_of(options.language)
    for number in range(1, options.count + 1):
        problem = _drawn(options, number)
        if options.jsonl:
            json_lines.write(out, _data(problem, mistakes=options.mistakes))
        else:
            text = "\n".join(_text(problem, book, mistakes=options.mistakes))
            print(book.numbers.turned(text), file=out, flush=True)


def _drawn(options: argparse.Namespace, number: int) -> Problem:
    """One of the problems: the first has the seed itself, the others count on from it."""
    seed = options.seed if number == 1 else f"{options.seed}/{number}"
    if options.skill is None:
        return draw_full(seed, options.difficulty)
    return draw(seed, options.skill, options.difficulty, options.mistake)


def _data(problem: Problem, *, mistakes: bool) -> dict[str, object]:
    step = problem.traced()
    return {
        "seed": problem.seed,
        "skill": problem.skill,
        "difficulty": problem.difficulty,
        "mistake": problem.mistake,
        "network": problem.network.to_data(),
        "inputs": dict(zip(problem.network.inputs, problem.inputs, strict=True)),
        "target": problem.target,
        "learning_rate": problem.learning_rate,
        "told": {name: step[name].value for name in needed(step, problem.asked)},
        "asked": [_asked(step, name, mistakes=mistakes) for name in problem.asked],
        "distinguishable": problem.distinguishable,
    }


def _asked(step: Trace, name: str, *, mistakes: bool) -> dict[str, object]:
    quantity = step[name]
    is_word = quantity.kind == "direction"
    data: dict[str, object] = {
        "id": name,
        "value": quantity.text if is_word else quantity.value,
        "places": quantity.places,
    }
    if mistakes and not is_word:
        data["mistakes"] = [
            {
                "value": wrong.value,
                "made": [{"id": mistake, "where": where} for mistake, where in wrong.made],
            }
            for wrong in foreseen(step, name)
        ]
    return data


def _text(problem: Problem, book: Book, *, mistakes: bool) -> Iterator[str]:
    step, words = problem.traced(names_in(book)), headings(book)
    what = words.whole() if problem.skill == FULL_TRACE else problem.skill
    rung = LADDER[problem.difficulty - EASIEST].brings
    difficulty, seed = str(problem.difficulty), book.numbers.kept(problem.seed)
    yield words.problem(skill=what, difficulty=difficulty, brings=rung, seed=seed)
    if not problem.distinguishable:
        yield f"  {words.doubtful()}"
    targets = [name for name in step.given if name.startswith("target")]
    yield _line(words.example(), step, [*problem.network.inputs, *targets, "learning_rate"])
    for neuron in problem.network.neurons():
        names = [name for name, _ in neuron.weights]
        names += [f"{neuron.name}.bias"] if neuron.bias else []
        yield _line(f"{neuron.name}  {neuron.activation}", step, names)
    told = needed(step, problem.asked)
    if told:
        texts = (f"{step.symbol(name)} = {step[name].text}" for name in told)
        yield f"  {words.worked_from():<14}{'   '.join(texts)}"
    yield ""
    wide = max(map(len, problem.asked))
    for name in problem.asked:
        yield f"  {name:<{wide}}  {step.formula(name)} = {step.substituted(name)}"
        yield f"  {'':<{wide}}  {step.working(name)[-1]}"
        if mistakes and step[name].kind != "direction":
            for wrong in sorted(foreseen(step, name), key=lambda wrong: wrong.value):
                made = ", ".join(f"{mistake} ({where})" for mistake, where in wrong.made)
                yield f"  {'':<{wide}}  {number_text(wrong.value, 4, exact=True):>9}  {made}"
    yield ""


def _line(title: str, step: Trace, names: list[str]) -> str:
    texts = (f"{name} = {short_text(step.given[name], 12)[0]}" for name in names)
    return f"  {title:<14}{'   '.join(texts)}"


COMMAND = Command(
    name="practice",
    help="fresh problems, with every foreseen wrong answer",
    options=_options,
    run=_run,
    details=DETAILS,
)
