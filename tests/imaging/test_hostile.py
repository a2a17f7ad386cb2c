"""Bad files: each is refused by name, quickly, and costs nobody else anything."""

import asyncio
import os
import random
import struct
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from pydicom import dcmread

from imaging.errors import Refused
from imaging.limits import Limits
from imaging.part10 import UID
from imaging.syntaxes import DEFLATED_LE
from imaging.workers.inspection import inspect_file
from imaging.workers.jobs import Inspect
from imaging.workers.sandbox import open_sandbox
from tests.imaging.conftest import Asker, bundled, served, until
from tests.imaging.made import as_bytes, element, file_with, made, named

SMALL = Limits(workers=1, inflated_bytes=1 << 20, nesting=16, elements=5000)


def undefined(depth: int) -> bytes:
    """Sequences of undefined length inside each other, never closed."""
    return struct.pack("<HH2sHIHHI", 0x0040, 0xA730, b"SQ", 0, 0xFFFFFFFF, 0xFFFE, 0xE000, 0xFFFFFFFF) * depth


def nested(depth: int) -> bytes:
    """Sequences of exact length inside each other."""
    inner = b""
    for _ in range(depth):
        item = struct.pack("<HHI", 0xFFFE, 0xE000, len(inner)) + inner
        inner = struct.pack("<HH2sHI", 0x0040, 0xA730, b"SQ", 0, len(item)) + item
    return inner


def deflated(data: bytes) -> bytes:
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return squeezer.compress(data) + squeezer.flush()


def bomb() -> bytes:
    """Large values only, so that the walk itself would be quick."""
    large = struct.pack("<HH2sHI", 0x0009, 0x1001, b"OB", 0, 64 << 20) + bytes(64 << 20)
    return file_with(deflated(named() + large), DEFLATED_LE)


BAD = {
    "empty": b"",
    "not_dicom": b"This is a letter." * 20,
    "no_uid": file_with(element(0x00080016, b"UI", b"1.2\0")),
    "bad_uid": file_with(named(study="../../etc")),
    "unsupported": file_with(named(), "1.2.840.10008.1.2.999"),
    "truncated": made()[:-1],
    "too_deep": file_with(named() + nested(40)),
    "too_large": bomb(),
    "malformed": file_with(named() + element(0x00280010, b"US", b"\1\0") + b"\xe0\x7f\x10\x00OW\0\0\2\0\0\0ab"),
}


def look(data: bytes, folder: Path, limits: Limits = SMALL) -> str:
    path = folder / "file"
    path.write_bytes(data)
    with pytest.raises(Refused) as refused:
        inspect_file(path, folder / "sidecar", limits)
    assert refused.value.sentence.endswith(".")
    return refused.value.code


@pytest.mark.parametrize("code", BAD)
def test_a_bad_file_has_a_name(code: str, tmp_path: Path) -> None:
    assert look(BAD[code], tmp_path) == code


def test_every_way_of_nesting_is_bounded(tmp_path: Path) -> None:
    assert look(file_with(named() + undefined(20_000)), tmp_path) == "too_deep"
    assert look(file_with(named() + nested(3_000)), tmp_path) == "too_deep"
    assert look(file_with(named() + element(0x00091001, b"LO", b"") * 6000), tmp_path) == "too_large"


def test_sizes_that_do_not_fit_the_pixels_are_refused_before_decoding(tmp_path: Path) -> None:
    assert look(made(Rows=60_000, Columns=60_000), tmp_path) == "truncated"
    assert look(made(NumberOfFrames=2), tmp_path) == "truncated"
    assert look(made(NumberOfFrames=-1), tmp_path) == "malformed"


def test_a_cut_off_file_still_names_its_study(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(made()[:-100])
    with pytest.raises(Refused) as refused:
        inspect_file(path, tmp_path / "sidecar", SMALL)
    assert refused.value.about["study_uid"]


@pytest.mark.parametrize("cut", range(0, 1200, 37))
def test_a_file_cut_anywhere_is_refused_and_never_breaks_the_reader(cut: int, tmp_path: Path) -> None:
    data = bundled("JPEG2000.dcm")
    code = look(data[: len(data) * cut // 1200], tmp_path)
    assert code in {"empty", "not_dicom", "truncated", "no_uid", "unsupported", "malformed"}


@pytest.mark.parametrize("seed", range(40))
def test_flipped_bytes_are_refused_or_read_but_never_break_the_reader(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    data = bytearray(made(side=4))
    for _ in range(8):
        data[chance.randrange(132, len(data))] = chance.randrange(256)
    path = tmp_path / "file"
    path.write_bytes(data)
    with suppress(Refused):
        inspect_file(path, tmp_path / "sidecar", SMALL)


async def test_a_worker_that_takes_too_long_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "good"
    path.write_bytes(made())
    job = Inspect(str(path), str(tmp_path / "sidecar"))
    async with open_sandbox(Limits(workers=1, worker_wall_seconds=0.0)) as sandbox:
        with pytest.raises(Refused) as refused:
            await sandbox.inspect(job)
        assert refused.value.code == "too_slow"
    async with open_sandbox(Limits(workers=1)) as sandbox:
        assert (await sandbox.inspect(job)).about.frames == 1
        process = sandbox._all[0]._process
        assert process is not None
        process.kill()
        await process.wait()
        assert (await sandbox.inspect(job)).about.frames == 1, "another worker took its place"


async def test_a_worker_killed_in_the_middle_costs_only_its_file(tmp_path: Path) -> None:
    pipe = tmp_path / "never"
    os.mkfifo(pipe)  # opening it waits for a writer that never comes
    async with open_sandbox(Limits(workers=1)) as sandbox:
        stuck = asyncio.create_task(sandbox.inspect(Inspect(str(pipe), str(tmp_path / "s"))))
        worker = await until(lambda: asyncio.sleep(0, sandbox._all[0]._process), lambda process: process is not None)
        assert worker is not None
        worker.kill()
        with pytest.raises(Refused) as refused:
            await stuck
        assert refused.value.code == "too_large"
        good = tmp_path / "good"
        good.write_bytes(made())
        assert (await sandbox.inspect(Inspect(str(good), str(tmp_path / "s")))).about.frames == 1


async def test_memory_is_limited(tmp_path: Path) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(bomb())
    limits = Limits(workers=1, worker_memory=256 << 20, inflated_bytes=4 << 30)
    async with open_sandbox(limits) as sandbox:
        with pytest.raises(Refused) as refused:
            await sandbox.inspect(Inspect(str(path), str(tmp_path / "s")))
        assert refused.value.code in {"too_large", "malformed"}


async def test_bad_files_do_not_hold_up_the_good_ones(wuxi: Asker) -> None:
    bad = [data for code, data in BAD.items() if code != "too_large"]
    status, answer = await wuxi.store(*bad, made(number=1), *bad, made(number=2))
    assert status == 202
    assert len(answer["00081199"]["Value"]) == 2
    kept = {*wuxi.archive.objects.spool.iterdir()}
    assert not kept, "nothing stays in the spool"


async def test_script_in_a_patients_name_stays_text(wuxi: Asker) -> None:
    await wuxi.store(made(name="<script>alert(1)</script>"))
    _, _, headers = await wuxi.get("/dicomweb/studies")
    assert headers["Content-Type"].startswith("application/dicom+json")
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_helpers_make_files_that_read() -> None:
    assert as_bytes(dcmread(BytesIO(made()))) == made()


async def test_empty_parts_cost_nothing_and_their_number_has_a_bound(tmp_path: Path) -> None:
    async with served(tmp_path, limits=Limits(request_parts=300)) as wuxi:
        status, body = await wuxi.store(*[b""] * 299, made())
        assert status == 202
        assert len(body["0008119A"]["Value"]) == 299
        status, body = await wuxi.store(*[b""] * 301)
        assert (status, body["code"], body["reason"], body["largest"]) == (413, "too_large", "too_many_parts", 300)
        assert not list(wuxi.archive.objects.spool.iterdir())


@pytest.mark.parametrize("bad", ["", ".", "..", "1..2", ".1", "1.", "1." * 31 + "234", "1.2\n", "1.x"])
def test_a_uid_has_no_empty_component(bad: str) -> None:
    assert not UID.fullmatch(bad)
    assert UID.fullmatch("1.2.0840.00." + "1" * 52)  # zeros in front are wrong and common


async def test_a_file_with_such_a_uid_is_refused_by_name(wuxi: Asker) -> None:
    good = made()
    text = str(dcmread(BytesIO(good)).SOPInstanceUID)
    status, body = await wuxi.store(good.replace(text.encode(), f"{text[0]}..{text[3:]}".encode()))
    assert status == 409
    assert "0008119A" in body
