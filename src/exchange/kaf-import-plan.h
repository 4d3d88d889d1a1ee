/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import would do, row by row, before anything is written: the table is read by a mapping and each row is put
 * beside the store. Rows are kept as the file has them, so that one can be mended here and what is refused goes back whole.
 *
 * A row is about the record of its reference here, else about the one that its source knows by its number (a row without
 * one has a number of what it says, so that the same file again changes nothing), else about the person whom it joins by
 * e-mail or identifier (kaf_match_may_join()). What is only likely comes in as a record of its own; what a person says of
 * it, that it is the same or another, is a judgement (store/kaf-judge.h): it destroys nothing and can be taken back.
 *
 * Making and changing a plan reads the store: on a worker. Reading one's rows does not. Not locked: one thread at a
 * time. */
#pragma once

#include "exchange/kaf-import-cells.h"
#include "store/kaf-attachments.h"
#include "store/kaf-commit.h"

G_BEGIN_DECLS

/* Text of all rows that a plan holds, in bytes; a larger table is to be parted. */
#define KAF_IMPORT_TEXT_MAX (256 * 1024 * 1024)

#define KAF_IMPORT_PLAN_ERROR (kaf_import_plan_error_quark ())
GQuark kaf_import_plan_error_quark (void);

typedef enum
{
  KAF_IMPORT_PLAN_ERROR_LARGE,   /* over KAF_IMPORT_TEXT_MAX */
  KAF_IMPORT_PLAN_ERROR_NOTHING, /* no column is mapped */
} KafImportPlanError;

typedef enum
{
  KAF_IMPORT_NEW,
  KAF_IMPORT_CHANGED,
  KAF_IMPORT_SAME,
  KAF_IMPORT_DUPLICATE, /* likely somebody who is there: comes in, to be judged */
  KAF_IMPORT_REFUSED,
  KAF_N_IMPORT_OUTCOMES,
} KafImportOutcome;

/* "new"…, for JSON. */
const char *kaf_import_outcome_id (KafImportOutcome outcome);

/* What a person said of a duplicate. */
typedef enum
{
  KAF_IMPORT_LATER,     /* or nothing: it waits for a judgement */
  KAF_IMPORT_THE_SAME,  /* shown as one with that record */
  KAF_IMPORT_DIFFERENT, /* nobody is asked again */
} KafImportDecision;

typedef struct
{
  guint number; /* of the row in the file */
  KafImportOutcome outcome;
  KafImportDecision decision;
  gboolean left_out;
  gboolean joined;     /* by e-mail or identifier */
  gboolean idle;       /* nothing of it is to be written, not even what its source says */
  char *id;            /* the record that it changes, is the same as, or likely is; nullable */
  int of_row;          /* the same, of a row before: its place; -1 */
  double likelihood;   /* of a duplicate */
  char *title;         /* who it is about, as the row says it */
  char *source_number; /* by which the source knows it */
  char *sentence;      /* why it is refused; nullable */
  int fault_column;    /* of that, -1 */
  GHashTable *mended;  /* column → text, of cells that a person mended; nullable */
  guint n_cells;
  char
      *cells; /* a letter of the kind and the text of each, one after the other, with their zeros */
  char *said; /* what was read of them: of kaf_import_row_pack(); NULL: nothing yet */
} KafImportPlanRow;

typedef struct _KafImportPlan KafImportPlan;

/* Reads the chosen sheet to its end. @map is copied. @progress: in thousandths. Errors: KAF_IMPORT_PLAN_ERROR,
 * KAF_TABLE_ERROR, KAF_STORE_ERROR, G_IO_ERROR (CANCELLED too). */
KafImportPlan *kaf_import_plan_make (KafDatabase *db,
                                     KafTableReader *reader,
                                     const KafImportMap *map,
                                     KafProgressFunc progress,
                                     gpointer progress_data,
                                     GCancellable *cancellable,
                                     GError **error);
/* Whoever looks at a plan on another thread holds it: the window that shows it may be closed. */
KafImportPlan *kaf_import_plan_ref (KafImportPlan *self);
/* Gives up a reference. */
void kaf_import_plan_free (KafImportPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafImportPlan, kaf_import_plan_free)

const KafImportMap *kaf_import_plan_get_map (const KafImportPlan *self);
guint kaf_import_plan_get_n (const KafImportPlan *self);
const KafImportPlanRow *kaf_import_plan_get (const KafImportPlan *self, guint place);

/* Rows of an outcome, those that are left out too. */
guint kaf_import_plan_count (const KafImportPlan *self, KafImportOutcome outcome);
/* Rows that something is written of. */
guint kaf_import_plan_count_written (const KafImportPlan *self);

/* The names of the columns, where the table has them. NULL-terminated by @n. */
const char *kaf_import_plan_get_header (const KafImportPlan *self, guint column);

/* The cells of a row, which stand as long as it is not changed. (element-type KafTableCell) (transfer full) */
GArray *kaf_import_plan_list_cells (const KafImportPlan *self, guint place);

/* Words of lists that are no code. (element-type KafImportWord) (transfer none) */
const GPtrArray *kaf_import_plan_get_unknown (const KafImportPlan *self);

void kaf_import_plan_leave_out (KafImportPlan *self, guint place, gboolean left_out);
void kaf_import_plan_decide (KafImportPlan *self, guint place, KafImportDecision decision);

/* Mends a cell, and judges the row anew. Errors: KAF_STORE_ERROR. */
gboolean kaf_import_plan_set_cell (KafImportPlan *self,
                                   KafDatabase *db,
                                   guint place,
                                   guint column,
                                   const char *text,
                                   GError **error);

/* One value that a row says; texts for reading. */
typedef struct
{
  const KafField *field;
  char *before; /* of the record that it is about, or likely is; nullable */
  char *after;  /* as the row says it; of a set what it becomes */
  enum
  {
    KAF_IMPORT_SAYS_NEW,       /* is written */
    KAF_IMPORT_SAYS_SAME,      /* stands so */
    KAF_IMPORT_SAYS_OTHER,     /* what stands is believed more, or is another record's */
    KAF_IMPORT_SAYS_FORBIDDEN, /* the role of who takes it in may not write it */
  } says;
} KafImportSaid;

/* All that a row says. Errors: KAF_STORE_ERROR. (element-type KafImportSaid) (transfer full) */
GPtrArray *kaf_import_plan_list_said (
    KafImportPlan *self, KafDatabase *db, guint place, KafLang lang, GError **error);

/* Why a row is thought to be about the record: "✔ same e-mail address · …". (transfer full) (nullable) */
char *kaf_import_plan_tell (KafImportPlan *self, KafDatabase *db, guint place, KafLang lang);

/* How the record that a row is about is called and its reference; both nullable. */
char *kaf_import_plan_name_record (
    KafImportPlan *self, KafDatabase *db, guint place, KafLang lang, char **ref);

/* Of an import that was done. */
typedef struct
{
  guint n_created, n_updated, n_same;
  guint n_claims;      /* values that are noted with their source */
  KafReceipt *receipt; /* NULL: there was nothing to write */
} KafImportTaken;

void kaf_import_taken_free (KafImportTaken *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafImportTaken, kaf_import_taken_free)

/* Writes all rows but those left out and refused, as one batch. A row that the store does not take is refused in the
 * plan and the others go in. Errors: KAF_STORE_ERROR, G_IO_ERROR_CANCELLED: nothing was written. */
KafImportTaken *kaf_import_plan_take (KafImportPlan *self,
                                      KafDatabase *db,
                                      KafProgressFunc progress,
                                      gpointer progress_data,
                                      GCancellable *cancellable,
                                      GError **error);

/* Saves the refused rows as they came, the reason in front, for a spreadsheet: UTF-8 with its mark, semicolons. */
gboolean kaf_import_plan_save_refused (const KafImportPlan *self,
                                       KafDatabase *db,
                                       GFile *file,
                                       GCancellable *cancellable,
                                       GError **error);

G_END_DECLS
