/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /v1/aggregates: totals, for who sees nothing else; of who sees them of all records the count of 2030 and the projects
 * by stage too (store/kaf-totals.h), as of the last time that the snapshots were brought up to the hub. */
#include "config.h"

#include <microhttpd.h>
#include <string.h>

#include "base/kaf-date.h"
#include "server/kaf-service.h"
#include "server/kaf-snapshots.h"
#include "store/kaf-store-error.h"
#include "store/kaf-sync-state.h"
#include "store/kaf-totals.h"

/* What a table of the hub ends with. */
#define END "}\n"

/* A hundred thousand persons take most of a second: they are counted once for all who ask of the same state and day. */
static gboolean
count (KafService *self, KafDatabase *db, GError **error)
{
  g_autofree char *day = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  g_autofree char *of = g_strdup_printf ("%" G_GINT64_FORMAT " %s", kaf_sync_get_seen (db), day);
  g_autoptr (GString) json = NULL;

  if (g_strcmp0 (of, self->totals_of) == 0)
    return TRUE;
  json = g_string_new (NULL);
  if (!kaf_totals_print (db, json, NULL, error))
    return FALSE;
  g_free (self->totals);
  g_free (self->totals_of);
  self->totals = g_string_free (g_steal_pointer (&json), FALSE);
  self->totals_of = g_steal_pointer (&of);
  return TRUE;
}

/* Where they are not ready, the device goes on with what it has. */
static void
add_totals (KafService *self, GString *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafDatabase) db = kaf_snapshots_open_store (self->dir, &error);

  g_mutex_lock (&self->totals_mutex);
  if (db != NULL && count (self, db, &error) && g_str_has_suffix (answer->str, END))
    {
      g_string_truncate (answer, answer->len - strlen (END));
      g_string_append_printf (answer, ",\"totals\":%s" END, self->totals);
    }
  g_mutex_unlock (&self->totals_mutex);
  if (error != NULL && !g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND))
    g_warning ("No totals were counted: %s", error->message);
}

void
kaf_endpoint_aggregates (KafService *self, KafRequest *request)
{
  KafHubSession session = { 0 };
  g_autoptr (GError) error = NULL;
  GString *answer;
  gboolean done;

  if (!kaf_service_find_session (self, request, &session))
    return;
  if (!session.role->aggregates_only)
    {
      kaf_request_refuse (request, MHD_HTTP_FORBIDDEN, "no_grant");
      return;
    }
  answer = g_string_new (NULL);
  g_mutex_lock (&self->hub_mutex);
  done = kaf_hub_print_aggregates (self->hub, &session, answer, &error);
  g_mutex_unlock (&self->hub_mutex);
  if (!done)
    {
      g_string_free (answer, TRUE);
      kaf_request_refuse_error (request, error);
      return;
    }
  if (kaf_snapshots_serve (session.grant))
    add_totals (self, answer);
  kaf_request_answer (request, MHD_HTTP_OK, KAF_REQUEST_JSON, answer);
}
