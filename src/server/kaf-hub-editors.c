/* SPDX-License-Identifier: GPL-3.0-or-later */
/* As kaf_mission_read_editors() has it, which knows less: a device hears of what others wrote, not of all who did. */
#include "config.h"

#include "server/kaf-hub-editors.h"

#include "rules/mission/kaf-mission-budget.h"
#include "schema/kaf-registry.h"
#include "server/kaf-hub-authors.h"

typedef gboolean (*FieldFunc) (const char *field);

typedef struct
{
  KafHubScopes *scopes;
  KafHubAuthors authors;
  gint64 since;
  gboolean found;
  GError *error; /* the first failure */
} Search;

/* What the hub wrote itself is of no device. */
static void
look_at_mark (Search *self, const KafMark *mark)
{
  if (self->found || self->error != NULL || mark->seq == 0 || mark->device == 0)
    return;
  self->found =
      mark->seq >= self->since || kaf_hub_authors_wrote (&self->authors, mark, &self->error);
}

/* @counts: NULL: all fields do. */
static void
look_at_fields (Search *self, const KafHubPart *part, FieldFunc counts)
{
  const KafField *fields = kaf_record_get_entity (part->record)->fields;

  for (guint i = 0; fields[i].id != NULL; i++)
    if (counts == NULL || counts (fields[i].id))
      look_at_mark (self, &part->marks[i]);
}

static gboolean
is_date_or_place (const char *field)
{
  static const char *const fields[] = { "starts_on", "ends_on", "place_fr", "place_ar",
                                        "territory", "mode",    NULL };

  return g_strv_contains (fields, field);
}

static gboolean
is_answer (const char *field)
{
  return g_str_equal (field, "answer");
}

static gboolean
comes (const KafHubPart *part)
{
  const char *answer = kaf_record_get (part->record, "answer");

  return g_strcmp0 (answer, "interested") == 0 || g_strcmp0 (answer, "retained") == 0;
}

/* To take out a session, or a line, is an edit as well. */
static void
look_at_part (Search *self, const KafHubPart *part)
{
  const char *entity = kaf_record_get_entity (part->record)->id;
  gboolean session = g_str_equal (entity, "programme_item");
  gboolean line = g_str_equal (entity, "budget_line");

  if (session || line)
    look_at_mark (self, &part->fate);
  if (kaf_record_get_stamp (part->record)->deleted_at != 0)
    return;
  if (session || line)
    look_at_fields (self, part, line ? kaf_budget_validates : NULL);
  else if (g_str_equal (entity, "mission"))
    look_at_fields (self, part, is_date_or_place);
  else if (g_str_equal (entity, "mission_expert") && comes (part))
    look_at_fields (self, part, is_answer);
}

static void
look_at_key (Search *self, const char *key)
{
  KafHubRecord *record = self->found || self->error != NULL
                             ? NULL
                             : kaf_hub_scopes_find (self->scopes, key, &self->error);

  if (record != NULL && record->parts->len > 0)
    look_at_part (self, g_ptr_array_index (record->parts, 0));
}

gboolean
kaf_hub_editors_have (KafHubScopes *scopes,
                      const char *who,
                      gint64 since,
                      const char *id,
                      gboolean *edited,
                      GError **error)
{
  Search self = { .scopes = scopes,
                  .authors = { .storage = scopes->storage, .who = who },
                  .since = since };
  g_autofree char *own = g_strconcat ("mission\t", id, NULL);
  g_autoptr (GPtrArray) keys = scopes->storage->klass->read_children (
      scopes->storage, kaf_registry_find ("mission"), id, error);

  if (keys == NULL)
    return FALSE;
  look_at_key (&self, own);
  for (guint i = 0; i < keys->len; i++)
    look_at_key (&self, g_ptr_array_index (keys, i));
  *edited = self.found;
  kaf_hub_authors_clear (&self.authors);
  if (self.error == NULL)
    return TRUE;
  g_propagate_error (error, self.error);
  return FALSE;
}
