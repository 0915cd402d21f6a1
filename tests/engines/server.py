"""Neo4j for the tests: the server's jars from Maven, started from a home of its own on a free port."""

from __future__ import annotations

import glob
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from neo4j import GraphDatabase
from neo4j.exceptions import DriverError

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Release:
    """A release of the server: the Java that it needs at least, and its main class."""

    version: str
    java: int
    main: str


LTS = Release("5.26.30", 17, "org.neo4j.server.CommunityEntryPoint")
CALENDAR = Release("2026.08.1", 21, "org.neo4j.server.Neo4jCommunity")
OPENS = ("java.nio", "java.lang", "sun.nio.ch")


class CannotStart(Exception):
    """This machine lacks what the server needs."""


class Neo4jServer:
    """A running server without authentication. `stop` ends it at once, as a power cut would; `start` begins anew."""

    def __init__(self, release: Release, home: Path, *options: str) -> None:
        java = java_for(release)
        if java is None:
            raise CannotStart(f"Neo4j {release.version} needs Java {release.java} or newer")
        libraries = jars(release.version)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.uri = f"bolt://127.0.0.1:{port}"
        (home / "conf").mkdir(parents=True)
        (home / "conf" / "neo4j.conf").write_text(
            "server.default_listen_address=127.0.0.1\n"
            f"server.bolt.listen_address=127.0.0.1:{port}\n"
            "server.http.enabled=false\n"
            "server.https.enabled=false\n"
            "dbms.security.auth_enabled=false\n"
            "dbms.usage_report.enabled=false\n"
            "server.memory.heap.max_size=512m\n"
            "server.memory.pagecache.size=64m\n"
        )
        self._log = home / "console.log"
        self._command = [
            java,
            "-Xmx512m",
            "-XX:+UseSerialGC",
            *options,
            *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENS),
            "-cp",
            f"{libraries}/*",
            release.main,
            f"--home-dir={home}",
            f"--config-dir={home / 'conf'}",
        ]
        self.start()

    def start(self) -> None:
        with self._log.open("ab") as console:
            self._process = subprocess.Popen(self._command, stdout=console, stderr=console)
        try:
            self._await()
        except BaseException:
            self.stop()
            raise

    def _await(self, patience: float = 90.0) -> None:
        deadline = time.monotonic() + patience
        with GraphDatabase.driver(self.uri, connection_timeout=1) as driver:
            while True:
                try:
                    with driver.session(database="neo4j") as session:
                        session.run("RETURN 1").consume()  # which does not wait between its own attempts: it has one
                    return
                except DriverError as error:
                    if self._process.poll() is not None or time.monotonic() > deadline:
                        raise RuntimeError(f"Neo4j did not start:\n{self._log.read_text()[-4000:]}") from error
                    time.sleep(0.2)

    def stop(self) -> None:
        self._process.kill()  # its home is thrown away: nothing needs to reach the disk
        self._process.wait()


def jars(version: str) -> Path:
    """The folder with the jars of `version`: downloaded once, kept in `.cache`."""
    folder = ROOT / ".cache" / f"neo4j-{version}"
    if folder.exists():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise CannotStart("Neo4j comes through Maven, and there is no mvn here")
    folder.parent.mkdir(exist_ok=True)
    # Into a folder of its own first, so that a download that breaks off, or two at once, leave none half filled.
    draft = Path(tempfile.mkdtemp(prefix=f"neo4j-{version}-", dir=folder.parent))
    try:
        subprocess.run(
            [
                maven,
                "--quiet",
                "--batch-mode",
                f"--file={Path(__file__).parent / 'neo4j' / 'pom.xml'}",
                "dependency:copy-dependencies",
                f"-Dneo4j.version={version}",
                f"-DoutputDirectory={draft / 'lib'}",
                "-DincludeScope=runtime",
            ],
            check=True,
            capture_output=True,
            text=True,
        )
        if not folder.exists():
            (draft / "lib").rename(folder)
    except subprocess.CalledProcessError as error:
        raise CannotStart(f"Maven could not bring Neo4j {version}: {(error.stdout + error.stderr)[-2000:]}") from error
    finally:
        shutil.rmtree(draft)
    return folder


def java_for(release: Release) -> str | None:
    """The oldest Java here that runs `release`."""
    found = [(number, java) for java, number in javas().items() if number >= release.java]
    return min(found)[1] if found else None


@cache
def javas() -> dict[str, int]:
    """Every `java` on this machine with its feature release."""
    homes = [os.environ.get("JAVA_HOME", ""), *sorted(glob.glob("/usr/lib/jvm/*"))]
    homes += sorted(glob.glob("/Library/Java/JavaVirtualMachines/*/Contents/Home"))
    candidates = {os.path.realpath(f"{home}/bin/java") for home in homes if home}
    if path := shutil.which("java"):
        candidates.add(os.path.realpath(path))
    releases = {}
    for java in sorted(candidates):
        if os.access(java, os.X_OK):
            said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
            if match := re.search(r'version "(\d+)', said):
                releases[java] = int(match[1])
    return releases
