#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a laptop brings of months goes in several requests, the next made ready while the server takes one:
upload.py KAFAATCTL KAFAAT_SERVER.

Meanwhile somebody writes into the same store, and a person whose edits wait in the last of them was erased: all else arrives
once, as it was written, and of her no byte stays."""

import os
import shutil
import subprocess
import sys
import tempfile

from kill import Broken, Trial

PERSONS = 4000
NOTE = 3000
EDITS = 6
REQUESTS = 4  # three that bring something, and one that finds nothing more
CANARY = "Zzcanarywaits"


def bring(laptop):
    """Some 12 MB: three requests."""
    path = laptop.path + ".csv"
    names = [laptop.name() for _ in range(PERSONS)]
    with open(path, "w", encoding="utf-8") as table:
        table.write("family_name,given_name,notes\n" + "".join(f"{name},Essai,{(name + ' ') * (NOTE // len(name))}\n" for name in names))
    laptop.call("import", "person", path)
    os.unlink(path)
    laptop.names += names


def write_beside(laptop, sync):
    """As a window does that is open beside it."""
    n = 0
    while sync.poll() is None and n < EDITS:
        laptop.own_city = laptop.name()
        laptop.call("set", laptop.own, "city=" + laptop.own_city)
        n += 1
    if laptop.end(sync):
        raise Broken("the sync was killed")
    return n


def count_requests(trial, start):
    with open(trial.hub.log.name, encoding="utf-8") as stream:
        stream.seek(start)
        return stream.read().count("endpoint=/v1/sync status=200")


def upload(trial, laptop, beside):
    """A few words on how it went."""
    start = os.path.getsize(trial.hub.log.name)
    sync = laptop.spawn_sync()
    n_edits = write_beside(laptop, sync) if beside else laptop.end(sync)
    n_requests = count_requests(trial, start)
    if n_requests < REQUESTS:
        raise Broken(f"it went in {n_requests} requests")
    return f"{n_requests} requests, {int(n_edits)} edits beside them"


def find_bytes(folder, needle):
    found = []
    for root, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(root, name), "rb") as stream:
                if needle.encode() in stream.read():
                    found.append(name)
    return found


def run(trial, folder):
    laptop = trial.laptops[0]
    trial.prepare()
    bring(laptop)
    said = upload(trial, laptop, beside=True)
    trial.look()
    print(f"ok 1 - all arrives once, as it was written: {said}")

    bring(laptop)
    laptop.call("set", trial.shared, "city=" + CANARY)
    erased = laptop.query("SELECT family_name FROM person JOIN head h USING (rid) WHERE h.id = ?", trial.shared)[0][0]
    trial.hub.call("erase", trial.shared)
    said = upload(trial, laptop, beside=False)
    laptop.names.remove(erased)
    for one in trial.laptops * 2:
        one.sync()
        one.call("check")
    trial.compare_stores()
    trial.look_for_what_was_written()
    left = find_bytes(folder, CANARY)
    if left or laptop.waits():
        raise Broken(f"of who was erased something is left in {left}, {laptop.waits()} groups wait")
    print(f"ok 2 - nothing is left of who was erased while her edits waited: {said}")


def main():
    client, server = (os.path.realpath(program) for program in sys.argv[1:3])
    print("1..2")
    folder = tempfile.mkdtemp(prefix="kafaat-upload-")
    trial = Trial([client, server, ""], folder, 1)
    try:
        run(trial, folder)
        trial.hub.stop()
        return 0
    except (Broken, subprocess.SubprocessError) as error:
        print(f"not ok - an upload in several requests\n# {error}")
        return 1
    finally:
        if trial.hub.process is not None and trial.hub.process.poll() is None:
            trial.hub.kill()
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
