"""The addresses by which other computers reach this machine."""

import socket
from ipaddress import IPv4Address

import ifaddr


class Unreachable(Exception):
    """This machine has no address that another computer can use."""


def addresses() -> list[IPv4Address]:
    """All IPv4 addresses of this machine that are not loopback or link-local."""
    found = [
        IPv4Address(ip.ip)
        for adapter in ifaddr.get_adapters()
        for ip in adapter.ips
        if isinstance(ip.ip, str) and not adapter.nice_name.startswith(("docker", "br-", "virbr"))
    ]
    return [each for each in found if not (each.is_loopback or each.is_link_local)]


def address_of_this_machine() -> IPv4Address:
    """The address to show: that of the default route, or else the first."""
    known = addresses()
    if not known:
        raise Unreachable(
            "This machine has no network address that another computer could reach. Connect it to the network first."
        )
    routed = _routed()
    return routed if routed in known else known[0]


def _routed() -> IPv4Address | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address (RFC 5737); connecting a UDP socket sends nothing
        except OSError:
            return None
        return IPv4Address(probe.getsockname()[0])
