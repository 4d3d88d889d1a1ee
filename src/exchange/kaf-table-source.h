/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each kind of table does for kaf-table-reader: one struct of functions a kind, and what its reading begins with. */
#pragma once

#include "exchange/kaf-table-reader.h"
#include "exchange/kaf-table-line.h"
#include "exchange/kaf-unzip.h"

G_BEGIN_DECLS

typedef struct _KafTableSource KafTableSource;

typedef struct
{
  /* Goes to the beginning of a sheet. */
  gboolean (*choose) (KafTableSource *self, guint sheet, GCancellable *cancellable, GError **error);
  /* Reads into @row, which it clears and numbers; cells are sealed by the caller. FALSE without an error: the end. */
  gboolean (*next) (KafTableSource *self,
                    KafTableLine *row,
                    GCancellable *cancellable,
                    GError **error);
  gint64 (*get_position) (KafTableSource *self);
  void (*free) (KafTableSource *self);
} KafTableSourceClass;

/* The beginning of the struct of each kind. */
struct _KafTableSource
{
  const KafTableSourceClass *klass;
  KafTableKind kind;
  GPtrArray *sheets;    /* of KafTableSheet */
  const char *encoding; /* nullable, static */
  char separator;
};

/* The bytes a kind is known by, and a detector looks at. */
#define KAF_TABLE_HEAD (256 * 1024)

void
kaf_table_source_init (KafTableSource *self, const KafTableSourceClass *klass, KafTableKind kind);
/* @name is copied. */
void kaf_table_source_add_sheet (KafTableSource *self, const char *name, gboolean hidden);
void kaf_table_source_clear (KafTableSource *self);

/* @head: the first bytes of @file. */
KafTableSource *kaf_table_csv_new (GFile *file,
                                   GBytes *head,
                                   const KafTableOptions *options,
                                   GCancellable *cancellable,
                                   GError **error);
KafTableSource *kaf_table_vcard_new (GFile *file,
                                     GBytes *head,
                                     const KafTableOptions *options,
                                     GCancellable *cancellable,
                                     GError **error);
/* @zip is taken, also with an error. */
KafTableSource *kaf_table_xlsx_new (KafUnzip *zip, GCancellable *cancellable, GError **error);
KafTableSource *kaf_table_ods_new (KafUnzip *zip, GCancellable *cancellable, GError **error);

G_END_DECLS
