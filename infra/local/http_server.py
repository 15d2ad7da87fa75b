"""The HTTP server of the local run, on the loopback address."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler, make_server

from infra.local.options import HOST

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_BACKLOG = 128


class _RequestHandler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and body leave in one packet

    def finish(self) -> None:
        """Write what is left of the response, unless the client is gone."""
        with suppress(ConnectionError):
            super().finish()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Log nothing: the path of a request contains the time of an appointment."""

    def send_response(self, code: int, message: str | None = None) -> None:
        """Send the standard reason phrase."""
        del message  # werkzeug's, in capitals
        super().send_response(code)

    def version_string(self) -> str:
        """Name the server without its version."""
        return "openhour"


@contextmanager
def serving(app: "WSGIApplication", reserved: socket.socket) -> Iterator[None]:
    """Serve `app` on the reserved port, a thread for each connection."""
    reserved.listen(_BACKLOG)
    server = make_server(
        HOST, 0, app, threaded=True, request_handler=_RequestHandler, fd=reserved.fileno()
    )
    thread = Thread(target=server.serve_forever, args=(0.05,), name="http", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
