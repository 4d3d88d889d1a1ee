/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a user was granted, against the scopes that a record stands in.
 *
 * The hub keeps with each record since when and until when it stands in which scope, as a text:
 *
 *   SCOPE '\t' ENTERED '\t' LEFT '\n' …
 *
 * ENTERED and LEFT are numbers of the hub; LEFT is 0 while the record stands there. "national" and
 * "system" are not in it: nothing ever leaves them. */
#pragma once

#include "server/kaf-hub.h"

G_BEGIN_DECLS

typedef struct
{
  const KafRole *role;
  guint reads;      /* KafClass bits; of the role when it was granted */
  char **scopes;    /* sorted: those granted, and what is the user's own */
  gboolean all;     /* one of them is "national" */
  char *text;       /* all of that, to be kept */
  char version[17]; /* a hash of the text: told in the cursor */
} KafHubGrants;

/* What @session has. Scopes of the session are parted by spaces. */
KafHubGrants *kaf_hub_grants_new (const KafHubSession *session);

/* What was kept as @text; NULL, or a text that is none: anything may have been granted. */
KafHubGrants *kaf_hub_grants_parse (const char *version, const char *text);
void kaf_hub_grants_free (KafHubGrants *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafHubGrants, kaf_hub_grants_free)

typedef struct
{
  gboolean now;   /* it stands in a scope that was granted */
  gint64 entered; /* the number since when; 0: as long as it is there */
  gint64 left;    /* the last at which it left one; 0: it never did */
} KafHubStanding;

/* How a record of @root with that text stands to the grants. */
void kaf_hub_grants_look (const KafHubGrants *self,
                          const KafEntity *root,
                          const char *spans,
                          KafHubStanding *standing);

/* The same of a record of a kind that the role may not know: where its totals reach, and its orders. */
void kaf_hub_grants_reach (const KafHubGrants *self,
                           const KafEntity *root,
                           const char *spans,
                           KafHubStanding *standing);

/* Whether they cover one of @scopes, as kaf_scope_of() gives them. */
gboolean
kaf_hub_grants_cover (const KafHubGrants *self, const KafEntity *root, const char *const *scopes);

/* The text of spans once the record stands in @scopes, from number @seq on. @moved (out): whether that
 * is another standing than before. (transfer full) */
char *
kaf_hub_spans_move (const char *spans, const char *const *scopes, gint64 seq, gboolean *moved);

G_END_DECLS
