# SPDX-License-Identifier: GPL-3.0-or-later
"""The real kafaat-server in a folder of its own, and clients of it."""

import hashlib
import http.client
import json
import os
import re
import signal
import socket
import ssl
import stat
import subprocess
import tempfile
import time
import unittest

BINARY = None
CLIENT = None
PASSWORD = "correct horse 1"
DEVICE = "00000000000000ab"

# The smallest exchange that the hub takes.
EXCHANGE = b'{"hello":1,"now":%d}\n' % (time.time() * 1000)


class Answer:
    def __init__(self, response):
        self.status, self.headers, self.body = response.status, response.headers, response.read()

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def error(self):
        return self.json.get("error")

    def __repr__(self):
        return f"{self.status} {self.body[:200]}"


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=60)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(60)
        self.sock.connect(self.path)


class Server:
    """What its processes write to standard error is kept and searched for secrets at the end."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="kafaat-server-")
        self.dir = os.path.join(self.folder.name, "hub")
        self.log_path = os.path.join(self.folder.name, "log")
        self.secrets = {PASSWORD}
        self.process, self.path = None, None

    def call(self, *words, status=0, given=None):
        done = subprocess.run([BINARY, "--dir", self.dir, *words], input=(given or "").encode(), capture_output=True,
                              check=False, timeout=60)
        out, err = done.stdout.decode(), done.stderr.decode()
        assert done.returncode == status, f"{words}: {done.returncode}, not {status}\n{out}\n{err}"
        return out + err

    def add(self, user, role="facilitator", password=PASSWORD):
        self.call("user", "add", user, "--password-stdin", given=password + "\n")
        self.secrets |= {user, password}
        if role:
            self.call("grant", user, role, "national")

    def start(self, *options):
        self.log = open(self.log_path, "ab")
        self.process = subprocess.Popen([BINARY, "--dir", self.dir, "serve", *options], stdout=subprocess.PIPE, stderr=self.log)
        line = self.process.stdout.readline().decode()
        assert line.startswith("kafaat-server: listening on "), line + open(self.log_path).read()
        where = line.rsplit(" ", 1)[1].strip()
        if where.startswith("unix:"):
            self.path = where[5:]
        else:
            self.port = int(where.rsplit(":", 1)[1])
            self.context = ssl.create_default_context(cafile=os.path.join(self.dir, "dev-ca.pem"))
        return self

    def start_tls(self):
        self.call("init")
        return self.start("--dev-tls", "--listen", "127.0.0.1:0")

    def stop(self):
        """Ends the process as an operator does; gives its exit status."""
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(60)
        self.process.stdout.close()
        self.log.close()
        return status

    def read_log(self):
        with open(self.log_path, encoding="utf-8") as stream:
            return stream.read()

    def close(self):
        """Of one that was not started, the folder goes."""
        if self.process is None:
            self.folder.cleanup()
            return
        status = self.stop() if self.process.poll() is None else self.process.returncode
        log = self.read_log()
        self.folder.cleanup()
        assert status == 0, f"ended with {status}\n{log}"
        for secret in self.secrets:
            assert secret not in log, f"{secret} stands in the log:\n{log}"
        for line in log.splitlines():
            assert re.fullmatch(r"time=\S+Z (method=\S+ endpoint=\S+ status=\d+ bytes=\d+ ms=\d+ device=(-|[0-9a-f]{16})|"
                                r"event=reconcile-mismatch device=[0-9a-f]{16} lacking=\d+ differing=\d+ dropped=\d+ unknown=\d+)",
                                line), line

    def connect(self):
        if self.path:
            return UnixConnection(self.path)
        return http.client.HTTPSConnection("localhost", self.port, context=self.context, timeout=60)

    def ask(self, method, path, body=None, headers=None, connection=None):
        own = connection or self.connect()
        own.request(method, path, body=body, headers=headers or {})
        answer = Answer(own.getresponse())
        if connection is None:
            own.close()
        return answer

    def post(self, path, headers=None, **members):
        return self.ask("POST", path, json.dumps({"now": int(time.time() * 1000), **members}), headers)

    def enroll(self, user="amina", password=PASSWORD, device=DEVICE, name="a laptop", headers=None):
        self.secrets.add(password)
        return self.keep(self.post("/v1/enroll", user=user, password=password, device=device, name=name, headers=headers))

    def refresh(self, token):
        return self.keep(self.post("/v1/token", refresh=token))

    def keep(self, answer):
        if answer.status == 200:
            self.secrets |= {answer.json["access"], answer.json["refresh"]}
        return answer

    def sync(self, access, body=EXCHANGE, **headers):
        return self.ask("POST", "/v1/sync", body, {"Authorization": f"Bearer {access}", **headers})

    def open_raw(self):
        """A TLS connection to write anything to."""
        return self.context.wrap_socket(socket.create_connection(("127.0.0.1", self.port), timeout=60), server_hostname="localhost")

    def say(self, data):
        """Sends bytes as they are; gives the status of the answer, or None when the connection was cut."""
        with self.open_raw() as raw:
            try:
                raw.sendall(data)
                head = raw.recv(65536)
            except (ConnectionError, ssl.SSLError):
                return None
        return int(head.split()[1]) if head.startswith(b"HTTP/1.") else None

    def metric(self, name):
        text = self.ask("GET", "/v1/metrics").body.decode()
        return next(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(name + " "))

    def used(self):
        """Seconds of processor so far, and MiB of memory now and at most."""
        pid = self.process.pid
        with open(f"/proc/{pid}/stat", encoding="ascii") as stream:
            words = stream.read().rsplit(") ", 1)[1].split()
        with open(f"/proc/{pid}/status", encoding="ascii") as stream:
            sizes = dict(line.split(":", 1) for line in stream)
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK"), *(int(sizes[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))

    def forget_peak(self):
        """From now on the most memory is counted anew."""
        with open(f"/proc/{self.process.pid}/clear_refs", "w", encoding="ascii") as stream:
            stream.write("5")

    def modes(self):
        found = {".": stat.S_IMODE(os.stat(self.dir).st_mode)}
        for name in os.listdir(self.dir):
            found[name] = stat.S_IMODE(os.stat(os.path.join(self.dir, name)).st_mode)
        return found


def make_group(device, ops, changes):
    """A group as a device sends it, of these operations: bytes, or what becomes JSON. None leaves a member out."""
    payload = ops if isinstance(ops, bytes) else json.dumps(ops, ensure_ascii=False, separators=(",", ":")).encode()
    n = len(ops) if isinstance(ops, list) else 1
    clock = f"{int(time.time() * 1000):012x}0000{device}"
    head = {"device": device, "dseq": 1, "batch": "b", "at": int(time.time() * 1e6), "author": "a", "clock": clock, "schema": 1, "n": n,
            "prev": "00" * 32, "hash": hashlib.sha256(bytes(16) + payload).hexdigest(), "salt": "00" * 16, "saw": 0, **changes}
    members = [f'"{name}":{json.dumps(value)}'.encode() for name, value in head.items() if value is not None]
    return b"{" + b",".join(members) + b',"ops":' + payload + b"}\n"


class Case(unittest.TestCase):
    """One server for the tests of a class, with the user amina."""

    @classmethod
    def setUpClass(cls):
        cls.make_server().start_tls()
        cls.server.add("amina")

    @classmethod
    def make_server(cls):
        """It ends with the class, however far its making went."""
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)
        return cls.server

    def refuse(self, answer, status, error):
        self.assertEqual((answer.status, answer.error), (status, error), answer)
        self.assertEqual(answer.headers["Content-Type"], "application/json")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        return answer


class Desks(Case):
    """A server for each test, and a store for each of its users, by kafaatctl."""

    @classmethod
    def setUpClass(cls):
        pass

    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.close)
        self.server.call("init")
        self.server.start("--dev-tls", "--listen", "127.0.0.1:0")

    def join(self, user, role):
        """The user is made, and his store is a device from now on."""
        self.server.add(user, role)
        self.ctl(user, "enroll", f"https://127.0.0.1:{self.server.port}", "--user", user, "--ca",
                 os.path.join(self.server.dir, "dev-ca.pem"), given=PASSWORD + "\n")

    def ctl(self, user, *words, given="", status=0):
        store = os.path.join(self.server.folder.name, user + ".db")
        done = subprocess.run([CLIENT, "--store", store, *words], input=given.encode(), capture_output=True,
                              check=False, timeout=60)
        self.assertEqual(done.returncode, status, f"{words}\n{done.stdout.decode()}\n{done.stderr.decode()}")
        return done.stdout.decode() + done.stderr.decode()
