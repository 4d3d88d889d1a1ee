/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of a programme: what each of its domains has, modules, sessions, experts of its networks, conventions, and how far
 * the target is reached. Read behind the page; each figure opens the list that it counts, and what is missing says
 * what to do. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_COVERAGE_MODULES,
  KAF_COVERAGE_SESSIONS,
  KAF_COVERAGE_EXPERTS,
  KAF_COVERAGE_CONVENTIONS,
  KAF_COVERAGE_N,
} KafCoverageFigure;

typedef struct
{
  char *domain; /* code */
  char *title;
  KafQuery *queries[KAF_COVERAGE_N]; /* NULL: there is nothing that could be counted */
  gint64 counts[KAF_COVERAGE_N];
} KafCoverageRow;

typedef struct
{
  GPtrArray *rows;  /* (element-type KafCoverageRow), in the order of the programme's domains */
  gint64 present;   /* trainees present in all its sessions */
  gint64 target;    /* 0: not said */
  char *target_of;  /* nullable */
  guint n_sessions; /* whose trainees are counted */
} KafCoverage;

void kaf_coverage_free (KafCoverage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafCoverage, kaf_coverage_free)

/* Errors: KAF_STORE_ERROR, NOT_FOUND among them. */
KafCoverage *
kaf_coverage_read (KafDatabase *db, const char *programme, KafLang lang, GError **error);

#define KAF_TYPE_COVERAGE_TABLE (kaf_coverage_table_get_type ())
G_DECLARE_FINAL_TYPE (KafCoverageTable, kaf_coverage_table, KAF, COVERAGE_TABLE, GtkBox)

GtkWidget *kaf_coverage_table_new (KafStore *store, KafLang lang);

/* Reads the figures of the programme again; hidden while there are none. */
void kaf_coverage_table_set_id (KafCoverageTable *self, const char *id);

G_END_DECLS
