"""C-STORE and C-ECHO from a peer in this process; who is not on the list is not let in."""

import asyncio
import os
import resource
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from imaging.dimse import Server, open_dimse
from tests.imaging.conftest import Asker
from tests.imaging.made import made, uid
from tests.imaging.modality import send


async def test_a_modality_stores_into_the_archive_of_its_hospital(wuxi: Asker) -> None:
    callers = {"WUXI_CT": "wuxi", "JIASHAN_CT": "jiashan"}
    async with open_dimse(wuxi.archive, "127.0.0.1", 0, ae_title="TELEMED", hospital_of=callers.get) as port:
        files = [made(number=1), made(number=2), made(number=1, salt=1), made(number=3, StudyInstanceUID="")]
        assert await asyncio.to_thread(send, port, *files) == [0, 0, 0, 0xB000, 0xC000]
        assert await asyncio.to_thread(send, port, made(number=1), calling="JIASHAN_CT") == [0, 0]
    assert len(await wuxi.json(f"/dicomweb/studies/{uid('study')}/metadata")) == 2
    assert len(await wuxi.as_("jiashan").json(f"/dicomweb/studies/{uid('study')}/metadata")) == 1


async def test_strangers_are_not_let_in(wuxi: Asker) -> None:
    async with open_dimse(
        wuxi.archive, "127.0.0.1", 0, ae_title="TELEMED", hospital_of={"WUXI_CT": "wuxi"}.get
    ) as port:
        assert await asyncio.to_thread(send, port, calling="SOMEBODY") is None
        assert await asyncio.to_thread(send, port, called="OTHER") is None


async def test_who_may_send_is_asked_anew_each_time(wuxi: Asker) -> None:
    callers = dict[str, str]()
    async with open_dimse(wuxi.archive, "127.0.0.1", 0, ae_title="TELEMED", hospital_of=callers.get) as port:
        assert await asyncio.to_thread(send, port, made(number=1)) is None
        callers["WUXI_CT"] = "wuxi"
        assert await asyncio.to_thread(send, port, made(number=1)) == [0, 0]
        del callers["WUXI_CT"]
        assert await asyncio.to_thread(send, port, made(number=2)) is None


async def test_a_listener_that_failed_is_named_and_taken_up_again(wuxi: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    failed, again = asyncio.Queue[tuple[str, str]](), asyncio.Event()

    async def supervise(name: str, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await work()
                failed.put_nowait((name, "ended"))
            except Exception as why:
                failed.put_nowait((name, str(why)))
            await again.wait()

    def broken(_server: Server, _request: object, _address: object) -> bool:
        raise RuntimeError("on purpose")

    callers = {"WUXI_CT": "wuxi"}
    opened = open_dimse(wuxi.archive, "127.0.0.1", 0, ae_title="TELEMED", hospital_of=callers.get, supervise=supervise)
    async with opened as port, asyncio.timeout(30):
        with monkeypatch.context() as patched:
            patched.setattr(Server, "_may_wait", broken)
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            assert await reader.read() == b""
            writer.close()
            await writer.wait_closed()
            assert await failed.get() == ("images.dimse", "on purpose")
        again.set()
        assert await asyncio.to_thread(send, port, made(number=1)) == [0, 0]
    assert failed.empty()


async def test_silent_connections_keep_no_modality_waiting(wuxi: Asker) -> None:
    """As it was seen: 20 of them, and no modality could send for 58 seconds."""
    callers = {"WUXI_CT": "wuxi"}
    async with open_dimse(wuxi.archive, "127.0.0.1", 0, ae_title="TELEMED", hospital_of=callers.get) as port:
        silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(60)]
        assert await asyncio.to_thread(send, port, made(number=1)) == [0, 0]
        async with asyncio.timeout(60):
            assert await silent[0][0].read() == b"", "the first was pushed out"
        for _, writer in silent:
            writer.close()


async def test_a_connection_that_says_nothing_ends(wuxi: Asker) -> None:
    opened = open_dimse(
        wuxi.archive, "127.0.0.1", 0, ae_title="TELEMED", hospital_of={"WUXI_CT": "wuxi"}.get, ask_seconds=0.2
    )
    async with opened as port, asyncio.timeout(30):
        for said in (b"", b"\x01\x00\x00\x00\x01"):  # nothing, and half an A-ASSOCIATE-RQ
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(said)
            with suppress(ConnectionResetError):
                assert await reader.read() == b""
            writer.close()


async def test_descriptors_above_a_thousand_are_read_too(wuxi: Asker) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 1500:
        pytest.skip("this process may not open so many files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 1500), hard))
    taken = [os.open(os.devnull, os.O_RDONLY) for _ in range(1100)]
    try:
        # All below are taken, so what the server and the peer open lies above.
        async with open_dimse(
            wuxi.archive, "127.0.0.1", 0, ae_title="TELEMED", hospital_of={"WUXI_CT": "wuxi"}.get
        ) as port:
            assert await asyncio.to_thread(send, port, made(number=1)) == [0, 0]
    finally:
        for each in taken:
            os.close(each)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
