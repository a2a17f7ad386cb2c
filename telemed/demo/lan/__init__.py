"""`telemed demo --lan`: HTTPS for the computers of a local network, with a certificate authority of its own."""

from telemed.demo.lan.addresses import Unreachable, address_of_this_machine
from telemed.demo.lan.authority import Certificates, certificates
from telemed.demo.lan.page import Entrance, entrance_app

__all__ = ["Certificates", "Entrance", "Unreachable", "address_of_this_machine", "certificates", "entrance_app"]
