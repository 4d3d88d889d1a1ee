/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of a plan for reading: asked for the rows in sight alone. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "exchange/kaf-import-plan-private.h"
#include "match/kaf-match-words.h"
#include "schema/kaf-set.h"
#include "schema/kaf-value.h"
#include "store/kaf-permit.h"
#include "store/kaf-read.h"

static void
said_free (gpointer data)
{
  KafImportSaid *said = data;

  g_free (said->before);
  g_free (said->after);
  g_free (said);
}

static char *
format (KafDatabase *db, const KafField *field, const char *canonical, KafLang lang)
{
  return kaf_value_format (field, canonical, lang, kaf_read_long_title_func, db);
}

/* What the row says, field by field, beside what stands and what of it is to be written. */
typedef struct
{
  KafDatabase *db;
  KafLang lang;
  const KafRole *role;         /* who takes it in; nullable */
  const KafImportMerge *merge; /* nullable: nothing stands */
  gboolean written;            /* what differs is written */
  GPtrArray *said;
} Telling;

static gboolean
says_more (const KafField *field, const char *value, const char *standing)
{
  g_autoptr (GPtrArray) more = NULL;

  if (!kaf_field_is_many (field))
    return g_strcmp0 (value, standing) != 0;
  more = kaf_set_difference (value, standing);
  return more->len > 0;
}

static void
add_said (Telling *self, guint part, const KafRecord *record, guint index)
{
  const KafField *field = &kaf_record_get_entity (record)->fields[index];
  const char *value = kaf_record_get_at (record, index);
  const KafRecord *before = self->merge != NULL ? self->merge->before[part] : NULL;
  const KafRecord *change = self->merge != NULL ? self->merge->parts[part] : NULL;
  const char *standing = before != NULL ? kaf_record_get_at (before, index) : NULL;
  gboolean changes = change != NULL && kaf_record_holds_at (change, index);
  gboolean may = kaf_permit_allows_field (self->role, kaf_record_get_entity (record), field);
  KafImportSaid *said;

  if (value == NULL && !changes)
    return;
  said = g_new0 (KafImportSaid, 1);
  said->field = field;
  said->before = format (self->db, field, standing, self->lang);
  said->after =
      format (self->db, field, changes && self->written ? kaf_record_get_at (change, index) : value,
              self->lang);
  if (self->merge == NULL ? may : changes && self->written)
    said->says = KAF_IMPORT_SAYS_NEW;
  else if (!says_more (field, value, standing))
    said->says = KAF_IMPORT_SAYS_SAME;
  else
    said->says = may ? KAF_IMPORT_SAYS_OTHER : KAF_IMPORT_SAYS_FORBIDDEN;
  g_ptr_array_add (self->said, said);
}

static void
add_part (Telling *self, guint part, const KafRecord *record)
{
  const KafField *fields = kaf_record_get_entity (record)->fields;

  for (guint i = 0; fields[i].id != NULL; i++)
    if (!kaf_field_has (&fields[i], KAF_FIELD_HIDDEN))
      add_said (self, part, record, i);
}

GPtrArray *
kaf_import_plan_list_said (
    KafImportPlan *self, KafDatabase *db, guint place, KafLang lang, GError **error)
{
  const KafImportPlanRow *row = kaf_import_plan_get (self, place);
  g_autoptr (GPtrArray) said = g_ptr_array_new_with_free_func (said_free);
  g_auto (KafImportRow) read = { .fault_column = -1 };
  g_auto (KafImportMerge) merge = { 0 };
  Telling telling = { db, lang, self->role, NULL, TRUE, said };

  if (!kaf_import_plan_read (self, db, place, &read, error))
    return NULL;
  if (row->id != NULL)
    {
      if (!kaf_import_merge_make (db, self->map, self->role, &read, row->id, row->source_number,
                                  self->today, &merge, error))
        return NULL;
      telling.merge = &merge;
      telling.written =
          row->outcome != KAF_IMPORT_DUPLICATE || row->decision == KAF_IMPORT_THE_SAME;
    }
  for (guint part = 0; part < KAF_IMPORT_PARTS && read.parts[part] != NULL; part++)
    add_part (&telling, part, read.parts[part]);
  return g_steal_pointer (&said);
}

char *
kaf_import_plan_tell (KafImportPlan *self, KafDatabase *db, guint place, KafLang lang)
{
  const KafImportPlanRow *row = kaf_import_plan_get (self, place);
  g_auto (KafImportRow) read = { .fault_column = -1 };
  g_autoptr (KafMatchPerson) said = NULL;
  g_autoptr (KafMatchPerson) other = NULL;
  KafMatchScore score;

  if (row->likelihood <= 0 || (row->id == NULL && row->of_row < 0))
    return NULL;
  if (!kaf_import_plan_read (self, db, place, &read, NULL))
    return NULL;
  return kaf_import_match_weigh (self->match, db, &read, row->id, row->of_row, &said, &other,
                                 &score)
             ? kaf_match_tell (&score, lang)
             : NULL;
}

char *
kaf_import_plan_name_record (
    KafImportPlan *self, KafDatabase *db, guint place, KafLang lang, char **ref)
{
  const KafImportPlanRow *row = kaf_import_plan_get (self, place);
  const KafEntity *root = kaf_entity_get_root (self->map->entity);
  g_autoptr (KafRecord) record = NULL;

  *ref = NULL;
  if (row->id == NULL)
    return NULL;
  record = kaf_read_record (db, self->map->entity, row->id, NULL);
  if (record == NULL)
    record = kaf_read_record (db, root, row->id, NULL);
  *ref = record != NULL ? g_strdup (kaf_record_get_ref (record)) : NULL;
  return kaf_read_title (db, root->id, row->id, lang);
}
