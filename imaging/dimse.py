"""C-ECHO and C-STORE from modalities and PACS that speak only DIMSE (PS3.7, PS3.4 annex B).

pynetdicom runs a thread per association and hands over each object as received; nothing here parses it.
Success is answered once the object is on disk and in the index.
"""

import asyncio
import logging
import queue
import select
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from pynetdicom import AE, AllStoragePresentationContexts, evt, transport
from pynetdicom._globals import ALL_TRANSFER_SYNTAXES
from pynetdicom.association import Association
from pynetdicom.events import Event
from pynetdicom.fsm import StateMachine
from pynetdicom.sop_class import Verification  # type: ignore[attr-defined]

from imaging.archive import Archive
from imaging.associations import Associations
from imaging.ingest.pipeline import Outcome
from imaging.ingest.record import Kept
from imaging.supervise import Supervise, supervise

log = logging.getLogger(__name__)
HospitalOf = Callable[[str], str | None]

TASK = "images.dimse"
SUCCESS, COERCED, OUT_OF_RESOURCES, CANNOT_UNDERSTAND, FAILED = 0x0000, 0xB000, 0xA700, 0xC000, 0x0110
UNKNOWN_CALLER = 0x01, 0x01, 0x03
"""Rejected for good, by the service's user: calling AE title not recognized (PS3.8 §9.3.4)."""
LOCAL_LIMIT_EXCEEDED = 0x02, 0x03, 0x02
"""Rejected, transient, by the presentation service (PS3.8 §9.3.4): the peer may try again later."""
SILENT, SILENT_OF_ADDRESS = 32, 4
"""Connections without an association, in all and from one address; one more displaces the oldest."""
UNLIMITED = 1 << 30
ASK_SECONDS = 10.0
"""Time for a connection to ask for an association, and for a release to be answered (ARTIM, PS3.8 §9.1.4)."""
STOP_SECONDS = 1.0
OVER = {"Sta1", "Sta13"}
"""The upper layer's states in which nothing more is sent: no connection, and waiting for its end (PS3.8 §9.2)."""
SENDING = {"Evt7", "Evt8", "Evt9", "Evt14", "Evt15"}  # what an acceptor asks its upper layer to send
PDU_BYTES = 128 << 10
IDLE_SECONDS = 60.0
ANSWER_SECONDS = 300.0


class Poll:
    """Replaces select(2), which pynetdicom uses and which fails for descriptors above 1023."""

    @staticmethod
    def select(
        readable: list[socket.socket], _writable: object, _failed: object, _timeout: float
    ) -> tuple[list[socket.socket], list[socket.socket], list[socket.socket]]:
        poll = select.poll()
        for each in readable:
            poll.register(each, select.POLLIN)
        return readable if poll.poll(0) else [], [], []


setattr(transport, "select", Poll)  # noqa: B010  by setattr, because mypy knows the module's type


class UpperLayer(StateMachine):
    """Ends a connection that is over when more is to be sent on it; pynetdicom fails at that.

    It happens when the peer leaves, or is rejected, in the moment before an answer or an abort.
    """

    def do_action(self, event: str) -> None:
        if event in SENDING and self.current_state in OVER:
            with suppress(queue.Empty):  # an event may come twice for one request
                self.dul.to_provider_queue.get(block=False)
            _hang_up(_connection(self.dul.assoc))
        else:
            super().do_action(event)


class Server(transport.ThreadedAssociationServer):
    """Limits the silent connections, to which no association was granted: they displace only each other.

    They are counted on accept, because pynetdicom takes a third of a second to list one as an association.
    """

    begun = False

    def __init__(self, *args: Any, **options: Any) -> None:
        self._silent: dict[socket.socket, str] = {}  # to the address; the oldest first
        self._lock, self._making = threading.Lock(), threading.Lock()
        super().__init__(*args, **options)

    def verify_request(self, request: Any, client_address: Any) -> bool:
        try:
            return self._may_wait(request, client_address)
        except Exception:  # the listener ends and is restarted, and nobody else would close this connection
            self.shutdown_request(request)
            raise

    def _may_wait(self, request: Any, client_address: Any) -> bool:
        with self._lock:
            self._silent = {each: address for each, address in self._silent.items() if each.fileno() >= 0}
            self._silent[request] = client_address[0]
            of_address = [each for each, address in self._silent.items() if address == client_address[0]]
            for crowd, limit in ((of_address, SILENT_OF_ADDRESS), (list(self._silent), SILENT)):
                if len(crowd) > limit:
                    self._hang_up(crowd[0])
                    break
        return True

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Starts one association at a time, so that one that was displaced meanwhile costs nothing."""
        with self._making:
            if request in self._silent:
                super().process_request_thread(request, client_address)
            else:
                self.shutdown_request(request)

    def admitted(self, connection: socket.socket) -> None:
        with self._lock:
            self._silent.pop(connection, None)

    def stop(self) -> None:
        """Also closes the silent connections, which pynetdicom itself does not know."""
        with self._lock:
            for each in list(self._silent):
                self._hang_up(each)
        for association in self.active_associations:
            if association.requestor.primitive is None:  # not begun yet: pynetdicom fails to abort that
                association.join(STOP_SECONDS)
        if self.begun:  # if the listener never began, shutdown would wait for ever
            self.ae.shutdown()
        else:
            self.server_close()

    def _hang_up(self, connection: socket.socket) -> None:
        del self._silent[connection]
        _hang_up(connection)


def _connection(association: Association) -> socket.socket | None:
    wrapped: Any = association.dul.socket
    connection: socket.socket | None = wrapped.socket  # None once it is closed
    return connection


def _hang_up(connection: socket.socket | None) -> None:
    """Ends a connection. An A-ABORT before it would wait for a peer that does not read."""
    with suppress(OSError):  # it may be closed already
        if connection is not None:
            connection.shutdown(socket.SHUT_RDWR)


class Receiver:
    """The bridge between pynetdicom's threads and the archive's loop."""

    def __init__(self, archive: Archive, ae_title: str, hospital_of: HospitalOf) -> None:
        self._archive = archive
        self._ae_title = ae_title
        self._hospital_of = hospital_of
        self._associations = Associations[Association](Association.is_alive)
        self._loop = asyncio.get_running_loop()

    def opened(self, event: Event) -> None:
        """Sets TCP_NODELAY; without it a peer such as dcmtk waits 50 ms for each answer."""
        event.assoc.dul.state_machine = UpperLayer(event.assoc.dul)
        connection: Any = event.assoc.dul.socket
        connection.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.socket.settimeout(event.assoc.acse_timeout)  # pynetdicom does not check ARTIM while it reads a PDU

    def closed(self, event: Event) -> None:
        """Ends the thread of a closed connection; otherwise it keeps its place, waiting for a request."""
        if event.assoc.requestor.primitive is None:
            waiting: Any = event.assoc.dul.to_user_queue
            waiting.put(None)

    def requested(self, event: Event) -> None:
        """Admits an association or rejects it; who calls somebody else is left to pynetdicom, which rejects it next."""
        asked: Any = event.assoc.requestor.primitive
        if asked.called_ae_title != self._ae_title:
            return
        hospital = self._hospital_of(asked.calling_ae_title)
        if hospital is None:
            event.assoc.acse.send_reject(*UNKNOWN_CALLER)
            event.assoc.kill()
            return
        displaced = self._associations.admit(event.assoc, hospital, event.assoc.requestor.address)
        if displaced is None:
            log.warning("no association is left for %s", asked.calling_ae_title)
            event.assoc.acse.send_reject(*LOCAL_LIMIT_EXCEEDED)
            event.assoc.kill()
            return
        for each in displaced:
            log.warning("an idle association of %s made room for %s", each.requestor.ae_title, asked.calling_ae_title)
            _hang_up(_connection(each))
        if (connection := _connection(event.assoc)) is not None:
            connection.settimeout(IDLE_SECONDS)
            server: Any = event.assoc._server
            server.admitted(connection)

    def heard(self, event: Event) -> None:
        self._associations.heard(event.assoc)

    def store(self, event: Event) -> int:
        with self._associations.storing(event.assoc):
            return self._store(event)

    def _store(self, event: Event) -> int:
        calling = event.assoc.requestor.ae_title
        hospital = self._hospital_of(calling)
        if hospital is None:  # since it was admitted it may send no more
            return FAILED
        path = self._archive.objects.spooled()
        try:
            path.write_bytes(event.encoded_dataset())
            taking = self._archive.pipeline.take(path, hospital, by=calling)
            outcome = asyncio.run_coroutine_threadsafe(taking, self._loop).result(ANSWER_SECONDS)
        except Exception:
            log.exception("an object from %s could not be stored", calling)
            path.unlink(missing_ok=True)
            return OUT_OF_RESOURCES
        return _status(outcome)


def _status(outcome: Outcome) -> int:
    if outcome.kept is None:
        return OUT_OF_RESOURCES if outcome.code == "too_large" else CANNOT_UNDERSTAND
    return COERCED if outcome.kept is Kept.CONFLICT else SUCCESS


@asynccontextmanager
async def open_dimse(
    archive: Archive,
    host: str,
    port: int,
    *,
    ae_title: str,
    hospital_of: HospitalOf,
    ask_seconds: float = ASK_SECONDS,
    supervise: Supervise = supervise,
) -> AsyncIterator[int]:
    """Listens as `ae_title`; yields the port.

    `hospital_of`: the hospital of a calling AE title, asked from other threads; without one it is rejected.
    `supervise`: runs the listener under its name and restarts it if it fails.
    """
    entity = AE(ae_title)
    entity.require_called_aet = True
    entity.maximum_associations = UNLIMITED  # pynetdicom counts them for all together
    entity.maximum_pdu_size = PDU_BYTES
    entity.network_timeout = entity.dimse_timeout = IDLE_SECONDS
    entity.acse_timeout = ask_seconds
    entity.add_supported_context(Verification)
    for context in AllStoragePresentationContexts:
        entity.add_supported_context(str(context.abstract_syntax), ALL_TRANSFER_SYNTAXES)
    receiver = Receiver(archive, ae_title, hospital_of)
    handlers: list[Any] = [
        (evt.EVT_CONN_OPEN, receiver.opened),
        (evt.EVT_CONN_CLOSE, receiver.closed),
        (evt.EVT_REQUESTED, receiver.requested),
        (evt.EVT_DATA_RECV, receiver.heard),
        (evt.EVT_C_STORE, receiver.store),
    ]
    server: Any = entity.make_server((host, port), evt_handlers=handlers, server_class=Server)
    entity._servers.append(server)  # so that pynetdicom's `shutdown` finds it
    async with asyncio.TaskGroup() as group:
        task = group.create_task(supervise(TASK, lambda: _listen(server)), name=TASK)
        try:
            yield server.server_address[1]
        finally:
            task.cancel()
            # In a thread, because associations that end now may still wait for the event loop.
            await asyncio.to_thread(server.stop)


async def _listen(server: Server) -> None:
    """Serves until it ends, which it should not; the port stays bound, so that another call can go on.

    In a thread of its own, because a thread of the pool would keep the process from ending.
    """
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    failure: list[Exception] = []

    def serve() -> None:
        try:
            server.serve_forever()
        except Exception as why:
            failure.append(why)
        with suppress(RuntimeError):  # the event loop has ended
            loop.call_soon_threadsafe(ended.set)

    server.begun = True
    threading.Thread(target=serve, name="dimse", daemon=True).start()
    await ended.wait()
    if failure:
        raise failure[0]
