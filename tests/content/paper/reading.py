"""What a PDF says, read back from its bytes."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any

from pypdf import PdfReader

from content.paper.press import TEMPLATE, Press

_DECIMAL = re.compile(r"−?\d+[.,]\d+")


@cache
def _press() -> Press:
    return Press()


def printed(data: dict[str, Any]) -> bytes:
    """The PDF of a sheet's or a key's data."""
    return _press().printed(TEMPLATE, data)


def text_of(pdf: bytes) -> str:
    """All its text."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def size_of(pdf: bytes) -> tuple[int, int]:
    """How wide and high its first page is, in points."""
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    return round(box.width), round(box.height)


def decimals_in(text: str) -> set[str]:
    """Every number with decimals, as authors write it and without its sign."""
    return {found.lstrip("−").replace(",", ".") for found in _DECIMAL.findall(text)}
