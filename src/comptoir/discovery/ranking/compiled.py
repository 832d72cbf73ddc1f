"""Loops over entries, compiled."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def compiled(function: Kernel) -> Kernel:
    """The same function in machine code, kept between runs, without the interpreter's lock."""
    return cast("Kernel", numba.njit(cache=True, nogil=True)(function))
