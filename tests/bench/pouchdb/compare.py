#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kafaat beside PouchDB 9 with express-pouchdb, which npm installs:

    compare.py KAFAATCTL KAFAAT_SERVER POUCHDB_CLIENT [--experts N] [--rounds N] [--folder DIR]

The same records, from the journal of a store of synthetic experts; the same certificate; both from one process to another over
TLS on this machine, in turns. Kafaat's client comes down twice: by the feed, as one that was here before, and at first, by what
the hub has ready for a new one. What waits for the disk: Kafaat's client and server do, PouchDB on LevelDB does not and has no option
for it. PouchDB at the best of three sizes of a batch. Tells records a second up and down, the client's memory beyond what it
had before (of both, the libraries loaded, the store open, the device known), and what becomes of two edits of one record, of different fields, by two devices that did not see one another's."""

import argparse
import atexit
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
BATCHES = (100, 500, 2000)
PASSWORD = "a long password"

def run(*words, given="", **options):
    done = subprocess.run(words, input=given, capture_output=True, text=True, check=False, **options)
    if done.returncode not in (0, 1):
        sys.exit(f"{words}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


class Kafaat:
    def __init__(self, client, server, measured, folder, n_records):
        self.client, self.server, self.measured, self.folder, self.n_records = client, server, measured, folder, n_records
        self.n = 0

    def start(self):
        """A hub of its own for each round."""
        self.n += 1
        self.dir = os.path.join(self.folder, f"hub{self.n}")
        run(self.server, "--dir", self.dir, "init")
        for user in ("amina", "brahim"):
            run(self.server, "--dir", self.dir, "user", "add", user, "--password-stdin", given=PASSWORD + "\n")
            run(self.server, "--dir", self.dir, "grant", user, "manager", "national")
        self.process = subprocess.Popen([self.server, "--dir", self.dir, "serve", "--dev-tls", "--listen", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                        env={**os.environ, "G_SLICE": "always-malloc"})  # as its unit for systemd has it
        atexit.register(self.process.kill)
        self.url = "https://" + self.process.stdout.readline().split()[-1]
        self.authority = os.path.join(self.dir, "dev-ca.pem")

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()

    def enroll(self, store, user):
        run(self.client, "--store", store, "enroll", self.url, "--user", user, "--ca", self.authority, given=PASSWORD + "\n")

    def sync(self, store):
        run(self.client, "--store", store, "--json", "sync")

    def prepare(self):
        """What a new device is given at first."""
        run(self.server, "--dir", self.dir, "snapshot")

    def measure(self, store, way):
        path = os.path.join(self.folder, f"kafaat-{self.n}-{way}.db")
        if way == "up":
            shutil.copy(store, path)
            os.sync()  # of what is written here, the sync does not wait for
        said = json.loads(run(self.measured, path, self.url, self.authority, "amina" if way == "up" else "brahim"))
        if said["records"] < self.n_records:
            sys.exit(f"kafaat, {way}: {said}")
        return said["seconds"], said["memory"]


class Pouch:
    def __init__(self, folder, docs):
        self.folder, self.docs, self.n = folder, docs, 0
        shutil.copy(os.path.join(HERE, "package.json"), folder)
        print("# npm installs the peer", flush=True)
        run("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", cwd=folder)
        self.env = {**os.environ, "PEER_MODULES": os.path.join(folder, "node_modules")}

    def call(self, *words):
        return json.loads(run("node", os.path.join(HERE, "peer.js"), *words, env=self.env, cwd=self.folder))

    def start(self, hub):
        """The certificate is that of the hub."""
        self.env["NODE_EXTRA_CA_CERTS"] = os.path.join(hub, "dev-ca.pem")
        os.mkdir(os.path.join(self.folder, "srv"))
        self.process = subprocess.Popen(["node", os.path.join(HERE, "peer.js"), "serve", os.path.join(self.folder, "srv"),
                                         os.path.join(hub, "dev-cert.pem"), os.path.join(hub, "dev-key.pem")],
                                        stdout=subprocess.PIPE, text=True, env=self.env, cwd=self.folder)
        atexit.register(self.process.kill)
        self.url = f"https://localhost:{int(self.process.stdout.readline())}"

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()

    def measure(self, batch):
        """Up, then down: (seconds, MiB) each."""
        self.n += 1
        remote = f"{self.url}/db{self.n}"
        found = []
        for verb in ("up", "down"):
            local = os.path.join(self.folder, f"{verb}{self.n}")
            if verb == "up":
                shutil.copytree(os.path.join(self.folder, "loaded"), local)
            said = self.call(verb, local, remote, str(batch))
            if said["records"] != self.docs or said["failed"]:
                sys.exit(f"the peer: {said}")
            found.append((said["seconds"], said["memory"]))
            shutil.rmtree(local)
        return found


def make_records(client, folder, n_experts):
    """A store, and its journal as documents, one a record. Returns their number."""
    store = os.path.join(folder, "source.db")
    run(client, "--store", store, "sample", "--experts", str(n_experts))
    base = sqlite3.connect(store)
    docs = {}
    for (payload,) in base.execute("SELECT payload FROM op_group ORDER BY seq"):
        for op in json.loads(payload):
            if op["o"] == "create":
                docs[op["e"], op["i"]] = {"_id": f"{op['e']}:{op['i']}", "ref": op.get("r"), **op["f"]}
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.close()
    with open(os.path.join(folder, "docs.jsonl"), "w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(doc, ensure_ascii=False) + "\n" for doc in docs.values())
    return store, len(docs)


def keep_both(kafaat):
    """The same two edits as in peer.js, by two stores."""
    stores = [os.path.join(kafaat.folder, name) for name in ("one.db", "other.db")]
    for store, user in zip(stores, ("amina", "brahim")):
        kafaat.enroll(store, user)
    run(kafaat.client, "--store", stores[0], "new", "person", "family_name=Bennis", "given_name=Salma", "city=Genève")
    for store in stores:
        kafaat.sync(store)
    person = json.loads(run(kafaat.client, "--store", stores[1], "--json", "list", "person", "--where", "family_name=Bennis"))["ref"]
    run(kafaat.client, "--store", stores[0], "set", person, "family_name=Bennis-Alaoui")
    run(kafaat.client, "--store", stores[1], "set", person, "city=Berne")
    for store in stores * 2:
        kafaat.sync(store)
    fields = [json.loads(run(kafaat.client, "--store", store, "--json", "show", person))["fields"] for store in stores]
    return [(found["family_name"], found["city"]) for found in fields]


def tell(name, kafaat, pouch, better):
    ratio = kafaat / pouch if better == "more" else pouch / kafaat if kafaat > 0 else float("inf")
    print(f"{name:32} kafaat {kafaat:10.1f}  pouchdb {pouch:10.1f}  {ratio:6.1f} times", flush=True)
    return ratio


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("client")
    parser.add_argument("server")
    parser.add_argument("measured", help="pouchdb-client: one sync, measured from within as the peer's is")
    parser.add_argument("--experts", type=int, default=10000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", help="to work in; kept")
    options = parser.parse_args()
    folder = os.path.abspath(options.folder) if options.folder else tempfile.mkdtemp(prefix="kafaat-compare-")
    os.makedirs(os.path.join(folder, "pouch"), exist_ok=True)
    client, server = os.path.realpath(options.client), os.path.realpath(options.server)
    store, n = make_records(client, folder, options.experts)
    print(f"# {n} records", flush=True)
    kafaat = Kafaat(client, server, os.path.realpath(options.measured), folder, n)
    pouch = Pouch(os.path.join(folder, "pouch"), n)

    kafaat.start()
    pouch.start(kafaat.dir)
    pouch.call("load", os.path.join(pouch.folder, "loaded"), os.path.join(folder, "docs.jsonl"))
    tried = {batch: sum(seconds for seconds, _ in pouch.measure(batch)) for batch in BATCHES}
    best = min(tried, key=tried.get)
    print("# batches: " + ", ".join(f"{batch}: {seconds:.1f} s" for batch, seconds in tried.items()), flush=True)

    figures = {key: [] for key in ("kafaat up", "kafaat down", "kafaat first", "pouch up", "pouch down")}
    for i in range(options.rounds):
        if i > 0:
            kafaat.start()
        figures["kafaat up"].append(kafaat.measure(store, "up"))
        figures["kafaat down"].append(kafaat.measure(store, "down"))
        kafaat.prepare()
        figures["kafaat first"].append(kafaat.measure(store, "first"))
        kafaat.stop()
        up, down = pouch.measure(best)
        figures["pouch up"].append(up)
        figures["pouch down"].append(down)

    rates = {key: n / statistics.median(seconds for seconds, _ in found) for key, found in figures.items()}
    memory = {key: statistics.median(mib for _, mib in found) for key, found in figures.items()}
    good = True
    for way, peer in (("up", "up"), ("down", "down"), ("first", "down")):
        good &= tell(f"records a second, {way}", rates[f"kafaat {way}"], rates[f"pouch {peer}"], "more") >= 10
        good &= tell(f"MiB of the client, {way}", memory[f"kafaat {way}"], memory[f"pouch {peer}"], "less") >= 4

    kafaat.start()
    lost, kept = pouch.call("lose", os.path.join(folder, "pouch"), f"{pouch.url}/lose"), keep_both(kafaat)
    print(f"pouchdb: name {lost['name']}, city {lost['city']}: one of the two edits is in no winner; {lost['conflicts']} revision aside")
    print(f"kafaat: {kept[0][0]}, {kept[0][1]} on one device, {kept[1][0]}, {kept[1][1]} on the other")
    good &= kept == [("Bennis-Alaoui", "Berne")] * 2 and (lost["name"], lost["city"]) != ("Bennis-Alaoui", "Berne")
    kafaat.stop()
    pouch.stop()
    if not options.folder:
        shutil.rmtree(folder)
    print("all of it within its target" if good else "a target is missed: 10 times the records a second, a quarter of the memory, both edits")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
