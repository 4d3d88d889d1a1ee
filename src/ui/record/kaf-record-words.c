/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One tree of acts is read for all that stands on the page, and another only for an act outside it. */
#include "config.h"

#include "ui/record/kaf-record-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "rules/convention/kaf-commitment-text.h"
#include "rules/convention/kaf-convention-text.h"
#include "store/kaf-conventions.h"
#include "store/kaf-findings.h"
#include "store/kaf-holder-now.h"
#include "store/kaf-signature.h"
#include "ui/app/kaf-row-names.h"
#include "ui/record/kaf-page-tables.h"
#include "ui/record/kaf-sources-popover.h"

typedef struct
{
  KafRecordData *data;
  KafDatabase *db;
  KafLang lang;
  KafDay today;
  KafThresholds thresholds;
  GPtrArray *read; /* (element-type KafConventions) */
} Reader;

static void
words_free (gpointer data)
{
  KafRecordWords *words = data;

  g_free (words->name);
  g_free (words->pill);
  g_free (words->line);
  g_free (words);
}

static KafRecordWords *
words_of (KafRecordData *data, const char *id)
{
  KafRecordWords *words = g_hash_table_lookup (data->words, id);

  if (words == NULL)
    {
      words = g_new0 (KafRecordWords, 1);
      g_hash_table_insert (data->words, g_strdup (id), words);
    }
  return words;
}

static const KafConvention *
find_act (Reader *self, const char *id)
{
  KafConventions *conventions;

  for (guint i = 0; i < self->read->len; i++)
    {
      const KafConvention *act = kaf_conventions_find (g_ptr_array_index (self->read, i), id);

      if (act != NULL)
        return act;
    }
  conventions = kaf_conventions_read (self->db, id, KAF_CONVENTIONS_ALL, self->lang, NULL, NULL);
  if (conventions == NULL)
    return NULL;
  g_ptr_array_add (self->read, conventions);
  return kaf_conventions_find (conventions, id);
}

/* The pill of an act; on its own page the term too, and what gave it. */
static void
say_act (Reader *self, const char *id, gboolean with_term)
{
  const KafConvention *act = find_act (self, id);
  g_autoptr (KafStanding) standing = act != NULL ? kaf_convention_stand (act, self->today) : NULL;
  KafRecordWords *words;

  if (standing == NULL)
    return;
  words = words_of (self->data, id);
  g_free (words->pill);
  words->pill = kaf_standing_describe_state (standing, self->today, self->thresholds.lapse_first,
                                             self->lang, &words->style);
  if (with_term && standing->state >= KAF_CONVENTION_SIGNED)
    words->line = kaf_standing_describe_term (standing, act, self->lang);
  /* "term unknown" is said once. */
  if (g_strcmp0 (words->line, words->pill) == 0)
    g_clear_pointer (&words->line, g_free);
}

/* The person, and under her the office and the organisation by the names of the day. */
static void
name_signature (KafRecordWords *words, const KafSignature *signature, KafLang lang)
{
  const KafSignature office = { .office = signature->office,
                                .organisation = signature->organisation };

  if (signature->person == NULL)
    return;
  words->name = g_strdup (signature->person);
  words->line = kaf_signature_describe (&office, lang);
}

static void
say_signatories (Reader *self)
{
  const KafConvention *act = find_act (self, self->data->id);

  for (guint i = 0; act != NULL && act->signatories != NULL && i < act->signatories->len; i++)
    {
      const KafSignatory *signatory = g_ptr_array_index (act->signatories, i);
      g_autoptr (KafSignature) signature =
          kaf_signature_read (self->db, signatory, act->signed_on, self->lang);
      KafRecordWords *words = words_of (self->data, signatory->id);
      gboolean dated = signatory->signed_on != KAF_DAY_UNKNOWN || act->signed_on != KAF_DAY_UNKNOWN;

      name_signature (words, signature, self->lang);
      if (dated && !signature->in_office)
        {
          words->pill = g_strdup (_ ("not in office that day"));
          words->style = "warning";
        }
    }
}

static void
say_commitment (Reader *self, const char *convention, const char *id)
{
  const KafConvention *act = convention != NULL ? find_act (self, convention) : NULL;

  for (guint i = 0; act != NULL && act->commitments != NULL && i < act->commitments->len; i++)
    {
      const KafCommitment *commitment = g_ptr_array_index (act->commitments, i);
      KafCommitmentStanding standing;
      KafRecordWords *words;

      if (strcmp (commitment->id, id) != 0)
        continue;
      standing = kaf_commitment_stand (commitment, self->today, self->thresholds.commitment_soon);
      words = words_of (self->data, id);
      g_free (words->pill);
      words->pill = kaf_commitment_describe_state (commitment, &standing, self->today, self->lang,
                                                   &words->style);
    }
}

/* A row is called by its title in the language of the interface. */
static void
name_rows (Reader *self, const KafRelatedRows *related)
{
  if (strcmp (related->spec->columns[0], "title") != 0)
    return;
  for (guint i = 0; i < related->rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (related->rows, i);
      const char *first, *second;

      kaf_row_names (row, self->lang, &first, &second);
      words_of (self->data, row->id)->name = g_strdup (first);
    }
}

static void
say_row (Reader *self, const KafRelatedSpec *spec, const KafRow *row)
{
  int convention = kaf_related_spec_column (spec, "convention");

  if (strcmp (spec->entity, "convention") == 0)
    say_act (self, row->id, FALSE);
  else if (strcmp (spec->entity, "commitment") == 0 && convention >= 0)
    say_commitment (self, row->raw[convention], row->id);
}

/* What is to be looked at comes first. */
static guint
urgency (const char *style)
{
  return g_strcmp0 (style, "warning") == 0 ? 2 : g_strcmp0 (style, "accent") == 0;
}

/* "City: Lyon", and whether the record says so, too; of several fields, one after the other, and of the record what
 * matters most. */
static void
say_claim (Reader *self, const KafFieldClaims *of, const KafClaim *claim)
{
  KafRecordWords *words = words_of (self->data, claim->id);
  g_autofree char *value = kaf_bidi_isolate (claim->text);
  g_autofree char *one = g_strdup_printf (_ ("%s: %s"), _ (of->field->label), value);
  g_autofree char *before = words->name;
  const char *style;
  const char *pill = kaf_sources_pill (of, claim, &style);
  gboolean first = words->pill == NULL || urgency (style) > urgency (words->style);

  if (before == NULL)
    words->name = g_steal_pointer (&one);
  else
    words->name = g_strconcat (first ? one : before, " · ", first ? before : one, NULL);
  if (!first)
    return;
  g_free (words->pill);
  words->pill = g_strdup (pill);
  words->style = style;
}

static void
say_claims (Reader *self)
{
  for (guint i = 0; i < self->data->claims->len; i++)
    {
      const KafFieldClaims *of = g_ptr_array_index (self->data->claims, i);

      for (guint j = 0; j < of->claims->len; j++)
        say_claim (self, of, g_ptr_array_index (of->claims, j));
    }
}

static void
say_related (Reader *self)
{
  for (guint i = 0; i < self->data->related->len; i++)
    {
      const KafRelatedRows *related = g_ptr_array_index (self->data->related, i);

      name_rows (self, related);
      for (guint j = 0; j < related->rows->len; j++)
        say_row (self, related->spec, g_ptr_array_index (related->rows, j));
    }
}

/* That of the project, or of the one of a holder that counts. */
static void
say_stage (Reader *self)
{
  gboolean project = strcmp (self->data->entity->id, "project") == 0;
  g_autofree char *stage =
      kaf_holder_now_read_stage (self->db, project ? "project_now" : "holder_now", self->data->id);
  KafRecordWords *words = stage != NULL ? words_of (self->data, self->data->id) : NULL;

  if (words == NULL)
    return;
  g_free (words->pill);
  words->pill = kaf_page_choice_pill ("project_stage", "stage", stage, &words->style);
}

static void
conventions_free0 (gpointer data)
{
  kaf_conventions_free (data);
}

void
kaf_record_words_read (KafRecordData *self, KafDatabase *db, KafLang lang)
{
  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func (conventions_free0);
  Reader reader = {
    self, db, lang, kaf_day_parse (self->today), kaf_findings_read_thresholds (db, self->today),
    read
  };

  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, words_free);
  if (strcmp (self->root->id, "convention") == 0)
    {
      say_act (&reader, self->id, TRUE);
      say_signatories (&reader);
    }
  if (strcmp (self->root->id, "commitment") == 0)
    say_commitment (&reader, kaf_record_data_get (self, "convention"), self->id);
  if (strcmp (self->entity->id, "project_holder") == 0 || strcmp (self->entity->id, "project") == 0)
    say_stage (&reader);
  say_claims (&reader);
  say_related (&reader);
}

const KafRecordWords *
kaf_record_words_find (const KafRecordData *self, const char *id)
{
  return self->words != NULL && id != NULL ? g_hash_table_lookup (self->words, id) : NULL;
}
