"""A quality officer's home page: how the month stands and what to look at; numbers where patients are not theirs."""

from playwright.sync_api import expect

from tests.e2e.conftest import Arrive, Person
from tests.e2e.every_way import every_way, looks_right


def test_a_quality_officer_finds_the_month_and_what_to_look_at(arrive: Arrive) -> None:
    def look(officer: Person, language: str, width: int) -> None:
        page = officer.page
        said = ("近 30 天提交的会诊", "需要关注") if language == "zh-CN" else ("in the last 30 days", "To look at")
        for each in said:
            expect(page.get_by_text(each).first).to_be_visible()
        looks_right("home_quality")(officer, language, width)
        # The demonstration's is the hub's: told how many there are, and no patient.
        hidden = "患者资料不在您的查看范围内" if language == "zh-CN" else "not yours to open"
        expect(page.get_by_text(hidden).first).to_be_visible()
        done = "已办结" if language == "zh-CN" else "Done"
        expect(page.get_by_text(done).first).to_be_visible()
        expect(page.get_by_role("link", name=done)).to_have_count(0)

    every_way(arrive("quality"), look)
