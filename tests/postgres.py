"""A throw-away PostgreSQL with PostGIS, from the system's packages, for tests of the store."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAMS = Path("/usr/lib/postgresql")
EXTENSIONS = Path("/usr/share/postgresql")
START_SECONDS = 30
OWNER = "planner"
_TEMPLATE = "planner_template"
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "on",  # what is tested here
    "synchronous_commit": "on",
    "shared_buffers": "32MB",
    "max_connections": "40",
    "max_wal_size": "256MB",
    "jit": "off",
    "timezone": "Asia/Shanghai",  # a server that does not think in UTC
}


class NoPostgresError(RuntimeError):
    """No server was found."""

    def __init__(self) -> None:
        super().__init__(
            "No PostgreSQL with PostGIS found under /usr/lib/postgresql. "
            "Install them (Debian: apt-get install postgresql postgresql-postgis)."
        )


def find_programs() -> Path:
    """Folder with the programs of the newest installed PostgreSQL that has PostGIS."""
    found = [
        place / "bin"
        for place in PROGRAMS.glob("*")
        if (place / "bin" / "initdb").is_file()
        and (EXTENSIONS / place.name / "extension" / "postgis.control").is_file()
    ]
    if not found:
        raise NoPostgresError
    return max(found, key=lambda place: float(place.parent.name))


class Cluster:
    """One server in a folder of its own; its databases belong to a role without privileges."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.password = secrets.token_hex(8)
        self.port = _free_port()
        self._programs = find_programs()
        self._user = _server_user()
        self._server: subprocess.Popen[bytes] | None = None
        self._made = 0
        self._initialise()
        self.start()
        self._make_template()

    def start(self) -> None:
        """Start the server and wait until it answers, after a crash until it has recovered."""
        end = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._server is None or self._server.poll() is not None:
                self._server = self._launch()  # what a killed server left may hold it up at first
            if time.monotonic() > end:
                raise RuntimeError((self.folder / "log").read_text(errors="replace")[-2000:])
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop the server; open connections are cut."""
        self._signal(signal.SIGINT)

    def kill(self) -> None:
        """Kill all of the server's processes, as a crash of its machine would."""
        assert self._server is not None
        server = self._server.pid
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        self._signal(signal.SIGKILL)
        for child in map(int, children):
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    def execute(self, statement: str | sql.Composable, database: str = "postgres") -> list[Any]:
        """Run one statement as the server's own superuser."""
        link = {"host": str(self.folder), "port": self.port, "user": "postgres"}
        with psycopg.connect(**link, dbname=database, autocommit=True) as connection:  # type: ignore[arg-type]
            asked = connection.execute(statement)  # type: ignore[arg-type]
            return asked.fetchall() if asked.description else []

    def make_database(self, options: str = "") -> str:
        """Make an empty database with PostGIS and give its name."""
        self._made += 1
        name = f"planner_{self._made}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE} OWNER {OWNER} {options}")
        return name

    def drop_database(self, name: str) -> None:
        """Drop a database, whoever still uses it."""
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def database(self, options: str = "") -> Iterator[str]:
        """Make a database, give its address, and drop it."""
        name = self.make_database(options)
        yield self.address(name)
        self.drop_database(name)

    def address(self, database: str, port: int | None = None) -> str:
        """Give the address that the store's setting would name."""
        place = f"127.0.0.1:{port or self.port}/{database}"
        return f"postgresql+psycopg://{OWNER}:{self.password}@{place}"

    def _initialise(self) -> None:
        word = self.folder / "word"
        word.write_text(self.password, encoding="utf-8")
        if self._user:
            for path in (self.folder, word):
                shutil.chown(path, **self._user)
        options = ["-U", "postgres", f"--pwfile={word}", "-E", "UTF8", "--locale=C", "--no-sync"]
        secured = ["--auth-local=trust", "--auth-host=scram-sha-256"]
        made = self._run("initdb", "-D", str(self.folder / "data"), *options, *secured)
        if made.wait():
            raise RuntimeError((self.folder / "log").read_text(errors="replace")[-2000:])

    def _make_template(self) -> None:
        role = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
        self.execute(role.format(sql.Identifier(OWNER), sql.Literal(self.password)))
        self.execute(f"CREATE DATABASE {_TEMPLATE}")
        self.execute("CREATE EXTENSION postgis", _TEMPLATE)

    def _launch(self) -> subprocess.Popen[bytes]:
        options = _SETTINGS | {"port": self.port, "unix_socket_directories": self.folder}
        words = [word for key, value in options.items() for word in ("-c", f"{key}={value}")]
        return self._run("postgres", "-D", str(self.folder / "data"), *words)

    def _run(self, program: str, *options: str) -> subprocess.Popen[bytes]:
        command = [str(self._programs / program), *options]
        who: dict[str, Any] = {**self._user, "extra_groups": []} if self._user else {}
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **who
            )

    def _answers(self) -> bool:
        try:
            self.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _signal(self, number: int) -> None:
        if self._server is not None:
            self._server.send_signal(number)
            self._server.wait(START_SECONDS)
            self._server = None


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Run a server until the block ends."""
    with tempfile.TemporaryDirectory(prefix="planner-postgres-", ignore_cleanup_errors=True) as at:
        server = Cluster(Path(at))
        try:
            yield server
        finally:
            server.stop()


def _server_user() -> dict[str, Any]:
    """Name another user where we are root: the server refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid}
    raise NoPostgresError


def _free_port() -> int:
    """Port of the loopback interface that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
