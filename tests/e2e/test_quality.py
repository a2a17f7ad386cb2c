"""A quality officer's home page: how the month stands and what to look at; numbers where patients are not theirs."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Arrive
from tests.e2e.looks import findings, small_targets, squeezed
from tests.e2e.still import settled


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 1366), ("en", 360)])
def test_a_quality_officer_finds_the_month_and_what_to_look_at(arrive: Arrive, language: str, width: int) -> None:
    officer = arrive("quality", language=language, width=width)
    page = officer.page
    said = ("近 30 天提交的会诊", "需要关注") if language == "zh-CN" else ("in the last 30 days", "To look at")
    for each in said:
        expect(page.get_by_text(each).first).to_be_visible()
    settled(page)
    officer.shot(f"home_quality_{width}", language)
    assert findings(page) == []
    assert squeezed(page) == []
    assert small_targets(page) == []
    # The demonstration's is the hub's: told how many there are, and no patient.
    hidden = "患者资料不在您的查看范围内" if language == "zh-CN" else "not yours to open"
    expect(page.get_by_text(hidden).first).to_be_visible()
    done = "已办结" if language == "zh-CN" else "Done"
    expect(page.get_by_text(done).first).to_be_visible()
    expect(page.get_by_role("link", name=done)).to_have_count(0)
