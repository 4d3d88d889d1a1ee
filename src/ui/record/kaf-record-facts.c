/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card holds the sections that kaf_fact_groups() puts together; a section that no group names
 * gets a card of its own, so that a new section of the schema shows without a change here. */
#include "config.h"

#include "ui/record/kaf-record-facts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "schema/kaf-set.h"
#include "schema/kaf-value.h"

typedef struct
{
  KafDatabase *db;
  KafLang lang;
  const KafRecord *record;
  const KafRecord *owner;
} Builder;

static void
fact_free (gpointer data)
{
  KafFact *fact = data;

  g_ptr_array_unref (fact->fields);
  g_free (fact->value);
  g_free (fact->text);
  g_free (fact);
}

static void
card_free (gpointer data)
{
  KafFactCard *card = data;

  g_free (card->title);
  g_ptr_array_unref (card->facts);
  g_free (card);
}

char *
kaf_record_facts_format (KafDatabase *db,
                         const KafField *field,
                         const char *canonical,
                         KafLang lang)
{
  return kaf_value_format (field, canonical, lang, kaf_read_long_title_func, db);
}

static KafFact *
fact_new (const KafEntity *entity, const KafField *field, const char *value, char *text)
{
  KafFact *fact = g_new0 (KafFact, 1);

  fact->entity = entity;
  fact->field = field;
  fact->fields = g_ptr_array_new ();
  fact->value = g_strdup (value);
  fact->text = text;
  g_ptr_array_add (fact->fields, (gpointer) field);
  return fact;
}

/* Phones, addresses and pages get a line each, since each has its own buttons. */
static gboolean
has_line_per_element (const KafField *field)
{
  return kaf_field_is_many (field) &&
         (field->kind == KAF_KIND_PHONE || field->kind == KAF_KIND_EMAIL ||
          field->kind == KAF_KIND_URL);
}

static void
add_elements (Builder *builder,
              GPtrArray *facts,
              const KafEntity *entity,
              const KafField *field,
              const char *value)
{
  g_autoptr (GPtrArray) elements = kaf_set_parse (value);

  for (guint i = 0; i < elements->len; i++)
    {
      const KafElement *element = g_ptr_array_index (elements, i);
      g_autofree char *single = kaf_set_add (NULL, element->value, element->detail);
      char *text = kaf_record_facts_format (builder->db, field, single, builder->lang);

      g_ptr_array_add (facts, fact_new (entity, field, element->value, text));
    }
}

static gboolean
is_word (const KafField *field)
{
  return field->kind == KAF_KIND_TEXT || field->kind == KAF_KIND_REFERENCE;
}

static void
append_part (Builder *builder, GString *text, const KafField *field, const char *value)
{
  g_autofree char *part = kaf_record_facts_format (builder->db, field, value, builder->lang);
  g_autofree char *isolated = kaf_bidi_isolate (part);

  /* The line reads from the right even when its first word is Latin. */
  if (text->len == 0)
    g_string_append_printf (text, "%s%s", builder->lang == KAF_LANG_AR ? "\u200f" : "", isolated);
  else if (is_word (field))
    g_string_append_printf (text, "%s%s", builder->lang == KAF_LANG_AR ? "، " : ", ", isolated);
  else
    g_string_append_printf (text, " · %s %s", _ (field->label), isolated);
}

/* "Munich, Germany" from the fields of one merge unit: what is text comes first; "10:00, 12:30" as they stand. */
static KafFact *
unit_fact (Builder *builder,
           const KafRecord *record,
           const KafEntity *entity,
           const KafField *first)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  KafFact *fact;

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      if (g_strcmp0 (field->unit, first->unit) == 0 && !kaf_field_has (field, KAF_FIELD_HIDDEN))
        g_ptr_array_add (fields, (gpointer) field);
    }
  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < fields->len; i++)
        {
          const KafField *field = g_ptr_array_index (fields, i);
          const char *value = kaf_record_get (record, field->id);

          if (value != NULL && (field->kind == KAF_KIND_TEXT && first->kind != KAF_KIND_TEXT &&
                                i == fields->len - 1) == (pass == 0))
            append_part (builder, text, field, value);
        }
    }
  if (text->len == 0)
    return NULL;

  fact = fact_new (entity, first, kaf_record_get (record, first->id),
                   g_string_free (g_steal_pointer (&text), FALSE));
  g_ptr_array_unref (fact->fields);
  fact->fields = g_steal_pointer (&fields);
  return fact;
}

static gboolean
is_first_of_unit (const KafEntity *entity, const KafField *field)
{
  for (const KafField *other = entity->fields; other != field; other++)
    {
      if (g_strcmp0 (other->unit, field->unit) == 0)
        return FALSE;
    }
  return TRUE;
}

static void
add_field (Builder *builder, KafFactCard *card, const KafRecord *record, const KafField *field)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const char *value = kaf_record_get (record, field->id);

  if (card->field == NULL)
    {
      card->entity = entity;
      card->field = field;
    }
  if (field->unit != NULL)
    {
      KafFact *fact =
          is_first_of_unit (entity, field) ? unit_fact (builder, record, entity, field) : NULL;

      if (fact != NULL)
        g_ptr_array_add (card->facts, fact);
    }
  else if (value == NULL)
    return;
  else if (has_line_per_element (field))
    add_elements (builder, card->facts, entity, field, value);
  else
    g_ptr_array_add (card->facts,
                     fact_new (entity, field, value,
                               kaf_record_facts_format (builder->db, field, value, builder->lang)));
}

static void
add_section (Builder *builder, KafFactCard *card, const KafRecord *record, const char *section)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      if (g_strcmp0 (field->section, section) == 0 && !kaf_field_has (field, KAF_FIELD_HIDDEN) &&
          !kaf_fact_is_in_header (entity, field))
        add_field (builder, card, record, field);
    }
}

static KafFactCard *
card_new (const char *title)
{
  KafFactCard *card = g_new0 (KafFactCard, 1);

  card->title = g_strdup (title);
  card->facts = g_ptr_array_new_with_free_func (fact_free);
  return card;
}

/* "person.contact" names a section of the record or of its owner. */
static const KafRecord *
find_section (Builder *builder, const char *path, const char **section)
{
  const KafRecord *records[] = { builder->owner, builder->record };

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      const char *id = kaf_record_get_entity (records[i])->id;
      gsize length = strlen (id);

      if (strncmp (path, id, length) == 0 && path[length] == '.')
        {
          *section = path + length + 1;
          return records[i];
        }
    }
  return NULL;
}

static void
add_groups (Builder *builder, GPtrArray *cards, const KafFactGroup *groups, GHashTable *placed)
{
  for (const KafFactGroup *group = groups; group != NULL && group->title != NULL; group++)
    {
      KafFactCard *card = card_new (_ (group->title));

      for (guint i = 0; group->sections[i] != NULL; i++)
        {
          const char *section;
          const KafRecord *record = find_section (builder, group->sections[i], &section);

          g_hash_table_add (placed, (gpointer) group->sections[i]);
          if (record != NULL)
            add_section (builder, card, record, section);
        }
      /* A group of the other facets of the owner has nothing to say here. */
      if (card->field != NULL)
        g_ptr_array_add (cards, card);
      else
        card_free (card);
    }
}

static void
add_rest (Builder *builder, GPtrArray *cards, const KafRecord *record, GHashTable *placed)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  for (const KafSection *section = entity->sections; section != NULL && section->id != NULL;
       section++)
    {
      g_autofree char *path = g_strdup_printf ("%s.%s", entity->id, section->id);
      KafFactCard *card;

      if (g_hash_table_contains (placed, path))
        continue;
      card = card_new (_ (section->label));
      add_section (builder, card, record, section->id);
      if (card->field != NULL)
        g_ptr_array_add (cards, card);
      else
        card_free (card);
    }
}

GPtrArray *
kaf_record_facts_build (KafDatabase *db,
                        const KafRecord *record,
                        const KafRecord *owner,
                        KafLang lang)
{
  Builder builder = { db, lang, record, owner };
  g_autoptr (GPtrArray) cards = g_ptr_array_new_with_free_func (card_free);
  g_autoptr (GHashTable) placed = g_hash_table_new (g_str_hash, g_str_equal);

  add_groups (&builder, cards, kaf_fact_groups (kaf_record_get_entity (record)), placed);
  if (owner != record)
    add_rest (&builder, cards, owner, placed);
  add_rest (&builder, cards, record, placed);
  return g_steal_pointer (&cards);
}
