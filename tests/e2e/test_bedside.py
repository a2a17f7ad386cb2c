"""The accompanying physician is called away: who stands in is in the room as a guest already, and simply goes on."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from telemed.kit.table import new_id
from tests.e2e.conftest import Arrive, Product, demonstration
from tests.e2e.in_room import DEVICES_ON, at_home, both_in, controls, decodes, devices_on, english, other_tile, room
from tests.e2e.until import until

pytestmark = pytest.mark.usefixtures("calling")

SUBSTITUTE = "jiashan.coordinator"
IN_PROGRESS = "async (id) => (await (await fetch(`/api/consultations/${id}`)).json()).state === 'in_progress'"


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The demonstration, in which the branch has a second doctor who may be at the bedside."""
    data = shutil.copytree(seeded, tmp_path_factory.mktemp("bedside") / "data")
    with sqlite3.connect(data / "telemed.db") as db:
        (account,) = db.execute("select id from account where username = ?", (SUBSTITUTE,)).fetchone()
        db.execute("insert into accountrole (account_id, role) values (?, 'accompanying_physician')", (account,))
    with demonstration(data) as running:
        yield running


def test_a_guest_who_stands_in_at_the_bedside_speaks_without_entering_again(arrive: Arrive) -> None:
    lead, doctor = both_in(arrive)
    here = lead.page.url
    id = here.rsplit("/", 1)[1]
    guest = at_home(arrive, SUBSTITUTE)
    guest.page.goto(here)
    guest.page.get_by_role("button", name="请求加入").click()
    lead.page.get_by_role("region", name="请求加入").get_by_role("button", name="准许加入").click()
    expect(room(guest.page)).to_be_visible()
    mute = controls(guest).get_by_role("button", name="静音", exact=True)
    expect(mute).to_have_count(0)

    guest.page.evaluate("window.sameLoad = true")
    origin = here.split("/rooms/")[0]
    until(doctor.page, IN_PROGRESS, id)  # which both have made it; else it changes between the reading and the change
    case = doctor.context.request.get(f"/api/consultations/{id}").json()
    me = guest.context.request.get("/api/session").json()["actor"]["id"]
    headers = {"Origin": origin, "Idempotency-Key": new_id().hex, "If-Match": f'"{case["version"]}"'}
    answer = doctor.context.request.post(
        f"/api/consultations/{id}/accompanying/substitute", data={"staff_id": me, "code": "emergency"}, headers=headers
    )
    assert answer.ok, answer.text()

    expect(mute).to_be_visible()
    expect(controls(doctor).get_by_role("button", name="静音", exact=True)).to_have_count(0)
    told = doctor.page.get_by_role("alert").filter(has_text="本页面的摄像头和麦克风已关闭")
    expect(told).to_contain_text("陪同医师已改为 宋小雪")
    assert devices_on(doctor) == []
    assert devices_on(guest) == ["audio", "video"]
    expect(other_tile(lead.page)).to_contain_text("宋小雪")
    for each in (lead, guest):
        decodes(each, decodes(each))
    assert guest.page.evaluate("window.sameLoad")
    expect(lead.page.get_by_text("会诊中", exact=False).first).to_be_visible()
    for each, name in ((lead, "lead"), (doctor, "relieved"), (guest, "substitute")):
        each.shot(f"bedside_{name}")
    english(doctor, lambda: expect(doctor.page.get_by_text("is the accompanying physician now")).to_be_visible())

    # Who is removed, or leaves, is neither seen nor heard; who enters again is.
    controls(lead).get_by_role("button", name=re.compile("^参加人员")).click()
    people = lead.page.get_by_role("dialog")
    people.get_by_role("listitem").filter(has_text="宋小雪").get_by_role("button", name="移出").click()
    lead.page.keyboard.press("Escape")
    for each, title in ((guest, "您已被请出会诊室"), (doctor, "您已离开会诊室")):
        if each is doctor:
            controls(doctor).get_by_role("button", name="离开").click()
        expect(each.page.get_by_role("heading", name=title)).to_be_visible()
        expect(each.page.get_by_text("本页面的摄像头和麦克风已关闭")).to_be_visible()
        assert devices_on(each) == []
    guest.shot("bedside_removed")
    guest.page.get_by_role("button", name="重新进入").click()
    lead.page.get_by_role("region", name="请求加入").get_by_role("button", name="准许加入").click()
    expect(mute).to_be_visible()
    until(guest.page, f"async () => ({DEVICES_ON})().length === 2")
