/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is measured of how good the data is: each measure is a query, so that a figure and the list that it opens cannot
 * disagree. Fresh is what was confirmed in the last 12 months; after 36 a file is stale: its retention is over, and the
 * person is asked before it falls dormant (domain §6). What a person can be asked for is worth points, by which those
 * who are worth asking come first. */
#pragma once

#include "record/kaf-query.h"

G_BEGIN_DECLS

/* Every record is in one of the first five. */
typedef enum
{
  KAF_QUALITY_FRESH, /* confirmed in the last 12 months */
  KAF_QUALITY_ONE_YEAR,
  KAF_QUALITY_TWO_YEARS,
  KAF_QUALITY_STALE, /* 36 months ago, or more */
  KAF_QUALITY_NEVER,
  KAF_QUALITY_OLD, /* 12 months ago, or more */
  KAF_QUALITY_UNVERIFIED,
  KAF_QUALITY_NO_CONTACT, /* the first of what is lacking, up to the last */
  KAF_QUALITY_NO_COUNTRY,
  KAF_QUALITY_NO_DOMAIN,
  KAF_QUALITY_NO_LANGUAGE,
  KAF_QUALITY_NO_LATIN,
  KAF_QUALITY_NO_ARABIC,
  KAF_QUALITY_NO_CONSENT,
  KAF_QUALITY_NO_CV,
  KAF_QUALITY_BOTH_SCRIPTS,
  KAF_QUALITY_N_MEASURES,
} KafQualityMeasure;

#define KAF_QUALITY_N_AGES (KAF_QUALITY_NEVER + 1)
#define KAF_QUALITY_FIRST_LACK KAF_QUALITY_NO_CONTACT
#define KAF_QUALITY_LAST_LACK KAF_QUALITY_NO_CV

/* "fresh", "no_contact"…: as actions and the command have it; KAF_QUALITY_N_MEASURES: none of them. */
const char *kaf_quality_id (KafQualityMeasure measure);
KafQualityMeasure kaf_quality_parse (const char *id);

/* N_(): what is said of those who are counted, "Neither phone nor e-mail". */
const char *kaf_quality_label (KafQualityMeasure measure);

/* N_(): what one of them is asked for, "Phone or e-mail"; NULL: nothing. */
const char *kaf_quality_asked (KafQualityMeasure measure);

/* Points, ≥ 0: what is won when the person answers. */
guint kaf_quality_gain (KafQualityMeasure measure);

/* Whether it can be measured of records of @entity: persons and what they are. */
gboolean kaf_quality_concerns (const KafEntity *entity, KafQualityMeasure measure);

/* Those of @of whom it counts on @day. (transfer full) */
KafQuery *kaf_quality_list (const KafQuery *of, KafQualityMeasure measure, KafDay day);

/* Those of @of who have what others lack; @measure: from the first lack to the last. (transfer full) */
KafQuery *kaf_quality_known (const KafQuery *of, KafQualityMeasure measure);

/* Those of @of who can be asked, most worth asking first: a phone or an e-mail is known, and they have not opposed. The
 * order is the path KAF_QUALITY_MISSING, which is a column of pages, too. (transfer full) */
#define KAF_QUALITY_MISSING "missing"
KafQuery *kaf_quality_askable (const KafQuery *of);

/* @base with one condition more; @value nullable. (transfer full) */
KafQuery *kaf_quality_narrow (const KafQuery *of, const char *path, KafOp op, const char *value);

G_END_DECLS
