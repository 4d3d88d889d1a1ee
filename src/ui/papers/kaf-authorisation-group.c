/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/papers/kaf-authorisation-group.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "store/kaf-read.h"
#include "store/kaf-setting-write.h"
#include "store/kaf-settings.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-preferences-window.h"
#include "ui/compat/kaf-error-text.h"

#define N_ROWS 2
#define DAY 1 /* the row of the day */

struct _KafAuthorisationGroup
{
  AdwPreferencesGroup parent_instance;

  KafStore *store;
  GtkWidget *rows[N_ROWS];
  guint busy;
};

G_DEFINE_FINAL_TYPE (KafAuthorisationGroup, kaf_authorisation_group, ADW_TYPE_PREFERENCES_GROUP)

static const struct
{
  const char *key, *label;
} settings[N_ROWS] = {
  { KAF_SETTING_IDENTIFIERS_REFERENCE, N_ ("Reference of the authorisation") },
  { KAF_SETTING_IDENTIFIERS_DAY, N_ ("Date of the authorisation") },
};

/* Reading */

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  char **values = g_new0 (char *, N_ROWS + 1);

  for (guint i = 0; i < N_ROWS; i++)
    {
      values[i] = kaf_read_setting (db, settings[i].key, NULL);
      if (values[i] == NULL)
        values[i] = g_strdup ("");
    }
  return values;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafAuthorisationGroup) self = data;
  g_auto (GStrv) values = kaf_store_run_finish (KAF_STORE (source), result, NULL);

  self->busy--;
  if (values == NULL || self->store == NULL)
    return;
  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autofree char *day =
          i == DAY && kaf_date_is_valid (values[i], FALSE)
              ? kaf_date_format (values[i], kaf_application_get_lang (), KAF_DATE_SHORT)
              : NULL;

      /* Filling it is no edit: the button that applies shows for what a person typed only. */
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->rows[i]), FALSE);
      gtk_editable_set_text (GTK_EDITABLE (self->rows[i]), day != NULL ? day : values[i]);
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->rows[i]), TRUE);
    }
}

static void
load (KafAuthorisationGroup *self)
{
  self->busy++;
  kaf_store_run_async (self->store, KAF_LANE_READ, read_job, NULL, NULL,
                       (GDestroyNotify) g_strfreev, NULL, on_read, g_object_ref (self));
}

/* Writing */

typedef struct
{
  const char *key;
  char *value;
} Change;

static void
change_free (gpointer data)
{
  g_free (((Change *) data)->value);
  g_free (data);
}

static gpointer
write_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Change *change = data;

  return kaf_setting_write (db, change->key, change->value, NULL, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafAuthorisationGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_store_run_finish (KAF_STORE (source), result, &error);
  g_autofree char *text = NULL;

  self->busy--;
  if (receipt != NULL)
    kaf_store_announce (KAF_STORE (source), receipt);
  else if (error != NULL && self->store != NULL)
    {
      text = kaf_error_text (error);
      kaf_preferences_window_tell (GTK_WIDGET (self), text);
    }
}

static void
on_applied (AdwEntryRow *row, KafAuthorisationGroup *self)
{
  guint i = row == ADW_ENTRY_ROW (self->rows[DAY]) ? DAY : 0;
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));
  g_autofree char *value = NULL;
  Change *change;

  g_strstrip (text);
  value = i == DAY && *text != '\0' ? kaf_date_normalise (text, FALSE, NULL) : g_strdup (text);
  if (value == NULL)
    {
      kaf_preferences_window_tell (GTK_WIDGET (self), _ ("Write the date as 22/11/2026."));
      return;
    }
  change = g_new0 (Change, 1);
  change->key = settings[i].key;
  change->value = g_steal_pointer (&value);
  self->busy++;
  kaf_store_run_async (self->store, KAF_LANE_WRITE, write_job, change, change_free,
                       (GDestroyNotify) kaf_receipt_unref, NULL, on_written, g_object_ref (self));
}

static void
kaf_authorisation_group_dispose (GObject *object)
{
  g_clear_object (&KAF_AUTHORISATION_GROUP (object)->store);
  G_OBJECT_CLASS (kaf_authorisation_group_parent_class)->dispose (object);
}

static void
kaf_authorisation_group_class_init (KafAuthorisationGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_authorisation_group_dispose;
}

static void
kaf_authorisation_group_init (KafAuthorisationGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("CNDP authorisation"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self),
      _ ("For numbers of identity papers (law 09-08). Without both the server keeps and reveals "
         "none. They count from today on, once they are synchronised."));
}

GtkWidget *
kaf_authorisation_group_new (KafStore *store)
{
  KafAuthorisationGroup *self = g_object_new (KAF_TYPE_AUTHORISATION_GROUP, NULL);

  self->store = g_object_ref (store);
  for (guint i = 0; i < N_ROWS; i++)
    {
      self->rows[i] = adw_entry_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[i]), _ (settings[i].label));
      g_signal_connect_object (self->rows[i], "apply", G_CALLBACK (on_applied), self, 0);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->rows[i]);
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self),
                            !kaf_store_is_read_only (store) &&
                                kaf_store_may_write (store, kaf_registry_find ("setting")));
  load (self);
  return GTK_WIDGET (self);
}

gboolean
kaf_authorisation_group_is_settled (KafAuthorisationGroup *self)
{
  g_return_val_if_fail (KAF_IS_AUTHORISATION_GROUP (self), FALSE);

  return self->busy == 0;
}

GtkWidget *
kaf_authorisation_group_get_row (KafAuthorisationGroup *self, const char *key)
{
  g_return_val_if_fail (KAF_IS_AUTHORISATION_GROUP (self), NULL);

  for (guint i = 0; i < N_ROWS; i++)
    if (g_str_equal (settings[i].key, key))
      return self->rows[i];
  return NULL;
}
