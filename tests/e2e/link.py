#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A link to a server, by which all bytes go, and which can be cut: link.py PORT_OF_THE_SERVER.

First it says on which port it listens. Then it takes commands, one a line, and answers each with one:
  cut N FROM TO   cuts every connection N times, at random bytes between the FROM-th and the TO-th that go by
  count           JSON: bytes up and down since the last "cut", cuts made, what would be needed to do it again
"""

import json
import os
import random
import selectors
import socket
import struct
import sys
import threading

PIECE = 16384

# What is under way on the link itself, and lost when it is cut: bytes that were counted and not delivered.
BUFFER = 32768


class Link:
    def __init__(self, port):
        self.port = port
        self.lock = threading.Lock()
        self.pairs = set()
        self.seed = int(os.environ.get("KAF_LINK_SEED", random.SystemRandom().randrange(1 << 32)))
        self.random = random.Random(self.seed)
        self.arm(0, 0, 0)

    def arm(self, n, low, high):
        with self.lock:
            self.bytes = {"up": 0, "down": 0}
            self.where = sorted(self.random.randrange(low, high) for _ in range(n))
            self.made = 0

    def count(self):
        with self.lock:
            return json.dumps({**self.bytes, "cuts": self.made, "left": len(self.where), "seed": self.seed})

    def take(self, way, size):
        """How many of so many bytes still go by; then whether that was the end."""
        with self.lock:
            before = sum(self.bytes.values())
            cut = bool(self.where) and before + size >= self.where[0]
            if cut:
                size = max(0, self.where.pop(0) - before)
                self.made += 1
            self.bytes[way] += size
            return size, cut

    def cut_all(self):
        with self.lock:
            pairs, self.pairs = self.pairs, set()
        for pair in pairs:
            for end in pair:
                # Half of the links end without a word, as when a network is gone; the others as when a program is.
                if self.random.random() < 0.5:
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def carry(self, pair):
        client, server = pair
        with selectors.DefaultSelector() as selector:
            selector.register(client, selectors.EVENT_READ, (server, "up"))
            selector.register(server, selectors.EVENT_READ, (client, "down"))
            try:
                while True:
                    for key, _ in selector.select():
                        other, way = key.data
                        data = key.fileobj.recv(PIECE)
                        if not data:
                            return
                        size, cut = self.take(way, len(data))
                        other.sendall(data[:size])
                        if cut:
                            self.cut_all()
                            return
            except OSError:
                pass
            finally:
                with self.lock:
                    self.pairs.discard(pair)
                client.close()
                server.close()

    def serve(self, listener):
        while True:
            client, _ = listener.accept()
            try:
                server = socket.create_connection(("127.0.0.1", self.port))
            except OSError:
                client.close()
                continue
            pair = (client, server)
            for end in pair:
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
            with self.lock:
                self.pairs.add(pair)
            threading.Thread(target=self.carry, args=(pair,), daemon=True).start()


def main():
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
    link = Link(int(sys.argv[1]))
    threading.Thread(target=link.serve, args=(listener,), daemon=True).start()
    print(listener.getsockname()[1], flush=True)
    for line in sys.stdin:
        words = line.split()
        if words[0] == "cut":
            link.arm(*map(int, words[1:]))
        print(link.count(), flush=True)


main()
