/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pills and parts that several pages share. */
#include "config.h"

#include "ui/record/kaf-page-tables.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-date.h"
#include "schema/kaf-registry.h"

const char *
kaf_page_raw (const KafRow *row, guint index)
{
  return index < row->n_cells ? row->raw[index] : NULL;
}

char *
kaf_page_choice_pill (const char *entity,
                      const char *field_id,
                      const char *code,
                      const char **style)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find (entity), field_id);
  const KafChoice *choice = code != NULL ? kaf_field_find_choice (field, code) : NULL;

  if (choice == NULL)
    return NULL;
  *style = choice->style;
  return g_strdup (_ (choice->label));
}

gboolean
kaf_page_is_over (const char *to, const char *today)
{
  g_autofree char *end = to != NULL ? kaf_date_end (to) : NULL;

  return end != NULL && strcmp (end, today) < 0;
}

/* Columns: network or person, role, valid_from, valid_to, source. */
char *
kaf_page_membership_pill (const KafRow *row, const char *today, const char **style)
{
  return kaf_page_is_over (kaf_page_raw (row, 3), today) ? g_strdup (C_ ("membership", "ended"))
                                                         : NULL;
}

/* Columns: organisation or person, office, presides, valid_from, valid_to. */
char *
kaf_page_mandate_pill (const KafRow *row, const char *today, const char **style)
{
  if (kaf_page_is_over (kaf_page_raw (row, 4), today))
    return g_strdup (C_ ("mandate", "ended"));
  if (g_strcmp0 (kaf_page_raw (row, 2), "1") != 0)
    return NULL;
  *style = "accent";
  return g_strdup (C_ ("mandate", "presides"));
}

/* Columns: subject, held_on, channel, by_whom, next_action, next_on. */
char *
kaf_page_contact_pill (const KafRow *row, const char *today, const char **style)
{
  const char *next = kaf_page_raw (row, 5);

  if (next == NULL || strcmp (next, today) < 0)
    return NULL;
  *style = strcmp (next, today) == 0 ? "accent" : NULL;
  return g_strdup (row->cells[5]);
}

const KafRelatedPart kaf_page_membership_parts[] = {
  { "role", NULL },
  { "valid_from", N_ ("member since %s") },
  { "valid_to", N_ ("until %s") },
  { "source", N_ ("source: %s") },
  { NULL },
};
const KafRelatedPart kaf_page_mandate_parts[] = {
  { "office", NULL },
  { "valid_from", N_ ("since %s") },
  { "valid_to", N_ ("until %s") },
  { NULL },
};
const char *const kaf_page_contact_columns[] = { "subject",     "held_on", "channel", "by_whom",
                                                 "next_action", "next_on", NULL };
const KafRelatedPart kaf_page_contact_parts[] = {
  { "held_on", NULL },
  { "channel", NULL },
  { "by_whom", NULL },
  { "next_action", N_ ("next: %s") },
  { NULL },
};
