"""A need full of words that occur nowhere else, and every way in which it can be sent. `traces` looks for what is left.

Nothing here holds the words between one use and the next, so that a search of this process's memory finds what the
service keeps, and not what the test does.
"""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect
from websockets.typing import Subprotocol

NEEDED = """query ($need: NeedInput!) {
  matchOffers(need: $need) { notices { message } fits(first: 5) { nodes { offer { name } } } }
}"""


def word(tail: str = "") -> str:
    """Made anew each time. Letters of each kind that is written otherwise in JSON, addresses and other encodings."""
    return "".join(reversed("dørgelbælgufeiranak")) + tail


def numbers() -> dict[str, float]:
    """Numbers that no content holds, each exact in binary."""
    step = 1 / 1024
    return {
        "age": 34 + 37 * step,
        "latitude": 57 + 91 * step,
        "longitude": 9 + 905 * step,
        "withinKm": 149 + 603 * step,
        "factor": 1 + 611 * step,
        "maxPrice": 48213 + 608 * step,
    }


def day() -> str:
    return "-".join(("2033", "07", "19"))


def reported() -> str:
    return "-".join(("2003", "02", "17"))


def need(**others: Any) -> dict[str, Any]:
    """A need that can be judged, with every field of it; `others` are put in place of what stands there."""
    number = numbers()
    return {
        "age": number["age"],
        "homeMunicipality": "municipality:aalborg",
        "primaryTargetGroup": "target-group:hjerneskade",
        "secondaryTargetGroups": ["target-group:angst"],
        "circumstances": ["target-group:angst"],
        "levels": [],
        "supportLevel": "HIGH",
        "offerTypes": [],
        "legalBases": [],
        "services": [],
        "near": {k: number[k] for k in ("latitude", "longitude", "withinKm")},
        "maxPrice": {"amount": str(number["maxPrice"]), "unit": "DAY"},
        "freePlaceNeeded": True,
        "neededFrom": day(),
        "requireApproval": False,
        "reportSince": reported(),
        "words": [word(), f"{word()} og {word()}"],
        "weights": [{"criterion": "DISTANCE", "factor": number["factor"]}],
        **others,
    }


IDS = ("homeMunicipality", "primaryTargetGroup")
LISTS = ("secondaryTargetGroups", "circumstances", "offerTypes", "legalBases", "services")


def literal(value: Any) -> str:
    """A value as it is written into a document. Enums are words in capitals."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{k}: {literal(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    if isinstance(value, str) and value.isascii() and value.isupper():
        return value
    return json.dumps(value, ensure_ascii=False)


# -- every way in


def parameters() -> Iterator[tuple[str, dict[str, Any]]]:
    """Requests by name: what may be sent as the parameters of GraphQL over HTTP."""
    yield "variables", {"query": NEEDED, "variables": {"need": need()}}
    yield "in the text", {"query": NEEDED.replace("$need)", f"{literal(need())})").replace("($need: NeedInput!)", "")}
    yield "as a default", {"query": NEEDED.replace("NeedInput!", f"NeedInput! = {literal(need())}")}
    for field in need():
        yield f"a wrong {field}", {"query": NEEDED, "variables": {"need": need(**{field: {word(): word()}})}}
        yield f"a wrong {field} in a list", {"query": NEEDED, "variables": {"need": need(**{field: [[word()]]})}}
        yield f"a text as {field}", {"query": NEEDED, "variables": {"need": need(**{field: word()})}}
        yield (
            f"a wrong {field} in the text",
            {"query": f"{{ matchOffers(need: {literal(need(**{field: [[word()]]}))}) {{ position }} }}"},
        )
    for field in IDS:
        yield f"an unknown {field}", {"query": NEEDED, "variables": {"need": need(**{field: f"offer:{word()}"})}}
    for field in LISTS:
        yield (
            f"an unknown one of {field}",
            {
                "query": NEEDED,
                "variables": {"need": need(**{field: [f"target-group:{word()}"]})},
            },
        )
    yield (
        "an unknown level",
        {
            "query": NEEDED,
            "variables": {"need": need(levels=[{"item": f"theme-item:{word()}", "level": word()}])},
        },
    )
    yield "an age out of bounds", {"query": NEEDED, "variables": {"need": need(age=numbers()["age"] * 1000)}}
    yield "an unknown field of a need", {"query": NEEDED, "variables": {"need": {word(): word()}}}
    yield "an unknown variable", {"query": NEEDED, "variables": {"need": need(), word(): word()}}
    yield (
        "a page out of bounds",
        {
            "query": NEEDED.replace("first: 5", f"first: -1, after: {literal(word())}"),
            "variables": {"need": need()},
        },
    )
    for what, text in {
        "that does not parse": "{ matchOffers(need: NEED) { position }",
        "with a bad token": "{ matchOffers(need: NEED) { position } } WORD",
        "of an unknown field": "{ matchOffers(need: NEED) { unknown } }",
        "of a field misspelt": "{ matchOffer(need: NEED) { position } }",
        "of an argument misspelt": "{ matchOffers(needs: NEED) { position } }",
        "with an unknown fragment": "{ matchOffers(need: NEED) { ...unknown } }",
        "with a directive": '{ matchOffers(need: NEED) @unknown(why: "WORD") { position } }',
        "beside a comment": "# WORD\n{ matchOffers(need: {}) { position } }",
        "too many times": "{ " + " ".join(f"a{n}: matchOffers(need: NEED) {{ position }}" for n in range(300)) + " }",
        "as a mutation": "mutation { matchOffers(need: NEED) { position } }",
        "too deep": "{ matchOffers(need: NEED) { fits { nodes { offer " + "{ partOf " * 40 + "{ id }" + " }" * 44,
    }.items():
        yield f"in a text {what}", {"query": text.replace("NEED", literal(need())).replace("WORD", word())}
    yield "an operation that is not there", {"query": NEEDED, "operationName": word(), "variables": {"need": need()}}
    yield "as extensions", {"query": NEEDED, "extensions": {"persistedQuery": {"sha256Hash": word()}, word(): need()}}
    yield (
        "a trusted document that is not there",
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": word()}}},
    )
    yield (
        "another trusted document that is not there",
        {"documentId": f"sha256:{word()}", "variables": {"need": need()}},
    )
    hash = sha256(NEEDED.encode()).hexdigest()
    yield "a trusted document", {"documentId": f"sha256:{hash}", "variables": {"need": need()}}
    yield (
        "a trusted document, as Apollo asks",
        {
            "extensions": {"persistedQuery": {"version": 1, "sha256Hash": hash}},
            "variables": {"need": need()},
        },
    )
    yield "a batch", {"query": [NEEDED, word()], "variables": [need()]}


def named(name: str) -> dict[str, Any]:
    """An operation whose name says something of a need."""
    return {"query": NEEDED.replace("query", f"query {name}"), "operationName": name, "variables": {"need": need()}}


def send_all(url: str, *, lasting: bool = True) -> dict[str, int]:
    """Sends the need every way. Gives the status of each answer, 0 where the connection ended without one.

    With `lasting`, also in what stays in memory since a program gives it: the names of operations.
    """
    statuses = {}
    with httpx.Client(base_url=url, timeout=30) as client:
        if lasting:
            statuses["a name"] = _status(partial(client.post, "/graphql", json=named(word()[:11])))
        for name, sent in parameters():
            encoded = {k: v if isinstance(v, str) else json.dumps(v) for k, v in sent.items()}
            statuses[f"POST: {name}"] = _status(partial(client.post, "/graphql", json=sent))
            statuses[f"GET: {name}"] = _status(partial(client.get, "/graphql", params=encoded))
            events = {"Accept": "text/event-stream"}
            statuses[f"events: {name}"] = _status(partial(client.post, "/graphql", json=sent, headers=events))
        for name, request in _requests(client):
            statuses[name] = _status(request)
    for name, lines in _raw(urlsplit(url).netloc):
        statuses[name] = _exchange(url, lines)
    statuses |= _sockets(url)
    return statuses


def _status(request: Callable[[], httpx.Response]) -> int:
    try:
        return request().status_code
    except (httpx.TransportError, httpx.InvalidURL):
        return 0


def _requests(client: httpx.Client) -> Iterator[tuple[str, Callable[[], httpx.Response]]]:
    body = {"query": NEEDED, "variables": {"need": need()}}
    text = json.dumps(body)
    latin, percent = word().encode("latin-1"), quote(word())

    def post(content: str | bytes, *headers: tuple[bytes, bytes]) -> Callable[[], httpx.Response]:
        return partial(
            client.post, "/graphql", content=content, headers=[(b"Content-Type", b"application/json"), *headers]
        )

    for header in (
        *("Accept", "Authorization", "Content-Encoding", "Cookie", "If-None-Match", "Origin", "Referer"),
        *("Tilbudsvifte-Position", "Traceparent", "User-Agent", "X-Forwarded-For", "X-Request-ID"),
    ):
        for value in (latin, b"Bearer " + percent.encode(), b"application/json; x=" + latin):
            yield f"header {header}: {value[:6]!r}", post(text, (header.encode(), value))
    yield "a header of its name", post(text, (f"X-{word()[:11]}".encode(), b"1"))
    for kind in ("text/plain", "application/graphql", "application/x-www-form-urlencoded", f"x/{percent}"):
        yield f"as {kind[:9]}", partial(client.post, "/graphql", content=text, headers={"Content-Type": kind})
    yield "as UTF-16", post(text.encode("utf-16"))
    yield "broken JSON", post(text[:-2])
    yield "a list", post(f"[{text}, {text}]")
    yield "too large a body", post(text + word() * 60_000)
    yield "a query string beside a body", partial(client.post, "/graphql", params={word(): word()}, json=body)
    yield (
        "GET /graphql/",
        partial(client.get, "/graphql/", params={"query": f"{{ matchOffers(need: {literal(need())}) }}"}),
    )
    for folder in ("", "/graphql", "/static", "/health", "/documents"):
        yield f"GET {folder}/…", partial(client.get, f"{folder}/{percent}")
        yield f"POST {folder}/…", partial(client.post, f"{folder}/{percent}", json=body)
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"):
        yield f"by {method}", partial(client.request, method, "/graphql", json=body)


def _raw(host: str) -> Iterator[tuple[str, bytes]]:
    """What no well-behaved client sends."""
    body = json.dumps({"query": NEEDED, "variables": {"need": need()}}, ensure_ascii=False).encode()
    sent = word().encode()
    json_type = f"Host: {host}\r\nContent-Type: application/json\r\n".encode()
    yield "a method of its own", b"KANARIEFUGL /graphql HTTP/1.1\r\nHost: x\r\n\r\n"
    yield "no HTTP", sent + b"\r\n\r\n"
    yield "a bad version", b"GET /" + sent + b" HTTP/9.9\r\nHost: x\r\n\r\n"
    yield "a bad header", b"GET /graphql HTTP/1.1\r\n" + sent + b"\r\n\r\n"
    yield "a bad length", b"POST /graphql HTTP/1.1\r\n" + json_type + b"Content-Length: " + sent + b"\r\n\r\n" + body
    yield "bad chunks", b"POST /graphql HTTP/1.1\r\n" + json_type + b"Transfer-Encoding: chunked\r\n\r\n" + body
    length = f"Content-Length: {len(body) + 100}\r\n\r\n".encode()
    yield "half a body", b"POST /graphql HTTP/1.1\r\n" + json_type + length + body
    whole = f"Content-Length: {len(body)}\r\n\r\n".encode()
    yield "left at once", b"POST /graphql HTTP/1.1\r\n" + json_type + whole + body


def _exchange(url: str, sent: bytes) -> int:
    at = urlsplit(url)
    with socket.create_connection((at.hostname, at.port), 5) as connection:
        connection.sendall(sent)
        connection.settimeout(1)
        with contextlib.suppress(TimeoutError, ConnectionError):
            answer = connection.recv(65536)
            return int(answer[9:12]) if answer.startswith(b"HTTP/") else 0
    return 0


def _sockets(url: str) -> dict[str, int]:
    """Over graphql-transport-ws: how many messages came back."""
    received = {}
    at = url.replace("http", "ws") + "/graphql"
    for name, sent in [*parameters(), ("an operation with a name", named("a_name"))]:
        subscribe = {"type": "subscribe", "id": word(), "payload": sent}
        received[f"socket: {name}"] = _talk(at, [{"type": "connection_init", "payload": {word(): word()}}, subscribe])
    received["socket: a token"] = _talk(at, [{"type": "connection_init", "payload": {"Authorization": word()}}])
    received["socket: not yet begun"] = _talk(at, [{"type": "subscribe", "id": word(), "payload": named("a_name")}])
    received["socket: another type"] = _talk(at, [{"type": word(), "payload": need()}])
    received["socket: no JSON"] = _talk(at, [word()])
    received["socket: an address"] = _talk(f"{at}?{quote(word())}", [word()])
    received["socket: a protocol"] = _talk(at, [], protocol=quote(word()).replace("%", "."))
    return received


def _talk(at: str, messages: Iterable[Any], protocol: str = "graphql-transport-ws") -> int:
    count = 0
    lost = (WebSocketException, TimeoutError, ConnectionError, EOFError)
    with contextlib.suppress(*lost), connect(at, subprotocols=[Subprotocol(protocol)], close_timeout=1) as socket:
        for message in messages:
            socket.send(message if isinstance(message, str) else json.dumps(message))
        answer = b""
        while b'"complete"' not in answer and b'"error"' not in answer:
            answer = socket.recv(timeout=2, decode=False)
            count += 1
    return count
