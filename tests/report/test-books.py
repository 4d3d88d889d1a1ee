#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The workbooks, read back by an independent reader: test-books.py PATH_OF_KAFAATCTL [TEST…]."""

import csv
import datetime
import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ET
import zipfile

import openpyxl


BINARY = None
FOLDER = None
STORE = None

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"

# The headings of each workbook's sheets, by the name of its table, in English.
HEADINGS = {
    "target-2030": {
        "target": ["Stage", "Persons", "Change over 90 days", "Goal", "Reached"],
        "target_months": ["At the end of", "Mobilised", "Engaged", "Identified", "Path", "Ahead of the path",
                          "Closed month"],
        "target_by_sector": ["By domain", "Mobilised", "Engaged", "Identified"],
        "target_by_country": ["By country of residence", "Mobilised", "Engaged", "Identified"],
        "target_by_network": ["By network, on that day", "Mobilised", "Engaged", "Identified"],
        "target_by_region": ["By region of attachment", "Mobilised", "Engaged", "Identified"],
        "target_definitions": ["Term defined", "What is counted"],
    },
    "experts": {
        "experts": ["Family and given name", "Arabic name", "What she or he does", "Domains", "City",
                    "Country of residence", "Network", "Employer", "Highest degree", "Years of experience",
                    "Languages", "Contribution", "Availability", "E-mail", "Phone", "Status", "Confirmed on",
                    "Attachment in Morocco", "Reference"],
        "experts_by_country": ["Country of residence", "Number", "Share of all"],
        "experts_by_domain": ["Domains", "Number", "Share of all"],
        "experts_by_network": ["Network", "Number", "Share of all"],
    },
    "conventions": {
        "conventions": ["Convention", "Kind", "Parties", "State", "Signed on", "In force from", "Until", "Term",
                        "Days left", "Signed copies", "Reference"],
        "validity": ["Convention", "In force from", "Days of validity", "Term"],
        "commitments": ["Convention", "Party", "Commitment", "Due on", "State", "Done", "Promised", "Followed by",
                        "Reference"],
        "networks": ["Name", "Arabic name", "Acronym", "Basis", "Countries covered", "Domains", "Founded",
                     "Number of members", "Counted on", "E-mail", "Label", "Reference"],
    },
    "missions": {
        "missions": ["Reference", "Title", "Title in Arabic", "Step", "State", "Since", "Due on", "Region or province",
                     "First day", "Last day", "Mode", "Participants planned", "Who of us"],
        "steps": ["No.", "Step", "Came to it", "Stand there", "Late", "Ended there"],
        "delays": ["Mission", "Kind", "What is so", "Due on", "What to do", "Followed by"],
    },
    "budget": {
        "budgets": ["Mission", "Title", "Cost", "Ceiling", "Left of the ceiling", "Committed", "Spent",
                    "Lines without price", "Lines without payer"],
        "lines": ["Mission", "Title", "Line", "Category", "Payer", "Quantity", "Unit price", "Adjustments", "Cost",
                  "Committed", "Spent", "Settled on"],
        "payers": ["Payer", "Lodging", "Travel", "Equipment", "Expenses of the stay", "Meals", "Other", "Total"],
        "payers_by_mission": ["Mission", "M&D", "Conseil provincial de Tiznit", "Without payer",
                              "Centre de santé d’exemple de Tiznit", "Total"],
    },
    "project-holders": {
        "holders": ["Family and given name", "Arabic name", "Tier", "Potential", "Engagement", "Relay", "Stage",
                    "Sector", "Territory", "Country of residence", "Counsellor", "Last exchange", "Next action",
                    "Reference"],
        "projects": ["Title", "Project holder", "Stage", "Since", "Sector", "Region or province", "Amount",
                     "Amount in dirhams", "Jobs planned", "Next action", "By", "Reference"],
        "stages": ["Stage", "Projects", "Share of all"],
        "regions": ["Region", "Projects", "Holders", "Jobs", "Amount", "Without known amount"],
    },
    "evaluation": {
        "evaluation_by_mission": ["Mission", "Title", "Role", "Answers", "Content", "Relevance to practice",
                                  "Trainers", "Organisation of the mission", "Would do it again"],
        "results": ["Mission", "Title", "Expected result", "Expected", "Reached", "Per cent"],
        "evaluation": ["Role", "Answers", "Content", "Relevance to practice", "Trainers",
                       "Organisation of the mission", "Would do it again"],
    },
    "data-quality": {
        "freshness": ["Last confirmation", "Experts", "Share of all"],
        "completeness": ["Field", "Known", "Unknown", "Share known"],
        "quality_by_network": ["Network", "Experts", "Not verified", "Not confirmed for 12 months",
                               "Never confirmed", "Neither phone nor e-mail", "Without Arabic name"],
        "quality_by_source": ["Source", "Experts", "Not verified", "Not confirmed for 12 months", "Never confirmed",
                              "Neither phone nor e-mail", "Without Arabic name"],
    },
    "committee": {
        "decisions": ["Reference", "Decision", "Meeting", "Person responsible", "Organisation responsible",
                      "Due on", "State", "Done on", "Result"],
        "meetings": None,
    },
    "cndp-register": {
        "personal_data": ["Records", "Field", "Class", "Asked for", "Records here"],
        "roles": ["Role", "Public: office, domain", "Contact: e-mail, phone, city",
                  "Identity: names, birth year, photo", "Identifier: numbers of papers",
                  "Private: notes, evaluations of a person", "Totals alone", "Orders erasures",
                  "Decides on changes kept aside"],
        "consents": ["Purpose", "In force", "Withdrawn"],
        "disclosures": ["On", "By", "Act", "What", "Number of persons", "Reason", "Recipient", "Country of the recipient",
                        "Reference"],
        "retention": ["Records", "Kept for", "Records here", "Beyond that"],
    },
}


def call(*words, status=0, spoken=None):
    """Runs kafaatctl; @spoken: the language of its messages, where that is not English."""
    environment = dict(os.environ, LANGUAGE=spoken) if spoken else None
    done = subprocess.run([BINARY, "--store", STORE, *words], capture_output=True, check=False, timeout=120,
                          env=environment)
    if done.returncode != status:
        raise AssertionError(f"{words}\n{done.stdout.decode()}\n{done.stderr.decode()}")
    return done.stdout.decode() + done.stderr.decode()


def new(entity, **fields):
    made = call("--json", "new", entity, *(f"{name}={value}" for name, value in fields.items()))
    return json.loads(made)["id"]


def fill():
    call("sample")
    network = new("organisation", name_fr="=1+1 Réseau", kind="association")
    new("expert", family_name="Ouafi", given_name="=cmd|' /C calc'!A0", family_name_ar="الوافي", given_name_ar="نزهة",
        country="FR", city="Lyon", emails="nezha@example.org", confirmed_on="2020-03-01")
    meeting = new("meeting", title_fr="Comité de pilotage", title_ar="لجنة القيادة", kind="steering",
                  held_on="2026-03-02")
    new("decision", meeting=meeting, text_fr="Relancer l’OFPPT", text_ar="تذكير المكتب", owner="S. Alami",
        organisation=network, due_on="2026-04-01")
    new("decision", meeting=meeting, text_fr="Publier l’appel", due_on="2026-05-01", state="done",
        done_on="2026-04-20")
    # Two answers, where the other mission of the sample has seven: a sum of both would tell them.
    for score in ("1", "2"):
        new("evaluation", mission="MIS-2026-0002", role="trainee", content_score=score, relevance_score=score,
            trainer_score=score, organisation_score=score, again_score=score)


def split_name(workbook, name):
    """The sheet and the range of a defined name."""
    title, cells = workbook.defined_names[name].attr_text.rsplit("!", 1)
    return workbook[title.strip("'").replace("''", "'")], cells.replace("$", "")


class Books(unittest.TestCase):
    def path(self, name):
        return os.path.join(FOLDER, name)

    def report(self, name, *options, language="en", status=0):
        file = self.path(f"{name}-{language}.xlsx")
        call("--lang", language, "report", name, file, "--reason", "Essai des classeurs", *options, status=status)
        return openpyxl.load_workbook(file) if status == 0 else None

    def table(self, workbook, name):
        """The headings and the rows of a table, by its defined name."""
        sheet, cells = split_name(workbook, name)
        rows = [[cell.value for cell in row] for row in sheet[cells]]
        return rows[0], rows[1:]

    def sql(self, text, *values):
        connection = sqlite3.connect(f"file:{STORE}?mode=ro", uri=True)
        try:
            return connection.execute(text, values).fetchall()
        finally:
            connection.close()

    def test_headings(self):
        for name, tables in HEADINGS.items():
            with self.subTest(name):
                workbook = self.report(name)
                for table, headings in tables.items():
                    if table not in workbook.defined_names:
                        # An empty table has no range.
                        self.assertNotIn(table, ("experts", "missions", "lines", "decisions", "personal_data"))
                        continue
                    found, _rows = self.table(workbook, table)
                    if headings is not None:
                        self.assertEqual(found, headings, table)

    def test_catalogue(self):
        lines = [json.loads(line) for line in call("--json", "report", "--list").splitlines()]
        # The dossier of a mission is no workbook: test-dossier.py takes it apart.
        self.assertEqual({line["name"] for line in lines}, set(HEADINGS) | {"mission-dossier"})

    def test_every_sheet(self):
        for language in ("fr", "ar"):
            for name in HEADINGS:
                workbook = self.report(name, language=language)
                self.assertTrue(workbook.properties.title)
                self.assertTrue(workbook.properties.creator)
                for sheet in workbook.worksheets:
                    with self.subTest(f"{name} {language} {sheet.title}"):
                        self.assertEqual(bool(sheet.sheet_view.rightToLeft), language == "ar")
                        self.assertEqual(sheet.page_setup.orientation, "landscape")
                        self.assertEqual(str(sheet.page_setup.paperSize), "9")
                        self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)
                        self.assertEqual(int(sheet.page_setup.fitToHeight), 0)
                        self.assertEqual(sheet["A1"].value, {"fr": "Royaume du Maroc", "ar": "المملكة المغربية"}[language])
                        if sheet.auto_filter.ref is None:
                            self.assertTrue(sheet._charts)
                            continue
                        heading = int(re.match(r"[A-Z]+(\d+)", sheet.auto_filter.ref).group(1))
                        self.assertEqual(sheet.freeze_panes, f"B{heading + 1}")
                        self.assertEqual(sheet.print_title_rows.replace("$", ""), f"{heading}:{heading}")
                        footer = sheet.oddFooter
                        page = footer.right.text if language == "fr" else footer.left.text
                        self.assertIn("&[Page]", page.replace("&P", "&[Page]"))

    def test_one_language(self):
        """A workbook speaks the language that it was asked for in, whatever the user's is."""
        arabic = re.compile("[\u0620-\u064a]")
        for language, spoken in (("ar", "fr"), ("fr", "ar")):
            for name in HEADINGS:
                file = self.path(f"{name}-{language}-{spoken}.xlsx")
                call("--lang", language, "report", name, file, "--reason", "Essai des classeurs", spoken=spoken)
                workbook = openpyxl.load_workbook(file)
                words = [sheet.title for sheet in workbook.worksheets] + [workbook.properties.title]
                for table in HEADINGS[name]:
                    # Payers are named as they are called.
                    if table in workbook.defined_names and table != "payers_by_mission":
                        words += self.table(workbook, table)[0]
                for word in words:
                    with self.subTest(f"{name} {language}: {word}"):
                        self.assertEqual(bool(arabic.search(word)), language == "ar")

    def test_charts(self):
        def count(name):
            return sum(len(sheet._charts) for sheet in self.report(name).worksheets)

        self.assertGreaterEqual(count("target-2030"), 4)
        for name, least in (("experts", 3), ("conventions", 1), ("missions", 1), ("budget", 2), ("project-holders", 2),
                            ("evaluation", 1), ("data-quality", 3), ("committee", 1), ("cndp-register", 1)):
            self.assertGreaterEqual(count(name), least, name)

    def test_rows_are_the_screens(self):
        workbook = self.report("experts")
        _headings, rows = self.table(workbook, "experts")
        listed = [json.loads(line) for line in call("--json", "list", "expert").splitlines()]
        self.assertEqual([row[0] or row[1] for row in rows], [line["title"] for line in listed])
        self.assertEqual([row[-1] for row in rows], [line["ref"] for line in listed])

        narrowed = self.report("experts", "--where", "country=FR")
        _headings, rows = self.table(narrowed, "experts")
        listed = call("--json", "list", "expert", "--where", "country=FR").splitlines()
        self.assertEqual(len(rows), len(listed))
        self.assertLess(len(rows), self.sql("SELECT count(*) FROM expert WHERE deleted_at IS NULL")[0][0])

    def test_cells(self):
        workbook = self.report("experts", "--where", "family_name=Ouafi")
        sheet, cells = split_name(workbook, "experts")
        headings, row = list(sheet[cells])
        row = {heading.value: cell for heading, cell in zip(headings, row)}
        self.assertEqual(row["Family and given name"].data_type, "s")
        self.assertIn("=cmd|' /C calc'!A0", row["Family and given name"].value)
        self.assertEqual(row["Confirmed on"].value, datetime.datetime(2020, 3, 1))
        self.assertEqual(row["Confirmed on"].number_format, "dd/mm/yyyy")
        self.assertEqual(row["E-mail"].value, "nezha@example.org")
        self.assertEqual(row["Arabic name"].alignment.readingOrder, 2)

    def test_reading_order(self):
        """In a sheet from right to left a text is read by its own letters, whatever program shows it."""
        sheet, cells = split_name(self.report("conventions", language="ar"), "conventions")
        headings, *rows = sheet[cells]
        self.assertEqual({heading.alignment.readingOrder for heading in headings}, {2})
        texts = [cell for row in rows for cell in row if isinstance(cell.value, str)]
        arabic = [cell for cell in texts if re.match("[^A-Za-z]*[\u0620-\u064a]", cell.value)]
        self.assertTrue(arabic)
        self.assertEqual({cell.alignment.readingOrder for cell in arabic}, {2})
        self.assertEqual({cell.alignment.readingOrder for cell in texts if cell not in arabic} - {0}, set())

    def test_formula_like_text(self):
        workbook = self.report("committee")
        sheet, cells = split_name(workbook, "decisions.organisation")
        values = {cell[0].value: cell[0].data_type for cell in sheet[cells]}
        self.assertEqual(values["=1+1 Réseau"], "s")

    def test_budget(self):
        workbook = self.report("budget")
        sheet, cells = split_name(workbook, "lines.cost")
        cost = sum(cell[0].value for cell in sheet[cells] if cell[0].value is not None)
        expected = self.sql("SELECT sum (unit_price * quantity) FROM budget_line WHERE deleted_at IS NULL")[0][0]
        adjusted = self.sql("SELECT coalesce (sum (amount), 0) FROM budget_adjustment WHERE deleted_at IS NULL")[0][0]
        self.assertEqual(round(cost * 100), expected + adjusted)

        # The sums below follow the filter, and come with the number that they are.
        last = cells.split(":")[1]
        column, row = re.match(r"([A-Z]+)(\d+)", last).groups()
        total = sheet[f"{column}{int(row) + 1}"]
        self.assertTrue(total.value.startswith("=SUBTOTAL(109,"), total.value)
        shown = openpyxl.load_workbook(self.path("budget-en.xlsx"), data_only=True)[sheet.title]
        self.assertAlmostEqual(shown[total.coordinate].value, cost, places=2)
        self.assertIn("MAD", total.number_format)

        # What payers pay is what lines cost.
        by_payer, rows = self.table(workbook, "payers")
        self.assertEqual(by_payer[-1], "Total")
        self.assertAlmostEqual(sum(row[-1] for row in rows), cost, places=2)

    def test_missions(self):
        workbook = self.report("missions")
        _headings, rows = self.table(workbook, "missions")
        self.assertEqual(len(rows), self.sql("SELECT count(*) FROM mission WHERE deleted_at IS NULL")[0][0])
        _headings, steps = self.table(workbook, "steps")
        self.assertEqual(len(steps), 10)
        self.assertEqual(steps[0][2], len(rows))
        self.assertEqual(sum(row[3] + row[5] for row in steps), len(rows))

    def test_evaluation_hides_few(self):
        workbook = self.report("evaluation")
        headings, rows = self.table(workbook, "evaluation_by_mission")
        few = [row for row in rows if row[2] != "All together" and row[headings.index("Answers")] < 5]
        self.assertTrue(few)
        for row in few:
            self.assertTrue(all(value in ("–", None) for value in row[4:]), row)
        enough = [row for row in rows if row[headings.index("Answers")] >= 5]
        self.assertTrue(any(isinstance(value, (int, float)) for row in enough for value in row[4:]))
        headings, together = self.table(workbook, "evaluation")
        trainees = max(together, key=lambda row: row[headings.index("Answers")])
        self.assertEqual(trainees[1], 9)
        self.assertEqual(trainees[2:], ["–"] * 5)

    def test_marks(self):
        workbook = self.report("committee")
        sheet, cells = split_name(workbook, "decisions.due_on")
        ranges = {str(ranges.sqref): rules for ranges, rules in sheet.conditional_formatting._cf_rules.items()}
        formulas = [rule.formula[0] for rule in ranges[cells]]
        done = split_name(workbook, "decisions.done_on")[1].split(":")[0]
        column, row = re.match(r"([A-Z]+)(\d+)", done).groups()
        self.assertTrue(any("<" in formula and f'${column}{row}=""' in formula for formula in formulas), formulas)

        state = split_name(workbook, "decisions.state")[1]
        asked = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
        self.assertEqual(asked[state].formula1, '"To do,Done,Given up"')

    def test_target(self):
        workbook = self.report("target-2030")
        counted = json.loads(call("--json", "count-2030").splitlines()[0])
        _headings, rows = self.table(workbook, "target")
        self.assertEqual([row[1] for row in rows],
                         [counted["identified"], counted["engaged"], counted["mobilised"], counted["path"]])
        headings, months = self.table(workbook, "target_months")
        self.assertEqual(headings[1:5], ["Mobilised", "Engaged", "Identified", "Path"])
        self.assertEqual(months[-1][1:5],
                         [counted["mobilised"], counted["engaged"], counted["identified"], counted["path"]])

    def test_files(self):
        file = self.path("kept.xlsx")
        with open(file, "w", encoding="utf-8") as stream:
            stream.write("kept")
        call("report", "nothing", file, status=2)
        call("report", "missions", os.path.join(FOLDER, "nowhere", "x.xlsx"), status=2)
        call("report", "missions", STORE, status=2)
        call("report", "target-2030", file, "--where", "country=FR", status=2)
        with open(file, encoding="utf-8") as stream:
            self.assertEqual(stream.read(), "kept")
        call("report", "missions", file)
        self.assertEqual(stat.S_IMODE(os.stat(file).st_mode), 0o600)
        self.assertEqual([name for name in os.listdir(FOLDER) if name.startswith(".export")], [])

    def test_disclosure(self):
        before = self.sql("SELECT count(*) FROM disclosure")[0][0]
        self.report("experts")
        self.report("missions")
        rows = self.sql("SELECT act, entity, reason FROM disclosure ORDER BY rid")
        self.assertEqual(len(rows), before + 1)
        self.assertEqual(rows[-1], ("export", "expert", "Essai des classeurs"))
        author = self.sql("SELECT created_by FROM disclosure ORDER BY rid DESC LIMIT 1")[0][0]
        listed = [json.loads(line) for line in call("--json", "list", "disclosure", "--columns", "reason,created_by").splitlines()]
        self.assertEqual({one["fields"]["created_by"] for one in listed}, {author})
        self.assertIn(author, call("list", "disclosure").splitlines()[-1])
        self.assertTrue(all(one["fields"]["created_by"] == author for one in map(json.loads, call("--json", "list", "disclosure").splitlines())))
        for lang, shown in (("en", "Experts"), ("ar", "الخبراء")):
            _headings, rows = self.table(self.report("cndp-register", language=lang), "disclosures")
            self.assertIn(shown, [row[3] for row in rows])
            self.assertNotIn("expert", [row[3] for row in rows])
            self.assertEqual({row[1] for row in rows[:-1]}, {author})

        new("setting", key="export.persons-without-reason", valid_from="2020-01-01", value="3")
        try:
            told = call("report", "experts", self.path("refused.xlsx"), status=2)
            self.assertIn("--reason", told)
            call("export", "expert", self.path("refused.ods"), status=2)
            self.assertFalse(os.path.exists(self.path("refused.xlsx")))
            self.assertFalse(os.path.exists(self.path("refused.ods")))
        finally:
            new("setting", key="export.persons-without-reason", valid_from="2020-01-02", value="100")


class Lists(unittest.TestCase):
    WHERE = ("--where", "country=FR|DE", "--sort", "-confirmed_on")
    COLUMNS = "title,country,confirmed_on,years,updated_at"

    def export(self, ending):
        file = os.path.join(FOLDER, "list" + ending)
        call("export", "expert", file, *self.WHERE, "--columns", self.COLUMNS, "--reason", "Essai des classeurs")
        self.assertEqual(stat.S_IMODE(os.stat(file).st_mode), 0o600)
        return file

    def listed(self):
        """What the list shows, in its order."""
        lines = call("--json", "list", "expert", *self.WHERE, "--columns", self.COLUMNS).splitlines()
        return [json.loads(line) for line in lines]

    def test_xlsx(self):
        sheet = openpyxl.load_workbook(self.export(".xlsx")).worksheets[0]
        first = int(re.match(r"[A-Z]+(\d+)", sheet.auto_filter.ref).group(1))
        rows = list(sheet.iter_rows(min_row=first, values_only=True))
        self.assertEqual(rows[0][:3], ("Family and given name", "Country of residence", "Confirmed on"))
        listed = self.listed()
        self.assertEqual([row[0] for row in rows[1:]], [line["title"] for line in listed])
        self.assertEqual([row[2] and row[2].date().isoformat() for row in rows[1:]],
                         [line["fields"].get("confirmed_on") for line in listed])
        self.assertTrue(all(isinstance(row[4], datetime.datetime) for row in rows[1:]))

    def test_ods(self):
        with zipfile.ZipFile(self.export(".ods")) as archive:
            self.assertIsNone(archive.testzip())
            first = archive.infolist()[0]
            self.assertEqual(first.filename, "mimetype")
            self.assertEqual(first.compress_type, zipfile.ZIP_STORED)
            self.assertEqual(first.extra, b"")
            self.assertEqual(archive.read(first), b"application/vnd.oasis.opendocument.spreadsheet")
            parts = {name: archive.read(name) for name in archive.namelist()}
        for name, content in parts.items():
            if name.endswith(".xml"):
                ET.fromstring(content)
        table = ET.fromstring(parts["content.xml"]).find(f".//{TABLE}table")
        head = table.find(f"{TABLE}table-header-rows/{TABLE}table-row")
        self.assertEqual(["".join(cell.itertext()) for cell in head][:3],
                         ["Family and given name", "Country of residence", "Confirmed on"])
        rows = table.findall(f"{TABLE}table-row")[-len(self.listed()):]
        cells = [row.findall(f"{TABLE}table-cell") for row in rows]
        listed = self.listed()
        self.assertEqual(["".join(row[0].itertext()) for row in cells], [line["title"] for line in listed])
        self.assertEqual([row[2].get(f"{OFFICE}date-value") for row in cells],
                         [line["fields"].get("confirmed_on") for line in listed])
        self.assertEqual([row[3].get(f"{OFFICE}value") for row in cells],
                         [str(line["fields"]["years"]) if "years" in line["fields"] else None for line in listed])

    def test_ods_arabic(self):
        file = os.path.join(FOLDER, "list-ar.ods")
        call("--lang", "ar", "export", "mission", file)
        with zipfile.ZipFile(file) as archive:
            content = ET.fromstring(archive.read("content.xml"))
        table = content.find(f".//{STYLE}table-properties")
        self.assertEqual(table.get(f"{STYLE}writing-mode"), "rl-tb")

    def test_letterhead(self):
        """What is set for printed papers stands at the head of a spreadsheet too, in its language."""
        new("setting", key="document.state-fr", valid_from="2020-01-01", value="Royaume d’essai | Ministère")
        new("setting", key="document.state-ar", valid_from="2020-01-01", value="مملكة الاختبار")
        try:
            for language, state in (("fr", "Royaume d’essai – Ministère"), ("ar", "مملكة الاختبار")):
                file = os.path.join(FOLDER, f"head-{language}")
                call("--lang", language, "export", "mission", file + ".ods")
                with zipfile.ZipFile(file + ".ods") as archive:
                    content = ET.fromstring(archive.read("content.xml"))
                row = content.find(f".//{TABLE}table-row")
                self.assertEqual("".join(row.itertext()), state)
                call("--lang", language, "export", "mission", file + ".xlsx")
                self.assertEqual(openpyxl.load_workbook(file + ".xlsx").worksheets[0]["A1"].value, state)
        finally:
            for language in ("fr", "ar"):
                new("setting", key=f"document.state-{language}", valid_from="2020-01-02", value="")

    def test_csv_is_as_ever(self):
        with open(self.export(".csv"), encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        self.assertEqual(rows[0], self.COLUMNS.split(","))
        self.assertEqual(len(rows) - 1, len(self.listed()))


def main():
    global BINARY, FOLDER, STORE
    BINARY = os.path.abspath(sys.argv.pop(1))
    with tempfile.TemporaryDirectory(prefix="kafaat-books-") as folder:
        FOLDER, STORE = folder, os.path.join(folder, "office.db")
        fill()
        unittest.main(warnings="ignore")


if __name__ == "__main__":
    main()
