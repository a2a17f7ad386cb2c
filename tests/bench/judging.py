"""Whether a goal is met on this machine, by the yardstick that a row of time names."""

from collections.abc import Sequence
from dataclasses import dataclass

from scripts.yardstick import NAMES, Factor, Sample, factors
from tests.bench.goals import Goal

TIMES = {"us", "ms", "s", "min", "1/s"}
# What most of the time goes into: computing and the database in one process; requests to a server; a browser.
YARDSTICKS = {
    "cpu": """
        consult/demo_ready consult/due_scan_p95 consult/escalation_lag_p95
        operate/bare_to_sign_in operate/import_5000_staff operate/audit_search_10m_p95
        operate/audit_search_1m_postgres_p95 operate/audited_read_extra_p50 operate/verify_audit_rate
        operate/on_duty_p95 scheduling/find_a_time_p95_sqlite scheduling/find_a_time_p95_postgres
        scheduling/find_a_time_blocked_p95 scheduling/race_winners_p99 scheduling/preview_52 scheduling/roster_60x28x3
    """,
    "http": """
        consult/api_read_p95 consult/small_stow_beside_big_zips consult/grant_to_readable_p95
        imaging/qido_studies_100k_p95 imaging/qido_surname_100k_p95 imaging/series_metadata_warm
        imaging/series_metadata_cold imaging/stow_ct200_acknowledged imaging/stow_ct200_visible
        imaging/qido_after_bulk_store_p95 reading/worklist_10000_p95 rounds/runsheet_served_p95
    """,
    "page": """
        consult/join_to_first_remote_frame_p95 consult/ct200_upload_to_viewable consult/first_slice_on_screen
        consult/pointer_to_peer_p95 consult/stat_to_sound_p95 consult/sign_in_slow_link
        operate/staff_page_5000 operate/dead_source_form_usable
        imaging/ct_first_pixels_cold_20mbit imaging/ct_first_pixels_warm_20mbit imaging/ct_first_pixels_click_20mbit
        imaging/cr_first_pixels_20mbit imaging/ct200_scrollable_20mbit imaging/far_slice_while_loading_p95
        imaging/follow_p95 reading/next_case_first_slice_p95
        rounds/runsheet_p95 rounds/next_bed_p95 rounds/stat_to_video_p95 rounds/phone_link_to_live
    """,
}
NAMED = {row: name for name in NAMES for row in YARDSTICKS[name].split()}


def named(goal: Goal) -> str | None:
    """The yardstick of a row; none of a count, a size, or a ratio with a peer in the same run."""
    return NAMED.get(f"{goal.bench}/{goal.metric}", "page") if goal.unit in TIMES else None


@dataclass(frozen=True)
class Verdict:
    """`yardstick`: how much slower this machine was than the reference by the one that is `named`, at least 1."""

    named: str | None
    yardstick: float
    met: bool
    noisy: bool


def judged(goal: Goal, value: float | None, samples: Sequence[Sample], waits: float = 0) -> Verdict:
    """Noisy is what nobody can judge: the machine changed its speed, or other work took its cores.

    Other work slows a browser, a server and a yardstick each in its own way, so a goal is not reached by a factor then;
    a value that reaches it as it stands has reached it all the same.
    """
    name = named(goal)
    factor = factors(*samples).get(name, Factor()) if name and samples else Factor()
    if value is None:
        return Verdict(name, factor.value, met=False, noisy=False)
    noisy = factor.moved or (factor.shared and not goal.met(value))
    return Verdict(name, factor.value, goal.met(value, factor.value, waits) and not noisy, noisy)
