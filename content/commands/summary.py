"""What a class's answers come to, by step and by mistake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice

from content.book import Book
from content.paper.variants import Question
from content.paper.words import headings

RIGHT, BLANK = "right", "blank"
EXPLAINED = "mistake"
MOST = 6
"""Mistakes named of the whole table."""


class Summary:
    """Counts answers as they come.

    Args:
        book: whose words are used.
    """

    def __init__(self, book: Book) -> None:
        self._book, self._words = book, headings(book)
        self._names: dict[tuple[int, str], set[str]] = {}
        self._kinds: dict[tuple[int, str], Counter[str]] = {}
        self._mistakes: dict[tuple[int, str], Counter[str]] = {}

    def count(self, question: Question, kind: str, mistakes: Sequence[str] = ()) -> None:
        """Counts one answer.

        Args:
            question: the gap it stands in.
            kind: `right`, `blank`, or a verdict.
            mistakes: those that explain it.
        """
        step = (question.number, "" if question.number else question.id)
        self._names.setdefault(step, set()).add(question.id)
        self._kinds.setdefault(step, Counter())[kind] += 1
        found = self._mistakes.setdefault(step, Counter())
        found.update(mistakes if kind == EXPLAINED else ())
        if kind not in (RIGHT, BLANK, EXPLAINED):
            found[f"={kind}"] += 1

    def lines(self) -> Iterator[str]:
        """The summary, line by line."""
        all_kinds = sum(self._kinds.values(), Counter[str]())
        words = self._words
        yield words.checked(
            answers=str(all_kinds.total()),
            right=str(all_kinds[RIGHT]),
            wrong=str(_wrong(all_kinds)),
            blank=str(all_kinds[BLANK]),
        )
        if not self._kinds:
            return
        yield ""
        wide = max(len(self._name(step)) for step in self._kinds)
        for step, kinds in sorted(self._kinds.items()):
            number, name = step[0], self._name(step)
            told = ", ".join(self._told(self._mistakes[step]))
            counts = f"{kinds[RIGHT]:>4} / {kinds.total() - kinds[BLANK]:<4}"
            yield f"{number or '':>4}  {name:<{wide}}  {counts}  {told}".rstrip()
        worst = max(self._kinds, key=lambda step: (_wrong(self._kinds[step]), -step[0]))
        if count := _wrong(self._kinds[worst]):
            yield ""
            said = f"{worst[0] or ''} {self._name(worst)}".strip()
            yield words.hardest(step=said, count=str(count))
        mistakes = sum(self._mistakes.values(), Counter[str]())
        named = Counter({name: n for name, n in mistakes.items() if not name.startswith("=")})
        if named:
            yield words.commonest(mistakes=", ".join(islice(self._told(named), MOST)))

    def _name(self, step: tuple[int, str]) -> str:
        """The step's id; none where sheets ask different quantities under one number."""
        (name, *others) = self._names[step]
        return "" if others else name

    def _told(self, found: Counter[str]) -> Iterator[str]:
        """Mistakes and other verdicts with their counts, the commonest first."""
        words = self._words
        others = {
            "=ambiguous": words.ambiguous(),
            "=imprecise": words.imprecise(),
            "=unfinished": words.unfinished(),
            "=unreadable": words.unreadable(),
        }
        for name, count in sorted(found.items(), key=lambda item: (-item[1], item[0])):
            if name.startswith("="):
                said = others.get(name, words.unexplained())
            else:
                said = unescape(self._book.mistake_name(name))
            yield f"{said} {count}"


def _wrong(kinds: Counter[str]) -> int:
    return kinds.total() - kinds[RIGHT] - kinds[BLANK]
