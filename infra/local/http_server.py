"""The HTTP server of the local run, on the loopback address."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

HOST = "127.0.0.1"
_BACKLOG = 128


class _RequestHandler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and body leave in one packet

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
def bound_socket(port: int) -> Iterator[socket.socket]:
    """Reserve a port, which refuses connections until `serving` starts; `port` 0 takes a free one.

    Raises:
        OSError: The port is in use.
    """
    with socket.socket() as reserved:
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        reserved.bind((HOST, port))
        yield reserved


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
