"""kill -9 in an upload, in packing, STOW, C-STORE, a zip: what was acknowledged is still there, and goes on."""

import asyncio
import json
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession
from joserfc.jwk import OKPKey

from imaging.tickets import ticket_for
from tests.imaging.alone import program
from tests.imaging.conftest import multipart, until
from tests.imaging.made import made, uid
from tests.imaging.modality import data_set, send, stored_by
from tests.imaging.packed import Previews, address, frame_of, smooth
from tests.imaging.uploading import BODY, headers_for, zipped

TUS = {"Tus-Resumable": "1.0.0"}


async def test_a_killed_server_has_lost_nothing_it_acknowledged(tmp_path: Path) -> None:
    key = OKPKey.generate_key("Ed25519", auto_kid=True)
    keys = json.dumps({"keys": [key.as_dict(private=False)]})
    headers = {"Authorization": f"Bearer {ticket_for(key, 'wuxi', hours=1)}"}
    data = made(side=256)
    async with ClientSession(headers=headers) as session:
        async with program(tmp_path, keys) as (base, process):
            create = {**TUS, "Upload-Length": str(len(data))}
            async with session.post(f"{base}/imaging/uploads", headers=create) as response:
                where = response.headers["Location"]
            append = {**TUS, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
            async with session.patch(base + where, headers=append, data=data[:50_000]) as response:
                assert response.headers["Upload-Offset"] == "50000"
            sending = asyncio.create_task(_trickle(session, base + where, data))
            await until(lambda: stored(session, base + where), lambda offset: offset > 50_000)
            os.kill(process.pid, signal.SIGKILL)
            await process.wait()
            await asyncio.gather(sending, return_exceptions=True)
        async with program(tmp_path, keys) as (base, _):
            async with session.head(base + where, headers=TUS) as response:
                offset = int(response.headers["Upload-Offset"])
            assert 50_000 <= offset < len(data)
            append["Upload-Offset"] = str(offset)
            async with session.patch(base + where, headers=append, data=data[offset:]) as response:
                assert response.headers["Upload-Offset"] == str(len(data))

            async def visible() -> int:
                async with session.get(f"{base}/dicomweb/studies/{uid('study')}/metadata") as response:
                    return response.status

            await until(visible, lambda status: status == 200)


async def test_a_server_killed_while_it_packs_packs_again_and_is_readable_throughout(tmp_path: Path) -> None:
    key = OKPKey.generate_key("Ed25519", auto_kid=True)
    keys = json.dumps({"keys": [key.as_dict(private=False)]})
    headers = {"Authorization": f"Bearer {ticket_for(key, 'wuxi', hours=1)}"}
    side, slices = 1024, 12
    async with ClientSession(headers=headers) as session:
        async with program(tmp_path, keys) as (base, process):
            for number in range(1, slices + 1):
                sent = BytesIO(multipart([made(number=number, side=side, PixelData=smooth(number, side))]))
                kind = {"Content-Type": 'multipart/related; type="application/dicom"; boundary=B'}
                async with session.post(f"{base}/dicomweb/studies", data=sent, headers=kind) as response:
                    assert response.status == 200

            async def packing() -> bool:
                return bool(await asyncio.to_thread(_found, tmp_path, "spool/*/frames.bin"))

            await until(packing, bool)
            os.kill(process.pid, signal.SIGKILL)
            await process.wait()
        async with program(tmp_path, keys) as (base, _):

            async def preview() -> tuple[int, bytes]:
                async with session.get(base + frame_of(1)) as response:
                    assert response.status == 200
                async with session.get(base + address("preview")) as response:
                    return response.status, await response.read()

            _, body = await until(preview, lambda answer: answer[0] == 200)
            assert len(Previews.of(body).bodies) == slices
    assert await asyncio.to_thread(_found, tmp_path, "spool/*") == []
    assert len(await asyncio.to_thread(_found, tmp_path, "packs/*/*")) == 1


async def test_what_was_stored_before_a_kill_is_there_byte_for_byte(tmp_path: Path) -> None:
    """STOW from four senders; who has no answer may have been stored or not."""
    key = OKPKey.generate_key("Ed25519", auto_kid=True)
    keys = json.dumps({"keys": [key.as_dict(private=False)]})
    headers = {"Authorization": f"Bearer {ticket_for(key, 'wuxi', hours=1)}"}
    kind = {"Content-Type": 'multipart/related; type="application/dicom"; boundary=B'}
    numbers, answered = count(1), list[int]()

    async def send(session: ClientSession, base: str) -> None:
        for number in numbers:
            sent = BytesIO(multipart([made(number=number, side=64)]))
            try:
                async with session.post(f"{base}/dicomweb/studies", data=sent, headers=kind) as response:
                    assert response.status == 200
            except ClientError:
                return  # killed meanwhile
            answered.append(number)

    async def so_far() -> int:
        return len(answered)

    async with ClientSession(headers=headers) as session:
        async with program(tmp_path, keys) as (base, process):
            sending = [asyncio.create_task(send(session, base)) for _ in range(4)]
            await until(so_far, lambda n: n >= 20)
            os.kill(process.pid, signal.SIGKILL)
            await process.wait()
            await asyncio.gather(*sending)
        async with program(tmp_path, keys) as (base, _):
            body = await _whole(session, base)
    assert [number for number in answered if made(number=number, side=64) not in body] == []


async def test_what_was_sent_by_c_store_before_a_kill_is_there_once(tmp_path: Path) -> None:
    """Four modalities; what had no answer is sent again, and nothing of it stands in the way."""
    key = OKPKey.generate_key("Ed25519", auto_kid=True)
    keys = json.dumps({"keys": [key.as_dict(private=False)]})
    headers = {"Authorization": f"Bearer {ticket_for(key, 'wuxi', hours=1)}"}
    callers, numbers, answered = {"WUXI_CT": "wuxi"}, count(1), list[int]()

    def send_on(port: int) -> int:
        """Until the archive is gone; returns the number that has no answer."""
        with stored_by(port) as store:
            while store(made(number=(number := next(numbers)), side=64)) == 0:
                answered.append(number)
        return number

    async def so_far() -> int:
        return len(answered)

    async with program(tmp_path, keys, callers) as (_, process):
        port = await _dimse(process)
        sending = [asyncio.create_task(asyncio.to_thread(send_on, port)) for _ in range(4)]
        await until(so_far, lambda n: n >= 20)
        os.kill(process.pid, signal.SIGKILL)
        await process.wait()
        unanswered = await asyncio.gather(*sending)
    async with program(tmp_path, keys, callers) as (base, process), ClientSession(headers=headers) as session:
        port = await _dimse(process)
        body = await _whole(session, base)
        again = await asyncio.to_thread(send, port, *(made(number=each, side=64) for each in unanswered))
        assert again == [0] * 5
        assert await _listed(session, base) == sorted([*answered, *unanswered])
    times = {each: body.count(data_set(made(number=each, side=64))) for each in answered}
    assert times == dict.fromkeys(answered, 1)


async def test_a_zip_that_was_taken_before_a_kill_is_unpacked_once(tmp_path: Path) -> None:
    """Zips one after another while the first are being unpacked; each that was answered is promised."""
    key = OKPKey.generate_key("Ed25519", auto_kid=True)
    keys = json.dumps({"keys": [key.as_dict(private=False)]})
    headers = {"Authorization": f"Bearer {ticket_for(key, 'wuxi', hours=1)}"}
    answered, members = list[int](), 6

    def discs(number: int) -> dict[str, bytes]:
        first = number * members
        return {f"{each}.dcm": made(number=each, side=64) for each in range(first, first + members)}

    async with ClientSession(headers=headers) as session:
        async with program(tmp_path, keys) as (base, process):
            async with session.post(f"{base}/imaging/batches", json={"expected_files": 1}) as response:
                batch = (await response.json())["id"]

            async def send_on() -> None:
                for number in count(1):
                    disc = zipped(discs(number))
                    told = {**headers_for(len(disc), f"disc-{number}.zip", batch), "Content-Type": BODY}
                    try:
                        async with session.post(f"{base}/imaging/uploads", headers=told, data=disc) as response:
                            assert (response.status, response.headers["Upload-Offset"]) == (201, str(len(disc)))
                    except ClientError:
                        return  # killed meanwhile
                    answered.append(number)

            async def begun() -> bool:
                return len(answered) >= 5 and bool(await _listed(session, base))

            sending = asyncio.create_task(send_on())
            await until(begun, bool)
            os.kill(process.pid, signal.SIGKILL)
            await process.wait()
            await sending
        async with program(tmp_path, keys) as (base, _):
            where = f"{base}/imaging/batches/{batch}"
            async with session.post(f"{where}/finish") as response:
                assert response.status == 200

            async def shown() -> Any:
                async with session.get(where) as response:
                    return await response.json()

            found = await until(shown, lambda seen: seen["settled"])
            instances = await _listed(session, base)
    told = Counter((each["name"], each["state"]) for each in found["files"] if each["name"].endswith(".dcm"))
    promised = [name for number in answered for name in discs(number)]
    assert {name: told[name, "stored"] for name in promised} == dict.fromkeys(promised, 1)
    assert len(instances) == len(set(instances)) == len(told), "each once, also of one that had no answer"


async def _dimse(process: asyncio.subprocess.Process) -> int:
    assert process.stdout is not None
    return int((await process.stdout.readline()).decode().rpartition(":")[2])


async def _whole(session: ClientSession, base: str) -> bytes:
    series = f"{base}/dicomweb/studies/{uid('study')}/series/{uid('study', 'series')}"
    whole = {"Accept": 'multipart/related; type="application/dicom"; transfer-syntax=*'}
    async with session.get(series, headers=whole) as response:
        assert response.status == 200
        return await response.read()


async def _listed(session: ClientSession, base: str) -> list[int]:
    """The numbers of the instances that are visible."""
    async with session.get(f"{base}/dicomweb/studies/{uid('study')}/metadata") as response:
        found = await response.json() if response.status == 200 else []
    return sorted(each["00200013"]["Value"][0] for each in found)


def _found(folder: Path, pattern: str) -> list[Path]:
    return list(folder.glob(pattern))


async def _trickle(session: ClientSession, address: str, data: bytes) -> None:
    async def body() -> AsyncIterator[bytes]:
        yield data[50_000:60_000]
        await asyncio.Event().wait()  # until the server dies

    headers = {**TUS, "Upload-Offset": "50000", "Content-Type": "application/offset+octet-stream"}
    async with session.patch(address, headers=headers, data=body()):
        pass


async def stored(session: ClientSession, address: str) -> int:
    async with session.head(address, headers=TUS) as response:
        return int(response.headers["Upload-Offset"])
