"""Phrase templates: one line for the many ways to say one thing.

`[please] (show|tell) [me] the (answer|solution)`: of what stands in round brackets one is said,
what stands in square ones may be left out, and either may be part of a word: `show[s]`. This is
the notation of Home Assistant's sentence templates. What is no such template is said as it stands,
a face such as `:(` too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import product
from math import prod
from typing import TypeAlias

from engine.alternatives import any_of

Parts: TypeAlias = "Sequence[str | tuple[Parts, ...]]"
"""Texts, and choices of which one is said: of the empty parts nothing."""

MOST = 3000
"""A template stands for no more phrases: each is gone through when a language is read."""

_FACE = re.compile(r"[^\w\s]*\w?[^\w\s]*|\[\w+\]")
"""What is typed with brackets and is no phrase: `x)`, and a picture by its name."""
_PART = re.compile(r"[\[\](|)]|[^\[\](|)]+")
_DOUBTFUL = re.compile(r"[\[(|] | [\])|]|[\])][\[(]")
"""Where parts left out may leave a space."""
_SIGNS = frozenset("[](|)")
_CLOSES = {"(": ")", "[": "]"}
_END = ""


def said_by(template: str) -> Iterator[str]:
    """Every phrase that a template stands for.

    >>> [*said_by("[so] (go|rise)[s]")], [*said_by("tell [me] [it]")], [*said_by(":(")]
    (['so gos', 'so go', 'so rises', 'so rise', 'gos', 'go', 'rises', 'rise'], \
['tell me it', 'tell me', 'tell it', 'tell'], [':('])
    """
    parts = _parts(template)
    return iter((template,)) if parts is None else _said(parts)


def words_of(template: str) -> AbstractSet[str]:
    """The single words in all that a template stands for.

    >>> sorted(words_of("(what|who) is[nt] [the|an] answer"))
    ['an', 'answer', 'is', 'isnt', 'the', 'what', 'who']
    """
    chunks, depth = [""], 0
    for sign in template:
        depth += (sign in _CLOSES) - (sign in _CLOSES.values())
        if sign == " " and not depth:
            chunks.append("")
        else:
            chunks[-1] += sign
    parsed = ((chunk, _parsed(chunk)) for chunk in chunks)
    said = ((chunk,) if parts is None else _said(parts) for chunk, parts in parsed)
    return {word for texts in said for text in texts for word in text.split()}


def whole(template: str) -> str:
    """A template as it was written.

    Raises:
        ValueError: where brackets do not fit, or it stands for more phrases than anyone would read.
    """
    parts = _parts(template)
    if parts is None and not (_SIGNS.isdisjoint(template) or _FACE.fullmatch(template)):
        raise ValueError("brackets do not fit, or all may be left out")
    if parts is not None and _count(parts) > MOST:
        raise ValueError(f"stands for more than {MOST} phrases: part it")
    doubtful = parts is not None and _DOUBTFUL.search(template)
    if doubtful and any(said.split(" ") != said.split() for said in said_by(template)):
        raise ValueError("brackets do not fit the spaces around them")
    return template


def pattern_of(templates: Iterable[str]) -> str:
    r"""The pattern of all that some templates stand for, a group; of each what is longer first.

    >>> pattern_of(["up", "go [right] up", "it (rises|grows)"])
    '(?:go(?:\\ right|)\\ up|it\\ (?:grows|rises)|(?:up))'
    """
    plain, longer = [], list[Parts]()
    for one in templates:
        if (parts := _parts(one)) is None:
            plain.append(one)
        else:
            longer.append(parts)
    patterns = [_pattern(parts) for parts in sorted(longer, key=_longest, reverse=True)]
    return f"(?:{'|'.join([*patterns, any_of(plain)])})" if patterns else any_of(plain)


def _parts(template: str) -> Parts | None:
    """What a template consists of; None where it is none, or could say nothing at all."""
    parts = _parsed(template)
    return parts if parts is not None and _shortest(parts) else None


def _parsed(text: str) -> Parts | None:
    """What a text with brackets consists of; None where they do not fit, or there are none."""
    if "(" not in text and "[" not in text:
        return None
    try:
        (parts,) = _sides(iter((*_PART.findall(text), _END)), _END)
    except ValueError:
        return None
    return parts


def _sides(signs: Iterator[str], closing: str) -> tuple[Parts, ...]:
    """What bars part from each other, up to what closes it.

    Raises:
        ValueError: where another bracket closes, or none does, or one side may say nothing.
    """
    sides: list[list[str | tuple[Parts, ...]]] = [[]]
    for sign in signs:
        if sign == closing:
            return tuple(map(_spaced, sides))
        if sign == "|":
            sides.append([])
        elif sign in _CLOSES:
            inside = _sides(signs, _CLOSES[sign])
            said = tuple(filter(_longest, inside))
            if not all(map(_shortest, said)):
                break
            sides[-1].append(said if sign == "(" and len(said) == len(inside) else (*said, ()))
        elif sign in (*_CLOSES.values(), _END):
            break
        else:
            sides[-1].append(sign)
    raise ValueError(closing)


def _spaced(parts: Parts) -> Parts:
    """Parts in which words that may be left out take the space before or behind them along."""
    spaced, begun = [*parts, ""], False
    for at, part in enumerate(parts):
        if isinstance(part, str) or () not in part:
            begun = begun or part != ""
            continue
        before, after = spaced[at - 1] if at else "", spaced[at + 1]
        if not (isinstance(before, str) and isinstance(after, str)):
            continue
        inside = part[:-1]
        if begun and before.endswith(" ") and after[:1] in (" ", ""):
            spaced[at - 1] = before[:-1]
            spaced[at] = (*((" ", *one) for one in inside), ())
        elif not before and after.startswith(" "):
            spaced[at + 1] = after[1:]
            spaced[at] = (*((*one, " ") for one in inside), ())
    return spaced


def _said(parts: Parts) -> Iterator[str]:
    said = ((one,) if isinstance(one, str) else [t for p in one for t in _said(p)] for one in parts)
    return map("".join, product(*said))


def _count(parts: Parts) -> int:
    """How many phrases there are."""
    return prod(1 if isinstance(one, str) else sum(map(_count, one)) for one in parts)


def _pattern(parts: Parts) -> str:
    return "".join(re.escape(one) if isinstance(one, str) else _any_of(one) for one in parts)


def _any_of(choice: Sequence[Parts]) -> str:
    if all(isinstance(one, str) for parts in choice for one in parts):
        return any_of("".join(map(str, parts)) for parts in choice)
    return f"(?:{'|'.join(map(_pattern, sorted(choice, key=_longest, reverse=True)))})"


def _shortest(parts: Parts) -> int:
    return sum(len(o) if isinstance(o, str) else min(map(_shortest, o)) for o in parts)


def _longest(parts: Parts) -> int:
    return sum(len(o) if isinstance(o, str) else max(map(_longest, o), default=0) for o in parts)
