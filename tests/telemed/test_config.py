"""The addresses of the product: on loopback by both of its names, elsewhere by the one it has."""

import pytest
from aiohttp.test_utils import make_mocked_request

from telemed.config import Settings
from telemed.kit.site import same_host


def settings(**more: object) -> Settings:
    return Settings(_env_file=None, **more)  # type: ignore[arg-type,call-arg]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_loopback_has_two_names_whichever_is_configured(host: str) -> None:
    here = settings(host=host)
    assert here.origins == {"http://127.0.0.1:8760", "http://localhost:8760"}
    assert here.signaling_urls == {"ws://127.0.0.1:8761", "ws://localhost:8761"}


def test_any_other_address_is_itself_alone() -> None:
    there = settings(public_url="https://telemed.example", public_signal_url="wss://telemed.example/rooms")
    assert there.origins == {"https://telemed.example"}
    assert there.signaling_urls == {"wss://telemed.example/rooms"}
    lookalike = settings(public_url="https://127.0.0.1.example")
    assert lookalike.origins == {"https://127.0.0.1.example"}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("localhost:8760", "ws://localhost:8761"),
        ("127.0.0.1:8760", "ws://127.0.0.1:8761"),
        ("telemed.example", "ws://127.0.0.1:8761"),
        ("[", "ws://127.0.0.1:8761"),
    ],
)
def test_a_page_is_given_the_socket_by_its_own_name(asked: str, told: str) -> None:
    request = make_mocked_request("GET", "/", headers={"Host": asked})
    assert same_host(request, "ws://127.0.0.1:8761") == told
