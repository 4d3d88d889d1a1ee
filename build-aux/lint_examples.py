# SPDX-License-Identifier: GPL-3.0-or-later
"""For each rule of build-aux/lint one example that it has to find and one that it has to let pass."""

import os
import shutil
import tempfile

HEAD = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
C = HEAD + '#include "config.h"\n\n'
PO = ('msgid ""\nmsgstr ""\n"Project-Id-Version: kafaat\\n"\n"PO-Revision-Date: 2026-01-01 00:00+0000\\n"\n'
      '"Last-Translator: Kafaat\\n"\n"Language-Team: Kafaat\\n"\n"Language: fr\\n"\n"MIME-Version: 1.0\\n"\n'
      '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n')


def body(lines):
    return C + "static void\nkaf_long (void)\n{\n" + "  kaf_one ();\n" * lines + "}\n"


def call(text):
    return C + "static void\nkaf_show (void)\n{\n  " + text + "\n}\n"


def catalogue(source, entries):
    """A tree with one translated string in the source and these entries in both catalogues."""
    po = PO + entries
    return {"src/ui/a.c": C + f'const char *kaf_text = N_("{source}");\n', "po/POTFILES.in": "src/ui/a.c\n",
            "po/fr.po": po, "po/ar.po": po.replace("Language: fr", "Language: ar")}


def entry(text, translation):
    return f'msgid "{text}"\nmsgstr "{translation}"\n'


EXAMPLES = {
    "format": ({"src/base/a.c": C + "int kaf_a(void){return 1;}\n"},
               {"src/base/a.c": C + "int\nkaf_a (void)\n{\n  return 1;\n}\n"}),
    "function-length": ({"src/base/a.c": body(101)}, {"src/base/a.c": body(100)}),
    "file-length": ({"src/base/a.c": C + "int kaf_a;\n" * 1000}, {"src/base/a.c": C + "int kaf_a;\n" * 900}),
    "preamble": ({"src/base/a.c": HEAD + '#include "base/a.h"\n', "src/base/a.h": HEAD},
                 {"src/base/a.c": C + '#include "base/a.h"\n', "src/base/a.h": HEAD + "#pragma once\n"}),
    "sql": ({"src/ui/a.c": C + 'const char *q = "SELECT id FROM person";\n'},
            {"src/store/a.c": C + 'const char *q = "SELECT id FROM person";\n',
             "src/ui/a.c": C + '/* "SELECT id FROM person" */\nconst char *q = "Select from the list";\n'}),
    "include": ({"src/base/a.c": C + '#include "store/kaf-store.h"\n', "src/store/a.c": C + "#include <gtk/gtk.h>\n"},
                {"src/store/a.c": C + '#include "base/kaf-id.h"\n\n#include <sqlite3.h>\n',
                 "src/ui/a.c": C + '#include "store/kaf-store.h"\n\n#include <gtk/gtk.h>\n'}),
    "ui-text": ({"src/ui/a.ui": '<property name="label">Phone</property>\n'},
                {"src/ui/a.ui": '<property name="label" translatable="yes">Phone</property>\n'
                                '<property name="label">…</property>\n'
                                '<property name="label">Kafaat</property> <!-- lint: allow ui-text (a name) -->\n',
                 "po/POTFILES.in": "src/ui/a.ui\n"}),
    "c-text": ({"src/ui/a.c": call('gtk_label_set_label (label, empty ? "Nobody yet" : name);')},
               {"src/ui/a.c": call('gtk_label_set_label (label, empty ? _("Nobody yet") : kaf_get (r, "phone"));\n'
                                   '  gtk_label_set_label (label, "%s · %d");\n'
                                   '  adw_message_dialog_add_response (dialog, "cancel", _("_Cancel"));'),
                "po/POTFILES.in": "src/ui/a.c\n"}),
    "split-text": ({"src/base/a.c": call('kaf_say (_("%" G_GINT64_FORMAT " of them"));')},
                   {"src/base/a.c": call('kaf_say (_("one "\n                "of %s"), KAF_NAME);')}),
    "potfiles": ({"src/ui/a.c": C + 'const char *a = N_("Phone");\n', "po/POTFILES.in": "src/ui/gone.c\n"},
                 {"src/ui/a.c": C + 'const char *a = N_("Phone");\n', "po/POTFILES.in": "# files\nsrc/ui/a.c\n"}),
    "po-complete": (catalogue("Phone", entry("Phone", "")), catalogue("Phone", entry("Phone", "Téléphone"))),
    "po-strings": (catalogue("Phone", entry("Telephone", "Téléphone")), catalogue("Phone", entry("Phone", "Téléphone"))),
    "po-guillemets": (catalogue("Phone", entry("Phone", "\u00ab Téléphone \u00bb")),
                      catalogue("Phone", entry("Phone", "\u00ab\u00a0Téléphone\u00a0\u00bb"))),
    "mark": ({"src/base/a.c": C + "/* FIX" + "ME: later */\n"}, {"src/base/a.c": C + 'const char *t = "XXXXXX";\n'}),
    "merge-mark": ({"README.md": "Here\n<<<<<<< main\nor there\n"}, {"README.md": "Here\n=======\n<<< there\n"}),
    "banned": ({"src/base/a.c": C + "void\nkaf_a (void)\n{\n  go" + "to out;\n}\n"},
               {"src/base/a.c": C + "/* go" + "to */\n"}),
    "direction": ({"src/ui/a.ui": '<property name="margin-left">6</property>\n', "src/ui/a.css": "row { padding-left: 6px; }\n"},
                  {"src/ui/a.ui": '<property name="margin-start">6</property>\n',
                   "src/ui/a.css": "row:dir(ltr) { padding-left: 6px; }\n"}),
    "machine-path": ({"README.md": "See /ho" + "me/amal/kafaat.\n"}, {"README.md": "See /usr/share/kafaat.\n"}),
}


def lint(files, look):
    """What `look` finds in a tree made of these files, as a set of (rule, path)."""
    with tempfile.TemporaryDirectory(prefix="kafaat-lint-") as root:
        shutil.copy(os.path.join(os.path.dirname(__file__), "..", ".clang-format"), root)
        for path, text in files.items():
            os.makedirs(os.path.dirname(os.path.join(root, path)) or root, exist_ok=True)
            with open(os.path.join(root, path), "w", encoding="utf-8") as stream:
                stream.write(text)
        return {(name, path) for path, _line, name, _message in look(root)}


def prove(rules, look):
    """Prints what each rule did on its examples; returns the exit status."""
    wrong = 0
    for name in rules:
        bad, good = EXAMPLES.get(name, (None, None))
        if bad is None:
            print(f"lint: {name}: no example")
            wrong += 1
            continue
        missed = {path for path in bad if path.startswith(("src/", "README")) and name not in ("potfiles", "po-complete", "po-guillemets")}
        found = {path for found, path in lint(bad, look) if found == name}
        if not found or (missed - found):
            print(f"lint: {name}: does not find its bad example ({', '.join(sorted(missed - found)) or 'nothing found'})")
            wrong += 1
        for path in sorted(path for found, path in lint(good, look) if found == name):
            print(f"lint: {name}: finds fault with its good example ({path})")
            wrong += 1
    print(f"lint: {len(rules)} rules tried on their examples, {wrong or 'none'} wrong")
    return 1 if wrong else 0
