"""OPTIONS: a program can ask what the service does (PS3.18 §8.9)."""

from xml.etree import ElementTree

from imaging.dicomweb.routes import GET, POST, URI
from tests.imaging.conftest import Asker

WADL = "application/vnd.sun.wadl+xml"
NS = "{http://wadl.dev.java.net/2009/02}"


async def described(asker: Asker, path: str) -> tuple[str, str, dict[str, list[str]]]:
    """What is allowed, the base, and the methods by resource."""
    async with asker.ask("OPTIONS", path, headers={"Accept": WADL}) as response:
        assert (response.status, response.content_type) == (200, WADL)
        [resources] = ElementTree.fromstring(await response.read())
        found = {
            each.attrib["path"]: [method.attrib["name"] for method in each.findall(f"{NS}method")]
            for each in resources.findall(f"{NS}resource")
        }
        return response.headers["Allow"], resources.attrib["base"], found


async def test_the_service_describes_every_resource_that_it_has(wuxi: Asker) -> None:
    for path, base in (("/dicomweb", "/dicomweb"), ("/dicomweb/s/abcdefgh/", "/dicomweb/s/abcdefgh")):
        allowed, told, found = await described(wuxi, path)
        assert (allowed, told) == ("GET, OPTIONS, POST", base)
        assert len(found) == len(GET | POST | URI)
        assert found["studies"] == ["GET", "POST"]
        assert found["studies/{study}/series/{series}/instances/{instance}/frames/{frames}"] == ["GET"]
        assert found["wado"] == ["GET"]


async def test_a_resource_describes_itself_to_who_is_signed_in(wuxi: Asker) -> None:
    assert await described(wuxi, "/dicomweb/studies/1.2.3/metadata") == (
        "GET, OPTIONS",
        "/dicomweb",
        {"studies/{study}/metadata": ["GET"]},
    )
    async with wuxi.ask("OPTIONS", "/dicomweb/studies", headers={"Accept": "text/html"}) as response:
        assert response.status == 406
    async with wuxi.as_("nobody").ask("OPTIONS", "/dicomweb") as response:
        assert response.status == 401
