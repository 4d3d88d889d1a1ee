/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/app/kaf-home-part.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-bar.h"
#include "ui/compat/kaf-text.h"
#include "ui/record/kaf-record-section.h"

#define HEADING_HEIGHT 28 /* px; as style.css has it */

static void
make_part (KafHomePart *self, GtkWidget *column, const char *title, GtkWidget *rows)
{
  self->section = kaf_record_section_new (title);
  self->rows = rows;
  self->sentence = kaf_record_section_sentence (NULL);
  gtk_widget_set_visible (self->sentence, FALSE);
  gtk_box_append (GTK_BOX (self->section), self->rows);
  gtk_box_append (GTK_BOX (self->section), self->sentence);
  gtk_box_append (GTK_BOX (column), self->section);
}

void
kaf_home_part_make_list (KafHomePart *self, GtkWidget *column, const char *title)
{
  if (self->section == NULL)
    make_part (self, column, title, kaf_record_section_list (title));
}

void
kaf_home_part_make_bars (KafHomePart *self, GtkWidget *column, const char *title)
{
  if (self->section == NULL)
    make_part (self, column, title, kaf_record_section_bars ());
}

KafHomeRow *
kaf_home_part_next_row (KafHomePart *self, KafHomeRow *before)
{
  GtkWidget *row = before != NULL ? gtk_widget_get_next_sibling (GTK_WIDGET (before))
                                  : gtk_widget_get_first_child (self->rows);

  if (row == NULL)
    {
      row = kaf_home_row_new ();
      gtk_list_box_append (GTK_LIST_BOX (self->rows), row);
    }
  return KAF_HOME_ROW (row);
}

void
kaf_home_part_end_rows (KafHomePart *self, KafHomeRow *last, const char *sentence)
{
  GtkWidget *row;

  while ((row = last != NULL ? gtk_widget_get_next_sibling (GTK_WIDGET (last))
                             : gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->rows), row);
  kaf_text_set (KAF_TEXT (self->sentence), sentence);
  gtk_widget_set_visible (self->rows, last != NULL);
  gtk_widget_set_visible (self->sentence, last == NULL && sentence != NULL);
}

int
kaf_home_part_least_height (const KafHomePart *self)
{
  int height = HEADING_HEIGHT;

  if (self->rows == NULL)
    return 0;
  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    height += KAF_HOME_ROW_HEIGHT;
  return height;
}

static void
set_bar (KafBar *bar, const char *path, const KafGroup *group, gint64 max)
{
  const char *label = group->text != NULL ? group->text : _ ("Unknown");
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
  g_autofree char *json = NULL;
  g_autofree char *count = kaf_number_format (group->count, kaf_application_get_lang ());

  if (group->value == NULL)
    kaf_query_set_condition (query, path, KAF_OP_UNSET, NULL);
  else
    kaf_query_set_condition (query, path, KAF_OP_ANY_OF,
                             (const char *const[]){ group->value, NULL });
  json = kaf_query_to_json (query);
  kaf_bar_set (bar, label, count, group->count, max, "win.show-query", g_variant_new_string (json));
}

void
kaf_home_part_show_bars (KafHomePart *part, const char *path, const GPtrArray *groups)
{
  GtkWidget *bar = gtk_widget_get_first_child (part->rows);
  gint64 max = 1;

  for (guint i = 0; i < groups->len; i++)
    max = MAX (max, ((const KafGroup *) g_ptr_array_index (groups, i))->count);
  for (guint i = 0; i < groups->len; i++)
    {
      if (bar == NULL)
        {
          bar = kaf_bar_new ();
          gtk_box_append (GTK_BOX (part->rows), bar);
        }
      set_bar (KAF_BAR (bar), path, g_ptr_array_index (groups, i), max);
      bar = gtk_widget_get_next_sibling (bar);
    }
  while (bar != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (bar);

      gtk_box_remove (GTK_BOX (part->rows), bar);
      bar = next;
    }
  kaf_text_set (KAF_TEXT (part->sentence), _ ("Not known yet."));
  gtk_widget_set_visible (part->rows, groups->len > 0);
  gtk_widget_set_visible (part->sentence, groups->len == 0);
}
