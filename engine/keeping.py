"""What was made of a thing is kept with the thing, and goes with it.

A cache that is keyed by a whole trace or book holds it for as long as nothing newer pushes it out:
many learners' own networks would fill the memory. Here only whoever holds the thing decides.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

Of = TypeVar("Of")
More = ParamSpec("More")
Made = TypeVar("Made")


def kept(make: Callable[Concatenate[Of, More], Made]) -> Callable[Concatenate[Of, More], Made]:
    """The same function, which makes each thing once for each first argument.

    Args:
        make: of its first argument there are not too many others; all can be hashed.
    """
    name = f"_kept {make.__module__}.{make.__qualname__}"

    @wraps(make)
    def known(of: Of, /, *more: More.args, **named: More.kwargs) -> Made:
        found: dict[object, Made] = of.__dict__.setdefault(name, {})
        key = more, *named.items()
        if key not in found:
            found[key] = make(of, *more, **named)
        return found[key]

    return known
