"""An upload that nobody can read is set aside and may be tried again; a full disk sets nothing aside."""

import errno
from pathlib import Path

import pytest

from imaging import aside
from imaging.ingest import uploads
from tests.imaging.conftest import served
from tests.imaging.made import made
from tests.imaging.uploading import batch_when, new_batch, send, settled


async def test_an_upload_that_fails_again_and_again_is_set_aside_and_its_batch_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, bad, whole = tmp_path / "index.db", list[Path](), uploads._is_zip

    def gone(path: Path) -> bool:
        bad.append(path)
        if path == bad[0]:
            raise FileNotFoundError(path)
        return whole(path)

    monkeypatch.setattr(uploads, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(uploads, "TRIES", 3)
    monkeypatch.setattr(uploads, "_is_zip", gone)
    async with served(tmp_path) as wuxi:
        batch = await new_batch(wuxi, 2)
        await send(wuxi, made(number=1), "bad.dcm", batch)
        await send(wuxi, made(number=2), "good.dcm", batch)
        shown = await settled(wuxi, batch)
        assert (shown["counts"]["refused"], shown["counts"]["stored"]) == (1, 1)
        assert {file["code"] for file in shown["files"]} == {"set_aside", ""}
        assert shown["studies"][0]["declared_count"] == 1
        assert bad.count(bad[0]) == 3
    [row] = aside.uploads_listed(index)
    assert (row.hospital, row.size) == ("wuxi", len(made(number=1)))
    monkeypatch.setattr(uploads, "_is_zip", whole)
    async with served(tmp_path):  # a start in between keeps its bytes
        pass
    assert aside.retry_upload(index, row.id)
    assert (aside.retry_upload(index, row.id), aside.uploads_listed(index)) == (False, [])
    async with served(tmp_path) as wuxi:
        shown = await batch_when(wuxi, batch, lambda shown: shown["settled"])
        assert (shown["counts"]["stored"], shown["studies"][0]["declared_count"]) == (2, 2)


async def test_a_full_disk_sets_no_upload_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tries, whole = 0, uploads._is_zip

    def full(path: Path) -> bool:
        nonlocal tries
        tries += 1
        if tries <= 5:
            raise OSError(errno.ENOSPC, "No space left on device")
        return whole(path)

    monkeypatch.setattr(uploads, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(uploads, "TRIES", 3)
    monkeypatch.setattr(uploads, "_is_zip", full)
    async with served(tmp_path) as wuxi:
        batch = await new_batch(wuxi, 1)
        await send(wuxi, made(), "a.dcm", batch)
        assert (await settled(wuxi, batch))["counts"]["stored"] == 1
