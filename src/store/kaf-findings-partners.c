/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Networks, who presides organisations, and when one last spoke with them. */
#include "config.h"

#include "store/kaf-findings-private.h"

#include "rules/network/kaf-network-rules.h"

typedef struct
{
  GPtrArray *list;   /* (element-type KafBody), owned */
  GHashTable *by_id; /* id → KafBody */
} Bodies;

static void
take_mandate (KafRun *self, KafStatement *row, G_GNUC_UNUSED gpointer data)
{
  KafMandate *one = kaf_mandate_new (kaf_statement_text (row, 0), kaf_statement_text (row, 1),
                                     kaf_statement_text (row, 2));

  one->organisation = g_strdup (kaf_statement_text (row, 3));
  one->person = g_strdup (kaf_statement_text (row, 4));
  one->presides = sqlite3_column_int (row, 5) != 0;
  g_hash_table_replace (self->mandates, one->id, one);
}

#define MANDATES                                                                                   \
  "SELECT h.id, m.valid_from, m.valid_to, m.organisation, m.person, m.presides FROM mandate m"     \
  " CROSS JOIN head h ON h.rid = m.rid WHERE m.deleted_at IS NULL"

gboolean
kaf_run_read_mandates (KafRun *self, const char *of, GError **error)
{
  if (of == NULL)
    return kaf_run_rows (self, MANDATES, NULL, take_mandate, NULL, error);
  return kaf_run_rows (self, MANDATES " AND m.organisation = ?1", of, take_mandate, NULL, error);
}

static KafBody *
get_body (Bodies *bodies, const char *id)
{
  KafBody *body = g_hash_table_lookup (bodies->by_id, id);

  if (body == NULL)
    {
      body = kaf_body_new (id);
      g_ptr_array_add (bodies->list, body);
      g_hash_table_insert (bodies->by_id, body->id, body);
    }
  return body;
}

static void
take_network (KafRun *self, KafStatement *row, gpointer data)
{
  (void) self;
  get_body (data, kaf_statement_text (row, 0))->is_network = TRUE;
}

/* An organisation that is not here, or not any more, has no page to mend it on. */
static void
take_presided (KafRun *self, KafStatement *row, gpointer data)
{
  (void) self;
  get_body (data, kaf_statement_text (row, 0));
}

static gboolean
read_bodies (KafRun *self, Bodies *bodies, const char *id, GError **error)
{
  if (id != NULL)
    return kaf_run_rows (self,
                         "SELECT h.id FROM head h CROSS JOIN network n ON n.rid = h.rid"
                         " WHERE h.id = ?1 AND h.entity = 'organisation' AND n.deleted_at IS NULL",
                         id, take_network, bodies, error) &&
           kaf_run_rows (self,
                         "SELECT id FROM head WHERE id = ?1 AND entity = 'organisation'"
                         " AND deleted = 0",
                         id, take_presided, bodies, error);
  return kaf_run_rows (self,
                       "SELECT h.id FROM network n CROSS JOIN head h ON h.rid = n.rid"
                       " WHERE n.deleted_at IS NULL",
                       NULL, take_network, bodies, error) &&
         kaf_run_rows (self,
                       "SELECT DISTINCT o.id FROM mandate m"
                       " CROSS JOIN head o ON o.id = m.organisation AND o.entity = 'organisation'"
                       " WHERE m.presides = 1 AND m.deleted_at IS NULL AND o.deleted = 0",
                       NULL, take_presided, bodies, error);
}

static void
add_presidencies (KafRun *self, Bodies *bodies)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->mandates);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      KafMandate *mandate = value;
      KafBody *body = mandate->presides && mandate->organisation != NULL
                          ? g_hash_table_lookup (bodies->by_id, mandate->organisation)
                          : NULL;

      if (body != NULL)
        g_ptr_array_add (body->presidencies, mandate);
    }
}

static void
count_conventions (KafRun *self, Bodies *bodies)
{
  for (guint i = 0; i < self->conventions->acts->len; i++)
    {
      const KafStanding *standing = self->standings[i];

      if (standing->state == KAF_CONVENTION_DRAFT || standing->state == KAF_CONVENTION_EXPIRED ||
          standing->state == KAF_CONVENTION_TERMINATED)
        continue;
      for (guint j = 0; j < standing->parties->len; j++)
        {
          const KafParty *party = &g_array_index (standing->parties, KafParty, j);
          KafBody *body = g_hash_table_lookup (bodies->by_id, party->organisation);

          if (body != NULL)
            body->n_conventions++;
        }
    }
}

static void
take_contact (KafRun *self, KafStatement *row, gpointer data)
{
  KafBody *body = data;
  KafDay day = kaf_run_get_day (row, 0);

  (void) self;
  body->last_contact = MAX (body->last_contact, day);
}

/* With the network, or with who presides it these days. */
static gboolean
read_contacts (KafRun *self, KafBody *body, GError **error)
{
  if (!kaf_run_rows (self,
                     "SELECT max(held_on) FROM contact WHERE organisation = ?1"
                     " AND deleted_at IS NULL",
                     body->id, take_contact, body, error))
    return FALSE;
  for (guint i = 0; i < body->presidencies->len; i++)
    {
      const KafMandate *mandate = g_ptr_array_index (body->presidencies, i);

      if (mandate->person != NULL &&
          kaf_mandate_held_on (mandate, self->findings->day) != KAF_HELD_NO &&
          !kaf_run_rows (self,
                         "SELECT max(held_on) FROM contact WHERE person = ?1"
                         " AND deleted_at IS NULL",
                         mandate->person, take_contact, body, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
kaf_run_bodies (KafRun *self, const char *id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_body_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  Bodies bodies = { list, by_id };

  if (!read_bodies (self, &bodies, id, error))
    return FALSE;
  add_presidencies (self, &bodies);
  count_conventions (self, &bodies);
  for (guint i = 0; i < list->len; i++)
    {
      KafBody *body = g_ptr_array_index (list, i);

      if (body->is_network && !read_contacts (self, body, error))
        return FALSE;
      kaf_body_check (self->findings, body);
    }
  return TRUE;
}
