"""The metadata of a series, zipped: made once, read by whoever may at that moment, and never an old list."""

from imaging.listings import Key, Listings
from tests.imaging.conftest import Asker, Time, grant
from tests.imaging.made import made, uid

METADATA = f"/dicomweb/studies/{uid('study')}/series/{uid('study', 'series')}/metadata"


async def test_who_loses_access_reads_no_metadata_that_is_kept_for_others(wuxi: Asker, time: Time) -> None:
    await wuxi.store(made())
    expert = wuxi.as_("expert")
    assert [await who.status(METADATA) for who in (wuxi, wuxi.as_("jiashan"), expert)] == [200, 404, 404]
    await wuxi.archive.grants_put([grant(time)], rev=1)
    assert await expert.status(METADATA) == 200
    await wuxi.archive.grants_end(["g1"], rev=2)
    assert [await who.status(METADATA) for who in (expert, wuxi)] == [404, 200]


async def test_an_image_that_comes_later_is_in_the_next_list(wuxi: Asker) -> None:
    await wuxi.store(made(number=1))
    assert len(await wuxi.json(METADATA)) == 1
    await wuxi.store(made(number=2))
    assert len(await wuxi.json(METADATA)) == 2


async def test_addresses_in_another_hospital_s_copy_name_it(wuxi: Asker) -> None:
    await wuxi.store(made())
    plain = (await wuxi.json(METADATA))[0]["7FE00010"]["BulkDataURI"]
    assert (await wuxi.json(METADATA + "?hospital=wuxi"))[0]["7FE00010"]["BulkDataURI"] == plain + "?hospital=wuxi"


def test_the_lists_kept_take_no_more_than_their_room() -> None:
    kept = Listings(kept_bytes=10)
    first, second, third = (Key(number, 1, "") for number in range(3))
    for key in (first, second):
        kept.keep(key, bytes(5))
    assert kept.get(first) is not None  # read last, so kept longer
    kept.keep(third, bytes(5))
    assert [kept.get(key) is None for key in (first, second, third)] == [False, True, False]
    kept.keep(third, bytes(11))
    assert kept.get(third) is None
