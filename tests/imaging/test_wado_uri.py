"""WADO-URI: the same objects and pictures by query parameters, under the same rules."""

from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import msgspec
import pytest
from PIL import Image
from pydicom import dcmread

from tests.imaging.conftest import Asker, served
from tests.imaging.made import SIDE, made, picture, uid
from tests.imaging.telling import Told

STUDY, SERIES, INSTANCE = uid("study"), uid("study", "series"), uid("study", "series", "1")
UIDS = {"requestType": "WADO", "studyUID": STUDY, "seriesUID": SERIES, "objectUID": INSTANCE}
RENDERED = f"/dicomweb/studies/{STUDY}/series/{SERIES}/instances/{INSTANCE}"


def wado(**parameters: object) -> str:
    return f"/dicomweb/wado?{urlencode({**UIDS, **parameters})}"


async def test_an_object_comes_whole_by_its_three_uids(wuxi: Asker) -> None:
    data = made(side=SIDE, PixelData=picture("<u2"))
    await wuxi.store(data)
    status, body, headers = await wuxi.get(wado(contentType="application/dicom"))
    assert (status, body[128:]) == (200, data[128:])
    assert headers["Content-Type"] == "application/dicom; transfer-syntax=1.2.840.10008.1.2.1"
    for syntax in ("1.2.840.10008.1.2.1", "1.2.840.10008.1.2.4.80"):
        status, body, _ = await wuxi.get(wado(contentType="application/dicom", transferSyntax=syntax))
        assert (status, dcmread(BytesIO(body)).file_meta.TransferSyntaxUID) == (200, syntax)
    status, body, _ = await wuxi.get(wado(contentType="application/dicom", transferSyntax="1.2.3"))
    assert (status, "1.2.840.10008.1.2.1" in msgspec.json.decode(body)["offered"]) == (406, True)


async def test_a_picture_is_the_same_as_rendered(wuxi: Asker) -> None:
    await wuxi.store(made(side=SIDE, NumberOfFrames=2, PixelData=picture("<u2") * 2), made(number=2))
    pairs = [
        (wado(contentType="image/jpeg"), "/rendered"),
        (wado(contentType="image/png", frameNumber=2), "/frames/2/rendered"),
        (wado(contentType="image/png", windowCenter=40, windowWidth=400), "/rendered?window=40,400"),
        (wado(contentType="image/jpeg", rows=40, columns=30, imageQuality=50), "/rendered?viewport=30,40&quality=50"),
    ]
    for uri, rs in pairs:
        accept = "image/png" if "png" in uri else "image/jpeg"
        assert (await wuxi.get(uri))[:2] == (await wuxi.get(RENDERED + rs, accept))[:2], uri
    assert Image.open(BytesIO((await wuxi.get(wado(contentType="image/png", rows=32)))[1])).size == (32, 32)
    assert (await wuxi.get(wado()))[2]["Content-Type"].startswith("application/dicom"), "of several frames"
    single = {"objectUID": uid("study", "series", "2")}
    assert (await wuxi.get(wado(**single)))[2]["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    "parameters",
    [
        {"requestType": "QIDO"},
        {"studyUID": ""},
        {"objectUID": "../1"},
        {"anonymize": "yes"},
        {"annotation": "patient"},
        {"region": "0,0,1,1"},
        {"presentationUID": "1.2.3"},
        {"contentType": "image/jpeg", "windowCenter": "1"},
        {"contentType": "image/jpeg", "windowCenter": "1", "windowWidth": "x"},
        {"contentType": "image/jpeg", "imageQuality": "0"},
        {"contentType": "image/jpeg", "rows": "-1"},
    ],
)
async def test_what_wado_uri_does_not_do_is_refused_and_not_left_out(wuxi: Asker, parameters: dict[str, str]) -> None:
    await wuxi.store(made())
    assert await wuxi.status(wado(**parameters)) == 400
    assert await wuxi.status(wado(contentType="video/mpeg")) == 406
    assert await wuxi.status(wado(contentType="image/jpeg", frameNumber=2)) == 404


async def test_wado_uri_asks_and_tells_as_every_other_address_does(tmp_path: Path) -> None:
    told = Told()
    async with served(tmp_path, reads=told) as wuxi:
        await wuxi.store(made())
        for media_type in ("image/jpeg", "application/dicom"):
            told.read_by, told.full = [], False
            assert await wuxi.status(wado(contentType=media_type)) == 200
            assert set(told.read_by) == {("u-wuxi", ("wuxi", STUDY))}
            told.full = True
            assert await wuxi.status(wado(contentType=media_type)) == 503
            told.full = False
            assert await wuxi.as_("jiashan").status(wado(contentType=media_type)) == 404
            assert await wuxi.as_("nobody").status(wado(contentType=media_type)) == 401
    assert told.refused_to == [("u-jiashan", STUDY, "not_found")] * 2
