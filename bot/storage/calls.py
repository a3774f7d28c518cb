"""How a store call gets from the event loop to the database: a function becomes an async method.

A call is declared in `bot.ports.store` and written as one function of a connection. `@one` makes a
call of a function that does its work for itself; `@together` of one that does the work of a whole
batch, so that what many learners ask for at the same time costs a few statements. `SqlStore` names
the calls it has, and whoever calls one of its methods waits until a batch with it is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeAlias, TypeVar

from sqlalchemy import Connection

from bot.storage.claims import Claims

P = ParamSpec("P")
R = TypeVar("R")


class _Asks(Protocol):
    """What calls are made through."""

    async def ask(self, asked: Asked) -> Any: ...  # noqa: ANN401 - each call has its own answer


@dataclass(frozen=True, eq=False)
class Call(Generic[P, R]):
    """A method of the store, as a descriptor of `SqlStore`.

    Args:
        run: answers a batch of this call, in order, in the connection's transaction.
        chats: the chats whose claims it looks at, which are locked first.
    """

    run: Callable[[Connection, Claims, Sequence[tuple[Any, ...]]], Sequence[R]]
    chats: Callable[..., Iterable[int]] | None = None

    def __get__(self, store: _Asks, _owner: object) -> Callable[P, Coroutine[Any, Any, R]]:
        """The method."""

        def method(*given: P.args, **_named: P.kwargs) -> Coroutine[Any, Any, R]:
            return store.ask((self, given))

        return method


Asked: TypeAlias = tuple[Call[Any, Any], tuple[Any, ...]]
"""A call with its arguments, waiting for its batch."""


def one(written: Callable[Concatenate[Connection, Claims, P], R]) -> Call[P, R]:
    """A call of a function that does one call's work."""
    does: Callable[..., R] = written
    return Call(lambda connection, claims, batch: [does(connection, claims, *one) for one in batch])


def together(
    _declared: Callable[Concatenate[Any, P], Coroutine[Any, Any, R]],
    chats: Callable[..., Iterable[int]] | None = None,
) -> Callable[[Callable[[Connection, Claims, Sequence[tuple[Any, ...]]], Sequence[R]]], Call[P, R]]:
    """A call of a function that does a whole batch's work.

    Args:
        _declared: the call in its port, for its type: the function gets a list of its arguments.
        chats: the chats whose claims one call looks at.
    """
    return lambda written: Call[P, R](written, chats)


def run_batch(
    connection: Connection,
    claims: Claims,
    batch: Sequence[Asked],
    first: Sequence[Call[Any, Any]],
) -> list[Any]:
    """Answers a batch in the connection's transaction.

    A batch never holds two calls for one chat where one waits for the other, so those of a kind
    can run together.

    Args:
        connection: with a transaction that was just begun.
        claims: this worker's.
        batch: what is asked.
        first: the calls that come before all others, in this order.

    Returns:
        One answer for each call, in order.

    Raises:
        StaleError: when a turn's version is not the stored one; nothing may be kept then.
        TakenError: when a turn's update is not this worker's to handle; so too.
    """
    claims.live(connection)
    claims.lock(
        connection,
        (chat for call, given in batch if call.chats is not None for chat in call.chats(*given)),
    )
    places: dict[Call[Any, Any], list[int]] = {call: [] for call in first}
    for place, (call, _) in enumerate(batch):
        places.setdefault(call, []).append(place)
    answers: list[Any] = [None] * len(batch)
    for call, mine in places.items():
        if mine:
            found = call.run(connection, claims, [batch[place][1] for place in mine])
            for place, answer in zip(mine, found, strict=True):
                answers[place] = answer
    return answers
