/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/programme/kaf-programme-rules.h"

#include <glib/gi18n-lib.h>

#include "rules/kaf-rulebook.h"

/* A list of domains is not deeper; a circle in it ends there. */
#define DEPTH_MAX 16

enum
{
  WITHOUT_MODULE,
  WITHOUT_EXPERT,
  WITHOUT_CONVENTION,
  SESSION_PAST,
  SESSION_UNCOUNTED,
};

const KafRule kaf_programme_rules[] = {
  [WITHOUT_MODULE] = { "domain-without-module", KAF_FINDING_WARNS, "programme", "domains",
                       N_ ("%s has no training module in the domain %s."),
                       N_ ("Add a module of this domain, or take the domain out of the "
                           "programme.") },
  [WITHOUT_EXPERT] = { "domain-without-expert", KAF_FINDING_WARNS, "programme", "domains",
                       N_ ("No expert of a network is at hand for %s in the domain %s."),
                       N_ ("Ask the networks for experts of this domain.") },
  [WITHOUT_CONVENTION] = { "domain-without-convention", KAF_FINDING_WARNS, "programme", "domains",
                           N_ ("No convention in force covers %s in the domain %s."),
                           N_ ("Prepare a convention that names this domain and the "
                               "programme.") },
  [SESSION_PAST] = { "session-past-planned", KAF_FINDING_LATE, "training_session", "state",
                     N_ ("A session of %s was to end on %s and is still “planned”."),
                     N_ ("Say whether it was held or cancelled.") },
  [SESSION_UNCOUNTED] = { "session-without-trainees", KAF_FINDING_WARNS, "training_session",
                          "present",
                          N_ ("A session of %s was held on %s; no trainee is noted as present."),
                          N_ ("Enter how many trainees were present.") },
  { NULL },
};

KafDomains *
kaf_domains_new (void)
{
  KafDomains *self = g_new0 (KafDomains, 1);

  self->parents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->with_experts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
kaf_domains_free (KafDomains *self)
{
  g_hash_table_unref (self->parents);
  g_hash_table_unref (self->with_experts);
  g_free (self);
}

gboolean
kaf_domains_is_within (const KafDomains *self, const char *code, const char *above)
{
  for (guint depth = 0; code != NULL && depth < DEPTH_MAX; depth++)
    {
      if (g_str_equal (code, above))
        return TRUE;
      code = g_hash_table_lookup (self->parents, code);
    }
  return FALSE;
}

KafProgramme *
kaf_programme_new (const char *id)
{
  KafProgramme *self = g_new0 (KafProgramme, 1);

  self->id = g_strdup (id);
  self->domains = g_new0 (char *, 1);
  self->modules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
kaf_programme_free (KafProgramme *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_strfreev (self->domains);
  g_hash_table_unref (self->modules);
  g_free (self);
}

/* Whether one of the set is the domain, or stands beneath it. */
static gboolean
any_within (const KafDomains *domains, GHashTable *set, const char *above)
{
  GHashTableIter iter;
  gpointer code;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &code, NULL))
    if (kaf_domains_is_within (domains, code, above))
      return TRUE;
  return FALSE;
}

static gboolean
names_domain (const KafDomains *domains, const KafConvention *act, const char *domain)
{
  for (char **own = act->domains; *own != NULL; own++)
    if (kaf_domains_is_within (domains, *own, domain) ||
        kaf_domains_is_within (domains, domain, *own))
      return TRUE;
  return FALSE;
}

/* By itself, or by what it stands within or amends. */
static gboolean
serves (const KafConvention *act, const KafProgramme *programme)
{
  for (; act != NULL; act = act->parent)
    if (act->programme != NULL)
      return g_str_equal (act->programme, programme->id);
  return FALSE;
}

static gboolean
is_covered (const KafProgramme *programme,
            const KafDomains *domains,
            GPtrArray *in_force,
            const char *domain)
{
  for (guint i = 0; i < in_force->len; i++)
    {
      const KafConvention *act = g_ptr_array_index (in_force, i);

      if (serves (act, programme) && names_domain (domains, act, domain))
        return TRUE;
    }
  return FALSE;
}

static void
add (KafFindings *findings, const KafProgramme *programme, guint rule, const char *domain)
{
  KafFinding *finding =
      kaf_findings_add (findings, &kaf_programme_rules[rule], programme->id, KAF_DAY_UNKNOWN);

  kaf_finding_add_record (findings, finding, "programme", programme->id);
  kaf_finding_add_record (findings, finding, "domain", domain);
  kaf_finding_set_of (findings, finding, "programme", programme->id);
}

void
kaf_programme_check (KafFindings *findings,
                     const KafProgramme *programme,
                     const KafDomains *domains,
                     GPtrArray *in_force)
{
  KafDay day = findings->day;

  if ((programme->from != KAF_DAY_UNKNOWN && day < programme->from) ||
      (programme->to != KAF_DAY_UNKNOWN && day > programme->to))
    return;
  for (char **domain = programme->domains; *domain != NULL; domain++)
    {
      if (!any_within (domains, programme->modules, *domain))
        add (findings, programme, WITHOUT_MODULE, *domain);
      if (!any_within (domains, domains->with_experts, *domain))
        add (findings, programme, WITHOUT_EXPERT, *domain);
      if (!is_covered (programme, domains, in_force, *domain))
        add (findings, programme, WITHOUT_CONVENTION, *domain);
    }
}

void
kaf_session_check (KafFindings *findings, const KafSession *session)
{
  KafDay last = session->ends_on != KAF_DAY_UNKNOWN ? session->ends_on : session->starts_on;
  gboolean past = last != KAF_DAY_UNKNOWN && last < findings->day;
  KafFinding *finding;

  if (session->state == KAF_SESSION_PLANNED && past)
    finding = kaf_findings_add (findings, &kaf_programme_rules[SESSION_PAST], session->id, last);
  else if (session->state == KAF_SESSION_HELD && (!session->counted || session->present == 0))
    finding = kaf_findings_add (findings, &kaf_programme_rules[SESSION_UNCOUNTED], session->id,
                                KAF_DAY_UNKNOWN);
  else
    return;
  kaf_finding_add_record (findings, finding, "training_module", session->module);
  kaf_finding_add_day (finding, last);
  if (session->programme != NULL)
    kaf_finding_set_of (findings, finding, "programme", session->programme);
}
