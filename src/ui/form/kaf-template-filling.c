/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/form/kaf-template-filling.h"

#include "report/kaf-texts.h"
#include "store/kaf-permit.h"

#define N_TEXTS 4

typedef struct
{
  char *entity, *id;
  char *texts[N_TEXTS];
} Filling;

static void
filling_free (gpointer data)
{
  Filling *self = data;

  for (guint i = 0; i < N_TEXTS; i++)
    g_free (self->texts[i]);
  g_free (self->entity);
  g_free (self->id);
  g_free (self);
}

const char *
kaf_template_filling_entity (const char *kind)
{
  static const struct
  {
    const char *kind, *entity;
  } of[] = {
    { "summons", "meeting" },
    { "minutes", "meeting" },
    { "attestation", "mission" },
    { "mission_order", "mission" },
    { "covering_note", "mission" },
    { "request_letter", "mission" },
    { "handover_receipt", "mission" },
    { "article_framework", "convention" },
    { "article_specific", "convention" },
    { "article_amendment", "convention" },
  };

  for (guint i = 0; kind != NULL && i < G_N_ELEMENTS (of); i++)
    if (g_str_equal (of[i].kind, kind))
      return of[i].entity;
  return NULL;
}

/* The first of those for whom the papers of @owner are; NULL: there is nobody. (transfer full) */
static KafRecord *
find_first (KafDocumentContext *context, const char *entity, const char *field, const char *owner)
{
  g_autoptr (GPtrArray) all = kaf_document_related (context, entity, field, owner, NULL, NULL);

  return all != NULL && all->len > 0 ? kaf_record_ref (g_ptr_array_index (all, 0)) : NULL;
}

/* @first (out): what the ids belong to, to be kept as long. */
static KafTextsAbout
find_about (KafDocumentContext *context, const Filling *self, KafRecord **first)
{
  KafTextsAbout about = { 0 };

  *first = NULL;
  if (g_str_equal (self->entity, "convention"))
    about.convention = self->id;
  else if (g_str_equal (self->entity, "mission"))
    {
      about.mission = self->id;
      *first = find_first (context, "mission_expert", "mission", self->id);
      if (*first != NULL)
        about.expert = kaf_record_get_id (*first);
    }
  else
    {
      about.meeting = self->id;
      *first = find_first (context, "meeting_attendee", "meeting", self->id);
      if (*first != NULL)
        {
          about.person = kaf_record_get (*first, "person");
          about.organisation = kaf_record_get (*first, "organisation");
          about.name = about.person == NULL ? kaf_record_get (*first, "name") : NULL;
        }
    }
  return about;
}

static gpointer
fill_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  static const KafLang langs[] = { KAF_LANG_FR, KAF_LANG_AR };
  const Filling *self = data;
  GStrv filled;

  if (!kaf_permit_check_records (db, error))
    return NULL;
  filled = g_new0 (char *, N_TEXTS + 1);
  for (guint side = 0; side < G_N_ELEMENTS (langs); side++)
    {
      g_autoptr (KafDocumentContext) context = kaf_document_context_new (db, langs[side], NULL);
      g_autoptr (KafRecord) first = NULL;
      KafTextsAbout about = find_about (context, self, &first);

      for (guint i = 2 * side; i < 2 * side + 2; i++)
        filled[i] = self->texts[i] != NULL ? kaf_texts_fill (context, self->texts[i], &about, NULL)
                                           : g_strdup ("");
    }
  return filled;
}

void
kaf_template_filling_async (KafStore *store,
                            const char *entity,
                            const char *id,
                            const char *const texts[4],
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Filling *self = g_new0 (Filling, 1);

  self->entity = g_strdup (entity);
  self->id = g_strdup (id);
  for (guint i = 0; i < N_TEXTS; i++)
    self->texts[i] = g_strdup (texts[i]);
  kaf_store_run_async (store, KAF_LANE_READ, fill_job, self, filling_free,
                       (GDestroyNotify) g_strfreev, cancellable, callback, user_data);
}

GStrv
kaf_template_filling_finish (KafStore *store, GAsyncResult *result, GError **error)
{
  return kaf_store_run_finish (store, result, error);
}
