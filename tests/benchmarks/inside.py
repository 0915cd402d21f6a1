"""For information: where the time of a page goes within the service, and what an import takes."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from statistics import median

import orjson
from graphql import GraphQLError
from graphql.execution.values import VariableValues

from graph.actor import ANYONE
from graph.plan.binding import Binding
from graph.plan.plan import compile_plan
from schema.directory import Directory
from schema.documents import Documents
from schema.lowering import Lowering
from schema.variables import coerced
from tests.benchmarks.questions import OFFERS
from tests.benchmarks.result import Result
from tests.benchmarks.running import directory_of, engine_of, service
from tests.benchmarks.setting import Setting

VARIABLES = {"first": 50}


async def run(setting: Setting) -> AsyncIterator[Result]:
    if setting.loaded.seconds is not None:
        speed = setting.loaded.records / setting.loaded.seconds
        yield Result("import", speed, "records/s", note=f"{setting.loaded.records} in {setting.loaded.seconds:.0f} s")
    with service(setting.loaded.folder) as served:
        database = engine_of(served)
        directory = await directory_of(database)
        await directory.execute(OFFERS, VARIABLES)
        whole = median([await _timed(directory) for _ in range(10 * setting.rounds)])
        document = directory.documents.get(OFFERS)
        [(part,)] = document.plans.values()
        plan = part.plan
        operation = document.operation(None)
        assert not isinstance(operation, GraphQLError)
        values = coerced(directory.core, operation, VARIABLES)
        assert isinstance(values, VariableValues)
        binding = _binding(directory, values)
        assert plan.statement is not None
        [row] = await database.read(plan.statement, plan.bind(binding))
        await database.close()
    raw = orjson.dumps(row)

    def finish() -> float:
        fresh = orjson.loads(raw)
        return _microseconds(lambda: plan.finish(fresh, binding))

    def compile() -> object:
        lowered = Lowering(directory.core, directory.reads, document.fragments, operation, values).root()
        return compile_plan(lowered, binding, keeps_order=database.dialect.keeps_key_order)

    repeats = 50 * setting.rounds
    finishing = median(finish() for _ in range(repeats))
    yield Result("page of 50, in the process, one at a time", whole, "ms")
    yield Result("  of it finishing", 100 * finishing / 1000 / whole, "%", note=f"{finishing:.0f} µs")
    for name, work in (
        ("  finding it in the catalogue and binding", lambda: plan.bind(_binding(directory, values))),
        ("  a document that is known", lambda: directory.documents.get(OFFERS)),
        ("  a plan that is known", lambda: directory.plan(document, operation, values, ANYONE, binding)),
        ("a document that is new", lambda: Documents(directory.core).get(OFFERS)),
        ("a plan that is new", compile),
    ):
        yield Result(name, median(_microseconds(work) for _ in range(repeats)), "µs")


def _binding(directory: Directory, values: VariableValues) -> Binding:
    return Binding(values, directory.memory, directory.clock.today())


async def _timed(directory: Directory) -> float:
    started = time.perf_counter()
    await directory.execute(OFFERS, VARIABLES)
    return (time.perf_counter() - started) * 1000


def _microseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1e6
