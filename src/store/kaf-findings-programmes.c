/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programmes with their domains, modules and sessions; and whether the networks have an expert at hand. */
#include "config.h"

#include "store/kaf-findings-private.h"

#include "rules/programme/kaf-programme-rules.h"

/* Of a person who cannot be asked to come. */
#define NOT_AT_HAND "('dormant', 'opposed', 'erased')"

typedef struct
{
  GPtrArray *list;   /* (element-type KafProgramme), owned */
  GHashTable *by_id; /* id → KafProgramme */
  KafDomains *domains;
} Programmes;

static void
take_programme (KafRun *self, KafStatement *row, gpointer data)
{
  Programmes *programmes = data;
  KafProgramme *one = kaf_programme_new (kaf_statement_text (row, 0));

  (void) self;
  one->from = kaf_day_parse (kaf_statement_text (row, 1));
  one->to = kaf_day_parse_end (kaf_statement_text (row, 2));
  g_ptr_array_add (programmes->list, one);
  g_hash_table_insert (programmes->by_id, one->id, one);
}

static void
take_domain (KafRun *self, KafStatement *row, gpointer data)
{
  Programmes *programmes = data;
  KafProgramme *one = g_hash_table_lookup (programmes->by_id, kaf_statement_text (row, 0));
  guint n;

  (void) self;
  if (one == NULL)
    return;
  n = g_strv_length (one->domains);
  one->domains = g_renew (char *, one->domains, n + 2);
  one->domains[n] = g_strdup (kaf_statement_text (row, 1));
  one->domains[n + 1] = NULL;
}

static void
take_module (KafRun *self, KafStatement *row, gpointer data)
{
  Programmes *programmes = data;
  const char *of = kaf_statement_text (row, 0), *domain = kaf_statement_text (row, 1);
  KafProgramme *one = of != NULL ? g_hash_table_lookup (programmes->by_id, of) : NULL;

  (void) self;
  if (one != NULL && domain != NULL)
    g_hash_table_add (one->modules, g_strdup (domain));
}

static void
take_parent (KafRun *self, KafStatement *row, gpointer data)
{
  Programmes *programmes = data;

  (void) self;
  g_hash_table_insert (programmes->domains->parents, g_strdup (kaf_statement_text (row, 0)),
                       g_strdup (kaf_statement_text (row, 1)));
}

static gboolean
read_programmes (KafRun *self, Programmes *programmes, GError **error)
{
  return kaf_run_rows (self,
                       "SELECT h.id, p.starts_on, p.ends_on FROM programme p"
                       " CROSS JOIN head h ON h.rid = p.rid WHERE p.deleted_at IS NULL",
                       NULL, take_programme, programmes, error) &&
         kaf_run_rows (
             self,
             "SELECT h.id, s.value FROM programme_set s CROSS JOIN head h ON h.rid = s.rid"
             " WHERE s.field = 'domains' AND s.removed IS NULL"
             " ORDER BY s.rid, s.position",
             NULL, take_domain, programmes, error) &&
         kaf_run_rows (self,
                       "SELECT programme, domain FROM training_module WHERE deleted_at IS NULL",
                       NULL, take_module, programmes, error) &&
         kaf_run_rows (self,
                       "SELECT h.id, d.parent FROM domain d CROSS JOIN head h ON h.rid = d.rid"
                       " WHERE d.parent IS NOT NULL",
                       NULL, take_parent, programmes, error);
}

/* Experts */

static void
take_found (KafRun *self, KafStatement *row, gpointer data)
{
  (void) self;
  (void) row;
  *(gboolean *) data = TRUE;
}

/* An expert of exactly that domain, member of a network today. An end of "2026" is not past before 2027. */
static gboolean
has_expert (KafRun *self, const char *code, gboolean *found, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT 1 FROM expert_set x CROSS JOIN expert e ON e.rid = x.rid"
      " CROSS JOIN person p ON p.rid = x.rid CROSS JOIN head h ON h.rid = x.rid"
      " WHERE x.field = 'domains' AND x.value = ?1 AND x.removed IS NULL"
      " AND e.deleted_at IS NULL AND p.deleted_at IS NULL"
      " AND coalesce(p.status, '') NOT IN " NOT_AT_HAND
      " AND EXISTS (SELECT 1 FROM membership m WHERE m.person = h.id AND m.deleted_at IS NULL"
      " AND (m.valid_to IS NULL OR m.valid_to >= substr ('%s', 1, length (m.valid_to))))"
      " LIMIT 1",
      self->today);

  *found = FALSE;
  return kaf_run_rows (self, sql, code, take_found, found, error);
}

static gboolean
find_expert (KafRun *self, KafDomains *domains, const char *domain, GError **error)
{
  GHashTableIter iter;
  gpointer code;
  gboolean found;

  if (!has_expert (self, domain, &found, error))
    return FALSE;
  if (found)
    {
      g_hash_table_add (domains->with_experts, g_strdup (domain));
      return TRUE;
    }
  g_hash_table_iter_init (&iter, domains->parents);
  while (g_hash_table_iter_next (&iter, &code, NULL))
    {
      if (!kaf_domains_is_within (domains, code, domain))
        continue;
      if (!has_expert (self, code, &found, error))
        return FALSE;
      if (found)
        {
          g_hash_table_add (domains->with_experts, g_strdup (code));
          return TRUE;
        }
    }
  return TRUE;
}

static gboolean
find_experts (KafRun *self, Programmes *programmes, const char *id, GError **error)
{
  g_autoptr (GHashTable) asked = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < programmes->list->len; i++)
    {
      const KafProgramme *one = g_ptr_array_index (programmes->list, i);

      if (id != NULL && !g_str_equal (one->id, id))
        continue;
      for (char **domain = one->domains; *domain != NULL; domain++)
        if (g_hash_table_add (asked, *domain) &&
            !find_expert (self, programmes->domains, *domain, error))
          return FALSE;
    }
  return TRUE;
}

/* Sessions */

static void
take_session (KafRun *self, KafStatement *row, G_GNUC_UNUSED gpointer data)
{
  const char *state = kaf_statement_text (row, 5);
  KafSession session = {
    .id = kaf_statement_text (row, 0),
    .module = kaf_statement_text (row, 1),
    .programme = kaf_statement_text (row, 2),
    .starts_on = kaf_run_get_day (row, 3),
    .ends_on = kaf_run_get_day (row, 4),
    .state = g_strcmp0 (state, "held") == 0        ? KAF_SESSION_HELD
             : g_strcmp0 (state, "cancelled") == 0 ? KAF_SESSION_CANCELLED
                                                   : KAF_SESSION_PLANNED,
    .counted = sqlite3_column_type (row, 6) != SQLITE_NULL,
    .present = (guint) MAX (sqlite3_column_int (row, 6), 0),
  };

  kaf_session_check (self->findings, &session);
}

/* Those of which something may be said: held without trainees, or planned and past. */
static gboolean
check_sessions (KafRun *self, GError **error)
{
  return kaf_run_rows (self,
                       "SELECT h.id, s.module, m.programme, s.starts_on, s.ends_on, s.state,"
                       " s.present FROM training_session s CROSS JOIN head h ON h.rid = s.rid"
                       " LEFT JOIN head mh ON mh.id = s.module AND mh.entity = 'training_module'"
                       " LEFT JOIN training_module m ON m.rid = mh.rid"
                       " WHERE s.deleted_at IS NULL"
                       " AND (s.state = 'held' AND coalesce(s.present, 0) = 0"
                       " OR coalesce(s.state, 'planned') = 'planned' AND s.starts_on < ?1)",
                       self->today, take_session, NULL, error);
}

/* (element-type KafConvention) (transfer container) */
static GPtrArray *
list_in_force (KafRun *self)
{
  GPtrArray *acts = g_ptr_array_new ();

  for (guint i = 0; i < self->conventions->acts->len; i++)
    if (self->standings[i]->state == KAF_CONVENTION_IN_FORCE)
      g_ptr_array_add (acts, g_ptr_array_index (self->conventions->acts, i));
  return acts;
}

gboolean
kaf_run_programmes (KafRun *self, const char *id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_programme_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (KafDomains) domains = kaf_domains_new ();
  g_autoptr (GPtrArray) in_force = list_in_force (self);
  Programmes programmes = { list, by_id, domains };

  if (!read_programmes (self, &programmes, error) || !find_experts (self, &programmes, id, error) ||
      !check_sessions (self, error))
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const KafProgramme *one = g_ptr_array_index (list, i);

      if (id == NULL || g_str_equal (one->id, id))
        kaf_programme_check (self->findings, one, domains, in_force);
    }
  return TRUE;
}
