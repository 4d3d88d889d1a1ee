/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks to slices. In both languages, French stands in the first half of the line and Arabic in the second; what
 * stands in the middle or over the whole width is written in both, one under the other. */
#include "config.h"

#include "report/kaf-layout-private.h"

#include <string.h>

#include "base/kaf-bidi.h"

#define SIDE_GAP 20
#define HANG 14 /* of what has a bullet or a box before it */
#define RULED_HEIGHT KAF_MM (8)
#define GREY_RULE 0.75
/* A PNG begins with its mark, then its size in pixels: PNG 1.2, 5.2 and 11.2.2. */
#define PNG_WIDTH 16
#define PNG_HEAD 24
/* A page of A4 at 300 dots an inch, twice over: 64 MiB when it is read. */
#define PIXELS_MOST (16 * 1024 * 1024)

/* How a kind of text stands. */
typedef struct
{
  KafStyle style;
  double before; /* points */
  KafDocAlign align;
  gboolean keep; /* with the next block */
} Manner;

static Manner
get_manner (const KafBlock *block)
{
  static const Manner headings[] = {
    { KAF_STYLE_HEADING_1, 16, KAF_DOC_START, TRUE },
    { KAF_STYLE_HEADING_2, 11, KAF_DOC_START, TRUE },
    { KAF_STYLE_HEADING_3, 8, KAF_DOC_START, TRUE },
  };

  switch (block->kind)
    {
    case KAF_BLOCK_TITLE:
      return (Manner){ KAF_STYLE_TITLE, 14, KAF_DOC_CENTRE, TRUE };
    case KAF_BLOCK_SUBTITLE:
      return (Manner){ KAF_STYLE_SUBTITLE, 3, KAF_DOC_CENTRE, TRUE };
    case KAF_BLOCK_HEADING:
      return headings[block->number - 1];
    case KAF_BLOCK_CENTRE:
      return (Manner){ KAF_STYLE_BOLD, 8, KAF_DOC_CENTRE, FALSE };
    case KAF_BLOCK_END:
      return (Manner){ KAF_STYLE_BODY, 6, KAF_DOC_END, FALSE };
    case KAF_BLOCK_NOTE:
      return (Manner){ KAF_STYLE_NOTE, 4, KAF_DOC_START, FALSE };
    case KAF_BLOCK_ITEM:
    case KAF_BLOCK_STEP:
    case KAF_BLOCK_CHECK:
      return (Manner){ KAF_STYLE_BODY, 3, KAF_DOC_START, FALSE };
    default:
      return (Manner){ KAF_STYLE_BODY, 6, KAF_DOC_START, FALSE };
    }
}

const KafSetText *
kaf_layout_set_both (
    KafFlow *flow, KafStyle style, const char *text, const char *other, double width)
{
  g_autofree char *plain = kaf_bidi_strip (text);
  g_autofree char *plain_other = kaf_bidi_strip (other);
  g_autofree char *both = NULL;

  if (text == NULL || other == NULL || strcmp (plain, plain_other) == 0)
    return kaf_typesetter_set (flow->type, style, flow->lang, text != NULL ? text : other, width,
                               FALSE);
  both = g_strconcat (text, "\n", other, NULL);
  return kaf_typesetter_set (flow->type, style, flow->lang, both, width, FALSE);
}

/* Text over the width; of a title in both languages, one under the other. */
static void
add_text (KafFlow *flow, const KafBlock *block, const KafBlock *other)
{
  Manner manner = get_manner (block);
  double width = flow->width - flow->indent;
  const KafSetText *set =
      other != NULL ? kaf_layout_set_both (flow, manner.style, block->text, other->text, width)
                    : kaf_typesetter_set (flow->type, manner.style, flow->lang, block->text, width,
                                          block->kind == KAF_BLOCK_ARTICLE);
  guint first = flow->slices->len;
  KafSlice *slice;

  kaf_flow_text (flow, set, manner.before, 0, width, manner.align);
  if (flow->slices->len == first)
    return;
  slice = &g_array_index (flow->slices, KafSlice, first);
  if (block->kind == KAF_BLOCK_HEADING)
    {
      slice->level = block->number;
      slice->heading = block->text;
    }
  for (guint i = first; manner.keep && i < flow->slices->len; i++)
    g_array_index (flow->slices, KafSlice, i).keep = TRUE;
}

/* What stands before a hanging text; with @mirrored at the end of the line, before one in Arabic. */
static void
add_sign (KafFlow *flow, const KafBlock *block, const KafLine *line, gboolean mirrored)
{
  double middle = line->baseline - 3;
  double end = flow->width - flow->indent;
  g_autofree char *number = NULL;
  const KafSetText *set;
  KafMark *mark;

  if (block->kind == KAF_BLOCK_ITEM)
    kaf_flow_mark (flow, KAF_MARK_CIRCLE, mirrored ? end - 7 : 4, middle - 1.5, 3, 1, 0.1);
  else if (block->kind == KAF_BLOCK_CHECK)
    {
      kaf_flow_mark (flow, KAF_MARK_FRAME, mirrored ? end - 8 : 0, middle - 4, 8, 8, 0.2);
      if (block->number != 0)
        kaf_flow_mark (flow, KAF_MARK_TICK, mirrored ? end - 8 : 0, middle - 4, 8, 8, 0);
    }
  else
    {
      number = g_strdup_printf ("%u.", block->number);
      set = kaf_typesetter_set (flow->type, KAF_STYLE_BODY, KAF_LANG_FR, number, -1, FALSE);
      mark = kaf_flow_mark (flow, KAF_MARK_LINE, mirrored ? end - set->width : 0, line->baseline,
                            set->width, line->height, kaf_style_grey (KAF_STYLE_BODY));
      mark->set = set;
      mark->line = set->lines;
    }
}

static gboolean
hangs (const KafBlock *block)
{
  return block->kind == KAF_BLOCK_ITEM || block->kind == KAF_BLOCK_STEP ||
         block->kind == KAF_BLOCK_CHECK;
}

static void
add_hanging (KafFlow *flow, const KafBlock *block)
{
  Manner manner = get_manner (block);
  double width = flow->width - flow->indent - HANG;
  const KafSetText *set = kaf_typesetter_set (
      flow->type, manner.style, flow->lang, block->text != NULL ? block->text : " ", width, FALSE);

  for (guint i = 0; i < set->n_lines; i++)
    {
      KafSlice *slice;

      kaf_flow_open (flow);
      if (i == 0)
        add_sign (flow, block, set->lines, FALSE);
      kaf_flow_lines (flow, set, i, i + 1, HANG, 0, width, KAF_DOC_START);
      slice = kaf_flow_close (flow, i == 0 ? manner.before : 0, set->lines[i].height);
      slice->keep |= i + 1 < set->n_lines && (i == 0 || i + 2 == set->n_lines);
    }
}

static double
get_line_height (const KafSetText *set)
{
  double height = 0;

  for (guint i = 0; i < set->n_lines; i++)
    height = MAX (height, set->lines[i].height);
  return height;
}

/* French at the start, Arabic at the end, line by line, so that pages part both alike. */
static void
add_sides (KafFlow *flow, const KafBlock *block, const KafBlock *other)
{
  Manner manner = get_manner (block);
  double hang = hangs (block) ? HANG : 0;
  double half = (flow->width - flow->indent - SIDE_GAP) / 2;
  gboolean justify = block->kind == KAF_BLOCK_ARTICLE;
  const KafSetText *left =
      kaf_typesetter_set (flow->type, manner.style, KAF_LANG_FR, block->text, half - hang, justify);
  const KafSetText *right =
      kaf_typesetter_set (flow->type, manner.style, KAF_LANG_AR, other->text, half - hang, justify);
  guint n = MAX (left->n_lines, right->n_lines);
  double height = MAX (get_line_height (left), get_line_height (right));

  for (guint i = 0; i < n; i++)
    {
      KafSlice *slice;

      kaf_flow_open (flow);
      if (hang > 0 && i == 0 && left->n_lines > 0)
        add_sign (flow, block, left->lines, FALSE);
      if (hang > 0 && i == 0 && right->n_lines > 0)
        add_sign (flow, block, right->lines, TRUE);
      kaf_flow_lines (flow, left, i, i + 1, hang, 0, half - hang, KAF_DOC_START);
      kaf_flow_lines (flow, right, i, i + 1, half + SIDE_GAP, 0, half - hang, KAF_DOC_END);
      slice = kaf_flow_close (flow, i == 0 ? manner.before : 0, height);
      if (i == 0 && block->kind == KAF_BLOCK_HEADING)
        {
          slice->level = block->number;
          slice->heading = block->text;
        }
      slice->keep |= manner.keep || (i + 1 < n && (i == 0 || i + 2 == n));
    }
}

/* A bar at its start, the text in bold. */
static void
add_warning (KafFlow *flow, const KafBlock *block, const KafBlock *other)
{
  double width = flow->width - flow->indent;
  const KafSetText *set = kaf_layout_set_both (
      flow, KAF_STYLE_BOLD, block->text, other != NULL ? other->text : NULL, width - 2 * HANG);
  KafFlowCell cell = { set, HANG, width - 2 * HANG, KAF_DOC_START };
  KafFlowRow row = { .before = 6, .pad = 4, .fill = 0.93, .head = -1 };

  kaf_flow_row (flow, &row, &cell, 1);
  kaf_flow_mark (flow, KAF_MARK_FILL, 0, 0, 3,
                 g_array_index (flow->slices, KafSlice, flow->slices->len - 1).height, 0.35);
  g_array_index (flow->slices, KafSlice, flow->slices->len - 1).n_marks++;
}

static void
add_scale (KafFlow *flow, const KafBlock *block, const KafBlock *other)
{
  const double size = 11, step = 24;
  double width = flow->width - flow->indent;
  double scale = 5 * step;
  double side = other != NULL ? (width - scale - SIDE_GAP) / 2 : width - scale - SIDE_GAP;
  double x = side + (other != NULL ? SIDE_GAP / 2 : SIDE_GAP);
  const KafSetText *left =
      kaf_typesetter_set (flow->type, KAF_STYLE_BODY, flow->lang, block->text, side, FALSE);
  const KafSetText *right = kaf_typesetter_set (flow->type, KAF_STYLE_BODY, KAF_LANG_AR,
                                                other != NULL ? other->text : NULL, side, FALSE);
  double height = MAX (MAX (left->height, right->height), 2 * size);

  kaf_flow_open (flow);
  kaf_flow_lines (flow, left, 0, left->n_lines, 0, 2, side, KAF_DOC_START);
  kaf_flow_lines (flow, right, 0, right->n_lines, width - side, 2, side, KAF_DOC_END);
  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *digit = g_strdup_printf ("%u", i);
      const KafSetText *set =
          kaf_typesetter_set (flow->type, KAF_STYLE_FOOT, KAF_LANG_FR, digit, -1, FALSE);
      double left_edge = x + (i - 1) * step;

      kaf_flow_mark (flow, KAF_MARK_CIRCLE, left_edge, 2, size, i == block->number, 0.2);
      kaf_flow_lines (flow, set, 0, 1, left_edge + size + 2, 2.5, set->width, KAF_DOC_START);
    }
  kaf_flow_mark (flow, KAF_MARK_RULE, 0, height + 4, width, 0.5, 0.88);
  kaf_flow_close (flow, 0, height + 4);
}

static void
add_ruled (KafFlow *flow, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      KafSlice *slice;

      kaf_flow_open (flow);
      kaf_flow_mark (flow, KAF_MARK_RULE, 0, RULED_HEIGHT - 1, flow->width - flow->indent, 0.5,
                     GREY_RULE);
      slice = kaf_flow_close (flow, 0, RULED_HEIGHT);
      slice->keep |= i + 1 < n && (i == 0 || i + 2 == n);
    }
}

typedef struct
{
  const guchar *data;
  gsize left;
} Reader;

static cairo_status_t
read_png (gpointer data, unsigned char *to, unsigned int length)
{
  Reader *self = data;

  if (length > self->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (to, self->data, length);
  self->data += length;
  self->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

/* Whether it takes no more memory to read than a picture of paper needs: a small file may say that it is huge. */
static gboolean
is_png_of_paper (GBytes *png)
{
  static const guchar mark[] = "\x89PNG\r\n\x1a\n";
  gsize size;
  const guchar *data = g_bytes_get_data (png, &size);
  guint32 width, height;

  if (size < PNG_HEAD || memcmp (data, mark, sizeof mark - 1) != 0)
    return FALSE;
  memcpy (&width, data + PNG_WIDTH, sizeof width);
  memcpy (&height, data + PNG_WIDTH + sizeof width, sizeof height);
  return (guint64) GUINT32_FROM_BE (width) * GUINT32_FROM_BE (height) <= PIXELS_MOST;
}

KafMark *
kaf_flow_image (KafFlow *flow, GBytes *png, double x, double y, double most, double highest)
{
  Reader reader;
  cairo_surface_t *image;
  double width, height, scale;
  KafMark *mark;

  if (!is_png_of_paper (png))
    return NULL;
  reader.data = g_bytes_get_data (png, &reader.left);
  image = cairo_image_surface_create_from_png_stream (read_png, &reader);
  g_ptr_array_add (flow->images, image);
  if (cairo_surface_status (image) != CAIRO_STATUS_SUCCESS)
    return NULL;
  width = cairo_image_surface_get_width (image) * 72.0 / 150;
  height = cairo_image_surface_get_height (image) * 72.0 / 150;
  if (width < 1 || height < 1)
    return NULL;
  scale = MIN (1, MIN (most / width, highest / height));
  mark = kaf_flow_mark (flow, KAF_MARK_IMAGE, x, y, width * scale, height * scale, 0);
  mark->image = image;
  return mark;
}

static void
add_image (KafFlow *flow, const KafBlock *block)
{
  double width = flow->width - flow->indent;
  double most = block->size > 0 ? MIN (KAF_MM (block->size), width) : width;
  KafMark *mark;
  double rest;

  kaf_flow_open (flow);
  mark = kaf_flow_image (flow, block->bytes, 0, 0, most, flow->full_height / 2);
  if (mark == NULL)
    return;
  rest = width - mark->width;
  rest = block->align == KAF_DOC_END ? rest : block->align == KAF_DOC_CENTRE ? rest / 2 : 0;
  mark->x += flow->rtl ? -rest : rest;
  kaf_flow_close (flow, 6, mark->height);
}

static void
add_rule (KafFlow *flow)
{
  kaf_flow_open (flow);
  kaf_flow_mark (flow, KAF_MARK_RULE, 0, 0, flow->width - flow->indent, 0.5, GREY_RULE);
  kaf_flow_close (flow, 8, 1);
}

/* The last slice of what was kept together is not kept with what follows. */
static void
end_keep (KafFlow *flow)
{
  if (flow->keep_depth == 0 || --flow->keep_depth > 0 || flow->slices->len == 0)
    return;
  g_array_index (flow->slices, KafSlice, flow->slices->len - 1).keep = FALSE;
}

static void
set_columns (KafFlow *flow, guint n)
{
  flow->columns = n;
  flow->width = (flow->full_width - (n - 1) * KAF_COLUMN_GAP) / n;
}

static void
add_other (KafFlow *flow, const KafBlock *block)
{
  switch (block->kind)
    {
    case KAF_BLOCK_LINES:
      add_ruled (flow, block->number);
      break;
    case KAF_BLOCK_IMAGE:
      add_image (flow, block);
      break;
    case KAF_BLOCK_SPACE:
      kaf_flow_open (flow);
      kaf_flow_close (flow, 0, KAF_MM (block->size));
      break;
    case KAF_BLOCK_RULE:
      add_rule (flow);
      break;
    case KAF_BLOCK_KEEP_BEGIN:
      flow->keep_depth++;
      break;
    case KAF_BLOCK_KEEP_END:
      end_keep (flow);
      break;
    case KAF_BLOCK_PAGE_BREAK:
      flow->breaks = TRUE;
      break;
    case KAF_BLOCK_INDENT:
      flow->indent = KAF_MM (block->size);
      break;
    case KAF_BLOCK_COLUMNS:
      set_columns (flow, block->number);
      break;
    default:
      break;
    }
}

void
kaf_layout_block (KafFlow *flow, const KafBlock *block, const KafBlock *other)
{
  switch (block->kind)
    {
    case KAF_BLOCK_TITLE:
    case KAF_BLOCK_SUBTITLE:
    case KAF_BLOCK_CENTRE:
      add_text (flow, block, other);
      break;
    case KAF_BLOCK_HEADING:
    case KAF_BLOCK_PARAGRAPH:
    case KAF_BLOCK_ARTICLE:
    case KAF_BLOCK_END:
    case KAF_BLOCK_NOTE:
      if (other != NULL)
        add_sides (flow, block, other);
      else
        add_text (flow, block, NULL);
      break;
    case KAF_BLOCK_ITEM:
    case KAF_BLOCK_STEP:
    case KAF_BLOCK_CHECK:
      if (other != NULL)
        add_sides (flow, block, other);
      else
        add_hanging (flow, block);
      break;
    case KAF_BLOCK_WARN:
      add_warning (flow, block, other);
      break;
    case KAF_BLOCK_PAIRS:
      kaf_layout_pairs (flow, block->cells, other != NULL ? other->cells : NULL);
      break;
    case KAF_BLOCK_TABLE:
      kaf_layout_table (flow, block->table, other != NULL ? other->table : NULL);
      break;
    case KAF_BLOCK_SIGNATURES:
      kaf_layout_signatures (flow, block->cells, other != NULL ? other->cells : NULL);
      break;
    case KAF_BLOCK_SCALE:
      add_scale (flow, block, other);
      break;
    default:
      add_other (flow, block);
      break;
    }
}
