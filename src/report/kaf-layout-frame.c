/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands around the text: the letterhead, the line over later pages, the foot, and SPECIMEN across. */
#include "config.h"

#include "report/kaf-layout-private.h"

#include "base/kaf-date.h"

#define LOGO_HEIGHT KAF_MM (18)
#define RUNNING_Y KAF_MM (9)
#define FOOT_Y KAF_MM (13) /* above the lower edge */

static double
add_lines (KafFlow *flow,
           KafStyle style,
           KafLang lang,
           const char *text,
           double y,
           double width,
           gboolean arabic)
{
  const KafSetText *set = kaf_typesetter_set (flow->type, style, lang, text, width, FALSE);
  /* French stands on the left whatever the document reads like. */
  gboolean end = arabic != flow->rtl;
  double x = end ? flow->width - width : 0;

  return y + kaf_flow_lines (flow, set, 0, set->n_lines, x, y, width,
                             end ? KAF_DOC_END : KAF_DOC_START);
}

static double
add_side (KafFlow *flow, const KafLetterhead *letterhead, gboolean arabic, double width)
{
  KafLang lang = arabic ? KAF_LANG_AR : KAF_LANG_FR;
  double y = add_lines (flow, KAF_STYLE_STATE, lang, letterhead->state[arabic], 0, width, arabic);

  return add_lines (flow, KAF_STYLE_SERVICE, lang, letterhead->service[arabic], y + 1, width,
                    arabic);
}

/* Reference and date on one line. */
static void
add_reference (KafFlow *flow, const KafDoc *doc, const KafLayoutInfo *info)
{
  g_autofree char *date =
      doc->date != NULL ? kaf_letterhead_date_line (info->letterhead, doc->lang, doc->date) : NULL;
  const KafSetText *first = kaf_typesetter_set (flow->type, KAF_STYLE_NOTE, doc->lang,
                                                doc->reference, flow->width / 2, FALSE);
  const KafSetText *second =
      kaf_typesetter_set (flow->type, KAF_STYLE_NOTE, doc->lang, date, flow->width / 2, FALSE);

  if (first->n_lines + second->n_lines == 0)
    return;
  kaf_flow_open (flow);
  kaf_flow_lines (flow, first, 0, first->n_lines, 0, 0, flow->width / 2, KAF_DOC_START);
  kaf_flow_lines (flow, second, 0, second->n_lines, flow->width / 2, 0, flow->width / 2,
                  KAF_DOC_END);
  kaf_flow_close (flow, 5, MAX (first->height, second->height));
}

void
kaf_layout_letterhead (KafFlow *flow, const KafDoc *doc, const KafLayoutInfo *info)
{
  const KafLetterhead *letterhead = info->letterhead;
  double width = flow->width * 0.4;
  double height;

  if (letterhead == NULL || doc->bare || doc->plain)
    return;
  kaf_flow_open (flow);
  height =
      MAX (add_side (flow, letterhead, FALSE, width), add_side (flow, letterhead, TRUE, width));
  if (letterhead->logo != NULL)
    {
      KafMark *mark =
          kaf_flow_image (flow, letterhead->logo, 0, 0, flow->width * 0.18, LOGO_HEIGHT);

      if (mark != NULL)
        {
          mark->x = (flow->width - mark->width) / 2;
          height = MAX (height, mark->height);
        }
    }
  kaf_flow_mark (flow, KAF_MARK_RULE, 0, height + 6, flow->width, 1, 0.35);
  kaf_flow_close (flow, 0, height + 8);
  add_reference (flow, doc, info);
}

/* Frames */

typedef struct
{
  KafPages *pages;
  const KafDoc *doc;
  KafLang lang;
  double margin, width; /* points, of the text */
} Frame;

/* In the margin: @place 0 at the start of the line, 1 in the middle, 2 at its end. */
static void
add_text (const Frame *self, KafStyle style, const char *text, double y, guint place)
{
  const KafSetText *set =
      kaf_typesetter_set (self->pages->type, style, self->lang, text, -1, FALSE);
  double rest = self->width - set->width;
  double x;

  if (set->n_lines == 0)
    return;
  x = place == 1 ? rest / 2 : (place == 2) != kaf_lang_is_rtl (self->lang) ? rest : 0;
  g_array_set_size (self->pages->marks, self->pages->marks->len + 1);
  g_array_index (self->pages->marks, KafMark, self->pages->marks->len - 1) = (KafMark){
    .kind = KAF_MARK_LINE,
    .grey = kaf_style_grey (style),
    .x = self->margin + x,
    .y = y + set->lines[0].baseline,
    .set = set,
    .line = set->lines,
  };
}

static void
add_mark (const Frame *self, KafMark mark)
{
  g_array_append_val (self->pages->marks, mark);
}

static void
add_across (const Frame *self, const KafPage *page, const char *word)
{
  const KafSetText *set =
      kaf_typesetter_set (self->pages->type, KAF_STYLE_ACROSS, self->lang, word, -1, FALSE);

  add_mark (self, (KafMark){ .kind = KAF_MARK_ACROSS,
                             .grey = kaf_style_grey (KAF_STYLE_ACROSS),
                             .x = page->width / 2,
                             .y = page->height / 2,
                             .width = page->width,
                             .height = page->height,
                             .set = set,
                             .line = set->lines });
}

static void
add_running_head (const Frame *self, const KafPage *page)
{
  add_text (self, KAF_STYLE_FOOT, self->pages->title, RUNNING_Y, 0);
  add_text (self, KAF_STYLE_FOOT, self->doc->reference, RUNNING_Y, 2);
  add_mark (self, (KafMark){ .kind = KAF_MARK_RULE,
                             .grey = 0.75,
                             .x = self->margin,
                             .y = RUNNING_Y + 13,
                             .width = self->width,
                             .height = 0.5 });
}

/* @n: page of the paper, from 0; @of: pages that the paper has. */
static void
add_foot (const Frame *self, const KafPage *page, guint n, guint of, const char *edited)
{
  double y = page->height - FOOT_Y;
  /* The order of a page and their number does not turn with the language. */
  g_autofree char *number = g_strdup_printf ("%u / %u", n + 1, of);

  add_text (self, KAF_STYLE_FOOT, self->doc->reference, y, 0);
  add_text (self, KAF_STYLE_FOOT, edited, y, 1);
  add_text (self, KAF_STYLE_FOOT, number, y, 2);
}

/* Whether the @n pages from @first on are copies, for one person each: each is then counted for itself. Else all pages, in
 * both languages, are one paper. */
static gboolean
are_copies (const KafPages *pages, guint first, guint n)
{
  for (guint i = first; i < first + n; i++)
    if (g_array_index (pages->pages, KafPage, i).paper)
      return TRUE;
  return FALSE;
}

static guint
find_end (const KafPages *pages, guint from, guint end)
{
  for (from++; from < end && !g_array_index (pages->pages, KafPage, from).paper;)
    from++;
  return from;
}

/* "Edited on 24/11/2026 at 14:05" */
static char *
tell_edited (const KafDoc *doc, const KafLayoutInfo *info)
{
  g_autofree char *time = NULL;

  if (info->made == 0)
    return NULL;
  time = kaf_time_format (info->made, doc->lang);
  return kaf_doc_print (doc, "Edited on %s", time);
}

void
kaf_layout_frames (KafPages *pages,
                   guint first,
                   guint n,
                   const KafDoc *doc,
                   const KafDoc *other,
                   const KafLayoutInfo *info)
{
  const Frame frame = { pages, doc, doc->lang, KAF_MM (doc->margin),
                        KAF_MM (doc->width - 2 * doc->margin) };
  g_autofree char *edited = tell_edited (doc, info);
  gboolean copies = are_copies (pages, first, n);
  guint from = copies ? first : 0, to = copies ? first : pages->pages->len; /* of the paper */
  const char *word = info->sample       ? kaf_doc_word_in (doc, "across a page", "SPECIMEN")
                     : doc->provisional ? kaf_doc_word_in (doc, "across a page", "DRAFT")
                                        : NULL;

  for (guint i = first; i < first + n; i++)
    {
      KafPage *page = &g_array_index (pages->pages, KafPage, i);

      if (i == to)
        {
          from = i;
          to = find_end (pages, from, first + n);
        }
      page->first_frame = pages->marks->len;
      if (word != NULL)
        add_across (&frame, page, word);
      if (!doc->bare)
        {
          /* The first page has the letterhead in its place. */
          if ((i > first && !page->paper) || doc->plain || info->letterhead == NULL)
            add_running_head (&frame, page);
          add_foot (&frame, page, i - from, to - from, edited);
        }
      page->n_frames = pages->marks->len - page->first_frame;
    }
}
