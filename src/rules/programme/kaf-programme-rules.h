/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a programme lacks, and sessions that nobody closed. The catalogue: kaf_programme_rules. */
#pragma once

#include "rules/convention/kaf-convention.h"
#include "rules/kaf-finding.h"

G_BEGIN_DECLS

/* Domains that stand beneath one another: code → code of the one above; and those in which an expert of a network
 * is at hand. */
typedef struct
{
  GHashTable *parents;      /* char * → char *, owned */
  GHashTable *with_experts; /* char * (a set), owned; a domain counts for those above it too */
} KafDomains;

KafDomains *kaf_domains_new (void);
void kaf_domains_free (KafDomains *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafDomains, kaf_domains_free)

/* Whether @code is @above or stands beneath it. */
gboolean kaf_domains_is_within (const KafDomains *self, const char *code, const char *above);

typedef struct
{
  char *id;
  char **domains;      /* codes; never NULL */
  KafDay from, to;     /* the first and the last possible day; unknown: not stated */
  GHashTable *modules; /* codes of the domains of its modules (a set), owned */
} KafProgramme;

KafProgramme *kaf_programme_new (const char *id);
void kaf_programme_free (KafProgramme *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafProgramme, kaf_programme_free)

typedef enum
{
  KAF_SESSION_PLANNED,
  KAF_SESSION_HELD,
  KAF_SESSION_CANCELLED,
} KafSessionState;

typedef struct
{
  const char *id;
  const char *module, *programme; /* ids; nullable: not here */
  KafDay starts_on, ends_on;      /* the end unknown: one day */
  KafSessionState state;
  gboolean counted; /* the trainees present are entered */
  guint present;
} KafSession;

/* Which of its domains has no module, no expert, no convention; nothing before it begins or after its end.
 * @in_force: the acts in force on the day (element-type KafConvention). */
void kaf_programme_check (KafFindings *findings,
                          const KafProgramme *programme,
                          const KafDomains *domains,
                          GPtrArray *in_force);

void kaf_session_check (KafFindings *findings, const KafSession *session);

G_END_DECLS
