"""A free port for something that will listen a little later."""

import random
import socket
from typing import Final

# Below those that systems give to outgoing connections, which could take it before the listener does.
BELOW_OUTGOING: Final = range(20_000, 32_000)
TRIES: Final = 100


def free_port(host: str = "127.0.0.1") -> int:
    """Raises OSError if no port is free."""
    for port in random.sample(BELOW_OUTGOING, TRIES):
        with socket.socket() as probe:
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise OSError(f"None of {TRIES} ports of {host} is free.")
