/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/kaf-document-part.h"

#include <string.h>

#include "schema/kaf-registry.h"

#define COLUMNS_MOST 12

static const KafField *
find_field (const KafEntity *entity, const char *name)
{
  g_autofree char *french = g_str_has_suffix (name, "_") ? g_strconcat (name, "fr", NULL) : NULL;

  return kaf_entity_find_field (entity, french != NULL ? french : name);
}

static char *
get_cell (KafDocumentContext *context, const KafRecord *record, const char *field)
{
  if (g_str_has_suffix (field, "_"))
    {
      g_autofree char *name = g_strndup (field, strlen (field) - 1);

      return g_strdup (kaf_document_text (context, record, name));
    }
  return kaf_document_value (context, record, field);
}

/* Which columns hold anything at all: the others would stand empty. */
static void
find_used (KafDocumentContext *context,
           const KafPartTable *part,
           const GPtrArray *records,
           gboolean *used)
{
  for (guint i = 0; i < COLUMNS_MOST && part->columns[i].field != NULL; i++)
    for (guint k = 0; k < records->len && !used[i]; k++)
      {
        g_autofree char *cell =
            get_cell (context, g_ptr_array_index (records, k), part->columns[i].field);

        used[i] = cell != NULL && *cell != '\0';
      }
}

static void
begin (KafDoc *doc, const KafPartTable *part, const gboolean *used)
{
  const KafEntity *entity = kaf_registry_find (part->entity);
  KafDocColumn columns[COLUMNS_MOST + 1] = { { NULL } };
  guint n = 0;

  kaf_doc_heading (doc, 3,
                   kaf_doc_word (doc, part->heading != NULL ? part->heading : entity->plural));
  for (guint i = 0; i < COLUMNS_MOST && part->columns[i].field != NULL; i++)
    {
      const KafField *field = find_field (entity, part->columns[i].field);
      const char *head = part->columns[i].head;

      if (!used[i])
        continue;
      columns[n].head = kaf_doc_word (doc, head != NULL ? head : field->label);
      columns[n].share = part->columns[i].share;
      if (field->kind == KAF_KIND_INTEGER || field->kind == KAF_KIND_MONEY)
        columns[n].align = KAF_DOC_END;
      n++;
    }
  kaf_doc_table (doc, columns);
}

static void
add_row (KafDoc *doc,
         KafDocumentContext *context,
         const KafPartTable *part,
         const gboolean *used,
         const KafRecord *record)
{
  char *cells[COLUMNS_MOST] = { NULL };
  guint n = 0;

  for (guint i = 0; i < COLUMNS_MOST && part->columns[i].field != NULL; i++)
    if (used[i])
      cells[n++] = get_cell (context, record, part->columns[i].field);
  kaf_doc_row (doc, (const char *const *) cells);
  for (guint i = 0; i < n; i++)
    g_free (cells[i]);
}

void
kaf_document_part_write (KafDoc *doc,
                         KafDocumentContext *context,
                         const KafPartTable *part,
                         const GPtrArray *records)
{
  gboolean used[COLUMNS_MOST] = { FALSE };

  find_used (context, part, records, used);
  if (memchr (used, TRUE, sizeof used) == NULL)
    return;
  begin (doc, part, used);
  for (guint i = 0; i < records->len; i++)
    add_row (doc, context, part, used, g_ptr_array_index (records, i));
}

gboolean
kaf_document_part (KafDoc *doc,
                   KafDocumentContext *context,
                   const KafPartTable *part,
                   const char *owner,
                   guint *n_rows,
                   GError **error)
{
  g_autoptr (GPtrArray) records =
      kaf_document_related (context, part->entity, part->field, owner, part->order, error);

  if (records == NULL)
    return FALSE;
  if (n_rows != NULL)
    *n_rows = records->len;
  kaf_document_part_write (doc, context, part, records);
  return TRUE;
}
