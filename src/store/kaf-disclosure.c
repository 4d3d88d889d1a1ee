/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-disclosure.h"

#include "base/kaf-date.h"
#include "base/kaf-reason.h"
#include "base/kaf-utf8.h"
#include "schema/kaf-registry.h"
#include "store/kaf-commit.h"
#include "store/kaf-read.h"
#include "store/kaf-settings.h"

guint
kaf_disclosure_limit (KafDatabase *db)
{
  g_autofree char *value = kaf_read_setting (db, KAF_SETTING_EXPORT_LIMIT, NULL);
  guint64 number = 0;

  if (!g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT, &number, NULL))
    g_ascii_string_to_unsigned (kaf_settings_default (KAF_SETTING_EXPORT_LIMIT), 10, 0, G_MAXINT,
                                &number, NULL);
  return (guint) number;
}

/* A participant and somebody invited are in no reference: their records are called by the name of who they are. */
gboolean
kaf_disclosure_names_persons (const KafEntity *entity)
{
  const KafEntity *root = kaf_entity_get_root (entity);

  for (guint i = 0; root->title != NULL && root->title[i] != NULL; i++)
    {
      const KafField *field = kaf_entity_find_field (root, root->title[i]);

      if (field != NULL && field->klass == KAF_CLASS_IDENTITY &&
          (field->flags & KAF_FIELD_NAME) != 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
kaf_disclosure_is_about_persons (const KafEntity *entity)
{
  if (kaf_disclosure_names_persons (entity))
    return TRUE;
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      const KafEntity *target =
          field->kind == KAF_KIND_REFERENCE ? kaf_registry_find (field->target) : NULL;

      if (target != NULL && kaf_disclosure_names_persons (target))
        return TRUE;
    }
  return FALSE;
}

static gboolean
log_it (KafDatabase *db, const KafDisclosure *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("disclosure"), NULL);
  g_autoptr (KafChangeSet) set = kaf_change_set_new (self->act);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autofree char *day = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  g_autofree char *count = g_strdup_printf ("%u", self->n_persons);

  kaf_record_set (record, "act", self->act);
  kaf_record_set (record, "made_on", day);
  kaf_record_set (record, "entity", self->entity);
  kaf_record_set (record, "n_persons", count);
  kaf_record_set (record, "filter", self->filter);
  kaf_record_set (record, "reason", self->reason);
  kaf_record_set (record, "recipient", self->recipient);
  kaf_change_set_create (set, record);
  receipt = kaf_commit (db, set, NULL, cancellable, error);
  return receipt != NULL;
}

gboolean
kaf_disclosure_justify (KafDatabase *db,
                        const KafDisclosure *disclosure,
                        GCancellable *cancellable,
                        GError **error)
{
  g_return_val_if_fail (db != NULL && disclosure != NULL, FALSE);

  if (disclosure->n_persons == 0)
    return TRUE;
  if (kaf_reason_is_enough (disclosure->reason))
    return log_it (db, disclosure, cancellable, error);
  if (kaf_text_is_blank (disclosure->reason) && disclosure->n_persons <= kaf_disclosure_limit (db))
    return TRUE;
  g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED,
               "what names %u persons needs a reason", disclosure->n_persons);
  return FALSE;
}
