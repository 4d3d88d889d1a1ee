#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real nginx with the site that is shipped, in front of the real server, which is left the system calls that the unit leaves it:
test-proxy.py SERVER CLIENT SITE UNIT SERVICE, the last being the source that lists the endpoints."""

import ctypes
import functools
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest

SERVER, CLIENT, SITE, UNIT, SERVICE = (os.path.abspath(one) for one in sys.argv[1:6])
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin")
ANALYZE = shutil.which("systemd-analyze")
PASSWORD = "correct horse 1"

# Of seccomp.h.
KILL_PROCESS, ALLOW = 0x80000000, 0x7FFF0000


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(path):
    until = time.monotonic() + 20
    while not os.path.exists(path):
        assert time.monotonic() < until, f"no {path}"
        time.sleep(0.05)


@functools.cache
def expand(group):
    """The system calls of a group of systemd's."""
    if not group.startswith("@"):
        return {group}
    told = subprocess.run([ANALYZE, "syscall-filter", group], capture_output=True, text=True, check=True, timeout=60).stdout
    words = [line.strip() for line in told.splitlines()[1:] if not line.strip().startswith("#")]
    return set().union(*(expand(word) for word in words if word))


def read_calls():
    """Those that the unit leaves the server."""
    calls = set()
    with open(UNIT, encoding="utf-8") as unit:
        for line in unit:
            if line.startswith("SystemCallFilter="):
                words = line.strip().partition("=")[2]
                named = set().union(*(expand(word) for word in words.lstrip("~").split()))
                calls = calls - named if words.startswith("~") else calls | named
    # SQLite gives its files to their owner where root runs it, which the unit does not.
    return calls | expand("@default") | ({"fchown"} if os.geteuid() == 0 else set())


def confine(library, calls):
    """Whatever else this process calls for ends it, though the unit answers it with an error: nothing is to need that."""
    library.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(KILL_PROCESS)))
    for call in calls:
        number = library.seccomp_syscall_resolve_name(call.encode())
        if number >= 0:
            library.seccomp_rule_add(context, ctypes.c_uint32(ALLOW), ctypes.c_int(number), ctypes.c_uint(0))
    if library.seccomp_load(context) != 0:
        os._exit(99)


@unittest.skipIf(NGINX is None, "no nginx here")
class Proxy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="kafaat-proxy-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        os.chmod(cls.folder, 0o755)
        cls.hub = os.path.join(cls.folder, "hub")
        cls.call("init")
        cls.call("user", "add", "amina", "--password-stdin", given=PASSWORD)
        cls.call("grant", "amina", "agent", "national")
        cls.make_certificate()
        cls.socket = os.path.join(cls.folder, "hub.sock")
        cls.port = free_port()
        # Sanitizers make calls of their own.
        confined = ANALYZE and "ASAN_OPTIONS" not in os.environ
        confinement = functools.partial(confine, ctypes.CDLL("libseccomp.so.2"), read_calls()) if confined else None
        cls.server = subprocess.Popen([SERVER, "--dir", cls.hub, "serve", "--unix", cls.socket], stdout=subprocess.DEVNULL,
                                      stderr=subprocess.DEVNULL, preexec_fn=confinement)
        cls.addClassCleanup(cls.end, cls.server)
        wait_for(cls.socket)
        os.chmod(cls.socket, 0o666)
        cls.start_nginx()

    @classmethod
    def call(cls, *words, given=""):
        subprocess.run([SERVER, "--dir", cls.hub, *words], input=given.encode(), check=True, capture_output=True, timeout=60)

    @classmethod
    def make_certificate(cls):
        """The server's own way, for a moment."""
        process = subprocess.Popen([SERVER, "--dir", cls.hub, "serve", "--listen", "127.0.0.1:0", "--dev-tls"],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        process.stdout.close()

    @classmethod
    def start_nginx(cls):
        with open(SITE, encoding="utf-8") as stream:
            site = stream.read()
        for before, after in ((r"unix:/run/kafaat/hub\.sock", f"unix:{cls.socket}"), (r"listen 443 ssl http2;", f"listen 127.0.0.1:{cls.port} ssl http2;"),
                              (r"\s*listen \[::\]:443 ssl http2;", ""), (r"/etc/ssl/kafaat/cert\.pem", f"{cls.hub}/dev-cert.pem"),
                              (r"/etc/ssl/kafaat/key\.pem", f"{cls.hub}/dev-key.pem"), (r"/var/log/nginx/kafaat\.log", f"{cls.folder}/error.log"),
                              (r"/run/kafaat-bodies", f"{cls.folder}/bodies"), (r"/run/kafaat-answers", f"{cls.folder}/answers")):
            site, n = re.subn(before, after, site)
            assert n == 1, before
        paths = "\n".join(f"{kind}_temp_path {cls.folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        config = os.path.join(cls.folder, "nginx.conf")
        with open(config, "w", encoding="utf-8") as out:
            out.write(f"daemon off; pid {cls.folder}/nginx.pid; error_log {cls.folder}/main.log; worker_processes 1;\n"
                      f"events {{ }}\nhttp {{\n{paths}\n{site}\n}}\n")
        cls.nginx = subprocess.Popen([NGINX, "-c", config, "-e", f"{cls.folder}/start.log"], stdout=subprocess.DEVNULL)
        cls.addClassCleanup(cls.end, cls.nginx)
        wait_for(os.path.join(cls.folder, "nginx.pid"))

    @staticmethod
    def end(process):
        process.send_signal(signal.SIGTERM)
        if process.wait(30) != 0:
            raise AssertionError(f"{process.args[0]} ended with {process.returncode}")

    def kafaatctl(self, *words):
        return subprocess.run([CLIENT, "--store", os.path.join(self.folder, "a.db"), *words], input=PASSWORD.encode(),
                              capture_output=True, check=False, timeout=60)

    def ask(self, path, body=None):
        context = ssl.create_default_context(cafile=os.path.join(self.hub, "dev-ca.pem"))
        with context.wrap_socket(socket.create_connection(("127.0.0.1", self.port)), server_hostname="localhost") as one:
            head = f"{'POST' if body is not None else 'GET'} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            one.sendall(head.encode() + (f"Content-Length: {len(body)}\r\n\r\n".encode() + body if body is not None else b"\r\n"))
            answer = b"".join(iter(functools.partial(one.recv, 4096), b""))
            return int(answer.split()[1]), answer.partition(b"\r\n\r\n")[2]

    def test_client(self):
        done = self.kafaatctl("enroll", f"https://localhost:{self.port}", "--user", "amina", "--ca", os.path.join(self.hub, "dev-ca.pem"))
        self.assertEqual(done.returncode, 0, done.stderr)
        done = self.kafaatctl("sync")
        self.assertEqual(done.returncode, 0, done.stderr)
        # A file of many chunks goes up, and comes down again, as fast as it can.
        content = os.urandom(24 * 1024 * 1024 + 5)
        with open(os.path.join(self.folder, "cv.pdf"), "wb") as out:
            out.write(content)
        self.kafaatctl("new", "person", "family_name=Tazi")
        person = json.loads(self.kafaatctl("--json", "list", "person").stdout.decode().splitlines()[0])["ref"]
        self.assertEqual(self.kafaatctl("attach", person, os.path.join(self.folder, "cv.pdf")).returncode, 0)
        done = self.kafaatctl("sync")
        self.assertIn(b"Files sent: 1", done.stdout, done.stderr)
        path = os.path.join(self.folder, "a.db.files", hashlib.sha256(content).hexdigest()[:2], hashlib.sha256(content).hexdigest())
        done = self.kafaatctl("sync", "--verify")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn(b"nothing differs", done.stdout)
        self.assertIn(b'"files_to_send":0', self.kafaatctl("--json", "sync-status").stdout)
        with open(path, "rb") as sent:
            self.assertEqual(sent.read(), content)
        with open(os.path.join(self.hub, "hub.db.files", path[-64:-62], path[-64:]), "rb") as kept:
            self.assertEqual(kept.read(), content)
        other = ("--store", os.path.join(self.folder, "b.db"))
        subprocess.run([CLIENT, *other, "enroll", f"https://localhost:{self.port}", "--user", "amina", "--ca", os.path.join(self.hub, "dev-ca.pem")],
                       input=PASSWORD.encode(), capture_output=True, check=True, timeout=60)
        done = subprocess.run([CLIENT, *other, "sync", "--all-files"], capture_output=True, check=False, timeout=60)
        self.assertIn(b"fetched: 1", done.stdout, done.stderr)

    def test_paths(self):
        self.assertEqual(self.ask("/v1/hello")[0], 200)
        for path in ("/", "/v1/metrics", "/v1/../v1/metrics", "/nothing"):
            self.assertEqual(self.ask(path)[0], 404)

    def test_every_endpoint(self):
        """Each that the server has is its own to answer, but for the figures."""
        with open(SERVICE, encoding="utf-8") as source:
            endpoints = re.findall(r'^  \{ "(/v1/[^"]+)", "([A-Z]+)"', source.read(), re.M)
        self.assertGreater(len(endpoints), 15)
        for path, method in endpoints:
            path = path.replace("{sha}", "0" * 64).replace("{n}", "0")
            status, body = self.ask(path, b"{}" if method == "POST" else None)
            self.assertEqual((body[:1], status == 404), (b"{", False) if path != "/v1/metrics" else (b"<", True), (path, status, body))

    def list_open(self):
        """The files that the workers of nginx have open, by where they are or were."""
        with open(f"/proc/{self.nginx.pid}/task/{self.nginx.pid}/children", encoding="ascii") as children:
            workers = children.read().split()
        return [os.readlink(f"/proc/{worker}/fd/{fd}") for worker in workers for fd in os.listdir(f"/proc/{worker}/fd")
                if os.path.lexists(f"/proc/{worker}/fd/{fd}")]

    def test_memory_alone(self):
        """A body that a buffer does not hold lies where the site says, which is no disk."""
        context = ssl.create_default_context(cafile=os.path.join(self.hub, "dev-ca.pem"))
        with context.wrap_socket(socket.create_connection(("127.0.0.1", self.port)), server_hostname="localhost") as one:
            one.sendall(b"POST /v1/sync HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n" + bytes(500000))
            for _ in range(100):
                spooled = [path for path in self.list_open() if path.startswith(self.folder) and "log" not in path and "pid" not in path]
                if spooled:
                    break
                time.sleep(0.05)
        self.assertEqual({os.path.dirname(path) for path in spooled}, {os.path.join(self.folder, "bodies")})
        self.assertTrue(os.path.isdir(os.path.join(self.folder, "answers")))

    def test_limits(self):
        self.assertEqual(self.ask("/v1/enroll", bytes(70000))[0], 413)
        # Guessing is slowed down before a password is hashed.
        answers = [self.ask("/v1/token", b"{}")[0] for _ in range(40)]
        self.assertIn(503, answers)

    def test_crash_leaves_no_file(self):
        with open(UNIT, encoding="utf-8") as unit:
            self.assertIn("LimitCORE=0\n", unit.readlines())

    def test_unit(self):
        if ANALYZE is None:
            self.skipTest("no systemd here")
        done = subprocess.run([ANALYZE, "security", "--offline=true", "--threshold=20", UNIT], capture_output=True, text=True,
                              check=False, timeout=60)
        self.assertEqual(done.returncode, 0, done.stdout[-400:] + done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
