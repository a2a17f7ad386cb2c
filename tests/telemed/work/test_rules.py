"""Which set of rungs holds when, and that every fault of a ladder has its sentence."""

import re
from datetime import timedelta
from pathlib import Path

from telemed.kit.table import new_id
from telemed.work import rules
from telemed.work.model import When
from tests.telemed.work.rungs import BEGAN, LONG_AGO, rung

HERE = Path(__file__).resolve().parents[3]
DAY = timedelta(days=1)


def test_each_set_ends_where_the_next_begins_or_it_was_given_up() -> None:
    first = rung(0, When.due, 0)
    second = rung(0, When.due, 0, valid_from=BEGAN, saved_at=BEGAN, valid_until=BEGAN + 2 * DAY)
    third = rung(0, When.due, 0, valid_from=BEGAN + DAY, saved_at=BEGAN)
    (found,) = rules.sets([first, third, second]).values()
    assert [(each.valid_from, each.until) for each in found] == [
        (BEGAN + DAY, None),
        (BEGAN, BEGAN + DAY),
        (LONG_AGO, BEGAN),
    ]


def test_what_was_replaced_by_a_set_that_was_given_up_holds_again() -> None:
    product = rung(0, When.due, 0)
    saved = rung(0, When.due, 0, valid_from=BEGAN, saved_at=BEGAN, valid_until=BEGAN + DAY)
    (found,) = rules.sets([product, saved]).values()
    assert [(each.valid_from, each.until) for each in found] == [(BEGAN, BEGAN + DAY), (LONG_AGO, None)]


def test_what_was_given_up_before_it_held_never_held() -> None:
    planned = rung(0, When.due, 0, valid_from=BEGAN, saved_at=LONG_AGO, valid_until=BEGAN)
    assert rules.sets([planned]) == {}
    assert rules.version([planned]) == 2, "it was saved, and given up"


def test_ladders_of_different_owners_are_different_scopes() -> None:
    of = [rung(0, When.due, 0), rung(0, When.due, 0, hospital_id="wuxi"), rung(0, When.due, 0, agreement_id=new_id())]
    assert [each.is_default for each in rules.sets(of)] == [True, False, False]


def test_every_fault_has_its_sentence() -> None:
    source = "".join((HERE / f"telemed/work/{each}.py").read_text(encoding="utf-8") for each in ("rules", "ladder"))
    words = set(re.findall(r'^        "(\w+)": ', source, re.MULTILINE))
    assert {"minutes", "somebody", "one_due"} <= words
    for language in ("zh-CN", "en"):
        text = (HERE / f"web/src/i18n/{language}/ladders.ts").read_text(encoding="utf-8")
        said = set(re.findall(r"^    (\w+):", text.split("  fault: {")[1], re.MULTILINE))
        assert said == words
