"""An administrator keeps what holds for everybody: who is told of what is late, and which days are worked."""

from playwright.sync_api import FilePayload, expect

from tests.e2e.conftest import Arrive, Person
from tests.e2e.every_way import Look, every_way
from tests.e2e.looks import findings
from tests.e2e.still import options, settled


def test_an_administrator_changes_who_is_told(arrive: Arrive) -> None:
    admin = arrive("admin", path="/settings")
    page = admin.page
    page.get_by_role("link", name="提醒与升级").click()
    page.get_by_role("button", name="安排会诊").click()
    expect(page.get_by_text("没有安排好：再过 10 分钟，通知受邀方会诊中心协调员。").first).to_be_visible()
    page.get_by_role("button", name="修改").click()
    page.get_by_role("spinbutton", name="第 2 级：分钟").fill("6")
    page.get_by_role("button", name="加一级通知").click()
    who = page.get_by_role("combobox", name="第 6 级：通知谁")
    options(page, who).filter(has_text="受邀方质控员").click()
    settled(page)
    admin.shot("ladder_edited")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("没有安排好：再过 6 分钟，通知受邀方会诊中心协调员。").first).to_be_visible()
    expect(page.get_by_text("没有安排好：再过 10 分钟，通知受邀方质控员。").first).to_be_visible()
    expect(page.get_by_text("闻立春 于").first).to_be_visible()


CALENDAR = """BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20990120
DTEND;VALUE=DATE:20990123
SUMMARY:春节（休）
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20990207
SUMMARY:春节（补班）
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20990510
SUMMARY:母亲节
END:VEVENT
END:VCALENDAR
"""


def test_an_administrator_enters_the_holidays_of_a_year_by_hand_and_from_a_file(arrive: Arrive) -> None:
    admin = arrive("admin", path="/admin/calendar?year=2099")
    page = admin.page
    missing = page.get_by_text("2099 年的公共节假日和调休尚未录入")
    expect(missing).to_be_visible()
    settled(page)
    admin.shot("workdays_missing")
    day = page.locator('[data-day="2099-01-01"]')
    day.click()
    expect(day).to_have_accessible_name("1月1日周四，休息，未保存")
    page.get_by_label("名称（可不填）").fill("元旦")
    page.get_by_role("button", name="保存 1 天").click()
    expect(day).to_have_accessible_name("1月1日周四，休息，元旦")
    expect(missing).to_have_count(0)
    file = FilePayload(name="2099.ics", mimeType="text/calendar", buffer=CALENDAR.encode())
    page.locator('input[type="file"]').set_input_files(file)
    expect(page.get_by_text("将改动 4 天，0 天已录入，1 行不能识别。")).to_be_visible()
    page.get_by_role("button", name="录入 4 天").scroll_into_view_if_needed()
    settled(page)
    admin.shot("workdays_list")
    page.get_by_role("button", name="录入 4 天").click()
    expect(page.locator('[data-day="2099-02-07"]')).to_have_accessible_name("2月7日周六，上班，春节")


def accessible(name: str) -> Look:
    def look(person: Person, language: str, width: int) -> None:
        person.shot(f"{name}_{width}", language)
        assert findings(person.page) == []

    return look


def test_the_ladders_fit_and_are_accessible(arrive: Arrive) -> None:
    def change(admin: Person, language: str) -> None:
        admin.page.get_by_role("button", name="修改" if language == "zh-CN" else "Change").click()

    admin = arrive("admin", path="/admin/ladders")
    every_way(admin, accessible("ladders"))
    every_way(admin, accessible("ladders_edit"), reach=change)


def test_the_calendar_of_working_days_fits_and_is_accessible(arrive: Arrive) -> None:
    def whole(admin: Person, language: str, width: int) -> None:
        accessible("workdays")(admin, language, width)
        hours = "保存工作时间" if language == "zh-CN" else "Save working hours"
        admin.page.get_by_role("button", name=hours).scroll_into_view_if_needed()
        admin.shot(f"workdays_hours_{width}", language)

    def choose_day(admin: Person, language: str) -> None:
        admin.page.locator('[data-day="2026-03-04"]').click()

    def changed(admin: Person, language: str, width: int) -> None:
        accessible("workdays_edit")(admin, language, width)
        discard = "放弃修改" if language == "zh-CN" else "Discard"
        expect(admin.page.get_by_role("button", name=discard)).to_be_enabled()

    admin = arrive("admin", path="/admin/calendar?year=2026")
    every_way(admin, whole)
    every_way(admin, changed, reach=choose_day)
