"""The bench of a consultation: which measurement gives which metric."""

from collections.abc import Callable

from tests.bench import api_reads
from tests.bench.acked_lost import acked_lost_over_kills
from tests.bench.clicks import clicks
from tests.bench.deadlines import due_scan, escalation_lag
from tests.bench.demo_ready import demo_ready
from tests.bench.first_slice import first_slice_on_screen
from tests.bench.granted_frame import grant_to_readable
from tests.bench.join import join_to_first_remote_frame
from tests.bench.pointer import pointer_to_peer
from tests.bench.slow_link import sign_in_slow_link
from tests.bench.small_stow import small_stow_beside_big_zips
from tests.bench.sound import stat_to_sound
from tests.bench.upload import ct200_upload_to_viewable
from tests.bench.workshop import Measured, Workshop


def api_read(shop: Workshop) -> Measured:
    return Measured(shop.once(_reads, api_reads.CONSULTATIONS), api_reads.ROUNDS)


def api_read_growth(shop: Workshop) -> Measured:
    many, few = (shop.once(_reads, each) for each in (api_reads.CONSULTATIONS, api_reads.FEW))
    return Measured(many / few, api_reads.ROUNDS, f"{few:.0f} ms at {api_reads.FEW}")


def _reads(shop: Workshop, consultations: int) -> float:
    return api_reads.measure(shop.folder, consultations)


MEASUREMENTS: dict[str, Callable[[Workshop], Measured]] = {
    "demo_ready": demo_ready,
    "join_to_first_remote_frame_p95": join_to_first_remote_frame,
    "pointer_to_peer_p95": pointer_to_peer,
    "first_slice_on_screen": first_slice_on_screen,
    "ct200_upload_to_viewable": ct200_upload_to_viewable,
    "api_read_p95": api_read,
    "small_stow_beside_big_zips": small_stow_beside_big_zips,
    "api_read_growth": api_read_growth,
    "grant_to_readable_p95": grant_to_readable,
    "acked_lost_over_kills": acked_lost_over_kills,
    "due_scan_p95": due_scan,
    "escalation_lag_p95": escalation_lag,
    "stat_to_sound_p95": stat_to_sound,
    "sign_in_slow_link": sign_in_slow_link,
} | {
    metric: clicks(metric)
    for metric in (
        "clicks_requester",
        "clicks_endorse",
        "clicks_reviewer",
        "clicks_coordinator",
        "clicks_expert_sign",
        "clicks_expert_join",
    )
}
