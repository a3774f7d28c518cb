"""A table of records by name in which a name that is not known is an error."""

from __future__ import annotations

from typing import TypeVar

R = TypeVar("R")


class Registry(dict[str, R]):
    """Records by name, and by the number that links hold for those that have one.

    Args:
        what: what one is called in errors.
    """

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what
        self._codes: dict[int, str] = {}

    def add(self, name: str, record: R, code: int | None = None) -> None:
        """Makes a record known.

        Raises:
            ValueError: its name or its code is taken.
        """
        if name in self or code in self._codes:
            raise ValueError(f"the name or code of the {self.what} {name!r} is taken")
        self[name] = record
        if code is not None:
            self._codes[code] = name

    def remove(self, name: str) -> None:
        """Makes a record unknown again."""
        del self[name]
        self._codes = {code: known for code, known in self._codes.items() if known != name}

    def __missing__(self, name: str) -> R:
        raise ValueError(f"unknown {self.what} {name!r}; known: {', '.join(self)}")

    def coded(self, code: int) -> R:
        """The record with a code.

        Raises:
            ValueError: there is none.
        """
        if code not in self._codes:
            raise ValueError(f"no {self.what} has the code {code}")
        return self[self._codes[code]]
