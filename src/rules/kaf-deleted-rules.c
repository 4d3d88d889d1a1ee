/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/kaf-deleted-rules.h"

#include <glib/gi18n-lib.h>

#include "rules/kaf-rulebook.h"
#include "schema/kaf-registry.h"

/* The sentence begins with the record, or with what it belongs to where it has no title of its own. */
const KafRule kaf_deleted_rules[] = {
  { "signatory-mandate-deleted", KAF_FINDING_WARNS, "signatory", "mandate",
    N_ ("%s was signed for a party by an office that was deleted."),
    N_ ("Choose the office held that day, or restore the deleted one.") },
  { "convention-party-deleted", KAF_FINDING_WARNS, "convention", "parties",
    N_ ("%s names as a party %s, which was deleted."),
    N_ ("Name the party that took its place, or restore the deleted record.") },
  { "convention-programme-deleted", KAF_FINDING_WARNS, "convention", "programme",
    N_ ("%s belongs to the programme %s, which was deleted."),
    N_ ("Name another programme, or restore the deleted one.") },
  { "commitment-party-deleted", KAF_FINDING_WARNS, "commitment", "party",
    N_ ("“%s” is owed by %s, which was deleted."),
    N_ ("Name the party that took its place, or restore the deleted record.") },
  { "commitment-responsible-deleted", KAF_FINDING_WARNS, "commitment", "responsible",
    N_ ("For “%s” the person responsible is %s, whose record was deleted."),
    N_ ("Name another person responsible, or restore the deleted record.") },
  { "programme-owner-deleted", KAF_FINDING_WARNS, "programme", "owner",
    N_ ("%s is run by %s, which was deleted."),
    N_ ("Name another organisation, or restore the deleted one.") },
  { "module-host-deleted", KAF_FINDING_WARNS, "training_module", "host",
    N_ ("The module %s is hosted by %s, which was deleted."),
    N_ ("Name another organisation, or restore the deleted one.") },
  { "module-network-deleted", KAF_FINDING_WARNS, "training_module", "network",
    N_ ("The module %s is taught by the network %s, which was deleted."),
    N_ ("Name another network, or restore the deleted one.") },
  { "session-trainer-deleted", KAF_FINDING_WARNS, "training_session", "trainer",
    N_ ("The trainer of a session of %s is %s, whose record was deleted."),
    N_ ("Name another trainer, or restore the deleted record.") },
  { "session-network-deleted", KAF_FINDING_WARNS, "training_session", "network",
    N_ ("The network of the trainer of a session of %s is %s, which was deleted."),
    N_ ("Name another network, or restore the deleted one.") },
  { NULL },
};

void
kaf_deleted_check (KafFindings *findings, const KafRule *rule, const KafNaming *naming)
{
  KafFinding *finding = kaf_findings_add (findings, rule, naming->id, KAF_DAY_UNKNOWN);

  if (kaf_registry_find (rule->entity)->title != NULL || naming->parent == NULL)
    kaf_finding_add_record (findings, finding, rule->entity, naming->id);
  else
    kaf_finding_add_record (findings, finding, naming->parent_entity, naming->parent);
  kaf_finding_add_record (findings, finding, naming->named_entity, naming->named);
  if (naming->parent != NULL)
    kaf_finding_set_of (findings, finding, naming->parent_entity, naming->parent);
  else
    kaf_finding_set_of (findings, finding, rule->entity, naming->id);
}
