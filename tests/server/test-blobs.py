#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contents of files at the real kafaat-server: test-blobs.py PATH_OF_KAFAAT_SERVER PATH_OF_KAFAATCTL [TEST…]."""

import base64
import concurrent.futures
import glob
import hashlib
import json
import os
import random
import shutil
import sqlite3
import ssl
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True
import kaf_server_driver as driver  # noqa: E402
from kaf_server_driver import PASSWORD, Case  # noqa: E402

CHUNK = 256 * 1024


def make_content(size, seed):
    return random.Random(seed).randbytes(size)


def read(path):
    with open(path, "rb") as stream:
        return stream.read()


def digest(data):
    return "sha-256=:" + base64.b64encode(hashlib.sha256(data).digest()).decode() + ":"


class Blobs(Case):
    """Amina's store adds records; their contents are sent by hand."""

    options = ()

    @classmethod
    def setUpClass(cls):
        cls.make_server()
        cls.server.call("init")
        cls.server.start("--dev-tls", "--listen", "127.0.0.1:0", *cls.options)
        cls.server.add("amina", "agent")
        cls.store = os.path.join(cls.server.folder.name, "amina.db")
        cls.ctl("enroll", f"https://127.0.0.1:{cls.server.port}", "--user", "amina", "--ca",
                os.path.join(cls.server.dir, "dev-ca.pem"), given=PASSWORD + "\n")
        cls.access = cls.server.enroll("amina", device="00000000000000f1").json["access"]
        cls.n = 0

    @classmethod
    def ctl(cls, *words, given="", status=0):
        done = subprocess.run([driver.CLIENT, "--store", cls.store, *words], input=given.encode(), capture_output=True,
                              check=False, timeout=120)
        assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout.decode()}\n{done.stderr.decode()}"
        return done.stdout.decode()

    @classmethod
    def add_person(cls):
        cls.n += 1
        cls.ctl("new", "person", f"family_name=Tazi{cls.n}")
        row = [line for line in cls.ctl("--json", "list", "person").splitlines() if f"Tazi{cls.n}" in line or f"TAZI{cls.n}" in line]
        return json.loads(row[0])["ref"]

    @classmethod
    def attach(cls, content, person=None, send=False):
        """The record goes to the server; the content only when it shall. Gives its hash."""
        person = person or cls.add_person()
        path = os.path.join(cls.server.folder.name, "cv.pdf")
        with open(path, "wb") as stream:
            stream.write(content)
        cls.ctl("attach", person, path)
        if not send:
            shutil.rmtree(cls.store + ".files")
        cls.ctl("sync", status=0)
        return hashlib.sha256(content).hexdigest()

    def ask(self, method, sha, rest="", body=None, headers=None, access=None):
        return self.server.ask(method, f"/v1/blobs/{sha}{rest}", body,
                               {"Authorization": f"Bearer {access or self.access}", **(headers or {})})

    def put(self, sha, n, content, access=None, **change):
        chunk = change.get("chunk", content[n * CHUNK:(n + 1) * CHUNK])
        total = change.get("total", len(content))
        start = change.get("start", n * CHUNK)
        where = change.get("where", f"bytes {start}-{start + len(chunk) - 1}/{total}" if chunk else "bytes */0")
        return self.ask("PUT", sha, f"/{change.get('to', n)}", chunk,
                        {"Content-Range": where, "Content-Digest": change.get("digest", digest(chunk))}, access)

    def missing(self, sha):
        answer = self.ask("GET", sha, "/missing")
        self.assertEqual(answer.status, 200, answer)
        return answer.json["missing"]

    def files(self):
        return sorted(path for path in glob.glob(self.server.dir + "/hub.db.files/**", recursive=True) if os.path.isfile(path))


class Sending(Blobs):
    def test_any_order(self):
        content = make_content(3 * CHUNK + 1000, 1)
        sha = self.attach(content)
        self.refuse(self.ask("GET", sha), 404, "absent")
        self.assertEqual(self.ask("HEAD", sha).status, 404)
        self.assertEqual(self.missing(sha), [0, 1, 2, 3])
        for n, rest in ((3, [0, 1, 2]), (1, [0, 2]), (1, [0, 2]), (0, [2])):
            answer = self.put(sha, n, content)
            self.assertEqual((answer.status, answer.json["missing"]), (200, len(rest)), answer)
            self.assertEqual(self.missing(sha), rest)
            self.refuse(self.ask("GET", sha), 404, "absent")
        self.assertEqual(self.put(sha, 2, content).json, {"missing": 0})
        self.assertEqual(self.missing(sha), [])
        self.assertEqual(self.ask("GET", sha).body, content)
        # Once more, when all is there.
        self.assertEqual(self.put(sha, 1, content).json, {"missing": 0})

    def test_ranges(self):
        content = make_content(CHUNK + 5, 2)
        sha = self.attach(content, send=True)
        for asked, first, last in (("bytes=0-", 0, len(content) - 1), ("bytes=10-19", 10, 19), ("bytes=-5", len(content) - 5, len(content) - 1),
                                   (f"bytes={len(content) - 1}-{10 ** 18}", len(content) - 1, len(content) - 1),
                                   ("bytes=-99999999999999999999", 0, len(content) - 1)):
            answer = self.ask("GET", sha, headers={"Range": asked})
            self.assertEqual((answer.status, answer.headers["Content-Range"]), (206, f"bytes {first}-{last}/{len(content)}"), asked)
            self.assertEqual(answer.body, content[first:last + 1])
        for asked in ("bytes=5-2", "bytes=", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,3-4", "bytes=0-1-2", "bytes=" + "1" * 500 + "-"):
            self.assertEqual(self.ask("GET", sha, headers={"Range": asked}).status, 200, asked)
        for asked in (f"bytes={len(content)}-", "bytes=99999999999999999999-", f"bytes={2 ** 64}-"):
            self.refuse(self.ask("GET", sha, headers={"Range": asked}), 416, "range")
        head = self.ask("HEAD", sha)
        self.assertEqual((head.status, head.headers["Content-Length"], head.body), (200, str(len(content)), b""))

    def test_empty(self):
        sha = self.attach(b"")
        self.assertEqual(self.missing(sha), [0])
        self.assertEqual(self.put(sha, 0, b"").json, {"missing": 0})
        self.assertEqual(self.ask("GET", sha).body, b"")

    def test_wrong(self):
        content = make_content(2 * CHUNK + 7, 3)
        sha = self.attach(content)
        for change in ({"chunk": content[:100]}, {"chunk": content[:CHUNK - 1]}, {"to": 1}, {"to": 3}, {"to": 999999}, {"start": 1},
                       {"where": "bytes */0"}, {"where": ""}, {"where": "bytes 0-262143"}, {"where": "bytes 0-262143/"},
                       {"where": "bytes 0-262143/-1"}, {"where": "bytes 0-262143/99999999999999999999"}, {"where": "0-262143/524295"}):
            self.refuse(self.put(sha, 0, content, **change), 400, "chunk")
        self.refuse(self.put(sha, 2, content, chunk=content[2 * CHUNK:] + b"x"), 400, "chunk")
        for total in (0, 1, CHUNK, len(content) - 1, len(content) + 1, 2 ** 62):
            self.refuse(self.put(sha, 0, content, total=total), 400, "size")
        self.refuse(self.put(sha, 0, content, chunk=b""), 400, "size")
        spoiled = b"x" + content[1:CHUNK]
        for wrong in (digest(content), digest(b""), "sha-256=:AAAA:", "", "md5=:AAAA:"):
            self.refuse(self.put(sha, 0, content, digest=wrong), 400, "digest")
        self.refuse(self.put(sha, 0, content, chunk=spoiled, digest=digest(content[:CHUNK])), 400, "digest")
        try:
            self.refuse(self.ask("PUT", sha, "/0", content[:CHUNK + 1]), 413, "too_large")
        except (ConnectionError, ssl.SSLError):
            pass  # it was told by its head, and cut before it had sent all
        for rest in ("/00", "/-1", "/+1", "/1000000", "/x", "/0/", "/", "/0/0", "/missing/", "/%30"):
            self.refuse(self.ask("PUT", sha, rest, b""), 404, "not_found")
        for path in ("../accounts.db", sha.upper(), sha[:63], sha + "0", "..", "%2e%2e", sha[:62] + "..", "g" * 64, sha[:32] + "/" + sha[32:]):
            self.refuse(self.ask("GET", path), 404, "not_found")
        self.refuse(self.ask("POST", sha, "", b""), 405, "method")
        self.refuse(self.ask("DELETE", sha), 405, "method")
        self.refuse(self.ask("GET", sha, "/0"), 405, "method")
        self.assertEqual(self.missing(sha), [0, 1, 2])

    def test_another_content(self):
        """Each chunk is whole, and the whole is not what its name says: it is dropped, and can be sent again."""
        content = make_content(CHUNK + 9, 4)
        other = make_content(CHUNK + 9, 5)
        sha = self.attach(content)
        self.assertEqual(self.put(sha, 0, content).status, 200)
        self.refuse(self.put(sha, 1, other), 422, "hash")
        self.refuse(self.ask("GET", sha), 404, "absent")
        self.assertEqual(self.missing(sha), [0, 1])
        self.assertFalse([path for path in self.files() if sha in path])
        for n in (0, 1):
            self.assertEqual(self.put(sha, n, content).status, 200)
        self.assertEqual(self.ask("GET", sha).body, content)

    def test_together(self):
        """Two devices send the same at the same time."""
        content = make_content(8 * CHUNK, 6)
        sha = self.attach(content)
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda n: self.put(sha, n % 8, content), range(16)))
        self.assertEqual({answer.status for answer in answers}, {200}, answers)
        self.assertEqual(self.ask("GET", sha).body, content)

    def test_killed(self):
        content = make_content(3 * CHUNK, 7)
        sha = self.attach(content)
        self.put(sha, 0, content)
        self.put(sha, 2, content)
        self.server.process.kill()
        self.server.process.wait(60)
        port = self.server.port
        self.server.process.stdout.close()
        self.server.log.close()
        self.server.start("--dev-tls", "--listen", f"127.0.0.1:{port}")
        self.assertEqual(self.missing(sha), [1])
        self.put(sha, 1, content)
        self.assertEqual(self.ask("GET", sha).body, content)

    def test_modes(self):
        self.attach(make_content(10, 8), send=True)
        for path in self.files():
            self.assertEqual(os.stat(path).st_mode & 0o777, 0o600, path)
            self.assertEqual(os.stat(os.path.dirname(path)).st_mode & 0o777, 0o700, path)


class Spoiled(Blobs):
    """What a disk has altered goes nowhere, and is named; it is seen by nobody."""

    def alter(self, path):
        with open(path, "r+b") as stream:
            stream.write(b"altered")

    def test_here(self):
        content = make_content(CHUNK + 100, 30)
        person = self.add_person()
        self.ctl("sync")
        path = os.path.join(self.server.folder.name, "cv.pdf")
        with open(path, "wb") as stream:
            stream.write(content)
        self.ctl("attach", person, path)
        sha = hashlib.sha256(content).hexdigest()
        self.alter(os.path.join(self.store + ".files", sha[:2], sha))
        self.assertIn("is not what was added", self.ctl("sync", status=1))
        self.assertEqual(self.missing(sha), [0, 1])
        self.assertFalse([path for path in self.files() if sha in path])
        self.assertIn('"files_to_send":1', self.ctl("--json", "sync-status"))
        # Not again and again.
        self.assertNotIn("is not what was added", self.ctl("sync"))

    def test_there(self):
        content = make_content(CHUNK + 100, 31)
        sha = self.attach(content, send=True)
        self.alter(os.path.join(self.server.dir, "hub.db.files", sha[:2], sha))
        own = type(self).store
        type(self).store = os.path.join(self.server.folder.name, "brahim.db")
        try:
            self.ctl("enroll", f"https://127.0.0.1:{self.server.port}", "--user", "amina", "--ca",
                     os.path.join(self.server.dir, "dev-ca.pem"), given=PASSWORD + "\n")
            self.assertIn("is not what was added", self.ctl("sync", status=1))
            self.assertEqual([names for _, _, names in os.walk(self.store + ".files") if names], [])
            self.assertNotIn('"files_elsewhere":0', self.ctl("--json", "sync-status"))
            self.assertIn("whole", self.ctl("check"))
        finally:
            type(self).store = own


class Access(Blobs):
    def test_roles(self):
        """Who may not read the name of a file may not read the file; who adds none sends none."""
        content = make_content(1000, 10)
        sha = self.attach(content)
        roles = ["agent", "manager", "consular-relay", "regional-officer", "facilitator", "partner", "protection-officer",
                 "administrator"]
        reads = {"agent", "manager", "consular-relay", "regional-officer", "facilitator", "partner"}
        writes = {"agent", "manager", "consular-relay", "facilitator"}
        tokens = {}
        for i, role in enumerate(roles):
            self.server.add(f"user-{role}", role)
            tokens[role] = self.server.enroll(f"user-{role}", device=f"{i + 1:016x}").json["access"]
        for role in roles:
            answer = self.put(sha, 0, content, tokens[role])
            expected = 200 if role in writes else 403 if role in reads else 404
            self.assertEqual(answer.status, expected, f"{role}: {answer}")
        for role in roles:
            expected = 200 if role in reads else 404
            self.assertEqual(self.ask("GET", sha, access=tokens[role]).status, expected, role)
            self.assertEqual(self.ask("HEAD", sha, access=tokens[role]).status, expected, role)
            expected = 200 if role in writes else 403 if role in reads else 404
            self.assertEqual(self.ask("GET", sha, "/missing", access=tokens[role]).status, expected, role)
            # To know its hash is nothing: what no record names is not there, and not to be told from what is hidden.
            stranger = hashlib.sha256(b"stranger").hexdigest()
            self.refuse(self.ask("GET", stranger, access=tokens[role]), 404, "not_found")
            self.refuse(self.put(stranger, 0, b"stranger", tokens[role]), 404, "not_found")
        self.refuse(self.ask("GET", sha, access="nobody"), 401, "token")
        self.refuse(self.server.ask("GET", f"/v1/blobs/{sha}"), 401, "token")
        self.refuse(self.server.ask("PUT", f"/v1/blobs/{sha}/0", content), 401, "token")
        self.assertEqual(len([path for path in self.files() if sha in path]), 1)

    def test_deleted(self):
        content = make_content(100, 11)
        sha = self.attach(content, send=True)
        self.assertEqual(self.ask("GET", sha).status, 200)
        ident = [json.loads(line)["id"] for line in self.ctl("--json", "list", "attachment").splitlines()]
        for one in ident:
            self.ctl("delete", one)
        self.ctl("sync")
        self.refuse(self.ask("GET", sha), 404, "not_found")
        self.ctl("undo")
        self.ctl("sync")
        self.assertEqual(self.ask("GET", sha).body, content)

    def test_erased(self):
        """What no living record names any more goes, whole or not; what another person's names as well stays."""
        person, other = self.add_person(), self.add_person()
        whole, part, shared = (make_content(2 * CHUNK, seed) for seed in (12, 13, 14))
        for content in (whole, shared):
            self.attach(content, person, send=True)
        self.attach(shared, other, send=True)
        unfinished = self.attach(part, person)
        self.put(unfinished, 0, part)
        held = b"".join(map(read, self.files()))
        self.assertTrue(whole in held and part[:CHUNK] in held and shared in held)
        self.server.call("erase", person)
        paths = self.files()
        held = b"".join(map(read, paths))
        self.assertFalse(any(content[:1000] in held for content in (whole, part)), paths)
        self.assertTrue(shared in held)
        for content in (whole, part):
            sha = hashlib.sha256(content).hexdigest()
            self.refuse(self.put(sha, 0, content, chunk=b"few"), 404, "not_found")
            for root, _, names in os.walk(self.server.dir):
                for name in names:
                    self.assertFalse(sha.encode() in read(os.path.join(root, name)), f"{name} knows of it")
        self.server.call("erase", other)
        self.assertFalse([path for path in self.files() if hashlib.sha256(shared).hexdigest() in path])

    def test_given_up(self):
        """A part of which nothing came for a week goes, by a clock that has run on for days; one of six days stays."""
        contents = [make_content(2 * CHUNK, seed) for seed in (15, 16)]
        shas = [self.attach(content) for content in contents]
        for sha, content in zip(shas, contents):
            self.put(sha, 0, content)
        port = self.server.port
        self.assertEqual(self.server.stop(), 0)
        with sqlite3.connect(os.path.join(self.server.dir, "hub.db")) as hub:
            for sha, days in zip(shas, (9, 6)):
                hub.execute("UPDATE blob SET at = at - ? WHERE sha256 = ?", (days * 86400000, sha))
            now = int(time.time() * 1000000)
            hub.execute("UPDATE meta SET value = ? WHERE key = 'clock'", (f"{now - 4 * 86400000000} {now} 0",))
        hub.close()
        self.server.start("--dev-tls", "--listen", f"127.0.0.1:{port}")
        self.assertEqual([self.missing(sha) for sha in shas], [[0, 1], [1]])
        self.assertEqual([bool([path for path in self.files() if sha in path]) for sha in shas], [False, True])


class Limits(Blobs):
    options = ("--file-limit", "2", "--user-limit", "3")

    def test_limits(self):
        large = make_content(2 * 1024 * 1024 + 1, 20)
        sha = self.attach(large)
        self.refuse(self.ask("GET", sha, "/missing"), 413, "file_too_large")
        self.refuse(self.put(sha, 0, large, chunk=b"few"), 413, "file_too_large")
        first = make_content(2 * 1024 * 1024, 21)
        sha = self.attach(first)
        for n in range(8):
            self.assertEqual(self.put(sha, n, first).status, 200)
        second = make_content(1024 * 1024 + 1, 22)
        refused = self.attach(second)
        self.refuse(self.ask("GET", refused, "/missing"), 413, "quota")
        self.refuse(self.put(refused, 0, second), 413, "quota")
        # Another user may.
        self.server.add("brahim", "agent")
        access = self.server.enroll("brahim", device="00000000000000b1").json["access"]
        self.assertEqual(self.put(refused, 0, second, access).status, 200)

    def test_told(self):
        """The client says in a sentence what it could not send, and the others go all the same."""
        person = self.add_person()
        path = os.path.join(self.server.folder.name, "large.pdf")
        with open(path, "wb") as stream:
            stream.write(make_content(2 * 1024 * 1024 + 5, 23))
        self.ctl("attach", person, path)
        said = self.ctl("sync", status=1)
        self.assertIn("larger than the server takes", said)
        self.assertIn('"files_to_send":1', self.ctl("--json", "sync-status"))
        small = make_content(10, 24)
        self.assertEqual(self.ask("GET", self.attach_too(small, person)).body, small)

    def attach_too(self, content, person):
        path = os.path.join(self.server.folder.name, "small.pdf")
        with open(path, "wb") as stream:
            stream.write(content)
        self.ctl("attach", person, path)
        self.ctl("sync")
        return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    driver.BINARY, driver.CLIENT = (os.path.abspath(path) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
