/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-todo.h"

#include "rules/kaf-rulebook.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-read.h"

/* More than anybody chooses from. */
#define PEOPLE_MAX "40"

/* The parts of a finding in a list of strings: these, then four for each argument. */
enum
{
  PART_CODE,
  PART_ID,
  PART_OF_ENTITY,
  PART_OF,
  PART_DUE,
  PART_URGENCY,
  N_PARTS,
};
#define ARG_PARTS 4

#define KEY_COUNTS "todo"
#define KEY_DAYS "todo-days"

void
kaf_todo_free (KafTodo *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->findings, kaf_findings_unref);
  g_clear_pointer (&self->lapsing, g_ptr_array_unref);
  g_strfreev (self->people);
  g_free (self);
}

/* From one name of the index to the next: each stands there as often as there are commitments. */
#define NAMES                                                                                      \
  "WITH RECURSIVE name (name) AS (SELECT min (followed_by) FROM commitment"                        \
  " WHERE followed_by IS NOT NULL UNION ALL SELECT (SELECT min (c.followed_by) FROM commitment c"  \
  " WHERE c.followed_by > n.name) FROM name n WHERE n.name IS NOT NULL) "

static char **
read_people (KafDatabase *db, GError **error)
{
  g_autoptr (GStrvBuilder) people = g_strv_builder_new ();
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db,
                            NAMES "SELECT n.name FROM name n WHERE EXISTS (SELECT 1"
                                  " FROM commitment c WHERE c.followed_by = n.name"
                                  " AND c.deleted_at IS NULL) LIMIT " PEOPLE_MAX,
                            error);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  while (kaf_database_step (db, statement, &local))
    g_strv_builder_add (people, kaf_statement_text (statement, 0));
  if (local == NULL)
    return g_strv_builder_end (people);
  g_propagate_error (error, local);
  return NULL;
}

static void
note_days (KafTodo *self)
{
  self->lapse_days = self->findings->thresholds.lapse_first;
  self->lapse_soon = self->findings->thresholds.lapse_second;
}

KafTodo *
kaf_todo_read (KafDatabase *db,
               const KafTodoQuery *query,
               GCancellable *cancellable,
               GError **error)
{
  const KafFindingsQuery findings = { .who = query->who,
                                      .or_nobody = query->or_nobody,
                                      .to_do = TRUE,
                                      .limit = query->limit,
                                      .lang = query->lang };
  g_autoptr (KafTodo) self = g_new0 (KafTodo, 1);

  self->findings = kaf_findings_read (db, &findings, cancellable, error);
  if (self->findings == NULL)
    return NULL;
  note_days (self);
  self->people = read_people (db, error);
  if (self->people == NULL)
    return NULL;
  if (!query->lapsing)
    return g_steal_pointer (&self);
  self->lapsing =
      kaf_agenda_read_ends (db, self->findings->day, self->findings->day + self->lapse_days,
                            self->findings->day, query->lang, cancellable, error);
  return self->lapsing != NULL ? g_steal_pointer (&self) : NULL;
}

guint
kaf_todo_count (const KafTodo *self)
{
  return self->findings->n_all - self->findings->counts[KAF_URGENCY_MILD];
}

/* Keeping */

static void
add_part (GPtrArray *parts, const char *text)
{
  g_ptr_array_add (parts, g_strdup (text != NULL ? text : ""));
}

static void
add_number (GPtrArray *parts, guint number)
{
  g_ptr_array_add (parts, g_strdup_printf ("%u", number));
}

static void
keep_finding (const KafFinding *finding, GKeyFile *file, const char *group, const char *key)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  add_part (parts, finding->rule->code);
  add_part (parts, finding->id);
  add_part (parts, finding->of_entity);
  add_part (parts, finding->of);
  add_number (parts, finding->due);
  add_number (parts, finding->urgency);
  for (guint i = 0; i < KAF_FINDING_ARGS && finding->args[i].kind != KAF_ARG_NONE; i++)
    {
      add_number (parts, finding->args[i].kind);
      add_part (parts, finding->args[i].entity);
      add_part (parts, finding->args[i].id);
      add_number (parts, finding->args[i].number);
    }
  g_key_file_set_string_list (file, group, key, (const char *const *) parts->pdata, parts->len);
}

void
kaf_todo_keep (const KafTodo *self, GKeyFile *file, const char *group)
{
  int counts[KAF_N_URGENCIES];
  int days[] = { (int) self->findings->day, (int) self->lapse_days, (int) self->lapse_soon };

  for (guint i = 0; i < KAF_N_URGENCIES; i++)
    counts[i] = (int) self->findings->counts[i];
  g_key_file_set_integer_list (file, group, KEY_COUNTS, counts, KAF_N_URGENCIES);
  g_key_file_set_integer_list (file, group, KEY_DAYS, days, G_N_ELEMENTS (days));
  for (guint i = 0; i < self->findings->list->len; i++)
    {
      g_autofree char *key = g_strdup_printf ("todo-%u", i);

      keep_finding (g_ptr_array_index (self->findings->list, i), file, group, key);
    }
  for (guint i = 0; self->lapsing != NULL && i < self->lapsing->len; i++)
    {
      const KafAgendaItem *item = g_ptr_array_index (self->lapsing, i);
      g_autofree char *key = g_strdup_printf ("lapsing-%u", i);
      g_autofree char *day = g_strdup_printf ("%u", item->from);
      const char *parts[] = { item->id, day };

      g_key_file_set_string_list (file, group, key, parts, G_N_ELEMENTS (parts));
    }
}

static guint
to_number (const char *text)
{
  return (guint) g_ascii_strtoull (text, NULL, 10);
}

static const char *
or_null (const char *text)
{
  return *text != '\0' ? text : NULL;
}

static const char *
find_entity_id (const char *text)
{
  const KafEntity *entity = *text != '\0' ? kaf_registry_find (text) : NULL;

  return entity != NULL ? entity->id : NULL;
}

static void
take_args (KafFindings *findings, KafFinding *finding, char **parts, gsize n)
{
  for (gsize i = N_PARTS; i + ARG_PARTS <= n; i += ARG_PARTS)
    {
      const char *entity = find_entity_id (parts[i + 1]);

      switch (to_number (parts[i]))
        {
        case KAF_ARG_RECORD:
          if (entity != NULL)
            kaf_finding_add_record (findings, finding, entity, or_null (parts[i + 2]));
          break;
        case KAF_ARG_DAY:
          kaf_finding_add_day (finding, to_number (parts[i + 3]));
          break;
        case KAF_ARG_NUMBER:
          kaf_finding_add_number (finding, to_number (parts[i + 3]));
          break;
        case KAF_ARG_CHOICE:
          if (entity != NULL)
            kaf_finding_add_choice (finding, entity, kaf_findings_keep (findings, parts[i + 2]));
          break;
        default:
          break;
        }
    }
}

static gboolean
take_finding (KafFindings *findings, char **parts, gsize n)
{
  const KafRule *rule = n >= N_PARTS ? kaf_rulebook_find (parts[PART_CODE]) : NULL;
  const char *of_entity;
  KafFinding *finding;

  if (rule == NULL)
    return FALSE;
  finding =
      kaf_findings_add (findings, rule, or_null (parts[PART_ID]), to_number (parts[PART_DUE]));
  finding->urgency = MIN (to_number (parts[PART_URGENCY]), KAF_N_URGENCIES - 1);
  of_entity = find_entity_id (parts[PART_OF_ENTITY]);
  if (of_entity != NULL)
    kaf_finding_set_of (findings, finding, of_entity, or_null (parts[PART_OF]));
  take_args (findings, finding, parts, n);
  return TRUE;
}

static gboolean
take_findings (KafTodo *self, KafDatabase *db, GKeyFile *file, const char *group, KafLang lang)
{
  for (guint i = 0;; i++)
    {
      g_autofree char *key = g_strdup_printf ("todo-%u", i);
      gsize n = 0;
      g_auto (GStrv) parts = g_key_file_get_string_list (file, group, key, &n, NULL);

      if (parts == NULL)
        return kaf_findings_tell (db, self->findings, lang, NULL);
      if (!take_finding (self->findings, parts, n))
        return FALSE;
    }
}

static void
take_lapsing (KafTodo *self, KafDatabase *db, GKeyFile *file, const char *group, KafLang lang)
{
  self->lapsing = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_agenda_item_free);
  for (guint i = 0;; i++)
    {
      g_autofree char *key = g_strdup_printf ("lapsing-%u", i);
      gsize n = 0;
      g_auto (GStrv) parts = g_key_file_get_string_list (file, group, key, &n, NULL);
      g_autofree char *title = NULL;
      KafAgendaItem *item;

      if (parts == NULL || n != 2)
        return;
      title = kaf_read_title (db, "convention", parts[0], lang);
      if (title == NULL)
        continue;
      item = g_new0 (KafAgendaItem, 1);
      item->kind = KAF_AGENDA_END;
      item->entity = "convention";
      item->id = g_strdup (parts[0]);
      item->title = g_steal_pointer (&title);
      item->from = item->to = to_number (parts[1]);
      g_ptr_array_add (self->lapsing, item);
    }
}

KafTodo *
kaf_todo_take (KafDatabase *db, GKeyFile *file, const char *group, KafLang lang)
{
  g_autoptr (KafTodo) self = g_new0 (KafTodo, 1);
  gsize n_counts = 0, n_days = 0;
  g_autofree int *counts = g_key_file_get_integer_list (file, group, KEY_COUNTS, &n_counts, NULL);
  g_autofree int *days = g_key_file_get_integer_list (file, group, KEY_DAYS, &n_days, NULL);

  if (n_counts != KAF_N_URGENCIES || n_days != 3 || days[0] <= 0)
    return NULL;
  self->findings = kaf_findings_new ((KafDay) days[0], NULL);
  self->lapse_days = (guint) MAX (days[1], 0);
  self->lapse_soon = (guint) MAX (days[2], 0);
  self->people = g_new0 (char *, 1);
  if (!take_findings (self, db, file, group, lang))
    return NULL;
  self->findings->n_all = 0;
  for (guint i = 0; i < KAF_N_URGENCIES; i++)
    {
      self->findings->counts[i] = (guint) MAX (counts[i], 0);
      self->findings->n_all += self->findings->counts[i];
    }
  take_lapsing (self, db, file, group, lang);
  return g_steal_pointer (&self);
}
