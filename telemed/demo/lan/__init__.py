"""`telemed demo --lan`: HTTPS for the computers of one network, with an authority made on the spot."""

from telemed.demo.lan.addresses import Unreachable, address_of_this_machine
from telemed.demo.lan.authority import Certificates, certificates
from telemed.demo.lan.page import Entrance, entrance_app

__all__ = ["Certificates", "Entrance", "Unreachable", "address_of_this_machine", "certificates", "entrance_app"]
