/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/calendar/kaf-calendar-export.h"

#include <glib/gi18n-lib.h>

#include "exchange/kaf-calendar.h"
#include "ui/app/kaf-outgoing.h"

/* One on its way. */
typedef struct
{
  KafDay from, until;
} Export;

static gboolean
write_calendar (KafDatabase *db,
                GFile *file,
                KafOutgoingRun *run,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  const Export *self = data;
  const KafCalendarOptions options = {
    .from = self->from,
    .until = self->until,
    .lang = run->lang,
    .no_names = run->no_names,
    .reason = run->reason,
  };
  guint n_items = 0, n_persons = 0;
  gboolean done =
      kaf_calendar_export (db, file, &options, cancellable, &n_items, &n_persons, error);

  run->n = n_items;
  run->n_persons = n_persons;
  return done;
}

static char *
tell (const KafOutgoingRun *run, const char *number, const char *name)
{
  /* Translators: a number of entries of the calendar and the name of a file */
  return g_strdup_printf (ngettext ("%s entry written to %s", "%s entries written to %s", run->n),
                          number, name);
}

static void
give_out (KafWindow *window, const char *name, GFile *file, KafDay from, KafDay until)
{
  const KafOutgoingKind kind = {
    .why = _ ("Why Is This Calendar Given Out?"),
    .names =
        _ ("The calendar names %s persons. Above %d, the law asks for a reason: it is kept with "
           "your name in the register of disclosures. You can also leave the names out."),
    .go = _ ("Export…"),
    .without_names = TRUE,
    .where = _ ("Export the Calendar"),
    .accept = C_ ("button", "Export"),
    .doing = _ ("Exporting the calendar"),
    .failed = _ ("The calendar was not exported"),
    .write = write_calendar,
    .tell = tell,
  };
  const Export out = { from, until };

  kaf_outgoing_start (window, &kind, name, file, g_memdup2 (&out, sizeof out), g_free);
}

void
kaf_calendar_export_file (KafWindow *window, KafDay from, KafDay until)
{
  g_autofree char *iso = kaf_day_to_iso (from);
  g_autofree char *name = g_strdup_printf ("%s-%.7s.ics", _ ("Calendar"), iso);

  g_return_if_fail (KAF_IS_WINDOW (window));

  give_out (window, name, NULL, from, until);
}

void
kaf_calendar_export_to (KafWindow *window, GFile *file, KafDay from, KafDay until)
{
  g_return_if_fail (KAF_IS_WINDOW (window));
  g_return_if_fail (G_IS_FILE (file));

  give_out (window, NULL, file, from, until);
}
