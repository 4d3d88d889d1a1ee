/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Showing as one what was judged to be one: for what writes, and for the files of kaf-one. */
#pragma once

#include "match/kaf-judgements.h"
#include "store/kaf-beside.h"
#include "store/kaf-database-private.h"
#include "store/kaf-one.h"

G_BEGIN_DECLS

/* What of a transaction concerns records that are one. */
typedef struct _KafOne KafOne;

/* @beside: not owned; hears of all that is shown otherwise. */
KafOne *kaf_one_new (KafDatabase *db, KafBeside *beside);
void kaf_one_free (KafOne *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafOne, kaf_one_free)

/* Before a row of that number is read to be written, or written: it is as it came from here on, until
 * kaf_one_project(). */
gboolean
kaf_one_restore (KafOne *self, const KafEntity *root, gint64 rid, const char *id, GError **error);

/* After @record, or the change of one, was written. */
void kaf_one_note (KafOne *self, KafRecord *record, gint64 rid);

/* Somebody at this device has judged so just now. */
void kaf_one_note_judged (KafOne *self, KafRecord *judgement);

/* A person typed that field of the row, of somebody who is one with others: the value shows. */
void kaf_one_note_typed (KafOne *self, const char *id, const KafEntity *part, const char *field);

/* The record is about to be gone: it, what is one with it and what names them are as they came from here on. */
gboolean kaf_one_forget (KafOne *self, const KafEntity *root, const char *id, GError **error);

/* Shows as one what now is, once all is written. @choices (out, transfer full, element-type KafRecord): what is to be
 * created for what was typed to show; to be written, and this called again. */
gboolean kaf_one_project (KafOne *self, GPtrArray **choices, GError **error);

/* Records of that entity may be judged to be one. */
gboolean kaf_one_concerns (const KafEntity *root);

/* All judgements that can be reached from @ids (a set of char*), which becomes all records that they name. */
KafJudgements *
kaf_one_gather (KafDatabase *db, const KafEntity *root, GHashTable *ids, GError **error);

/* Who is shown for @id in alias; NULL: itself. (transfer full) */
char *kaf_one_find_alias (KafDatabase *db, const KafEntity *root, const char *id);

/* What is wrong with what is shown: sentences. (element-type utf8) (transfer full) */
GPtrArray *kaf_one_check (KafDatabase *db, GError **error);

/* kaf-one-refs.c: fields that name persons or organisations */
typedef struct
{
  const KafEntity *entity;
  const KafField *field;
  const KafEntity *root; /* whom it names; NULL: what its owner_entity says */
} KafOneRef;

/* Ends with a NULL entity; static. */
const KafOneRef *kaf_one_refs (void);

/* Whom the value of @ref in @record may name; NULL: nobody who is judged. */
const KafEntity *kaf_one_ref_root (const KafOneRef *ref, KafRecord *record);

/* Whether anything that @record names is shown by another. */
gboolean kaf_one_refs_any (KafDatabase *db, KafRecord *record);

/* Has @record name who is shown; @own: the id that it is shown by itself, which it never names. */
void kaf_one_refs_map (KafDatabase *db, KafRecord *record, const char *own);

typedef gboolean (*KafOneRowFunc) (const KafEntity *root,
                                   gint64 rid,
                                   gpointer data,
                                   GError **error);

/* Rows that name one of @ids (a set of char*) of @root, as they are shown or as they came. */
gboolean kaf_one_refs_find (KafDatabase *db,
                            const KafEntity *root,
                            GHashTable *ids,
                            KafOneRowFunc func,
                            gpointer data,
                            GError **error);

/* kaf-one-shown.c: what follows from several records that are one */
typedef struct _KafOneSays KafOneSays;
KafOneSays *
kaf_one_says_read (KafDatabase *db, const KafEntity *root, GPtrArray *members, GError **error);
void kaf_one_says_free (KafOneSays *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafOneSays, kaf_one_says_free)

/* What this device alone knows, and what has to be chosen for it so that all show it. */
typedef struct
{
  GHashTable *typed; /* set of "ID\tPART\tFIELD": a person has typed it just now */
  gboolean
      is_fresh; /* somebody has just judged that they are one: what was written last is to show */
  GPtrArray *choices; /* gets records of field_choice */
} KafOneKnown;

/* What is shown of @records (element-type KafRecord: of one part, as they came, that of the shown first), by the id
 * @shown. @known: nullable. */
KafRecord *kaf_one_says_show (KafDatabase *db,
                              KafOneSays *self,
                              GPtrArray *records,
                              const char *shown,
                              const KafOneKnown *known);

/* When consents of the component end since another of it was withdrawn: rid → date. (transfer full) */
GHashTable *kaf_one_says_end_consents (KafDatabase *db, const char *shown, GError **error);

G_END_DECLS
