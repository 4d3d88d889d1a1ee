/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/target/kaf-target-card.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "store/kaf-totals.h"
#include "ui/app/kaf-application.h"
#include "ui/record/kaf-record-section.h"
#include "ui/target/kaf-target-data.h"

struct _KafTargetCard
{
  GtkBox parent_instance;

  KafStore *store;
  GCancellable *cancellable; /* of the reading under way */
  gboolean stale;
  GtkWidget *section; /* nullable: nothing was to be shown yet */
  gboolean part;      /* it has the heading of a part */
  GtkWidget *overview;
};

G_DEFINE_FINAL_TYPE (KafTargetCard, kaf_target_card, GTK_TYPE_BOX)

static void
make_section (KafTargetCard *self, const KafTargetCount *count)
{
  g_autofree char *goal = kaf_number_format (count->settings.goal, kaf_application_get_lang ());
  g_autofree char *end = kaf_day_to_iso (count->settings.end);
  g_autofree char *year = g_strndup (end, 4);
  /* Translators: "Skills by 2030: your scope" */
  g_autofree char *title = count->part ? g_strdup_printf (_ ("Skills by %s: your scope"), year)
                                       /* Translators: "10 000 skills by 2030" */
                                       : g_strdup_printf (_ ("%1$s skills by %2$s"), goal, year);
  GtkWidget *button;

  self->part = count->part;
  self->section = kaf_record_section_new (title);
  button = kaf_record_section_add_button (KAF_RECORD_SECTION (self->section), _ ("Definitions"),
                                          _ ("What Is Counted Towards 2030"));
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), "win.section::target");
  self->overview = kaf_target_overview_new (FALSE);
  gtk_box_append (GTK_BOX (self->section), self->overview);
  gtk_box_append (GTK_BOX (self), self->section);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafTargetCard) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafTargetData) found = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (self->store == NULL || (error != NULL && error->domain == G_IO_ERROR))
    return;
  if (kaf_totals_are_lacking (error))
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  else if (found == NULL)
    g_warning ("Counting towards 2030 failed: %s", error != NULL ? error->message : "no result");
  if (found == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self), found->count->n[KAF_TARGET_IDENTIFIED] > 0);
  if (found->count->n[KAF_TARGET_IDENTIFIED] == 0)
    return;
  /* The rights of who works here may change with a sync. */
  if (self->section != NULL && self->part != found->count->part)
    gtk_box_remove (GTK_BOX (self), g_steal_pointer (&self->section));
  if (self->section == NULL)
    make_section (self, found->count);
  kaf_target_overview_set (KAF_TARGET_OVERVIEW (self->overview), found->count, found->points,
                           found->opens);
}

static void
refresh (KafTargetCard *self)
{
  KafTargetQuery *query;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->stale = FALSE;
  if (self->store == NULL)
    return;
  query = g_new0 (KafTargetQuery, 1);
  query->lang = kaf_application_get_lang ();
  self->cancellable = g_cancellable_new ();
  kaf_store_run_async (self->store, KAF_LANE_BACKGROUND, kaf_target_data_read, query, g_free,
                       (GDestroyNotify) kaf_target_data_free, self->cancellable, on_read,
                       g_object_ref (self));
}

/* It may be hidden for having nothing to show: its column tells whether anybody looks. */
static void
on_changed (KafTargetCard *self)
{
  GtkWidget *column = gtk_widget_get_parent (GTK_WIDGET (self));

  if (column != NULL && gtk_widget_get_mapped (column))
    refresh (self);
  else
    self->stale = TRUE;
}

static void
on_column_mapped (KafTargetCard *self)
{
  if (self->stale)
    refresh (self);
}

static void
kaf_target_card_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kaf_target_card_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_parent (widget), "map", G_CALLBACK (on_column_mapped),
                           widget, G_CONNECT_SWAPPED);
}

static void
kaf_target_card_dispose (GObject *object)
{
  kaf_target_card_set_store (KAF_TARGET_CARD (object), NULL);
  G_OBJECT_CLASS (kaf_target_card_parent_class)->dispose (object);
}

static void
kaf_target_card_class_init (KafTargetCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_target_card_dispose;
  GTK_WIDGET_CLASS (klass)->root = kaf_target_card_root;
}

static void
kaf_target_card_init (KafTargetCard *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
kaf_target_card_new (void)
{
  return g_object_new (KAF_TYPE_TARGET_CARD, NULL);
}

void
kaf_target_card_set_store (KafTargetCard *self, KafStore *store)
{
  g_return_if_fail (KAF_IS_TARGET_CARD (self));

  if (self->store == store)
    return;
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_set_object (&self->store, store);
  if (store != NULL)
    g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  if (store == NULL)
    refresh (self);
  else
    on_changed (self);
}

KafTargetOverview *
kaf_target_card_get_overview (KafTargetCard *self)
{
  g_return_val_if_fail (KAF_IS_TARGET_CARD (self), NULL);
  return self->overview != NULL ? KAF_TARGET_OVERVIEW (self->overview) : NULL;
}
