"""Ports for programs that tests start, which nobody listens on and nobody is about to use.

They lie below those that systems give to outgoing connections: else one of many connections may
take a port in the moment before the program listens there.
"""

from __future__ import annotations

import random
import socket
from contextlib import ExitStack

PORTS = range(12_000, 32_000)
_TRIES = 1_000


def free_port() -> int:
    """One of them."""
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """Some of them, all different.

    Raises:
        OSError: none are left.
    """
    rng, found = random.SystemRandom(), list[int]()
    with ExitStack() as stack:
        for _ in range(_TRIES):
            if len(found) == count:
                return found
            port = rng.choice(PORTS)
            try:
                stack.enter_context(socket.create_server(("127.0.0.1", port)))
            except OSError:
                continue
            found.append(port)
    raise OSError("there are no free ports")
