/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Export of sessions, due dates and ends of conventions as an iCalendar file (RFC 5545).
 *
 * All are events of whole days: Outlook and the calendars of telephones leave tasks (VTODO) out of what they import,
 * and a day needs no time zone to be the same day in Rabat and in Montréal. An entry keeps its UID, so that a later
 * file replaces what an earlier one brought. */
#pragma once

#include <gio/gio.h>

#include "store/kaf-agenda.h"

G_BEGIN_DECLS

typedef struct
{
  KafDay from, until;
  KafLang lang;
  gboolean no_names;     /* leave trainers and persons responsible out */
  const char *reason;    /* nullable: why, for the register of disclosures */
  const char *recipient; /* nullable: for whom */
} KafCalendarOptions;

/* How many different persons it names. @items: element-type KafAgendaItem. */
guint kaf_calendar_count_persons (const GPtrArray *items);

/* The text of the file. @stamp: µs since 1970 UTC, when it is made. (transfer full) */
char *kaf_calendar_write (const GPtrArray *items, const KafCalendarOptions *options, gint64 stamp);

/* Writes the file, readable by its owner only, whole or not at all. With persons named in it, a reason is logged as
 * a disclosure first, and above kaf_disclosure_limit() there has to be one. @n_items, @n_persons (out, nullable):
 * what it holds. Errors: KAF_STORE_ERROR_REFUSED (a reason is needed), those of kaf_agenda_read() and
 * kaf_export_target_find(), G_IO_ERROR. */
gboolean kaf_calendar_export (KafDatabase *db,
                              GFile *file,
                              const KafCalendarOptions *options,
                              GCancellable *cancellable,
                              guint *n_items,
                              guint *n_persons,
                              GError **error);

G_END_DECLS
