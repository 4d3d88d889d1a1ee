/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reads the rows of a list: the columns as they are asked for, the rows in the order in which they lie, and texts that
 * are put into words once. Its parts: kaf-row-sets, kaf-row-related. */
#pragma once

#include "store/kaf-read-private.h"
#include "store/kaf-row-private.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_ROW_CELL_NONE,
  KAF_ROW_CELL_TITLE,
  KAF_ROW_CELL_TITLE_AR,
  KAF_ROW_CELL_REF,
  KAF_ROW_CELL_UPDATED,
  KAF_ROW_CELL_CREATED,
  KAF_ROW_CELL_AUTHOR,
  KAF_ROW_CELL_AVAILABILITY,
  KAF_ROW_CELL_MISSING,
  KAF_ROW_CELL_SCALAR,
  KAF_ROW_CELL_SET,
  KAF_ROW_CELL_RELATED,
  KAF_ROW_CELL_DERIVED,
} KafRowCellKind;

/* A column. */
typedef struct
{
  KafRowCellKind kind;
  const KafField *field; /* NULL: no field */
  const KafEntity *holder, *related;
  const KafField *twin; /* its Arabic one, where that is to be shown; nullable */
  int at, twin_at;      /* where the statement that reads the tables has them */
  gboolean plain;       /* told as it stands */
  GHashTable *words;    /* canonical → text, those of the lot; NULL: each row has its own */
} KafRowCell;

/* A row, and where it is to stand. */
typedef struct
{
  guint32 rid;
  guint at;
} KafRowTurn;

typedef struct
{
  KafDatabase *db;
  const KafEntity *entity, *root;
  KafLang lang;
  guint n_columns;
  KafRowLot *lot;
  KafRowCell *cells; /* one a column */
  GPtrArray *rows;   /* of KafRow; NULL: gone */
  KafRowTurn *turns; /* by rid */
  guint n_turns;
  GString *places; /* the same rids as a JSON array */
  gint64 minute;   /* of the last stamp that was told */
  const char *told;
} KafRowReader;

/* Of rows that are gone through by their rids. */
void kaf_row_reader_init (KafRowReader *self,
                          const guint32 *rids,
                          guint n_rids,
                          const char *const *columns);
void kaf_row_reader_clear (KafRowReader *self);

/* As long as the rows stay; NULL gives NULL. (transfer none) */
const char *kaf_row_reader_keep (KafRowReader *self, const char *text);

/* The same. @text: (transfer full) */
const char *kaf_row_reader_take (KafRowReader *self, char *text);

/* What @value is told by; @raw: out, the value itself. Both are kept. */
const char *kaf_row_reader_tell (KafRowReader *self,
                                 const KafRowCell *cell,
                                 const char *value,
                                 const char **raw);

/* The same of one of many, behind @text; not kept. */
void kaf_row_reader_append (KafRowReader *self,
                            const KafRowCell *cell,
                            const char *value,
                            GString *text);

/* A moment, in µs since 1970 UTC; 0: none. */
void kaf_row_reader_stamp (KafRowReader *self, KafRow *row, guint at, gint64 when);

/* The rows as a table of a statement: key, the number of the turn, and value, the rid. A CROSS JOIN behind it keeps to its
 * order. */
#define KAF_ROW_TURNS "json_each (?1)"

/* A walk: one statement asks of all rows. @take is called with each row of it, whose first column is the key of the
 * turn. */
typedef void (*KafRowTakeFunc) (KafRowReader *self,
                                guint turn,
                                KafStatement *statement,
                                gpointer data);

gboolean kaf_row_reader_walk (
    KafRowReader *self, const char *sql, KafRowTakeFunc take, gpointer data, GError **error);

/* What a statement is asked by: the number of the row on this device, or the id of its record. */
typedef enum
{
  KAF_ROW_BY_RID,
  KAF_ROW_BY_ID,
} KafRowKey;

/* A pass: @func is called with each row and the statement that asks of it; it steps itself. FALSE from it: an error. */
typedef gboolean (*KafRowPassFunc) (
    KafRowReader *self, KafRow *row, KafStatement *statement, gpointer data, GError **error);

gboolean kaf_row_reader_pass (KafRowReader *self,
                              const char *sql,
                              KafRowKey key,
                              KafRowPassFunc func,
                              gpointer data,
                              GError **error);

/* Columns that show sets of @entity's (kaf-row-sets). */
gboolean kaf_row_reader_sets (KafRowReader *self, const KafEntity *entity, GError **error);

/* A column that other records, or what is counted of them, fill; of others nothing (kaf-row-related). */
gboolean kaf_row_reader_column (KafRowReader *self, guint column, GError **error);

G_END_DECLS
