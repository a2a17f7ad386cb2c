"""A line to signaling that a test can cut."""

from playwright.sync_api import WebSocketRoute

from tests.e2e.conftest import Person


class Line:
    """The socket between a page and signaling, in our hands."""

    def __init__(self, person: Person) -> None:
        """Before this person goes in."""
        self.cut = False
        self._open: list[WebSocketRoute] = []
        signaling: str = person.context.request.get("/api/session").json()["signaling_url"]
        person.page.route_web_socket(lambda url: url.startswith(signaling), self.route)

    def route(self, socket: WebSocketRoute) -> None:
        if self.cut:
            socket.close(code=1012)
            return
        socket.connect_to_server()
        self._open.append(socket)

    def down(self) -> None:
        self.cut = True
        for socket in self._open:
            socket.close(code=1012)
        self._open.clear()
