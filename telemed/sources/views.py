"""Reads a patient from the views of a hospital's database: read-only, in a thread, within seconds.

The driver's calls block, so they run in two threads with two connections; each statement has a time-out of its own and
the connection another, so that a thread ends by itself when nobody waits for it any more.
"""

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from time import monotonic
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Dialect, Engine, Row, create_engine, event

from telemed.people.ports import PatientData
from telemed.sources.adapter import Part, Setting
from telemed.sources.columns import OPTIONAL, PATIENT, View, empty, query
from telemed.sources.driver_faults import answered, fault_of
from telemed.sources.faults import Failed
from telemed.sources.model import Fault, SystemKind
from telemed.sources.reach import Reach
from telemed.sources.rows import Read, patient_of
from telemed.sources.rules import address_of, database_url

T = TypeVar("T")
AT_ONCE: Final = 2
SHARE: Final = 0.85  # of the patience, after which no further view is asked
LEAST: Final = 0.05  # seconds


class Views:
    """Implements Adapter."""

    def __init__(self, setting: Setting, reach: Reach, patience: float) -> None:
        self._setting, self._reach, self._patience = setting, reach, patience
        self._threads = ThreadPoolExecutor(AT_ONCE, f"views-{setting.hospital_id}")
        self._engine: Engine | None = None
        self._making = Lock()

    async def find(self, number: str) -> PatientData | None:
        read = await self._run(lambda engine, until: _read(engine, self._setting, number, until))
        return patient_of(self._setting, number, read)

    async def parts(self) -> list[Part]:
        return await self._run(lambda engine, until: _parts(engine, self._setting, until))

    async def close(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
        self._threads.shutdown(wait=False)

    async def _run(self, work: Callable[[Engine, float], T]) -> T:
        until = monotonic() + self._patience * SHARE
        address = await self._reach.resolve(
            address_of(SystemKind.views, self._setting.address), self._setting.hospital_id
        )

        def run() -> T:
            try:
                return work(self._at(address), until)
            except Failed:
                raise
            except Exception as failure:
                raise Failed(fault_of(failure)) from failure

        return await asyncio.get_running_loop().run_in_executor(self._threads, run)

    def _at(self, address: str) -> Engine:
        """The engine, at the address that was checked; anew where the name leads elsewhere now."""
        with self._making:
            if self._engine is None or self._engine.url.host != address:
                if self._engine is not None:
                    self._engine.dispose()
                self._engine = _engine(self._setting, address, self._patience)
            return self._engine


def _engine(setting: Setting, address: str, patience: float) -> Engine:
    url = database_url(setting.address).set(
        host=address, username=setting.account or None, password=setting.secret or None
    )
    waits = {"oracle": {"tcp_connect_timeout": patience}, "mssql": {"timeout": max(1, round(patience))}}
    engine = create_engine(
        url,
        pool_size=AT_ONCE,
        max_overflow=0,
        pool_timeout=patience,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args=waits.get(url.get_backend_name(), {}),
    )

    @event.listens_for(engine, "do_connect")
    def connect(dialect: Dialect, _record: object, _given: object, named: dict[str, Any]) -> Any:
        """pg8000 leaves its socket open when the other side is silent; so it gets one of ours."""
        if dialect.driver != "pg8000":
            return None
        sock = socket.create_connection((named["host"], named.get("port") or 5432), patience)
        try:
            return dialect.loaded_dbapi.Connection(**named, sock=sock)
        except BaseException:
            sock.close()
            raise

    @event.listens_for(engine, "connect")
    def limit(driver: Any, _record: object) -> None:
        match engine.dialect.name:
            case "oracle":
                driver.call_timeout = round(patience * 1000)
            case "mssql":
                driver.timeout = max(1, round(patience))

    return engine


def _read(engine: Engine, setting: Setting, number: str, until: float) -> Read:
    """The rows of all views; those that fail, but the patient's, are named instead."""
    rows: dict[str, list[dict[str, Any]]] = {}
    failed: dict[str, Fault] = {}
    with engine.connect() as connection:
        try:
            _read_only(connection)
            rows[PATIENT.name] = _rows(connection, setting, PATIENT, number, until)
            for view in OPTIONAL if rows[PATIENT.name] else ():
                try:
                    with connection.begin_nested():
                        rows[view.name] = _rows(connection, setting, view, number, until)
                except Exception as failure:
                    failed[view.name] = fault_of(failure)
                    if connection.invalidated:
                        failed |= {each.name: failed[view.name] for each in OPTIONAL if each.name not in rows}
                        break
        finally:
            if not connection.invalidated:
                connection.rollback()
    return Read(rows, failed)


def _rows(connection: Connection, setting: Setting, view: View, number: str, until: float) -> list[dict[str, Any]]:
    name = setting.mapping.get(view.name, f"telemed_{view.name}")
    found = _asked(connection, query(view, name, number, connection.dialect), until)
    return [dict(each._mapping) for each in found]


def _asked(connection: Connection, statement: Any, until: float) -> list[Row[Any]]:
    left = until - monotonic()
    if left < LEAST:
        raise Failed(Fault.slow)
    try:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = {round(left * 1000)}")
        return list(connection.execute(statement).all())
    except Exception as failure:
        if not answered(failure):
            connection.invalidate()
        raise Failed(fault_of(failure)) from failure


def _read_only(connection: Connection) -> None:
    if connection.dialect.name in ("postgresql", "oracle"):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def _parts(engine: Engine, setting: Setting, until: float) -> list[Part]:
    with engine.connect() as connection:
        try:
            _read_only(connection)
            return [_part(connection, setting, each, until) for each in (PATIENT, *OPTIONAL)]
        finally:
            if not connection.invalidated:
                connection.rollback()


def _part(connection: Connection, setting: Setting, view: View, until: float) -> Part:
    name = setting.mapping.get(view.name, f"telemed_{view.name}")
    try:
        with connection.begin_nested():
            _asked(connection, query(view, name, "", connection.dialect), until)
        return Part(view.name)
    except Exception as failure:
        return Part(view.name, fault_of(failure), _missing(connection, view, name, until))


def _missing(connection: Connection, view: View, name: str, until: float) -> tuple[str, ...]:
    """The documented columns that a view lacks; none if it cannot be read at all."""
    try:
        with connection.begin_nested():
            there = {each.lower() for each in list(connection.execute(empty(view, name)).keys())}
    except Exception:
        return ()
    return tuple(each for each in view.columns if each not in there)
