/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/duplicates/kaf-accept-row.h"

#include <glib/gi18n-lib.h>

#include "match/kaf-match-words.h"
#include "store/kaf-suspects.h"
#include "ui/app/kaf-preferences-window.h"
#include "ui/compat/kaf-error-text.h"

struct _KafAcceptRow
{
  AdwComboRow parent_instance;

  KafStore *store;
  KafLang lang;
  GtkWidget *group; /* nullable: shows with what it is allowed */
  GArray *offered;  /* guint, ‰ */
  int least;        /* as it is set; -1: not known */
  guint busy;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (KafAcceptRow, kaf_accept_row, ADW_TYPE_COMBO_ROW)

/* What is offered, ‰; what is set otherwise, by kafaatctl, is offered as well. */
static const guint usual[] = { 0, 999, 995, 990, 980, 950, 900 };

static void
offer (KafAcceptRow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  g_array_set_size (self->offered, 0);
  g_array_append_vals (self->offered, usual, G_N_ELEMENTS (usual));
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if ((int) usual[i] == self->least)
      selected = i;
  if (selected == 0 && self->least > 0)
    {
      guint least = (guint) self->least;

      selected = self->offered->len;
      g_array_append_val (self->offered, least);
    }
  for (guint i = 0; i < self->offered->len; i++)
    {
      guint least = g_array_index (self->offered, guint, i);
      g_autofree char *text = least > 0 ? kaf_match_tell_likelihood (least, self->lang) : NULL;

      gtk_string_list_append (names, text != NULL ? text : _ ("Never"));
    }
  self->filling = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), selected);
  self->filling = FALSE;
}

static gboolean
shows_least (KafAcceptRow *self)
{
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  return chosen < self->offered->len &&
         (int) g_array_index (self->offered, guint, chosen) == self->least;
}

typedef struct
{
  gboolean may;
  guint least;
} Found;

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Found *found = g_new (Found, 1);

  found->may = kaf_suspects_may_accept (db);
  found->least = kaf_suspects_get_accept (db);
  return found;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafAcceptRow) self = data;
  g_autofree Found *found = kaf_store_run_finish (KAF_STORE (source), result, NULL);
  gboolean may = found != NULL && found->may && !kaf_store_is_read_only (KAF_STORE (source));

  self->busy--;
  if (self->store == NULL || found == NULL)
    return;
  if (self->group != NULL)
    gtk_widget_set_visible (self->group, may);
  gtk_widget_set_sensitive (GTK_WIDGET (self), may);
  if (self->least == (int) found->least)
    return;
  self->least = (int) found->least;
  /* Offered anew, the row that was just chosen in would lose the focus. */
  if (!shows_least (self))
    offer (self);
}

static void
load (KafAcceptRow *self)
{
  if (self->store == NULL)
    return;
  self->busy++;
  kaf_store_run_async (self->store, KAF_LANE_READ, read_job, NULL, NULL, g_free, NULL, on_read,
                       g_object_ref (self));
}

static void
tell (KafAcceptRow *self, const GError *error)
{
  g_autofree char *text = kaf_error_text (error);
  gboolean told = kaf_preferences_window_tell (GTK_WIDGET (self), text);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), told ? NULL : text);
}

static gpointer
write_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_suspects_set_accept (db, GPOINTER_TO_UINT (data), error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafAcceptRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->busy--;
  if (receipt != NULL)
    kaf_store_announce (KAF_STORE (source), receipt);
  else if (self->store != NULL && error != NULL)
    tell (self, error);
  /* Where it was not written, what is set shows again. */
  self->least = -1;
  load (self);
}

static void
on_selected (KafAcceptRow *self)
{
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self));
  guint least;

  if (self->filling || self->store == NULL || chosen >= self->offered->len)
    return;
  least = g_array_index (self->offered, guint, chosen);
  if (self->least < 0 || least == (guint) self->least)
    return;
  self->busy++;
  kaf_store_run_async (self->store, KAF_LANE_WRITE, write_job, GUINT_TO_POINTER (least), NULL,
                       (GDestroyNotify) kaf_receipt_unref, NULL, on_written, g_object_ref (self));
}

static void
kaf_accept_row_dispose (GObject *object)
{
  g_clear_object (&KAF_ACCEPT_ROW (object)->store);
  g_clear_weak_pointer (&KAF_ACCEPT_ROW (object)->group);
  G_OBJECT_CLASS (kaf_accept_row_parent_class)->dispose (object);
}

static void
kaf_accept_row_finalize (GObject *object)
{
  g_array_unref (KAF_ACCEPT_ROW (object)->offered);
  G_OBJECT_CLASS (kaf_accept_row_parent_class)->finalize (object);
}

static void
kaf_accept_row_class_init (KafAcceptRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_accept_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_accept_row_finalize;
}

static void
kaf_accept_row_init (KafAcceptRow *self)
{
  self->offered = g_array_new (FALSE, FALSE, sizeof (guint));
  self->least = -1;
  g_signal_connect (self, "notify::selected", G_CALLBACK (on_selected), NULL);
}

GtkWidget *
kaf_accept_row_new (KafStore *store, KafLang lang)
{
  KafAcceptRow *self =
      g_object_new (KAF_TYPE_ACCEPT_ROW, "title", _ ("From a likelihood of"), NULL);

  self->store = g_object_ref (store);
  self->lang = lang;
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (store, "changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);
  return GTK_WIDGET (self);
}

int
kaf_accept_row_get_least (KafAcceptRow *self)
{
  g_return_val_if_fail (KAF_IS_ACCEPT_ROW (self), -1);

  return self->busy > 0 ? -1 : self->least;
}

gboolean
kaf_accept_row_choose (KafAcceptRow *self, guint least)
{
  g_return_val_if_fail (KAF_IS_ACCEPT_ROW (self), FALSE);

  for (guint i = 0; i < self->offered->len; i++)
    if (g_array_index (self->offered, guint, i) == least)
      {
        adw_combo_row_set_selected (ADW_COMBO_ROW (self), i);
        return TRUE;
      }
  return FALSE;
}

GtkWidget *
kaf_accept_group_new (KafStore *store, KafLang lang)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = kaf_accept_row_new (store, lang);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Possible Duplicates"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _ ("A manager may accept pairs of records together, from today on, where they are that "
         "likely to be one."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  /* Gone before the row is, where that reads while the window closes. */
  g_set_weak_pointer (&KAF_ACCEPT_ROW (row)->group, group);
  gtk_widget_set_visible (group, FALSE);
  return group;
}
