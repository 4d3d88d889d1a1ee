/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON that is written by hand, where a tree of nodes would cost more than the text. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends @text (UTF-8) as a JSON string, or null. */
void kaf_json_append_string (GString *json, const char *text);

/* Appends "NAME": before a member's value, after a comma unless it is the @first. @name needs no escape. */
void kaf_json_append_name (GString *json, gboolean first, const char *name);

void kaf_json_append_integer (GString *json, gint64 number);

G_END_DECLS
