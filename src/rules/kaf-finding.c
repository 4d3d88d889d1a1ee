/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/kaf-finding.h"

#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-words.h"
#include "schema/kaf-registry.h"

/* Of the texts of findings, which are mostly ids. */
#define CHUNK_BYTES 16384

/* Enough for most sentences. */
#define TOLD_BYTES 256

const char *
kaf_finding_kind_id (KafFindingKind kind)
{
  static const char *const ids[] = { "blocks", "late", "warns", "due", "notes" };

  G_STATIC_ASSERT (G_N_ELEMENTS (ids) == KAF_N_FINDING_KINDS);
  return ids[kind];
}

const char *
kaf_urgency_id (KafUrgency urgency)
{
  static const char *const ids[] = { "late", "week", "month", "later", "undated", "mild" };

  G_STATIC_ASSERT (G_N_ELEMENTS (ids) == KAF_N_URGENCIES);
  return ids[urgency];
}

KafThresholds
kaf_thresholds_default (void)
{
  return (KafThresholds){ .lapse_first = 90,
                          .lapse_second = 30,
                          .lapse_last = 7,
                          .expired = 365,
                          .commitment_soon = 30,
                          .network_contact = 365,
                          .minutes = 30 };
}

KafFindings *
kaf_findings_new (KafDay day, const KafThresholds *thresholds)
{
  KafFindings *self = g_new0 (KafFindings, 1);

  g_atomic_ref_count_init (&self->refs);
  self->day = day;
  self->thresholds = thresholds != NULL ? *thresholds : kaf_thresholds_default ();
  self->list = g_ptr_array_new_with_free_func (g_free);
  self->texts = g_string_chunk_new (CHUNK_BYTES);
  return self;
}

KafFindings *
kaf_findings_ref (KafFindings *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kaf_findings_unref (KafFindings *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->list);
  g_string_chunk_free (self->texts);
  g_clear_pointer (&self->base, kaf_findings_unref);
  g_free (self);
}

KafFindings *
kaf_findings_select (KafFindings *self, KafFindingFunc wanted, gpointer data, guint limit)
{
  KafFindings *some = kaf_findings_new (self->day, &self->thresholds);

  some->base = kaf_findings_ref (self);
  for (guint i = 0; i < self->list->len; i++)
    {
      const KafFinding *finding = g_ptr_array_index (self->list, i);

      if (wanted != NULL && !wanted (finding, data))
        continue;
      some->counts[finding->urgency]++;
      some->n_all++;
      if (limit == 0 || some->list->len < limit)
        g_ptr_array_add (some->list, g_memdup2 (finding, sizeof *finding));
    }
  return some;
}

const char *
kaf_findings_keep (KafFindings *self, const char *text)
{
  return text != NULL ? g_string_chunk_insert (self->texts, text) : NULL;
}

static KafUrgency
weigh (const KafFindings *self, const KafRule *rule, KafDay due)
{
  if (rule->kind == KAF_FINDING_NOTES)
    return KAF_URGENCY_MILD;
  if (rule->kind == KAF_FINDING_BLOCKS || rule->kind == KAF_FINDING_LATE)
    return KAF_URGENCY_LATE;
  if (due == KAF_DAY_UNKNOWN)
    return KAF_URGENCY_UNDATED;
  if (due < self->day)
    return KAF_URGENCY_LATE;
  if (due - self->day <= self->thresholds.lapse_last)
    return KAF_URGENCY_WEEK;
  return due - self->day <= self->thresholds.lapse_second ? KAF_URGENCY_MONTH : KAF_URGENCY_LATER;
}

KafFinding *
kaf_findings_add (KafFindings *self, const KafRule *rule, const char *id, KafDay due)
{
  KafFinding *finding = g_new0 (KafFinding, 1);

  finding->rule = rule;
  finding->id = kaf_findings_keep (self, id);
  finding->due = due;
  finding->urgency = weigh (self, rule, due);
  self->counts[finding->urgency]++;
  self->n_all++;
  g_ptr_array_add (self->list, finding);
  return finding;
}

static KafArg *
next_arg (KafFinding *finding, KafArgKind kind)
{
  for (guint i = 0; i < KAF_FINDING_ARGS; i++)
    if (finding->args[i].kind == KAF_ARG_NONE)
      {
        finding->args[i].kind = kind;
        return &finding->args[i];
      }
  g_return_val_if_reached (&finding->args[KAF_FINDING_ARGS - 1]);
}

void
kaf_finding_add_record (KafFindings *self, KafFinding *finding, const char *entity, const char *id)
{
  KafArg *arg = next_arg (finding, KAF_ARG_RECORD);

  arg->entity = entity;
  arg->id = kaf_findings_keep (self, id);
}

void
kaf_finding_add_row (KafFinding *finding, const char *entity, guint32 rid)
{
  KafArg *arg = next_arg (finding, KAF_ARG_RECORD);

  arg->entity = entity;
  arg->rid = rid;
}

void
kaf_finding_add_day (KafFinding *finding, KafDay day)
{
  next_arg (finding, KAF_ARG_DAY)->number = day;
}

void
kaf_finding_add_number (KafFinding *finding, guint number)
{
  next_arg (finding, KAF_ARG_NUMBER)->number = number;
}

/* @choice: as the schema has it, which outlives all. */
void
kaf_finding_add_choice (KafFinding *finding, const char *entity, const char *choice)
{
  KafArg *arg = next_arg (finding, KAF_ARG_CHOICE);

  arg->entity = entity;
  arg->id = choice;
}

void
kaf_finding_set_of (KafFindings *self, KafFinding *finding, const char *entity, const char *id)
{
  finding->of_entity = entity;
  finding->of = kaf_findings_keep (self, id);
}

void
kaf_findings_filter (KafFindings *self, KafFindingFunc wanted, gpointer data)
{
  guint kept = 0;

  for (guint i = 0; i < self->list->len; i++)
    {
      KafFinding *finding = g_ptr_array_index (self->list, i);

      if (wanted (finding, data))
        {
          self->list->pdata[i] = self->list->pdata[kept];
          self->list->pdata[kept++] = finding;
          continue;
        }
      self->counts[finding->urgency]--;
      self->n_all--;
    }
  g_ptr_array_set_size (self->list, kept);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const KafFinding *one = *(const KafFinding *const *) a;
  const KafFinding *two = *(const KafFinding *const *) b;

  if (one->urgency != two->urgency)
    return one->urgency < two->urgency ? -1 : 1;
  /* Unknown is 0: less one, it is the latest of all. */
  if (one->due != two->due)
    return one->due - 1 < two->due - 1 ? -1 : 1;
  if (one->rule != two->rule)
    return strcmp (one->rule->code, two->rule->code);
  if (one->rid != two->rid)
    return one->rid < two->rid ? -1 : 1;
  if (one->id != two->id && g_strcmp0 (one->id, two->id) != 0)
    return g_strcmp0 (one->id, two->id);
  return one->source != two->source ? g_strcmp0 (one->source, two->source) : 0;
}

void
kaf_findings_sort (KafFindings *self)
{
  g_ptr_array_sort (self->list, compare);
}

/* So many may stand behind one another before texts are copied together. */
#define DEPTH_MAX 64

static void
copy_texts (KafFindings *self, KafFinding *finding)
{
  const char **texts[] = { &finding->id, &finding->of, &finding->who, &finding->person,
                           &finding->source };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = kaf_findings_keep (self, *texts[i]);
  for (guint i = 0; i < KAF_FINDING_ARGS; i++)
    if (finding->args[i].kind == KAF_ARG_RECORD || finding->args[i].kind == KAF_ARG_CHOICE)
      finding->args[i].id = kaf_findings_keep (self, finding->args[i].id);
}

/* The findings of @other that are wanted, in their order; the rest is freed with their texts. */
static GPtrArray *
take_wanted (KafFindings *self, KafFindings *other, KafFindingFunc wanted, gpointer data)
{
  GPtrArray *taken = g_ptr_array_new ();

  for (guint i = 0; i < other->list->len; i++)
    {
      KafFinding *finding = g_ptr_array_index (other->list, i);

      if (!wanted (finding, data))
        {
          g_free (finding);
          continue;
        }
      g_ptr_array_add (taken, finding);
      self->counts[finding->urgency]++;
      self->n_all++;
    }
  g_ptr_array_set_free_func (other->list, NULL);
  g_ptr_array_set_size (other->list, 0);
  g_ptr_array_set_free_func (other->list, g_free);
  return taken;
}

void
kaf_findings_take_over (KafFindings *self, KafFindings *other, KafFindingFunc wanted, gpointer data)
{
  g_autoptr (GPtrArray) taken = take_wanted (self, other, wanted, data);
  g_autoptr (GPtrArray) own = self->list;
  guint next = 0;

  kaf_findings_sort (self);
  g_ptr_array_set_free_func (own, NULL);
  self->list = g_ptr_array_new_full (own->len + taken->len, g_free);
  for (guint i = 0; i < taken->len; i++)
    {
      while (next < own->len && compare (&own->pdata[next], &taken->pdata[i]) < 0)
        g_ptr_array_add (self->list, own->pdata[next++]);
      if (other->depth >= DEPTH_MAX)
        copy_texts (self, taken->pdata[i]);
      g_ptr_array_add (self->list, taken->pdata[i]);
    }
  while (next < own->len)
    g_ptr_array_add (self->list, own->pdata[next++]);
  if (other->depth >= DEPTH_MAX)
    return;
  self->base = kaf_findings_ref (other);
  self->depth = other->depth + 1;
}

/* Telling */

static const char *
find_choice (const char *entity_id, const char *code, KafLang lang)
{
  const KafEntity *entity = kaf_registry_find (entity_id);

  for (const KafField *field = entity != NULL ? entity->fields : NULL;
       field != NULL && field->id != NULL; field++)
    {
      const KafChoice *choice =
          field->choices != NULL && code != NULL ? kaf_field_find_choice (field, code) : NULL;

      if (choice != NULL)
        return kaf_words_get (lang, choice->label);
    }
  return "—";
}

static void
append_isolated (GString *text, const char *part)
{
  g_autofree char *isolated = kaf_bidi_isolate (part != NULL ? part : "—");

  g_string_append (text, isolated);
}

static void
append_arg (GString *text, const KafArg *arg, KafLang lang, KafTitleFunc title, gpointer data)
{
  g_autofree char *part = NULL;
  g_autofree char *iso = NULL;

  switch (arg->kind)
    {
    case KAF_ARG_RECORD:
      part = title != NULL && arg->id != NULL ? title (arg->entity, arg->id, lang, data) : NULL;
      append_isolated (text, part);
      break;
    case KAF_ARG_DAY:
      iso = kaf_day_to_iso (arg->number);
      part = iso != NULL ? kaf_date_format (iso, lang, KAF_DATE_LONG) : NULL;
      append_isolated (text, part);
      break;
    case KAF_ARG_NUMBER:
      g_string_append_printf (text, "%u", arg->number);
      break;
    case KAF_ARG_CHOICE:
      g_string_append (text, find_choice (arg->entity, arg->id, lang));
      break;
    case KAF_ARG_NONE:
    default:
      break;
    }
}

/* Which argument stands at @p, and the last letter of its place: %s is the next, %2$s the second where a language has
 * them in another order. FALSE: none. */
static gboolean
find_place (const char *p, guint *next, guint *index, const char **last)
{
  if (p[0] == '%' && p[1] == 's')
    {
      *index = (*next)++;
      *last = p + 1;
      return TRUE;
    }
  if (p[0] == '%' && g_ascii_isdigit (p[1]) && p[2] == '$' && p[3] == 's')
    {
      *index = (guint) g_ascii_digit_value (p[1]) - 1;
      *last = p + 3;
      return TRUE;
    }
  return FALSE;
}

char *
kaf_finding_tell (const KafFinding *self, KafLang lang, KafTitleFunc title, gpointer data)
{
  GString *text = g_string_sized_new (TOLD_BYTES);
  guint next = 0, index = 0;

  for (const char *p = kaf_words_get (lang, self->rule->sentence); *p != '\0'; p++)
    {
      gsize plain = strcspn (p, "%");

      g_string_append_len (text, p, (gssize) plain);
      p += plain;
      if (*p == '\0')
        break;
      if (find_place (p, &next, &index, &p))
        {
          if (index < KAF_FINDING_ARGS)
            append_arg (text, &self->args[index], lang, title, data);
          continue;
        }
      g_string_append_c (text, *p);
      if (p[0] == '%' && p[1] == '%')
        p++;
    }
  return g_string_free (text, FALSE);
}

int
kaf_finding_days_left (const KafFinding *self, KafDay day)
{
  return (int) self->due - (int) day;
}
