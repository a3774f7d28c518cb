"""What stands around the meaning of a text, and whether it asks.

"lol", "I guess" and a doubtful "?" change nothing about a number or an option. A question is no
answer, whatever words stand in it: `asks` tells them apart. The words themselves are a language's
own (`around_answers` in `typed.toml`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from typing import TypeAlias

from content.typed import AroundAnswers, TypedFile
from engine.reading.characters import plain

_CLAUSE = re.compile(r"(?:[;:!?…\n]|[.,](?=\s|$))+\s*")
_ASKED = re.compile(r"([^;:!?…\n]+)\?+(?=\s*[^\s?])")
"""What stands before a "?" that does not end the text."""
_LETTERS = re.compile(r"(?<![\w.])[^\W\d_]+(?![\w])")
_SIGNS = "➕➖➗✖✕✗✘"
"""Pictures that are read as arithmetic, or as a word."""
Test: TypeAlias = Callable[[str], bool]
_JOINERS = "\u200d\ufe0e\ufe0f"


def words_of(text: str) -> str:
    """Words as they are compared: lower case, single spaces, no punctuation at the end."""
    words = " ".join(plain(text)[0].casefold().split())
    return words.rstrip(".!…,").removesuffix(" please") or words


def without_noise(text: str, around: AroundAnswers) -> str:
    """A text without laughter and pictures but for signs; as it was where it was nothing else."""
    quiet = text
    if not text.isascii():
        quiet = "".join(" " if _is_picture(one) else one for one in text)
    quiet = _noise(around.noise).sub(" ", quiet)
    return quiet.strip() or text if quiet != text else text


def without_doubt(words: str, around: AroundAnswers) -> str:
    """Words without what says that they are only thought, tried or hoped."""
    words = _anywhere(around.hedges).sub(" ", words)
    before = ""
    while before != words:
        before = words
        words = _opening((*around.fillers, *around.guesses, *around.modals)).sub(
            "", words.strip(" ,")
        )
        words = _ending(around.tags).sub("", words.rstrip("?!., "))
    return " ".join(words.split())


def without_asking(words: str, around: AroundAnswers) -> str:
    """What is asked for as a favour: "my sheet" of "can I see my sheet please?"."""
    asked = _ending(around.pleases).sub("", words.rstrip("?!., "))
    asked = _ending(around.pleases).sub("", asked.rstrip(", "))  # "now, please"
    asked, favours = _opening(around.favours).subn("", _opening(around.fillers).sub("", asked))
    return asked if favours else ""


def without_opening(words: str, around: AroundAnswers) -> str:
    """Words without those that only open them: "pass" of "nah pass"."""
    return _opening(around.fillers).sub("", words)


def without_check(words: str, around: AroundAnswers) -> str:
    """Words without what asks for a yes to them: "that is down" of "that is down, doesn't it"."""
    said, checks = _ending(around.checks).subn("", words.rstrip("? "))
    return said if checks else words


def number_in(text: str, around: AroundAnswers) -> str:
    """The answer in a text with a number, without noise, and without doubt where it is all else."""
    quiet = without_noise(text, around)
    if not _LETTERS.search(quiet):
        return quiet
    words = words_of(quiet)
    core = without_doubt(words, around)
    bare = any(map(str.isdigit, core)) and not any(map(str.isalpha, core))
    if bare and core in words and "\n" not in text.strip():
        return core
    said, tags = _ending(around.tags).subn("", quiet.rstrip("?!. "))
    if tags and said[-1:].isdigit():
        return said
    led = _led(around.leads).fullmatch(quiet.rstrip("?!. "))
    return led["answer"] if led and not _anywhere(around.denials).search(words) else quiet


def asks(words: str, typed: TypedFile, option: Test, verbatim: Test) -> bool:
    """Whether some words are a question, whose words pick and answer nothing.

    Args:
        words: as compared.
        typed: the language's words.
        option: whether some words are an option, and nothing else.
        verbatim: whether they are just what is said for one.
    """
    around = typed.around_answers
    clauses = [clause for clause in _CLAUSE.split(words) if clause]
    if not _LETTERS.search(words):
        return False
    first = without_doubt(clauses[0], around)
    if len(clauses) > 1 and (_is_number(first, around) or option(first)):
        return False
    if any(_is_asked(clause, around, option) for clause in _ASKED.findall(words)):
        return True
    trails_off = words.endswith("?") and words.rstrip("? ").rpartition(" ")[2] in around.joints
    if trails_off or _anywhere(around.asks).search(words):
        return True
    return any(_opens(clause, typed, option, verbatim) for clause in clauses)


def _is_asked(clause: str, around: AroundAnswers, option: Test) -> bool:
    """Whether a clause before a "?", with more after it, is more than a guess or a doubt."""
    said = without_doubt(clause, around)
    return len(said.split()) > 1 and not any(map(str.isdigit, said)) and not option(said)


def _opens(clause: str, typed: TypedFile, option: Test, verbatim: Test) -> bool:
    """Whether a clause opens like a question, and not like a guess: "is it 0.3?"."""
    around = typed.around_answers
    clause = _opening(around.fillers).sub("", clause)
    opening, _, rest = clause.partition(" ")
    if re.split("['?]", opening)[0] not in typed.question_words:
        return False
    guess = _opening(around.guesses).match(clause)
    if opening in around.denials and option(clause):  # "doesn't change" says what it does
        return False
    # "Should increase" says what it does; "should it increase" asks.
    if not guess and (opening not in around.modals or rest.partition(" ")[0] in around.subjects):
        return True
    one, *others = parted(clause[guess.end() if guess else 0 :], around.either)
    if guess and others and option(one.strip()) and option(others[0].rstrip("? ")):
        return True  # "was it wrong or right?" picks neither
    said = without_doubt(clause[guess.end() :] if guess else rest, around)
    return not (
        _is_number(said, around) or (option(said) if guess else verbatim(rest.rstrip("? ")))
    )


def parted(words: str, by: Collection[str]) -> list[str]:
    """Some words, or what stands before and after the first of some that may part them."""
    return re.split(rf"\s(?:{_either(by)})\s", words, maxsplit=1)


def _is_number(words: str, around: AroundAnswers) -> bool:
    """Whether some words are a number or working, and nothing else."""
    letters = _LETTERS.findall(words)
    return any(map(str.isdigit, words)) and all(one in around.small for one in letters)


def _is_picture(one: str) -> bool:
    return one in _JOINERS or (
        ord(one) >= 0x2600 and one not in _SIGNS and unicodedata.category(one) in ("So", "Sk")
    )


def _either(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(phrases, key=len, reverse=True))


@lru_cache
def _anywhere(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_either(phrases)})(?!\w)")


@lru_cache
def _opening(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\A(?:(?:{_either(phrases)})(?!\w)[\s,]*)+")


@lru_cache
def _led(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Words without a digit, one of some phrases, and then nothing but numbers and signs."""
    answer = r"(?P<answer>[-−+(|]?\s*\d[\d\s.,+*/×·÷()=≈−-]*)"
    return re.compile(rf"[^\d=]*(?<!\w)(?:{_either(phrases)})\s*:?\s+{answer}", re.IGNORECASE)


@lru_cache
def _ending(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"[\s,]+(?:{_either(phrases)})$", re.IGNORECASE)


@lru_cache
def _noise(words: tuple[str, ...]) -> re.Pattern[str]:
    """Each with its letters and itself as often as one likes: "hahaha", "looool"; a face alone."""
    long = "|".join("".join(f"{re.escape(c)}+" for c in one) for one in words if one.isalpha())
    faces = _either(one for one in words if not one.isalpha())
    return re.compile(rf"(?<!\w)(?:{long})+(?!\w)|(?<!\S)(?:{faces})(?!\S)", re.IGNORECASE)
