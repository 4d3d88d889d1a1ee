/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/erasure/kaf-erasure-rows.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "net/kaf-erasure-text.h"
#include "store/kaf-settings.h"
#include "ui/app/kaf-application.h"
#include "ui/record/kaf-pill.h"
#include "ui/record/kaf-record-section.h"

guint
kaf_erasure_rows_read_years (KafDatabase *db)
{
  g_autofree char *today = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  g_autofree char *value = kaf_read_setting (db, KAF_SETTING_FILE_YEARS, today);

  return value != NULL ? (guint) g_ascii_strtoull (value, NULL, 10) : 0;
}

static GtkWidget *
row_new (const char *icon, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon));
  return row;
}

static GtkWidget *
kept_row_new (const KafErasureKept *kept, guint years)
{
  KafLang lang = kaf_application_get_lang ();
  g_autofree char *what = kaf_erasure_text_kept (kept, lang);
  g_autofree char *until = kaf_erasure_text_until (kept, years, lang);
  g_autofree char *subtitle = g_strdup_printf (
      "%s\n%s", _ ("Kept by law, with a pseudonym in the place of the person"), until);

  return row_new ("changes-prevent-symbolic", what, subtitle);
}

/* "22/11/2026"; NULL: not known. */
static char *
format_day (gint64 us, KafLang lang)
{
  g_autofree char *day = us > 0 ? kaf_date_from_time (us) : NULL;

  return day != NULL ? kaf_date_format (day, lang, KAF_DATE_SHORT) : NULL;
}

/* What would be erased */

static char *
describe_foreseen (const KafErasure *erasure, KafLang lang)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *made = format_day (erasure->made, lang);
  g_autofree char *changed = format_day (erasure->changed, lang);

  kaf_bidi_append (line, erasure->ref);
  kaf_bidi_append_format (line, _ ("entered on %s"), made);
  kaf_bidi_append_format (line, _ ("last changed on %s"), changed);
  return kaf_bidi_line (line->str);
}

typedef struct
{
  GtkWidget *list; /* owned */
  GPtrArray *kept; /* owned */
} Foreseen;

static gpointer
years_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return GUINT_TO_POINTER (kaf_erasure_rows_read_years (db));
}

static void
on_years (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Foreseen *self = user_data;
  g_autoptr (GtkWidget) list = self->list;
  g_autoptr (GPtrArray) kept = self->kept;
  guint years = GPOINTER_TO_UINT (kaf_store_run_finish (KAF_STORE (source), result, NULL));

  for (guint i = 0; gtk_widget_get_root (list) != NULL && i < kept->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), kept_row_new (g_ptr_array_index (kept, i), years));
}

void
kaf_erasure_rows_show_foreseen (GtkWidget *list, KafStore *store, const KafErasure *erasure)
{
  KafLang lang = kaf_application_get_lang ();
  g_autofree char *subject = kaf_erasure_text_subject (erasure);
  g_autofree char *line = describe_foreseen (erasure, lang);
  g_autofree char *records = kaf_erasure_text_records (erasure->n, lang);
  Foreseen *foreseen = g_new0 (Foreseen, 1);

  kaf_record_section_clear (list);
  gtk_list_box_append (GTK_LIST_BOX (list), row_new ("avatar-default-symbolic", subject, line));
  gtk_list_box_append (
      GTK_LIST_BOX (list),
      row_new ("user-trash-symbolic", records,
               _ ("Erased at the server at once, and on each device at its next exchange; exports "
                  "and printed copies are out of reach")));
  foreseen->list = g_object_ref (list);
  foreseen->kept = g_ptr_array_ref (erasure->kept);
  kaf_store_run_async (store, KAF_LANE_READ, years_job, NULL, NULL, NULL, NULL, on_years, foreseen);
}

/* What was */

static char *
describe (const KafErasure *erasure, KafLang lang)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *subject = kaf_erasure_text_subject (erasure);
  g_autofree char *records = kaf_erasure_text_records (erasure->n, lang);
  g_autofree char *time = kaf_time_format (erasure->at, lang);
  g_autofree char *when = kaf_bidi_ltr (time);

  kaf_bidi_append (line, subject);
  kaf_bidi_append (line, records);
  /* Isolated once: within another it would turn. */
  g_string_append_printf (line, " · %s", when);
  if (erasure->by != NULL)
    kaf_bidi_append_format (line, _ ("ordered by %s"), erasure->by);
  else
    kaf_bidi_append (line, _ ("at the server"));
  return kaf_bidi_line (line->str);
}

static void
add_devices (AdwExpanderRow *row,
             const KafErasure *erasure,
             const KafErasures *all,
             gboolean awaited)
{
  KafLang lang = kaf_application_get_lang ();

  for (guint i = 0; i < all->devices->len; i++)
    {
      const KafErasureDevice *device = g_ptr_array_index (all->devices, i);
      gint64 when;
      KafErasureState state = kaf_erasure_get_state (erasure, device, &when);
      g_autofree char *name = NULL;
      g_autofree char *text = NULL;
      g_autofree char *seen = NULL;
      g_autofree char *both = NULL;

      if ((state == KAF_ERASURE_AWAITED) != awaited)
        continue;
      name = kaf_erasure_text_device (device);
      text = kaf_erasure_text_state (erasure, device, g_get_real_time (), lang);
      seen = kaf_erasure_text_seen (erasure, device, lang);
      both = g_strdup_printf ("%s\n%s", text, seen);
      adw_expander_row_add_row (row, row_new (state == KAF_ERASURE_CONFIRMED ? "emblem-ok-symbolic"
                                              : awaited ? "content-loading-symbolic"
                                                        : "computer-symbolic",
                                              name, both));
    }
}

static GtkWidget *
pill_new (const KafErasure *erasure, const KafErasures *all)
{
  const KafErasureCount count = kaf_erasure_count (erasure, all);
  g_autofree char *text = kaf_erasure_text_receipts (&count, kaf_application_get_lang ());
  GtkWidget *pill = kaf_pill_new (text, count.n_awaited > 0 ? "warning" : "success");

  kaf_pill_set_icon_name (KAF_PILL (pill),
                          count.n_awaited > 0 ? "content-loading-symbolic" : "emblem-ok-symbolic");
  kaf_pill_set_whole (KAF_PILL (pill), TRUE);
  return pill;
}

GtkWidget *
kaf_erasure_row_new (const KafErasure *erasure, const KafErasures *all, guint years, gboolean open)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *name = kaf_erasure_text_name (erasure);
  g_autofree char *line = describe (erasure, kaf_application_get_lang ());

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), line);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), pill_new (erasure, all));
  add_devices (ADW_EXPANDER_ROW (row), erasure, all, TRUE);
  add_devices (ADW_EXPANDER_ROW (row), erasure, all, FALSE);
  for (guint i = 0; i < erasure->kept->len; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                              kept_row_new (g_ptr_array_index (erasure->kept, i), years));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), open);
  return row;
}
