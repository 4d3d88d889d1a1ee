/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may write what, and who may see which field: the role's classes and the scopes granted, asked of one
 * operation. */
#pragma once

#include "server/kaf-hub-gates.h"
#include "sync/kaf-operation.h"

G_BEGIN_DECLS

typedef struct
{
  const KafHubSession *session;
  const KafHubGrants *grants;
  KafHubScopes *scopes;
  GPtrArray *operations; /* of KafOperation: the group under way; nullable */
  gint64 since;          /* its first number */
  gint64 at;             /* when it was written, settled, µs since 1970 UTC */
  gint64 saw;            /* the number up to which its author had read */
  gint64 dseq;           /* the group's number at its device */
  KafHubGates *gates;
} KafHubRights;

/* Why an operation is refused. */
typedef struct
{
  const char *why;   /* KAF_REFUSED_…; NULL: it is not */
  const char *field; /* nullable; of KAF_REFUSED_GATES, codes of checks */
} KafHubRefusal;

/* @record: as it stands, without parts where there is none. Values are not looked at. Errors:
 * KAF_HUB_ERROR. */
gboolean kaf_hub_rights_judge (const KafHubRights *self,
                               const KafOperation *op,
                               KafHubRecord *record,
                               KafHubRefusal *refusal,
                               GError **error);

/* @place (out): whether the record that @op makes, which is not there yet, would stand where its author may see it. */
gboolean kaf_hub_rights_find_place (const KafHubRights *self,
                                    const KafOperation *op,
                                    gboolean *place,
                                    GError **error);

G_END_DECLS
