"""Lists of holidays are read from what offices have: lines with commas, or a calendar file; what cannot be is named."""

import re
from datetime import date

import pytest

from telemed.people import day_files
from telemed.people.day_files import LONGEST_DATE, LONGEST_MARK, MOST_DAYS, MOST_LINES, MOST_REFUSED, read
from telemed.people.model import DayKind

ICS = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270205
DTEND;VALUE=DATE:20270208
SUMMARY:春节（休）
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270220
SUMMARY:春节
 调休补班
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270101
X-APPLE-SPECIAL-DAY:WORK-HOLIDAY
SUMMARY:元旦
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270509
SUMMARY:母亲节
END:VEVENT
END:VCALENDAR
"""
OFF, WORK = DayKind.off, DayKind.work


@pytest.mark.parametrize("written", ["2027-01-01", "2027/1/1", "20270101", "2027年1月1日", "2027.1.1"])
def test_a_date_is_read_as_offices_write_it(written: str) -> None:
    (entry,) = read(f"{written},off,元旦").entries
    assert (entry.date, entry.kind, entry.name) == (date(2027, 1, 1), OFF, "元旦")


@pytest.mark.parametrize(
    "line", ["2027-01-01 休 元旦 假期", "2027 年 1 月 1 日  休\u3000元旦 假期", "2027-01-01\t休\t元旦 假期"]
)
def test_a_line_may_have_tabs_or_spaces_for_commas(line: str) -> None:
    listed = read(f"日期 类型 名称\n{line}\n2027-02-30 休")
    (entry,) = listed.entries
    assert (entry.date, entry.kind, entry.name) == (date(2027, 1, 1), OFF, "元旦 假期")
    assert [(each.line, each.reason) for each in listed.refused] == [(3, "no_date")]


@pytest.mark.parametrize(("word", "kind"), [("休", OFF), ("off", OFF), ("OFF", OFF), ("班", WORK), ("补班", WORK)])
def test_whether_it_is_worked_is_said_in_either_language(word: str, kind: DayKind) -> None:
    assert [each.kind for each in read(f"2027-01-01，{word}").entries] == [kind]


def test_a_heading_and_empty_lines_are_passed_over() -> None:
    listed = read("\ufeff日期,类型,名称\n\n2027-01-01,休,元旦\n# 草案\n2027-02-20,班,\n")
    assert [(each.line, each.kind) for each in listed.entries] == [(3, OFF), (5, WORK)]
    assert listed.refused == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2027-02-30,off", "no_date"),
        ("明天,off", "no_date"),
        ("2027-01-02", "no_kind"),
        ("2027-01-02,maybe", "no_kind"),
        ("1999-01-02,off", "year"),
        ("2027-01-01,work", "twice"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line_and_the_rest_is_read(line: str, reason: str) -> None:
    listed = read(f"2027-01-01,off,元旦\n{line}\n2027-05-01,off,劳动节\n")
    assert [each.name for each in listed.entries] == ["元旦", "劳动节"]
    assert [(each.line, each.reason) for each in listed.refused] == [(2, reason)]


def test_a_calendar_file_says_each_day_of_its_events() -> None:
    listed = read(ICS)
    assert [(str(each.date), each.kind, each.name) for each in listed.entries] == [
        ("2027-02-05", OFF, "春节"),
        ("2027-02-06", OFF, "春节"),
        ("2027-02-07", OFF, "春节"),
        ("2027-02-20", WORK, "春节调休"),
        ("2027-01-01", OFF, "元旦"),
    ]
    assert [(each.text, each.reason) for each in listed.refused] == [("母亲节", "no_kind")]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("DTSTART;VALUE=DATE:20270101\nDTEND;VALUE=DATE:20300101\nSUMMARY:很久（休）", "too_long_span"),
        ("DTSTART;VALUE=DATE:2027\nSUMMARY:何时（休）", "no_date"),
        ("SUMMARY:何时（休）", "no_date"),
        ("DTSTART;VALUE=DATE:20270101\nDTEND;VALUE=DATE:20261201\nSUMMARY:倒着（休）", "no_date"),
        ("DTSTART;VALUE=DATE:20270101\nRRULE:FREQ=YEARLY\nSUMMARY:元旦（休）", "repeats"),
        ("DTSTART;VALUE=DATE:19000101\nSUMMARY:元旦（休）", "year"),
        ("DTSTART;VALUE=DATE:99991231\nSUMMARY:末日（休）", "no_date"),
        ("DTSTART;VALUE=DATE:00010101\nDTEND;VALUE=DATE:00010101\nSUMMARY:元旦（休）", "no_date"),
        ("DTSTART;TZID=Asia/Shanghai:00010101T000000\nSUMMARY:元旦（休）", "no_date"),
        ("DTSTART;VALUE=DATE:20270101\nDURATION:P999999999D\nSUMMARY:很久（休）", "no_date"),
    ],
)
def test_an_event_that_cannot_be_entered_is_named_by_its_line_and_the_others_are_read(lines: str, reason: str) -> None:
    good = "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270501\nSUMMARY:劳动节（休）\nEND:VEVENT"
    listed = read(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{lines}\nEND:VEVENT\n{good}\nEND:VCALENDAR\n")
    assert [str(each.date) for each in listed.entries] == ["2027-05-01"]
    assert [(each.line, each.reason) for each in listed.refused] == [(2, reason)]


def test_an_event_with_hours_counts_for_its_days() -> None:
    timed = "DTSTART;TZID=Asia/Shanghai:20270220T083000\nDTEND;TZID=Asia/Shanghai:20270220T173000\nSUMMARY:春节（补班）"
    listed = read(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{timed}\nEND:VEVENT\nEND:VCALENDAR\n")
    assert [(str(each.date), each.kind) for each in listed.entries] == [("2027-02-20", WORK)]


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCALENDAR",
        ICS[:200],
        "BEGIN:VCALENDAR\nno line of a calendar\nEND:VCALENDAR",
        "BEGIN:VCALENDARS\nEND:VCALENDARS",
        ICS.replace("VALUE=DATE", f"TZID={'a' * 300}"),
    ],
)
def test_a_file_that_is_no_whole_calendar_is_refused_as_a_whole(text: str) -> None:
    listed = read(text)
    assert (listed.entries, [(each.line, each.reason) for each in listed.refused]) == ([], [(1, "no_calendar")])


def test_an_endless_list_ends() -> None:
    days = "\n".join(f"{2027 + n // 336}-{n // 28 % 12 + 1}-{n % 28 + 1},off" for n in range(MOST_DAYS + 1))
    listed = read(days)
    assert (len(listed.entries), [each.reason for each in listed.refused]) == (MOST_DAYS, ["too_many_days"])


def test_what_stands_beyond_the_last_line_is_not_read_and_the_list_says_so() -> None:
    listed = read("# draft\n" * MOST_LINES + "2027-01-01,off\n2027-01-02,off\n")
    assert (listed.entries, [(each.line, each.reason) for each in listed.refused]) == (
        [],
        [(MOST_LINES + 1, "too_many_lines")],
    )


def test_of_very_many_lines_that_cannot_be_read_the_others_are_counted() -> None:
    listed = read("tomorrow,off\n" * (MOST_REFUSED + 7))
    assert (len(listed.refused), listed.more_refused) == (MOST_REFUSED, 7)


def test_an_event_is_refused_once_however_many_days_it_has() -> None:
    span = "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270101\nDTEND;VALUE=DATE:20270131\nSUMMARY:假（休）\nEND:VEVENT\n"
    listed = read(f"BEGIN:VCALENDAR\n{span}{span}END:VCALENDAR\n")
    assert (len(listed.entries), [each.reason for each in listed.refused]) == (30, ["twice"])


class Measured:
    """A pattern that keeps how much it was given: these patterns take the square of it, and hold up the process."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern, self.longest = pattern, 0

    def fullmatch(self, text: str) -> re.Match[str] | None:
        self.longest = max(self.longest, len(text))
        return self._pattern.fullmatch(text)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        self.longest = max(self.longest, len(text) - start)
        return self._pattern.search(text, start)


def test_a_pattern_is_given_no_more_than_a_date_or_a_mark_can_be_long(monkeypatch: pytest.MonkeyPatch) -> None:
    day, mark = Measured(day_files.DATE), Measured(day_files.MARK)
    monkeypatch.setattr(day_files, "DATE", day)
    monkeypatch.setattr(day_files, "MARK", mark)
    assert [each.reason for each in read("2026" + " " * 20_000 + "x,off\n2027-01-01,off").refused] == ["no_date"]
    title = "(" * 20_000 + "春节（休）"
    (entry,) = read(ICS.replace("母亲节", title).replace("元旦", "(" * 20_000)).entries[-1:]
    assert (entry.date, entry.kind) == (date(2027, 5, 9), OFF)
    assert 0 < day.longest <= LONGEST_DATE
    assert 0 < mark.longest <= LONGEST_MARK
