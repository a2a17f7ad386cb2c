"""C-ECHO and C-STORE from modalities and PACS that speak only DIMSE (PS3.7, PS3.4 annex B).

pynetdicom runs a thread per association; it hands over the object as it came off the wire, which
nothing here looks into. Success is answered once the object is durable and in the index.
"""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from pynetdicom import AE, AllStoragePresentationContexts, evt
from pynetdicom._globals import ALL_TRANSFER_SYNTAXES
from pynetdicom.events import Event
from pynetdicom.sop_class import Verification  # type: ignore[attr-defined]

from imaging.archive import Archive
from imaging.ingest.pipeline import Outcome
from imaging.ingest.record import Kept

log = logging.getLogger(__name__)

SUCCESS, COERCED, OUT_OF_RESOURCES, CANNOT_UNDERSTAND, FAILED = 0x0000, 0xB000, 0xA700, 0xC000, 0x0110
ASSOCIATIONS = 16
PDU_BYTES = 128 << 10
IDLE_SECONDS = 60.0
ANSWER_SECONDS = 300.0


class Receiver:
    """The bridge between pynetdicom's threads and the archive's loop."""

    def __init__(self, archive: Archive, callers: Mapping[str, str]) -> None:
        self._archive = archive
        self._callers = callers
        self._loop = asyncio.get_running_loop()

    def opened(self, event: Event) -> None:
        """Without TCP_NODELAY a peer such as dcmtk waits 50 ms for each instance's answer."""
        connection: Any = event.assoc.dul.socket
        connection.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def store(self, event: Event) -> int:
        calling = event.assoc.requestor.ae_title
        hospital = self._callers.get(calling)
        if hospital is None:  # the acceptor let nobody else in; this guards against its own mistakes
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
    archive: Archive, host: str, port: int, *, ae_title: str, callers: Mapping[str, str]
) -> AsyncIterator[int]:
    """Listen as `ae_title`; `callers` binds each calling AE to one hospital, others are rejected. Gives the port."""
    if not callers:  # an empty list would mean "anybody" to pynetdicom
        raise ValueError("name at least one calling AE and its hospital")
    entity = AE(ae_title)
    entity.require_called_aet = True
    entity.require_calling_aet = sorted(callers)
    entity.maximum_associations = ASSOCIATIONS
    entity.maximum_pdu_size = PDU_BYTES
    entity.network_timeout = entity.acse_timeout = entity.dimse_timeout = IDLE_SECONDS
    entity.add_supported_context(Verification)
    for context in AllStoragePresentationContexts:
        entity.add_supported_context(str(context.abstract_syntax), ALL_TRANSFER_SYNTAXES)
    receiver = Receiver(archive, callers)
    handlers: list[Any] = [(evt.EVT_CONN_OPEN, receiver.opened), (evt.EVT_C_STORE, receiver.store)]
    server = entity.start_server((host, port), block=False, evt_handlers=handlers)
    assert server is not None
    try:
        yield server.server_address[1]
    finally:
        # In a thread: associations that end now may still wait for the loop.
        await asyncio.to_thread(entity.shutdown)
