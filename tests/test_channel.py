"""The channel: plain data arrives as it was sent, and bytes of any kind do no harm."""

from __future__ import annotations

import base64
import json
import math
import socket
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from threesteps import call
from threesteps_grading.apart import channel
from threesteps_grading.apart.channel import Broken, Channel, Unfit, decode, encode

NUMBERS = arrays.arrays(
    st.sampled_from([np.dtype(name) for name in channel.DTYPES]), arrays.array_shapes(min_dims=0, min_side=0)
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.recursive(
    SCALARS | NUMBERS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=3).filter(str.isascii) | st.integers(), inner, max_size=4)
    ),
    max_leaves=20,
)


def alike(a, b) -> bool:
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(alike, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(map(alike, a.values(), b.values()))
    return a == b or (a != a and b != b)


@given(PLAIN)
def test_plain_data_arrives_as_it_was_sent(value):
    assert alike(decode(encode(value)), value)


@pytest.mark.parametrize("value", [-0.0, math.inf, -math.inf, math.nan, 10**4000, -(2**64), "", "é\n\0", b"".decode()])
def test_odd_numbers_and_texts_arrive(value):
    assert alike(decode(encode(value)), value)
    assert math.copysign(1, decode(encode(-0.0))) == -1


def test_arrays_arrive_native_writable_and_of_their_own():
    got = decode(encode([np.arange(6, dtype=">i4").reshape(2, 3).T, np.longdouble([0.5]), np.array([True, False])]))
    assert got[0].dtype == np.dtype("i4") and got[0].tolist() == [[0, 3], [1, 4], [2, 5]]
    assert got[1].dtype == np.float64
    assert got[2].dtype == bool
    got[0][0, 0] = 9


@pytest.mark.parametrize(
    "value",
    [
        10**5000,
        np.zeros(channel.SIZE // 8 + 1),
        "x" * (channel.SIZE + 1),
        [0] * (channel.ENTRIES + 1),
        {i: i for i in range(channel.KEYS + 1)},
        ["x" * 10_000, *[0] * 10_000],
        np.zeros((10**8, 0)),
        np.array([object()]),
        np.array([1j]),
        {1, 2},
        (x for x in ()),
        np.float64(1),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_can_not_cross_is_refused_by_the_sender(value):
    with pytest.raises(Unfit):
        encode(value)


@pytest.mark.parametrize(
    "shape", [[10**15, 0], [0] + [10**6] * 3, [1] * 30, [-1, 0], [-1, 3126, 3199], ["a"], [10**400, 0]]
)
def test_an_array_that_only_its_shape_makes_large_is_broken(shape):
    with pytest.raises(Broken):
        decode(json.dumps(["array", "f8", shape, ""]).encode())


def test_lists_without_an_end_are_refused_by_the_sender():
    loop = []
    loop.append(loop)
    with pytest.raises(Unfit):
        encode(loop)


def test_special_things_are_described_and_built():
    data = encode([1, 2j], lambda value: ("complex", value.real, value.imag))
    assert decode(data, lambda description: complex(*description[1:])) == [1, 2j]
    with pytest.raises(Broken):
        decode(data)  # the judge builds nothing


@given(st.binary(max_size=300))
@settings(max_examples=500)
def test_any_bytes_are_plain_data_or_broken(data):
    try:
        value = decode(data)
    except Broken:
        return
    call.plain(value)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["list", "tuple", "dict", "array", "special", *channel.DTYPES, "AAAA", "AAAAAAAAAAA="]),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
        | st.tuples(st.sampled_from(["list", "tuple", "dict", "special"]), inner, inner).map(list)
        | st.tuples(st.just("array"), st.sampled_from(channel.DTYPES), st.lists(st.integers()), inner).map(list)
    ),
    max_leaves=30,
)


@given(JSON)
@settings(max_examples=500)
def test_any_json_is_plain_data_or_broken(value):
    try:
        value = decode(json.dumps(value).encode())
    except Broken:
        return
    call.plain(value)


@given(PLAIN, st.data())
def test_messages_that_were_tampered_with_are_plain_data_or_broken(value, data):
    message = bytearray(encode(value))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(message) - 1))
        message[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
        message = message or bytearray(b" ")
    try:
        call.plain(decode(bytes(message)))
    except Broken:
        pass
    except call.NotPlain:
        pytest.fail("more than plain data")


BLANK = base64.b64encode(bytes(64)).decode()


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"[" * 1_000_000,
        b"[" * 10 + b"]" * 10,
        b"9" * 100_000,
        b'{"list": 1}',
        b'["list", ' * 30 + b"[]" + b"]" * 30,
        b'["dict", ["list"], 1]',
        b'["dict", 1]',
        b'["special", 1]',
        b'["array", "O8", [8], "%s"]' % BLANK.encode(),
        b'["array", "f8", [9], "%s"]' % BLANK.encode(),
        b'["array", "f8", [-1, -1], "%s"]' % BLANK.encode(),
        b'["array", "f8", [1e3], "%s"]' % BLANK.encode(),
        b'["array", "f8", "8", "%s"]' % BLANK.encode(),
        b'["array", "f8", [0, 4611686018427387904, 8], ""]',
        b'["array", "f8", [8], 7]',
        b'["array"]',
        b'["list", "' + b"x" * 100_000 + b'"' + b", 0" * 1000 + b"]",
        b'["list"' + b", []" * 2_000_000 + b"]",
        b'["list"' + b', ["list"]' * 1_500_000 + b"]",
        b'["dict"' + b", 1, 2" * 100_000 + b"]",
    ],
    ids=range(21),
)
def test_hostile_messages_are_broken_at_once(message):
    began = time.process_time()
    with pytest.raises(Broken):
        decode(message)
    assert time.process_time() - began < 10


def test_numbers_with_equal_hashes_cost_no_time():
    colliding = [(2**61 - 1) * i for i in range(channel.KEYS)]
    began = time.process_time()
    decode(encode(dict.fromkeys(colliding)))
    assert time.process_time() - began < 5


def test_texts_with_half_characters_arrive_writable():
    decode(b'"a\\ud800"').encode()
    decode(encode("a\ud800")).encode()


@pytest.fixture
def ends():
    one, other = socket.socketpair()
    with one, other:
        yield Channel(one), other


def test_messages_arrive_whole_and_one_by_one(ends):
    ours, other = ends
    Channel(other).send(b"one")
    Channel(other).send(b"")
    Channel(other).send(b"three")
    assert [ours.receive(), ours.receive(), ours.receive()] == [b"one", b"", b"three"]


def test_a_message_that_does_not_come_is_a_timeout(ends):
    ours, other = ends
    other.sendall(b"\0\0\0\x09half")
    called = []
    with pytest.raises(TimeoutError):
        ours.receive(time.monotonic() + 3, lambda: called.append(1))
    assert called


def test_a_message_that_is_not_read_is_a_timeout(ends):
    ours, _ = ends
    with pytest.raises(TimeoutError):
        ours.send(b"x" * channel.SIZE, time.monotonic() + 0.2)


def test_too_long_a_message_and_a_lost_connection_are_broken(ends):
    ours, other = ends
    other.sendall(b"\xff\xff\xff\xff")
    with pytest.raises(Broken):
        ours.receive()
    other.close()
    with pytest.raises(Broken):
        ours.receive()
    with pytest.raises(Broken):
        for _ in range(100):
            ours.send(b"x" * 10_000)
