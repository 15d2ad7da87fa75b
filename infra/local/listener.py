"""HTTP/1.1 with kept-alive connections, a thread for each, in front of the gateway."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote, urlsplit

from infra.local.events import Request
from infra.local.gateway import BAD_REQUEST, FAILED, MAX_BODY, TOO_LARGE, Answer, Gateway

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class HttpServer:
    """Serves a gateway on the loopback address until it is closed."""

    def __init__(self, gateway: Gateway, port: int) -> None:
        """Listen at once; `port` 0 takes a free one. Raises OSError where the port is taken."""
        handler = type("Handler", (_Handler,), {"gateway": gateway})
        self._server = _Server(("127.0.0.1", port), handler)
        self.port: int = self._server.server_port
        self._thread = Thread(
            target=self._server.serve_forever, args=(0.05,), name="http", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop taking requests."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128  # as many as may knock at the same moment


class _Refused(Exception):
    """A request that can't be read; the connection has lost its place and ends."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and body leave together
    gateway: Gateway

    def _serve(self) -> None:
        try:
            self._send(self.gateway.answer(self._request()))
        except _Refused as refused:
            self.close_connection = True
            self._send(refused.answer)
        except ConnectionError:
            self.close_connection = True
        except Exception:
            self._send(FAILED)
            raise

    def _request(self) -> Request:
        address = urlsplit(self.path)
        headers: dict[str, str] = {}
        for name, value in self.headers.items():
            key = name.lower()
            headers[key] = f"{headers[key]},{value}" if key in headers else value
        return Request(
            method=self.command,
            path=unquote(address.path),
            query=address.query,
            headers=headers,
            body=self._body(),
            source=str(self.client_address[0]),
            protocol=self.request_version,
        )

    def _body(self) -> bytes:
        if "chunked" in self.headers.get("transfer-encoding", "").lower():
            return self._chunks()
        return self._read(self.headers.get("content-length") or "0", 10, MAX_BODY)

    def _chunks(self) -> bytes:
        body = b""
        while chunk := self._read(self._line().split(";")[0], 16, MAX_BODY - len(body)):
            body += chunk
            self._line()
        while self._line():
            pass
        return body

    def _line(self) -> str:
        return self.rfile.readline().decode("latin-1").strip()

    def _read(self, size: str, base: int, most: int) -> bytes:
        try:
            length = int(size, base)
        except ValueError:
            raise _Refused(BAD_REQUEST) from None
        if length < 0:
            raise _Refused(BAD_REQUEST)
        if length > most:
            raise _Refused(TOO_LARGE)
        return self.rfile.read(length)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        for cookie in answer.cookies:
            self.send_header("set-cookie", cookie)
        if answer.status != 204:
            self.send_header("content-length", str(len(answer.body)))
        if self.close_connection:
            self.send_header("connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing: functions log what matters, and a path tells an appointment's hour."""

    def version_string(self) -> str:
        """Name the server without its version."""
        return "openhour"


for _method in _METHODS:
    setattr(_Handler, f"do_{_method}", _Handler._serve)  # noqa: SLF001 - its own names
