/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the rules over a store: what is wrong or due, for the home page, the to-do list and a record's page.
 *
 * Narrow SQL fills the structs that the rules look at; no record is read whole. Texts are told for those findings
 * alone that are returned. Run it on a worker: KAF_LANE_READ for a page, KAF_LANE_BACKGROUND for all. */
#pragma once

#include "rules/kaf-finding.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

/* All that is found; zero-initialised: of everything, today, in English. */
typedef struct
{
  /* Only findings whose record, or what they are about, is of that entity ("convention", "network"…), or that
   * record alone. Both nullable; @id needs @entity. */
  const char *entity;
  const char *id;
  const char *who;    /* nullable: only what is followed by that one of us */
  gboolean or_nobody; /* with @who: and what nobody follows */
  gboolean to_do;     /* only what the role of who works here mends: see kaf_permit_mends() */
  guint limit;        /* so many, the most urgent; counts are of all. 0: all */
  KafDay day;         /* unknown: today */
  KafLang lang;
} KafFindingsQuery;

/* The most urgent first, each told (sentence, advice, title, of_title, person_name) with the id of its record.
 * Deleted records give none. Errors: KAF_STORE_ERROR, G_IO_ERROR_CANCELLED. (transfer full) */
KafFindings *kaf_findings_read (KafDatabase *db,
                                const KafFindingsQuery *query,
                                GCancellable *cancellable,
                                GError **error);

/* Tells findings that were made otherwise: from what was kept of an earlier reading. */
gboolean kaf_findings_tell (KafDatabase *db, KafFindings *findings, KafLang lang, GError **error);

/* The thresholds as the settings have them on @day (ISO; NULL: today). */
KafThresholds kaf_findings_read_thresholds (KafDatabase *db, const char *day);

G_END_DECLS
