/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/kaf-doc-private.h"

#include <string.h>

#include "base/kaf-utf8.h"

#define A4_WIDTH 210
#define A4_HEIGHT 297
#define MARGIN 20
#define BLANK_HEIGHT 9

static void
table_free (KafTable *self)
{
  g_free (self->columns);
  g_array_unref (self->rows);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

static void
block_free (KafBlock *self)
{
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_pointer (&self->table, table_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

KafDoc *
kaf_doc_new (KafLang lang)
{
  KafDoc *self = g_new0 (KafDoc, 1);

  self->lang = lang;
  self->texts = g_string_chunk_new (4096);
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) block_free);
  self->blanks = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_blank_free);
  self->width = A4_WIDTH;
  self->height = A4_HEIGHT;
  self->margin = MARGIN;
  return self;
}

void
kaf_doc_free (KafDoc *self)
{
  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->blanks);
  g_string_chunk_free (self->texts);
  g_free (self);
}

KafLang
kaf_doc_get_lang (const KafDoc *self)
{
  return self->lang;
}

const char *
kaf_doc_word (const KafDoc *self, const char *msgid)
{
  return kaf_words_get (self->lang, msgid);
}

const char *
kaf_doc_word_in (const KafDoc *self, const char *context, const char *msgid)
{
  return kaf_words_context (self->lang, context, msgid);
}

char *
kaf_doc_print (const KafDoc *self, const char *format, ...)
{
  va_list args;
  char *text;

  va_start (args, format);
  text = g_strdup_vprintf (kaf_words_get (self->lang, format), args);
  va_end (args);
  return text;
}

char *
kaf_doc_print_plural (const KafDoc *self, const char *one, const char *many, gulong n, ...)
{
  va_list args;
  char *text;

  va_start (args, n);
  text = g_strdup_vprintf (kaf_words_plural (self->lang, one, many, n), args);
  va_end (args);
  return text;
}

/* What concerns the whole */

/* What comes from elsewhere is made valid: Pango takes nothing else, and Cairo no noncharacter in the name of a file. */
static const char *
keep (KafDoc *self, const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *cleaned = NULL;

  if (text == NULL || *text == '\0')
    return NULL;
  cleaned = kaf_text_drop_noncharacters (text);
  if (cleaned != NULL)
    return g_string_chunk_insert (self->texts, cleaned);
  if (g_utf8_validate (text, -1, NULL))
    return g_string_chunk_insert (self->texts, text);
  valid = g_utf8_make_valid (text, -1);
  return g_string_chunk_insert (self->texts, valid);
}

void
kaf_doc_set_name (KafDoc *self, const char *name)
{
  self->name = keep (self, name);
}

void
kaf_doc_set_reference (KafDoc *self, const char *reference)
{
  self->reference = keep (self, reference);
}

void
kaf_doc_set_date (KafDoc *self, const char *iso)
{
  self->date = keep (self, iso);
}

void
kaf_doc_set_provisional (KafDoc *self, gboolean provisional)
{
  self->provisional = provisional;
}

void
kaf_doc_set_landscape (KafDoc *self)
{
  kaf_doc_set_paper (self, A4_HEIGHT, A4_WIDTH, self->margin);
}

void
kaf_doc_set_paper (KafDoc *self, double width, double height, double margin)
{
  g_return_if_fail (width > 2 * margin && height > 2 * margin && margin >= 0);

  self->width = width;
  self->height = height;
  self->margin = margin;
}

void
kaf_doc_set_bare (KafDoc *self)
{
  self->bare = TRUE;
}

void
kaf_doc_set_plain (KafDoc *self)
{
  self->plain = TRUE;
}

void
kaf_doc_add_blank (
    KafDoc *self, const char *label, const char *entity, const char *id, const char *of)
{
  kaf_blanks_add (self->blanks, kaf_blank_new (KAF_BLANK_EMPTY, label, entity, id, of));
}

void
kaf_doc_add_untranslated (
    KafDoc *self, const char *label, const char *entity, const char *id, const char *of)
{
  KafBlankKind kind = self->lang == KAF_LANG_AR ? KAF_BLANK_IN_FRENCH : KAF_BLANK_IN_ARABIC;

  kaf_blanks_add (self->blanks, kaf_blank_new (kind, label, entity, id, of));
}

/* Blocks */

static KafBlock *
get_last (const KafDoc *self)
{
  return self->blocks->len > 0 ? g_ptr_array_index (self->blocks, self->blocks->len - 1) : NULL;
}

static KafBlock *
add (KafDoc *self, KafBlockKind kind)
{
  KafBlock *block = g_new0 (KafBlock, 1);

  block->kind = kind;
  g_ptr_array_add (self->blocks, block);
  return block;
}

/* One block per line of @text that is not blank; NULL when there is none. */
static KafBlock *
add_text (KafDoc *self, KafBlockKind kind, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  KafBlock *block = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strchomp (lines[i]);
      if (*lines[i] == '\0')
        continue;
      block = add (self, kind);
      block->text = keep (self, lines[i]);
    }
  return block;
}

void
kaf_doc_title (KafDoc *self, const char *text)
{
  KafBlock *block = add_text (self, KAF_BLOCK_TITLE, text);

  if (self->name == NULL && block != NULL)
    self->name = block->text;
}

void
kaf_doc_subtitle (KafDoc *self, const char *text)
{
  add_text (self, KAF_BLOCK_SUBTITLE, text);
}

void
kaf_doc_heading (KafDoc *self, guint level, const char *text)
{
  KafBlock *block = add_text (self, KAF_BLOCK_HEADING, text);

  if (block != NULL)
    block->number = CLAMP (level, 1, 3);
}

void
kaf_doc_paragraph (KafDoc *self, const char *text)
{
  add_text (self, KAF_BLOCK_PARAGRAPH, text);
}

void
kaf_doc_article (KafDoc *self, const char *text)
{
  add_text (self, KAF_BLOCK_ARTICLE, text);
}

void
kaf_doc_centre (KafDoc *self, const char *text)
{
  add_text (self, KAF_BLOCK_CENTRE, text);
}

void
kaf_doc_end (KafDoc *self, const char *text)
{
  add_text (self, KAF_BLOCK_END, text);
}

void
kaf_doc_note (KafDoc *self, const char *text)
{
  add_text (self, KAF_BLOCK_NOTE, text);
}

void
kaf_doc_warn (KafDoc *self, const char *text)
{
  add_text (self, KAF_BLOCK_WARN, text);
}

void
kaf_doc_item (KafDoc *self, const char *text)
{
  add_text (self, KAF_BLOCK_ITEM, text);
}

void
kaf_doc_step (KafDoc *self, const char *text)
{
  const KafBlock *last = get_last (self);
  guint number = last != NULL && last->kind == KAF_BLOCK_STEP ? last->number + 1 : 1;
  KafBlock *block = text != NULL && *text != '\0' ? add (self, KAF_BLOCK_STEP) : NULL;

  if (block == NULL)
    return;
  block->text = keep (self, text);
  block->number = number;
}

void
kaf_doc_check (KafDoc *self, const char *text, gboolean ticked)
{
  KafBlock *block = add (self, KAF_BLOCK_CHECK);

  block->text = keep (self, text != NULL ? text : "");
  block->number = ticked;
}

void
kaf_doc_pair (KafDoc *self, const char *label, const char *value)
{
  KafBlock *block = get_last (self);

  if (block == NULL || block->kind != KAF_BLOCK_PAIRS)
    {
      block = add (self, KAF_BLOCK_PAIRS);
      block->cells = g_ptr_array_new ();
    }
  g_ptr_array_add (block->cells, (gpointer) keep (self, label));
  g_ptr_array_add (block->cells, (gpointer) keep (self, value));
}

/* Tables */

void
kaf_doc_table (KafDoc *self, const KafDocColumn *columns)
{
  KafBlock *block = add (self, KAF_BLOCK_TABLE);
  KafTable *table = block->table = g_new0 (KafTable, 1);

  while (columns[table->n_columns].head != NULL)
    table->n_columns++;
  table->columns = g_memdup2 (columns, table->n_columns * sizeof *columns);
  for (guint i = 0; i < table->n_columns; i++)
    table->columns[i].head = keep (self, columns[i].head);
  table->rows = g_array_new (FALSE, FALSE, sizeof (KafTableRow));
  table->cells = g_ptr_array_new ();
}

static KafTable *
add_row (KafDoc *self, KafRowKind kind, double height)
{
  KafBlock *block = get_last (self);
  KafTable *table = block != NULL ? block->table : NULL;
  KafTableRow row = { kind, 0, height };

  g_return_val_if_fail (table != NULL, NULL);

  row.first = table->cells->len;
  g_array_append_val (table->rows, row);
  return table;
}

static void
add_cells (KafDoc *self, KafRowKind kind, const char *const *cells)
{
  KafTable *table = add_row (self, kind, 0);

  for (guint i = 0; table != NULL && i < table->n_columns; i++)
    g_ptr_array_add (table->cells, (gpointer) keep (self, cells[i]));
}

void
kaf_doc_row (KafDoc *self, const char *const *cells)
{
  add_cells (self, KAF_ROW_PLAIN, cells);
}

void
kaf_doc_row_total (KafDoc *self, const char *const *cells)
{
  add_cells (self, KAF_ROW_TOTAL, cells);
}

void
kaf_doc_row_marked (KafDoc *self, const char *const *cells)
{
  add_cells (self, KAF_ROW_MARKED, cells);
}

void
kaf_doc_row_group (KafDoc *self, const char *text)
{
  KafTable *table = add_row (self, KAF_ROW_GROUP, 0);

  if (table != NULL)
    g_ptr_array_add (table->cells, (gpointer) keep (self, text));
}

/* Rows of the last table that a number stands before. */
static guint
count_numbered (const KafDoc *self)
{
  const KafBlock *block = get_last (self);
  guint n = 0;

  for (guint i = 0; block != NULL && block->table != NULL && i < block->table->rows->len; i++)
    {
      KafRowKind kind = g_array_index (block->table->rows, KafTableRow, i).kind;

      n += kind == KAF_ROW_PLAIN || kind == KAF_ROW_MARKED || kind == KAF_ROW_BLANK;
    }
  return n;
}

void
kaf_doc_rows_blank (KafDoc *self, guint n, double height, gboolean numbered)
{
  for (guint i = 0; i < n; i++)
    {
      KafTable *table = add_row (self, KAF_ROW_BLANK, height > 0 ? height : BLANK_HEIGHT);
      g_autofree char *number = NULL;

      if (table == NULL)
        return;
      number = numbered ? g_strdup_printf ("%u", count_numbered (self)) : NULL;
      g_ptr_array_add (table->cells, (gpointer) keep (self, number));
    }
}

/* To be written on */

void
kaf_doc_signatures (KafDoc *self, const KafDocSigner *signers)
{
  KafBlock *block;

  if (signers->caption == NULL)
    return;
  block = add (self, KAF_BLOCK_SIGNATURES);
  block->cells = g_ptr_array_new ();
  for (; signers->caption != NULL; signers++)
    {
      g_ptr_array_add (block->cells, (gpointer) keep (self, signers->caption));
      g_ptr_array_add (block->cells, (gpointer) keep (self, signers->name));
      g_ptr_array_add (block->cells, (gpointer) keep (self, signers->function));
      g_ptr_array_add (block->cells, signers->stamp ? (gpointer) "" : NULL);
    }
}

void
kaf_doc_lines (KafDoc *self, guint n)
{
  add (self, KAF_BLOCK_LINES)->number = n;
}

void
kaf_doc_scale (KafDoc *self, const char *question, guint answer)
{
  KafBlock *block = add (self, KAF_BLOCK_SCALE);

  block->text = keep (self, question);
  block->number = answer;
}

/* Else */

void
kaf_doc_image (KafDoc *self, GBytes *png, double width, KafDocAlign align)
{
  KafBlock *block = add (self, KAF_BLOCK_IMAGE);

  block->bytes = g_bytes_ref (png);
  block->size = width;
  block->align = align;
}

void
kaf_doc_space (KafDoc *self, double height)
{
  add (self, KAF_BLOCK_SPACE)->size = height;
}

void
kaf_doc_rule (KafDoc *self)
{
  add (self, KAF_BLOCK_RULE);
}

void
kaf_doc_keep_begin (KafDoc *self)
{
  add (self, KAF_BLOCK_KEEP_BEGIN);
}

void
kaf_doc_keep_end (KafDoc *self)
{
  add (self, KAF_BLOCK_KEEP_END);
}

void
kaf_doc_page_break (KafDoc *self)
{
  add (self, KAF_BLOCK_PAGE_BREAK);
}

void
kaf_doc_new_paper (KafDoc *self)
{
  add (self, KAF_BLOCK_NEW_PAPER);
}

void
kaf_doc_indent (KafDoc *self, double width)
{
  add (self, KAF_BLOCK_INDENT)->size = width;
}

void
kaf_doc_columns (KafDoc *self, guint n)
{
  add (self, KAF_BLOCK_COLUMNS)->number = MAX (n, 1);
}
