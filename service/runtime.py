"""The life of the service: engine, migrations, first content, memory, follower; and back when one is lost.

The stages are passed in order, each tried again until it succeeds, so that a service that is started before its
database waits for it. Once all are passed questions are answered; from then on the engine is watched, and a
question that it cannot answer fails by itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from uuid import uuid4

import structlog
from strawberry.schema.base import BaseSchema

from graph.clock import Clock, SystemClock
from graph.commands import Commands
from graph.engines import Engine
from graph.engines.embedded import FolderInUse
from graph.errors import GraphError, Unavailable
from graph.feed import Feed
from graph.follower import Follower, Subscription
from graph.garbage import settle
from graph.keeper import Keeper
from graph.ledger import Action, Change, Ledger
from graph.memory import Memory
from graph.migrations import NewerDatabase, migrate
from schema.contract import build
from schema.directory import Directory
from schema.limits.limits import Limits
from seeds.loader import CONTENT, SeedFaults, load
from service import __version__
from service.engine import open_engine
from service.pages.operations import operations
from service.settings import Settings
from service.trusted import Trusted

# What waiting does not mend: the service stops and says so.
FATAL = (FolderInUse, NewerDatabase, SeedFaults)

log = structlog.get_logger("runtime")


@dataclass(slots=True)
class Stage:
    """One step of coming to life. `detail` says what is missing, or what was found."""

    name: str
    ready: bool = False
    detail: str = "has not begun"


class Runtime:
    """Everything that lives as long as the service. `fatal` is why it cannot live on; `on_fatal` is told."""

    def __init__(self, settings: Settings, engine: Engine | None = None, clock: Clock | None = None) -> None:
        self._first_content, self._url = settings.first_content, settings.url
        self.clock = clock or SystemClock()
        self.engine = engine or open_engine(settings)
        self.database = self.engine.database
        self.ledger = Ledger(self.database, self.clock)
        self.follower = Follower(self.ledger)
        self.feed = Feed(self.ledger, self.follower)
        self._following: Subscription | None = None
        self.commands = Commands(self.database, self.ledger, self.clock)
        self.memory = Memory.of(self.database, self.clock)
        folder = self.engine.data_dir
        self.keeper = Keeper(folder and folder / "checkpoint", self.memory, self.database, self.ledger)
        self._introspection = settings.introspection
        self._limits = Limits(**{limit.name: getattr(settings, limit.name) for limit in fields(Limits)})
        self._trusted_only = settings.trusted_only
        self._pages = settings.pages
        trusted = settings.trusted_documents
        self.trusted = Trusted.read(Path(trusted), introspection=settings.introspection) if trusted else Trusted()
        self._run = uuid4().hex
        """Tells this life of the service from others, whose ledger may be another one."""
        self.versions = {"tilbudsvifte": __version__}
        self.opened = asyncio.Event()
        """Set when the last stage is passed for the first time."""
        self.fatal: Exception | None = None
        self.on_fatal: Callable[[], None] = lambda: None
        self._life: asyncio.Task[None] | None = None
        self._works: dict[str, Callable[[], Awaitable[str]]] = {
            "engine": self._start_engine,
            "migrations": self._migrate,
            "content": self._load_content,
            "memory": self._build_memory,
            "follower": self._follow,
        }
        self.stages = [Stage(name) for name in self._works]

    @cached_property
    def directory(self) -> Directory:
        """What answers. Made when it is first asked for, so that the engine need not wait for the schema."""
        return Directory(
            self.database,
            self.memory,
            self.clock,
            commands=self.commands,
            feed=self.feed,
            introspection=self._introspection,
            limits=self._limits,
            trusted=frozenset((*self.trusted.texts.values(), *(operations().values() if self._pages else ()))),
            trusted_only=self._trusted_only,
        )

    @property
    def ready(self) -> bool:
        return all(stage.ready for stage in self.stages)

    @property
    def schema(self) -> BaseSchema:
        """The schema, once every stage was passed. Raises Unavailable before."""
        for stage in self.stages[1:]:  # whether the engine still answers, its database knows best
            if not stage.ready:
                raise Unavailable(f"The service is not ready: {stage.name}: {stage.detail}")
        return self.directory.schema

    @property
    def position(self) -> int:
        """How far in the ledger this process has come."""
        return self.follower.position

    @property
    def standing(self) -> str:
        """What answers depend on beside what is asked: two that were given at the same standing are the same."""
        return f"{self._run} {self.position} {self.clock.today()}"

    def may_be_kept(self, text: str) -> bool:
        """Whether caches may keep answers to a document: not where it takes a need, or where it is not valid."""
        document = self.directory.documents.get(text)
        return not document.errors and not document.takes_need

    async def reach(self, position: int, timeout: float) -> bool:
        """Waits until the ledger's `position` is part of every answer; False when it is not within `timeout`."""
        return await self.follower.reach(position, timeout)

    async def start(self) -> None:
        """Begins to live. Returns at once: `stages` tell how far it has come."""
        self.keeper.begin()
        self._life = asyncio.create_task(self._live(), name="runtime")

    async def stop(self) -> None:
        """Ends in the opposite order, the engine last."""
        if self._life is not None:
            self._life.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._life
        await self.keeper.stop()
        if self.stages[-1].ready:
            await self.follower.stop()
        await self.engine.stop()

    async def _live(self) -> None:
        try:
            for stage in self.stages:
                await self._pass(stage)
            self.opened.set()
            log.info("ready", url=self._url, position=self.position, **self.versions)
            await self._index()
            self.keeper.keep()
            while True:
                await self._watch()
                await asyncio.sleep(1)
        except FATAL as fatal:
            self.fatal = fatal
            self.on_fatal()

    async def _index(self) -> None:
        """Spares the first question for a text or a path the making of what it needs.

        Where that fails, the question says so.
        """
        try:
            await self.memory.index()
        except Exception as failure:
            log.error("what is searched was not made", exc_info=failure)
        settle()

    async def _pass(self, stage: Stage) -> None:
        pause = 0.5
        while not stage.ready:
            stage.detail = "is under way" if pause == 0.5 else stage.detail
            try:
                stage.detail = await self._works[stage.name]()
                stage.ready = True
            except FATAL:
                raise
            except Exception as failure:
                stage.detail = str(failure) if isinstance(failure, GraphError) else type(failure).__name__
                log.error("stage failed", stage=stage.name, detail=stage.detail, exc_info=failure)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)

    async def _watch(self) -> None:
        """Sees whether the engine answers, and makes the memory anew where it could not follow."""
        engine = self._stage("engine")
        healthy = await self.engine.healthy()
        if healthy != engine.ready:
            engine.ready = healthy
            engine.detail = self.engine.name if healthy else "The engine does not answer."
            log.warning("the engine is back" if healthy else "the engine does not answer", engine=self.engine.name)
        if healthy and self._following is not None and self._following.missed is not None:
            await self.follower.stop()  # so that nothing moves the memory while it is made
            self._following.missed = None
            memory = self._stage("memory")
            memory.ready = False
            await self._pass(memory)
            await self.follower.start()
            await self._index()

    def _stage(self, name: str) -> Stage:
        return next(stage for stage in self.stages if stage.name == name)

    async def _start_engine(self) -> str:
        # The schema takes as long to make as the engine to come half-way.
        await asyncio.gather(self.engine.start(), asyncio.to_thread(build))
        self.versions["engine"] = await self.engine.version()
        return self.engine.name

    async def _migrate(self) -> str:
        applied = await migrate(self.engine)
        return f"applied: {', '.join(applied)}" if applied else "up to date"

    async def _load_content(self) -> str:
        if await self.ledger.position() > 0:
            return "the graph holds content"
        if not self._first_content:
            return "the graph is empty"
        result = await load(self.commands, CONTENT, self.clock.today())
        return f"loaded the first content: {result.created} created"

    async def _build_memory(self) -> str:
        if not await self.keeper.resume():
            # Read first: what comes in while the memory is made is then handed to it once more, not lost.
            await self.memory.rebuild(await self.ledger.position())
        gc.freeze()  # `settle` takes longer, and comes when the rest is made
        return f"{len(self.memory.catalogue)} offers, {len(self.memory.register)} boards"

    async def _follow(self) -> str:
        self.follower.position = self.memory.position
        self._following = self.follower.subscribe(self._take_in)
        await self.follower.start()
        return ""

    async def _take_in(self, changes: Sequence[Change]) -> None:
        await self.memory.follow(changes)
        if any(change.action is Action.IMPORTED for change in changes):
            settle()  # much was made anew
