/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/record/kaf-history-list.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "ui/compat/kaf-chevron.h"
#include "ui/compat/kaf-text.h"
#include "ui/record/kaf-record-section.h"
#include "ui/record/kaf-wrap.h"

/* A biography is not read in the margin of a page. */
#define LINE_WIDTH 120 /* px */
#define VALUE_LINES 3

struct _KafHistoryList
{
  GtkBox parent_instance;

  GtkWidget *all;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (KafHistoryList, kaf_history_list, GTK_TYPE_BOX)

static void
kaf_history_list_class_init (KafHistoryListClass *klass)
{
}

static void
kaf_history_list_init (KafHistoryList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

static const struct
{
  const char *label;
  const char *words; /* N_() */
} batch_labels[] = {
  { "import", N_ ("import") },      { "undo", N_ ("undo") },
  { "redo", N_ ("redo") },          { "bulk-edit", N_ ("several records at once") },
  { "sample", N_ ("sample data") }, { "pseudonym", N_ ("erasure of a person") },
};

static char *
when_and_who (const KafHistoryItem *item, KafLang lang)
{
  g_autofree char *moment = kaf_time_format (item->when, lang);
  g_autofree char *ltr = kaf_bidi_ltr (moment);
  g_autofree char *author = kaf_bidi_isolate (item->author);
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_append (line, ltr);
  if (item->author != NULL)
    g_string_append_printf (line, " · %s", author);
  for (guint i = 0; i < G_N_ELEMENTS (batch_labels); i++)
    {
      if (g_strcmp0 (item->label, batch_labels[i].label) == 0)
        g_string_append_printf (line, " · %s", _ (batch_labels[i].words));
    }
  return kaf_bidi_line (line->str);
}

static const char *
what (const KafHistoryItem *item)
{
  if (item->field != NULL)
    return _ (item->field->label);
  switch (item->kind)
    {
    case KAF_CHANGE_CREATE:
      return _ ("Record created");
    case KAF_CHANGE_DELETE:
      return _ ("Record deleted");
    case KAF_CHANGE_RESTORE:
      return _ ("Record restored");
    case KAF_CHANGE_UPDATE:
    default:
      return _ ("Record changed");
    }
}

static GtkWidget *
line_new (const char *text, gboolean dim)
{
  KafDrawnTextStyle style = KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_FIGURE;

  return kaf_text_new (text, dim ? style | KAF_DRAWN_TEXT_DIM : style, LINE_WIDTH, VALUE_LINES);
}

/* "before › after" */
static GtkWidget *
values_new (const KafHistoryItem *item)
{
  GtkWidget *box = kaf_wrap_new (6, 2);

  kaf_wrap_append (KAF_WRAP (box),
                   line_new (item->before_text != NULL ? item->before_text : "—", TRUE));
  kaf_wrap_append (KAF_WRAP (box), kaf_chevron_new ());
  kaf_wrap_append (KAF_WRAP (box),
                   line_new (item->after_text != NULL ? item->after_text : "—", FALSE));
  return box;
}

static GtkWidget *
undo_button_new (const KafHistoryItem *item)
{
  g_autofree char *name = g_strdup_printf (_ ("Undo: %s"), what (item));
  GtkWidget *button = kaf_record_section_icon_button ("edit-undo-symbolic", name);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "record.undo");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", item->batch);
  gtk_widget_add_css_class (button, "kaf-on-hover");
  return button;
}

/* What is undone is written the other way round. */
static gboolean
may_undo (KafStore *store, const KafHistoryItem *item)
{
  if (item->batch == NULL || kaf_store_is_read_only (store))
    return FALSE;
  if (item->field != NULL)
    return kaf_store_may_write_field (store, item->entity, item->field);
  return kaf_store_may_make (store, item->entity);
}

GtkWidget *
kaf_history_row_new (const KafHistoryItem *item,
                     const KafHistoryItem *before,
                     KafStore *store,
                     KafLang lang)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  gboolean same_batch = before != NULL && g_strcmp0 (before->batch, item->batch) == 0;
  g_autofree char *when = when_and_who (item, lang);
  g_autofree char *name = g_strdup_printf ("%s, %s, %s › %s", when, what (item),
                                           item->before_text != NULL ? item->before_text : "—",
                                           item->after_text != NULL ? item->after_text : "—");

  gtk_box_append (GTK_BOX (lines), line_new (when, TRUE));
  gtk_box_append (GTK_BOX (lines), line_new (what (item), FALSE));
  if (item->field != NULL)
    gtk_box_append (GTK_BOX (lines), values_new (item));
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (box), lines);
  if (!same_batch && may_undo (store, item))
    gtk_box_append (GTK_BOX (box), undo_button_new (item));

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

GtkWidget *
kaf_history_list_new (void)
{
  KafHistoryList *self = g_object_new (KAF_TYPE_HISTORY_LIST, NULL);
  GtkWidget *section = kaf_record_section_new (_ ("History"));

  self->all = kaf_record_section_add_button (KAF_RECORD_SECTION (section), _ ("See all"),
                                             _ ("See the whole history"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->all), "record.history");
  self->list = kaf_record_section_list (_ ("History"));
  kaf_record_section_set_child (KAF_RECORD_SECTION (section), self->list);
  gtk_box_append (GTK_BOX (self), section);
  return GTK_WIDGET (self);
}

void
kaf_history_list_set_items (KafHistoryList *self,
                            const GPtrArray *items,
                            KafStore *store,
                            KafLang lang)
{
  g_return_if_fail (KAF_IS_HISTORY_LIST (self));

  kaf_record_section_clear (self->list);
  for (guint i = 0; i < items->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         kaf_history_row_new (g_ptr_array_index (items, i),
                                              i > 0 ? g_ptr_array_index (items, i - 1) : NULL,
                                              store, lang));
  if (items->len == 0)
    kaf_record_section_say (self->list, _ ("Nothing was changed yet."));
}
