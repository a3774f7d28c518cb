"""The English words on and under pictures."""

from __future__ import annotations

from tests.lesson import BOOK

CAPTIONS, LABELS = BOOK.captions, BOOK.labels
