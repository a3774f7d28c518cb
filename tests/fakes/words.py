"""The English words on and under pictures."""

from __future__ import annotations

from content.loader import load

BOOK = load()
CAPTIONS, LABELS = BOOK.captions, BOOK.labels
