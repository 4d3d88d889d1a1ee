# SPDX-License-Identifier: GPL-3.0-or-later
"""What build-aux/lint holds the source against."""

import re

# Length of a function that stops, length that --verbose lists, length of a file that stops.
FUNCTION_LINES, FUNCTION_LINES_LISTED, FILE_LINES = 100, 60, 1000

# How many findings of one rule are printed unless all are asked for.
SHOWN_FINDINGS = 20

# The catalogues that are complete at every commit.
LANGUAGES = ("ar", "fr")

# What the files of a folder of src/ may include from the other folders: the direction of dependencies.
HEART = ("base", "schema", "record", "match", "rules", "sync")
SEES = {
    "base": (),
    "schema": ("base",),
    "record": ("base", "schema"),
    "match": ("base", "schema", "record"),
    "rules": ("base", "schema", "record"),
    "sync": ("base", "schema", "record"),
    "store": HEART,
    "net": HEART + ("store",),
    "report": HEART + ("store",),
    "exchange": HEART + ("store",),
    "server": HEART + ("store",),
    "ui": HEART + ("store", "net", "report", "exchange"),
    "cli": HEART + ("store", "net", "report", "exchange"),
}

# Libraries that only some folders may know. A folder of src/ that is not named here may not include the header.
LIBRARIES = (
    (r"gtk/|gdk/|gsk/|graphene|adwaita", ("ui",)),
    (r"gio/", tuple(folder for folder in SEES if folder not in HEART)),
    (r"sqlite3", ("store", "server")),
    (r"json-glib/", ("schema", "record", "rules", "sync", "store", "net", "exchange", "server", "cli")),
    (r"pango/|cairo", ("report", "ui")),
    (r"qpdf/", ("report",)),
    (r"libsoup/", ("net",)),
    (r"xlsxwriter", ("report",)),
    (r"microhttpd|libpq|sodium|gnutls/", ("server",)),
    (r"zstd", ("sync", "store")),
    (r"zlib", ("report",)),
    (r"libical/", ("exchange",)),
    (r"zip\.h|libxml/", ("exchange",)),
)

SQL = re.compile(r"\b(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\b|REPLACE\s+INTO\b|UPDATE\s+\S+\s+SET\b|DELETE\s+FROM\b|PRAGMA\s"
                 r"|(CREATE|DROP|ALTER)\s+(VIRTUAL\s+|TEMP\s+|UNIQUE\s+)?(TABLE|INDEX|TRIGGER|VIEW)\b)")

# Functions whose argument a person reads: name, then the places that hold text ("*" for any place).
SHOWN = tuple((re.compile(name + r"\Z"), places) for name, places in (
    (r"gtk_label_new(_with_mnemonic)?", (0,)),
    (r"gtk_label_set_(label|text|markup|text_with_mnemonic|markup_with_mnemonic)", (1,)),
    (r"gtk_inscription_(new)", (0,)),
    (r"gtk_inscription_set_(text|markup)", (1,)),
    (r"gtk_(button|check_button|toggle_button)_new_with_(label|mnemonic)", (0,)),
    (r"gtk_\w+_set_(label|title|placeholder_text|tooltip_text|tooltip_markup)", (1,)),
    (r"gtk_column_view_column_new", (0,)),
    (r"gtk_file_chooser_native_new", (0, 3, 4)),
    (r"gtk_file_filter_set_name", (1,)),
    (r"gtk_accessible_update_property", "*"),
    (r"adw_toast_(new|new_format)", (0,)),
    (r"adw_window_title_new", (0, 1)),
    (r"adw_message_dialog_new", (1, 2)),
    (r"adw_message_dialog_(add_response|set_response_label)", (2,)),
    (r"adw_\w+_(set|format)_(title|subtitle|description|heading|body|button_label|text)", (1,)),
    (r"g_menu_item_new", (0,)),
    (r"g_menu_item_set_label", (1,)),
    (r"g_menu_(append|append_section|append_submenu)", (1,)),
    (r"g_menu_(prepend|prepend_section|prepend_submenu)", (1,)),
    (r"g_menu_(insert|insert_section|insert_submenu)", (2,)),
))

BANNED = (
    # What, why, and the one file that may.
    (r"\bgoto\b", "leave early with g_autoptr instead", None),
    (r"\bg_error\s*\(", "it ends the program: return a GError", None),
    (r"\b(Gtk|gtk_)(TreeView|tree_view|ComboBox|combo_box|Dialog\b|dialog_|InfoBar|info_bar)",
     "deprecated in later GTK", None),
    (r"\bgtk_widget_set_tooltip_(text|markup)", "asks the display each time: kaf_tooltip_set()", None),
    (r"\b(GtkStyleContext|gtk_style_context_)", "deprecated in later GTK: kaf-style.h",
     "src/ui/compat/kaf-style.c"),
)
