#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Project holders, from the first file to the list that goes out: holders.py LANGUAGE.

A holder is registered with her first project, a call is logged, and her page says which tier she comes to by it, and
why. Then a segment is built in the editor, health professionals in Germany who declare an attachment to Souss-Massa;
it is frozen, and exported; the file is read back."""

import csv
import json
import os
import sys

from conventions import ALT, CONTROL, SYMBOLS, Keyboard, check
from journey import CHOOSER, pick, reference
from kaf_driver import ENTRY, FRAME, ITEM, LABEL, PUSH, SEARCH, Desk, plain_text, wait

SYMBOLS.update({"0": 0x30, "3": 0x33, "l": 0x6c, "n": 0x6e, "e": 0x65, "g": 0x67})
SHIFT = 50  # key code
SUBJECT = "Relance sur le terrain"
OUTCOME = 3  # places from none down to "interested"
FAMILY, GIVEN = "Ouazzani", "Mariam"
FAMILY_AR, GIVEN_AR = "الوزاني", "مريم"
TITLE, TITLE_AR = "Coopérative de safran, Taliouine", "تعاونية الزعفران بتالوين"
SEGMENT, SEGMENT_AR = "Santé, Allemagne, Souss-Massa", "الصحة، ألمانيا، سوس ماسة"
COUNTRY, REGION, PROVINCE, DOMAIN = "DE", "MA-09", "MA-TIZ", "health"
# Who is found, and who is not: each lacks one of the three.
EXPERTS = (("Alami", COUNTRY, REGION, DOMAIN), ("Bennis", COUNTRY, PROVINCE, "cardiology"),
           ("Chraibi", "FR", REGION, DOMAIN), ("Daoudi", COUNTRY, None, DOMAIN), ("Fassi", COUNTRY, REGION, "law"))
FOUND = {"Alami", "Bennis"}


def records(desk, entity):
    return [json.loads(line) for line in desk.ctl("--json", "list", entity).splitlines()]


def add_experts(desk):
    """From another desk, before the window is opened."""
    for name, country, territory, domain in EXPERTS:
        words = [f"family_name={name}", f"country={country}", f"domains={domain}"]
        desk.ctl("new", "expert", *words, *([f"territory={territory}"] if territory else []))


def expected(desk):
    """Who is to be found, by reference; those of the sample data among them."""
    words = [f"--where={field}={code}" for field, code in (("domains", DOMAIN), ("country", COUNTRY), ("territory", REGION))]
    found = [json.loads(line) for line in desk.ctl("--json", "list", "expert", *words).splitlines()]
    names = {one["fields"].get("family_name") for one in found}
    check("who has all three is to be found, and nobody who lacks one",
          names & {name for name, *_ in EXPERTS} == FOUND)
    return {one["ref"] for one in found}


def score(desk):
    """What kafaatctl says of her."""
    person = next(one["id"] for one in records(desk, "project_holder") if one["fields"].get("family_name") == FAMILY)
    return json.loads(desk.ctl("--json", "score", person))


def register(desk, keys):
    """The person, the holder, the project and its stage, by one form."""
    keys.press("3", ALT)
    desk.find(LABEL, desk.word("Project holders"))
    keys.press("n", CONTROL)
    desk.find(LABEL, desk.word("New project holder"))
    for label, text in (("Family name", FAMILY), ("Given name", GIVEN), ("Family name in Arabic", FAMILY_AR),
                        ("Given name in Arabic", GIVEN_AR), ("Title", TITLE), ("Title in Arabic", TITLE_AR),
                        ("Amount", "4200000"), ("Funding secured", "3000000"), ("Jobs planned", "60")):
        desk.fill(desk.word(label), text)
    desk.find(ITEM, desk.word("Country of residence")).act("reference.choose")
    pick(desk, reference("countries", COUNTRY, desk.environment["LANGUAGE"]))
    keys.press("s", CONTROL)
    desk.find(LABEL, desk.word("%s saved", "record") % desk.word("Project holder"))
    desk.find(LABEL, desk.word("Segmentation"))
    print("ok a holder is registered with a first project", flush=True)


def await_tier(desk, letter):
    desk.find(LABEL, part=desk.word("tier %s") % desk.word(letter))


def complete(desk, keys):
    """Her file came by post: her project is opened from her page."""
    await_tier(desk, "B")
    before = score(desk)
    check("with a good project and no exchange she is in tier B", before["tier"] == "b")
    desk.do("holder.edit-project")
    desk.fill(desk.word("File complete on"), before["as_of"])
    keys.press("s", CONTROL)
    desk.find(LABEL, desk.word("%s saved", "record") % desk.word("Project"))
    wait("the points of the file", lambda: score(desk)["engagement"]["expected"] > before["engagement"]["expected"])
    check("a complete file alone does not move her", score(desk)["tier"] == "b")


def log_call(desk, keys):
    """Ctrl+L; the subject has the focus, and the outcome is chosen in the list above it."""
    title = desk.word("Note a Contact")
    desk.find(LABEL, desk.word("Segmentation"))
    keys.press("l", CONTROL)
    desk.find(FRAME, title)
    desk.fill(desk.word("About") + " *", SUBJECT)
    desk.fill(desk.word("Next action"), "Rappeler")
    keys.tab_to(desk.word("Outcome"))
    keys.press("Return")
    for _ in range(OUTCOME):
        keys.press("Down")
    keys.press("Return")
    keys.press("s", CONTROL)
    desk.wait_gone(FRAME, title)
    desk.find(ITEM, part=SUBJECT)
    print("ok a call is logged with Ctrl+L", flush=True)


def see_why(desk):
    await_tier(desk, "A")
    after = score(desk)
    check("the call brings her to tier A", after["tier"] == "a")
    for one in after["criteria"]:
        if one["axis"] == "engagement" and one["known"] and one["points"] > 0:
            line = desk.find(LABEL, part=plain_text(one["sentence"]))
            check(f"her page says why: {line.name}", str(one["points"]) in line.name)
    said = {one["fact"] for one in after["criteria"] if one["known"] and one["points"] > 0}
    check("the call, what came of it and the file are among the reasons",
          {"contacts", "last_outcome", "file_completed"} <= said)


def add_condition(desk, keys, field, value):
    """The field is sought by its name, then the value is ticked; all by keys."""
    desk.press(desk.word("Condition", "conditions"))
    desk.find(PUSH, desk.word("Choose a field…"))
    keys.press("space")
    desk.find(SEARCH).fill(field)
    desk.find(ITEM, field)
    keys.press("Return")
    desk.find(PUSH, desk.word("Value of %s") % field)
    keys.press("space")
    desk.find(SEARCH).fill(value)
    desk.find(ITEM, value)
    keys.press("Return")
    keys.press("Escape")
    keys.press("Escape")
    desk.wait_gone(SEARCH)


def build_segment(desk, keys, language, members):
    keys.press("0", ALT)
    desk.find(LABEL, desk.word("Segments"))
    desk.do("segments.new")
    desk.find(LABEL, desk.word("New Segment"))
    desk.fill(desk.word("Title"), SEGMENT)
    desk.fill(desk.word("Title in Arabic"), SEGMENT_AR)
    keys.tab_to(desk.word("Of"))
    for key in ("Return", "Down", "Return"):
        keys.press(key)
    desk.find(LABEL, desk.word("Found: %s") % str(len(records(desk, "expert"))))
    for field, listing, code in (("Domains", "domains", DOMAIN), ("Country of residence", "countries", COUNTRY),
                                 ("Attachment in Morocco", "territories", REGION)):
        add_condition(desk, keys, desk.word(field), reference(listing, code, language))
    desk.find(LABEL, desk.word("Found: %s") % str(len(members)))
    print("ok while one edits, the editor says how many are found", flush=True)
    keys.press("s", CONTROL)
    desk.find(LABEL, desk.word("Segment saved"))
    for name in FOUND:
        desk.find(ITEM, part=name.upper())
    print("ok the segment is built in the editor, and shows who is in it", flush=True)


def segments(desk):
    return [json.loads(line) for line in desk.ctl("--json", "segment", "list").splitlines()]


def freeze(desk, keys, members):
    keys.press("g", CONTROL)
    desk.fill(desk.word("Note"), "Campagne de l’hiver")
    keys.press("Return")
    desk.find(LABEL, desk.word("List frozen"))
    desk.find(LABEL, "Campagne de l’hiver")
    kept = next(one for one in segments(desk) if one["title"] == SEGMENT)
    check("the segment has one list, and as many members", kept["lists"] == 1 and kept["count"] == len(members))
    print("ok the list is frozen", flush=True)


def export(desk, keys, members):
    path = os.path.join(desk.folder.name, "segment.csv")
    keys.press("e", CONTROL, SHIFT)
    chooser = desk.find("filler", CHOOSER)
    wait("an entry for the name", lambda: next(desk.look(ENTRY, within=chooser), None)).fill(path)
    desk.press(desk.word("Export", "button"))
    wait("the file", lambda: os.path.exists(path) and os.path.getsize(path) > 0)
    desk.find(LABEL, part=os.path.basename(path))
    with open(path, encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    check("the file holds who is in the segment, each once", sorted(row["ref"] for row in rows) == sorted(members))
    check("all of them in that country", {row["country"] for row in rows} == {COUNTRY})


def main():
    language = sys.argv[1]
    with Desk(language) as desk:
        os.makedirs(os.path.dirname(desk.store), exist_ok=True)
        keys = Keyboard(desk)
        desk.ctl("sample")
        add_experts(desk)
        desk.start("--section", "home")
        register(desk, keys)
        complete(desk, keys)
        log_call(desk, keys)
        see_why(desk)
        members = expected(desk)
        build_segment(desk, keys, language, members)
        freeze(desk, keys, members)
        export(desk, keys, members)
        desk.quit()
        check("kafaatctl check finds nothing", desk.ctl("--json", "check") == "")


if __name__ == "__main__":
    main()
