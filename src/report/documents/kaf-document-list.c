/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a query finds, with the columns of the screen. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "record/kaf-listing.h"
#include "report/documents/kaf-documents.h"
#include "schema/kaf-registry.h"
#include "store/kaf-disclosure.h"
#include "store/kaf-page.h"
#include "store/kaf-permit.h"
#include "store/kaf-query-text.h"

/* Rows read at a time. */
#define LOT 500
/* Upright paper holds so many. */
#define UPRIGHT_MOST 5
/* Paper holds so many characters of the schema's widths, beside reference and title. */
#define WIDTH_MOST 100

static gboolean
is_in_title (const KafEntity *entity, const KafField *field)
{
  return (entity->title != NULL && g_strv_contains (entity->title, field->id)) ||
         (entity->title_ar != NULL && g_strv_contains (entity->title_ar, field->id));
}

/* What the schema gives a width in lists, after reference and title. (transfer container) */
static GPtrArray *
choose_columns (const KafDocumentContext *context)
{
  const KafEntity *entity = kaf_query_get_entity (context->subject.query);
  const KafRole *role = kaf_permit_read (context->db);
  GPtrArray *columns = g_ptr_array_new ();
  guint width = 0;

  for (guint i = 0; context->subject.columns != NULL && context->subject.columns[i] != NULL; i++)
    {
      const char *path = context->subject.columns[i];
      const KafField *field = kaf_query_resolve (entity, path, NULL, NULL);

      if (field == NULL || role == NULL || kaf_role_can_read (role, field))
        g_ptr_array_add (columns, (gpointer) path);
    }
  if (columns->len == 0)
    {
      g_ptr_array_add (columns, (gpointer) "ref");
      g_ptr_array_add (columns, (gpointer) "title");
      for (const KafField *field = entity->fields; field->id != NULL; field++)
        {
          if (field->list_width == 0 || is_in_title (entity, field) ||
              (role != NULL && !kaf_role_can_read (role, field)))
            continue;
          width += MAX (field->list_width, 8);
          if (width > WIDTH_MOST)
            break;
          g_ptr_array_add (columns, (gpointer) field->id);
        }
    }
  g_ptr_array_add (columns, NULL);
  return columns;
}

static const char *
get_head (const KafDoc *doc, const KafEntity *entity, const char *path)
{
  const KafField *field = kaf_query_resolve (entity, path, NULL, NULL);
  const char *listed = NULL;

  if (field != NULL && field->label != NULL)
    return kaf_doc_word (doc, field->label);
  if (g_str_equal (path, "ref"))
    return kaf_doc_word (doc, "Reference");
  if (g_str_equal (path, "title_ar"))
    return kaf_doc_word (doc, "Name in Arabic");
  if (g_str_equal (path, "updated_at"))
    return kaf_doc_word (doc, "Changed");
  if (g_str_equal (path, "created_at"))
    return kaf_doc_word (doc, "Created");
  /* The title's head is what bears it; what is reckoned and no field has the screen's. */
  if (!g_str_equal (path, "title"))
    listed = kaf_listing_label (entity, path, kaf_doc_get_lang (doc));
  return listed != NULL ? listed : kaf_doc_word (doc, entity->label);
}

static void
begin_table (KafDoc *doc, const KafEntity *entity, const GPtrArray *paths)
{
  g_autofree KafDocColumn *columns = g_new0 (KafDocColumn, paths->len);

  for (guint i = 0; i + 1 < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      const KafField *field = kaf_query_resolve (entity, path, NULL, NULL);
      gboolean figure =
          field != NULL && (field->kind == KAF_KIND_INTEGER || field->kind == KAF_KIND_MONEY);

      columns[i] = (KafDocColumn){
        .head = get_head (doc, entity, path),
        .share = g_str_equal (path, "ref")                ? 13
                 : g_str_equal (path, "title")            ? 24
                 : field != NULL && field->list_width > 0 ? MAX (field->list_width, 8)
                                                          : 16,
        .align = figure ? KAF_DOC_END : KAF_DOC_START,
      };
    }
  kaf_doc_table (doc, columns);
}

/* Names stand in the document's script, where they are known in it. */
static void
add_row (KafDoc *doc, const KafDocumentContext *context, const GPtrArray *paths, const KafRow *row)
{
  g_autofree const char **cells = g_new0 (const char *, paths->len);

  for (guint i = 0; i + 1 < paths->len; i++)
    {
      gboolean named = context->lang == KAF_LANG_AR && row->title_ar != NULL &&
                       *row->title_ar != '\0' &&
                       g_str_equal (g_ptr_array_index (paths, i), "title");

      cells[i] = named ? row->title_ar : row->cells[i];
    }
  kaf_doc_row (doc, cells);
}

static gboolean
add_rows (KafDoc *doc,
          KafDocumentContext *context,
          const GPtrArray *paths,
          const GArray *places,
          GError **error)
{
  const KafEntity *entity = kaf_query_get_entity (context->subject.query);
  /* Rows that name a person by a reference count as one each. */
  const char *names = kaf_disclosure_is_about_persons (entity) ? "person" : entity->id;

  for (guint i = 0; i < places->len; i += LOT)
    {
      g_autoptr (GPtrArray) rows = kaf_page_rows (
          context->db, entity, &g_array_index (places, guint32, i), MIN (LOT, places->len - i),
          (const char *const *) paths->pdata, context->lang, error);

      if (rows == NULL || g_cancellable_set_error_if_cancelled (context->cancellable, error))
        return FALSE;
      for (guint k = 0; k < rows->len; k++)
        {
          const KafRow *row = g_ptr_array_index (rows, k);

          if (row == NULL)
            continue;
          kaf_document_uses (context, entity->id, row->id);
          kaf_document_uses (context, names, row->id);
          add_row (doc, context, paths, row);
        }
    }
  return TRUE;
}

static gboolean
build (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  const KafQuery *query = context->subject.query;
  const KafEntity *entity = kaf_query_get_entity (query);
  g_autoptr (GPtrArray) paths = choose_columns (context);
  g_autoptr (GArray) places = kaf_page_places (context->db, query, error);
  g_autofree char *filter = kaf_query_describe (context->db, query, context->lang);
  g_autofree char *number = NULL;
  g_autofree char *count = NULL;

  if (places == NULL)
    return FALSE;
  number = kaf_number_format (places->len, context->lang);
  count = kaf_doc_print_plural (doc, "%s record", "%s records", places->len, number);
  kaf_doc_set_date (doc, context->day);
  if (paths->len - 1 > UPRIGHT_MOST)
    kaf_doc_set_landscape (doc);
  kaf_doc_title (doc, kaf_doc_word (doc, entity->plural));
  if (kaf_query_has_conditions (query) || kaf_query_get_text (query) != NULL)
    kaf_doc_subtitle (doc, filter);
  kaf_doc_note (doc, count);
  begin_table (doc, entity, paths);
  return add_rows (doc, context, paths, places, error);
}

const KafDocument kaf_document_list = {
  .name = "list",
  .label = N_ ("List"),
  .takes = KAF_TAKES_QUERY,
  .both = KAF_BOTH_PAGES,
  .build = build,
};
