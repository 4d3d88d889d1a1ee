/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/kaf-signing.h"

#include "rules/network/kaf-mandate.h"
#include "schema/kaf-set.h"
#include "store/kaf-conventions.h"
#include "store/kaf-store-error.h"

KafSigning *
kaf_signing_read (KafDocumentContext *context, const char *id, GError **error)
{
  g_autoptr (KafConventions) all = kaf_conventions_read (
      context->db, id, KAF_CONVENTIONS_SIGNATORIES, context->lang, context->cancellable, error);
  const KafConvention *act = all != NULL ? kaf_conventions_find (all, id) : NULL;
  const KafConvention *amended = act != NULL ? kaf_convention_get_amended (act) : NULL;
  KafSigning *self;

  if (act == NULL)
    {
      if (all != NULL)
        g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "no such convention");
      return NULL;
    }
  self = g_new0 (KafSigning, 1);
  self->act = act;
  self->amended = amended != act ? amended : NULL;
  self->parties = kaf_convention_list_signing (act, kaf_day_parse (context->day));
  self->all = g_steal_pointer (&all);
  return self;
}

void
kaf_signing_free (KafSigning *self)
{
  g_ptr_array_unref (self->parties);
  kaf_conventions_free (self->all);
  g_free (self);
}

void
kaf_signing_complete (KafDocumentContext *context, KafRecord *convention)
{
  g_autoptr (KafSigning) self = NULL;
  g_autofree char *set = NULL;

  if (g_strcmp0 (kaf_record_get (convention, "kind"), "amendment") != 0)
    return;
  self = kaf_signing_read (context, kaf_record_get_id (convention), NULL);
  for (guint i = 0; self != NULL && i < self->parties->len; i++)
    {
      char *more = kaf_set_add (set, g_ptr_array_index (self->parties, i), NULL);

      g_free (set);
      set = more;
    }
  if (set != NULL)
    kaf_record_set (convention, "parties", set);
}

gboolean
kaf_signing_is_held (const KafDocumentContext *context, const KafRecord *mandate)
{
  g_autoptr (KafMandate) held =
      kaf_mandate_new (kaf_record_get_id (mandate), kaf_record_get (mandate, "valid_from"),
                       kaf_record_get (mandate, "valid_to"));

  return kaf_mandate_held_on (held, kaf_day_parse (context->day)) == KAF_HELD_YES;
}

const char *
kaf_signing_find_mandate (const KafSigning *self, KafDocumentContext *context, const char *party)
{
  if (self->amended == NULL)
    return NULL;
  for (const KafConvention *act = self->act->parent; act != NULL; act = act->parent)
    {
      for (guint i = 0; i < act->signatories->len; i++)
        {
          const KafSignatory *one = g_ptr_array_index (act->signatories, i);
          g_autoptr (KafRecord) mandate =
              g_strcmp0 (one->organisation, party) == 0
                  ? kaf_document_read (context, "mandate", one->mandate, NULL)
                  : NULL;

          if (mandate != NULL && kaf_signing_is_held (context, mandate))
            return one->mandate;
        }
      if (act == self->amended)
        break;
    }
  return NULL;
}
