/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "record/kaf-listing.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-words.h"
#include "record/kaf-query.h"

/* Fields beside the titles where no layout says which. */
#define FIELDS_SHOWN 6

/* Every other field stands behind, hidden. */
static const struct
{
  const char *entity;
  const char *const columns[10];
} layouts[] = {
  { "expert",
    { "title", "title_ar", "domains", "residence", "membership.network", "availability", "status",
      "confirmed_on", NULL } },
  { "project_holder",
    { "title", "title_ar", "tier", "stage", "project.sector", "project.territory", "counsellor",
      "next_on", NULL } },
  { "project",
    { "title", "title_ar", "person", "sector", "territory", "amount", "jobs", "next_on", NULL } },
  { "relay",
    { "title", "organisation", "post", "person", "sent_on", "answer_by", "answer", NULL } },
  { "organisation", { "title", "title_ar", "acronym", "kind", "residence", "territory", NULL } },
  { "network", { "title", "title_ar", "acronym", "basis", "countries", "domains", NULL } },
  { "convention",
    { "title", "title_ar", "kind", "parties", "signed_on", "ends_on", "programme", NULL } },
  { "commitment",
    { "title", "title_ar", "party", "convention", "due_on", "recurrence", "responsible", NULL } },
  { "programme",
    { "title", "title_ar", "acronym", "owner", "starts_on", "ends_on", "domains", NULL } },
  { "need",
    { "title", "title_ar", "territory", "domains", "urgency", "stated_by", "confirmed_on", "state",
      NULL } },
  { "meeting",
    { "title", "title_ar", "kind", "held_on", "starts_at", "place_fr", "state", "approved_on",
      NULL } },
  { "mission",
    { "title", "title_ar", "step", "state", "territory", "starts_on", "ends_on", "followed_by",
      NULL } },
  { "training_module",
    { "title", "title_ar", "programme", "domain", "hours", "network", "host", NULL } },
  { "disclosure",
    { "title", "made_on", "created_by", "act", "entity", "n_persons", "recipient", NULL } },
  { "training_session",
    { "module", "starts_on", "place", "trainer", "state", "planned", "present", NULL } },
};

/* What is no field of the entity itself; the first of a path is the one that counts. */
static const struct
{
  const char *path, *label;
} others[] = {
  { "project.sector", NC_ ("column", "Sector") },
  { "project.territory", NC_ ("column", "Territory") },
  { "membership.network", NC_ ("column", "Network") },
  { "availability", NC_ ("column", "Availability") },
  { "missing", NC_ ("column", "To ask for") },
  { "ref", NC_ ("column", "Reference") },
  { "updated_at", NC_ ("column", "Changed") },
  { "created_at", NC_ ("column", "Entered") },
  { "created_by", NC_ ("column", "Entered by") },
};

const char *const kaf_listing_asking[] = { "title",  "title_ar",     "missing", "phones",
                                           "emails", "confirmed_on", "country", NULL };

const char *const *
kaf_listing_layout (const KafEntity *entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (g_str_equal (layouts[i].entity, entity->id))
      return layouts[i].columns;
  return NULL;
}

static void
add_path (GStrvBuilder *paths, const char *column)
{
  if (g_str_equal (column, KAF_LISTING_RESIDENCE))
    g_strv_builder_add_many (paths, "city", "country", NULL);
  else
    g_strv_builder_add (paths, column);
}

static gboolean
is_in_title (const KafEntity *entity, const char *field)
{
  return (entity->title != NULL && g_strv_contains (entity->title, field)) ||
         (entity->title_ar != NULL && g_strv_contains (entity->title_ar, field));
}

static void
add_fields (GStrvBuilder *paths, const KafEntity *entity)
{
  const KafEntity *root = kaf_entity_get_root (entity);
  guint n = 0;

  for (const KafEntity *part = entity; part != NULL; part = part != root ? root : NULL)
    for (const KafField *field = part->fields; field->id != NULL && n < FIELDS_SHOWN; field++)
      if (field->list_width > 0 && !kaf_field_has (field, KAF_FIELD_HIDDEN) &&
          !is_in_title (part, field->id))
        {
          g_strv_builder_add (paths, field->id);
          n++;
        }
}

GStrv
kaf_listing_paths (const KafEntity *entity, KafLang lang)
{
  const char *const *layout = kaf_listing_layout (entity);
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  gboolean titles = layout == NULL || g_str_equal (layout[0], "title");

  if (titles)
    {
      add_path (paths, lang == KAF_LANG_AR ? "title_ar" : "title");
      add_path (paths, lang == KAF_LANG_AR ? "title" : "title_ar");
    }
  for (; layout != NULL && *layout != NULL; layout++)
    if (!titles || !g_str_has_prefix (*layout, "title"))
      add_path (paths, *layout);
  if (kaf_listing_layout (entity) == NULL)
    add_fields (paths, entity);
  return g_strv_builder_end (paths);
}

/* Whether its records bear names, as people and bodies do; else they have titles. */
static gboolean
is_named (const KafEntity *entity)
{
  return kaf_entity_find_field (kaf_entity_get_root (entity), "title_fr") == NULL;
}

static const char *
get_title_label (const KafEntity *entity, gboolean person, KafLang lang)
{
  if (!is_named (entity))
    return lang == KAF_LANG_AR ? kaf_words_context (lang, "column", "Title in French")
                               : kaf_words_context (lang, "column", "Title");
  if (lang == KAF_LANG_AR)
    return kaf_words_context (lang, "column", "Name in Latin script");
  return person ? kaf_words_context (lang, "column", "Family and given name")
                : kaf_words_context (lang, "column", "Name");
}

static const char *
get_arabic_label (const KafEntity *entity, KafLang lang)
{
  if (!is_named (entity))
    return lang == KAF_LANG_AR ? kaf_words_context (lang, "column", "Title")
                               : kaf_words_context (lang, "column", "Title in Arabic");
  return lang == KAF_LANG_AR ? kaf_words_context (lang, "column", "Full name")
                             : kaf_words_context (lang, "column", "Arabic name");
}

const char *
kaf_listing_label (const KafEntity *entity, const char *path, KafLang lang)
{
  gboolean person = g_str_equal (kaf_entity_get_root (entity)->id, "person");
  const KafField *field;

  if (g_str_equal (path, "title"))
    return get_title_label (entity, person, lang);
  if (g_str_equal (path, "title_ar"))
    return get_arabic_label (entity, lang);
  if (g_str_equal (path, KAF_LISTING_RESIDENCE))
    return person ? kaf_words_context (lang, "column", "Residence")
                  : kaf_words_context (lang, "column", "Place");
  /* Of a register: who did it. */
  if (g_str_equal (path, "created_by") && g_str_equal (entity->id, "disclosure"))
    return kaf_words_context (lang, "who", "By");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_str_equal (others[i].path, path))
      return kaf_words_context (lang, "column", others[i].label);
  field = kaf_query_resolve (entity, path, NULL, NULL);
  return field != NULL ? kaf_words_get (lang, field->label) : NULL;
}
