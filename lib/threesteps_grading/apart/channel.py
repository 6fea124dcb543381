"""What crosses between the judge and a submission's process: plain data as JSON, never code, in messages with limits.

None, booleans, numbers and texts stand as they are; all else is a list that starts with a tag:
`["list", 1, 2]`, `["tuple"]`, `["dict", key, value]`, `["array", "f8", [2, 3], base64]`. What one
side wants to send beyond that (a random generator, a function) it describes in plain data, and the
other builds what it knows: `["special", …]`. The judge builds nothing.
"""

from __future__ import annotations

import base64
import json
import socket
import struct
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from threesteps import call

SIZE = 8 * 2**20  # bytes of one message
DEPTH = call.DEPTH + 5
ENTRIES = 100_000  # of all lists together; arrays have no such limit
KEYS = 1000  # of all dicts together: keys may be chosen to collide
SHORT = 2 * KEYS  # bytes of a message that, unless its lists are too deep, breaks no limit
TEXT = 50_000_000  # longest text × entries: an array of texts is as wide everywhere as its longest
NOTES = 10  # of a cell
DTYPES = ("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8")
LENGTH = struct.Struct(">I")
LOOK = 0.25  # seconds
STILL = 2.0  # seconds by which a wait is longer than asked where this process was stopped


class Broken(Exception):
    """The other side sent what is no message, or is gone."""


class Unfit(Exception):
    """A value that can't cross; its argument says what it is."""


def encode(value: Any, special: Callable[[Any], Any] | None = None) -> bytes:
    """A value as bytes. special(x) describes in plain data an x that is none. Raises Unfit."""

    def tagged(value: Any) -> Any:
        kind = type(value)
        if value is None or kind in (bool, int, float, str):
            return value
        if kind in (list, tuple):
            return [kind.__name__, *map(tagged, value)]
        if kind is dict:
            return ["dict", *(tagged(part) for item in value.items() for part in item)]
        if kind is np.ndarray and value.dtype.kind in "biuf":
            if value.nbytes > SIZE or call.too_large(value.shape):
                raise Unfit(call.NotPlain.HEAVY)
            array = value.astype(float) if value.dtype.itemsize > 8 else value.astype(value.dtype.newbyteorder("<"))
            content = base64.b64encode(array.tobytes()).decode()
            return ["array", f"{array.dtype.kind}{array.dtype.itemsize}", list(array.shape), content]
        if special is None:
            raise Unfit(f"a value of type {kind.__name__}")
        return ["special", tagged(special(value))]

    try:
        data = json.dumps(tagged(value)).encode()
        if len(data) > SHORT or data.count(b"[") > DEPTH:
            decode(data, lambda description: None)  # the limits of what can be read are those of what can be sent
    except (ValueError, RecursionError, Broken) as error:  # ValueError: an integer of thousands of digits
        raise Unfit(call.NotPlain.DEEP) from error
    return data


def decode(data: bytes, special: Callable[[Any], Any] | None = None) -> Any:
    """The value that `encode` made into these bytes. special(description) builds what the other side described.

    Raises Broken, and nothing else, whatever the bytes are.
    """
    entries = keys = longest = 0

    def built(item: Any, depth: int) -> Any:
        nonlocal entries, keys, longest
        entries += 1
        if depth > DEPTH or entries > ENTRIES:
            raise Broken("too deep, or too many entries")
        if item is None or type(item) in (bool, int, float):
            return item
        if type(item) is str:
            return text(item)
        if type(item) is not list:
            raise Broken("a JSON object")
        tag, *parts = item
        if tag == "array":
            return array(*parts)
        parts = [built(part, depth + 1) for part in parts]
        if tag == "list":
            return parts
        if tag == "tuple":
            return tuple(parts)
        if tag == "dict":
            keys += len(parts) // 2
            if keys <= KEYS:
                return dict(zip(parts[::2], parts[1::2], strict=True))
        if tag == "special" and special is not None:
            return special(*parts)
        raise Broken("an unknown tag, or too many keys")

    def text(item: str) -> str:
        nonlocal longest
        longest = max(longest, len(item))
        return item if item.isascii() else item.encode(errors="replace").decode()

    def array(dtype: str, shape: list[int], content: str) -> np.ndarray:
        if dtype not in DTYPES or call.too_large(shape) or min(shape, default=0) < 0:
            raise Broken("an array of an unknown kind, or too large")
        flat = np.frombuffer(base64.b64decode(content), dtype="u1" if dtype == "b1" else f"<{dtype}")
        native = flat != 0 if dtype == "b1" else flat.astype(dtype)
        return native.reshape(tuple(shape))

    try:
        if len(data) > SIZE or data.count(b"[") > ENTRIES:  # before all these lists are made
            raise Broken("too many bytes, or too many lists")
        value = built(json.loads(data), 0)
        if longest * entries > TEXT:
            raise Broken("long texts in a long list")
        return value
    except (ValueError, TypeError, OverflowError, MemoryError, RecursionError, KeyError) as error:
        raise Broken(f"no message: {type(error).__name__}") from error


class Channel:
    """Messages over a socket: four bytes of length, then so many bytes."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.stood = 0.0  # seconds for which this process was stopped: by so much a wait was longer than asked
        self._arrived = bytearray()
        self._looked = time.monotonic()

    def send(self, data: bytes, deadline: float | None = None) -> None:
        """Raises Broken where the other side is gone, TimeoutError past the deadline (of time.monotonic)."""
        self.connection.settimeout(None if deadline is None else max(deadline - time.monotonic(), 0.001))
        try:
            self.connection.sendall(LENGTH.pack(len(data)) + data)
        except OSError as error:
            raise error if isinstance(error, TimeoutError) else Broken("the other side is gone") from error

    def receive(self, deadline: float | None = None, meanwhile: Callable[[], None] = lambda: None) -> bytes:
        """The next message; `meanwhile()` is called every LOOK seconds, whatever arrives. Raises as `send` does."""
        data = self._take(LENGTH.size, deadline, meanwhile)
        length = LENGTH.unpack(data)[0]
        if length > SIZE:
            raise Broken("a message that is too long")
        return self._take(length, deadline, meanwhile)

    def _take(self, count: int, deadline: float | None, meanwhile: Callable[[], None]) -> bytes:
        while len(self._arrived) < count:
            left = 3600.0 if deadline is None else deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            if time.monotonic() - self._looked >= LOOK:
                meanwhile()
                self._looked = time.monotonic()
            self.connection.settimeout(min(left, LOOK) if deadline is not None else None)
            began = time.monotonic()
            try:
                data = self.connection.recv(2**16)
            except TimeoutError:
                data = None
            except OSError:
                data = b""
            waited = time.monotonic() - began
            if deadline is not None and waited > LOOK + STILL:
                self.stood += waited - LOOK
            if data is None:
                continue
            if not data:
                raise Broken("the other side is gone")
            self._arrived += data
        data = bytes(self._arrived[:count])
        del self._arrived[:count]
        return data
