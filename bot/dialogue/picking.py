"""Which option a learner who types instead of tapping picks, be it beside what is denied.

Words pick an option only where they can mean no other; else the learner is pointed to the buttons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import lru_cache

from bot.dialogue.choosing import Options, alike
from bot.dialogue.hearing import (
    denies,
    parted,
    undrawn_out,
    without_check,
    without_doubt,
    without_noise,
    words_of,
)
from bot.dialogue.places import FOUND, Place, only
from content.word_lists import WordList

SPOKEN_LATELY = 3 * 4
"""Of so many directions, those of the last languages spoken, the words are kept one by one."""
LONG_DIRECTION = 7
"""Shorter words are not taken for a misspelt direction: it may be listed with its opposite."""


def picked(options: Options, text: str) -> str | None:
    """The id of the one option that a text, as typed, picks, or None."""
    around = options.typed.around_answers
    words = words_of(without_noise(text, around), around)
    certain = words.rstrip("? ") or words
    if (named := options.named(certain)) is not None:
        return named
    written = options.spelling.joined(certain)
    if any(written in known for known in options.typed.intents.values()):
        return None
    undrawn = undrawn_out(alike(words))
    if (left := _left_over(options, undrawn)) or _leaves_open(options, certain):
        return left
    if words.endswith("?") and not _is_guess(options, certain):
        return None
    if corrected := _taken_back(options, undrawn):
        return options.meant(corrected)
    denied = not words.endswith("?") and denies(words, around, options.tells)
    for said in dict.fromkeys((words, certain, without_doubt(words, around), undrawn)):
        if denied and not denies(said, around, options.tells):
            continue  # what only sounds like doubt denies: "too high it is not"
        if said and (option := options.meant(alike(said))) is not None:
            return option
    further = (_in_clauses, _opposed, _misspelt)
    return next(filter(None, (way(options, undrawn) for way in further)), None)


def _left_over(options: Options, words: str) -> str | None:
    """The option that is left where each of the others is denied: "neither up nor down"."""
    found, _ = options.found(words)
    left = set(options.phrases) - {place.option for place in found}
    denied = found and len(left) == 1 and all(_denied(options, words, found))
    return left.pop() if denied else None


def _denied(options: Options, words: str, found: Sequence[Place]) -> Iterator[bool]:
    """Whether what was found is denied, those together that only "and" stands between.

    The words that deny stand before it, behind what was found before; or behind it up to a comma.
    """
    around, answers = options.typed.around_answers, options.typed.answers
    joins = answers.joins - answers.turns - {*around.contrasts}
    groups: list[tuple[int, int]] = []
    for place in found:
        if groups and words[groups[-1][1] : place.start].strip() in joins:
            groups[-1] = (groups[-1][0], place.end)
        else:
            groups.append((place.start, place.end))
    before = 0
    for (start, end), after in zip(groups, [*(g[0] for g in groups[1:]), len(words)], strict=True):
        own = words[before:start].rpartition(",")[2]
        behind = words[end:after].partition(",")[0]
        before = end
        denied = denies(f"{own}{FOUND}", around, bool)
        if not denied:
            before += len(behind)
            denied = denies(f"{FOUND}{behind} {FOUND}", around, bool)
        yield denied


def _leaves_open(options: Options, words: str) -> bool:
    """Whether words speak of two options without saying which: "it rises or stays", "between"."""
    around = options.typed.around_answers
    undecided = around.undecided.anywhere.search(words)
    if undecided and not any(undecided[0] in said[0] for said in options.phrases.values()):
        return True
    sides = parted(words, around.either)
    meant = [options.meant(alike(side).strip(" ,")) for side in sides]
    return len(sides) > 1 and meant[0] != meant[1]


def _is_guess(options: Options, words: str) -> bool:
    """Whether words with a "?" behind them are an option but for doubt, or open with one."""
    around = options.typed.around_answers
    said = (words, without_doubt(f"{words}?", around), without_check(words, around))
    opening = re.split(r"[,;.:!] ", words)[0]
    guess = " " not in words or any(map(options.is_option, said))
    return guess or options.is_verbatim(opening)


def _taken_back(options: Options, words: str) -> str:
    """What stands behind the last word that takes back an option before it: "up, no, down"."""
    back = options.typed.around_answers.taken_back.anywhere
    while (ends := [*back.finditer(words)]) and not words[ends[-1].end() :].strip(" ,.!"):
        words = words[: ends[-1].start()]
    spoken = ends and options.found(words[: ends[-1].start()])[0]
    return words[ends[-1].end() :].strip(" ,.!") if spoken else ""


def _misspelt(options: Options, words: str) -> str | None:
    """The direction meant with a letter wrong; not where a letter may deny, as in Turkish."""
    if not options.directions or options.typed.around_answers.denying_endings:
        return None
    said, others = words.split(), options.typed.around_answers.others
    near = [
        _near(options, one) if len(one) >= LONG_DIRECTION and one not in others else one
        for one in said
    ]
    return options.meant(" ".join(near)) if near != said else None


def _near(options: Options, word: str) -> str:
    """The listed word a letter away; the word itself where two options have such a word."""
    letters = set(word)
    known = {
        one: option
        for option, said in options.phrases.items()
        for one in _single(said)
        if abs(len(one) - len(word)) <= 1
        if len(set(one) - letters) <= 1 + len(one) // 6  # else it is too far for certain
    }
    close = get_close_matches(word, known, cutoff=0.85)
    return close[0] if len({known[one] for one in close}) == 1 else word


@lru_cache(maxsize=SPOKEN_LATELY)
def _single(said: WordList) -> tuple[str, ...]:
    """The words that one may be a misspelling of: single ones, of no fewer letters but one."""
    return tuple(one for one in said if len(one) >= LONG_DIRECTION - 1 and " " not in one)


def _opposed(options: Options, words: str) -> str | None:
    """The option that is said beside another that is denied: "low, not high".

    Of what denies, only a "not" is sure to deny what follows: "low impossible, high".
    """
    answers, follows = options.typed.answers, options.typed.answers.denials_follow
    for denial in options.typed.around_answers.denials.anywhere.finditer(words):
        if not follows and denial[0].split()[-1] not in answers.negations:
            continue
        before, after = words[: denial.start()], words[denial.end() :]
        if after.startswith(",") and not follows:
            continue  # "up, no, down"
        denied, meant = (before, after) if follows else (after, before)
        option, other = options.meant(meant.strip(" ,")), options.meant(denied.strip(" ,"))
        if option and other and option != other:
            return option
    return None


def _in_clauses(options: Options, words: str) -> str | None:
    """The option that one clause means, where no other means another: "not down but up"."""
    contrasts = options.typed.around_answers.contrasts.anywhere.pattern
    clauses = re.split(rf"\s*[,;.:!]\s+|{contrasts}", words)
    said = [one.strip() for one in clauses if one and one.strip()]
    if len(said) < 2:
        return None
    option = only([*dict.fromkeys(filter(None, map(options.meant, said)))])
    unsaid = [one for one in said if not options.meant(one)]
    found = {one: options.found(one)[0] for one in unsaid}
    denied = said[-1] in unsaid and not found[said[-1]]
    if denied and denies(said[-1], options.typed.around_answers, bool):
        return None  # "up, not that either"
    return None if any(p.option == option for places in found.values() for p in places) else option
