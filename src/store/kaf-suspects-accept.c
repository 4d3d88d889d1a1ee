/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pairs that are accepted together: who may, from where on, and doing it. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-reason.h"
#include "base/kaf-validation-error.h"
#include "match/kaf-match-weigh.h"
#include "store/kaf-judge.h"
#include "store/kaf-mission-settings.h"
#include "store/kaf-setting-write.h"
#include "store/kaf-settings.h"
#include "store/kaf-suspects.h"

gboolean
kaf_suspects_may_accept (KafDatabase *db)
{
  const KafRole *role = kaf_mission_read_role (db);

  return role != NULL && g_str_equal (role->id, "manager");
}

guint
kaf_suspects_get_accept (KafDatabase *db)
{
  g_autofree char *text = NULL;
  guint64 least = 0;

  if (!kaf_suspects_may_accept (db))
    return 0;
  text = kaf_read_setting (db, KAF_SETTING_ACCEPT_FROM, NULL);
  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, KAF_SUSPECT_LEAST, 1000, &least, NULL))
    return 0;
  return (guint) least;
}

static void
set_forbidden (GError **error)
{
  g_set_error_literal (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN,
                       _ ("A manager alone accepts pairs together, and only from the likelihood on "
                          "that a manager has set (setting duplicates.accept-from)."));
}

KafReceipt *
kaf_suspects_set_accept (KafDatabase *db, guint least, GError **error)
{
  g_autofree char *text = least > 0 ? g_strdup_printf ("%u", least) : NULL;

  if (!kaf_suspects_may_accept (db))
    {
      set_forbidden (error);
      return NULL;
    }
  if (least > 0 && (least < KAF_SUSPECT_LEAST || least > 1000))
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RANGE,
                   "a likelihood from %u to 1000", KAF_SUSPECT_LEAST);
      return NULL;
    }
  return kaf_setting_write (db, KAF_SETTING_ACCEPT_FROM, text, NULL, error);
}

/* Whether each of @list was shown. */
static gboolean
were_shown (GPtrArray *list, GPtrArray *shown)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < shown->len; i++)
    {
      const KafSuspect *one = g_ptr_array_index (shown, i);

      g_hash_table_add (known, g_strconcat (one->a, " ", one->b, NULL));
    }
  for (guint i = 0; i < list->len; i++)
    {
      const KafSuspect *one = g_ptr_array_index (list, i);
      g_autofree char *key = g_strconcat (one->a, " ", one->b, NULL);

      if (!g_hash_table_contains (known, key))
        return FALSE;
    }
  return list->len == shown->len;
}

static GPtrArray *
find_pairs (
    KafDatabase *db, const KafEntity *entity, const char *reason, GPtrArray *shown, GError **error)
{
  guint least = kaf_suspects_get_accept (db);
  g_autoptr (GPtrArray) list = NULL;

  if (least == 0)
    {
      set_forbidden (error);
      return NULL;
    }
  if (!kaf_reason_is_enough (reason))
    {
      g_set_error_literal (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED,
                           "why they are accepted is to be said");
      return NULL;
    }
  list = kaf_suspects_list_groups (db, entity, least, KAF_LANG_EN, error);
  if (list == NULL)
    return NULL;
  if (shown != NULL && !were_shown (list, shown))
    g_set_error_literal (error, KAF_STORE_ERROR, KAF_STORE_ERROR_EXISTS,
                         "these are not the pairs that were shown");
  else if (list->len == 0)
    g_set_error_literal (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOTHING, "no pair is that likely");
  else
    return g_steal_pointer (&list);
  return NULL;
}

static gboolean
accept_one (KafTransaction *transaction, const KafSuspect *one, const char *reason, GError **error)
{
  g_autofree char *engine = g_strdup_printf ("%u", kaf_match_model_default ()->version);
  KafJudging judging = { .entity = one->entity,
                         .a = one->a,
                         .b = one->b,
                         .verdict = KAF_VERDICT_SAME,
                         .reason = reason,
                         .likelihood = (int) one->likelihood,
                         .engine = engine,
                         .evidence = one->evidence };
  g_autoptr (KafChangeSet) set = kaf_judge (&judging);

  return kaf_transaction_apply (transaction, KAF_CHANGE_CREATE, kaf_change_set_get (set, 0)->record,
                                NULL, NULL, error);
}

KafReceipt *
kaf_suspects_accept (KafDatabase *db,
                     const KafEntity *entity,
                     const char *reason,
                     GPtrArray *shown,
                     KafProgressFunc progress,
                     gpointer progress_data,
                     guint *n,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GPtrArray) list = find_pairs (db, entity, reason, shown, error);
  KafTransaction *transaction = list != NULL ? kaf_transaction_begin (db, "judge", error) : NULL;

  *n = 0;
  if (transaction == NULL)
    return NULL;
  for (guint i = 0; i < list->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !accept_one (transaction, g_ptr_array_index (list, i), reason, error))
        {
          kaf_transaction_abort (transaction);
          return NULL;
        }
      if (progress != NULL)
        progress (i + 1, list->len, progress_data);
    }
  *n = list->len;
  return kaf_transaction_commit (transaction, error);
}
