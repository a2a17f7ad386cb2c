"""Events about devices."""

from telemed.history.events import Event


class DeviceTested(Event):
    """A person tested camera, microphone and network before a call."""

    type = "device.tested"
    camera: bool
    microphone: bool
    network: bool
