"""The click on join to the first frame of the other person's video, decoded and on the screen."""

from tests.bench.call import both_in, go_out
from tests.bench.workshop import Measured, Workshop, milliseconds, p95

# Notes two moments: the click, and when the browser says that it presents a remote frame.
NOTE = """
(() => {
  const now = () => performance.timeOrigin + performance.now()
  const moments = (window.__join = { clicked: 0, seen: 0 })
  const remote = new Set()
  const Real = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Real {
    constructor(...given) {
      super(...given)
      this.addEventListener('track', ({ track }) => remote.add(track.id))
    }
  }
  addEventListener('click', () => { moments.clicked = now() }, true)
  const watched = new WeakSet()
  const look = () => {
    for (const video of document.querySelectorAll('video')) {
      const stream = video.srcObject
      if (watched.has(video) || !(stream instanceof MediaStream)) continue
      if (!stream.getVideoTracks().some(({ id }) => remote.has(id))) continue
      watched.add(video)
      video.requestVideoFrameCallback(() => { moments.seen ||= now() })
    }
    requestAnimationFrame(look)
  }
  look()
})()
"""


def join_to_first_remote_frame(shop: Workshop) -> Measured:
    """The lead expert is in the room; the doctor, whose devices were tested, joins by one click from home."""
    tries = shop.often(20)
    took = []
    with both_in(shop, NOTE) as (_, doctor):
        for _ in range(tries):
            go_out(doctor)
            doctor.page.get_by_role("button", name="进入会诊").click()
            took.append(milliseconds(doctor.page, "__join.clicked", "__join.seen"))
    return Measured(p95(took), tries)
