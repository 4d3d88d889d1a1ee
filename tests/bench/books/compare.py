#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kafaat beside exceljs, which npm installs, and openpyxl:

    compare.py KAFAATCTL STORE [--rounds N] [--folder DIR]

All experts of the store in 20 columns as a workbook, in turns. Kafaat reads them from its store; the others read the same cells
from a file of lines parted by tabs, and write them as text, each by its streaming writer. Tells the seconds, those of the
processor and the highest memory of the process, and how many rows an independent reader finds in each file."""

import argparse
import csv
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile

HERE = os.path.dirname(os.path.realpath(__file__))
COLUMNS = ("title,title_ar,headline_fr,domains,city,country,employer,degree,years,languages,mode,emails,phones,status,"
           "confirmed_on,territory,birth_year,preferred_language,ref,created_at")
OPENPYXL = """
import sys
import openpyxl
book = openpyxl.Workbook (write_only=True)
sheet = book.create_sheet ('Experts')
with open (sys.argv[1], encoding='utf-8') as lines:
    for line in lines:
        sheet.append (line.rstrip ('\\n').split ('\\t'))
book.save (sys.argv[2])
"""


def measure(*words):
    """Seconds by the clock and of the processor, and MiB at most."""
    start = time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, cwd=HERE)
    _pid, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{words}: {status}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def count_rows(path):
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
        return archive.read(name).count(b"<row ")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kafaatctl")
    parser.add_argument("store")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder")
    options = parser.parse_args()
    if not os.path.isdir(os.path.join(HERE, "node_modules")):
        subprocess.run(["npm", "install", "--no-audit", "--no-fund"], cwd=HERE, check=True)

    with tempfile.TemporaryDirectory(prefix="kafaat-books-", dir=options.folder) as folder:
        store = os.path.join(folder, "store.db")
        shutil.copy(options.store, store)
        ours = [os.path.abspath(options.kafaatctl), "--store", store, "--lang", "fr", "export", "expert"]
        asked = ["--columns", COLUMNS, "--reason", "Comparaison"]
        subprocess.run([*ours, os.path.join(folder, "rows.csv"), *asked], check=True, stdout=subprocess.DEVNULL)
        lines = os.path.join(folder, "rows.tsv")
        with open(os.path.join(folder, "rows.csv"), encoding="utf-8", newline="") as rows, \
                open(lines, "w", encoding="utf-8") as out:
            for row in csv.reader(rows):
                out.write("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in row) + "\n")

        found = {}
        for _round in range(options.rounds):
            for name, words in (("Kafaat", [*ours, os.path.join(folder, "Kafaat.xlsx"), *asked]),
                                ("exceljs", ["node", "peer.js", lines, os.path.join(folder, "exceljs.xlsx")]),
                                ("openpyxl", ["/usr/bin/python3", "-c", OPENPYXL, lines,
                                              os.path.join(folder, "openpyxl.xlsx")])):
                found.setdefault(name, []).append(measure(*words))
        for name, figures in found.items():
            seconds = statistics.median(figure[0] for figure in figures)
            used = statistics.median(figure[1] for figure in figures)
            memory = max(figure[2] for figure in figures)
            rows = count_rows(os.path.join(folder, name + ".xlsx"))
            print(f"{name:10} {seconds:7.1f} s {used:7.1f} s of the processor {memory:7.0f} MiB {rows:8} rows")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
