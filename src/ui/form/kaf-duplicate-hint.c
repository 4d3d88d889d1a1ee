/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card that says which persons already there resemble the one being typed, and why. */
#include "config.h"

#include "ui/form/kaf-duplicate-hint.h"

#include <adwaita.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "store/kaf-suspects.h"
#include "ui/app/kaf-application.h"
#include "ui/compat/kaf-tooltip.h"

#define DELAY_MS 400
#define MAX_CANDIDATES 3

/* A person that resembles, and the entity whose page shows her. */
typedef struct
{
  KafLookalike *like;
  char *why; /* in the words of the engine; NULL: all were never compared */
  const KafEntity *entity;
} Candidate;

struct _KafDuplicateHint
{
  GtkBox parent_instance;

  KafStore *store;
  KafRecord *person;
  GPtrArray *candidates; /* Candidate */
  GHashTable *dismissed; /* ids */
  GCancellable *cancellable;
  guint source;

  GtkWidget *reason;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (KafDuplicateHint, kaf_duplicate_hint, GTK_TYPE_BOX)

enum
{
  SIGNAL_OPEN_RECORD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
candidate_free (gpointer data)
{
  Candidate *candidate = data;

  kaf_lookalike_free (candidate->like);
  g_free (candidate->why);
  g_free (candidate);
}

static gboolean
in_both_scripts (KafDuplicateHint *self, const KafLookalike *like)
{
  return like->title != NULL && *like->title != '\0' && like->title_ar != NULL &&
         *like->title_ar != '\0' &&
         (kaf_record_get (self->person, "family_name") != NULL ||
          kaf_record_get (self->person, "given_name") != NULL) &&
         (kaf_record_get (self->person, "family_name_ar") != NULL ||
          kaf_record_get (self->person, "given_name_ar") != NULL);
}

static const char *
reason_of (KafDuplicateHint *self, const Candidate *candidate)
{
  const KafLookalike *like = candidate->like;
  gboolean both = like->like_name && in_both_scripts (self, like);

  if (candidate->why != NULL)
    return candidate->why;

  if (like->same_email && like->same_phone)
    return _ ("Same e-mail address and same phone.");
  if (like->same_phone && both)
    return _ ("Same phone, and the names resemble each other in both scripts.");
  if (like->same_email && both)
    return _ ("Same e-mail address, and the names resemble each other in both scripts.");
  if (like->same_phone && like->like_name)
    return _ ("Same phone, and the names resemble each other.");
  if (like->same_email && like->like_name)
    return _ ("Same e-mail address, and the names resemble each other.");
  if (like->same_phone)
    return _ ("Same phone.");
  if (like->same_email)
    return _ ("Same e-mail address.");
  if (both)
    return _ ("The names resemble each other in both scripts.");
  return _ ("The names resemble each other.");
}

static void
on_open_clicked (KafDuplicateHint *self, GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);

  kaf_duplicate_hint_open (self, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
}

static void
on_dismiss_clicked (KafDuplicateHint *self, GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);

  kaf_duplicate_hint_dismiss (self, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
}

static GtkWidget *
new_button (KafDuplicateHint *self, const char *label, const char *name, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  /* Translators: the name of a button for a screen reader: "Open the record: BENNIS Salma". */
  g_autofree char *full = g_strdup_printf (_ ("%s: %s"), label, name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "kaf-suggestion");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, full, -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_words (const KafLookalike *like, const char *reason)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *latin = kaf_bidi_isolate (like->title != NULL ? like->title : "");
  g_autofree char *arabic = kaf_bidi_isolate (like->title_ar != NULL ? like->title_ar : "");
  g_autofree char *names = g_strdup_printf ("%s  %s", latin, arabic);
  g_autofree char *ref = kaf_bidi_ltr (like->ref != NULL ? like->ref : "");
  g_autofree char *line = like->summary != NULL && *like->summary != '\0'
                              ? g_strdup_printf ("%s · %s", ref, like->summary)
                              : g_strdup (ref);
  /* It begins with a reference, in the direction of the window all the same. */
  g_autofree char *directed = kaf_bidi_line (line);
  GtkWidget *title = gtk_label_new (g_strstrip (names));
  GtkWidget *subtitle = gtk_label_new (directed);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_wrap (GTK_LABEL (subtitle), TRUE);
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_widget_add_css_class (subtitle, "dim-label");
  kaf_tooltip_set (words, reason);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), subtitle);
  return words;
}

/* Beside the name where there is room, under it where there is not. */
static void
add_part (GtkWidget *flow, GtkWidget *part)
{
  GtkWidget *child = gtk_flow_box_child_new ();

  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), part);
  gtk_flow_box_append (GTK_FLOW_BOX (flow), child);
}

static GtkWidget *
new_row (KafDuplicateHint *self, const Candidate *candidate)
{
  const KafLookalike *like = candidate->like;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *flow = g_object_new (GTK_TYPE_FLOW_BOX, "selection-mode", GTK_SELECTION_NONE,
                                  "max-children-per-line", 2, "column-spacing", 12, NULL);
  GtkWidget *who = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *name = like->title != NULL && *like->title != '\0' ? like->title : like->title_ar;
  GtkWidget *dismiss;

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);

  gtk_box_append (GTK_BOX (who), adw_avatar_new (32, name, TRUE));
  gtk_box_append (GTK_BOX (who), new_words (like, reason_of (self, candidate)));

  dismiss = new_button (self, _ ("Not the same person"), name, G_CALLBACK (on_dismiss_clicked));
  gtk_widget_add_css_class (dismiss, "flat");
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (buttons),
                  new_button (self, _ ("Open the record"), name, G_CALLBACK (on_open_clicked)));
  gtk_box_append (GTK_BOX (buttons), dismiss);

  add_part (flow, who);
  add_part (flow, buttons);
  gtk_widget_add_css_class (flow, "kaf-candidate");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), flow);
  return row;
}

static void
show_candidates (KafDuplicateHint *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);

  for (guint i = 0; i < self->candidates->len; i++)
    {
      Candidate *candidate = g_ptr_array_index (self->candidates, i);

      gtk_list_box_append (GTK_LIST_BOX (self->list), new_row (self, candidate));
    }

  gtk_widget_set_visible (GTK_WIDGET (self), self->candidates->len > 0);
  if (self->candidates->len > 0)
    {
      Candidate *first = g_ptr_array_index (self->candidates, 0);

      gtk_label_set_label (GTK_LABEL (self->reason), reason_of (self, first));
    }
}

typedef struct
{
  KafRecord *person;
  KafLang lang;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  kaf_record_unref (look->person);
  g_free (look);
}

/* @like and @why are taken over. */
static void
add_candidate (
    GPtrArray *candidates, KafDatabase *db, KafRecord *person, KafLookalike *like, char *why)
{
  Candidate *candidate = g_new0 (Candidate, 1);
  g_autofree char *id = NULL;

  candidate->like = like;
  candidate->why = why;
  candidate->entity = kaf_record_get_entity (person);
  /* Her page is the facet's, when she is an expert. */
  kaf_read_resolve (db, like->id, NULL, &candidate->entity, &id, NULL);
  g_ptr_array_add (candidates, candidate);
}

static gpointer
look_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Look *look = data;
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func (candidate_free);
  g_autoptr (GPtrArray) found =
      kaf_suspects_find_typed (db, look->person, 2 * MAX_CANDIDATES, look->lang, error);

  if (found == NULL)
    return NULL;
  for (guint i = 0; i < found->len; i++)
    {
      KafSuspected *one = found->pdata[i];

      add_candidate (candidates, db, look->person, g_steal_pointer (&one->like),
                     g_steal_pointer (&one->why));
    }
  return g_steal_pointer (&candidates);
}

static void
take_candidates (KafDuplicateHint *self, GPtrArray *candidates)
{
  const char *own = kaf_record_get_id (self->person);

  for (guint i = candidates->len; i > 0; i--)
    {
      Candidate *candidate = g_ptr_array_index (candidates, i - 1);

      if (g_hash_table_contains (self->dismissed, candidate->like->id) ||
          g_strcmp0 (candidate->like->id, own) == 0)
        g_ptr_array_remove_index (candidates, i - 1);
    }
  if (candidates->len > MAX_CANDIDATES)
    g_ptr_array_set_size (candidates, MAX_CANDIDATES);

  g_ptr_array_unref (self->candidates);
  self->candidates = candidates;
  show_candidates (self);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafDuplicateHint) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *candidates = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (candidates == NULL)
    {
      /* A hint that fails is only missed. */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && error != NULL)
        g_warning ("persons alike were not looked for: %s", error->message);
      return;
    }
  if (self->store == NULL)
    g_ptr_array_unref (candidates);
  else
    take_candidates (self, candidates);
}

static gboolean
on_timeout (gpointer data)
{
  KafDuplicateHint *self = data;
  Look *look = g_new0 (Look, 1);

  self->source = 0;
  look->person = kaf_record_copy (self->person);
  look->lang = kaf_application_get_lang ();
  self->cancellable = g_cancellable_new ();
  kaf_store_run_async (self->store, KAF_LANE_READ, look_job, look, look_free,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, on_looked,
                       g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
kaf_duplicate_hint_dispose (GObject *object)
{
  KafDuplicateHint *self = KAF_DUPLICATE_HINT (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_duplicate_hint_parent_class)->dispose (object);
}

static void
kaf_duplicate_hint_finalize (GObject *object)
{
  KafDuplicateHint *self = KAF_DUPLICATE_HINT (object);

  g_clear_pointer (&self->person, kaf_record_unref);
  g_ptr_array_unref (self->candidates);
  g_hash_table_unref (self->dismissed);
  G_OBJECT_CLASS (kaf_duplicate_hint_parent_class)->finalize (object);
}

static void
kaf_duplicate_hint_class_init (KafDuplicateHintClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kaf_duplicate_hint_dispose;
  object_class->finalize = kaf_duplicate_hint_finalize;

  signals[SIGNAL_OPEN_RECORD] =
      g_signal_new ("open-record", KAF_TYPE_DUPLICATE_HINT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
kaf_duplicate_hint_init (KafDuplicateHint *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (_ ("This person may already be known"));

  self->candidates = g_ptr_array_new_with_free_func (candidate_free);
  self->dismissed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-duplicate");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_add_css_class (title, "heading");
  self->reason = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->reason), 0);
  gtk_label_set_wrap (GTK_LABEL (self->reason), TRUE);
  gtk_widget_add_css_class (self->reason, "caption");

  gtk_widget_add_css_class (head, "kaf-duplicate-head");
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), self->reason);
  gtk_box_append (GTK_BOX (head), gtk_image_new_from_icon_name ("system-users-symbolic"));
  gtk_box_append (GTK_BOX (head), words);

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Persons alike"), -1);
  gtk_box_append (GTK_BOX (self), head);
  gtk_box_append (GTK_BOX (self), self->list);
}

GtkWidget *
kaf_duplicate_hint_new (KafStore *store)
{
  KafDuplicateHint *self = g_object_new (KAF_TYPE_DUPLICATE_HINT, NULL);

  self->store = g_object_ref (store);
  return GTK_WIDGET (self);
}

void
kaf_duplicate_hint_look (KafDuplicateHint *self, KafRecord *person)
{
  g_return_if_fail (KAF_IS_DUPLICATE_HINT (self));
  g_return_if_fail (person != NULL);

  g_clear_pointer (&self->person, kaf_record_unref);
  self->person = kaf_record_ref (person);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (DELAY_MS, on_timeout, self);
}

guint
kaf_duplicate_hint_get_n_candidates (KafDuplicateHint *self)
{
  g_return_val_if_fail (KAF_IS_DUPLICATE_HINT (self), 0);

  return self->candidates->len;
}

void
kaf_duplicate_hint_open (KafDuplicateHint *self, guint index)
{
  Candidate *candidate;

  g_return_if_fail (KAF_IS_DUPLICATE_HINT (self));
  g_return_if_fail (index < self->candidates->len);

  candidate = g_ptr_array_index (self->candidates, index);
  g_signal_emit (self, signals[SIGNAL_OPEN_RECORD], 0, candidate->entity->id, candidate->like->id);
}

void
kaf_duplicate_hint_dismiss (KafDuplicateHint *self, guint index)
{
  Candidate *candidate;

  g_return_if_fail (KAF_IS_DUPLICATE_HINT (self));
  g_return_if_fail (index < self->candidates->len);

  candidate = g_ptr_array_index (self->candidates, index);
  g_hash_table_add (self->dismissed, g_strdup (candidate->like->id));
  g_ptr_array_remove_index (self->candidates, index);
  show_candidates (self);
}

const char *
kaf_duplicate_hint_get_reason (KafDuplicateHint *self)
{
  g_return_val_if_fail (KAF_IS_DUPLICATE_HINT (self), NULL);

  return gtk_label_get_label (GTK_LABEL (self->reason));
}
