/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference lists of a new store: tab-separated files, one per list, a header first. */
#include "config.h"

#include "schema/kaf-registry.h"
#include "schema/kaf-role.h"
#include "store/kaf-database-private.h"
#include "store/kaf-sync-state.h"

static const struct
{
  const char *entity, *file;
} lists[] = {
  { "country", "countries.tsv" }, { "territory", "territories.tsv" },
  { "sector", "sectors.tsv" },    { "occupation", "occupations.tsv" },
  { "domain", "domains.tsv" },    { "language", "languages.tsv" },
  { "holiday", "holidays.tsv" },
};

char *
kaf_lists_get_dir (KafDatabase *self)
{
  const char *data = g_getenv ("KAF_PKGDATADIR");

  if (self->lists_dir != NULL)
    return g_strdup (self->lists_dir);
  return g_build_filename (data != NULL ? data : KAF_PKGDATADIR, "reference", NULL);
}

static gboolean
load_line (
    KafTransaction *tx, const KafEntity *entity, char **names, const char *line, GError **error)
{
  g_auto (GStrv) cells = g_strsplit (line, "\t", -1);
  g_autoptr (KafRecord) record = kaf_record_new (entity, NULL);

  for (guint i = 0; names[i] != NULL && cells[i] != NULL; i++)
    if (kaf_entity_find_field (entity, names[i]) != NULL && *cells[i] != '\0')
      kaf_record_set (record, names[i], cells[i]);
  return kaf_transaction_apply (tx, KAF_CHANGE_CREATE, record, NULL, NULL, error);
}

static gboolean
load_list (KafTransaction *tx, const KafEntity *entity, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) names = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  names = g_strsplit (lines[0] != NULL ? lines[0] : "", "\t", -1);
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !load_line (tx, entity, names, lines[i], error))
      {
        g_prefix_error (error, "%s:%u: ", entity->id, i + 1);
        return FALSE;
      }
  return TRUE;
}

static gboolean
is_empty (KafDatabase *self, guint list)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT NOT EXISTS (SELECT 1 FROM \"%s\")", lists[list].entity);

  return kaf_database_get_int (self, sql, NULL) == 1;
}

/* Those that hold nothing. */
static gboolean
load_empty (KafDatabase *self, KafTransaction *tx, GError **error)
{
  g_autofree char *dir = kaf_lists_get_dir (self);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *path = g_build_filename (dir, lists[i].file, NULL);

      if (is_empty (self, i) && !load_list (tx, kaf_registry_find (lists[i].entity), path, error))
        {
          g_prefix_error (error, "reference lists: ");
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
kaf_lists_load (KafDatabase *self, GError **error)
{
  KafTransaction *tx = kaf_transaction_begin (self, "lists", error);
  g_autoptr (KafReceipt) receipt = NULL;

  /* Another process may have loaded them while this one waited for its turn: then none is empty. */
  if (tx == NULL)
    return FALSE;
  if (!load_empty (self, tx, error))
    {
      kaf_transaction_abort (tx);
      return FALSE;
    }
  receipt = kaf_transaction_commit (tx, error);
  return receipt != NULL;
}

/* Whoever does not keep the lists is told them by the hub. */
static gboolean
keeps_lists (KafDatabase *self)
{
  g_auto (KafSyncState) state = { 0 };
  const KafRole *role;

  if (!kaf_sync_is_enrolled (self))
    return TRUE;
  role = kaf_sync_state_read (self, &state, NULL) && state.role != NULL ? kaf_role_find (state.role)
                                                                        : NULL;
  return role != NULL && (role->approves || g_str_equal (role->id, "administrator"));
}

gboolean
kaf_lists_complete (KafDatabase *self, GError **error)
{
  /* Without any list, they are to come from a hub. */
  if (is_empty (self, 0))
    return TRUE;
  for (guint i = 1; i < G_N_ELEMENTS (lists); i++)
    if (is_empty (self, i))
      return !keeps_lists (self) || kaf_lists_load (self, error);
  return TRUE;
}
