/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run of the rules over a store: what its parts share. */
#pragma once

#include "rules/convention/kaf-convention-rules.h"
#include "rules/network/kaf-mandate.h"
#include "store/kaf-database-private.h"
#include "store/kaf-findings.h"
#include "store/kaf-row-filter.h"

G_BEGIN_DECLS

typedef struct
{
  KafDatabase *db;
  GCancellable *cancellable;
  KafFindings *findings;
  char *today; /* ISO, of the day of the findings */
  KafConventions *conventions;
  KafStanding **standings; /* of conventions->acts, on the day */
  GHashTable *mandates;    /* id → KafMandate: all, or those that the rules need */
} KafRun;

/* Calls @take with each row. CROSS JOIN says in which order to go: the planner would rather walk through all heads.
 * @bind (nullable): text for ?1. Errors: KAF_STORE_ERROR, G_IO_ERROR_CANCELLED. */
typedef void (*KafRunFunc) (KafRun *self, KafStatement *row, gpointer data);
gboolean kaf_run_rows (KafRun *self,
                       const char *sql,
                       const char *bind,
                       KafRunFunc take,
                       gpointer data,
                       GError **error);

/* The same; @filters, up to one that wants nothing, are what kaf_wants (?…) asks, see kaf-row-filter.h: the parameters
 * after @bind where there is one. */
gboolean kaf_run_filtered (KafRun *self,
                           const char *sql,
                           const char *bind,
                           const KafRowFilter *filters,
                           KafRunFunc take,
                           gpointer data,
                           GError **error);

/* A day out of a column of whole dates. */
KafDay kaf_run_get_day (KafStatement *row, int column);

/* Conventions; kaf-findings-conventions.c */

/* Every act; @check: adds what is found of acts and signatories. Then what is found of commitments. */
gboolean kaf_run_all_conventions (KafRun *self, gboolean check, GError **error);
/* Of the trees of @roots (nullable: all), a set of ids; their findings have the source KAF_RUN_TREE and the id. */
gboolean kaf_run_commitments (KafRun *self, GHashTable *roots, GError **error);
#define KAF_RUN_TREE "tree "

/* The id of the act on which all of a tree stands. */
const char *kaf_run_find_root (const KafConvention *act);
void kaf_run_forget_conventions (KafRun *self);

/* The trees of some acts (element-type utf8), whole; adds their findings. */
gboolean kaf_run_trees (KafRun *self, GPtrArray *ids, GError **error);

/* Parties, networks; kaf-findings-partners.c */

/* The mandates by which somebody presides or has signed; @of (nullable): of one organisation alone. */
gboolean kaf_run_read_mandates (KafRun *self, const char *of, GError **error);

/* Networks and presided organisations, or the one of that id; after the conventions were read. */
gboolean kaf_run_bodies (KafRun *self, const char *id, GError **error);

/* Programmes, or the one of that id, and sessions; after the conventions were read. kaf-findings-programmes.c */
gboolean kaf_run_programmes (KafRun *self, const char *id, GError **error);

/* Who names something deleted, of the entities that @wanted says yes to. kaf-findings-deleted.c */
typedef gboolean (*KafRunWantedFunc) (const char *entity, gpointer data);
gboolean kaf_run_deleted (KafRun *self, KafRunWantedFunc wanted, gpointer data, GError **error);

/* The open missions, or the one of that id; kaf-findings-missions.c */
gboolean kaf_run_missions (KafRun *self, const char *id, GError **error);
/* Files of project holders and relays, or those of one person; kaf-findings-holders.c */
gboolean kaf_run_holders (KafRun *self, const char *person, GError **error);
/* Meetings and what they decided, or of the one of that id; kaf-findings-meetings.c */
gboolean kaf_run_meetings (KafRun *self, const char *id, GError **error);
/* Those of @rows (nullable: all), a JSON array of row numbers. @pending: set of char*, to which the ids are added of
 * those with an act that waits for the hub. */
gboolean
kaf_run_some_missions (KafRun *self, const char *rows, GHashTable *pending, GError **error);

G_END_DECLS
