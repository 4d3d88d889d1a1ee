/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the home page tells, read in two goes: what is known at once, and what has to be counted. */
#pragma once

#include "store/kaf-store.h"
#include "store/kaf-todo.h"

G_BEGIN_DECLS

/* Something that waits: how many records, and the list of them. */
typedef struct
{
  gint64 n;
  KafQuery *query;
} KafHomeCount;

typedef enum
{
  KAF_HOME_OLD,       /* confirmed longer ago than a year */
  KAF_HOME_NEVER,     /* never confirmed */
  KAF_HOME_NO_ARABIC, /* no family name in Arabic */
  KAF_HOME_NO_LATIN,  /* none in Latin script */
  KAF_HOME_N_WAITING, /* those above wait for somebody; all tell of the quality of the data */
  KAF_HOME_UNVERIFIED =
      KAF_HOME_N_WAITING, /* no officer made sure that the file is this person's */
  KAF_HOME_NO_CONTACT,    /* neither phone nor e-mail */
  KAF_HOME_NO_CONSENT,    /* no consent is on file */
  KAF_HOME_BOTH_SCRIPTS,  /* the family name in both */
  KAF_HOME_N_COUNTS
} KafHomeCountKind;

/* Counted behind. */
typedef struct
{
  KafHomeCount counts[KAF_HOME_N_COUNTS];
  KafTodo *todo;        /* the most urgent of what I follow and of what nobody does */
  GPtrArray *recent;    /* of KafRow: experts changed last, the date in cells[0] */
  GPtrArray *countries; /* of KafGroup */
  GPtrArray *domains;   /* the same */
  KafLang lang;         /* of the texts */
  char *stamp;          /* of the state that was counted */
} KafHomeRest;
void kaf_home_rest_free (KafHomeRest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafHomeRest, kaf_home_rest_free)

/* Read at once, whatever the size of the store. */
typedef struct
{
  gint64 n_experts, n_organisations, n_networks;
  gint64 n_suspects; /* pairs that may be one; 0 also for who may not judge */
  char *today;       /* ISO date */
  char *author;      /* the name that the person gave; nullable */
  GPtrArray *drafts; /* of KafDraft, newest first */
  KafHomeRest *kept; /* what was counted last, perhaps of an earlier state; nullable */
  guint n_conflicts; /* to be settled */
  guint n_rejected;  /* edits that the server did not take */
  char *stamp;       /* of the present state: what was counted of it has the same */
  gboolean totals;   /* whoever looks sees them alone: nothing else is read */
  gboolean mends[KAF_HOME_N_WAITING]; /* what of the counts the role of who works here puts right */
} KafHomeStart;
void kaf_home_start_free (KafHomeStart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafHomeStart, kaf_home_start_free)

/* KafStoreJobs; @data is unused. */
gpointer
kaf_home_read_start (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error);
gpointer
kaf_home_read_rest (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error);

/* What was counted as the text that is kept on this device, without the names of persons. */
char *kaf_home_rest_to_text (const KafHomeRest *self);

/* Such a text read again; the rows are read anew. NULL: not understood, or of another language. */
KafHomeRest *kaf_home_rest_from_text (KafDatabase *db, const char *text, KafLang lang);

/* A KafStoreJob that keeps the text @data. */
gpointer kaf_home_keep (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
