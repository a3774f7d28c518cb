"""What stands around the meaning of a text, and whether it asks.

"lol", "I guess" and a doubtful "?" change nothing about a number or an option. A question is no
answer, whatever words stand in it: `asks` tells them apart. The words themselves are a language's
own (`around_answers` in `typed.toml`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeAlias

from content.phrase_templates import pattern_of, said_by
from content.spelling import UNSPACED
from content.typed import AroundAnswers, TypedFile
from content.word_lists import WordList
from engine.alternatives import any_of
from engine.keeping import kept
from engine.reading.characters import plain

_LEADING = re.compile(r"^(?:[ :]|,(?!\d))+")
"""No comma of a number: "I would say ,26"."""
_CLAUSE = re.compile(r"(?:[;:!?…\n]|[.,](?=\s|$))+\s*")
_ASKED = re.compile(r"([^;:!?…\n]+)\?+(?=\s*[^\s?])")
"""What stands before a "?" that does not end the text."""
_LETTERS = re.compile(r"(?<![\w.])[^\W\d_]+(?![\w])")
_PAUSED = re.compile(r"\A[,;]\s+")
"""What is left before words where noise stood."""
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}|([↑↓⬆⬇])\2+")
_SIGNS = "➕➖➗✖✕✗✘"
"""Pictures that are read as arithmetic, or as a word."""
Test: TypeAlias = Callable[[str], bool]
_JOINERS = "\u200d\ufe0e\ufe0f"


def words_of(text: str, around: AroundAnswers | None = None) -> str:
    """Words as they are compared: lower case, single spaces, no punctuation at the end.

    Args:
        text: as typed.
        around: what stands around words; of that, courtesies at the end are left out.
    """
    words = " ".join(plain(text)[0].casefold().split())
    bare = words.rstrip(".!…,")
    return (bare if around is None else without_courtesies(bare, around)) or words


def without_courtesies(text: str, around: AroundAnswers) -> str:
    """A text without what is said at its end out of politeness."""
    return _courteous(around.courtesies).sub("", text)


def undrawn_out(words: str) -> str:
    """Words without letters and arrows drawn out: "heeelp" is "help"."""
    return _DRAWN_OUT.sub(r"\1\2", words)


def without_noise(text: str, around: AroundAnswers) -> str:
    """A text without laughter and pictures but for signs; where it was nothing else, that."""
    quiet = text
    if not text.isascii():
        quiet = "".join(" " if _is_picture(one) else one for one in text)
    quiet = _noise(around.noise).sub(" ", quiet)
    if quiet == text:
        return text
    laughs = re.sub(r"\d+", "", text).strip()  # "6666 哈哈" counts nothing
    return _PAUSED.sub("", quiet.strip()) or laughs or text


def without_doubt(words: str, around: AroundAnswers) -> str:
    """Words without what says that they are only thought, tried or hoped.

    What denies does so only where it is asked, or a comma parts it off.
    """
    opens, ends = _doubt(around, asked=words.rstrip().endswith("?"))
    words = around.hedges.anywhere.sub(" ", words)
    before = ""
    while before != words:
        before = words
        words = ends.sub("", opens.sub("", _LEADING.sub("", words)).rstrip("?!.,: "))
    return " ".join(words.split())


def denies(words: str, around: AroundAnswers, tells: Test) -> bool:
    """Whether something is denied: "neither, it stays" only says what comes after it.

    Args:
        words: as compared.
        around: what stands around words.
        tells: whether some words say what could be denied by those behind them: "rises not, so".
    """
    clauses = words.split(",")
    for clause in clauses:
        for denial in around.denials.anywhere.finditer(clause):
            ends = clause is not clauses[-1] and not clause[denial.end() :].strip()
            if not ends or tells(clause[: denial.start()]):
                return True
    return False


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
    _, ends = _doubt(around, asked=quiet.endswith("?"))
    said, tags = ends.subn("", quiet.rstrip("?!. "))
    if tags and said[-1:].isdigit():
        return said
    led = _led(around.leads).fullmatch(quiet.rstrip("!. "))  # "is the rate always 0.3?" asks
    return led["answer"] if led and not around.denials.anywhere.search(words) else quiet


def between_numbers(words: str, around: AroundAnswers) -> bool:
    """Whether words ask which of two numbers it is: "0.03 or 0.3?"."""
    if not words.endswith("?"):
        return False
    either, particle = _between(around.either), _particle(around.particles)
    sides = max((one.split(words.rstrip("? ")) for one in (either, particle)), key=len)
    said = [without_doubt(side, around) for side in sides if side.strip()]
    return len(said) > 1 and all(_is_number(side, around) for side in said)


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
    if between_numbers(words, around):
        return True
    if particle := _particle(around.particles).search(words):
        said = (words[: particle.start()].strip(), words)
        before, whole = (without_doubt(one, around) for one in said)
        if not (_is_number(before, around) or option(before) or _is_number(whole, around)):
            return True
    trails_off = words.endswith("?") and words.rstrip("? ").rpartition(" ")[2] in around.joints
    if trails_off or around.asks.anywhere.search(words):
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
    question = _question(typed.question_words).match(clause)
    if question is None:
        return False
    opening, _, rest = clause.partition(" ")
    if question.end() > len(opening):
        opening, rest = question[0], clause[question.end() :].strip()
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


def parted(words: str, by: WordList) -> list[str]:
    """Some words, or what stands before and after the first of some that may part them."""
    return _between(by).split(words, maxsplit=1)


def _is_number(words: str, around: AroundAnswers) -> bool:
    """Whether some words are a number or working, and nothing else."""
    letters = _LETTERS.findall(words)
    return any(map(str.isdigit, words)) and all(one in around.small for one in letters)


def _is_picture(one: str) -> bool:
    return one in _JOINERS or (
        ord(one) >= 0x2600 and one not in _SIGNS and unicodedata.category(one) in ("So", "Sk")
    )


@lru_cache
def _between(phrases: WordList) -> re.Pattern[str]:
    return re.compile(rf"\s{phrases.pattern}\s")


@lru_cache
def _particle(phrases: WordList) -> re.Pattern[str]:
    """Any of some words; where no spaces part them, inside others too."""
    letter = rf"[^\W{UNSPACED}]"
    return re.compile(rf"(?<!{letter}){phrases.pattern}(?!{letter})")


@lru_cache
def _opening(phrases: WordList) -> re.Pattern[str]:
    return re.compile(rf"\A(?:{phrases.pattern}(?!\w)[\s,]*)+")


@lru_cache
def _question(words: WordList) -> re.Pattern[str]:
    """A word, or words, that open a question."""
    return re.compile(rf"{words.pattern}(?=[ '?]|$)")


@kept
def _doubt(around: AroundAnswers, *, asked: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What opens words and changes nothing, and what ends them likewise.

    Args:
        around: what stands around words.
        asked: whether they are asked, so that what denies does not.
    """
    opening = [t for one in (around.fillers, around.guesses, around.modals) for t in one.templates]
    denials = WordList() if asked else around.denials
    certain, denying = _denying(opening, denials)
    parted_off = rf"|{pattern_of(denying)}\s*," if denying else ""
    opens = re.compile(rf"\A(?:(?:{pattern_of(certain)}(?!'?\w){parted_off})(?:\s|,(?!\d))*)+")
    certain, denying = _denying(around.tags.templates, denials, ending=True)
    parted_off = rf"|\s*,\s*{pattern_of(denying)}$" if denying else ""
    ends = re.compile(rf"[\s,]+{pattern_of(certain)}${parted_off}", re.IGNORECASE)
    return opens, ends


def _denying(
    templates: Iterable[str], denials: WordList, *, ending: bool = False
) -> tuple[list[str], list[str]]:
    """What stands for no phrase with a denial in it, and the phrases with one.

    Of several words that end a text the last denies nothing, it asks: "or not", "bener ga".
    """
    certain, denying = list[str](), list[str]()
    for one in templates:
        said = [*said_by(one)]
        heads = ((ending and phrase.rpartition(" ")[0]) or phrase for phrase in said)
        denied = [p for p, head in zip(said, heads, strict=True) if denials.anywhere.search(head)]
        denying += denied
        certain += [phrase for phrase in said if phrase not in denied] if denied else [one]
    return certain, denying


@lru_cache
def _courteous(phrases: WordList) -> re.Pattern[str]:
    return re.compile(rf" {phrases.pattern}\Z" if phrases else "(?!)", re.IGNORECASE)


@lru_cache
def _led(phrases: WordList) -> re.Pattern[str]:
    """Words without a digit, one of some phrases, and then nothing but numbers and signs."""
    answer = r"(?P<answer>[-−+(|]?\s*\d[\d\s.,+*/×·÷()=≈−-]*)"
    return re.compile(rf"[^\d=]*(?<!\w){phrases.pattern}\s*:?\s+{answer}", re.IGNORECASE)


@lru_cache
def _ending(phrases: WordList) -> re.Pattern[str]:
    return re.compile(rf"[\s,]+{phrases.pattern}$", re.IGNORECASE)


@lru_cache
def _noise(words: WordList) -> re.Pattern[str]:
    """Each with its letters and itself as often as one likes: "hahaha", "looool"; a face alone."""
    long = "|".join("".join(f"{re.escape(c)}+" for c in one) for one in words if one.isalpha())
    faces = any_of(one for one in words if not one.isalpha())
    return re.compile(rf"(?<!\w)(?:{long})+(?!\w)|(?<!\S){faces}(?!\S)", re.IGNORECASE)
