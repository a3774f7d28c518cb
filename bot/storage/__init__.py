"""The store: SQLAlchemy Core, on SQLite unless another URL is given; one writer in batches."""

from bot.storage.store import SqlStore

__all__ = ["SqlStore"]
