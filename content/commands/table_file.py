"""A table as a spreadsheet saves it: read whatever the separator and encoding, written alike."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from content.commands.command import Refused

LARGEST_BYTES = 20_000_000
"""Some hundred thousand answers."""
_SEPARATORS = ";\t,"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Table:
    """The headings and rows of a file.

    Attributes:
        rows: the number of the line that each row begins at, and its cells.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    separator: str


def table_of(file: Path) -> Table:
    """What stands in a file.

    Raises:
        Refused: it can't be read, or has no row of headings.
    """
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise Refused(f"{file}: is longer than {LARGEST_BYTES:,} bytes")
        text = _text(file.read_bytes())
    except OSError as error:
        raise Refused(f"{file}: can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Refused(f"{file}: is no text that can be read; save it as CSV UTF-8") from None
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    try:
        found = list(_rows(csv.reader(io.StringIO(text, newline=""), delimiter=separator)))
    except csv.Error as error:
        raise Refused(f"{file}: is no table: {error}") from None
    if not found:
        raise Refused(f"{file}: is empty; it needs a row of headings")
    (_, headings), *rows = found
    return Table(tuple(one.strip() for one in headings), tuple(rows), separator)


def write_table(file: Path, separator: str, rows: Iterable[Sequence[str]]) -> None:
    """Writes rows so that a spreadsheet reads every letter.

    Raises:
        Refused: the file can't be written.
    """
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as opened:
            csv.writer(opened, delimiter=separator).writerows(rows)
    except OSError as error:
        raise Refused(f"{file}: can't be written: {error.strerror}") from None


def _rows(reader: Iterator[list[str]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Rows in which something stands, each with the number of its first line."""
    line = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield line, tuple(cells)
        line = reader.line_num + 1  # type: ignore[attr-defined] # of csv's reader


def _text(raw: bytes) -> str:
    """The text: UTF-8, UTF-16 where a mark says so, or as older spreadsheets save it."""
    if raw.startswith(_UTF_16):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")
