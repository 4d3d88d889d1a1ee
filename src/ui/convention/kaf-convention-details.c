/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/convention/kaf-convention-details.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "rules/convention/kaf-commitment-text.h"
#include "rules/convention/kaf-convention-text.h"
#include "schema/kaf-registry.h"
#include "store/kaf-conventions.h"
#include "store/kaf-settings.h"
#include "store/kaf-signature.h"
#include "ui/app/kaf-application.h"

typedef struct
{
  KafDatabase *db;
  KafLang lang;
  KafDay today;
  guint soon_days;
  const KafConvention *act;
  KafConventionDetails *details;
} Reading;

static void
line_free (gpointer data)
{
  KafCommitmentLine *self = data;

  g_free (self->id);
  g_free (self->party);
  g_free (self->text);
  g_free (self->who);
  g_free (self->due);
  g_free (self->state);
  g_free (self);
}

static void
fact_free (gpointer data)
{
  KafConventionFact *self = data;

  g_free (self->label);
  g_free (self->value);
  g_free (self);
}

void
kaf_convention_details_free (KafConventionDetails *self)
{
  g_free (self->id);
  g_free (self->title);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->facts);
  g_free (self);
}

static char *
read_party (Reading *self, const char *id)
{
  g_autofree char *name =
      id != NULL ? kaf_read_short_title (self->db, "organisation", id, self->lang) : NULL;

  return name != NULL ? g_steal_pointer (&name) : g_strdup ("—");
}

/* Commitments */

static char *
read_who (Reading *self, const KafCommitment *commitment)
{
  char *name = commitment->responsible != NULL
                   ? kaf_read_title (self->db, "person", commitment->responsible, self->lang)
                   : NULL;

  return name != NULL ? name : g_strdup (commitment->followed_by);
}

static void
add_line (Reading *self, const KafCommitment *commitment)
{
  KafCommitmentStanding standing = kaf_commitment_stand (commitment, self->today, self->soon_days);
  KafCommitmentLine *line = g_new0 (KafCommitmentLine, 1);

  line->id = g_strdup (commitment->id);
  line->party = read_party (self, commitment->party);
  line->text = g_strdup (commitment->text);
  line->who = read_who (self, commitment);
  line->due = kaf_commitment_describe_due (commitment, &standing, self->lang);
  line->state = kaf_commitment_describe_state (commitment, &standing, self->today,
                                               kaf_application_get_lang (), &line->style);
  if (standing.state == KAF_COMMITMENT_OVERDUE)
    self->details->n_overdue++;
  if (commitment->act != self->act)
    self->details->accumulated = TRUE;
  g_ptr_array_add (self->details->lines, line);
}

/* Facts */

static void
add_fact (Reading *self, const char *label, const char *value)
{
  KafConventionFact *fact;

  if (value == NULL || *value == '\0')
    return;
  fact = g_new0 (KafConventionFact, 1);
  fact->label = g_strdup (label);
  fact->value = g_strdup (value);
  g_ptr_array_add (self->details->facts, fact);
}

static char *
format_day (Reading *self, KafDay day, KafDateStyle style)
{
  g_autofree char *iso = kaf_day_to_iso (day);
  g_autofree char *text = iso != NULL ? kaf_date_format (iso, self->lang, style) : NULL;

  return text != NULL ? kaf_bidi_isolate (text) : NULL;
}

static char *
list_parties (Reading *self, char **ids)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (char **id = ids; *id != NULL; id++)
    {
      g_autofree char *name = read_party (self, *id);
      g_autofree char *isolated = kaf_bidi_isolate (name);

      g_string_append_printf (text, "%s%s",
                              text->len == 0              ? ""
                              : self->lang == KAF_LANG_AR ? "، "
                                                          : ", ",
                              isolated);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The end of what it amends, the day before it was signed, and after. */
static void
add_changed_end (Reading *self)
{
  const KafConvention *amended = kaf_convention_get_amended (self->act);
  KafDay signed_on = self->act->signed_on != KAF_DAY_UNKNOWN ? self->act->signed_on : self->today;
  g_autoptr (KafStanding) before = kaf_convention_stand (amended, signed_on - 1);
  g_autofree char *old_end = format_day (self, before->until, KAF_DATE_SHORT);
  g_autofree char *new_end = format_day (self, self->act->ends_on, KAF_DATE_SHORT);
  const char *unknown = C_ ("convention", "term unknown");
  const char *open = _ ("for an indefinite term");
  g_autofree char *text = g_strdup_printf ("%s %s %s",
                                           old_end != NULL                 ? old_end
                                           : before->term == KAF_TERM_OPEN ? open
                                                                           : unknown,
                                           self->lang == KAF_LANG_AR ? "←" : "→",
                                           new_end != NULL         ? new_end
                                           : self->act->open_ended ? open
                                                                   : unknown);

  add_fact (self, _ ("Changes the end"), text);
}

static void
add_changes (Reading *self)
{
  guint changes = self->act->changes;

  if ((changes & KAF_CHANGES_END) != 0)
    add_changed_end (self);
  if ((changes & KAF_CHANGES_PARTIES) != 0)
    {
      g_autofree char *come = list_parties (self, self->act->parties);
      g_autofree char *gone = list_parties (self, self->act->parties_left);

      add_fact (self, _ ("Adds the parties"), come);
      add_fact (self, _ ("Lets go of the parties"), gone);
    }
  if ((changes & KAF_CHANGES_DUTIES) != 0)
    {
      guint n = self->act->commitments->len;
      g_autofree char *text =
          g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u commitment", "%u commitments", n), n);

      add_fact (self, _ ("Adds or replaces"), text);
    }
  if ((changes & KAF_CHANGES_OBJECT) != 0)
    add_fact (self, _ ("Changes"), _ ("the object"));
  if ((changes & KAF_CHANGES_DOMAINS) != 0)
    add_fact (self, _ ("Changes"), _ ("the domains"));
}

static void
add_signature (Reading *self)
{
  g_autofree char *day = format_day (self, self->act->signed_on, KAF_DATE_LONG);
  g_autoptr (KafRecord) record =
      kaf_read_record (self->db, kaf_registry_find ("convention"), self->act->id, NULL);
  const char *place = record != NULL ? kaf_record_get (record, "place") : NULL;
  g_autofree char *where = place != NULL ? kaf_bidi_isolate (place) : NULL;
  g_autofree char *both =
      day != NULL && where != NULL ? g_strdup_printf (_ ("%s, %s"), day, where) : NULL;

  add_fact (self, _ ("Signed"), both != NULL ? both : day);
  for (guint i = 0; i < self->act->signatories->len; i++)
    {
      const KafSignatory *one = g_ptr_array_index (self->act->signatories, i);
      g_autoptr (KafSignature) signature =
          kaf_signature_read (self->db, one, self->act->signed_on, self->lang);
      g_autofree char *party = read_party (self, one->organisation);
      g_autofree char *isolated = kaf_bidi_isolate (party);
      g_autofree char *label = g_strdup_printf (_ ("For %s"), isolated);
      g_autofree char *text = NULL;

      /* The label says for whom. */
      g_clear_pointer (&signature->organisation, g_free);
      text = kaf_signature_describe (signature, self->lang);
      add_fact (self, label, text);
    }
}

static void
add_standing (Reading *self)
{
  g_autoptr (KafStanding) standing = kaf_convention_stand (self->act, self->today);
  g_autofree char *term = kaf_standing_describe_term (standing, self->act, self->lang);
  g_autofree char *from = format_day (self, standing->from, KAF_DATE_LONG);
  g_autofree char *parties = NULL;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; i < standing->parties->len; i++)
    g_strv_builder_add (ids, g_array_index (standing->parties, KafParty, i).organisation);
  list = g_strv_builder_end (ids);
  parties = list_parties (self, list);
  add_fact (self, _ ("Parties"), parties);
  if (self->act->signed_on != KAF_DAY_UNKNOWN)
    {
      if (standing->from != self->act->signed_on)
        add_fact (self, _ ("In force from"), from);
      add_fact (self, _ ("Term"), term);
    }
}

static void
add_files (Reading *self)
{
  guint n = self->act->n_files_signed;
  g_autofree char *text =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u signed copy", "%u signed copies", n), n);

  if (n > 0)
    add_fact (self, _ ("Files"), text);
  else if (self->act->signed_on != KAF_DAY_UNKNOWN)
    add_fact (self, _ ("Files"), _ ("no signed copy"));
}

gpointer
kaf_convention_details_read (KafDatabase *db,
                             gpointer data,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (KafConventionDetails) details = g_new0 (KafConventionDetails, 1);
  g_autofree char *today = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  g_autofree char *soon = kaf_read_setting (db, KAF_SETTING_COMMITMENT_SOON_DAYS, NULL);
  Reading self = { .db = db, .lang = kaf_application_get_lang (), .today = kaf_day_parse (today) };
  g_autoptr (KafConventions) all = NULL;
  g_autoptr (GPtrArray) commitments = NULL;

  details->lines = g_ptr_array_new_with_free_func (line_free);
  details->facts = g_ptr_array_new_with_free_func (fact_free);
  all = kaf_conventions_read (db, data, KAF_CONVENTIONS_ALL, self.lang, cancellable, error);
  if (all == NULL || (self.act = kaf_conventions_find (all, data)) == NULL)
    return NULL;
  self.details = details;
  self.soon_days = (guint) g_ascii_strtoull (soon, NULL, 10);
  details->id = g_strdup (self.act->id);
  details->title = g_strdup (self.act->title != NULL ? self.act->title : "—");

  commitments = kaf_convention_list_commitments (self.act, self.today);
  for (guint i = 0; i < commitments->len; i++)
    add_line (&self, g_ptr_array_index (commitments, i));
  if (self.act->kind == KAF_CONVENTION_AMENDMENT)
    add_changes (&self);
  else
    add_standing (&self);
  add_signature (&self);
  add_files (&self);
  return g_steal_pointer (&details);
}
