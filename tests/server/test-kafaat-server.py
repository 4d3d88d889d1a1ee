#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real kafaat-server over TLS: test-kafaat-server.py PATH_OF_KAFAAT_SERVER PATH_OF_KAFAATCTL [TEST…]."""

import concurrent.futures
import contextlib
import gzip
import http.client
import json
import os
import random
import select
import shutil
import socket
import sqlite3
import ssl
import subprocess
import sys
import threading
import time
import unittest
import warnings

sys.dont_write_bytecode = True
import kaf_server_driver as driver  # noqa: E402
from kaf_server_driver import DEVICE, EXCHANGE, PASSWORD, Case, Server, make_group  # noqa: E402


class Enroll(Case):
    def test_hello(self):
        answer = self.server.ask("GET", "/v1/hello")
        self.assertEqual((answer.status, answer.json["kafaat"], answer.json["protocol"]), (200, 1, [1]))
        self.assertLess(abs(answer.json["now"] / 1000 - time.time()), 10)

    def test_right(self):
        answer = self.server.enroll()
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(set(answer.json), {"device", "access", "access_until", "refresh", "role", "scope", "now"})
        self.assertEqual((answer.json["device"], answer.json["role"], answer.json["scope"]), (DEVICE, "facilitator", "national"))
        self.assertEqual(len(answer.json["access"]), 43)
        self.assertLess(abs(answer.json["access_until"] - answer.json["now"] - 900000), 1000)
        self.assertEqual(self.server.sync(answer.json["access"]).status, 200)
        # Once more: the tokens of before are nobody's.
        again = self.server.enroll()
        self.assertEqual(again.json["device"], DEVICE)
        self.refuse(self.server.sync(answer.json["access"]), 401, "token")
        self.refuse(self.server.refresh(answer.json["refresh"]), 401, "token")

    def test_wrong(self):
        self.server.add("brahim")
        self.refuse(self.server.enroll("brahim", "correct horse 2"), 401, "credentials")
        self.refuse(self.server.enroll("nobody-there", PASSWORD), 401, "credentials")
        self.refuse(self.server.enroll("Brahim' OR '1'='1", PASSWORD), 401, "credentials")

    def test_disabled(self):
        self.server.add("chafik")
        tokens = self.server.enroll("chafik", device="00000000000000c1").json
        self.server.call("user", "disable", "chafik")
        self.refuse(self.server.enroll("chafik"), 401, "credentials")
        # Who bears a token that holds learns why; who bears none learns nothing.
        for answer in self.server.sync(tokens["access"]), self.server.refresh(tokens["refresh"]):
            self.refuse(answer, 403, "no_grant")
            self.assertEqual(answer.json["why"], "disabled")
        self.refuse(self.server.refresh("A" * 43), 401, "token")
        self.server.call("user", "enable", "chafik")
        self.assertEqual(self.server.sync(tokens["access"]).status, 200)

    def test_no_grant(self):
        self.server.add("driss", role=None)
        self.refuse(self.server.enroll("driss"), 403, "no_grant")

    def test_device_of_another(self):
        self.server.add("hakima")
        first = self.server.enroll("amina", device="00000000000000d1").json
        second = self.server.enroll("hakima", device="00000000000000d1").json
        self.assertEqual(first["device"], "00000000000000d1")
        self.assertRegex(second["device"], "^[0-9a-f]{16}$")
        self.assertNotEqual(second["device"], first["device"])
        self.assertEqual(self.server.sync(first["access"]).status, 200)
        self.assertNotEqual(self.server.enroll("hakima", device="0" * 16).json["device"], "0" * 16)

    def test_same_time(self):
        """Whether there is such a user cannot be told from how long the answer takes."""
        self.server.add("ilham")

        def measure(user):
            began = time.monotonic()
            self.refuse(self.server.enroll(user, "not her password"), 401, "credentials")
            return time.monotonic() - began

        # In turn, and the shortest of each: whatever else the machine does makes a time longer, and none shorter.
        times = [(measure("ilham"), measure("ilham2")) for _ in range(5)]
        known, unknown = (min(of) for of in zip(*times))
        self.assertLess(max(known, unknown) / min(known, unknown), 2)

    def test_bad_bodies(self):
        good = {"user": "amina", "password": PASSWORD, "device": DEVICE, "name": "x"}
        for change in ({"user": None}, {"user": 5}, {"password": None}, {"device": "ab"}, {"device": "00000000000000AB"},
                       {"device": "zz000000000000ab"}, {"name": None}, {"password": "x" * 2000}, {"user": ["amina"]}):
            self.refuse(self.server.post("/v1/enroll", **{**good, **change}), 400, "request")
        for body in (b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 50000, b'{"user":' * 1000 + b"1" + b"}" * 1000,
                     b'{"user":"a\\u0000b"}', b'{"user":"a\0b"}', b'{"now":1e999}', b'{"now":99999999999999999999}',
                     b'{"user":"a","user":"b"}', b'{"\\ud800":1}', b"{}{}", b"\n"):
            self.refuse(self.server.ask("POST", "/v1/enroll", body), 400, "request")
            self.refuse(self.server.ask("POST", "/v1/token", body), 400, "request")


class Tokens(Case):
    def test_rotation(self):
        first = self.server.enroll(device="0000000000000001").json
        second = self.server.refresh(first["refresh"]).json
        # The answer was lost: the predecessor is good still.
        third = self.server.refresh(first["refresh"]).json
        self.assertEqual(len({first["refresh"], second["refresh"], third["refresh"]}), 3)
        for tokens in (first, second, third):
            self.assertEqual(self.server.sync(tokens["access"]).status, 200)
        fourth = self.server.refresh(third["refresh"])
        self.assertEqual(fourth.status, 200)
        self.assertEqual(fourth.json["device"], "0000000000000001")

    def test_reuse(self):
        first = self.server.enroll(device="0000000000000002").json
        second = self.server.refresh(first["refresh"]).json
        third = self.server.refresh(second["refresh"]).json
        self.refuse(self.server.refresh(first["refresh"]), 401, "token")
        for tokens in (first, second, third):
            self.refuse(self.server.sync(tokens["access"]), 401, "token")
            self.refuse(self.server.refresh(tokens["refresh"]), 401, "token")

    def test_reuse_of_a_sibling(self):
        first = self.server.enroll(device="0000000000000003").json
        mine = self.server.refresh(first["refresh"]).json
        theirs = self.server.refresh(first["refresh"]).json
        fresh = self.server.refresh(mine["refresh"]).json
        self.refuse(self.server.refresh(theirs["refresh"]), 401, "token")
        self.refuse(self.server.refresh(fresh["refresh"]), 401, "token")

    def test_expired(self):
        tokens = self.server.enroll(device="0000000000000004").json
        with sqlite3.connect(os.path.join(self.server.dir, "accounts.db"), timeout=10) as base:
            base.execute("UPDATE access_token SET until = 1 WHERE device = '0000000000000004'")
        base.close()
        self.refuse(self.server.sync(tokens["access"]), 401, "token")
        fresh = self.server.refresh(tokens["refresh"]).json
        self.assertEqual(self.server.sync(fresh["access"]).status, 200)
        with sqlite3.connect(os.path.join(self.server.dir, "accounts.db"), timeout=10) as base:
            base.execute("UPDATE refresh_token SET until = 1 WHERE device = '0000000000000004'")
        base.close()
        self.refuse(self.server.refresh(fresh["refresh"]), 401, "token")

    def test_garbage(self):
        tokens = self.server.enroll(device="0000000000000005").json
        for access in ("", "x", "A" * 43, tokens["access"][:-1], tokens["access"] + "A", tokens["refresh"], "../../x", "A" * 5000):
            self.refuse(self.server.sync(access), 401, "token")
        for header in ("Basic YTpi", "Bearer", tokens["access"], "bearer"):
            self.refuse(self.server.ask("POST", "/v1/sync", b"{}", {"Authorization": header}), 401, "token")
        self.refuse(self.server.ask("POST", "/v1/sync", b"{}"), 401, "token")
        for refresh in ("", "x", tokens["access"]):
            self.refuse(self.server.refresh(refresh), 401, "token")
        self.assertEqual(self.server.sync(tokens["access"]).status, 200)

    def test_revoke(self):
        tokens = self.server.enroll(device="0000000000000006").json
        self.server.call("device", "revoke", "0000000000000006")
        self.refuse(self.server.sync(tokens["access"]), 403, "revoked")
        self.refuse(self.server.refresh(tokens["refresh"]), 403, "revoked")
        other = self.server.enroll(device="0000000000000006").json
        self.assertNotEqual(other["device"], "0000000000000006")
        self.refuse(self.server.sync(tokens["access"]), 403, "revoked")
        self.assertIn("revoked", self.server.call("device", "list"))

    def test_only_hashes_are_kept(self):
        tokens = self.server.enroll(device="0000000000000007").json
        for name in os.listdir(self.server.dir):
            with open(os.path.join(self.server.dir, name), "rb") as stream:
                content = stream.read()
            for secret in (tokens["access"], tokens["refresh"], PASSWORD):
                self.assertNotIn(secret.encode(), content, name)


class Lockout(Case):
    def test_user(self):
        for user in ("amina", "not-there"):
            for i in range(5):
                self.refuse(self.server.enroll(user, f"a wrong password {i}"), 401, "credentials")
            answer = self.refuse(self.server.enroll(user), 429, "wait")
            self.assertEqual(answer.headers["Retry-After"], str(answer.json["seconds"]))
            self.assertTrue(25 <= answer.json["seconds"] <= 30, answer)
        self.server.add("jalil")
        self.assertEqual(self.server.enroll("jalil").status, 200)
        before = self.server.metric("kafaat_password_hashes_total")
        self.refuse(self.server.enroll("amina"), 429, "wait")
        self.assertEqual(self.server.metric("kafaat_password_hashes_total"), before)
        # A new password forgives.
        self.server.call("user", "passwd", "amina", "--password-stdin", given="another good one\n")
        self.assertEqual(self.server.enroll("amina", "another good one").status, 200)


class Proxy(unittest.TestCase):
    """Plain HTTP on a Unix socket, behind a proxy that says whom it speaks for."""

    def test_socket(self):
        server = Server()
        server.call("init")
        server.add("karima")
        path = os.path.join(server.folder.name, "socket")
        server.start("--unix", path)
        try:
            self.assertEqual(server.ask("GET", "/v1/hello").status, 200)
            self.assertIn("kafaat_requests_total", server.ask("GET", "/v1/metrics").body.decode())
            self.assertEqual(server.ask("GET", "/v1/metrics", headers={"X-Real-IP": "198.51.100.1"}).status, 404)
            self.assertEqual(os.stat(path).st_mode & 0o007, 0)
            for i in range(20):
                answer = server.enroll(f"somebody{i}", "a wrong password", headers={"X-Real-IP": "198.51.100.1"})
                self.assertEqual((answer.status, answer.error), (401, "credentials"))
            self.assertEqual(server.enroll("karima", headers={"X-Real-IP": "198.51.100.1"}).status, 429)
            self.assertEqual(server.enroll("karima", headers={"X-Real-IP": "198.51.100.2"}).status, 200)
        finally:
            server.close()
        self.assertFalse(os.path.exists(path))


class Hostile(Case):
    def test_paths(self):
        for path in ("/", "/v1", "/v1/", "/v1/nope", "/v1/../v1/hello", "/v1/../x", "/v1//hello", "//v1/hello", "/v1/hello/",
                     "/v1/%68ello", "/v1/hello%00", "/v1/hello%00.html", "/v1/hello;x", "/../../etc/passwd", "/v1/HELLO"):
            self.refuse(self.server.ask("GET", path), 404, "not_found")
        self.assertEqual(self.server.ask("GET", "/v1/hello?user=amina&token=secret").status, 200)
        self.server.secrets.add("token=secret")

    def test_methods(self):
        for method, path, allowed in (("PUT", "/v1/hello", "GET"), ("HEAD", "/v1/hello", "GET"), ("GET", "/v1/sync", "POST"),
                                      ("DELETE", "/v1/enroll", "POST"), ("BREW", "/v1/token", "POST"), ("POST", "/v1/metrics", "GET")):
            answer = self.server.ask(method, path)
            self.assertEqual((answer.status, answer.headers["Allow"]), (405, allowed))

    def test_sizes(self):
        self.refuse(self.server.ask("POST", "/v1/enroll", b"x" * 65537), 413, "too_large")
        self.refuse(self.server.ask("POST", "/v1/enroll", b"x" * 65536), 400, "request")
        self.refuse(self.server.ask("POST", "/v1/enroll", iter([b"x" * 40000] * 3)), 413, "too_large")
        access = self.server.enroll().json["access"]
        head = f"POST /v1/sync HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {access}\r\nContent-Length: "
        for length, status in (("16777217", 413), ("99999999999999999999", (400, 413)), ("-1", (400, 413)), ("5x", (400, 413))):
            self.assertIn(self.server.say((head + length + "\r\n\r\n").encode()), status if isinstance(status, tuple) else (status,))
        self.assertNotEqual(self.server.sync(access, b"x" * 16777216).status, 413)

    def test_answer_before_the_body(self):
        """Who is still sending when the answer comes can read it: no reset takes it away."""
        for _ in range(10):
            self.refuse(self.server.sync("nobody's", b"x" * 16000000), 401, "token")
            self.refuse(self.server.ask("POST", "/v1/sync", b"x" * 16777217), 413, "too_large")
            self.refuse(self.server.ask("PUT", "/v1/hello", b"x" * 1000000), 405, "method")

    def test_lingering_is_bounded(self):
        head = b"POST /v1/enroll HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n"
        sent, began = 0, time.monotonic()
        with self.server.open_raw() as raw:
            raw.sendall(head)
            self.assertIn(b" 413 ", raw.recv(4096))
            with self.assertRaises((ConnectionError, ssl.SSLError)):
                while sent < 90000000:
                    raw.sendall(b"x" * 100000)
                    sent += 100000
        self.assertGreater(sent, 16000000)
        with self.server.open_raw() as raw:
            raw.sendall(head)
            self.assertIn(b" 413 ", raw.recv(4096))
            with self.assertRaises((ConnectionError, ssl.SSLError)):
                while time.monotonic() - began < 30:
                    time.sleep(7)
                    raw.sendall(b"x")
        self.assertLess(time.monotonic() - began, 30)

    def test_announced_bodies(self):
        """One device that announces long bodies, and sends none of them, keeps the room for them from nobody else."""
        access, other = (self.server.enroll(device=device).json["access"] for device in ("00000000000000e1", "00000000000000e2"))
        head = f"POST /v1/sync HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {access}\r\nContent-Length: 16777216\r\n\r\n".encode()
        held, answers = [], []
        try:
            for _ in range(20):
                raw = self.server.open_raw()
                held.append(raw)
                raw.sendall(head)
                raw.settimeout(1)
                with contextlib.suppress(TimeoutError):
                    answers.append(raw.recv(4096).split()[1])
            self.assertEqual(answers, [b"503"] * 18)
            self.assertEqual(self.server.sync(other).status, 200)
        finally:
            for raw in held:
                raw.close()
        deadline = time.monotonic() + 10
        while self.server.sync(access).status != 200:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.1)

    def test_endless_body(self):
        """One that never says how long it is, and never ends, is cut."""
        began = time.monotonic()
        with self.server.open_raw() as raw:
            raw.sendall(b"POST /v1/enroll HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
            with self.assertRaises((ConnectionError, ssl.SSLError)):
                for _ in range(400):
                    raw.sendall(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")
                raw.recv(1)
                raise ConnectionError
        self.assertLess(time.monotonic() - began, 15)

    def test_strangers_send_no_bodies(self):
        """Who has no token is answered before the body was read."""
        with self.server.open_raw() as raw:
            raw.sendall(b"POST /v1/sync HTTP/1.1\r\nHost: localhost\r\nContent-Length: 16000000\r\n\r\n")
            self.assertIn(b" 401 ", raw.recv(65536))

    def test_heads(self):
        hello = b"GET /v1/hello HTTP/1.1\r\nHost: localhost\r\n"
        self.assertEqual(self.server.say(hello + b"\r\n"), 200)
        self.assertIn(self.server.say(hello + b"X-Long: " + b"x" * 60000 + b"\r\n\r\n"), (None, 413, 431))
        self.assertIn(self.server.say(hello + b"".join(b"X-%d: y\r\n" % i for i in range(10000)) + b"\r\n"), (None, 413, 431))
        self.assertIn(self.server.say(b"GET /" + b"x" * 60000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"), (None, 414))
        self.assertEqual(self.server.say(b"GET /v1/hello HTTP/1.1\r\n\r\n"), 400)
        self.assertIn(self.server.say(b"garbage\r\n\r\n"), (None, 400, 404, 405))
        two_ends = b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
        self.assertEqual(self.server.say(hello + two_ends), 400)
        self.assertEqual(self.server.say(hello + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"), 400)

    def test_compressed(self):
        access = self.server.enroll().json["access"]
        self.assertEqual(self.server.sync(access, gzip.compress(EXCHANGE), **{"Content-Encoding": "gzip"}).status, 200)
        self.refuse(self.server.sync(access, gzip.compress(bytes(200 << 20), 9), **{"Content-Encoding": "gzip"}), 413, "too_large")
        self.refuse(self.server.ask("POST", "/v1/token", gzip.compress(bytes(70000)), {"Content-Encoding": "gzip"}), 413, "too_large")
        for encoding, body in (("gzip", b"not at all"), ("gzip", gzip.compress(b"{}\n" * 1000)[:-9]), ("zstd", b"nor this"), ("zstd", b"")):
            self.refuse(self.server.sync(access, body, **{"Content-Encoding": encoding}), 400, "request")
        self.refuse(self.server.sync(access, b"x", **{"Content-Encoding": "br"}), 415, "encoding")

    def test_tls(self):
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
        old.set_ciphers("ALL:@SECLEVEL=0")
        warnings.simplefilter("ignore", DeprecationWarning)
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            old.wrap_socket(socket.create_connection(("127.0.0.1", self.server.port), timeout=10))
        with self.assertRaises(ssl.SSLCertVerificationError):
            ssl.create_default_context().wrap_socket(socket.create_connection(("127.0.0.1", self.server.port), timeout=10),
                                                     server_hostname="localhost")
        with self.server.open_raw() as raw:
            self.assertIn(raw.version(), ("TLSv1.2", "TLSv1.3"))
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=10) as plain:
            plain.sendall(b"GET /v1/hello HTTP/1.1\r\nHost: localhost\r\n\r\n")
            try:
                self.assertNotIn(b"HTTP", plain.recv(4096))
            except ConnectionError:
                pass

    def test_metrics(self):
        self.server.ask("GET", "/v1/hello")
        text = self.server.ask("GET", "/v1/metrics").body.decode()
        for name in ('kafaat_requests_total{endpoint="/v1/hello",status="200"}', "kafaat_request_seconds_sum", "kafaat_connections ",
                     "kafaat_received_bytes_total", "kafaat_sent_bytes_total", "kafaat_password_hashes_total", "kafaat_hub_records"):
            self.assertIn(name, text)
        self.assertNotIn("amina", text)
        self.refuse(self.server.ask("GET", "/v1/metrics", headers={"X-Forwarded-For": "127.0.0.1"}), 404, "not_found")

    def test_many_at_once(self):
        access = self.server.enroll().json["access"]

        def one(i):
            connection = self.server.connect()
            found = [self.server.ask("POST", "/v1/sync", EXCHANGE, {"Authorization": f"Bearer {access}"}, connection).status
                     for _ in range(20)]
            connection.close()
            return found

        with concurrent.futures.ThreadPoolExecutor(30) as pool:
            self.assertEqual({status for found in pool.map(one, range(30)) for status in found}, {200})

    def wait_until_alone(self, connection):
        """Until the server has seen that those of earlier tests are closed."""
        until = time.monotonic() + 10
        while time.monotonic() < until:
            text = self.server.ask("GET", "/v1/metrics", connection=connection).body.decode()
            if "\nkafaat_connections 1\n" in text:
                return
            time.sleep(0.02)
        self.fail(text)

    def test_one_address_does_not_take_all(self):
        first = self.server.connect()
        self.wait_until_alone(first)
        opened = [socket.create_connection(("127.0.0.1", self.server.port), timeout=10) for _ in range(79)]
        cut = set()
        until = time.monotonic() + 10
        while len(cut) < 16 and time.monotonic() < until:
            cut |= set(select.select([one for one in opened if one not in cut], [], [], 1)[0])
        time.sleep(0.2)
        cut |= set(select.select([one for one in opened if one not in cut], [], [], 0)[0])
        for one in [first, *opened]:
            one.close()
        self.assertEqual(len(cut), 16)
        for _ in range(100):
            try:
                self.assertEqual(self.server.ask("GET", "/v1/hello").status, 200)
                return
            except (ssl.SSLError, ConnectionError):
                time.sleep(0.1)
        self.fail("the connections that were closed still count")


class Cost(Case):
    """What is sent to do harm gets a clear answer, and costs the server little: each case tells what it may cost, in seconds of
    processor and in MiB of memory beside the 16 that a body may have."""

    def setUp(self):
        self.device = f"{random.getrandbits(64):016x}"
        self.access = self.server.enroll(device=self.device).json["access"]
        self.server.sync(self.access)

    def measure(self, what, ask, status, error, seconds=0.5, memory=24):
        for again in (True, False):
            self.server.forget_peak()
            before, resident, _ = self.server.used()
            answer = ask()
            after, _, most = self.server.used()
            print(f"    {what}: {answer.status}, {after - before:.2f} s, {most - resident:.0f} MiB", flush=True)
            self.assertEqual((answer.status, answer.error if answer.status != 200 else None), (status, error), (what, answer))
            # What the server does on its own, a snapshot half a minute after its start, may fall into one, and hardly into two.
            if not again or (after - before < seconds and most - resident < memory):
                break
        if "ASAN_OPTIONS" not in os.environ:  # which makes all of it dear
            self.assertLess(after - before, seconds, what)
            self.assertLess(most - resident, memory, what)
        self.assertEqual(self.server.ask("GET", "/v1/hello").status, 200)
        return answer

    def send(self, what, lines, status=400, error="request", **limits):
        return self.measure(what, lambda: self.server.sync(self.access, EXCHANGE + lines), status, error, **limits)

    def group(self, ops, **changes):
        return make_group(self.device, ops, changes)

    def test_half_a_handshake(self):
        """One that begins a handshake and says no more is waited for, not asked without a pause."""
        there, here = ssl.MemoryBIO(), ssl.MemoryBIO()
        session = self.server.context.wrap_bio(there, here, server_hostname="localhost")
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=10) as raw:
            with contextlib.suppress(ssl.SSLWantReadError):
                session.do_handshake()
            raw.sendall(here.read())
            self.assertEqual(raw.recv(1), b"\x16")
            before = self.server.used()[0]
            time.sleep(1)
            self.assertLess(self.server.used()[0] - before, 0.3)

    def test_json(self):
        big = 15 << 20
        person = b'[{"o":"create","e":"person","i":"p","f":{"family_name":"%s"}}]'
        for what, ops in (("deep arrays", b"[" * big), ("deep objects", b'{"a":' * (big // 5)),
                          ("deep and closed", b"[" * (big // 2) + b"]" * (big // 2)),
                          ("a NUL", person % b"a\0b"), ("a NUL escape", person % b"a\\u0000b"), ("half a pair", person % b"\\ud800"),
                          ("not UTF-8", person % b"\xc0\xaf"), ("a huge number", b"[%s]" % (b"9" * big)), ("a float", b"[1e999999999]"),
                          ("beyond 64 bits", b"[9223372036854775808]"), ("twice the same name", b'[{"o":"create","o":"delete"}]'),
                          ("an endless string", b'["' + b"x" * big), ("no end", b"[" + b"{}," * 5000000)):
            self.send(what, self.group(ops), memory=70)
        for what, line in (("twice the same member", b'{"device":"1","device":"2"}\n'), ("an array", b"[]\n"), ("nothing but line ends", b"\n" * big),
                           ("a million names", b"{" + b",".join(b'"%d":1' % i for i in range(1000000)) + b"}\n")):
            self.send(what, line, seconds=3, memory=160)

    def test_groups(self):
        for changes in ({"dseq": 0}, {"dseq": -1}, {"dseq": 1 << 62, "n": 0}, {"n": 2}, {"n": 501}, {"n": 1 << 40}, {"device": "0" * 16}, {"device": "x"},
                        {"hash": "00" * 32}, {"hash": "AB" * 32}, {"salt": ""}, {"salt": None}, {"clock": "ff"}, {"at": -1}, {"at": None}, {"batch": ""},
                        {"batch": "b" * 65}, {"author": "a" * 401}, {"schema": 0}, {"saw": -1}):
            self.send(str(changes), make_group(self.device, [{"o": "delete", "e": "person", "i": "p"}], changes))
        self.send("a schema from the future", self.group([{"o": "delete", "e": "person", "i": "p"}], schema=1 << 40), 426, "version")
        self.send("5 MiB in a group", self.group([{"o": "create", "e": "person", "i": "p", "f": {"notes": "x" * (5 << 20)}}]))

    def test_values(self):
        """Taken, since the device is signed in, and refused as edits; the next group stands."""
        many = "\n".join(str(i) for i in range(300000))
        person = {"o": "create", "e": "person", "i": "p", "f": {"family_name": "x"}}
        for what, op in (("a set of 300 000", {**person, "f": {"aliases": many}}),
                         ("references to 300 000", {"o": "update", "e": "person", "i": "p", "f": {"nationalities": [None, many]}}),
                         ("300 000 that were", {"o": "update", "e": "person", "i": "p", "f": {"nationalities": [many, "MA"]}}),
                         ("a long name", {**person, "f": {"family_name": "x" * (3 << 20)}}),
                         ("an id without end", {**person, "i": "p" * (3 << 20)}),
                         ("paths", {"o": "create", "e": "../../etc", "i": "../../../etc/passwd", "r": "../x", "f": {"photo": "/etc/passwd"}}),
                         ("SQL", {"o": "create", "e": "person", "i": "'; DROP TABLE record; --", "f": {"family_name": "'; DELETE FROM record; --"}})):
            self.device = f"{random.getrandbits(64):016x}"
            self.access = self.server.enroll(device=self.device).json["access"]
            self.send(what, self.group([op]), 200, None, seconds=1, memory=80)
        sets = [{"o": "create", "e": "person", "i": f"q{i}", "f": {"family_name": "x", "aliases": "\n".join(f"{j:x}" for j in range(900))}} for i in range(500)]
        self.device = f"{random.getrandbits(64):016x}"
        self.access = self.server.enroll(device=self.device).json["access"]
        self.send("500 sets of 900", self.group(sets), 200, None, seconds=8, memory=500)

    def test_packed(self):
        """A few KiB that would be GiB, and 16 MiB of nothing."""
        zstd = shutil.which("zstd")
        self.assertIsNotNone(zstd, "zstd is among build-aux/packages-test")

        def pack(data):
            return subprocess.run([zstd, "-19", "--long=24", "-c"], input=data, capture_output=True, check=True).stdout

        layers = bytes(200 << 20)
        empty = pack(b"")
        skippable = b"\x50\x2a\x4d\x18" + bytes(4)
        window = b"\x28\xb5\x2f\xfd" + b"\x00" + b"\xf8"  # wants 2 GiB to look back on
        for what, encoding, body, status, error in (
                ("a gzip bomb", "gzip", gzip.compress(layers, 9), 413, "too_large"), ("a zstd bomb", "zstd", pack(layers), 413, "too_large"),
                ("1.5 million empty frames", "zstd", empty * (15000000 // len(empty)), 400, "request"),
                ("2 million frames to skip", "zstd", skippable * 2000000, 400, "request"),
                ("a window of 2 GiB", "zstd", window + bytes(100000), 400, "request"),
                ("gzip in gzip", "gzip", gzip.compress(gzip.compress(EXCHANGE)), 400, "request")):
            self.measure(what, lambda body=body, encoding=encoding: self.server.sync(self.access, body, **{"Content-Encoding": encoding}), status, error,
                         seconds=3, memory=100)

    def test_cursors(self):
        for cursor in ("", ".", "x" * 100000, "-1.-1", "0.99999999999999999999", "\u202e", "%s%n", "0" * 16 + ".-5.-7", "..", "1.2.3.4.5"):
            line = json.dumps({"hello": 1, "now": int(time.time() * 1000), "cursor": cursor}).encode() + b"\n"
            self.measure("a cursor", lambda line=line: self.server.sync(self.access, line), 200, None)
        for now in ("-9223372036854775808", "9223372036854775807", "0"):
            line = b'{"hello":1,"now":%s,"erased":9223372036854775807}\n' % now.encode()
            self.measure(f"a clock at {now}", lambda line=line: self.server.sync(self.access, line), 200, None)


class Hub(Case):
    """What the server makes of the hub's answers."""

    def test_errors(self):
        access = self.server.enroll().json["access"]
        for body, status, error in ((b"{}\n", 400, "request"), (b"nothing", 400, "request"), (b"", 400, "request"),
                                    (b'{"hello":99,"now":1}\n', 426, "version"),
                                    (b'{"hello":0,"now":1}\n', 426, "obsolete"), (EXCHANGE + b"{}\n", 400, "request"),
                                    (EXCHANGE + b"cut", 400, "request")):
            self.refuse(self.server.sync(access, body), status, error)

    def test_answers(self):
        # A store is made with its reference lists, and the first device brings them.
        store = os.path.join(self.server.folder.name, "a.db")
        ca = os.path.join(self.server.dir, "dev-ca.pem")
        for words in (("enroll", f"https://127.0.0.1:{self.server.port}", "--user", "amina", "--ca", ca), ("sync",)):
            subprocess.run([driver.CLIENT, "--store", store, *words], input=PASSWORD.encode(), capture_output=True, check=True, timeout=60)
        access = self.server.enroll(device="00000000000000cd").json["access"]
        answer = self.server.sync(access)
        plain = answer.body
        self.assertEqual((answer.status, answer.headers["Content-Type"], answer.headers["Content-Encoding"]),
                         (200, "application/x-ndjson", None))
        self.assertGreater(plain.count(b"\n"), 800)
        packed = self.server.sync(access, **{"Accept-Encoding": "gzip;q=0.5, br"})
        self.assertEqual(packed.headers["Content-Encoding"], "gzip")
        self.assertEqual(gzip.decompress(packed.body).count(b"\n"), plain.count(b"\n"))
        packed = self.server.sync(access, **{"Accept-Encoding": "gzip, zstd"})
        self.assertEqual(packed.headers["Content-Encoding"], "zstd")
        self.assertEqual(packed.body[:4], b"\x28\xb5\x2f\xfd")
        self.assertIsNone(self.server.sync(access, **{"Accept-Encoding": "gzip;q=0"}).headers["Content-Encoding"])
        self.assertIn("UTC", self.server.call("status"))


class Stop(unittest.TestCase):
    def test_graceful(self):
        server = Server().start_tls()
        server.add("amina")
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            asked = [pool.submit(server.enroll, device=f"{i + 1:016x}") for i in range(8)]
            time.sleep(0.1)
            self.assertEqual(server.stop(), 0)
            answers = [one.result().status for one in asked if one.exception() is None]
        self.assertIn(200, answers)
        self.assertLessEqual(set(answers), {200, 503})
        with self.assertRaises(ConnectionRefusedError):
            server.open_raw()
        # What was answered stands after a new start.
        server.start("--dev-tls", "--listen", "127.0.0.1:0")
        self.assertIn("0000000000000001", server.call("device", "list"))
        server.close()

    def test_idle_connections_do_not_hold(self):
        server = Server().start_tls()
        connection = server.connect()
        server.ask("GET", "/v1/hello", connection=connection)
        began = time.monotonic()
        self.assertEqual(server.stop(), 0)
        self.assertLess(time.monotonic() - began, 5)
        connection.close()
        server.close()


    def test_busy_clients_do_not_hold(self):
        server = Server().start_tls()
        server.add("amina")
        access = server.enroll().json["access"]

        def hammer():
            connection = server.connect()
            try:
                while server.ask("POST", "/v1/sync", EXCHANGE, {"Authorization": f"Bearer {access}"}, connection).status == 200:
                    pass
            except (OSError, http.client.HTTPException):
                pass
            connection.close()

        threads = [threading.Thread(target=hammer) for _ in range(16)]
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        began = time.monotonic()
        self.assertEqual(server.stop(), 0)
        self.assertLess(time.monotonic() - began, 5)
        for thread in threads:
            thread.join()
        server.close()


class Program(unittest.TestCase):
    def setUp(self):
        self.server = Server()

    def tearDown(self):
        self.server.folder.cleanup()

    def test_files(self):
        self.server.start_tls()
        self.server.add("amina")
        self.server.enroll()
        modes = self.server.modes()
        self.assertEqual(modes.pop("."), 0o700)
        self.assertLessEqual({"hub.db", "accounts.db", "dev-ca.pem", "dev-cert.pem", "dev-key.pem", "dev-ca-key.pem"}, set(modes))
        self.assertEqual(set(modes.values()), {0o600}, modes)
        self.assertIn("already", self.server.call("serve", "--dev-tls", "--listen", "127.0.0.1:0", status=1))
        self.server.call("status")
        target = os.path.join(self.server.folder.name, "copy")
        self.server.call("backup", target)
        for path in (target, target + ".accounts"):
            self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
            base = sqlite3.connect(path)
            self.assertEqual(base.execute("PRAGMA integrity_check").fetchone(), ("ok",))
            base.close()
        self.server.call("backup", target, status=1)
        self.server.call("backup", self.server.folder.name, status=2)
        self.assertEqual(self.server.stop(), 0)

    def test_certificate_is_kept(self):
        self.server.start_tls()
        path = os.path.join(self.server.dir, "dev-cert.pem")
        with open(path, encoding="ascii") as stream:
            first = stream.read()
        self.server.stop()
        self.server.start("--dev-tls", "--listen", "[::1]:0" if socket.has_ipv6 and os.path.exists("/proc/net/if_inet6") else "127.0.0.1:0")
        with open(path, encoding="ascii") as stream:
            self.assertEqual(stream.read(), first)
        self.server.stop()

    def test_init(self):
        self.server.call("status", status=1)
        self.server.call("serve", "--dev-tls", status=1)
        self.server.call("init")
        self.server.call("init", status=1)
        with open(os.path.join(self.server.dir, "accounts.db"), "wb") as stream:
            stream.write(b"something else, long enough to be looked at as a file of a database" * 100)
        self.assertIn("another program", self.server.call("user", "list", status=1))

    @unittest.skipIf(os.geteuid() != 0, "only root gives a folder away")
    def test_root_keeps_off(self):
        """What root made in the folder of a server that runs as somebody else, that one could not open at its next start."""
        self.server.call("init")
        os.chown(self.server.dir, 65534, 65534)
        before = self.server.modes()
        for words in (("erase", "PER-2026-0001"), ("snapshot",), ("status",), ("restore", "nothing"), ("init",)):
            self.assertIn("runuser -u nobody", self.server.call(*words, status=2))
        self.assertEqual(self.server.modes(), before)

    def test_usage(self):
        self.server.call("init")
        for words in (("nope",), ("user",), ("user", "nope"), ("user", "add"), ("user", "list", "x"), ("grant", "x"), ("device", "revoke"),
                      ("device", "revoke", "xyz"), ("serve",), ("serve", "--unix", "x", "--dev-tls"), ("serve", "--tls-cert", "x"),
                      ("serve", "--unix", "x", "--listen", "127.0.0.1:0"), ("backup",), ("user", "add", "amina"),
                      ("user", "add", "Amina", "--password-stdin"), ("user", "add", "a", "--password-stdin"),
                      ("grant", "amina", "nope", "national"), ("grant", "amina", "none", "national"), ("grant", "amina", "agent"),
                      ("grant", "--revoke", "amina", "agent"), ("grant", "amina", "agent", "national", "moon"),
                      ("grant", "amina", "agent", "country:C H"), ("grant", "amina", "agent", "moon")):
            self.server.call(*words, status=2)
        self.server.call("user", "add", "amina", "--password-stdin", given="too short\n", status=2)
        self.server.call("user", "add", "amina", "--password-stdin", given="", status=2)
        self.server.call("user", "add", "amina", "--password-stdin", given=PASSWORD)
        self.server.call("user", "add", "amina", "--password-stdin", given=PASSWORD, status=1)
        self.server.call("user", "passwd", "nobody", "--password-stdin", given=PASSWORD, status=1)
        self.server.call("user", "disable", "nobody", status=1)
        self.server.call("grant", "nobody", "agent", "national", status=1)
        self.server.call("device", "revoke", "0" * 15 + "1", status=1)
        self.server.call("serve", "--dev-tls", "--listen", "nowhere", status=1)
        self.server.call("serve", "--tls-cert", "/nonexistent", "--tls-key", "/nonexistent", status=1)
        self.assertIn("amina\t—\t—", self.server.call("user", "list"))
        self.server.call("grant", "amina", "partner", "organisation:ORG-2026-0008", status=2)
        self.server.call("grant", "amina", "agent", "national")
        self.server.call("grant", "amina", "manager", "national")
        self.assertIn("amina\tmanager\tnational", self.server.call("user", "list"))


class Slow(unittest.TestCase):
    """Clients that keep a connection and do not get on with it; watched while the other tests run."""

    @classmethod
    def watch(cls):
        cls.server = Server().start_tls()
        cls.cut = {}
        ways = {"silent": (b"", None), "garbage": (b"\0\1\2\3\r\n\r\n", None),
                "half a head": (b"GET /v1/hello HTTP/1.1\r\nHost: loc", None),
                "trickle": (b"GET /v1/hello HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", b"x"),
                "trickled body": (b"POST /v1/enroll HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n", b"x"),
                "trickled chunks": (b"POST /v1/enroll HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
                "no TLS": (None, None)}
        cls.threads = [threading.Thread(target=cls.linger, args=(name, *way), daemon=True) for name, way in ways.items()]
        for thread in cls.threads:
            thread.start()

    @classmethod
    def linger(cls, name, start, piece):
        began = time.monotonic()
        raw = cls.server.open_raw() if start is not None else socket.create_connection(("127.0.0.1", cls.server.port), timeout=60)
        raw.settimeout(1)
        try:
            raw.sendall(start or b"")
            while time.monotonic() - began < 90:
                try:
                    if not raw.recv(1):
                        break
                except TimeoutError:
                    if piece:
                        raw.sendall(piece)
        except (ConnectionError, ssl.SSLError):
            pass
        raw.close()
        cls.cut[name] = time.monotonic() - began

    def test_cut(self):
        for thread in self.threads:
            thread.join()
        self.server.close()
        for name, seconds in self.cut.items():
            self.assertTrue(20 < seconds < 60, f"{name}: {seconds} s")


def load_tests(loader, tests, pattern):
    """Slow is the last: it has been waiting since the start."""
    cases = (Program, Enroll, Tokens, Lockout, Proxy, Hostile, Cost, Hub, Stop, Slow)
    return unittest.TestSuite(loader.loadTestsFromTestCase(case) for case in cases)


if __name__ == "__main__":
    driver.BINARY = os.path.abspath(sys.argv.pop(1))
    driver.CLIENT = os.path.abspath(sys.argv.pop(1))
    if len(sys.argv) == 1 or any(name.startswith("Slow") for name in sys.argv[1:]):
        Slow.watch()
    unittest.main(verbosity=2)
