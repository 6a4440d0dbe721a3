"""Connections: requests are received whole, and answers sent, by one loop a process.

A client that is slow, asks nothing or reads nothing costs a place in a list and no thread. What needs no
making is answered by the loop itself, at once; whatever must be made is made by threads, of which a few wait
at most.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import WSGITask

from dashboards.server.guards import BUSY, MAX_BODY

if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket

    from waitress.parser import HTTPRequestParser

    from dashboards.server.cache import KeptAnswers

THREADS = 4
MOST_WAITING = 32
"""Questions that may wait for a thread; the next ones are asked to come back."""
CONNECTIONS = 1_000
SECONDS_IDLE = 15
"""So long a connection may say nothing; browsers open another one without a word."""
SECONDS_TO_ASK = 20
"""So long a request may take to arrive, however slowly it does."""
SECONDS_TO_END = 5
"""So long a process that is told to end goes on answering what was asked before."""
_MAX_HEADERS = 16 * 1024
_SECONDS_BETWEEN_LOOKS = 1
_IN_MEMORY = 64 * 1024 * 1024
"""No answer is larger: none is ever written to a file on its way, because some are under embargo."""


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection. Its next request is answered once its last answer has been sent."""

    server: Connections
    begun_at = 0.0
    """When the request that is being received began."""
    next_task: WSGITask | None = None

    def handle_read(self) -> None:
        """Receives what has come."""
        if self.request is None:
            self.begun_at = time.time()
        super().handle_read()

    @property
    def is_read(self) -> bool:
        """Whether its client has taken all that was answered, or is gone."""
        return not self.total_outbufs_len or not self.connected

    def task_class(self, channel: HTTPChannel, request: HTTPRequestParser) -> WSGITask:
        """The task of a request, whose environment was read already to see whether its answer is at hand."""
        task, self.next_task = self.next_task, None
        return task if task and task.request is request else WSGITask(channel, request)


class Connections(TcpWSGIServer):  # type: ignore[misc]
    """All connections of one process."""

    channel_class = Channel
    application: KeptAnswers

    def __init__(self, application: KeptAnswers, listening: socket) -> None:
        adjustments = Adjustments(
            sockets=[listening], threads=THREADS, ident=None, connection_limit=CONNECTIONS,
            channel_timeout=SECONDS_IDLE, cleanup_interval=_SECONDS_BETWEEN_LOOKS,
            max_request_header_size=_MAX_HEADERS, max_request_body_size=MAX_BODY,
            outbuf_overflow=_IN_MEMORY, outbuf_high_watermark=_IN_MEMORY,
            inbuf_overflow=2 * MAX_BODY,
            clear_untrusted_proxy_headers=False,  # nothing here reads what a proxy tells
        )  # fmt: skip
        told = (listening.family, listening.type, listening.proto, listening.getsockname())
        super().__init__(
            application, {}, _sock=listening, adj=adjustments, bind_socket=False, sockinfo=told
        )
        self._asking: deque[Channel] = deque()
        """The connections whose next request nobody answers yet."""

    def add_task(self, task: Channel) -> None:
        """Notes that a connection has a request, whoever finds it: the loop has it answered."""
        self._asking.append(task)

    def _answer_asked(self) -> None:
        """Has one request of each connection answered: nobody waits for a client that sends many at once, or
        that does not read what it is answered."""
        for _ in range(len(self._asking)):
            channel = self._asking.popleft()
            if channel.is_read:
                self._answer(channel)
            else:
                self._asking.append(channel)

    def _answer(self, channel: Channel) -> None:
        """Has the first request of a connection answered: by the loop where that is no work."""
        request = channel.requests[0]
        if request.error or self._is_at_hand(channel, request):
            channel.service()
        elif len(self.task_dispatcher.queue) >= MOST_WAITING:
            assert channel.next_task is not None
            channel.next_task.environ[BUSY] = True
            channel.service()
        else:
            super().add_task(channel)

    def _is_at_hand(self, channel: Channel, request: HTTPRequestParser) -> bool:
        task = channel.next_task = WSGITask(channel, request)
        return self.application.is_at_hand(task.get_environment())

    def maintenance(self, now: float) -> None:
        """Closes connections that say nothing, those whose request does not come to its end, and those whose
        client does not read."""
        super().maintenance(now)
        for channel in [*self.active_channels.values()]:
            if channel.request is not None and channel.begun_at < now - SECONDS_TO_ASK:
                channel.will_close = True
            if not channel.is_read and channel.last_activity < now - SECONDS_IDLE:
                channel.handle_close()

    def serve(self, goes_on: Callable[[], bool]) -> None:
        """Answers while it shall go on, then what was asked before the end."""
        while goes_on():
            self._turn(_SECONDS_BETWEEN_LOOKS)
        self.accepting = False
        end = time.monotonic() + SECONDS_TO_END
        while self._is_owing() and time.monotonic() < end:
            self._turn(0.05)
        self.task_dispatcher.shutdown()
        self.asyncore.close_all(self._map)

    def _turn(self, seconds: float) -> None:
        is_ready = any(channel.is_read for channel in self._asking)
        self.asyncore.loop(
            timeout=0 if is_ready else seconds, map=self._map, use_poll=True, count=1
        )
        self._answer_asked()

    def _is_owing(self) -> bool:
        """Whether anyone waits for an answer, or for the end of one."""
        return any(one.requests or one.total_outbufs_len for one in self.active_channels.values())
