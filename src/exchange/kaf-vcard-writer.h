/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text of vCards, line by line: escaped, folded at 75 octets between characters, ended by CRLF. Source: RFC 6350, 3.2
 * to 3.4; RFC 2426 for version 3.0.
 *
 * The libraries that Debian 12 has write versions 2.1 and 3.0 alone (libvformat, libvc), or bring a whole address book
 * (Evolution Data Server), or C++ (belcard). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A line: "NAME;PARAM=…:VALUE". @head: name and parameters as they stand. @value: text, escaped here; NULL and the empty
 * text write nothing. */
void kaf_vcard_add_text (GString *to, const char *head, const char *value);

/* The same of a value that is no text: a URI, a day, a language. Control characters are left out. */
void kaf_vcard_add_plain (GString *to, const char *head, const char *value);

/* The same of a value of @n_parts texts, parted by semicolons: a name, an address. Of none but empty parts, nothing. */
void kaf_vcard_add_parts (GString *to, const char *head, const char *const *parts, guint n_parts);

G_END_DECLS
