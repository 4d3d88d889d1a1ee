/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a list, from the schema: what each reads, how it shows, what a person chose. */
#include "config.h"

#include "ui/list/kaf-column.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "record/kaf-listing.h"
#include "rules/quality/kaf-quality.h"
#include "schema/kaf-derived.h"
#include "schema/kaf-registry.h"

#define CHAR_PX 7
#define CELL_PADDING 24
/* Bold letters, and the round ends. */
#define PILL_CHAR_PX 8
#define PILL_PADDING 34
#define NAME_LEAST 184 /* most names whole, while other texts give way */
#define OTHER_NAME_LEAST 120
#define RLM "\342\200\217"

static void
column_free (gpointer data)
{
  KafColumn *column = data;

  g_free (column->id);
  g_free (column->label);
  g_free (column);
}

static KafColumn *
add_column (GPtrArray *columns, const char *id, const char *label, KafColumnKind kind, int width)
{
  KafColumn *column = g_new0 (KafColumn, 1);

  column->id = g_strdup (id);
  column->label = g_strdup (label);
  column->kind = kind;
  column->cells[0] = column->cells[1] = -1;
  column->width = width;
  column->min_width = CLAMP (width * 6 / 10, 60, 110);
  g_ptr_array_add (columns, column);

  return column;
}

static KafColumn *
add_listed (GPtrArray *columns,
            const KafEntity *entity,
            const char *id,
            KafLang lang,
            KafColumnKind kind,
            int width)
{
  return add_column (columns, id, kaf_listing_label (entity, id, lang), kind, width);
}

static gboolean
has_styles (const KafField *field)
{
  for (const KafChoice *choice = field->choices; choice != NULL && choice->code != NULL; choice++)
    if (choice->style != NULL)
      return TRUE;

  return FALSE;
}

static KafColumnKind
kind_of_field (const KafField *field)
{
  if (kaf_field_is_many (field))
    return KAF_COLUMN_TEXT;

  switch (field->kind)
    {
    case KAF_KIND_CHOICE:
      return has_styles (field) ? KAF_COLUMN_PILL : KAF_COLUMN_TEXT;
    case KAF_KIND_INTEGER:
    case KAF_KIND_MONEY:
    case KAF_KIND_DATE:
    case KAF_KIND_PARTIAL_DATE:
      return KAF_COLUMN_FIGURE;
    default:
      return KAF_COLUMN_TEXT;
    }
}

/* Words in a pill and figures are not shortened: half a date says nothing. */
static int
least_width (const KafField *field, KafColumnKind kind, int width)
{
  glong chars = 0;

  if (kind == KAF_COLUMN_FIGURE)
    return width;
  if (kind != KAF_COLUMN_PILL)
    return 0;

  for (const KafChoice *choice = field->choices; choice->code != NULL; choice++)
    chars = MAX (chars, g_utf8_strlen (_ (choice->label), -1));

  return (int) MIN (chars, 20) * PILL_CHAR_PX + PILL_PADDING;
}

static gboolean
is_title_field (const KafEntity *entity, const char *id)
{
  if (entity->title != NULL && entity->title[0] != NULL && entity->title[1] == NULL &&
      g_str_equal (entity->title[0], id))
    return TRUE;

  return entity->title_ar != NULL && entity->title_ar[0] != NULL && entity->title_ar[1] == NULL &&
         g_str_equal (entity->title_ar[0], id);
}

static void
add_fields (GPtrArray *columns, const KafEntity *entity, const KafField *fields)
{
  for (const KafField *field = fields; field != NULL && field->id != NULL; field++)
    {
      KafColumn *column;
      guint chars = field->list_width > 0 ? field->list_width : 16;

      if (kaf_field_has (field, KAF_FIELD_HIDDEN) || field->kind == KAF_KIND_LONG_TEXT ||
          field->kind == KAF_KIND_ATTACHMENT || is_title_field (entity, field->id))
        continue;

      column = add_column (columns, field->id, _ (field->label), kind_of_field (field),
                           (int) MIN (chars, 26) * CHAR_PX + CELL_PADDING);
      column->min_width = MAX (column->min_width, least_width (field, column->kind, column->width));
      column->width = MAX (column->width, column->min_width);
      column->field = field;
      column->paths[0] = field->id;
      column->sort = kaf_field_is_many (field) ? NULL : field->id;
    }
}

static void
add_residence (GPtrArray *columns, const KafEntity *root, KafLang lang)
{
  KafColumn *column;

  if (kaf_entity_find_field (root, "city") == NULL ||
      kaf_entity_find_field (root, "country") == NULL)
    return;

  column = add_listed (columns, root, KAF_LISTING_RESIDENCE, lang, KAF_COLUMN_TEXT, 160);
  column->min_width = 146; /* town and country */
  column->paths[0] = "city";
  column->paths[1] = "country";
  column->sort = "city";
}

static void
add_related (GPtrArray *columns, const KafEntity *entity, const KafEntity *root, KafLang lang)
{
  KafColumn *column;

  if (!g_str_equal (root->id, "person"))
    return;

  if (g_str_equal (entity->id, "project_holder"))
    {
      column = add_listed (columns, entity, "project.sector", lang, KAF_COLUMN_TEXT, 130);
      column->paths[0] = column->id;
      column = add_listed (columns, entity, "project.territory", lang, KAF_COLUMN_TEXT, 130);
      column->paths[0] = column->id;
    }
  column = add_listed (columns, entity, "membership.network", lang, KAF_COLUMN_TEXT, 96);
  column->paths[0] = column->id;
  column = add_listed (columns, entity, "availability", lang, KAF_COLUMN_DOT, 196);
  column->paths[0] = column->id;
  column->min_width = 182; /* "à confirmer · 7–22 avr.": half a date says nothing */
  column = add_listed (columns, entity, KAF_QUALITY_MISSING, lang, KAF_COLUMN_TEXT, 260);
  column->paths[0] = column->id;
  column->sort = column->id;
}

static void
add_stamps (GPtrArray *columns, const KafEntity *entity, KafLang lang)
{
  KafColumn *column;

  column = add_listed (columns, entity, "ref", lang, KAF_COLUMN_TEXT, 130);
  column->sort = "ref";
  column = add_listed (columns, entity, "updated_at", lang, KAF_COLUMN_FIGURE, 140);
  column->paths[0] = "updated_at";
  column->sort = "updated_at";
  column = add_listed (columns, entity, "created_at", lang, KAF_COLUMN_FIGURE, 140);
  column->paths[0] = "created_at";
  column->sort = "created_at";
  column = add_listed (columns, entity, "created_by", lang, KAF_COLUMN_TEXT, 120);
  column->paths[0] = "created_by";
  column->sort = "created_by";
}

static void
add_titles (GPtrArray *columns, const KafEntity *root, KafLang lang)
{
  KafColumn *column;

  column =
      add_column (columns, "title", kaf_listing_label (root, "title", lang), KAF_COLUMN_NAME, 190);
  column->sort = "title";
  column->min_width = NAME_LEAST;
  column = add_column (columns, "title_ar", kaf_listing_label (root, "title_ar", lang),
                       KAF_COLUMN_OTHER_NAME, 140);
  column->sort = "title_ar";
  column->min_width = OTHER_NAME_LEAST;
}

/* Brings the columns of @ids to the front, in that order, and shows them. */
static void
arrange (GPtrArray *columns, const char *const *ids)
{
  guint at = 0;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      KafColumn *column = kaf_column_list_find (columns, ids[i]);
      guint from;

      if (column == NULL || !g_ptr_array_find (columns, column, &from))
        continue;
      column->visible = TRUE;
      g_ptr_array_steal_index (columns, from);
      g_ptr_array_insert (columns, (int) at++, column);
    }
}

void
kaf_column_list_show (GPtrArray *columns, const char *const *ids)
{
  for (guint i = 0; i < columns->len; i++)
    ((KafColumn *) g_ptr_array_index (columns, i))->visible = FALSE;
  arrange (columns, ids);
}

static void
arrange_usually (GPtrArray *columns, const KafEntity *entity)
{
  static const char *const names[] = { "title", "title_ar", NULL };
  const char *const *layout = kaf_listing_layout (entity);

  if (layout != NULL)
    {
      arrange (columns, layout);
      return;
    }

  arrange (columns, names);
  for (guint i = 0; i < columns->len && kaf_column_list_count_visible (columns) < 8; i++)
    {
      KafColumn *column = g_ptr_array_index (columns, i);

      if (column->field != NULL && column->field->list_width > 0)
        column->visible = TRUE;
    }
}

/* In Arabic the first column is the Arabic name, which then carries the avatar. */
static void
put_own_script_first (GPtrArray *columns)
{
  KafColumn *latin = kaf_column_list_find (columns, "title");
  KafColumn *arabic = kaf_column_list_find (columns, "title_ar");
  guint from;

  arabic->kind = KAF_COLUMN_NAME;
  arabic->width = 180;
  arabic->min_width = latin->min_width;
  latin->kind = KAF_COLUMN_OTHER_NAME;
  latin->width = 160;
  latin->min_width = OTHER_NAME_LEAST;
  g_ptr_array_find (columns, arabic, &from);
  g_ptr_array_steal_index (columns, from);
  g_ptr_array_insert (columns, 0, arabic);
}

GPtrArray *
kaf_column_list_new (const KafEntity *entity, KafLang lang)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (column_free);
  const KafEntity *root = kaf_entity_get_root (entity);

  add_titles (columns, root, lang);
  add_residence (columns, root, lang);
  add_related (columns, entity, root, lang);
  if (root != entity)
    {
      add_fields (columns, entity, entity->fields);
      add_fields (columns, entity, kaf_derived_fields (entity));
    }
  add_fields (columns, root, root->fields);
  add_fields (columns, root, kaf_derived_fields (root));
  add_stamps (columns, entity, lang);

  arrange_usually (columns, entity);
  if (lang == KAF_LANG_AR)
    put_own_script_first (columns);

  return columns;
}

GStrv
kaf_column_list_assign_cells (GPtrArray *columns)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  int n = 0;

  for (guint i = 0; i < columns->len; i++)
    {
      KafColumn *column = g_ptr_array_index (columns, i);

      for (guint j = 0; j < G_N_ELEMENTS (column->paths); j++)
        {
          column->cells[j] = -1;
          if (!column->visible || column->paths[j] == NULL)
            continue;
          g_strv_builder_add (builder, column->paths[j]);
          column->cells[j] = n++;
        }
    }

  return g_strv_builder_end (builder);
}

GStrv
kaf_column_list_get_paths (GPtrArray *columns)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  for (guint i = 0; i < columns->len; i++)
    {
      const KafColumn *column = g_ptr_array_index (columns, i);

      if (!column->visible)
        continue;
      g_strv_builder_add (paths, column->paths[0] != NULL ? column->paths[0] : column->id);
      if (column->paths[1] != NULL)
        g_strv_builder_add (paths, column->paths[1]);
    }
  return g_strv_builder_end (paths);
}

KafColumn *
kaf_column_list_find (GPtrArray *columns, const char *id)
{
  for (guint i = 0; i < columns->len; i++)
    {
      KafColumn *column = g_ptr_array_index (columns, i);

      if (g_str_equal (column->id, id))
        return column;
    }

  return NULL;
}

guint
kaf_column_list_count_visible (GPtrArray *columns)
{
  guint n = 0;

  for (guint i = 0; i < columns->len; i++)
    n += ((KafColumn *) g_ptr_array_index (columns, i))->visible ? 1 : 0;

  return n;
}

gboolean
kaf_column_is_fixed (const KafColumn *column)
{
  return column->kind == KAF_COLUMN_NAME;
}

static const char *
cell_at (const KafRow *row, char **cells, int index)
{
  return index >= 0 && (guint) index < row->n_cells ? cells[index] : NULL;
}

static const char *
title_of (const KafColumn *column, const KafRow *row)
{
  const char *own = g_str_equal (column->id, "title") ? row->title : row->title_ar;
  const char *other = g_str_equal (column->id, "title") ? row->title_ar : row->title;

  if (own != NULL && own[0] != '\0')
    return own;

  /* The first column never stays empty: a person known in one script only shows in that one. */
  return column->kind == KAF_COLUMN_NAME ? other : NULL;
}

char *
kaf_column_get_text (const KafColumn *column, const KafRow *row, KafLang lang)
{
  const char *first, *second;

  if (column->kind == KAF_COLUMN_NAME || column->kind == KAF_COLUMN_OTHER_NAME)
    return g_strdup (title_of (column, row));
  if (g_str_equal (column->id, "ref"))
    return g_strdup (row->ref);

  first = cell_at (row, row->cells, column->cells[0]);
  second = cell_at (row, row->cells, column->cells[1]);
  if (first != NULL && second != NULL && lang == KAF_LANG_AR)
    {
      g_autofree char *city = kaf_bidi_isolate (first);
      g_autofree char *country = kaf_bidi_isolate (second);

      /* A city in Latin script must not turn the two round. */
      return g_strconcat (RLM, city, "، ", country, NULL);
    }
  if (first != NULL && second != NULL)
    return g_strconcat (first, ", ", second, NULL);

  return g_strdup (first != NULL ? first : second);
}

const char *
kaf_column_get_raw (const KafColumn *column, const KafRow *row)
{
  return cell_at (row, row->raw, column->cells[0]);
}

char *
kaf_column_list_to_text (GPtrArray *columns)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    {
      const KafColumn *column = g_ptr_array_index (columns, i);

      g_string_append_printf (text, "%s%s%s:%d", i > 0 ? " " : "", column->visible ? "" : "-",
                              column->id, column->width);
    }

  return g_string_free (text, FALSE);
}

void
kaf_column_list_apply_text (GPtrArray *columns, const char *text)
{
  g_auto (GStrv) items = NULL;
  guint at = 0;

  if (text == NULL || text[0] == '\0')
    return;

  items = g_strsplit (text, " ", -1);
  for (guint i = 0; items[i] != NULL; i++)
    {
      gboolean visible = items[i][0] != '-';
      char *id = items[i] + (visible ? 0 : 1);
      char *colon = strrchr (id, ':');
      KafColumn *column;
      guint from;

      if (colon == NULL)
        continue;
      *colon = '\0';
      column = kaf_column_list_find (columns, id);
      if (column == NULL || !g_ptr_array_find (columns, column, &from))
        continue;

      column->visible = visible || kaf_column_is_fixed (column);
      column->width = CLAMP (atoi (colon + 1), 40, 1200);
      g_ptr_array_steal_index (columns, from);
      g_ptr_array_insert (columns, (int) MIN (at, columns->len), column);
      at++;
    }
}
