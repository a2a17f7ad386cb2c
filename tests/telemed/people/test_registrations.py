"""Which agreements insist on a registration."""

from datetime import date

from telemed.people.model import Agreement
from telemed.people.registrations import required


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
