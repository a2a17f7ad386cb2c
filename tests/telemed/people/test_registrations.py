"""Which agreements insist on a registration, and on which days one holds."""

from datetime import date
from uuid import uuid4

from telemed.people.model import Agreement, Registration
from telemed.people.registrations import Registered, required


def test_an_agreement_insists_on_the_days_on_which_it_is_in_force() -> None:
    agreement = Agreement(
        number="1",
        branch_id="wuxi",
        hub_id="ruijin",
        registration_required=True,
        valid_from=date(2026, 3, 10),
        valid_until=date(2026, 3, 20),
    )
    required_on = {
        date(2026, 3, day): required([agreement], "wuxi", "ruijin", date(2026, 3, day)) for day in (9, 10, 20, 21)
    }
    assert list(required_on.values()) == [False, True, True, False]
    assert not required([agreement], "jiashan", "ruijin", date(2026, 3, 10))


def test_a_registration_holds_on_its_first_day_and_on_its_last() -> None:
    lead, until = uuid4(), date(2026, 3, 20)
    row = Registration(staff_id=lead, hospital_id="wuxi", number="1", valid_from=date(2026, 3, 10), valid_until=until)
    known = Registered({lead: "ruijin"}, {(lead, "wuxi"): [row]})
    found = [known.until(lead, "wuxi", date(2026, 3, day)) for day in (9, 10, 20, 21)]
    assert found == [None, until, until, None]
    assert [known.ended(lead, "wuxi", date(2026, 3, day)) for day in (20, 21)] == [None, until]
