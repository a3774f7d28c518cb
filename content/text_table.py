"""Tables of texts that take little memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import accumulate


class TextTable(Mapping[str, str]):
    """Texts by their names, held as one text; names that several languages have are held once.

    Args:
        texts: by name.

    >>> said = TextTable({"right": "Richtig.", "done": "Fertig."})
    >>> said["done"], said.get("wrong"), [*said]
    ('Fertig.', None, ['right', 'done'])
    """

    __slots__ = ("_places", "_starts", "_text")

    def __init__(self, texts: Mapping[str, str]) -> None:
        written = [text.encode() for text in texts.values()]
        self._text = b"".join(written)
        self._starts = array("I", [*accumulate(map(len, written), initial=0)])
        self._places = _places(*texts)

    def __getitem__(self, name: str) -> str:
        place = self._places[name]
        return self._text[self._starts[place] : self._starts[place + 1]].decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@lru_cache(maxsize=64)
def _places(*names: str) -> Mapping[str, int]:
    return {name: place for place, name in enumerate(names)}
