"""The connections of a dashboard in a thread of this process, for tests that are no polite clients."""

import http.client
import socket
import threading

from dashboards.server.connections import Connections


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Local:
    """A server in a thread, on a port of its own."""

    def __init__(self, application):
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.goes_on = True
        self.connections = Connections(application, self.listening)
        self.thread = threading.Thread(target=self.connections.serve, args=(lambda: self.goes_on,))
        self.thread.start()

    def opened(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def get(self, path, method="GET", **headers):
        client = http.client.HTTPConnection("localhost", self.port, timeout=10)
        try:
            client.request(
                method, path, headers={k.replace("_", "-"): v for k, v in headers.items()}
            )
            answer = client.getresponse()
            return answer, answer.read()
        finally:
            client.close()

    def raw(self, request):
        """The first line of what is answered to these bytes."""
        with self.opened() as client:
            client.sendall(request)
            return client.makefile("rb").readline().decode().strip()

    def stop(self):
        self.goes_on = False
        self.thread.join(10)
        self.listening.close()
