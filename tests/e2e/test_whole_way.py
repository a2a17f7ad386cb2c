"""From an empty directory to the signed opinion, as an IT engineer and then doctors go, without demo code.

Once with SQLite, once with telemed's own data in PostgreSQL; the hospital's system is a PostgreSQL both times.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from telemed.kit.ports import free_port
from tests.contracts.postgres import create_database, postgres
from tests.e2e import story_booking, story_opinion, story_record, story_request, story_room
from tests.e2e import way_filling as fill
from tests.e2e.conftest import ROOT
from tests.e2e.story_side import Side, sitting_at
from tests.e2e.way_files import HUB_DEPARTMENTS, HUB_STAFF, WUXI_STAFF, WUXI_WARDS, csv
from tests.e2e.way_patient import NUMBER, PAPERS, admitted, slice_of
from tests.e2e.way_site import Site, beside, initialised
from tests.imaging.modality import send
from tests.telemed.sources.conftest import PASSWORD as READS_ONLY
from tests.telemed.sources.conftest import Server, database

pytestmark = pytest.mark.usefixtures("calling")

TITLE = "WUXI_CT1"
ELSEWHERE = {"邮件通知", "音视频中继"}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    port = free_port()
    with postgres(port) as folder:
        yield Server(folder, port)


def hospital_system(server: Server) -> str:
    """The address of the hospital's database, in which the patient is."""

    async def made() -> str:
        async with database(server) as his:
            await admitted(his)
            return his.address

    return beside(made)


@pytest.mark.parametrize("kept_in", ["sqlite", "postgresql"])
def test_from_an_empty_directory_to_the_signed_opinion(
    chromium: Browser, server: Server, tmp_path: Path, kept_in: str
) -> None:
    url: str | None = None
    if kept_in == "postgresql":
        url = beside(lambda: create_database(server.folder, "telemed_way", server.port))
    site, his = initialised(tmp_path, url), hospital_system(server)
    (tmp_path / "departments.csv").write_bytes(csv(HUB_DEPARTMENTS))
    said = site.run("import", "departments", str(tmp_path / "departments.csv"), "--hospital", "ruijin")
    assert said.splitlines()[-1] == "imported 4, changed 0, same 0, wrong 0"
    with (
        site.served() as product,
        sitting_at(chromium, product.origin, PAPERS, pictures=False) as wuxi,
        sitting_at(chromium, product.origin, PAPERS, pictures=False) as ruijin,
    ):
        slips = the_hub_is_filled(ruijin, site, tmp_path)
        slips |= the_branch_is_filled(wuxi, his, site, tmp_path, slips)
        for side, names in (
            (ruijin, ("coordinator", "expert")),
            (wuxi, ("wuxi.chief", "wuxi.coordinator", "wuxi.doctor")),
        ):
            for each in names:
                side.sign_in_first(each, slips[each])
        the_consultation_is_held(wuxi, ruijin, tmp_path)
        wuxi.sign_in("wuxi.admin")
        ruijin.sign_in("admin")
        for side, lines in ((ruijin, 8), (wuxi, 10)):  # only what no page can give stays open
            done = fill.steps_done(side)
            assert (len(done), {name for name, green in done.items() if not green}) == (lines, ELSEWHERE)
            assert side.complaints == []


def the_hub_is_filled(ruijin: Side, site: Site, folder: Path) -> dict[str, str]:
    """By its first administrator; the answer are the passwords that were handed out, by sign-in name."""
    ruijin.sign_in_first("admin", site.password)
    assert [name for name, green in fill.steps_done(ruijin).items() if green] == ["科室"]  # by the command
    fill.import_on_page(ruijin, "staff", "瑞金人员.xlsx", HUB_STAFF)
    fill.add_venue(ruijin, "远程会诊中心 1 号会诊室")
    fill.add_agreement(ruijin, "无锡分院", "XY-2026-001")
    fill.draw_roster(ruijin, "角色 · 总值班")
    fill.add_first_administrator(ruijin, "无锡分院", "魏清明", "wuxi.admin")
    return fill.hand_out(ruijin, folder, "柳春分", "汪雨水", "阮大暑", "魏清明")


def the_branch_is_filled(wuxi: Side, his: str, site: Site, folder: Path, slips: dict[str, str]) -> dict[str, str]:
    wuxi.sign_in_first("wuxi.admin", slips["wuxi.admin"])
    fill.add_department(wuxi, "心内科", "心血管内科")
    fill.add_department(wuxi, "医务科", "医务科")
    fill.import_on_page(wuxi, "wards", "病区.xlsx", WUXI_WARDS)
    fill.import_on_page(wuxi, "staff", "无锡人员.xlsx", WUXI_STAFF)
    fill.add_venue(wuxi, "无锡分院 CCU 会诊室")
    fill.draw_roster(wuxi, "科室 · 心内科")
    fill.connect_views(wuxi, his, "reader", READS_ONLY, NUMBER)
    fill.register_modality(wuxi, TITLE, "1 号 CT")
    assert send(site.dimse, slice_of(1, "modality"), calling=TITLE) == [0, 0]
    return fill.hand_out(wuxi, folder, "叶夏至", "季小暑", "温处暑")


def the_consultation_is_held(wuxi: Side, ruijin: Side, folder: Path) -> None:
    id = asked(wuxi, folder)
    booked(wuxi, ruijin, id)
    held(wuxi, ruijin, id, folder)


def asked(wuxi: Side, folder: Path) -> str:
    wuxi.sign_in("wuxi.doctor")
    id = story_request.request(wuxi, folder)
    wuxi.sign_in("wuxi.chief")
    story_request.endorse(wuxi)
    wuxi.sign_in("wuxi.coordinator")
    story_request.approve(wuxi)
    return id


def booked(wuxi: Side, ruijin: Side, id: str) -> None:
    ruijin.sign_in("coordinator")
    story_booking.accept_and_book(ruijin, id)
    wuxi.sign_in("wuxi.doctor")
    story_booking.try_own_devices(wuxi, id)
    ruijin.sign_in("expert")
    story_booking.expert_accepts(ruijin)
    story_booking.try_devices(ruijin, id)


def held(wuxi: Side, ruijin: Side, id: str, folder: Path) -> None:
    story_room.doctor_waits(wuxi, id)
    story_room.expert_joins(ruijin, id, rival=False)
    story_room.both_talk(wuxi, ruijin, id)
    story_room.look_together(wuxi, ruijin, folder / "CT")
    story_room.talk_in_writing(wuxi, ruijin)
    story_opinion.write_beside_the_video(ruijin)
    story_opinion.end_and_sign(ruijin, wuxi, id)
    records = [story_record.download(side, id, folder / name) for side, name in ((wuxi, "w.pdf"), (ruijin, "r.pdf"))]
    assert records[0] == records[1]
    story_opinion.answer_the_advice(wuxi, id)
    story_opinion.record_the_order(wuxi, id)
    story_opinion.close_it(wuxi, id)


def test_no_part_of_it_comes_from_the_demonstration() -> None:
    """Neither the patient nor the papers; that the product needs nothing of it, the way above shows."""
    blocked = "import sys; sys.modules['telemed.demo'] = None; import tests.e2e.test_whole_way"
    subprocess.run([sys.executable, "-c", blocked], check=True, cwd=ROOT)
