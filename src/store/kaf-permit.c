/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-permit.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "store/kaf-database-private.h"
#include "store/kaf-drafts.h"
#include "store/kaf-sync-private.h"

const KafRole *
kaf_permit_read (KafDatabase *db)
{
  g_autofree char *url = kaf_local_get (db, KAF_SYNC_URL);
  g_autofree char *name = url != NULL ? kaf_local_get (db, KAF_SYNC_ROLE) : NULL;

  return name != NULL ? kaf_role_find (name) : NULL;
}

gboolean
kaf_permit_allows (const KafRole *role, const KafEntity *entity)
{
  return role == NULL || kaf_role_may_write (role, entity);
}

gboolean
kaf_permit_allows_for (const KafRole *role, const KafEntity *entity, const KafEntity *owner)
{
  return kaf_permit_allows (role, entity) &&
         (owner == NULL || !kaf_entity_has (owner, KAF_ENTITY_APPROVED) ||
          kaf_permit_allows (role, owner));
}

char *
kaf_permit_describe (const KafRole *role, const KafEntity *entity)
{
  g_autofree char *who = kaf_bidi_isolate (_ (role->label));
  g_autofree char *what = kaf_bidi_isolate (_ (entity->plural));

  /* Translators: the role of the user, then the kind of records: "Conventions". */
  return g_strdup_printf (_ ("Your role on the server, %s, does not allow writing here: %s. The "
                             "server would refuse it; ask a person whose role allows it."),
                          who, what);
}
