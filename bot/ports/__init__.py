"""What the shells need from one another: each port is a Protocol, its data and its failures.

The runtime knows only these. Adapters (`bot.storage`, `bot.telegram`, `bot.webchat`) and the fakes
in `tests/fakes/` implement them; port, adapter and fake share a file name where they can.
"""

from bot.ports.clock import Clock
from bot.ports.dialogue import Dialogue, Received, Tutor
from bot.ports.messenger import (
    DeliveryError,
    Document,
    Files,
    Mark,
    Message,
    Messenger,
    MovedError,
    NotSentError,
    Performed,
    PlatformTroubleError,
    RejectedError,
    Sendable,
    Speaks,
    ThrottledError,
    UnreachableError,
    UnsureError,
    Uploads,
)
from bot.ports.meter import Meter, NoMeter
from bot.ports.store import (
    Counts,
    Done,
    Left,
    Outgoing,
    RawUpdate,
    Saved,
    StaleError,
    StorageError,
    Store,
    StoreAwayError,
    TakenError,
)

__all__ = [
    "Clock",
    "Counts",
    "DeliveryError",
    "Dialogue",
    "Document",
    "Done",
    "Files",
    "Left",
    "Mark",
    "Message",
    "Messenger",
    "Meter",
    "MovedError",
    "NoMeter",
    "NotSentError",
    "Outgoing",
    "Performed",
    "PlatformTroubleError",
    "RawUpdate",
    "Received",
    "RejectedError",
    "Saved",
    "Sendable",
    "Speaks",
    "StaleError",
    "StorageError",
    "Store",
    "StoreAwayError",
    "TakenError",
    "ThrottledError",
    "Tutor",
    "UnreachableError",
    "UnsureError",
    "Uploads",
]
