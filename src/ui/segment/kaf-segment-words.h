/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pages of segments share. */
#pragma once

#include <gtk/gtk.h>

#include "base/kaf-lang.h"
#include "store/kaf-segments.h"

G_BEGIN_DECLS

/* A segment with what is told of it, ready to show. */
typedef struct
{
  KafSegment *segment;
  char *title; /* in the language of the interface, where there is one */
  char *told;  /* what it asks for, or why that cannot be told */
} KafSegmentShown;

/* @segment: (transfer full). On a worker. */
KafSegmentShown *kaf_segment_shown_new (KafDatabase *db, KafSegment *segment, KafLang lang);
void kaf_segment_shown_free (KafSegmentShown *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafSegmentShown, kaf_segment_shown_free)

/* Whether segments are made of records of @entity. */
gboolean kaf_segment_may_be_of (const KafEntity *entity);

/* @child in the middle of a page that scrolls. */
GtkWidget *kaf_segment_scroll (GtkWidget *child);

G_END_DECLS
