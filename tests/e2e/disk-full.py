#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk is full at the server, then at a laptop, by the real programs over HTTPS: disk-full.py KAFAATCTL KAFAAT_SERVER.

The disks are small ones in memory, which only root may lay; nobody else runs this. While one is full nothing that was
acknowledged is lost, whoever asks is told so, and once there is room the next sync does its work."""

import os
import shutil
import subprocess
import sys
import tempfile
import time

from kill import Broken, Trial

SIZE = "10m"
ROUNDS = 3


class Disk:
    def __init__(self, path):
        self.path, self.ballast = path, os.path.join(path, "ballast")
        os.mkdir(path)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", path], check=True, stderr=subprocess.DEVNULL)

    def fill(self):
        with open(self.ballast, "wb", buffering=0) as stream:
            try:
                while True:
                    stream.write(bytes(4096))
            except OSError:
                pass

    def clear(self):
        os.unlink(self.ballast)

    def close(self):
        subprocess.run(["umount", self.path], check=False)


def read_log(trial, start):
    with open(trial.hub.log.name, encoding="utf-8") as stream:
        stream.seek(start)
        return stream.read()


def fill_server(trial, disk):
    laptop = trial.laptops[1]
    disk.fill()
    start = os.path.getsize(trial.hub.log.name)
    for _ in range(2):
        laptop.write(trial.draw, trial.shared)
    said = subprocess.run([laptop.program, "--store", laptop.path, "sync"], capture_output=True, text=True, check=False)
    log = read_log(trial, start)
    if said.returncode != 2 or "kept here and sent later" not in said.stderr:
        raise Broken(f"with the server's disk full the client says {said.returncode}: {said.stdout}{said.stderr}")
    if "status=507" not in log:
        raise Broken(f"the server did not answer 507: {log}")
    if laptop.waits() == 0:
        raise Broken("what the server could not take counts as taken")
    disk.clear()


def fill_laptop(trial, disk):
    """It has to take more than there is room for."""
    writer, laptop = trial.laptops[1], trial.laptops[0]
    for _ in range(3):
        writer.write(trial.draw, trial.shared)
    writer.sync()
    disk.fill()
    said = subprocess.run([laptop.program, "--store", laptop.path, "sync"], capture_output=True, text=True, check=False)
    if said.returncode != 2 or "disk is full" not in said.stderr:
        raise Broken(f"with its own disk full the client says {said.returncode}: {said.stdout}{said.stderr}")
    disk.clear()
    laptop.sync()


def main():
    client, server = (os.path.realpath(program) for program in sys.argv[1:3])
    print("1..1")
    folder = tempfile.mkdtemp(prefix="kafaat-full-")
    disks, trial = [], None
    try:
        disks = [Disk(os.path.join(folder, name)) for name in ("server", "laptop")]
    except (subprocess.CalledProcessError, OSError):
        shutil.rmtree(folder)
        print("ok 1 - a disk is full # SKIP only root lays a small disk")
        return 0
    try:
        trial = Trial([client, server, ""], folder, int(time.time()))
        trial.hub.dir = os.path.join(disks[0].path, "srv")
        trial.laptops[0].path = os.path.join(disks[1].path, "amina.db")
        trial.prepare()
        for _ in range(ROUNDS):
            fill_server(trial, disks[0])
            trial.look()
            fill_laptop(trial, disks[1])
            trial.look()
        trial.hub.stop()
        print("ok 1 - a disk is full")
        return 0
    except (Broken, subprocess.SubprocessError) as error:
        print(f"not ok 1 - a disk is full\n# {error}")
        return 1
    finally:
        if trial is not None and trial.hub.process is not None and trial.hub.process.poll() is None:
            trial.hub.kill()
        for disk in disks:
            disk.close()
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
