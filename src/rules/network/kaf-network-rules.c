/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/network/kaf-network-rules.h"

#include <glib/gi18n-lib.h>

#include "rules/kaf-rulebook.h"

enum
{
  WITHOUT_PRESIDENT,
  PRESIDENCY_VACANT,
  PRESIDENCIES_OVERLAP,
  NEVER_CONTACTED,
  WITHOUT_CONTACT,
  WITHOUT_CONVENTION,
};

const KafRule kaf_network_rules[] = {
  [WITHOUT_PRESIDENT] = { "network-without-president", KAF_FINDING_WARNS, "network", NULL,
                          N_ ("Nobody is noted as presiding %s."),
                          N_ ("Add the mandate of who presides the network.") },
  [PRESIDENCY_VACANT] = { "presidency-vacant", KAF_FINDING_WARNS, "organisation", NULL,
                          N_ ("Nobody presides %s since %s."),
                          N_ ("Add the mandate of the successor, or correct the end of the last "
                              "one.") },
  [PRESIDENCIES_OVERLAP] = { "presidencies-overlap", KAF_FINDING_WARNS, "mandate", "valid_to",
                             N_ ("Two persons preside %s at the same time: %s and %s."),
                             N_ ("End the earlier mandate on the day of the handover.") },
  [NEVER_CONTACTED] = { "network-never-contacted", KAF_FINDING_WARNS, "network", NULL,
                        N_ ("No exchange with %s is noted."),
                        N_ ("Get in touch with the network and note the exchange."),
                        .by = "contact" },
  [WITHOUT_CONTACT] = { "network-without-contact", KAF_FINDING_WARNS, "network", NULL,
                        N_ ("The last exchange with %s was on %s."),
                        N_ ("Get in touch with the network and note the exchange."),
                        .by = "contact" },
  [WITHOUT_CONVENTION] = { "network-without-convention", KAF_FINDING_NOTES, "network", NULL,
                           N_ ("%s is a party to no convention in force."),
                           N_ ("Prepare a specific convention within the framework, or renew the "
                               "one that is over.") },
  { NULL },
};

KafBody *
kaf_body_new (const char *id)
{
  KafBody *self = g_new0 (KafBody, 1);

  self->id = g_strdup (id);
  self->presidencies = g_ptr_array_new ();
  return self;
}

void
kaf_body_free (KafBody *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_ptr_array_unref (self->presidencies);
  g_free (self);
}

static const char *
get_entity (const KafBody *body)
{
  return body->is_network ? "network" : "organisation";
}

static KafFinding *
add (KafFindings *findings, const KafBody *body, guint rule)
{
  KafFinding *finding =
      kaf_findings_add (findings, &kaf_network_rules[rule], body->id, KAF_DAY_UNKNOWN);

  kaf_finding_add_record (findings, finding, get_entity (body), body->id);
  kaf_finding_set_of (findings, finding, get_entity (body), body->id);
  return finding;
}

/* The mandate to correct is the earlier one: it should have ended. */
static void
check_overlaps (KafFindings *findings, const KafBody *body)
{
  for (guint i = 0; i < body->presidencies->len; i++)
    for (guint j = i + 1; j < body->presidencies->len; j++)
      {
        const KafMandate *one = g_ptr_array_index (body->presidencies, i);
        const KafMandate *two = g_ptr_array_index (body->presidencies, j);
        gboolean in_order = one->from <= two->from;
        const KafMandate *earlier = in_order ? one : two;
        const KafMandate *later = in_order ? two : one;
        KafFinding *finding;

        if (g_strcmp0 (one->person, two->person) == 0 ||
            !kaf_mandate_overlaps (one, two, findings->day))
          continue;
        finding = kaf_findings_add (findings, &kaf_network_rules[PRESIDENCIES_OVERLAP], earlier->id,
                                    KAF_DAY_UNKNOWN);
        kaf_finding_add_record (findings, finding, get_entity (body), body->id);
        kaf_finding_add_record (findings, finding, "person", earlier->person);
        kaf_finding_add_record (findings, finding, "person", later->person);
        kaf_finding_set_of (findings, finding, get_entity (body), body->id);
      }
}

static void
check_president (KafFindings *findings, const KafBody *body)
{
  KafDay last = KAF_DAY_UNKNOWN;

  for (guint i = 0; i < body->presidencies->len; i++)
    {
      const KafMandate *one = g_ptr_array_index (body->presidencies, i);

      if (kaf_mandate_held_on (one, findings->day) != KAF_HELD_NO)
        return;
      if (one->to < findings->day)
        last = MAX (last, one->to);
    }
  if (last != KAF_DAY_UNKNOWN)
    kaf_finding_add_day (add (findings, body, PRESIDENCY_VACANT), last);
  else if (body->is_network)
    add (findings, body, WITHOUT_PRESIDENT);
}

static void
check_contact (KafFindings *findings, const KafBody *body)
{
  if (body->last_contact == KAF_DAY_UNKNOWN)
    add (findings, body, NEVER_CONTACTED);
  else if (body->last_contact < findings->day &&
           findings->day - body->last_contact > findings->thresholds.network_contact)
    kaf_finding_add_day (add (findings, body, WITHOUT_CONTACT), body->last_contact);
}

void
kaf_body_check (KafFindings *findings, const KafBody *body)
{
  check_overlaps (findings, body);
  check_president (findings, body);
  if (!body->is_network)
    return;
  check_contact (findings, body);
  if (body->n_conventions == 0)
    add (findings, body, WITHOUT_CONVENTION);
}
