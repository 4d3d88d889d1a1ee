/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What leaves the office about persons: above so many of them it needs a reason, and one that has a reason is kept in
 * the register of disclosures (law 09-08). Whatever exports or prints asks here, before anything is written. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct
{
  const char *act;    /* a choice of the entity "disclosure": "export", "print" */
  const char *entity; /* id of what the rows are */
  guint n_persons;    /* that are named in it */
  const char *filter; /* nullable: which, as the register keeps it: a query as JSON, a reference */
  const char *reason; /* nullable, as a person typed it */
  const char *recipient; /* nullable: for whom */
} KafDisclosure;

/* How many persons may leave without a typed reason, by the setting in force today. */
guint kaf_disclosure_limit (KafDatabase *db);

/* Whether a record of the entity is a name itself: a person, a participant, somebody invited. */
gboolean kaf_disclosure_names_persons (const KafEntity *entity);

/* Whether rows of the entity tell something about persons: name them, or refer to what does. */
gboolean kaf_disclosure_is_about_persons (const KafEntity *entity);

/* Logs the disclosure when it has a reason, and refuses one that lacks it above the limit, or whose reason is shorter than
 * a sentence (base/kaf-reason.h); nothing is logged where nobody is named. Commits: not to be called while the store is read as of one moment.
 * Errors: KAF_STORE_ERROR_REFUSED (a reason is needed), those of kaf_commit(). */
gboolean kaf_disclosure_justify (KafDatabase *db,
                                 const KafDisclosure *disclosure,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
