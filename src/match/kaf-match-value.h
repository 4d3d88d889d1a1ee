/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One form for each value that two records of a person are compared by. Each function returns NULL for what says
 * nothing: empty, unreadable, or a filler. All is (transfer full) (nullable), all input nullable. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Small letters; what follows a + in the local part is dropped, as mail servers deliver it. Dots stay, but for
 * gmail.com (and googlemail.com, which is the same): there alone the provider says that they do not count. */
char *kaf_match_email (const char *text);

/* Whether the address names a post or an office and not a person: info, contact, secretariat… */
gboolean kaf_match_email_is_shared (const char *email);

/* The local part of an address that kaf_match_email() made, without what parts its words; NULL when it is shared, or
 * has fewer than four letters. */
char *kaf_match_email_local (const char *email);

/* The last nine digits, whatever the prefix: +212 6…, 00212 6… and 06… are one. Arabic digits are read. Fewer than
 * seven digits, or one digit repeated, say nothing. */
char *kaf_match_phone (const char *text);

/* "orcid:0000-0002-1825-0097" from the number or its URL, "linkedin:slug", "scholar:…", "researchgate:…", "idhal:…",
 * or "id:AB123456" from a number with at least four characters of which one is a digit. Any other web page: NULL. */
char *kaf_match_identifier (const char *text);

/* "1975-04-12", "1975-04" or "1975", of a date in any order that kaf_date_normalise() reads, or of eight digits. The
 * first of January is how offices write a birthday that is not known: it gives the year alone. */
char *kaf_match_birth (const char *text);

/* What a city is called, by ear: one form for both scripts. */
char *kaf_match_city (const char *text);

/* Small letters and no accents: codes and words of lists. */
char *kaf_match_word (const char *text);

/* A given name with what is written short written out: "Med Amine" is Mohamed Amine. NULL: nothing is. (transfer full) */
char *kaf_match_given (const char *text);

/* "f" or "m", however it is said; NULL: neither. (transfer full) */
char *kaf_match_gender (const char *text);

G_END_DECLS
