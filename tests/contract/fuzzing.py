"""Requests made from the schema as it is served, by schemathesis, of several operations at once.

What it makes is right by the schema, or wrong in one place. Left to itself it names no node that is there and pages
both ways at once, and most of what it asks is refused: so half of the ids are ids of the first content, and most
pages are asked for one way. What stays wrong must be refused as the caller's fault.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import cycle
from random import Random
from typing import Any

import httpx
import orjson
import requests
import schemathesis
from graphql import (
    REMOVE,
    ArgumentNode,
    DocumentNode,
    FieldNode,
    GraphQLSchema,
    IntValueNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    print_ast,
    visit,
)
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import Mode, queries
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.graphql import nodes

from seeds.loader import CONTENT, read

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES") or 200)
"""Requests an operation, right by the schema; and a tenth as many that are wrong. Those who ask take turns."""
DEADLINE = 20.0
"""Seconds within which every answer must come: the service's own deadline, and as much again for a busy machine."""
ANONYMOUS = "anonymous"
CALLERS = frozenset(
    (
        *("BAD_REQUEST", "BAD_USER_INPUT", "FORBIDDEN", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"),
        *("LIMIT_EXCEEDED", "UNAUTHENTICATED"),
    )
)
"""The codes of errors that the caller made. Any other is the service's."""

SCALARS = {
    "Date": st.dates().map(str).map(nodes.String),
    "DateTime": st.datetimes().map("{0:%Y-%m-%dT%H:%M:%S}Z".format).map(nodes.String),
    "Decimal": st.decimals(min_value=-(10**12), max_value=10**12, places=2).map(str).map(nodes.String),
}
for name, strategy in SCALARS.items():
    schemathesis.graphql.scalar(name, strategy)


@dataclass
class Report:
    """What became of the requests for one operation."""

    failure: str | None = None
    outcomes: Counter[str] = field(default_factory=Counter)
    """How often something was answered, and how often refused, by code; for each who asked."""

    def answered(self, who: str) -> float:
        """The share of requests that were answered."""
        mine = {outcome: count for outcome, count in self.outcomes.items() if outcome.startswith(f"{who} ")}
        return mine.get(f"{who} answered", 0) / max(1, sum(mine.values()))


@lru_cache(maxsize=1)
def _schema(url: str) -> Any:
    """Read once in each process: what schemathesis works out for a schema takes longer than its requests."""
    schema = schemathesis.graphql.from_url(url)
    schema.hook("flatmap_body")(_nearer)
    return schema


def fuzz(url: str, label: str, tokens: Mapping[str, str | None], examples: int) -> Report:
    """Asks the operation `label`, such as `Query.offers`, with `tokens` in turn, and gives what became of it."""
    operation = _schema(url).find_operation_by_label(label)
    assert operation is not None, f"{label} is not served"
    report, session = Report(), requests.Session()
    checks, turns = _checks(), cycle(tokens.items())

    def ask(case: Any) -> None:
        who, token = next(turns)
        headers = {"Accept": "application/graphql-response+json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        answer = case.call(session=session, headers=headers, timeout=DEADLINE)
        case.validate_response(answer, checks=checks)
        report.outcomes[f"{who} {judged(answer.status_code, answer.json())}"] += 1

    hooks = operation.schema.hooks
    try:
        hooks.hook("flatmap_body")(_nearer)
        try:
            _each(operation.as_strategy(generation_mode=GenerationMode.POSITIVE), examples, ask)
        finally:
            hooks.unregister(_nearer)  # what is wrong on purpose stays as it is
        _each(operation.as_strategy(generation_mode=GenerationMode.NEGATIVE), examples // 10, ask)
    except BaseException as failure:  # an ExceptionGroup where several checks fail at once
        notes = "\n".join(getattr(failure, "__notes__", ()))
        report.failure = f"{type(failure).__name__}: {failure}\n{notes}"
    return report


def follow(url: str, label: str, tokens: Mapping[str, str | None], examples: int) -> Report:
    """The same for a subscription, which schemathesis leaves out: by server-sent events, up to the first of them."""
    schema = _schema(url).client_schema
    # A schema whose queries are the subscriptions: their documents are alike but for one word.
    alike = GraphQLSchema(
        **{**schema.to_kwargs(), "query": schema.subscription_type, "mutation": None, "subscription": None}
    )
    texts: list[str] = []
    for mode, count in ((Mode.POSITIVE, examples), (Mode.NEGATIVE, examples // 10)):
        documents = queries(
            alike, fields=[label.partition(".")[2]], custom_scalars=SCALARS, print_ast=_itself, mode=mode
        )
        if mode is Mode.POSITIVE:
            documents = documents.flatmap(lambda document: _near(document, alike))
        _each(documents, count, lambda document: texts.append(f"subscription {print_ast(document)}"))
    report = Report()
    try:
        asyncio.run(_follow_all(url, texts, tokens, report))
    except Exception as failure:
        report.failure = f"{type(failure).__name__}: {failure}"
    return report


async def _follow_all(url: str, texts: list[str], tokens: Mapping[str, str | None], report: Report) -> None:
    turns = asyncio.Semaphore(10)

    async def one(text: str, who: str, token: str | None) -> None:
        headers = {"Accept": "text/event-stream"} | ({"Authorization": f"Bearer {token}"} if token else {})
        async with turns, client.stream("POST", url, json={"query": text}, headers=headers) as answer:
            assert answer.status_code < 500, f"{answer.status_code}: {text}"
            report.outcomes[f"{who} {await _first(answer)}"] += 1

    async with httpx.AsyncClient(timeout=DEADLINE) as client, asyncio.TaskGroup() as group:
        for text, (who, token) in zip(texts, cycle(tokens.items()), strict=False):
            group.create_task(one(text, who, token))


async def _first(answer: httpx.Response) -> str:
    """What became of a subscription, by its first event. None may come: nothing happens here meanwhile."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(0.5):
            async for line in answer.aiter_lines():
                if line.startswith("data: {"):
                    return judged(answer.status_code, orjson.loads(line[6:]))
    return "answered"


def judged(status: int, content: Mapping[str, Any]) -> str:
    """`answered`, or the code that it was refused with. Asserts that a refusal is the caller's fault, and says why."""
    assert status < 500, f"{status}: {content}"
    errors = content.get("errors", ())
    for error in errors:
        assert error["message"], content
        assert error["extensions"]["code"] in CALLERS, content
    return errors[0]["extensions"]["code"] if errors else "answered"


def _itself(document: DocumentNode) -> DocumentNode:
    return document


def _each(cases: st.SearchStrategy[Any], count: int, ask: Callable[[Any], None]) -> None:
    @given(cases)
    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    def run(case: Any) -> None:
        ask(case)

    run()


def _checks() -> list[Any]:
    """All but one: what is right by the schema may still be refused, such as `first` beside `last`."""
    load_all_checks()
    return [check for check in CHECKS.get_all() if check.__name__ != "positive_data_acceptance"]


# -- nearer to what is there


@lru_cache
def ids() -> dict[str, list[str]]:
    """Ids of the first content, by kind."""
    found: dict[str, list[str]] = {}
    for record in read(CONTENT, date.today()):
        found.setdefault(record.id.partition(":")[0], []).append(record.id)
    return found


def _nearer(context: Any, document: DocumentNode) -> st.SearchStrategy[DocumentNode]:
    return _near(document, context.operation.schema.client_schema)


def _near(document: DocumentNode, schema: GraphQLSchema) -> st.SearchStrategy[DocumentNode]:
    return st.integers(0, 2**32).map(lambda seed: nearer(document, schema, Random(seed)))


def nearer(document: DocumentNode, schema: GraphQLSchema, random: Random) -> DocumentNode:
    """`document` with ids that are there and pages that are given, most of the time."""
    types = TypeInfo(schema)
    changed: DocumentNode = visit(document, TypeInfoVisitor(types, _Nearer(types, random)))
    return changed


class _Nearer(Visitor):
    def __init__(self, types: TypeInfo, random: Random) -> None:
        super().__init__()
        self._types, self._random = types, random
        self._names: list[str] = []
        self._ways: list[tuple[str, ...]] = []

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        self._names.append(node.name.value)
        kept = self._random.choice([("first",), ("first",), ("last",), ("first", "after"), ("last", "before")])
        self._ways.append(kept if self._random.random() < 0.9 else ("first", "after", "last", "before"))

    def leave_field(self, *_: Any) -> None:
        self._names.pop()
        self._ways.pop()

    def enter_argument(self, node: ArgumentNode, *_: Any) -> Any:
        name = node.name.value
        parent = self._types.get_parent_type()
        if name == "after" and parent is not None and parent.name == "Subscription":
            begun = StringValueNode(value="0")
            return ArgumentNode(name=node.name, value=begun) if self._random.random() < 0.5 else None
        if name in ("first", "after", "last", "before") and name not in self._ways[-1]:
            return REMOVE
        if (
            name in ("first", "last", "maxLength")
            and isinstance(node.value, IntValueNode)
            and self._random.random() < 0.9
        ):
            return ArgumentNode(name=node.name, value=IntValueNode(value=str(self._random.randint(0, 8))))
        self._names.append(name)
        return None

    def leave_argument(self, node: ArgumentNode, *_: Any) -> None:
        if self._names[-1] == node.name.value:
            self._names.pop()

    def enter_object_field(self, node: Any, *_: Any) -> None:
        self._names.append(node.name.value)

    def leave_object_field(self, *_: Any) -> None:
        self._names.pop()

    def enter_int_value(self, node: IntValueNode, *_: Any) -> Any:
        return self._id()

    def enter_string_value(self, node: StringValueNode, *_: Any) -> Any:
        return self._id()

    def _id(self) -> StringValueNode | None:
        type = self._types.get_input_type()
        if type is None or get_named_type(type).name != "ID" or self._random.random() < 0.3:
            return None
        return StringValueNode(value=self._random.choice(ids()[self._kind()]))

    def _kind(self) -> str:
        """The kind that the names around the value speak of, the nearest first; else any."""
        for name in reversed(self._names):
            words = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower().removesuffix("s")
            words = re.sub("ie$", "y", words)
            for kind in ids():
                if f"-{words}".endswith(f"-{kind}") or kind.endswith(f"-{words}"):
                    return kind
        return self._random.choice(sorted(ids()))
