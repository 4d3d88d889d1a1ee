#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the start of a process to its first full frame, and the private memory at rest: the home page and the
list of experts against a bare AdwApplicationWindow, in turns.

    build-aux/x-session bench-window.py BARE KAFAAT BENCH-DATA

Both again with the fonts of a desktop: GNOME on Debian, on X11 as on Wayland, has every program hint letters slightly
and draw them in greys (org.gnome.desktop.interface, font-hinting and font-antialiasing). On a screen that a test brings
along nobody says so, and GTK hints fully: it runs the program that a font has for each letter at each size, which a
person's start does not, and which a window without text is spared. The ratio without those settings is told first.

BENCH-DATA makes the store and prints its path. Figures go to standard output and, as JSON, one object a line, to
window.jsonl in the folder KAF_BENCH_DIR. Targets that are missed are told, and fail nothing: machines differ."""

import json
import os
import re
import select
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = int(os.environ.get("KAF_BENCH_ROUNDS", "9"))
DEADLINE = 30  # s, to the mark waited for
REST = 1.5     # s, from that mark until memory is read: caches are filled and what was read meanwhile is let go
DESKTOP = """[Settings]
gtk-xft-antialias=1
gtk-xft-hinting=1
gtk-xft-hintstyle=hintslight
gtk-xft-rgba=none
"""


def private_mib(pid):
    """What only this process has in memory, in MiB."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as lines:
        return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def run(command, mark, config):
    """Starts the program; returns ms from then to the mark that it prints, and MiB at rest.
    config: the folder of the desktop's settings, or None."""
    started = time.monotonic_ns()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          env={**os.environ, "KAF_TRACE": "1",
                               **({"XDG_CONFIG_HOME": config} if config else {})}) as process:
        seen, text, painted = started / 1e9, b"", None
        try:
            while painted is None:
                if time.monotonic() - seen > DEADLINE or process.poll() is not None:
                    raise SystemExit(f"{command[0]}: no {mark}\n{text.decode(errors='replace')}")
                if select.select([process.stderr], [], [], 0.5)[0]:
                    text += os.read(process.stderr.fileno(), 65536)
                found = re.search(rb"kaf-trace: " + mark.encode() + rb" (\d+)", text)
                painted = int(found.group(1)) if found else None
            time.sleep(REST)
            return painted / 1e3 - started / 1e6, private_mib(process.pid)
        finally:
            process.terminate()


class Report:
    def __init__(self, path):
        self.out = open(path, "w", encoding="utf-8")
        self.missed = self.figures = 0

    def tell(self, name, value, unit, floor=None, ratio=None, at_most=None):
        """A figure with its floor and, as its target, the largest ratio to that floor or the largest value."""
        figure = {"name": name, "unit": unit, "value": round(value, 3)}
        line = f"{name:52} {value:10.3f} {unit:6}"
        met, target = True, ""
        if floor is not None:
            figure.update(floor=round(floor, 3), ratio=round(value / floor, 4))
            line += f" floor {floor:10.3f}  ratio {value / floor:7.2f}"
        else:
            line += " " * 34
        if ratio is not None:
            met, target = value / floor <= ratio, f"target ratio <= {ratio:g}"
            figure.update(kind="ratio-at-most", target=ratio, met=met)
        elif at_most is not None:
            met, target = value <= at_most, f"target <= {at_most:.4g} {unit}"
            figure.update(kind="at-most", target=round(at_most, 3), met=met)
        else:
            figure.update(kind="told")
        print(line + (f"  {target}  {'pass' if met else 'MISS'}" if target else ""), flush=True)
        self.out.write(json.dumps(figure) + "\n")
        self.figures += 1
        self.missed += not met

    def close(self):
        self.out.close()
        print(f"# {self.figures} figures, {self.missed} missed")


def store(program, number):
    return subprocess.run([program, str(number)], stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()[-1]


def measure(runs):
    """Medians by run, in turns: ms and MiB as it is, ms with the settings of a desktop."""
    times, memory, desktop = ({name: [] for name in runs} for _ in range(3))
    with tempfile.TemporaryDirectory(prefix="kafaat-config-") as config:
        os.mkdir(os.path.join(config, "gtk-4.0"))
        with open(os.path.join(config, "gtk-4.0", "settings.ini"), "w", encoding="ascii") as settings:
            settings.write(DESKTOP)
        for turn in range(ROUNDS + 1):
            for name, (command, mark) in runs.items():
                ms, mib = run(command, mark, None)
                with_fonts, _ = run(command, mark, config)
                if turn > 0:  # the first round reads programs and fonts from the disk
                    times[name].append(ms)
                    memory[name].append(mib)
                    desktop[name].append(with_fonts)
    return [{name: statistics.median(values) for name, values in found.items()} for found in (times, memory, desktop)]


def main():
    bare, kafaat, data = sys.argv[1:4]
    sizes = [100000] + ([1000000] if os.environ.get("KAF_BENCH_LARGE") == "1" else [])
    runs = {"bare": ([bare], "first-frame")}
    for size in sizes:
        path = store(data, size)
        runs["home", size] = ([kafaat, "--store", path], "home-ready")
        runs["list", size] = ([kafaat, "--store", path, "--section", "expert"], "rows-painted")

    times, memory, desktop = measure(runs)

    os.makedirs(os.environ.get("KAF_BENCH_DIR", "bench-data"), exist_ok=True)
    report = Report(os.path.join(os.environ.get("KAF_BENCH_DIR", "bench-data"), "window.jsonl"))
    for size in sizes:
        number = f"{size:,}".replace(",", " ")
        for page, what, ratio in (("home", "home page", 1.5), ("list", "list", 2.5)):
            report.tell(f"{what} painted {number}", times[page, size], "ms", times["bare"], ratio=ratio)
            report.tell(f"{what} painted {number}, a desktop's fonts", desktop[page, size], "ms", desktop["bare"],
                        ratio=ratio)
        for page in ("home", "list"):
            report.tell(f"private memory at rest, {page} {number}", memory[page, size], "MiB", memory["bare"],
                        at_most=memory["bare"] + 24)
    if len(sizes) == 2:
        for page in ("home", "list"):
            for what, values, unit in (("start", times, "ms"), ("memory", memory, "MiB")):
                report.tell(f"{what}, {page}: 1 000 000 against 100 000", values[page, sizes[1]], unit,
                            values[page, sizes[0]], ratio=1.2)
    report.close()


if __name__ == "__main__":
    main()
