"""The bench of a consultation: which measurement gives which metric."""

import asyncio
from collections.abc import Callable

from tests.bench import api_reads
from tests.bench.clicks import clicks
from tests.bench.demo_ready import demo_ready
from tests.bench.first_slice import first_slice_on_screen
from tests.bench.join import join_to_first_remote_frame
from tests.bench.pointer import pointer_to_peer
from tests.bench.small_stow import small_stow_beside_big_zips
from tests.bench.upload import ct200_upload_to_viewable
from tests.bench.workshop import Measured, Workshop


def api_read(shop: Workshop) -> Measured:
    folder = shop.folder / "reads"
    folder.mkdir()
    return Measured(asyncio.run(api_reads.run(folder)), api_reads.ROUNDS)


MEASUREMENTS: dict[str, Callable[[Workshop], Measured]] = {
    "demo_ready": demo_ready,
    "join_to_first_remote_frame_p95": join_to_first_remote_frame,
    "pointer_to_peer_p95": pointer_to_peer,
    "first_slice_on_screen": first_slice_on_screen,
    "ct200_upload_to_viewable": ct200_upload_to_viewable,
    "api_read_p95": api_read,
    "small_stow_beside_big_zips": small_stow_beside_big_zips,
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
