"""The way from submitted to ended, the home page and the lists, on PostgreSQL as on SQLite."""

from tests.telemed.bridge.conftest import archive
from tests.telemed.bridge.test_grants import test_an_activity_that_can_no_longer_be_read_is_no_longer_granted
from tests.telemed.consultations.conftest import submitted, venue
from tests.telemed.consultations.test_booking import (
    test_a_clash_is_refused_with_the_booking_that_blocks_it,
    test_ending_asks_the_lead_to_sign,
    test_the_gate_turns_green_by_itself_and_locks_the_packet,
    test_when_nobody_ever_came_it_is_a_no_show_and_the_time_is_free,
)
from tests.telemed.consultations.test_home_next import test_home_offers_each_of_today_and_a_live_stat_is_first
from tests.telemed.consultations.test_told_of_end import (
    test_a_call_that_is_cancelled_falls_silent_and_those_at_whom_it_rang_are_told,
    test_of_a_cancelled_meeting_everybody_is_told_who_was_to_come_and_the_centre,
    test_who_cancels_it_sees_for_a_day_who_was_told_and_who_has_seen_it,
)
from tests.telemed.consultations.test_workflow import (
    test_lists_go_on_with_a_cursor_that_is_no_use_to_others,
    test_stat_rings_at_once_and_the_first_who_takes_it_is_in,
    test_two_who_accept_at_once_one_wins_and_the_other_learns_what_it_is_now,
)
from tests.telemed.files.test_files import test_the_sweep_removes_what_nobody_attached_and_bytes_without_a_row
from tests.telemed.kit.test_events import (
    test_an_event_vanishes_with_its_change,
    test_an_event_whose_consumer_broke_is_delivered_again_and_takes_effect_once,
)
from tests.telemed.kit.test_http import test_a_double_click_creates_one

__all__ = (
    "archive",
    "submitted",
    "test_a_call_that_is_cancelled_falls_silent_and_those_at_whom_it_rang_are_told",
    "test_a_clash_is_refused_with_the_booking_that_blocks_it",
    "test_a_double_click_creates_one",
    "test_an_activity_that_can_no_longer_be_read_is_no_longer_granted",
    "test_an_event_vanishes_with_its_change",
    "test_an_event_whose_consumer_broke_is_delivered_again_and_takes_effect_once",
    "test_ending_asks_the_lead_to_sign",
    "test_home_offers_each_of_today_and_a_live_stat_is_first",
    "test_lists_go_on_with_a_cursor_that_is_no_use_to_others",
    "test_of_a_cancelled_meeting_everybody_is_told_who_was_to_come_and_the_centre",
    "test_stat_rings_at_once_and_the_first_who_takes_it_is_in",
    "test_the_gate_turns_green_by_itself_and_locks_the_packet",
    "test_the_sweep_removes_what_nobody_attached_and_bytes_without_a_row",
    "test_two_who_accept_at_once_one_wins_and_the_other_learns_what_it_is_now",
    "test_when_nobody_ever_came_it_is_a_no_show_and_the_time_is_free",
    "test_who_cancels_it_sees_for_a_day_who_was_told_and_who_has_seen_it",
    "venue",
)
