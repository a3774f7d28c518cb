"""A number among words that no list has, in a language whose lists are young.

Such a text is refused in the authors' language. Elsewhere its one number is taken, and said back as
it was read, with the name that stands before it; of two numbers the one that is not taken back:
"not 0.45 but 0.03", "0.45, no, wait, 0.03".
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.reading.told_work import NAMED_WORK, in_signs
from engine.reading.words import Words

_NUMBER = re.compile(r"(?<![\w.,])-?[0-9]*[.,][0-9]+(?![\w.,]*\w)")
"""With decimals: a whole one among words counts minutes, tries, anything."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?![\w])")
_NAME = re.compile(r"(?<!\w)[A-Za-z]\w*[0-9](?!\w)")
_NO_WORDS = re.compile(r"[*/×·^+≈√()\[\]{}|<>%?]|(?<=[0-9])\s*-|-(?![0-9.,])|=(?!\s*-?[0-9.,])")
"""What belongs to working, or asks."""
_ASIDE = re.compile(r"\([^()0-9]*\)")
"""What is said beside it: "(approx.)"."""
_WORK = re.compile(r"[-(]*[0-9.][0-9.,()\s]*[-+*/×·^=≈][-+*/×·^=≈0-9.,()\s]*[0-9)](?![\w.,])")
MOST_WORDS, MOST_AROUND_WORK = 12, 6


def work_among(text: str, words: Words) -> str | None:
    """The working that a text hands in between words; None where that is not sure.

    >>> words = Words(negations=frozenset({"not"}))
    >>> work_among("well 0.24 - 0.21 = 0.03 done", words), work_among("not 0.2 + 0.1", words)
    ('0.24 - 0.21 = 0.03', None)
    """
    found = _WORK.search(text)
    if not found:
        return None
    before, after = text[: found.start()], text[found.end() :]
    around = f"{words.parts_clauses.split(before)[-1]} | {words.parts_clauses.split(after)[0]}"
    said = _WORD.findall(around.casefold())
    aside = any(words.denies(word) or word in words.because for word in said)
    further = any(map(str.isdecimal, f"{before}{after}"))
    unsure = "?" in text or further or words.hints_at_sign(around)
    if unsure or len(said) > MOST_AROUND_WORK or aside:
        return None
    return None if any(map(words.computes, said)) else found[0].strip()


def number_among(text: str, names: Mapping[str, float | None], words: Words) -> str | None:
    """The number that a text hands in among other words; None where that is not sure.

    Args:
        text: in plain characters.
        names: what the number may be named, with what is known of each: of several numbers that
            are given one is asked about ("who chose 0.32").
        words: the words of the language.

    >>> words = Words(negations=frozenset({"not"}), no=frozenset({"no"}))
    >>> number_among("mine says 0.45 dude", {}, words), number_among("not 0.45 but 0.03", {}, words)
    ('0.45', '0.03')
    >>> number_among("0.03 not 0.45", {}, words), number_among("not 0.45", {}, words)
    ('0.03', None)
    >>> number_among("my new wO2 there 0.918", {"wO2": None}, words)
    'wO2 = 0.918'
    """
    text = _ASIDE.sub(" ", NAMED_WORK.sub(" ", words.said_twice.sub(" ", text)))
    text = in_signs(text, words).replace("=", " ")
    text = text if "(" in text else text.rstrip(") ")  # the smiles of some keyboards
    named = _NAME.findall(text)
    rest = _NAME.sub(" ", text)
    said = [word.casefold() for word in _WORD.findall(rest)]
    asks = not words.questions.isdisjoint((*said[:1], *said[-1:]))
    if _NO_WORDS.search(text) or len(said) > MOST_WORDS or asks:
        return None
    found = list(_NUMBER.finditer(rest))
    if (
        not 0 < len(found) <= 2
        or re.search(r"[0-9]", _NUMBER.sub(" ", rest))
        or len(named) * len(found) > 1
    ):
        return None
    number = _meant(rest, found, words)
    if number is None or (number[0] != "-" and words.hints_at_sign(_NUMBER.sub(" ", rest))):
        return None
    digits = number.replace(",", ".").lstrip("-+")
    decimals = max(2, len(digits.partition(".")[2]))  # 0.6 is no 1
    given = {round(abs(value), decimals) for value in names.values() if value is not None}
    is_given = len(given) > 1 and float(digits) in given
    aside = (words.leading, words.trailing, words.hedges, words.no)
    if is_given and sum(not any(one in known for known in aside) for one in said) > 1:
        return None
    if not named:
        return number
    spelt = {name.casefold(): name for name in names}
    name = spelt.get(named[0].casefold())
    return f"{name} = {number}" if name else None


def _meant(text: str, found: list[re.Match[str]], words: Words) -> str | None:
    """The one number that is not taken back."""
    first, last = found[0], found[-1]
    own = words.parts_clauses.split(text[: first.start()])[-1]  # "no, a typo, I mean 0.03"
    behind = words.parts_clauses.split(text[last.end() :])[0]  # "0.03 but I'm not sure"
    if _computes(own, behind, words):
        return None
    between = text[first.end() : last.start()].casefold()
    denied, unsure = _denied(own, words), _last(between) in words.no
    if first is last:
        opening, said = (_WORD.findall(one.casefold()) for one in (own, behind))
        while opening and opening[0] in words.no:  # "no, it is 0.03", but not "0.03 no"
            opening = opening[1:]
        return None if denied or not words.negations.isdisjoint((*opening, *said)) else first[0]
    if not denied and all(one in words.several for one in _WORD.findall(between)):
        return None  # "0.03 or 0.3", and nothing more
    if words.denials_follow and not denied:
        denied = not words.negations.isdisjoint(_WORD.findall(between))
    elif _denied(between, words) and not denied:
        return None if unsure else first[0]
    return last[0] if denied or words.takes_another.search(between) else None


def _computes(own: str, behind: str, words: Words) -> bool:
    """Whether what stands around a number works with it, tells another, or takes it back."""
    if words.operation.match(behind.lstrip()):
        return True
    aside, telling = (
        (words.leading, words.trailing, words.negations),
        (words.digits, words.takes_back),
    )
    return any(
        words.numbers.get(word, "1") != "1" or any(word in one for one in telling)
        for word in _WORD.findall(f"{own} {behind}".casefold())
        if not any(word in one for one in aside)
    )


def _last(before: str) -> str:
    said: list[str] = _WORD.findall(before.casefold())
    return said[-1] if said else ""


def _denied(before: str, words: Words) -> bool:
    """Whether the word right before a number denies it."""
    last = _last(before)
    return last in words.negations and before.rstrip().casefold().endswith(last)
