"""Who sees what: own hospital, granted, hidden; the rest answers 404 as if it were not there."""

from pathlib import Path

from aiohttp import web

from imaging.actor import Actor
from tests.imaging.conftest import FRAMES, Asker, Time, grant, served
from tests.imaging.made import made, uid

STUDY = f"/dicomweb/studies/{uid('study')}"
SERIES = f"{STUDY}/series/{uid('study', 'series')}"
INSTANCE = f"{SERIES}/instances/{uid('study', 'series', '1')}"
EVERY_ADDRESS = [
    STUDY,
    SERIES,
    INSTANCE,
    f"{STUDY}/metadata",
    f"{INSTANCE}/metadata",
    f"{INSTANCE}/frames/1",
    f"{INSTANCE}/rendered",
    f"{STUDY}/thumbnail",
    f"{INSTANCE}/bulkdata/7FE00010",
    f"{STUDY}/series",
    f"{STUDY}/instances",
    f"{SERIES}/instances",
    f"/imaging/open/{uid('study')}",
]


async def test_another_hospitals_study_does_not_exist(wuxi: Asker) -> None:
    await wuxi.store(made())
    answers = {}
    for path in EVERY_ADDRESS:
        accept = FRAMES if "frames" in path else "*/*"
        unknown = path.replace(uid("study"), "1.2.3")
        asked = ((wuxi, path), (wuxi.as_("jiashan"), path), (wuxi, unknown), (wuxi.as_("nobody"), path))
        answers[path] = [await who.status(where, accept) for who, where in asked]
    assert answers == {path: [200, 404, 404, 401] for path in EVERY_ADDRESS}


async def test_searching_finds_nothing_of_others(wuxi: Asker) -> None:
    await wuxi.store(made())
    for level in ("studies", "series", "instances"):
        assert await wuxi.status(f"/dicomweb/{level}") == 200
        assert await wuxi.as_("jiashan").status(f"/dicomweb/{level}") == 204
        assert await wuxi.as_("jiashan").status(f"/dicomweb/{level}?hospital=wuxi") == 204


async def test_only_those_who_store_may_store(wuxi: Asker) -> None:
    headers = {"Content-Type": "application/dicom"}
    async with wuxi.as_("expert").ask("POST", "/dicomweb/studies", data=made(), headers=headers) as response:
        assert response.status == 403


async def test_a_grant_opens_one_study_until_it_ends(wuxi: Asker, time: Time) -> None:
    await wuxi.store(made(), made("private"))
    expert = wuxi.as_("expert")
    assert await expert.status(STUDY) == 404
    assert (await wuxi.archive.grants_put([grant(time)], rev=1)).rev == 1
    assert await expert.status(STUDY) == 200
    assert len(await expert.json("/dicomweb/studies")) == 1
    assert await expert.status(f"/dicomweb/studies/{uid('private')}") == 404
    await wuxi.archive.grants_end(["g1"], rev=2)
    assert await expert.status(STUDY) == 404
    assert await expert.status("/dicomweb/studies") == 204


async def test_after_a_grant_has_ended_not_one_more_frame(wuxi: Asker, time: Time) -> None:
    await wuxi.store(made())
    await wuxi.archive.grants_put([grant(time)], rev=1)
    expert, frame = wuxi.as_("expert"), f"{INSTANCE}/frames/1"
    assert [await expert.status(frame, FRAMES) for _ in range(20)] == [200] * 20
    await wuxi.archive.grants_end(["g1"], rev=2)
    assert await expert.status(frame, FRAMES) == 404


async def test_a_grant_runs_out_by_itself(wuxi: Asker, time: Time) -> None:
    await wuxi.store(made())
    await wuxi.archive.grants_put([grant(time, hours=2)], rev=1)
    time.pass_(7199)
    assert await wuxi.as_("expert").status(STUDY) == 200
    time.pass_(2)
    assert await wuxi.as_("expert").status(STUDY) == 404


async def test_a_grant_may_name_a_role_and_must_say_read(wuxi: Asker, time: Time) -> None:
    await wuxi.store(made())
    await wuxi.archive.grants_put([grant(time, actions="write_opinion thread")], rev=1)
    assert await wuxi.as_("expert").status(STUDY) == 404
    await wuxi.archive.grants_put([grant(time, "g2", "role:ruijin:expert")], rev=2)
    assert await wuxi.as_("expert").status(STUDY) == 200


async def test_commands_repeat_harmlessly_and_a_gap_asks_for_a_snapshot(wuxi: Asker, time: Time) -> None:
    await wuxi.store(made())
    archive, expert = wuxi.archive, wuxi.as_("expert")
    await archive.grants_put([grant(time)], rev=1)
    await archive.grants_end(["g1"], rev=2)
    assert (await archive.grants_put([grant(time)], rev=1)).rev == 2, "an old command comes again"
    assert await expert.status(STUDY) == 404
    answer = await archive.grants_put([grant(time)], rev=5)
    assert (answer.rev, answer.snapshot_wanted) == (2, True)
    assert await expert.status(STUDY) == 404
    assert (await archive.heartbeat(5)).snapshot_wanted
    await archive.grants_snapshot([grant(time, "g9")], rev=5)
    assert not (await archive.heartbeat(5)).snapshot_wanted
    assert await expert.status(STUDY) == 200


async def test_without_a_heartbeat_granted_reads_wait_and_own_reads_go_on(tmp_path: Path) -> None:
    time = Time()
    async with served(tmp_path, time=time, heartbeat_within=5) as wuxi:
        await wuxi.store(made())
        await wuxi.archive.grants_put([grant(time), grant(time, "g2", "u-jiashan")], rev=1)
        expert = wuxi.as_("expert")
        assert await expert.status(STUDY) == 503
        await wuxi.archive.heartbeat(1)
        assert await expert.status(STUDY) == 200
        time.pass_(4.9)
        assert await expert.status(STUDY) == 200
        time.pass_(0.2)
        status, _, headers = await expert.get(STUDY)
        assert (status, headers["Retry-After"]) == (503, "1")
        assert await wuxi.status(STUDY) == 200
        assert await expert.status("/dicomweb/studies/1.2.3") == 404
        assert await wuxi.as_("jiashan").status("/dicomweb/studies") == 204, "the own list goes on, without the granted"
        assert "left out" in (await wuxi.as_("jiashan").get("/dicomweb/studies"))[2]["Warning"]


async def test_a_hidden_study_is_seen_only_by_its_hospitals_imaging_roles(wuxi: Asker, time: Time) -> None:
    await wuxi.store(made())
    await wuxi.archive.grants_put([grant(time)], rev=1)
    await wuxi.archive.set_hidden("wuxi", uid("study"), True, rev=2)
    assert await wuxi.status(STUDY) == 200
    assert await wuxi.as_("wuxi.doctor").status(STUDY) == 404
    assert await wuxi.as_("expert").status(STUDY) == 404
    await wuxi.archive.set_hidden("wuxi", uid("study"), False, rev=3)
    await wuxi.archive.set_hidden("jiashan", uid("study"), True, rev=4)
    assert await wuxi.as_("expert").status(STUDY) == 200


async def test_an_order_to_hide_that_comes_twice_or_too_late_changes_nothing(wuxi: Asker) -> None:
    await wuxi.store(made())
    for on, rev, seen in ((True, 5, 404), (True, 5, 404), (False, 4, 404), (False, 6, 200), (True, 5, 200)):
        await wuxi.archive.set_hidden("wuxi", uid("study"), on, rev)
        assert await wuxi.as_("wuxi.doctor").status(STUDY) == seen


async def test_a_study_that_was_hidden_before_its_images_came_is_hidden_when_they_come(tmp_path: Path) -> None:
    async with served(tmp_path) as wuxi:
        for on, rev in ((True, 5), (False, 4)):  # the second is an older one
            await wuxi.archive.set_hidden("wuxi", uid("study"), on, rev)
        await wuxi.archive.set_hidden("wuxi", uid("other"), True, rev=6)
        await wuxi.archive.set_hidden("wuxi", uid("other"), False, rev=7)
    async with served(tmp_path) as wuxi:  # after a restart
        await wuxi.store(made(), made("other"))
        assert await wuxi.status(STUDY) == 200
        doctor = wuxi.as_("wuxi.doctor")
        assert [await doctor.status(f"/dicomweb/studies/{uid(one)}") for one in ("study", "other")] == [404, 200]
        await wuxi.archive.set_hidden("wuxi", uid("study"), False, rev=4)  # come late
        assert await doctor.status(STUDY) == 404
        await wuxi.archive.set_hidden("wuxi", uid("study"), False, rev=8)
        assert await doctor.status(STUDY) == 200


async def test_two_hospitals_copies_are_never_mixed(wuxi: Asker, time: Time) -> None:
    jiashan, expert = wuxi.as_("jiashan"), wuxi.as_("expert")
    await wuxi.store(made(number=1))
    await jiashan.store(made(number=1, salt=1), made(number=2, salt=1))
    assert len(await wuxi.json(f"{STUDY}/metadata")) == 1
    assert len(await jiashan.json(f"{STUDY}/metadata")) == 2
    await wuxi.archive.grants_put([grant(time), grant(time, "g2", hospital="jiashan")], rev=1)
    async with expert.ask("GET", f"{STUDY}/metadata") as response:
        assert response.status == 300
        links = (await response.json(content_type=None))["links"]
    assert sorted(links) == [f"{STUDY}/metadata?hospital={hospital}" for hospital in ("jiashan", "wuxi")]
    assert len(await expert.json(f"{STUDY}/metadata?hospital=jiashan")) == 2
    first = (await expert.json(f"{STUDY}/metadata?hospital=wuxi"))[0]
    assert first["7FE00010"]["BulkDataURI"].endswith("?hospital=wuxi")
    assert len(await expert.json("/dicomweb/studies")) == 2


async def test_an_ended_grant_cuts_an_answer_short(wuxi: Asker, time: Time) -> None:
    slices = [made(number=number, side=256) for number in range(1, 101)]
    for number in range(0, 100, 20):
        await wuxi.store(*slices[number : number + 20])
    await wuxi.archive.grants_put([grant(time)], rev=1)
    async with wuxi.as_("expert").ask("GET", STUDY) as response:
        assert response.status == 200
        received = len(await response.content.readany())
        await wuxi.archive.grants_end(["g1"], rev=2)
        async for block in response.content.iter_any():
            received += len(block)
    assert received < sum(map(len, slices))


async def test_what_authenticate_raises_is_left_to_whoever_composed_it(tmp_path: Path) -> None:
    async def other_site(request: web.Request) -> Actor | None:
        raise web.HTTPForbidden(text="from another site")

    async with served(tmp_path, authenticate=other_site) as wuxi:
        status, body, _ = await wuxi.get(STUDY)
        assert (status, body) == (403, b"from another site")
