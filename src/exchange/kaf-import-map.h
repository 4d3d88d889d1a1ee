/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the table of another office is read: which column is which field, what its words stand for, and who says all this
 * since when. It is proposed, changed by a person, and kept by source. No store is asked but to remember. */
#pragma once

#include "exchange/kaf-table-reader.h"
#include "schema/kaf-entity.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

#define KAF_IMPORT_MAP_ERROR (kaf_import_map_error_quark ())
GQuark kaf_import_map_error_quark (void);

typedef enum
{
  KAF_IMPORT_MAP_ERROR_FIELD,  /* no field is called so; the message names it */
  KAF_IMPORT_MAP_ERROR_COLUMN, /* the table has no such column; the message names it */
  KAF_IMPORT_MAP_ERROR_TEXT,   /* no JSON of a mapping */
} KafImportMapError;

/* The sentence for a person, for an error of KAF_IMPORT_MAP_ERROR. (transfer full) */
char *kaf_import_map_explain (const GError *error);

typedef enum
{
  KAF_IMPORT_SKIP,
  KAF_IMPORT_FIELD,
  KAF_IMPORT_FULL_NAME, /* given and family name in one piece, in either script or in both */
  KAF_IMPORT_ID,        /* id or reference of a record of this store */
} KafImportUse;

/* Targets that are no field. */
#define KAF_IMPORT_TARGET_SKIP "-"
#define KAF_IMPORT_TARGET_FULL_NAME "full_name"
#define KAF_IMPORT_TARGET_REF "ref"

typedef struct
{
  char *header; /* as the file has it; empty: it has none */
  KafImportUse use;
  const KafEntity *entity; /* of the field: the one asked for, or its owner */
  const KafField *field;   /* NULL but for KAF_IMPORT_FIELD */
  double confidence;       /* 0–1, of the proposal; 1 once a person chose */
  GHashTable *values;      /* folded text → code, empty: to be left out; nullable */
} KafImportColumn;

typedef struct
{
  const KafEntity *entity;
  GPtrArray *columns; /* KafImportColumn */
  gboolean has_header;
  gboolean month_first;  /* 12/31/1980 */
  char *source;          /* who says it: "Consulat général à Lyon"; nullable: not told yet */
  char *origin;          /* code of source_claim.origin; nullable */
  char *claimed_on;      /* since when, ISO; NULL: the day of the import */
  char *confidence;      /* code of source_claim.confidence; nullable */
  GHashTable *constants; /* id of a field → text, for rows that do not say it */
} KafImportMap;

/* Proposed from the first rows, as kaf_table_reader_peek() gives them, the one with the headers too. */
KafImportMap *kaf_import_map_new (const KafEntity *entity, const GPtrArray *rows);
KafImportMap *kaf_import_map_copy (const KafImportMap *self);
void kaf_import_map_free (KafImportMap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafImportMap, kaf_import_map_free)

/* In which order days written in numbers stand, by the first rows. */
typedef enum
{
  KAF_IMPORT_NO_DATES,
  KAF_IMPORT_DAY_FIRST,
  KAF_IMPORT_MONTH_FIRST,
  KAF_IMPORT_EITHER_FIRST, /* nothing tells: a person is to be asked */
} KafImportDates;

/* @rows: as kaf_import_map_new() has them, which takes what is sure. */
KafImportDates kaf_import_map_read_dates (const KafImportMap *self, const GPtrArray *rows);

/* What a column may be: "full_name", "ref" and ids of fields, with their labels (N_()). */
typedef struct
{
  const char *id;
  const char *label;
} KafImportTarget;

/* In the order of forms. (element-type KafImportTarget) (transfer full) */
GArray *kaf_import_map_list_targets (const KafEntity *entity);

const KafImportColumn *kaf_import_map_get (const KafImportMap *self, guint column);
/* "-" for a column that is left out. (transfer none) */
const char *kaf_import_map_get_target (const KafImportMap *self, guint column);
/* Errors: KAF_IMPORT_MAP_ERROR_FIELD. */
gboolean
kaf_import_map_set_target (KafImportMap *self, guint column, const char *target, GError **error);

/* "COLUMN=FIELD", the column by its header or its number from 1. Errors: KAF_IMPORT_MAP_ERROR. */
gboolean kaf_import_map_assign (KafImportMap *self, const char *assignment, GError **error);

/* What all rows say that say nothing else of it: "country", "FR". Errors: KAF_IMPORT_MAP_ERROR_FIELD. */
gboolean kaf_import_map_set_constant (KafImportMap *self,
                                      const char *field,
                                      const char *text,
                                      GError **error);

/* @text of a list stands for @code; empty: is left out; NULL: is asked again. */
void
kaf_import_map_translate (KafImportMap *self, guint column, const char *text, const char *code);

void kaf_import_map_set_text (char **place, const char *text);

/* All of it as JSON, and what of it fits the columns at hand, by their headers. */
char *kaf_import_map_to_json (const KafImportMap *self);
gboolean kaf_import_map_apply_json (KafImportMap *self, const char *json, GError **error);

/* Keeps the mapping on this device under its source; recalling finds the one whose headers are most like those at hand,
 * and applies it. FALSE: there is none. */
gboolean kaf_import_map_remember (const KafImportMap *self, KafDatabase *db, GError **error);
gboolean kaf_import_map_recall (KafImportMap *self, KafDatabase *db);

G_END_DECLS
