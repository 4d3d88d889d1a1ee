/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The titles of records known by their ids, read on the worker. */
#include "config.h"

#include "ui/form/kaf-title-lookup.h"

#include "schema/kaf-set.h"
#include "ui/app/kaf-application.h"

typedef struct
{
  char *entity;
  char *set;
  KafLang lang;
} Lookup;

static void
lookup_free (gpointer data)
{
  Lookup *lookup = data;

  g_free (lookup->entity);
  g_free (lookup->set);
  g_free (lookup);
}

static gpointer
lookup_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Lookup *lookup = data;
  g_autoptr (GPtrArray) elements = kaf_set_parse (lookup->set);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < elements->len; i++)
    {
      KafElement *element = g_ptr_array_index (elements, i);
      g_autofree char *title =
          kaf_read_long_title_func (lookup->entity, element->value, lookup->lang, db);

      g_strv_builder_add (builder, title != NULL && *title != '\0' ? title : element->value);
    }

  return g_strv_builder_end (builder);
}

void
kaf_title_lookup_async (KafStore *store,
                        const char *entity,
                        const char *set,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->entity = g_strdup (entity);
  lookup->set = g_strdup (set);
  lookup->lang = kaf_application_get_lang ();
  kaf_store_run_async (store, KAF_LANE_READ, lookup_job, lookup, lookup_free,
                       (GDestroyNotify) g_strfreev, cancellable, callback, user_data);
}

GStrv
kaf_title_lookup_finish (KafStore *store, GAsyncResult *result, GError **error)
{
  return kaf_store_run_finish (store, result, error);
}
