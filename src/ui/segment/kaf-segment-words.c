/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/segment/kaf-segment-words.h"

#include <adwaita.h>

#include "schema/kaf-registry.h"
#include "store/kaf-query-text.h"

#define WIDTH_MAX 900

KafSegmentShown *
kaf_segment_shown_new (KafDatabase *db, KafSegment *segment, KafLang lang)
{
  KafSegmentShown *self = g_new0 (KafSegmentShown, 1);
  const char *first = lang == KAF_LANG_AR ? segment->title_ar : segment->title;
  const char *second = lang == KAF_LANG_AR ? segment->title : segment->title_ar;

  self->segment = segment;
  self->title = g_strdup (first != NULL ? first : second != NULL ? second : segment->ref);
  self->told = segment->query != NULL ? kaf_query_describe (db, segment->query, lang)
                                      : g_strdup (segment->problem);
  return self;
}

void
kaf_segment_shown_free (KafSegmentShown *self)
{
  kaf_segment_free (self->segment);
  g_free (self->title);
  g_free (self->told);
  g_free (self);
}

gboolean
kaf_segment_may_be_of (const KafEntity *entity)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("segment"), "entity");

  return kaf_field_find_choice (field, entity->id) != NULL;
}

GtkWidget *
kaf_segment_scroll (GtkWidget *child)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_box_append (GTK_BOX (box), child);
  gtk_widget_add_css_class (box, "kaf-page");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDTH_MAX);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}
