#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of client and server at random points of many syncs, by their real programs over HTTPS:

    kill.py KAFAATCTL KAFAAT_SERVER KILL_AT [--kills N] [--seed S]

Three laptops write and sync. A client or the server ends at a moment drawn from the length of a sync, or (KILL_AT, kill-at.c) at
one of its own calls that write. Now and then, and at the end, the faults stop: then every outbox is empty within three syncs,
all stores are equal and whole, and the hub has each group of each device once, as it was written. The seed tells what was drawn;
what the machine made of it differs from run to run."""

import argparse
import math
import os
import random
import select
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

USERS = ("amina", "brahim", "chafik")
KILLS_BETWEEN_LOOKS = 50
SYNCS_MOST = 3
IMPORT_ROWS = 60

# Of a record's row, what each store has of its own: the device that wrote it knows its author by the name that he gave himself
# there, all others by that of his account.
LOCAL = ("rid", "clock", "created_at", "created_by", "updated_at", "updated_by")

# Calls that write, in the life of a server and of a client that syncs: drawn so that each power of two is as likely.
SERVER_CALLS = 400
CLIENT_CALLS = 120


class Broken(Exception):
    pass


def draw_call(draw, most):
    return int(2 ** draw.uniform(0, math.log2(most)))


def arm(shim, call):
    """The environment of a process that ends at that call."""
    sanitizer = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
    return {**os.environ, "LD_PRELOAD": shim, "KAF_KILL_AT": str(call), "ASAN_OPTIONS": sanitizer} if call else None


class Hub:
    def __init__(self, program, shim, draw, folder):
        self.program, self.shim, self.draw, self.dir = program, shim, draw, os.path.join(folder, "srv")
        self.log = open(os.path.join(folder, "log"), "ab")
        self.process, self.port, self.n_starts = None, 0, 0

    def call(self, *words, given=""):
        subprocess.run([self.program, "--dir", self.dir, *words], input=given.encode(), stdout=subprocess.DEVNULL, check=True)

    def start(self, armed=False):
        """An armed one may end before it listens: then the next is tried."""
        line = ""
        while "listening" not in line:
            call = draw_call(self.draw, SERVER_CALLS) if armed else 0
            self.process = subprocess.Popen([self.program, "--dir", self.dir, "serve", "--listen", f"127.0.0.1:{self.port}", "--dev-tls"],
                                            stdout=subprocess.PIPE, stderr=self.log, env=arm(self.shim, call))
            self.n_starts += 1
            line = self.process.stdout.readline().decode()
            if "listening" not in line and not self.is_dead():
                raise Broken(f"the server does not start again: {line}")
        self.port = int(line.rsplit(":", 1)[1])

    def is_dead(self):
        """Whether it was killed; it ends in no other way."""
        if not select.select([self.process.stdout], [], [], 0)[0]:
            return False
        status = self.process.wait(30)
        self.process.stdout.close()
        if status != -signal.SIGKILL:
            raise Broken(f"the server ended with {status}")
        return True

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(30)
        self.process.stdout.close()
        if status != 0:
            raise Broken(f"the server ends with {status}")


class Laptop:
    def __init__(self, program, shim, folder, user):
        self.program, self.shim, self.user = program, shim, user
        self.path = os.path.join(folder, user + ".db")
        self.errors = os.path.join(folder, user + ".errors")
        self.names, self.n = [], 0
        self.own, self.own_city = None, None

    def spawn_sync(self, call=0):
        with open(self.errors, "wb") as errors:
            return subprocess.Popen([self.program, "--store", self.path, "sync"], stdout=subprocess.DEVNULL, stderr=errors,
                                    env=arm(self.shim, call))

    def end(self, process):
        """Whether it was killed. 2 tells that the hub was not to be reached."""
        status = process.wait(60)
        if status not in (0, 1, 2, -signal.SIGKILL):
            raise Broken(f"{self.user}: sync ended with {status}: {open(self.errors, encoding='utf-8').read()}")
        return status == -signal.SIGKILL

    def call(self, *words, given="", good=(0,)):
        done = subprocess.run([self.program, "--store", self.path, *words], input=given.encode(), capture_output=True, check=False, timeout=60)
        if done.returncode not in good:
            raise Broken(f"{self.user}: {' '.join(words)}: {done.returncode} {done.stderr.decode()}")
        return done.stdout.decode()

    def sync(self):
        """1 tells of conflicts."""
        self.call("sync", good=(0, 1))

    def name(self):
        self.n += 1
        return f"{self.user}-{self.n}"

    def write(self, draw, shared):
        """What exit status 0 acknowledges; none of it may be lost, or come twice."""
        kind = draw.random()
        if kind < 0.45:
            name = self.name()
            self.call("new", "person", "family_name=" + name, "given_name=Essai", "languages=fr:C1")
            self.names.append(name)
        elif kind < 0.75:
            self.own_city = self.name()
            self.call("set", self.own, "city=" + self.own_city)
        elif kind < 0.92:
            self.call("set", shared, "city=" + self.name())
        else:
            names = [self.name() for _ in range(IMPORT_ROWS)]
            path = self.path + ".csv"
            with open(path, "w", encoding="utf-8") as table:
                table.write("family_name,given_name\n" + "".join(f"{name},Essai\n" for name in names))
            self.call("import", "person", path)
            self.names += names

    def query(self, sql, *values):
        base = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
        try:
            return base.execute(sql, values).fetchall()
        finally:
            base.close()

    def waits(self):
        acked = self.query("SELECT value FROM local WHERE key = 'sync-acked'")
        last = self.query("SELECT coalesce (max (dseq), 0) FROM op_group WHERE device = (SELECT value FROM meta WHERE key = 'device')")
        return last[0][0] - int(acked[0][0] if acked else 0)

    def content(self):
        """All that a person could see, by entity and id."""
        found = {}
        for (table,) in self.query("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%rid INTEGER PRIMARY KEY, ref TEXT%'"):
            columns = [column for (column,) in self.query(f"SELECT name FROM pragma_table_info ('{table}')") if column not in LOCAL]
            listed = ", ".join(f't."{column}"' for column in columns)
            for row in self.query(f'SELECT h.id, {listed} FROM "{table}" t JOIN head h USING (rid)'):
                found[table, row[0]] = row[1:]
        for (table,) in self.query("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%(rid INTEGER NOT NULL, field TEXT%'"):
            for row in self.query(f'SELECT h.id, s.field, s.value, s.detail FROM "{table}" s JOIN head h USING (rid) WHERE removed IS NULL'):
                found[(table, *row[:3])] = row[3:]
        return found

    def groups(self):
        """(dseq, hash of the payload), as this device wrote them."""
        return self.query("SELECT dseq, payload_hash FROM op_group WHERE device = (SELECT value FROM meta WHERE key = 'device')"
                          " ORDER BY dseq")

    def device(self):
        number = int(self.query("SELECT value FROM meta WHERE key = 'device'")[0][0], 16)
        return number - (1 << 64) if number >= 1 << 63 else number


class Trial:
    def __init__(self, programs, folder, seed):
        client, server, shim = programs
        self.draw = random.Random(seed)
        self.hub = Hub(server, shim, self.draw, folder)
        self.laptops = [Laptop(client, shim, folder, user) for user in USERS]
        self.lengths, self.n_syncs, self.n_kills = [], 0, 0

    def prepare(self):
        self.hub.call("init")
        for user in USERS:
            self.hub.call("user", "add", user, "--password-stdin", given=f"mot de passe {user}\n")
            self.hub.call("grant", user, "agent", "national")
        self.hub.start()
        for laptop in self.laptops:
            laptop.call("enroll", f"https://127.0.0.1:{self.hub.port}", "--user", laptop.user, "--ca", os.path.join(self.hub.dir, "dev-ca.pem"),
                        given=f"mot de passe {laptop.user}\n")
            laptop.own = self.make_record(laptop)
        self.shared = self.make_record(self.laptops[0])
        for laptop in self.laptops * 2:
            began = time.monotonic()
            laptop.sync()
            self.lengths.append(time.monotonic() - began)
        self.lengths = self.lengths[-len(USERS):]

    def make_record(self, laptop):
        name = laptop.name()
        laptop.call("new", "person", "family_name=" + name, "given_name=Essai")
        laptop.names.append(name)
        return laptop.query("SELECT h.id FROM person p JOIN head h USING (rid) WHERE family_name = ?", name)[0][0]

    def round(self):
        """One sync, perhaps another beside it, and perhaps what ends one of the three processes."""
        laptop = self.draw.choice(self.laptops)
        beside = self.draw.choice([other for other in self.laptops if other is not laptop]) if self.draw.random() < 0.3 else None
        way = self.draw.random()
        for _ in range(self.draw.randint(1, 2)):
            laptop.write(self.draw, self.shared)
        began = time.monotonic()
        process = laptop.spawn_sync(draw_call(self.draw, CLIENT_CALLS) if way < 0.5 else 0)
        second = beside.spawn_sync() if beside else None
        if way >= 0.7:
            self.kill_in_time(process, way < 0.85)
        self.n_kills += laptop.end(process)
        if process.returncode == 0:
            self.lengths.append(time.monotonic() - began)
        if second:
            beside.end(second)
        self.n_syncs += 1 + (second is not None)
        if self.hub.is_dead():
            self.restart()

    def kill_in_time(self, process, client):
        try:
            process.wait(self.draw.uniform(0, 1.1 * statistics.median(self.lengths[-15:])))
        except subprocess.TimeoutExpired:
            pass
        if client:
            process.kill()
        elif not self.hub.is_dead():
            self.hub.kill()
            self.restart()
        else:
            self.restart()

    def restart(self):
        before = self.hub.n_starts
        self.hub.start(armed=True)
        self.n_kills += self.hub.n_starts - before

    def look(self):
        """The faults have ended."""
        self.hub.kill()
        self.hub.start()
        for _ in range(SYNCS_MOST):
            for laptop in self.laptops:
                laptop.sync()
        for laptop in self.laptops:
            if laptop.waits() != 0:
                raise Broken(f"{laptop.user}: {laptop.waits()} groups still wait after {SYNCS_MOST} syncs")
            laptop.call("check")
        self.compare_stores()
        self.compare_groups()
        self.look_for_what_was_written()

    def compare_stores(self):
        first = self.laptops[0].content()
        for laptop in self.laptops[1:]:
            other = laptop.content()
            apart = [key for key in first.keys() | other.keys() if first.get(key) != other.get(key)]
            if apart:
                key = apart[0]
                raise Broken(f"{len(apart)} places differ: {key}: {first.get(key)} at amina, {other.get(key)} at {laptop.user}")

    def compare_groups(self):
        base = sqlite3.connect(f"file:{os.path.join(self.hub.dir, 'hub.db')}?mode=ro", uri=True)
        try:
            if base.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise Broken("the file of the hub is damaged")
            refused = base.execute("SELECT count(*) FROM op_group WHERE verdict NOT IN ('ok', 'conflict')").fetchone()[0]
            for laptop in self.laptops:
                kept = base.execute("SELECT dseq, header FROM op_group WHERE device = ? ORDER BY dseq", (laptop.device(),)).fetchall()
                if kept != laptop.groups():
                    raise Broken(f"{laptop.user}: the hub has {len(kept)} groups, the laptop {len(laptop.groups())}, or others")
        finally:
            base.close()
        if refused:
            raise Broken(f"{refused} groups were refused")

    def look_for_what_was_written(self):
        for laptop in self.laptops:
            found = {}
            for (name,) in laptop.query("SELECT family_name FROM person WHERE deleted_at IS NULL"):
                found[name] = found.get(name, 0) + 1
            for writer in self.laptops:
                wrong = [name for name in writer.names if found.get(name) != 1]
                if wrong:
                    raise Broken(f"{laptop.user} has {found.get(wrong[0], 0)} of {wrong[0]}, and {len(wrong) - 1} more such")
                city = laptop.query("SELECT city FROM person JOIN head h USING (rid) WHERE h.id = ?", writer.own)[0][0]
                if city != writer.own_city:
                    raise Broken(f"{laptop.user} has {city} where {writer.user} wrote {writer.own_city} last")

    def run(self, n_kills):
        self.prepare()
        at = 0
        while self.n_kills < n_kills:
            self.hub.kill()
            self.hub.start(armed=True)
            at = min(n_kills, at + KILLS_BETWEEN_LOOKS)
            while self.n_kills < at:
                self.round()
            self.look()
            print(f"# {self.n_kills} kills in {self.n_syncs} syncs", flush=True)
        self.hub.stop()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("programs", nargs=3)
    parser.add_argument("--kills", type=int, default=160)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="kafaat-kill-")
    trial = Trial([os.path.realpath(program) for program in options.programs], folder, options.seed)
    what = f"{options.kills} processes killed in the middle of a sync (seed {options.seed})"
    began = time.monotonic()
    print("1..1")
    try:
        trial.run(options.kills)
    except (Broken, subprocess.SubprocessError, sqlite3.Error) as error:
        print(f"not ok 1 - {what}\n# after {trial.n_syncs} syncs: {error}\n# the files are in {folder}")
        return 1
    finally:
        if trial.hub.process is not None and trial.hub.process.poll() is None:
            trial.hub.kill()
        trial.hub.log.close()
    n = sum(len(laptop.names) for laptop in trial.laptops)
    n_groups = sum(len(laptop.groups()) for laptop in trial.laptops)
    print(f"ok 1 - {what}\n# {n} records in {n_groups} groups, {time.monotonic() - began:.0f} s")
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
