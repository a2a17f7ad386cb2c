"""Storing by STOW-RS and reading by WADO-RS, on real files and files made by code."""

import asyncio
from io import BytesIO

import msgspec
import pytest
from PIL import Image
from pydicom import dcmread
from pydicom.encaps import generate_frames

from imaging import pictures, supervise
from imaging.syntaxes import DEFLATED_LE
from tests.imaging.conftest import Asker, bundled, multipart, until
from tests.imaging.made import made, uid

STORED = "multipart/related; type=application/octet-stream; transfer-syntax=*"
SERIES = f"/dicomweb/studies/{uid('study')}/series/{uid('study', 'series')}"
INSTANCE = f"{SERIES}/instances/{uid('study', 'series', '1')}"

# name, transfer syntax of its frames as stored
REAL = [
    ("CT_small.dcm", "1.2.840.10008.1.2.1"),
    ("MR_small.dcm", "1.2.840.10008.1.2.1"),
    ("MR_small_bigendian.dcm", "1.2.840.10008.1.2.1"),
    ("image_dfl.dcm", "1.2.840.10008.1.2.1"),
    ("JPEG2000.dcm", "1.2.840.10008.1.2.4.91"),
    ("JPEG-lossy.dcm", "1.2.840.10008.1.2.4.51"),
    ("MR_small_jpeg_ls_lossless.dcm", "1.2.840.10008.1.2.4.80"),
    ("MR_small_RLE.dcm", "1.2.840.10008.1.2.5"),
    ("SC_rgb_rle_2frame.dcm", "1.2.840.10008.1.2.5"),
    ("examples_ybr_color.dcm", "1.2.840.10008.1.2.4.50"),
]


def parts_of(body: bytes, content_type: str) -> list[tuple[str, bytes]]:
    boundary = content_type.rpartition("boundary=")[2].encode()
    parts = []
    for piece in body.split(b"--" + boundary)[1:-1]:
        head, _, data = piece.partition(b"\r\n\r\n")
        parts.append((head.decode(), data[:-2]))
    return parts


def where(data: bytes) -> str:
    image = dcmread(BytesIO(data))
    return (
        f"/dicomweb/studies/{image.StudyInstanceUID}/series/{image.SeriesInstanceUID}/instances/{image.SOPInstanceUID}"
    )


def renamed(data: bytes, number: int) -> bytes:
    """Under a UID of its own: several bundled files are one image in different syntaxes."""
    image = dcmread(BytesIO(data))
    old = str(image.SOPInstanceUID)
    if image.file_meta.TransferSyntaxUID == DEFLATED_LE:
        return data
    return data.replace(old.encode(), f"{old[:-2]}{number + 10}".encode())


async def test_stored_frames_are_the_files_own_bytes(wuxi: Asker) -> None:
    for number, (name, syntax) in enumerate(REAL):
        data = renamed(bundled(name), number)
        assert (await wuxi.store(data))[0] == 200, name
        image = dcmread(BytesIO(data))
        count = int(image.get("NumberOfFrames") or 1)
        numbers = ",".join(map(str, range(1, count + 1)))
        status, body, headers = await wuxi.get(f"{where(data)}/frames/{numbers}", STORED)
        assert status == 200, name
        parts = parts_of(body, headers["Content-Type"])
        assert all(f"transfer-syntax={syntax}" in head for head, _ in parts), name
        if image.file_meta.TransferSyntaxUID.is_encapsulated:
            assert [data for _, data in parts] == list(generate_frames(image.PixelData, number_of_frames=count)), name
        else:
            little = image.pixel_array.astype(image.pixel_array.dtype.newbyteorder("<")).tobytes()
            assert b"".join(data for _, data in parts) == little, name


async def test_plain_octets_are_decoded_little_endian(wuxi: Asker) -> None:
    for number, name in enumerate(("CT_small.dcm", "JPEG2000.dcm", "MR_small_jpeg_ls_lossless.dcm", "SC_rgb_rle.dcm")):
        data = renamed(bundled(name), number)
        await wuxi.store(data)
        status, body, headers = await wuxi.get(f"{where(data)}/frames/1", "application/octet-stream")
        assert status == 200, name
        assert headers["Content-Type"] == "application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1"
        assert body == dcmread(BytesIO(data)).pixel_array.tobytes(), name


async def test_the_original_comes_back_byte_for_byte_with_a_clean_preamble(wuxi: Asker) -> None:
    data = b"MZ" + made()[2:]
    await wuxi.store(data)
    status, body, headers = await wuxi.get(INSTANCE, 'multipart/related; type="application/dicom"; transfer-syntax=*')
    assert status == 200
    [(head, part)] = parts_of(body, headers["Content-Type"])
    assert "application/dicom; transfer-syntax=1.2.840.10008.1.2.1" in head
    assert part == bytes(128) + data[128:]


async def test_an_object_is_rewritten_when_its_syntax_was_not_asked_for(wuxi: Asker) -> None:
    for number, name in enumerate(("MR_small_RLE.dcm", "MR_small_bigendian.dcm", "SC_rgb_rle_2frame.dcm")):
        data = renamed(bundled(name), number)
        await wuxi.store(data)
        status, body, headers = await wuxi.get(where(data), 'multipart/related; type="application/dicom"')
        assert status == 200, name
        [(_, part)] = parts_of(body, headers["Content-Type"])
        plain = dcmread(BytesIO(part))
        assert plain.file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.1"
        assert (plain.pixel_array == dcmread(BytesIO(data)).pixel_array).all(), name
        assert plain.PatientName == dcmread(BytesIO(data)).PatientName


async def test_metadata_says_what_the_file_says_and_points_to_its_pixels(wuxi: Asker) -> None:
    await wuxi.store(made(number=1), made(number=2))
    for path, prefix in ((SERIES, f"instances/{uid('study', 'series', '1')}/"), (INSTANCE, "")):
        first = (await wuxi.json(f"{path}/metadata"))[0]
        assert first["00100010"]["Value"] == [{"Alphabetic": "Ceshi^Yi", "Ideographic": "测试^一"}]
        assert first["00080005"]["Value"] == ["ISO_IR 192"]
        assert first["00280010"] == {"vr": "US", "Value": [16]}
        assert first["7FE00010"]["BulkDataURI"] == f"{prefix}bulkdata/7FE00010"
        status, body, _ = await wuxi.get(f"{path}/{first['7FE00010']['BulkDataURI']}", "application/octet-stream")
        assert status == 200
        assert body == dcmread(BytesIO(made(number=1))).PixelData
    assert len(await wuxi.json(f"{SERIES}/metadata")) == 2


async def test_one_frame_can_be_read_in_ranges(wuxi: Asker) -> None:
    await wuxi.store(made())
    whole = dcmread(BytesIO(made())).PixelData
    accept = "application/octet-stream; transfer-syntax=*"
    status, body, headers = await wuxi.get(f"{INSTANCE}/frames/1", accept, Range="bytes=10-19")
    assert (status, body) == (206, whole[10:20])
    assert headers["Content-Range"] == f"bytes 10-19/{len(whole)}"
    status, body, _ = await wuxi.get(f"{INSTANCE}/frames/1", accept, Range="bytes=-4")
    assert (status, body) == (206, whole[-4:])
    assert (await wuxi.get(f"{INSTANCE}/frames/1", accept, Range="bytes=99999-"))[0] == 416


async def test_what_is_not_on_offer_is_refused_with_the_offer(wuxi: Asker) -> None:
    await wuxi.store(made())
    status, body, headers = await wuxi.get(f"{INSTANCE}/frames/1", 'multipart/related; type="image/png"')
    assert status == 406
    assert headers["Content-Type"] == "application/problem+json"
    assert "application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1" in msgspec.json.decode(body)["offered"]
    assert await wuxi.status(f"{INSTANCE}/frames/2", STORED) == 404
    assert await wuxi.status(f"{INSTANCE}/frames/nil", STORED) == 400


async def test_pictures_and_thumbnails_are_made_and_scaled(wuxi: Asker) -> None:
    data = bundled("CT_small.dcm")
    await wuxi.store(data)
    status, body, headers = await wuxi.get(f"{where(data)}/rendered?viewport=64,64&window=40,400", "image/png")
    assert (status, headers["Content-Type"]) == (200, "image/png")
    picture = Image.open(BytesIO(body))
    assert picture.size == (64, 64)
    assert picture.getextrema() != (0, 0)
    study = where(data).partition("/series")[0]
    for path in (study, where(data).partition("/instances")[0], where(data), f"{where(data)}/frames/1"):
        status, body, headers = await wuxi.get(f"{path}/thumbnail", "image/*")
        assert (status, headers["Content-Type"]) == (200, "image/jpeg")
        assert Image.open(BytesIO(body)).size == (200, 200)
    assert await wuxi.status(f"{where(data)}/rendered?window=wide") == 400
    assert await wuxi.status(f"{where(data)}/rendered?quality=²", "image/jpeg") == 200


async def test_a_new_series_has_its_thumbnail_before_anyone_asks(wuxi: Asker) -> None:
    await wuxi.store(*(made(number=number) for number in (1, 2, 3)))
    derived = wuxi.archive.objects.derived
    await until(lambda: asyncio.to_thread(lambda: list(derived.rglob("*.jpeg"))), bool)
    [made_already] = derived.rglob("*.jpeg")
    status, body, _ = await wuxi.get(f"{SERIES}/thumbnail", "image/*")
    assert (status, body) == (200, made_already.read_bytes())
    assert len(list(derived.rglob("*.jpeg"))) == 1


async def test_pixels_may_be_kept_only_under_a_sign_ins_own_prefix(wuxi: Asker) -> None:
    await wuxi.store(made())
    _, _, plain = await wuxi.get(f"{INSTANCE}/frames/1", STORED)
    own = INSTANCE.replace("/dicomweb/", "/dicomweb/s/abcdefgh/")
    _, _, kept = await wuxi.get(f"{own}/frames/1", STORED)
    assert plain["Cache-Control"] == "no-store"
    assert kept["Cache-Control"] == "private, max-age=900, immutable"
    assert plain["X-Content-Type-Options"] == kept["X-Content-Type-Options"] == "nosniff"
    assert (plain["Vary"], bool(plain["ETag"])) == ("Accept", True)
    assert (await wuxi.get(f"{INSTANCE}/frames/1", STORED, **{"If-None-Match": plain["ETag"]}))[0] == 304
    _, _, metadata = await wuxi.get(f"{own}/metadata")
    assert metadata["Cache-Control"] == "no-store"


async def test_a_bad_file_is_refused_alone(wuxi: Asker) -> None:
    status, answer = await wuxi.store(made(number=1), b"hello, I am text", made(number=2)[:700], made(number=3))
    assert status == 202
    assert len(answer["00081199"]["Value"]) == 2
    assert answer["00081198"]["Value"][0]["00081155"]["Value"] == [uid("study", "series", "2")]
    comments = [item["00000902"]["Value"][0] for item in answer["00081198"]["Value"] + answer["0008119A"]["Value"]]
    assert sorted(comment.partition(":")[0] for comment in comments) == ["not_dicom", "truncated"]
    assert len(await wuxi.json(f"{SERIES}/metadata")) == 2
    assert (await wuxi.store(b"only text"))[0] == 409


async def test_chunked_bodies_and_quoted_boundaries_are_understood(wuxi: Asker) -> None:
    boundary = "odd (boundary)/1'?"
    body = multipart([made(number=1), made(number=2)], boundary)

    async def slowly() -> object:
        for at in range(0, len(body), 97):
            yield body[at : at + 97]

    headers = {"Content-Type": f'multipart/related; boundary="{boundary}"; type="application/dicom"'}
    async with wuxi.ask("POST", "/dicomweb/studies", data=slowly(), headers=headers) as response:
        assert response.status == 200
    assert len(await wuxi.json(f"{SERIES}/metadata")) == 2


async def test_a_file_of_another_study_is_not_stored_under_this_one(wuxi: Asker) -> None:
    status, answer = await wuxi.store(made("other"), path=f"/dicomweb/studies/{uid('study')}")
    assert status == 409
    assert answer["00081198"]["Value"][0]["00081197"]["Value"] == [0xA900]


async def test_a_cut_off_request_is_an_error_and_not_a_success(wuxi: Asker) -> None:
    headers = {"Content-Type": 'multipart/related; type="application/dicom"; boundary=B'}
    for body in (multipart([made()])[:-200], b"", b"--B--\r\n"):
        async with wuxi.ask("POST", "/dicomweb/studies", data=body, headers=headers) as response:
            assert response.status == 400


async def test_the_same_bytes_twice_are_stored_once(wuxi: Asker) -> None:
    assert (await wuxi.store(made()))[0] == 200
    assert (await wuxi.store(made()))[0] == 200
    assert len(await wuxi.json(f"{SERIES}/metadata")) == 1


async def test_other_bytes_under_a_taken_uid_are_kept_and_flagged(wuxi: Asker) -> None:
    await wuxi.store(made())
    status, answer = await wuxi.store(made(salt=1))
    assert status == 202
    assert answer["00081199"]["Value"][0]["00081196"]["Value"] == [0xB000]
    status, body, _ = await wuxi.get(f"{INSTANCE}/frames/1", "application/octet-stream")
    assert body == dcmread(BytesIO(made())).PixelData, "what was there first stays what is shown"
    opened = await wuxi.json(f"/imaging/open/{uid('study')}")
    assert opened["series"][0]["conflicts"] == 1
    objects = {path.stat().st_size for path in (wuxi.archive.objects.root / "objects").rglob("*") if path.is_file()}
    assert len(list((wuxi.archive.objects.root / "objects").rglob("??*/*"))) == 2, objects


async def test_a_study_opens_with_one_answer(wuxi: Asker) -> None:
    await wuxi.store(*(made(number=number) for number in (1, 2, 3)), made(number=9, series="scout", SeriesNumber=0))
    opened = await wuxi.json(f"/imaging/open/{uid('study')}")
    assert (opened["hospital"], opened["PatientName"]) == ("wuxi", "Ceshi^Yi=测试^一")
    assert [one["SeriesNumber"] for one in opened["series"]] == [0, 1]
    lung = opened["series"][1]
    assert (lung["instance_count"], lung["Modality"]) == (3, "CT")
    assert lung["middle"]["SOPInstanceUID"] == uid("study", "series", "2")
    assert (lung["middle"]["Rows"], lung["middle"]["TransferSyntaxUID"]) == (16, "1.2.840.10008.1.2.1")


async def test_a_thumbnail_that_fails_is_told_tried_again_and_in_the_end_left_until_somebody_asks(
    wuxi: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "QUIET_SECONDS", 0.01)
    monkeypatch.setattr(supervise, "UNNOTICED", 0.0)
    mine, tried, told = wuxi.archive.pictures, 0, list[str]()

    async def fails(*_asked: object) -> bytes:
        nonlocal tried
        tried += 1
        told.append(mine.trouble())
        raise OSError

    monkeypatch.setattr(mine, "get", fails)
    await wuxi.store(made())

    async def tries() -> int:
        return tried

    async def why() -> str:
        return mine.trouble()

    await until(tries, lambda count: count == pictures.TRIES)
    await until(why, lambda trouble: not trouble)
    assert set(told[1:]) == {"OSError"}
    assert tried == pictures.TRIES
