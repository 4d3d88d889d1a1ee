/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/duplicates/kaf-one-card.h"

#include <adwaita.h>

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "store/kaf-judge.h"
#include "store/kaf-one.h"
#include "ui/app/kaf-window-commit.h"
#include "ui/app/kaf-window.h"
#include "ui/record/kaf-record-section.h"

struct _KafOneCard
{
  GtkBox parent_instance;

  KafStore *store;
  KafLang lang;
  GCancellable *cancellable; /* of the read under way */
  GtkWidget *section;
  GtkWidget *list;
  guint n;
};

G_DEFINE_FINAL_TYPE (KafOneCard, kaf_one_card, GTK_TYPE_BOX)

typedef struct
{
  const KafEntity *root;
  char *id;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_free (asked->id);
  g_free (asked);
}

/* What ties the record to others, and how many they are. */
typedef struct
{
  GPtrArray *judged; /* KafJudged, of "same" */
  guint n_records;
} Tied;

static void
tied_free (gpointer data)
{
  Tied *tied = data;

  g_ptr_array_unref (tied->judged);
  g_free (tied);
}

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Asked *asked = data;
  g_autoptr (GPtrArray) all = kaf_judge_list (db, asked->root, asked->id, error);
  g_autoptr (GPtrArray) members =
      all != NULL ? kaf_one_list_members (db, asked->root, asked->id, error) : NULL;
  Tied *tied;

  if (members == NULL)
    return NULL;
  for (guint i = all->len; i > 0; i--)
    if (((KafJudged *) all->pdata[i - 1])->verdict != KAF_VERDICT_SAME)
      g_ptr_array_remove_index (all, i - 1);
  tied = g_new (Tied, 1);
  tied->judged = g_steal_pointer (&all);
  tied->n_records = members->len;
  return tied;
}

static GtkWidget *
new_row (KafOneCard *self, const KafJudged *judged)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Separate"));
  g_autofree char *when = kaf_time_format (judged->when, self->lang);
  g_autofree char *author = kaf_bidi_isolate (judged->author != NULL ? judged->author : "—");
  /* Translators: who judged two records to be the same, and when. */
  g_autofree char *title = g_strdup_printf (_ ("Judged the same by %s, %s"), author, when);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (judged->reason != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), judged->reason);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "one.separate");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", judged->id);
  gtk_widget_set_visible (button,
                          !kaf_store_is_read_only (self->store) &&
                              kaf_store_may_make (self->store, kaf_registry_find ("judgement")));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
show_tied (KafOneCard *self, const Tied *tied)
{
  g_autofree char *note = NULL;

  self->n = tied->judged->len;
  kaf_record_section_clear (self->list);
  for (guint i = 0; i < tied->judged->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), new_row (self, tied->judged->pdata[i]));
  note = g_strdup_printf (
      ngettext ("one with %u other record", "one with %u other records", tied->n_records - 1),
      tied->n_records - 1);
  kaf_record_section_set_note (KAF_RECORD_SECTION (self->section), note);
  gtk_widget_set_visible (GTK_WIDGET (self), tied->judged->len > 0 && tied->n_records > 1);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafOneCard) self = data;
  g_autoptr (GError) error = NULL;
  Tied *tied = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (tied != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_tied (self, tied);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("What was judged of a record was not read: %s", error->message);
  g_clear_pointer (&tied, tied_free);
}

static gpointer
make_set (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("judge");

  return kaf_judge_revoke (db, set, data, NULL, error) ? g_steal_pointer (&set) : NULL;
}

static void
on_separate (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafOneCard *self = KAF_ONE_CARD (widget);

  kaf_window_commit_made (widget, self->store, make_set, g_variant_dup_string (parameter, NULL),
                          g_free, _ ("They are two records again"),
                          _ ("The judgement was not saved"), NULL, NULL);
}

static void
kaf_one_card_dispose (GObject *object)
{
  KafOneCard *self = KAF_ONE_CARD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (kaf_one_card_parent_class)->dispose (object);
}

static void
kaf_one_card_finalize (GObject *object)
{
  g_clear_object (&KAF_ONE_CARD (object)->store);
  G_OBJECT_CLASS (kaf_one_card_parent_class)->finalize (object);
}

static void
kaf_one_card_class_init (KafOneCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_one_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_one_card_finalize;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "one.separate", "s", on_separate);
}

static void
kaf_one_card_init (KafOneCard *self)
{
  self->section = kaf_record_section_new (_ ("One Record of Several"));
  self->list = kaf_record_section_list (_ ("Judgements"));
  kaf_record_section_set_child (KAF_RECORD_SECTION (self->section), self->list);
  gtk_box_append (GTK_BOX (self), self->section);
  gtk_widget_set_hexpand (self->section, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
kaf_one_card_new (KafStore *store, KafLang lang)
{
  KafOneCard *self = g_object_new (KAF_TYPE_ONE_CARD, NULL);

  self->store = g_object_ref (store);
  self->lang = lang;
  return GTK_WIDGET (self);
}

void
kaf_one_card_set_record (KafOneCard *self, const KafEntity *entity, const char *id)
{
  const KafEntity *root = kaf_entity_get_root (entity);
  Asked *asked;

  g_return_if_fail (KAF_IS_ONE_CARD (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->n = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (root != kaf_registry_find ("person") && root != kaf_registry_find ("organisation"))
    return;
  asked = g_new (Asked, 1);
  asked->root = root;
  asked->id = g_strdup (id);
  self->cancellable = g_cancellable_new ();
  kaf_store_run_async (self->store, KAF_LANE_READ, read_job, asked, asked_free, tied_free,
                       self->cancellable, on_read, g_object_ref (self));
}

guint
kaf_one_card_get_n (KafOneCard *self)
{
  g_return_val_if_fail (KAF_IS_ONE_CARD (self), 0);

  return self->n;
}
