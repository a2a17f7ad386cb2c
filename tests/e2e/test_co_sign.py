"""Experts beside the lead: reminded at home, they co-sign or dissent, before and after; and a newer packet."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from hashlib import sha256

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.conftest import PASSWORD, Product
from tests.e2e.own_case import in_writing
from tests.e2e.still import option
from tests.e2e.story_side import Side, sitting_at
from tests.e2e.writing import write
from tests.e2e.written import send

DISSENT, LATE = "暂不同意加量，建议先复查血压", "复查后同意加量"
PATIENT = "路共签"
PDF = b"%PDF-1.7\n% not yet in the packet\n"


@pytest.fixture(scope="module")
def product(common: Product) -> Product:
    return common


@pytest.fixture
def sides(chromium: Browser, product: Product) -> Iterator[list[Side]]:
    """The lead, two experts beside them, and the requesting doctor, each at a browser of their own."""
    with ExitStack() as stack:
        found = [stack.enter_context(sitting_at(chromium, product.origin)) for _ in range(4)]
        for side, username in zip(found, ("expert", "expert2", "radiologist2", "wuxi.doctor"), strict=True):
            side.sign_in(username)
        yield found
        assert [each for side in found for each in (*side.complaints, *side.findings)] == []


def add_expert(lead: Side, who: str, picture: str = "") -> None:
    page = lead.page
    page.get_by_role("button", name="添加专家").click()
    choice = page.get_by_role("combobox", name="添加专家")
    choice.fill(who)
    option(page, who).click()
    if picture:
        lead.picture(picture)
    page.get_by_role("button", name="添加", exact=True).click()
    expect(choice).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text(who)


def from_home(side: Side, picture: str = "") -> None:
    """The reminder leads to the opinion."""
    side.page.goto("/")
    reminder = side.page.get_by_role("button", name=re.compile(f"^查看：待联合签署.*{PATIENT}"))
    expect(reminder).to_be_visible()
    if picture:
        side.picture(picture)
    reminder.click()
    side.page.wait_for_url("**/opinion")


def stands(side: Side) -> Locator:
    return side.page.get_by_role("region", name="联合签署与保留意见").first


def stand(side: Side, act: str, words: str = "", picture: str = "") -> None:
    stands(side).get_by_role("button", name=act, exact=True).click()
    dialog = side.page.get_by_role("dialog")
    if words:
        dialog.get_by_role("textbox", name=re.compile("保留意见|附言")).fill(words)
    dialog.get_by_label("登录密码").fill(PASSWORD)
    if picture:
        side.picture(picture)
    dialog.get_by_role("button", name=act, exact=True).click()
    expect(dialog).to_be_hidden()
    expect(stands(side)).to_contain_text(act)


def supplemented(doctor: Side, id: str) -> None:
    headers = {"Origin": doctor.origin, "Idempotency-Key": "e2e-supplement"}
    path = "/api/files?kind=attachment&name=troponin.pdf"
    answer = doctor.context.request.post(path, headers=headers, data=PDF)
    assert answer.ok, answer.text()
    item = {"kind": "file", "file_id": answer.json()["id"], "title": "复查肌钙蛋白"}
    send(doctor, f"/api/consultations/{id}/packet", **item)


def test_the_experts_beside_the_lead_and_a_newer_packet(sides: list[Side], product: Product) -> None:
    lead, second, third, doctor = sides
    id = in_writing(product, PATIENT)
    lead.page.goto(f"/consultations/{id}")
    add_expert(lead, "林谷雨", "add_expert")
    add_expert(lead, "江小满")
    lead.page.goto(f"/consultations/{id}/opinion")
    write(lead.page)
    expect(lead.page.get_by_text("已保存")).to_be_visible()

    from_home(second, "home_reminded")
    stand(second, "联合签署", picture="co_sign")
    from_home(third)
    stand(third, "保留意见", DISSENT, "dissent")
    second.page.goto("/")
    expect(second.page.get_by_role("main")).to_contain_text(re.compile("待办|没有"))
    expect(second.page.get_by_role("button", name=re.compile(f"待联合签署.*{PATIENT}"))).to_have_count(0)

    newer_packet(lead, second, doctor, id)
    with lead.forgiving(403):
        sign(lead)
    after_the_signature(second, third, doctor, id)
    verified(doctor, id, product)


def newer_packet(lead: Side, second: Side, doctor: Side, id: str) -> None:
    """What comes in moves nothing; the writer rests on it, and the co-signature was of something else."""
    supplemented(doctor, id)
    page = lead.page
    notice = page.get_by_role("status").filter(has_text="会诊资料已更新到第")
    expect(notice).to_contain_text("您的意见依据第 1 版")
    expect(notice).to_contain_text("新增：复查肌钙蛋白")
    lead.picture("opinion_newer_packet")
    page.get_by_label("会诊诊断").fill("扩张型心肌病可能大")
    notice.get_by_role("button", name="改为依据第 2 版").click()
    expect(notice).to_have_count(0)
    expect(page.get_by_label("会诊诊断")).to_have_value("扩张型心肌病可能大")
    expect(stands(lead)).to_contain_text("意见已改动，需重新签署")
    from_home(second)
    expect(stands(second)).to_contain_text("意见已改动，需重新签署")
    stand(second, "联合签署")


def sign(lead: Side) -> None:
    page = lead.page
    page.get_by_role("button", name="完成意见").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("所据资料：会诊资料第 2 版")
    dialog.get_by_label("登录密码").fill(PASSWORD)
    dialog.get_by_role("button", name="签署 v1").click()
    expect(page.get_by_role("link", name=re.compile("下载记录单"))).to_be_visible()
    expect(stands(lead)).to_contain_text(DISSENT)


def after_the_signature(second: Side, third: Side, doctor: Side, id: str) -> None:
    """Said later it is a page of its own; who signed sees it, and so does the branch."""
    third.page.goto(f"/consultations/{id}/opinion")
    stand(third, "联合签署", LATE)
    second.page.goto(f"/consultations/{id}/opinion")
    stand(second, "保留意见", DISSENT)
    doctor.page.goto(f"/consultations/{id}#advice")
    pages = doctor.page.get_by_role("region", name="附页 v1")
    expect(pages).to_contain_text("附页 1 联合签署")
    expect(pages).to_contain_text("附页 2 保留意见")
    expect(pages).to_contain_text("江小满")
    pages.scroll_into_view_if_needed()
    doctor.picture("pages")


def verified(doctor: Side, id: str, product: Product) -> None:
    """Anybody with the print sees what was compared; a file that was changed is found out."""
    (signed,) = doctor.get(f"/api/consultations/{id}/opinion")["signed"]
    record = doctor.context.request.get(f"/api/opinions/{signed['id']}/record").body()
    for number in (1, 2):
        assert doctor.context.request.get(f"/api/opinions/{signed['id']}/pages/{number}").ok
    page = doctor.page
    page.goto(signed["verify_url"])
    expect(page.get_by_role("status")).to_contain_text("有效")
    for each in ("签署文本", "联合签署与保留意见", "附页 1 联合签署", "附页 2 保留意见"):
        expect(page.get_by_role("listitem").filter(has_text=each).get_by_label("相符")).to_be_visible()
    pictured(doctor, "verify_pages")
    (product.data_dir / "files" / sha256(record).hexdigest()).write_bytes(record + b"\n")
    page.reload()
    broken = page.get_by_role("listitem").filter(has_text="记录单文件")
    expect(broken.get_by_label("不符")).to_be_visible()
    pictured(doctor, "verify_mismatch")


def pictured(side: Side, name: str) -> None:
    """The verification page keeps nobody's language: who looks has no account."""
    side.settled()
    side.shot(name)
    side.page.get_by_role("button", name="中 / EN").click()
    expect(side.page.locator("html")).to_have_attribute("lang", "en")
    side.settled()
    side.language = "en"
    side.shot(name)
    side.language = "zh-CN"
    side.page.get_by_role("button", name="中 / EN").click()
    expect(side.page.locator("html")).to_have_attribute("lang", "zh-CN")
