"""A class as its teacher is shown it: a picture and a list, what goes wrong, whom to remove."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bot.dialogue.class_asking import class_button, class_row
from bot.dialogue.class_data import ClassResults, Pupil, Result
from bot.dialogue.class_files import as_csv, as_json
from bot.dialogue.class_parts import due_title, part_title
from bot.dialogue.class_results import SKILL
from bot.dialogue.class_summary import counts, in_all, inside, sections, step_name
from bot.dialogue.effects import Button, ClassFile, ClassView, Purpose, Say, Show
from bot.dialogue.formatting import paragraphs
from bot.dialogue.localised import localised_one
from bot.dialogue.pictures import with_words
from bot.learning.mastery import MASTERED
from bot.pictures.requests import BarGroup, Bars, Cell, Grid
from content.book import Book
from content.templates import Html

SEVERAL = 2
"""So many at one step, at least, are worth telling."""
DRAWN = 40
"""So many pupils are drawn; a file has them all."""
LONGEST_LIST, LONGEST_MISTAKES = 2400, 1000
"""So many letters of a message the list has, and the mistakes; Telegram takes 4,096 in all."""
MOST_BUTTONS = 90
"""So many pupils have a button to be removed; Telegram takes 100 buttons."""
MOST_STEPS = 5
"""At so many steps common mistakes are told."""


def class_view(book: Book, asked: ClassView, found: ClassResults | None) -> Say | Show | ClassFile:
    """What a teacher asked for.

    Args:
        book: whose words.
        asked: what.
        found: the class; None where whoever asks does not teach it.
    """
    if found is None:
        return Say(book.classes.unknown())
    its_book = inside(book, found.about.part)
    what, _, pupil = asked.what.partition(" ")
    match what:
        case "csv" | "json":
            write = as_csv if what == "csv" else as_json
            caption = Say(book.classes.file_caption(name=found.about.name))
            caption = localised_one(caption, book.numbers)
            return ClassFile(f"class.{what}", write(its_book, found), caption.html)
        case "picture":
            said: Say | Show = _picture(its_book, found)
        case "remove":
            said = _removing(book, found, pupil)
        case _:
            said = Say(_list(its_book, found), _keyboard(book, found))
    return localised_one(said, book.numbers)


def _list(book: Book, found: ClassResults) -> str:
    words, about, pupils = book.classes, found.about, found.pupils
    part, due = part_title(book, about.part), due_title(book, about.due)
    head: str = words.overview(name=about.name, part=part, due=due)
    if not pupils:
        return paragraphs(head, words.nobody())
    done = sum(one.result.done for one in pupils)
    numbers = words.overview_counts(pupils=str(len(pupils)), done=str(done))
    lines = list(_fitting((_line(book, about.part, one) for one in pupils), LONGEST_LIST))
    if len(pupils) > len(lines):
        lines.append(words.more_pupils(count=str(len(pupils) - len(lines))))
    return paragraphs(
        f"{head}\n{numbers}", "\n".join(lines), _stuck(book, pupils), _mistakes(book, pupils)
    )


def _fitting(lines: Iterable[str], most: int) -> Iterator[str]:
    """The first lines that are no longer than so many letters together."""
    for line in lines:
        most -= len(line) + 1
        if most < 0:
            return
        yield line


def _line(book: Book, part: str, pupil: Pupil) -> str:
    words, one, name = book.classes, pupil.result, pupil.nickname
    if not one.begun:
        return words.pupil_new(nickname=name)
    if part.startswith(SKILL):
        known = f"{round(100 * one.known)}%" + (" ✓" if one.done else "")
        right, tries = str(one.right), str(one.tries)
        return words.pupil_skill(nickname=name, known=known, right=right, tries=tries)
    found = in_all(book.lesson, one)
    slots = {"first": str(found.first), "steps": str(found.total), "shown": str(found.shown)}
    if one.done:
        return words.pupil_done(nickname=name, **slots)
    if one.at in book.lesson:
        return words.pupil_at(nickname=name, step=step_name(book, one.at), **slots)
    return words.pupil_between(nickname=name, **slots)


def _stuck(book: Book, pupils: Sequence[Pupil]) -> str:
    """The step at which most of those are who are not done."""
    under_way = [one.result.at for one in pupils if not one.result.done]
    at = Counter(step for step in under_way if step in book.lesson)
    if not at:
        return ""
    order = {place.id: number for number, place in enumerate(book.lesson.places)}
    step, count = max(at.items(), key=lambda one: (one[1], -order[one[0]]))
    if count < SEVERAL:
        return ""
    return book.classes.stuck(step=step_name(book, step), count=str(count))


def _mistakes(book: Book, pupils: Sequence[Pupil]) -> str:
    """Mistakes by step, each with how many pupils made it, the most frequent first."""
    words = book.classes
    made = Counter(found for one in pupils for found in dict.fromkeys(one.result.mistakes))
    steps: dict[str, list[tuple[str, int]]] = {}
    for (step, mistake), count in made.most_common():
        if not step or step in book.lesson:
            steps.setdefault(step, []).append((mistake, count))
    ranked = sorted(steps.items(), key=lambda one: -one[1][0][1])[:MOST_STEPS]
    said = (_said_at(book, step, found) for step, found in ranked)
    lines = list(_fitting(said, LONGEST_MISTAKES))
    return words.mistakes(list=Html("\n".join(lines))) if lines else ""


def _said_at(book: Book, step: str, found: Sequence[tuple[str, int]]) -> str:
    words = book.classes
    said = [
        words.mistake_count(mistake=book.mistake_name(mistake), count=str(count))
        for mistake, count in found[:MOST_STEPS]
    ]
    listed = book.numbers.joined(said)
    return words.mistakes_at(step=step_name(book, step), list=listed) if step else listed


def _picture(book: Book, found: ClassResults) -> Say | Show:
    words, about, pupils = book.classes, found.about, found.pupils
    if not pupils:
        return Say(words.nobody())
    done, kept = sum(one.result.done for one in pupils), book.numbers.kept
    numbers = words.overview_counts(pupils=str(len(pupils)), done=str(done))
    if about.part.startswith(SKILL):
        bars = tuple((kept(one.nickname), round(100 * one.result.known)) for one in pupils[:DRAWN])
        heading, mark = part_title(book, about.part), round(100 * MASTERED)
        group = BarGroup(heading, bars, unit="%", full=100, mark=mark)
        return with_words(book, Bars((group,), kept(about.name), book.language), numbers)
    parts = sections(book.lesson)
    titles = {one.id: one.title for one in book.lesson.sections if one.id in parts}
    rows = tuple(
        (kept(one.nickname), tuple(_cell(book, steps, one.result) for steps in parts.values()))
        for one in pupils[:DRAWN]
    )
    key = (words.solved(), words.later(), words.shown(), words.here())
    columns = tuple(titles[one] for one in parts)
    return with_words(book, Grid(columns, rows, key, kept(about.name), book.language), numbers)


def _cell(book: Book, steps: frozenset[str], result: Result) -> Cell:
    """How one pupil is in one part, which they are at also where they read there."""
    found = counts(result, steps)
    here = not result.done and result.at in book.lesson and _is_in(book, steps, result.at)
    return Cell(found.total, found.first, found.later, found.shown, here)


def _is_in(book: Book, steps: frozenset[str], step: str) -> bool:
    return any(one.id in steps for one in book.lesson[step].section.step)


def _keyboard(book: Book, found: ClassResults) -> tuple[tuple[Button, ...], ...]:
    words, id_ = book.classes, found.about.id

    def row(*labelled: tuple[str, str]) -> tuple[Button, ...]:
        return class_row(*((label, f"{what} {id_}") for label, what in labelled))

    refresh = row((words.to_refresh(), "show"), (words.to_change(), "change"))
    link = words.to_link(), "link"
    files = row((words.to_csv(), "csv"), (words.to_json(), "json"))
    pupils = row(link, (words.to_remove(), "remove"))
    rest = row((words.to_co_teacher(), "invite"), (words.to_end(), "end"))
    last = (*((rest,) if found.first else ()), class_row((words.to_new(), "new")))
    if not found.pupils:
        return refresh, row(link), *last
    return refresh, files, pupils, *last


def _removing(book: Book, found: ClassResults, pupil: str) -> Say:
    words, id_ = book.classes, found.about.id
    keep = class_button(words.to_keep(), f"show {id_}")
    one = next((one for one in found.pupils if str(one.id) == pupil), None)
    if one is None:
        rows = [
            (class_button(book.numbers.kept(each.nickname), f"remove {id_} {each.id}"),)
            for each in found.pupils[:MOST_BUTTONS]
        ]
        return Say(words.remove_which(), (*rows, (keep,)))
    data = f"removed {id_} {one.id}"
    now = class_button(words.to_remove_now(), data, Purpose.ERASE)
    return Say(words.remove_ask(nickname=one.nickname, name=found.about.name), ((now, keep),))
