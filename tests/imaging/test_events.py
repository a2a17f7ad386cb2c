"""What the archive tells: in order, at least once, kept until taken over."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import Session, select

from imaging import aside, outbox, supervise
from imaging.archive import open_archive
from imaging.index.model import OutboxRow, Study
from imaging.limits import Limits
from imaging.outbox import Event, add_event
from tests.imaging.conftest import Asker, Events, Time, served, until
from tests.imaging.made import made, uid


async def test_a_new_study_is_announced_with_all_the_header_says(wuxi: Asker, events: Events) -> None:
    await wuxi.store(made(IssuerOfPatientID="HIS"))
    event = await events.wait_for("study.received")
    assert (event.source, event.v, event.seq) == ("archive/wuxi", 1, 1)
    expected = {
        "hospital": "wuxi",
        "study_uid": uid("study"),
        "PatientName": "Ceshi^Yi=测试^一",
        "PatientID": "T0001",
        "IssuerOfPatientID": "HIS",
        "PatientSex": "F",
        "PatientBirthDate": "19700101",
        "StudyDate": "20260301",
        "StudyTime": "101500",
        "ModalitiesInStudy": ["CT"],
        "StudyDescription": "胸部平扫",
        "instance_count": 1,
        "declared_count": None,
        "complete": False,
        "mixed_patients": False,
    }
    assert {name: event.data[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("of_series", "of_images", "told"),
    [("R", ["", ""], "R"), ("", ["L", "L"], "L"), ("", ["L", "R"], "B"), ("R", ["L", ""], "B"), ("", ["U", ""], "")],
)
async def test_a_study_says_of_which_side_its_images_are(
    wuxi: Asker, events: Events, of_series: str, of_images: list[str], told: str
) -> None:
    both = [
        made(number=number, Laterality=of_series, ImageLaterality=of_image)
        for number, of_image in enumerate(of_images, 1)
    ]
    await wuxi.store(*both)
    assert (await events.wait_for_images(len(both))).data["Laterality"] == told


async def test_what_comes_later_makes_the_study_grow(wuxi: Asker, events: Events) -> None:
    await wuxi.store(made(number=1))
    await events.wait_for("study.received")
    await wuxi.store(made(number=2), made(number=3, PatientID="T0009"))
    grew = await events.wait_for_images(3)
    assert (grew.type, grew.data["mixed_patients"]) == ("study.grew", True)
    assert [event.seq for event in events.all] == list(range(1, len(events.all) + 1))


async def test_an_upload_that_goes_on_is_told_of_once_a_second(wuxi: Asker, events: Events) -> None:
    pauses, enough = list[float](), asyncio.Event()

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            enough.set()
        await asyncio.sleep(0)

    telling = outbox.Outbox(wuxi.archive.index, events.publish, wuxi.archive.now, sleep=sleep)

    async def slices() -> None:
        while True:
            telling.wake()
            await asyncio.sleep(0)

    tasks = [asyncio.create_task(each) for each in (telling.run(), slices())]
    await asyncio.wait_for(enough.wait(), 60)
    for task in tasks:
        task.cancel()
    assert pauses[0] == 0.25, "what comes after a while of nothing is told soon"
    assert all(0.25 < each <= 1 for each in pauses[1:3])


async def test_another_spelling_is_not_another_patient(wuxi: Asker, events: Events) -> None:
    await wuxi.store(made(number=1, name="Zhang^San=张^三"))
    await wuxi.store(made(number=2, name="张三"), made(number=3, name="ZHANG^SAN"), made(number=4, name=""))
    assert not (await wuxi.json(f"/imaging/open/{uid('study')}"))["mixed_patients"]
    await wuxi.store(made(number=5, name="李四"))
    assert (await wuxi.json(f"/imaging/open/{uid('study')}"))["mixed_patients"]


async def test_refusals_and_conflicts_are_told(wuxi: Asker, events: Events) -> None:
    await wuxi.store(made(), b"no")
    refused = await events.wait_for("instance.refused")
    assert (refused.data["code"], refused.data["by"]) == ("not_dicom", "u-wuxi")
    await wuxi.store(made(salt=1))
    conflict = await events.wait_for("study.conflict")
    assert conflict.data["study_uid"] == uid("study")
    assert conflict.data["sha256"] != conflict.data["other_sha256"]


async def test_what_nobody_took_over_is_told_after_the_restart(tmp_path: Path) -> None:
    async def fail(event: Event) -> None:
        raise ConnectionError

    async with open_archive(tmp_path, publish=fail, limits=Limits(workers=1)) as archive:
        spooled = archive.objects.spooled()
        spooled.write_bytes(made())
        await archive.pipeline.take(spooled, "wuxi")
    events = Events()
    async with served(tmp_path, events=events) as wuxi:
        first = await events.wait_for("study.received")
        await wuxi.store(made(number=2))
        second = await events.wait_for("study.grew")
        assert (first.seq, second.seq) == (1, 2)
        assert first.epoch == second.epoch

        def left(session: Session) -> int:
            return len(session.exec(select(OutboxRow)).all())

        # The row goes after publish returned, which the wait above does not cover.
        await until(lambda: wuxi.archive.index.read(left), lambda count: count == 0)


async def test_an_event_that_cannot_be_read_is_set_aside_and_the_later_ones_are_told(tmp_path: Path) -> None:
    async def fail(event: Event) -> None:
        raise ConnectionError

    async with open_archive(tmp_path, publish=fail, limits=Limits(workers=1)) as archive:
        for n in range(3):
            await archive.index.write(
                lambda session, n=n: add_event(session, f"test.{n}", "wuxi", {}, archive.now())  # type: ignore[misc]
            )
    index = tmp_path / "index.db"
    with closing(sqlite3.connect(index)) as db:
        db.execute("update outbox set data = '{half' where position = 2")
        db.commit()
    events = Events()
    async with served(tmp_path, events=events):
        await events.wait_for("test.2")
    assert [event.type for event in events.all] == ["test.0", "test.2"]
    [row] = aside.listed(index)
    assert (row.position, row.type, row.source) == (2, "test.1", "archive/wuxi")
    assert aside.retry(index, 2)
    assert (aside.listed(index), aside.retry(index, 2)) == ([], False)
    async with served(tmp_path, events=events) as wuxi:
        await until(lambda: asyncio.to_thread(aside.listed, index), bool)
        assert wuxi.archive.index.no_space is False
    assert (aside.drop(index, 2), aside.drop(index, 2)) == (True, False)


async def test_a_study_that_cannot_be_told_of_keeps_no_other_from_being_told(
    wuxi: Asker, events: Events, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, mine = outbox.describe, wuxi.archive.outbox
    monkeypatch.setattr(mine, "_retry", 0.01)
    monkeypatch.setattr(supervise, "UNNOTICED", 0.0)

    def describe(session: Session, study: Study) -> dict[str, object]:
        if study.study_uid == uid("bad"):
            add_event(session, "half", study.hospital, {}, time.wall)
            raise KeyError
        return whole(session, study)

    async def why() -> str:
        return mine.trouble()

    monkeypatch.setattr(outbox, "describe", describe)
    await wuxi.store(made("bad"), made("good"))
    assert (await events.wait_for("study.received")).data["study_uid"] == uid("good")
    assert await until(why, bool) == "KeyError"
    monkeypatch.setattr(outbox, "describe", whole)
    await until(why, lambda trouble: not trouble)
    assert [(each.type, each.data["study_uid"]) for each in events.all] == [
        ("study.received", uid("good")),
        ("study.received", uid("bad")),
    ]


async def test_an_event_that_nobody_takes_keeps_only_its_own_study_waiting(tmp_path: Path) -> None:
    tried, taken, mended = list[str](), list[str](), False

    async def take(event: Event) -> None:
        tried.append(event.type)
        if event.type == "bad.1" and not mended:
            raise KeyError
        taken.append(event.type)

    async def all_taken() -> bool:
        return len(taken) == 5

    async with open_archive(tmp_path, publish=take, limits=Limits(workers=1)) as archive:
        archive.outbox._retry = 0.01

        def add(session: Session) -> None:
            for n in (1, 2):
                for study in ("bad", "good"):
                    add_event(session, f"{study}.{n}", "wuxi", {"study_uid": study}, archive.now())
            add_event(session, "bad.3", "jiashan", {"study_uid": "bad"}, archive.now())

        await archive.index.write(add)
        archive.outbox.wake()

        async def told() -> int:
            return tried.count("bad.1")

        await until(told, lambda times: times >= 3)
        assert taken == ["good.1", "good.2", "bad.3"]  # the last is another hospital's study
        mended = True
        await until(all_taken, bool)
    assert taken[-2:] == ["bad.1", "bad.2"]


async def test_while_nobody_takes_anything_only_a_few_are_tried(tmp_path: Path) -> None:
    tried, away = set[int](), asyncio.Event()

    async def take(event: Event) -> None:
        tried.add(event.seq)
        if event.seq == outbox.AWAY:
            away.set()
        raise ConnectionError

    async with open_archive(tmp_path, publish=take, limits=Limits(workers=1)) as archive:

        def add(session: Session) -> None:
            for n in range(3 * outbox.AWAY):
                add_event(session, "some", "wuxi", {"study_uid": str(n)}, archive.now())

        await archive.index.write(add)
        archive.outbox.wake()
        await away.wait()
    assert tried == set(range(1, outbox.AWAY + 1))
