/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a query that goes to a file: what each reads, under which heading, of which kind its cells are. */
#pragma once

#include "report/kaf-sheet.h"
#include "store/kaf-page.h"

G_BEGIN_DECLS

/* A column by the path that kaf_page_rows() reads. The rest is nullable or 0: then as the schema has it. */
typedef struct
{
  const char *path;  /* NULL ends an array */
  const char *title; /* N_() */
  guint width;
  KafSheetFlags flags;
  const char *unless; /* path of a column */
} KafSheetPath;

typedef struct
{
  const char *path;
  const char *title;
  const KafField *field; /* NULL: text as it comes, or a time */
  KafSheetKind kind;
  gboolean arabic; /* the one column of names, in Arabic where there is an Arabic name */
  guint width;     /* characters; 0: by kind */
  KafSheetFlags flags;
  const char *unless;
} KafQueryColumn;

typedef struct
{
  GArray *columns;  /* of KafQueryColumn */
  GPtrArray *paths; /* of const char*, NULL-terminated: what the store is asked for */
} KafQueryColumns;

/* Of @paths, which live as long: those that the role of this device may read, and that the entity has. */
KafQueryColumns *kaf_query_columns_new (KafDatabase *db,
                                        const KafEntity *entity,
                                        const KafSheetPath *paths,
                                        KafLang lang);
/* The same of bare paths; NULL: the usual columns. */
KafQueryColumns *kaf_query_columns_new_list (KafDatabase *db,
                                             const KafEntity *entity,
                                             const char *const *paths,
                                             KafLang lang);
void kaf_query_columns_free (KafQueryColumns *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafQueryColumns, kaf_query_columns_free)

#define kaf_query_column(self, i) (&g_array_index ((self)->columns, KafQueryColumn, i))

/* Calls @func with each row of @query, in its order; FALSE from it ends the reading. Of many rows it is called from
 * another thread, one at a time, while this one reads on: it must not touch @db. When this returns it is not called any
 * more. Errors: KAF_STORE_ERROR, G_IO_ERROR_CANCELLED, G_IO_ERROR_INVALID_ARGUMENT: more than a sheet holds. */
typedef gboolean (*KafQueryRowFunc) (const KafRow *row,
                                     const KafQueryColumns *columns,
                                     gpointer data,
                                     GError **error);
gboolean kaf_query_columns_read (const KafQueryColumns *self,
                                 KafDatabase *db,
                                 const KafQuery *query,
                                 KafLang lang,
                                 KafQueryRowFunc func,
                                 gpointer data,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
