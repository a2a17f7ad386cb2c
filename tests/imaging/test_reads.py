"""Who reads which study is told before the first byte, also who is refused; what cannot be kept is not sent."""

from pathlib import Path

from imaging.dicomweb.routes import GET
from imaging.native.routes import GET as NATIVE
from tests.imaging.conftest import FRAMES, Time, served
from tests.imaging.made import made, uid
from tests.imaging.packed import pack_of, settled, slice_of
from tests.imaging.telling import Told

STUDY, SERIES, INSTANCE = uid("study"), uid("study", "series"), uid("study", "series", "1")
NOT_HERE = ("7FE00008", "7FE00009", "{path")  # bulk data that the study does not have
ADDRESSES = [f"/dicomweb{each}" for each in GET if not any(part in each for part in NOT_HERE)]
PACKED = [f"/imaging{each}" for each in NATIVE]


def _filled(path: str) -> str:
    for name, value in {"study": STUDY, "series": SERIES, "instance": INSTANCE}.items():
        path = path.replace(f"{{{name}:[0-9.]{{1,64}}}}", value).replace(f"{{{name}}}", value)
    return path.replace("{frames}", "1")


async def test_every_address_tells_who_read_it_and_sends_nothing_that_cannot_be_kept(
    tmp_path: Path, time: Time
) -> None:
    told = Told()
    async with served(tmp_path, time=time, reads=told) as wuxi:
        await wuxi.store(slice_of(1))
        await settled(wuxi, time)
        version = f"?version={await pack_of(wuxi)}&frames=0"
        packed = [_filled(each) + (version if "/frames" in each else "") for each in PACKED]
        for path in [*(_filled(each) for each in ADDRESSES), *packed]:
            accept = FRAMES if path.endswith("/frames/1") else "*/*"
            told.read_by, told.full = [], False
            assert (await wuxi.status(path, accept), told.read_by) == (200, [("u-wuxi", ("wuxi", STUDY))]), path
            told.full = True
            status, body, _ = await wuxi.get(path, accept)
            assert status == 503, path
            assert STUDY.encode() not in body


async def test_who_is_refused_a_study_is_told_and_strangers_are_not(tmp_path: Path) -> None:
    told = Told()
    async with served(tmp_path, reads=told) as wuxi:
        await wuxi.store(made())
        assert await wuxi.as_("jiashan").status(f"/dicomweb/studies/{STUDY}/metadata") == 404
        assert await wuxi.as_("nobody").status(f"/dicomweb/studies/{STUDY}/metadata") == 401
        assert await wuxi.as_("jiashan").status("/dicomweb/studies") == 204
    assert told.refused_to == [("u-jiashan", STUDY, "not_found")]
    assert told.read_by == []
