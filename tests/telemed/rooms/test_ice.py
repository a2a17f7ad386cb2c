"""The device test tries the relays a call would use, with credentials of its own."""

from base64 import b64encode
from hashlib import sha1
from hmac import new as hmac

from tests.telemed.conftest import NOW, Call, World


async def test_who_is_signed_in_gets_credentials_for_the_relays(call: Call, world: World) -> None:
    assert (await call(None, "GET", "/device-tests/ice-servers"))[0] == 401
    status, found = await call("doctor", "GET", "/device-tests/ice-servers")
    name = f"{int(NOW.timestamp()) + 600}:{world.ids['doctor']}"
    password = b64encode(hmac(b"a secret of the relay", name.encode(), sha1).digest()).decode()
    relay = {"urls": ["turn:relay.example"], "username": name, "credential": password}
    assert (status, found) == (200, {"ice_servers": [relay]})
