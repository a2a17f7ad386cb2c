"""A ward round at the bed: the ward's cart loses its network in mid-round and comes back."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.at_the_bed import FIRST, SECOND, done, instructed, item_at, ready
from tests.e2e.conftest import Arrive, Person, Product, copy_of
from tests.e2e.emergency import ask
from tests.e2e.in_room import decodes
from tests.e2e.looks import findings, squeezed
from tests.e2e.rounding import planned
from tests.e2e.still import settled

pytestmark = pytest.mark.usefixtures("calling")

ACTS: Final = "**/api/rounds/sessions/*/acts"
TARGET: Final = 64  # pixels, of what is pressed at a cart with gloves on
SMALL = f"""() => [...document.querySelectorAll('main button, main a[href]')]
  .filter((each) => each.offsetParent !== null && each.getBoundingClientRect().height < {TARGET} - 0.5)
  .map((each) => each.innerText || each.getAttribute('aria-label'))"""


@pytest.fixture
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Its own: what is done on a run-sheet stays."""
    with copy_of(seeded, tmp_path_factory.mktemp("round_cart") / "data") as running:
        yield running


def banner(page: Page) -> Locator:
    return page.get_by_role("region", name="患者身份")


def looked_at(person: Person, shot: str, language: str = "zh-CN") -> None:
    settled(person.page)
    person.shot(shot, language)
    assert findings(person.page) == []
    assert squeezed(person.page) == []
    assert person.page.evaluate(SMALL) == []


def acts_of(product: Product, id: str) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(product.data_dir / "telemed.db")) as db:
        query = "select kind, outcome from roundact where session_id = ? order by recorded_at"
        return [(str(kind), str(outcome)) for kind, outcome in db.execute(query, (UUID(id).hex,))]


def test_a_round_of_four_beds_whose_cart_loses_its_network_in_the_middle(arrive: Arrive, product: Product) -> None:
    lead, ward, path, beds = ready(arrive, product, most=4)
    id = path.rsplit("/", 1)[1]
    assert len(beds) == 4
    names = {bed: item_at(lead, id, bed)["patient"]["name"] for bed in beds}
    ward.page.goto(path)
    ward.page.get_by_role("link", name="床旁屏").click()
    ward.page.wait_for_url(re.compile("/cart$"))
    lead.page.goto(f"{path}/lead")
    for label in ("打开麦克风", "打开摄像头"):
        lead.page.get_by_role("button", name=label).click()
    for each in (lead, ward):
        decodes(each, decodes(each))

    lead.page.get_by_role("button", name=re.compile(f"第一床 {beds[0]} 床")).click()
    for each in (lead, ward):
        expect(banner(each.page)).to_contain_text(names[beds[0]])
    item = item_at(lead, id, beds[0])
    band = ward.page.get_by_label("扫腕带，或输入住院号后按回车")
    band.fill("W9999999")
    band.press("Enter")
    for each in (lead, ward):
        expect(each.page.get_by_text(f"腕带不符：不是 {beds[0]} 床的患者")).to_be_visible()
    ward.shot("cart_alarm")
    band.fill(item["patient"]["number"])
    band.press("Enter")
    expect(ward.page.get_by_text(re.compile("扫腕带核对"))).to_be_visible()
    for each in (lead, ward):
        expect(each.page.get_by_text("腕带不符")).to_have_count(0)

    for text in (FIRST, SECOND):
        instructed(lead, id, item, text)
        expect(ward.page.get_by_text(text)).to_be_visible()
    ward.page.get_by_role("button", name="复述：叶夏至").first.click()
    ward.page.get_by_role("button", name="确认复述").click()
    given = lead.page.get_by_role("listitem").filter(has_text=FIRST)  # an earlier one may be read back long since
    expect(given).to_contain_text("已复述")
    expect(ward.page.get_by_role("button", name="复述：叶夏至")).to_have_count(1)
    expect(ward.page.get_by_role("region", name="下一床准备")).to_contain_text(names[beds[1]])
    looked_at(ward, "cart")
    away_and_back(lead, ward, id, beds, names)

    now = {bed: item_at(lead, id, bed)["state"] for bed in beds[:3]}
    assert now == {beds[0]: "discussed", beds[1]: "discussed", beds[2]: "presenting"}
    bed = ask(ward, "GET", f"/rounds/items/{item['id']}")
    assert [each["state"] for each in bed["instructions"]] == ["to_execute", "to_execute"]
    lines = ask(ward, "GET", f"/rounds/items/{item_at(lead, id, beds[1])['id']}")["lines"]
    assert [each["text"] for each in lines] == ["夜间平卧，未再胸闷"]
    assert acts_of(product, id) == [
        ("start", "done"),
        ("present", "done"),
        ("identify", "wrong_wristband"),
        ("identify", "done"),
        ("instruct", "done"),
        ("instruct", "done"),
        ("read_back", "done"),
        ("read_back", "done"),
        ("present", "done"),
        ("say", "done"),
        ("present", "done"),
    ]
    for each in (lead, ward):
        decodes(each, decodes(each))

    deferred(lead, beds[2])
    lead.page.get_by_role("button", name=re.compile(f"下一床 {beds[3]} 床")).click()
    for each in (lead, ward):
        expect(banner(each.page)).to_contain_text(names[beds[3]])
        expect(each.page.get_by_text("夜间平卧，未再胸闷")).to_have_count(0)
    lead.page.get_by_role("button", name="结束查房…").click()
    lead.page.get_by_role("dialog", name="结束查房").get_by_role("button", name="结束查房").click()
    expect(ward.page.get_by_text("查房已结束").first).to_be_visible()
    signed(lead, ward, id, [names[bed] for bed in (*beds[:2], beds[3])])

    ward.page.goto(planned(arrive("coordinator"), product, timedelta(hours=30)))
    opening = ward.page.locator("[data-item]")
    expect(opening.first).to_contain_text("有未完成指示")
    expect(opening.filter(has_text=names[beds[0]])).to_contain_text("有未完成指示")
    expect(opening.filter(has_text=names[beds[2]])).to_contain_text("上次顺延")


def test_an_instruction_taken_over_ends_the_earlier_one(arrive: Arrive, product: Product) -> None:
    lead, ward, path, _ = ready(arrive, product)
    id = path.rsplit("/", 1)[1]
    items = ask(lead, "GET", f"/rounds/sessions/{id}")["items"]
    item, before = next(
        (each, found) for each in items for found in ask(lead, "GET", f"/rounds/items/{each['id']}")["before"]
    )
    lead.page.goto(f"{path}/lead")
    done(lead, id, "present", item_id=item["id"])
    done(ward, id, "identify", item_id=item["id"], how="wristband", number=item["patient"]["number"])
    row = lead.page.get_by_role("listitem").filter(has_text=before["text"])
    row.get_by_role("button", name="并入本次").click()
    pad = lead.page.get_by_role("textbox", name="写一条查房指示")
    expect(pad).to_have_value(before["text"])
    expect(lead.page.get_by_text("并入本条的原指示")).to_be_visible()
    settled(lead.page)
    lead.shot("round_taken_over")
    for name in ("不并入", "下达 ⏎"):
        expect(lead.page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    assert findings(lead.page) == []
    assert squeezed(lead.page) == []
    lead.page.set_viewport_size({"width": 1366, "height": 660})  # a laptop's browser with its bars
    lead.page.reload()  # what was typed is offered
    lead.page.get_by_role("button", name="恢复未发送的内容").click()
    expect(lead.page.get_by_text("并入本条的原指示")).to_be_visible()
    pad.fill(f"{before['text']}，结果告知主查")
    lead.page.get_by_role("button", name="下达 ⏎").click()
    expect(lead.page.get_by_role("listitem").filter(has_text="待落实")).to_have_count(0)
    expect(lead.page.get_by_role("list", name="本次").get_by_text("结果告知主查")).to_be_visible()
    settled(lead.page)
    lead.shot("round_taken_over_given")
    old = ask(ward, "GET", f"/rounds/items/{before['item_id']}")["instructions"]
    assert [each["state"] for each in old if each["id"] == before["id"]] == ["replaced"]


def deferred(lead: Person, bed: str) -> None:
    lead.page.get_by_role("button", name="顺延…").click()
    dialog = lead.page.get_by_role("dialog", name=f"{bed} 床顺延")
    dialog.get_by_text("外出检查或治疗").click()
    dialog.get_by_role("button", name="顺延", exact=True).click()
    expect(lead.page.get_by_text("现在没有正在查的床")).to_be_visible()


def signed(lead: Person, ward: Person, id: str, names: list[str]) -> None:
    """The ward's doctor writes a note of each, and the lead countersigns it by one key."""
    ward.page.goto("/rounds/notes")
    for name in names:
        expect(ward.page.get_by_role("heading", name=re.compile(name))).to_be_visible()
        ward.page.get_by_label("分析").fill("利尿后好转。")
        ward.page.get_by_label("病情").fill("夜间能平卧。")
        expect(ward.page.get_by_role("button", name=re.compile("^提交审签"))).to_be_enabled()
        ward.page.keyboard.press("Control+Enter")
        expect(ward.page.get_by_role("heading", name=re.compile(name))).to_have_count(0)
    lead.page.goto("/rounds/notes")
    for name in names:
        expect(lead.page.get_by_role("heading", name=re.compile(name))).to_be_visible()
        # Not at once after the one before.
        expect(lead.page.get_by_role("button", name=re.compile("^审签 Ctrl"))).to_be_enabled()
        lead.page.keyboard.press("Control+Enter")
        expect(lead.page.get_by_role("heading", name=re.compile(name))).to_have_count(0)
    items = ask(ward, "GET", f"/rounds/sessions/{id}")["items"]
    assert {each["patient"]["name"] for each in items if each["state"] == "countersigned"} == set(names)


def gone(route: Route) -> None:
    route.abort()


def away_and_back(lead: Person, ward: Person, id: str, beds: list[str], names: dict[str, str]) -> None:
    """Two beds on without the network, with a read-back and a note; a reload; and the network again."""
    page = ward.page
    ward.context.set_offline(True)
    page.get_by_role("button", name="复述：叶夏至").click()
    page.get_by_role("button", name="确认复述").click()
    expect(page.get_by_text("已复述，待送达")).to_be_visible()
    page.get_by_role("button", name=f"下一床 {beds[1]} 床").click()
    expect(banner(page)).to_contain_text(names[beds[1]])
    expect(page.get_by_text(names[beds[0]])).to_have_count(0)
    expect(page.get_by_text(FIRST)).to_have_count(0)
    page.get_by_label("写一条记录或提问").fill("夜间平卧，未再胸闷")
    page.get_by_role("button", name="记录", exact=True).click()
    expect(page.get_by_text("待送达")).to_be_visible()
    page.get_by_role("button", name=f"下一床 {beds[2]} 床").click()
    expect(banner(page)).to_contain_text(names[beds[2]])
    expect(page.get_by_text("断网，可继续记录")).to_be_visible()
    looked_at(ward, "cart_offline")
    expect(banner(lead.page)).to_contain_text(names[beds[0]])

    # The tablet is loaded anew where pages come and acts do not go: it stands at the bed where it was.
    page.route(ACTS, gone)
    ward.context.set_offline(False)
    page.reload()
    expect(banner(page)).to_contain_text(names[beds[2]])
    expect(page.get_by_text(re.compile("4 项操作还没有送达"))).to_be_visible()
    page.unroute(ACTS, gone)
    page.get_by_role("button", name="立即重发").click()
    expect(page.get_by_text(re.compile("还没有送达"))).to_have_count(0)
    expect(banner(lead.page)).to_contain_text(names[beds[2]])
    expect(banner(page)).to_contain_text(names[beds[2]])
