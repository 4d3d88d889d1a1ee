/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each key starts a search and cancels the one before; the rows of the last stay until the next ones
 * are there. ↓ and ↑ walk the results without leaving the entry, Enter opens. */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-fold.h"
#include "ui/app/kaf-row-names.h"
#include "ui/app/kaf-search-everywhere.h"
#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-list-walk.h"

#define LIMIT 30
#define WIDTH 560
#define MARGIN 12

struct _KafSearchEverywhere
{
  GtkPopover parent_instance;

  KafStore *store;
  GtkWidget *entry;
  GtkWidget *list;
  GtkWidget *scrolled;
  GtkWidget *none;
  GPtrArray *rows; /* of KafRow, as listed */
  GCancellable *cancellable;
  gboolean reading;
};

G_DEFINE_FINAL_TYPE (KafSearchEverywhere, kaf_search_everywhere, GTK_TYPE_POPOVER)

static gpointer
search (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_search_everywhere (db, data, NULL, kaf_application_get_lang (), LIMIT, error);
}

static PangoAttrList *
highlight (const char *text, char **words)
{
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (KafTextRange));
  PangoAttrList *attributes = pango_attr_list_new ();

  if (!kaf_fold_highlight (text, (const char *const *) words, ranges))
    return attributes;
  for (guint i = 0; i < ranges->len; i++)
    {
      const KafTextRange *range = &g_array_index (ranges, KafTextRange, i);
      PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      bold->start_index = range->start;
      bold->end_index = range->end;
      pango_attr_list_insert (attributes, bold);
    }
  return attributes;
}

static GtkWidget *
make_label (const char *text, char **words)
{
  GtkWidget *label = gtk_label_new (text);
  PangoAttrList *attributes = highlight (text, words);

  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  pango_attr_list_unref (attributes);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

/* Kind of record, what it is, and the text that matched when it is not the name. */
static char *
make_context (const KafRow *row)
{
  g_autoptr (GString) text = g_string_new (g_dgettext (GETTEXT_PACKAGE, row->entity->label));
  const char *parts[] = { row->n_cells > 0 ? row->cells[0] : NULL, row->match, row->ref };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      {
        g_autofree char *isolated = kaf_bidi_isolate (parts[i]);

        g_string_append_printf (text, " · %s", isolated);
      }
  return kaf_bidi_line (text->str);
}

static GtkWidget *
make_row (const KafRow *row, char **words)
{
  const char *first;
  const char *second;
  GtkWidget *item = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *context = make_context (row);
  g_autofree char *name = NULL;
  GtkWidget *label;

  kaf_row_names (row, kaf_application_get_lang (), &first, &second);
  gtk_box_append (GTK_BOX (names), make_label (first, words));
  if (second != NULL)
    {
      label = make_label (second, words);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (names), label);
    }
  label = make_label (context, words);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), names);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (item), box);
  /* The entry keeps the focus: arrows move the selection. */
  gtk_widget_set_focusable (item, FALSE);
  name = second != NULL ? g_strdup_printf ("%s, %s, %s", first, second, context)
                        : g_strdup_printf ("%s, %s", first, context);
  gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return item;
}

static void
clear_rows (KafSearchEverywhere *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
}

/* The widget that the popover hangs on does not lay it out: it asks for its new size itself. */
static void
follow_size (KafSearchEverywhere *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_popover_present (GTK_POPOVER (self));
}

static void
show_rows (KafSearchEverywhere *self, GPtrArray *rows)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_auto (GStrv) words = kaf_fold_words (text);

  clear_rows (self);
  self->rows = g_ptr_array_ref (rows);
  for (guint i = 0; i < rows->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (g_ptr_array_index (rows, i), words));
  if (rows->len > 0)
    gtk_list_box_select_row (GTK_LIST_BOX (self->list),
                             gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
  gtk_widget_set_visible (self->scrolled, rows->len > 0);
  gtk_widget_set_visible (self->none, rows->len == 0);
  follow_size (self);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafSearchEverywhere) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->list == NULL)
    return;
  self->reading = FALSE;
  if (rows != NULL)
    show_rows (self, rows);
  else if (error != NULL)
    g_warning ("The general search failed: %s", error->message);
}

static void
on_text (GtkEditable *entry, KafSearchEverywhere *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (entry));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->reading = FALSE;
  if (*g_strstrip (text) == '\0')
    {
      clear_rows (self);
      gtk_widget_set_visible (self->scrolled, FALSE);
      gtk_widget_set_visible (self->none, FALSE);
      follow_size (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  self->reading = TRUE;
  kaf_store_run_async (self->store, KAF_LANE_READ, search, g_steal_pointer (&text), g_free,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, on_found,
                       g_object_ref (self));
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *item, KafSearchEverywhere *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  int place = gtk_list_box_row_get_index (item);
  g_autoptr (KafRow) row = NULL;

  if (self->rows == NULL || place < 0 || (guint) place >= self->rows->len || !KAF_IS_WINDOW (root))
    return;
  row = kaf_row_ref (g_ptr_array_index (self->rows, place));
  gtk_popover_popdown (GTK_POPOVER (self));
  kaf_window_open_record (KAF_WINDOW (root), row->entity, row->id, NULL, GTK_INVALID_LIST_POSITION);
}

static void
on_activate (GtkWidget *entry, KafSearchEverywhere *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  if (row != NULL && !self->reading)
    on_row_activated (GTK_LIST_BOX (self->list), row, self);
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        KafSearchEverywhere *self)
{
  if (key != GDK_KEY_Escape)
    return kaf_list_walk_key (GTK_LIST_BOX (self->list), GTK_SCROLLED_WINDOW (self->scrolled), key);
  gtk_popover_popdown (GTK_POPOVER (self));
  return GDK_EVENT_STOP;
}

static void
kaf_search_everywhere_dispose (GObject *object)
{
  KafSearchEverywhere *self = KAF_SEARCH_EVERYWHERE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  if (self->entry != NULL)
    g_signal_handlers_disconnect_by_data (self->entry, self);
  self->entry = NULL;
  self->list = NULL;
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_search_everywhere_parent_class)->dispose (object);
}

static void
kaf_search_everywhere_class_init (KafSearchEverywhereClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_search_everywhere_dispose;
}

static void
add_entry (KafSearchEverywhere *self, GtkWidget *box)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_entry_new ();
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_PRIMARY,
                                     "system-search-symbolic");
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry),
                                  _ ("Name, phone, e-mail, reference, in either script"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search Everywhere"), -1);
  g_signal_connect (self->entry, "changed", G_CALLBACK (on_text), self);
  g_signal_connect (self->entry, "activate", G_CALLBACK (on_activate), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (self->entry, keys);
  gtk_box_append (GTK_BOX (box), self->entry);
}

static void
kaf_search_everywhere_init (KafSearchEverywhere *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  add_entry (self, box);
  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_BROWSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Results"), -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);

  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scrolled), 420);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->list);
  gtk_widget_set_visible (self->scrolled, FALSE);
  gtk_box_append (GTK_BOX (box), self->scrolled);

  self->none = gtk_label_new (_ ("Nothing found. Try fewer words, or the other script."));
  gtk_label_set_wrap (GTK_LABEL (self->none), TRUE);
  gtk_widget_add_css_class (self->none, "dim-label");
  gtk_widget_set_margin_bottom (self->none, 12);
  gtk_widget_set_margin_top (self->none, 6);
  gtk_widget_set_visible (self->none, FALSE);
  gtk_box_append (GTK_BOX (box), self->none);

  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_BOTTOM);
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-search-everywhere");
}

GtkWidget *
kaf_search_everywhere_new (KafStore *store)
{
  KafSearchEverywhere *self = g_object_new (KAF_TYPE_SEARCH_EVERYWHERE, NULL);

  self->store = g_object_ref (store);
  return GTK_WIDGET (self);
}

void
kaf_search_everywhere_popup (KafSearchEverywhere *self)
{
  GtkWidget *parent;
  int width;

  g_return_if_fail (KAF_IS_SEARCH_EVERYWHERE (self));

  parent = gtk_widget_get_parent (GTK_WIDGET (self));
  width = gtk_widget_get_width (parent);
  gtk_widget_set_size_request (gtk_popover_get_child (GTK_POPOVER (self)),
                               MIN (WIDTH, width - 4 * MARGIN), -1);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &(GdkRectangle){ width / 2, 4 * MARGIN, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

void
kaf_search_everywhere_set_text (KafSearchEverywhere *self, const char *text)
{
  g_return_if_fail (KAF_IS_SEARCH_EVERYWHERE (self));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

int
kaf_search_everywhere_get_n_results (KafSearchEverywhere *self)
{
  g_return_val_if_fail (KAF_IS_SEARCH_EVERYWHERE (self), -1);

  if (self->reading)
    return -1;
  return self->rows != NULL ? (int) self->rows->len : 0;
}
