"""What is typed while the network or the session is gone: kept sealed, offered to its author alone, never lost."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Locator, expect

from tests.e2e.cases import in_state
from tests.e2e.chatting import lines, open_chat, write
from tests.e2e.conftest import PASSWORD, Arrive, Person, Product, copy_of
from tests.e2e.in_room import at_home, go_in, other_tile
from tests.e2e.line import Line
from tests.e2e.looks import findings
from tests.e2e.lying import NOTHING_LIES, ONE_LIES, lying, offer, opened
from tests.e2e.still import settled
from tests.e2e.until import until
from tests.e2e.writing import board, to_written

pytestmark = pytest.mark.usefixtures("calling")

TYPED = "断网时写下的目的：是否需要急诊手术？"
NEWER = "同事后来写的目的"
AN_OLD_ONE = """() => new Promise((resolve) => {
  const request = indexedDB.open('telemed-unsent')
  request.onsuccess = () => {
    const writing = request.result.transaction('entries', 'readwrite')
    const until = Date.now() - 1000
    writing.objectStore('entries').put({ id: 'old', name: '', until, iv: new Uint8Array(), data: new ArrayBuffer(1) })
    writing.oncomplete = () => { request.result.close(); resolve() }
  }
})"""


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One of its own: these tests write where others look."""
    with copy_of(seeded, tmp_path_factory.mktemp("unsent") / "data") as running:
        yield running


def become(person: Person, username: str, product: Product) -> None:
    """Somebody else at the same computer."""
    credentials = {"username": username, "password": PASSWORD}
    answer = person.context.request.post("/api/session", data=credentials, headers={"Origin": product.origin})
    assert answer.ok, answer.status


# The outage that a browser feigns ends a moment before the page that closes: on a busy machine a quarter to a half of
# such pages still got something through, by a timer, by "online" or as it was hidden. A crash sends nothing.
CRASH = "chrome://crash"


def gone(person: Person) -> None:
    """The page goes while there is no network; then there is one again."""
    with person.page.expect_event("crash"), contextlib.suppress(Error):
        person.page.goto(CRASH)
    person.page.close(run_before_unload=False)
    person.context.set_offline(False)


def a_request(doctor: Person) -> str:
    return in_state(doctor, "draft", "returned")


def kept(doctor: Person, id: str) -> Any:
    return doctor.context.request.get(f"/api/requests/{id}").json()


def type_offline(person: Person, field: Locator, text: str) -> None:
    person.context.set_offline(True)
    field.fill(text)
    expect(person.page.get_by_text("已加密暂存在这台电脑").first).to_be_visible()
    lies = lying(person.page)
    assert len(lies) == 1
    assert text not in lies[0]
    assert text[:4] not in lies[0]


def test_a_request_typed_offline_is_offered_to_its_author_alone(arrive: Arrive, product: Product) -> None:
    doctor = arrive("wuxi.doctor")
    id = a_request(doctor)
    path = f"/requests/{id}"
    doctor.page.goto(path)
    settled(doctor.page)
    purpose = doctor.page.get_by_role("textbox", name="会诊目的")
    type_offline(doctor, purpose, TYPED)
    assert id not in lying(doctor.page)[0]
    doctor.shot("request_offline")
    doctor.page.evaluate(AN_OLD_ONE)
    assert len(lying(doctor.page)) == 2

    become_after(doctor, "wuxi.chief", product, path)
    expect(doctor.page.get_by_text(re.compile("会诊申请单|找不到")).first).to_be_attached()
    expect(offer(doctor.page)).to_have_count(0)
    until(doctor.page, ONE_LIES)

    become_after(doctor, "wuxi.doctor", product, path)
    expect(offer(doctor.page)).to_contain_text("会诊目的")
    assert kept(doctor, id)["content"]["purpose"] != TYPED
    doctor.page.get_by_text("查看内容").click()
    expect(offer(doctor.page)).to_contain_text(TYPED)
    doctor.shot("request_unsent")
    assert findings(doctor.page) == []
    doctor.page.goto(f"{path}?lang=en")
    expect(offer(doctor.page, "en")).to_be_visible()
    settled(doctor.page)
    doctor.shot("request_unsent", "en")
    doctor.page.goto(f"{path}?lang=zh-CN")

    with doctor.page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        offer(doctor.page).get_by_role("button", name="恢复未发送的内容").click()
    expect(doctor.page.get_by_role("textbox", name="会诊目的")).to_have_value(TYPED)
    expect(offer(doctor.page)).to_have_count(0)
    until(doctor.page, NOTHING_LIES)
    assert kept(doctor, id)["content"]["purpose"] == TYPED


def become_after(person: Person, username: str, product: Product, path: str) -> None:
    """Somebody signs in at the computer where the page has gone, and opens it."""
    gone(person)
    become(person, username, product)
    opened(person, path)


def test_newer_text_of_the_server_is_not_overwritten_by_what_comes_late(arrive: Arrive, product: Product) -> None:
    doctor = arrive("wuxi.doctor")
    id = a_request(doctor)
    doctor.page.goto(f"/requests/{id}")
    settled(doctor.page)
    type_offline(doctor, doctor.page.get_by_role("textbox", name="会诊目的"), TYPED + "（二）")
    gone(doctor)
    answer = doctor.context.request.patch(
        f"/api/requests/{id}",
        data={"content": {"purpose": NEWER}},
        headers={"Origin": product.origin, "If-Match": f'"{kept(doctor, id)["version"]}"'},
    )
    assert answer.ok, answer.text()
    page = opened(doctor, f"/requests/{id}")
    expect(offer(page)).to_contain_text("此后服务器上的会诊目的又有改动")
    offer(page).get_by_role("button", name="恢复未发送的内容").click()
    clash = page.get_by_role("alert").filter(has_text="在您填写之后又有改动")
    expect(clash).to_contain_text(TYPED + "（二）")
    expect(page.get_by_role("textbox", name="会诊目的")).to_have_value(NEWER)
    settled(page)
    doctor.shot("request_unsent_clash")
    assert kept(doctor, id)["content"]["purpose"] == NEWER
    with page.expect_response(lambda each: each.request.method == "PATCH" and each.ok):
        clash.get_by_role("button", name="用我的").click()
    assert kept(doctor, id)["content"]["purpose"] == TYPED + "（二）"
    until(page, NOTHING_LIES)


def test_an_opinion_typed_offline_comes_back_or_is_thrown_away(arrive: Arrive, product: Product) -> None:
    expert = arrive("expert")
    id = to_written(expert, product)
    path = f"/consultations/{id}/opinion"
    expert.page.goto(path)
    settled(expert.page)
    type_offline(expert, expert.page.get_by_label("病情分析"), "离线时写的病情分析")
    expert.shot("opinion_offline")
    become_after(expert, "expert", product, path)
    expect(offer(expert.page)).to_contain_text("病情分析")
    expert.shot("opinion_unsent")
    assert findings(expert.page) == []
    with expert.page.expect_response(lambda each: each.request.method == "PATCH" and each.ok):
        offer(expert.page).get_by_role("button", name="恢复未发送的内容").click()
    expect(expert.page.get_by_label("病情分析")).to_have_value("离线时写的病情分析")
    until(expert.page, NOTHING_LIES)
    assert board(expert, id)["draft"]["content"]["analysis"] == "离线时写的病情分析"

    type_offline(expert, expert.page.get_by_label("会诊诊断"), "不要的诊断")
    become_after(expert, "expert", product, path)
    offer(expert.page).get_by_role("button", name="不要").click()
    expect(offer(expert.page)).to_have_count(0)
    until(expert.page, NOTHING_LIES)
    assert board(expert, id)["draft"]["content"]["diagnosis"] == ""
    signed_elsewhere(expert, id, product)


def signed_elsewhere(expert: Person, id: str, product: Product) -> None:
    """What was typed here can no longer be written, but copied."""
    type_offline(expert, expert.page.get_by_label("会诊诊断"), "签署之后才找到的诊断")
    gone(expert)
    draft = board(expert, id)["draft"]
    address, origin = f"/api/consultations/{id}/opinion", {"Origin": product.origin}
    whole = draft["content"] | {"diagnosis": "另一台电脑上写的", "no_advice": True}
    saved = expert.context.request.patch(
        address, data={"content": whole}, headers=origin | {"If-Match": f'"{draft["version"]}"'}
    )
    assert saved.ok, saved.text()
    signed = expert.context.request.post(
        f"{address}/sign",
        data={"method": "password", "password": PASSWORD, "scan_id": None, "sha256": None},
        headers=origin | {"If-Match": f'"{saved.json()["version"]}"'},
    )
    assert signed.ok, signed.text()
    page = opened(expert, f"/consultations/{id}/opinion")
    expect(offer(page)).to_contain_text("这里现在不能再改")
    page.get_by_text("查看内容").click()
    expect(offer(page)).to_contain_text("签署之后才找到的诊断")
    expert.shot("opinion_unsent_signed")
    expect(offer(page).get_by_role("button", name="恢复未发送的内容")).to_have_count(0)
    offer(page).get_by_role("button", name="不要").click()
    until(page, NOTHING_LIES)


def test_signing_out_sends_what_was_typed(arrive: Arrive) -> None:
    """Within the three seconds; and nothing is left on the computer."""
    doctor = arrive("wuxi.doctor")
    id = a_request(doctor)
    doctor.page.goto(f"/requests/{id}")
    settled(doctor.page)
    doctor.page.get_by_role("textbox", name="会诊目的").fill("退出前写的")
    doctor.page.get_by_role("banner").get_by_role("button", name=re.compile("申请医师|医师")).last.click()
    doctor.page.get_by_role("menuitem", name="退出登录").click()
    expect(doctor.page.get_by_label("用户名", exact=True)).to_be_visible()
    until(doctor.page, NOTHING_LIES)
    assert kept(arrive("wuxi.doctor"), id)["content"]["purpose"] == "退出前写的"


def test_a_session_that_ends_in_mid_typing_loses_nothing(arrive: Arrive) -> None:
    """Sign-in lies over the page; what was typed stays under it, and is sent once the same person is back."""
    doctor = arrive("wuxi.doctor")
    id = a_request(doctor)
    doctor.page.goto(f"/requests/{id}")
    settled(doctor.page)
    purpose = doctor.page.get_by_role("textbox", name="会诊目的")
    doctor.context.clear_cookies()
    purpose.fill("会话过期时写的")
    layer = doctor.page.get_by_role("dialog")
    expect(layer).to_contain_text("请重新登录")
    expect(purpose).to_have_value("会话过期时写的")
    assert len(lying(doctor.page)) == 1
    layer.get_by_label("用户名", exact=True).fill("wuxi.doctor")
    layer.get_by_label("密码", exact=True).fill(PASSWORD)
    with doctor.page.expect_response(lambda each: each.request.method == "PATCH" and each.ok):
        doctor.page.keyboard.press("Enter")
    expect(layer).to_have_count(0)
    expect(purpose).to_have_value("会话过期时写的")
    until(doctor.page, NOTHING_LIES)
    assert kept(doctor, id)["content"]["purpose"] == "会话过期时写的"


def test_a_line_of_chat_that_never_left_is_offered_to_who_comes_back(arrive: Arrive, product: Product) -> None:
    lead, doctor = at_home(arrive, "expert2"), at_home(arrive, "jiashan.doctor")
    line = Line(doctor)
    go_in(doctor)
    go_in(lead)
    expect(other_tile(doctor.page)).to_be_visible()
    open_chat(doctor)
    line.down()
    expect(doctor.page.get_by_text("与会诊室的连接中断")).to_be_visible()
    write(doctor, "断线时写下的一句。")
    expect(lines(doctor).locator("[data-state=pending]")).to_contain_text("断线时写下的一句。")
    until(doctor.page, ONE_LIES)
    assert "断线" not in lying(doctor.page)[0]
    gone(doctor)

    opened(doctor, "/")
    go_in(doctor)
    open_chat(doctor)
    expect(offer(doctor.page)).to_be_visible()
    doctor.shot("room_chat_unsent")
    offer(doctor.page).get_by_role("button", name="恢复未发送的内容").click()
    box = doctor.page.get_by_role("textbox", name="写给会诊室里的所有人")
    expect(box).to_have_value("断线时写下的一句。")
    box.press("Enter")
    expect(lines(doctor).locator("[data-state=kept]").last).to_contain_text("断线时写下的一句。")
    until(doctor.page, NOTHING_LIES)
    open_chat(lead)
    expect(lines(lead).get_by_text("断线时写下的一句。")).to_have_count(1)
