"""How a side is put together hangs on the kinds of its tokens alone, so it is worked out once.

`0.6*0.4 + 0.7*-0.3` and `0.2*0.4 + 0.1*-0.3` have one shape. Lark runs the grammar on a shape when
it first comes; the answer, a `Plan`, says which rule takes what, and `trees.py` builds from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeAlias, cast

from lark import Lark, Transformer, UnexpectedToken
from lark.lexer import Lexer

from engine.reading.tokens import Token

LONGEST_KEPT = 64
"""Tokens of a side up to which its plan is kept."""

Kinds: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Rules in the order in which they apply.

    Of a side of n tokens, slots 0 to n - 1 are the tokens, n to 2n - 1 the trees that they stand
    for, and what the rules make comes after those.
    """

    steps: tuple[tuple[str, tuple[int, ...]], ...]
    """A rule's name, and the slots of its parts."""
    result: int
    """The slot of the tree of it all."""


class _Tokens(Lexer):
    """Hands lark the tokens that were scanned."""

    def __init__(self, _conf: object) -> None: ...

    def lex(self, tokens: Any) -> Iterator[Any]:  # type: ignore[override]  # noqa: ANN401 - lark's
        return iter(tokens)


@dataclass(frozen=True, slots=True, eq=False)
class _Made:
    """One use of a rule."""

    rule: str
    children: list[_Made | Token]


class _Recorder(Transformer[Any, Any]):
    """Notes which rule was used on what."""

    def __default__(self, data: str, children: list[_Made | Token], _meta: object) -> _Made:
        return _Made(data, children)


@cache
def _parser() -> Callable[[list[Token]], _Made]:
    """The parser, built when the first text needs it."""
    lark = Lark.open_from_package(
        "engine",
        "reading.lark",
        start="side",
        parser="lalr",
        lexer=_Tokens,
        transformer=_Recorder(),
        maybe_placeholders=False,
    )
    return cast("Callable[[list[Token]], _Made]", lark.parse)


def plan(kinds: Kinds) -> Plan | int:
    """How a side of such tokens is built.

    Args:
        kinds: of all its tokens, at least one.

    Returns:
        The plan; or, when the grammar derives no such side, the place of the token that it could
        not take, which is their number if it wanted more.
    """
    return _kept(kinds) if len(kinds) <= LONGEST_KEPT else _worked_out(kinds)


def _worked_out(kinds: Kinds) -> Plan | int:
    tokens = [Token(kind, "", 0) for kind in kinds]
    slots: dict[_Made | Token, int] = {token: place for place, token in enumerate(tokens)}
    try:
        root = _parser()(tokens)
    except UnexpectedToken as trouble:
        return slots.get(cast("Token", trouble.token), len(tokens))
    steps: list[tuple[str, tuple[int, ...]]] = []
    for made in _inside_out(root):
        parts = tuple(slots[part] for part in made.children)
        if made.rule == "value":
            slots[made] = len(tokens) + parts[0]
        elif made.rule == "bracket":
            slots[made] = parts[1]
        else:
            slots[made] = 2 * len(tokens) + len(steps)
            steps.append((made.rule, parts))
    return Plan(tuple(steps), slots[root])


_kept = lru_cache(maxsize=1024)(_worked_out)


def _inside_out(root: _Made) -> list[_Made]:
    """All uses of rules from left to right, each after its parts."""
    found, waiting = [], [root]
    while waiting:
        made = waiting.pop()
        found.append(made)
        waiting += [part for part in made.children if isinstance(part, _Made)]
    return found[::-1]
