/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stands in for the hub until there is one: makes its file, and answers every exchange alike. */
#include "config.h"

#include "server/kaf-hub.h"
#include "server/kaf-sqlite.h"

#include <string.h>

struct _KafHub
{
  KafSqlite *sqlite;
};

static const KafSqliteKind kind = { 0x4b414648, 1, "CREATE TABLE stub (n INTEGER) STRICT;" };

G_DEFINE_QUARK (kaf - hub - error - quark, kaf_hub_error)

KafHub *
kaf_hub_open (const char *path, gboolean create, KafClock *clock, KafRandom *random, GError **error)
{
  g_autoptr (KafSqlite) sqlite = kaf_sqlite_open (path, &kind, create, error);
  KafHub *self;

  if (sqlite == NULL)
    return NULL;
  self = g_new0 (KafHub, 1);
  self->sqlite = g_steal_pointer (&sqlite);
  return self;
}

void
kaf_hub_close (KafHub *self)
{
  if (self == NULL)
    return;
  kaf_sqlite_close (self->sqlite);
  g_free (self);
}

/* Bodies that begin with "request", "version", "io" or "full" fail that way, and "big" answers much: for
 * the tests. */
gboolean
kaf_hub_exchange (KafHub *self,
                  const KafHubSession *session,
                  const char *body,
                  gsize size,
                  GString *answer,
                  GError **error)
{
  static const struct
  {
    const char *word;
    KafHubError code;
  } faults[] = {
    { "request", KAF_HUB_ERROR_REQUEST },
    { "version", KAF_HUB_ERROR_VERSION },
    { "io", KAF_HUB_ERROR_IO },
    { "full", KAF_HUB_ERROR_FULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    if (size >= strlen (faults[i].word) &&
        strncmp (body, faults[i].word, strlen (faults[i].word)) == 0)
      {
        g_set_error_literal (error, KAF_HUB_ERROR, faults[i].code, "as asked");
        return FALSE;
      }
  g_string_append (answer, "{\"hello\":1}\n");
  if (size >= 3 && strncmp (body, "big", 3) == 0)
    for (guint i = 0; i < 10000; i++)
      g_string_append_printf (answer, "{\"line\":%u}\n", i);
  return TRUE;
}

gboolean
kaf_hub_get_figures (KafHub *self, KafHubFigures *figures, GError **error)
{
  *figures = (KafHubFigures){ 0, 0, 0 };
  return TRUE;
}

gboolean
kaf_hub_back_up (KafHub *self, const char *path, GError **error)
{
  return kaf_sqlite_copy_to (self->sqlite, path, error);
}
