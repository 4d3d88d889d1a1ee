/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/record/kaf-presided.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "rules/network/kaf-mandate.h"
#include "schema/kaf-registry.h"
#include "ui/form/kaf-field-row.h"
#include "ui/record/kaf-record-section.h"

#define MANDATES_LIMIT 500

struct _KafPresided
{
  GtkBox parent_instance;

  KafStore *store;
  KafLang lang;
  char *id;
  GCancellable *cancellable;
  GtkWidget *day;
  GtkWidget *answer;
};

G_DEFINE_FINAL_TYPE (KafPresided, kaf_presided, GTK_TYPE_BOX)

static const KafField day_field = {
  .id = "day", .kind = KAF_KIND_DATE, .label = N_ ("Who presided on"), .section = "day"
};

typedef struct
{
  char *id;
  KafDay day;
  KafLang lang;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->id);
  g_free (request);
}

static void
append_holder (GString *text, const KafRow *row, KafHeld held, KafLang lang)
{
  g_autofree char *person = kaf_bidi_isolate (row->cells[0] != NULL ? row->cells[0] : "—");
  g_autofree char *office = row->cells[1] != NULL ? kaf_bidi_isolate (row->cells[1]) : NULL;

  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, person);
  if (office != NULL)
    g_string_append_printf (text, "%s%s", lang == KAF_LANG_AR ? "، " : ", ", office);
  if (held == KAF_HELD_PERHAPS)
    g_string_append_printf (text, " (%s)", _ ("perhaps: the day of the change is not known"));
}

static gpointer
find_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const columns[] = { "person",     "office",   "presides",
                                         "valid_from", "valid_to", NULL };
  const Request *request = data;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) rows =
      kaf_page_related (db, kaf_registry_find ("mandate"), "organisation", request->id, columns,
                        request->lang, MANDATES_LIMIT, error);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);
      g_autoptr (KafMandate) mandate = kaf_mandate_new (row->id, row->raw[3], row->raw[4]);
      KafHeld held = kaf_mandate_held_on (mandate, request->day);

      if (g_strcmp0 (row->raw[2], "1") == 0 && held != KAF_HELD_NO)
        append_holder (text, row, held, request->lang);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_answer (KafPresided *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->answer), text);
  gtk_widget_set_visible (self->answer, *text != '\0');
  /* Read out with the field that it answers. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->day), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text, -1);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafPresided) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  if (text == NULL)
    show_answer (self, _ ("The mandates could not be read."));
  else
    show_answer (self, *text != '\0' ? text : _ ("Nobody is known to have presided on that day."));
}

static void
seek (KafPresided *self)
{
  g_autofree char *day = NULL;
  Request *request;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->id == NULL || !kaf_field_row_get_value (KAF_FIELD_ROW (self->day), &day, NULL) ||
      day == NULL)
    {
      show_answer (self, "");
      return;
    }
  self->cancellable = g_cancellable_new ();
  request = g_new0 (Request, 1);
  request->id = g_strdup (self->id);
  request->day = kaf_day_parse (day);
  request->lang = self->lang;
  kaf_store_run_async (self->store, KAF_LANE_READ, find_job, request, request_free, g_free,
                       self->cancellable, on_found, g_object_ref (self));
}

static void
kaf_presided_dispose (GObject *object)
{
  KafPresided *self = KAF_PRESIDED (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (kaf_presided_parent_class)->dispose (object);
}

static void
kaf_presided_class_init (KafPresidedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_presided_dispose;
}

static void
kaf_presided_init (KafPresided *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

GtkWidget *
kaf_presided_new (KafStore *store, KafLang lang)
{
  KafPresided *self = g_object_new (KAF_TYPE_PRESIDED, NULL);

  self->store = g_object_ref (store);
  self->lang = lang;
  self->day = kaf_field_row_new (&day_field, store);
  self->answer = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->answer), 0);
  gtk_label_set_wrap (GTK_LABEL (self->answer), TRUE);
  gtk_label_set_selectable (GTK_LABEL (self->answer), TRUE);
  gtk_widget_set_margin_start (self->answer, 12);
  gtk_widget_set_visible (self->answer, FALSE);
  g_signal_connect_object (self->day, "changed", G_CALLBACK (seek), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self), self->day);
  gtk_box_append (GTK_BOX (self), self->answer);
  return GTK_WIDGET (self);
}

void
kaf_presided_set_id (KafPresided *self, const char *id)
{
  g_autofree char *old = NULL;

  g_return_if_fail (KAF_IS_PRESIDED (self));

  old = self->id;
  self->id = g_strdup (id);
  seek (self);
}

void
kaf_presided_set_day (KafPresided *self, const char *typed)
{
  g_return_if_fail (KAF_IS_PRESIDED (self));

  kaf_field_row_set_typed (KAF_FIELD_ROW (self->day), typed);
  seek (self);
}

const char *
kaf_presided_get_answer (KafPresided *self)
{
  g_return_val_if_fail (KAF_IS_PRESIDED (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->answer));
}
