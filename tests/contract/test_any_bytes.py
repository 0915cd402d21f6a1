"""Whatever arrives, as a body, as headers, by whichever method: it is answered, and never with an error of the service.

What is no HTTP at all is another matter: what is sent here has the form of a request.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator

import orjson
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.service.served import Served

TOKEN = st.text(
    "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=20
)
METHODS = st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "PROPFIND"])
VALUES = (
    st.binary(max_size=60).map(lambda raw: bytes(byte for byte in raw if byte >= 32 and byte != 127)).map(bytes.strip)
)
KNOWN = st.sampled_from(
    [
        *("accept", "authorization", "content-type", "content-encoding", "origin", "if-none-match", "cookie", "expect"),
        *("tilbudsvifte-position", "x-forwarded-for", "sec-fetch-site", "range", "access-control-request-method"),
    ]
)
MEDIA = st.sampled_from(
    [
        b"application/json",
        b"application/graphql-response+json",
        b"text/event-stream",
        b"*/*",
        b"text/html",
        b"multipart/mixed",
    ]
)
HEADERS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["accept", "content-type"]), MEDIA),
        st.tuples(KNOWN, VALUES),
        st.tuples(TOKEN.map("x-{}".format), VALUES),
    ),
    max_size=6,
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.sampled_from(
        ["{ __typename }", "query Q($a: Int) { __typename }", "subscription { changes { id } }", "mutation { x }"]
    ),
)
PARAMETERS = st.fixed_dictionaries(
    {},
    optional={
        "query": TEXTS | JSON,
        "variables": JSON,
        "operationName": TEXTS | JSON,
        "extensions": JSON,
        "documentId": TEXTS | JSON,
    },
)
BODIES = st.one_of(st.binary(max_size=2000), JSON.map(orjson.dumps), PARAMETERS.map(orjson.dumps))
QUERIES = st.one_of(
    st.just(b""),
    st.binary(max_size=100).map(lambda raw: b"?" + bytes(byte for byte in raw if 33 <= byte < 127 and byte != 35)),
)


@pytest.fixture(scope="module")
def host(served: Served) -> Iterator[str]:
    yield f"127.0.0.1:{served.port}"


@settings(
    max_examples=500,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(METHODS, QUERIES, HEADERS, BODIES)
def test_any_bytes_are_answered(
    host: str, method: str, query: bytes, headers: list[tuple[str, bytes]], body: bytes
) -> None:
    lines = [b"%s /graphql%s HTTP/1.1" % (method.encode(), query), b"host: " + host.encode(), b"connection: close"]
    lines += [name.encode() + b": " + value for name, value in headers]
    lines += [b"content-length: %d" % len(body), b"", body]
    sent = b"\r\n".join(lines)
    answer = exchange(host, sent)
    assert answer.startswith(b"HTTP/1.1 "), f"no answer to {sent!r}"
    assert 100 <= int(answer[9:12]) < 500, f"{answer[:300]!r} to {sent!r}"


def exchange(host: str, sent: bytes) -> bytes:
    """The answer's beginning. An answer without end, to a subscription, need not be waited for."""
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port)), 30) as connection:
        connection.sendall(sent)
        return connection.recv(65536)
