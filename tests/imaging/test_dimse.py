"""C-STORE and C-ECHO from a peer in this process; who is not on the list is not let in."""

import asyncio
from io import BytesIO

import pytest
from pydicom import dcmread
from pynetdicom import AE
from pynetdicom.sop_class import CTImageStorage, Verification  # type: ignore[attr-defined]

from imaging.dimse import open_dimse
from tests.imaging.conftest import Asker
from tests.imaging.made import made, uid


def send(port: int, *files: bytes, calling: str = "WUXI_CT", called: str = "TELEMED") -> list[int] | None:
    """The statuses of an echo and of each file; None when the association is refused."""
    peer = AE(calling)
    peer.add_requested_context(Verification)
    peer.add_requested_context(CTImageStorage, "1.2.840.10008.1.2.1")
    association = peer.associate("127.0.0.1", port, ae_title=called)
    if not association.is_established:
        return None
    statuses = [association.send_c_echo().Status]
    statuses += [association.send_c_store(dcmread(BytesIO(file))).Status for file in files]
    association.release()
    return statuses


async def test_a_modality_stores_into_the_archive_of_its_hospital(wuxi: Asker) -> None:
    callers = {"WUXI_CT": "wuxi", "JIASHAN_CT": "jiashan"}
    async with open_dimse(wuxi.archive, "127.0.0.1", 0, ae_title="TELEMED", callers=callers) as port:
        files = [made(number=1), made(number=2), made(number=1, salt=1), made(number=3, StudyInstanceUID="")]
        assert await asyncio.to_thread(send, port, *files) == [0, 0, 0, 0xB000, 0xC000]
        assert await asyncio.to_thread(send, port, made(number=1), calling="JIASHAN_CT") == [0, 0]
    assert len(await wuxi.json(f"/dicomweb/studies/{uid('study')}/metadata")) == 2
    assert len(await wuxi.as_("jiashan").json(f"/dicomweb/studies/{uid('study')}/metadata")) == 1


async def test_strangers_are_not_let_in(wuxi: Asker) -> None:
    async with open_dimse(wuxi.archive, "127.0.0.1", 0, ae_title="TELEMED", callers={"WUXI_CT": "wuxi"}) as port:
        assert await asyncio.to_thread(send, port, calling="SOMEBODY") is None
        assert await asyncio.to_thread(send, port, called="OTHER") is None
    with pytest.raises(ValueError, match="at least one"):
        async with open_dimse(wuxi.archive, "127.0.0.1", 0, ae_title="TELEMED", callers={}):
            pass
