/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pairs as a list that is read as it is looked at: first which they are and in which order, then what a line says. */
#pragma once

#include "store/kaf-suspects.h"

G_BEGIN_DECLS

/* Likelihood, ‰, from which two are very likely one (matching.md). */
#define KAF_SUSPECT_VERY_LIKELY 990

typedef enum
{
  KAF_SUSPECTS_WAITING, /* all that wait for a judgement */
  KAF_SUSPECTS_VERY_LIKELY,
  KAF_SUSPECTS_TO_EXAMINE,
  KAF_SUSPECTS_LATER, /* put off: judged "unsure", and nothing since */
  KAF_N_SUSPECTS_SHOWN,
} KafSuspectsShown;

typedef enum
{
  KAF_SUSPECTS_BY_GAIN, /* the most to be won first */
  KAF_SUSPECTS_BY_LIKELIHOOD,
  KAF_SUSPECTS_BY_NAME,
  KAF_N_SUSPECTS_ORDERS,
} KafSuspectsOrder;

typedef struct
{
  KafSuspectsShown shown;
  KafSuspectsOrder order;
} KafSuspectsAsked;

/* Rows of the two, the older first. */
typedef struct
{
  gint64 a, b;
} KafSuspectPlace;

/* Up to @limit of them from @offset on, in their order. (element-type KafSuspectPlace) (transfer full) */
GArray *kaf_suspects_list_places (KafDatabase *db,
                                  const KafSuspectsAsked *asked,
                                  guint offset,
                                  guint limit,
                                  KafLang lang,
                                  GError **error);

guint kaf_suspects_count_shown (KafDatabase *db, KafSuspectsShown shown, GError **error);

typedef struct
{
  KafSuspect *pair;        /* as it is today, where it does not wait */
  char *other_a, *other_b; /* the names in the script that does not show; nullable */
  char *reason;            /* what speaks for it most, in words; nullable */
  gboolean waits;          /* for a judgement; FALSE: it was put off, or judged since */
} KafSuspectLine;
void kaf_suspect_line_free (KafSuspectLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafSuspectLine, kaf_suspect_line_free)

/* One for each of @places; NULL where a record is gone since. (element-type KafSuspectLine) (transfer full) */
GPtrArray *kaf_suspects_list_lines (
    KafDatabase *db, const KafSuspectPlace *places, guint n, KafLang lang, GError **error);

/* The same of the first @n of @suspects. (element-type KafSuspectLine) (transfer full) */
GPtrArray *kaf_suspects_list_lines_of (
    KafDatabase *db, GPtrArray *suspects, guint n, KafLang lang, GError **error);

G_END_DECLS
