/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines are drawn one by one where the layout puts them: Pango only breaks them. So a text that fits on a line is set
 * once, whatever the width and the side of the column that it stands in. */
#include "config.h"

#include "report/kaf-typesetter.h"

#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-utf8.h"

/* As the window has them (ui/app/style.css). */
#define FAMILIES "Cantarell, Noto Sans Arabic, Noto Sans, sans-serif"

/* Of the height that the font asks for. */
#define LEADING 1.12
#define LEADING_ARABIC 0.9 /* its fonts ask for much more */

static const struct
{
  double size; /* points */
  PangoWeight weight;
  double grey;
} styles[KAF_N_STYLES] = {
  [KAF_STYLE_BODY] = { 10, PANGO_WEIGHT_NORMAL, 0.1 },
  [KAF_STYLE_BOLD] = { 10, PANGO_WEIGHT_BOLD, 0.1 },
  [KAF_STYLE_TITLE] = { 17, PANGO_WEIGHT_BOLD, 0 },
  [KAF_STYLE_SUBTITLE] = { 11, PANGO_WEIGHT_NORMAL, 0.35 },
  [KAF_STYLE_HEADING_1] = { 13, PANGO_WEIGHT_BOLD, 0 },
  [KAF_STYLE_HEADING_2] = { 11, PANGO_WEIGHT_BOLD, 0 },
  [KAF_STYLE_HEADING_3] = { 10, PANGO_WEIGHT_BOLD, 0.25 },
  [KAF_STYLE_NOTE] = { 8.5, PANGO_WEIGHT_NORMAL, 0.35 },
  [KAF_STYLE_LABEL] = { 9.5, PANGO_WEIGHT_NORMAL, 0.4 },
  [KAF_STYLE_CELL] = { 9, PANGO_WEIGHT_NORMAL, 0.1 },
  [KAF_STYLE_CELL_BOLD] = { 9, PANGO_WEIGHT_BOLD, 0.1 },
  [KAF_STYLE_DENSE] = { 7.5, PANGO_WEIGHT_NORMAL, 0.1 },
  [KAF_STYLE_DENSE_BOLD] = { 7.5, PANGO_WEIGHT_BOLD, 0.1 },
  [KAF_STYLE_STATE] = { 10, PANGO_WEIGHT_BOLD, 0 },
  [KAF_STYLE_SERVICE] = { 8.5, PANGO_WEIGHT_NORMAL, 0.15 },
  [KAF_STYLE_FOOT] = { 7.5, PANGO_WEIGHT_NORMAL, 0.4 },
  [KAF_STYLE_ACROSS] = { 80, PANGO_WEIGHT_BOLD, 0.93 },
};

/* What a text is set by. */
typedef struct
{
  KafStyle style;
  gboolean rtl; /* the document */
  gboolean justify;
  double width; /* negative: none */
  const char *text;
} Key;

typedef struct
{
  Key key;
  KafSetText set;
  char *text;
  GPtrArray *layouts;
} Entry;

struct _KafTypesetter
{
  PangoFontMap *map;
  PangoContext *contexts[2]; /* left to right, right to left */
  PangoFontDescription *fonts[KAF_N_STYLES];
  GHashTable *entries; /* of Entry, each its own key */
};

double
kaf_style_grey (KafStyle style)
{
  return styles[style].grey;
}

static guint
hash (gconstpointer data)
{
  const Key *key = data;

  return g_str_hash (key->text) ^ ((guint) key->style << 20) ^ (guint) (gint) (key->width * 4) ^
         ((guint) key->rtl << 30) ^ ((guint) key->justify << 31);
}

static gboolean
equal (gconstpointer a, gconstpointer b)
{
  const Key *one = a;
  const Key *two = b;

  return one->style == two->style && one->rtl == two->rtl && one->justify == two->justify &&
         one->width == two->width && strcmp (one->text, two->text) == 0;
}

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_ptr_array_unref (self->layouts);
  g_free (self->set.lines);
  g_free (self->text);
  g_free (self);
}

/* A font map of its own: those of threads are shared by all that is laid out there, and their fonts know no lock. */
KafTypesetter *
kaf_typesetter_new (void)
{
  KafTypesetter *self = g_new0 (KafTypesetter, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  self->map = pango_cairo_font_map_new ();
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (self->map), 72);
  for (guint i = 0; i < G_N_ELEMENTS (self->contexts); i++)
    {
      PangoContext *context = pango_font_map_create_context (self->map);

      pango_cairo_context_set_font_options (context, options);
      pango_context_set_round_glyph_positions (context, FALSE);
      pango_context_set_base_dir (context, i == 0 ? PANGO_DIRECTION_LTR : PANGO_DIRECTION_RTL);
      pango_context_set_language (context, pango_language_from_string (i == 0 ? "fr" : "ar"));
      self->contexts[i] = context;
    }
  cairo_font_options_destroy (options);
  for (guint i = 0; i < KAF_N_STYLES; i++)
    {
      self->fonts[i] = pango_font_description_from_string (FAMILIES);
      pango_font_description_set_size (self->fonts[i], (int) (styles[i].size * PANGO_SCALE));
      pango_font_description_set_weight (self->fonts[i], styles[i].weight);
    }
  self->entries = g_hash_table_new_full (hash, equal, NULL, entry_free);
  return self;
}

void
kaf_typesetter_free (KafTypesetter *self)
{
  g_hash_table_unref (self->entries);
  for (guint i = 0; i < KAF_N_STYLES; i++)
    pango_font_description_free (self->fonts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (self->contexts); i++)
    g_object_unref (self->contexts[i]);
  g_object_unref (self->map);
  g_free (self);
}

/* In an Arabic document, what has an Arabic letter reads from the right, also where it begins with a figure or a Latin
 * name; what has none reads from the left. In a French one, the first letter decides. */
static gboolean
is_rtl (const char *text, gboolean rtl)
{
  gunichar c;

  while ((c = kaf_utf8_next (&text)) != 0)
    {
      if (kaf_char_is_arabic_letter (c))
        return TRUE;
      if (!rtl && g_unichar_isalpha (c))
        return FALSE;
    }
  return FALSE;
}

static void
take_lines (const KafTypesetter *self, Entry *entry, PangoLayout *layout, gboolean rtl)
{
  KafSetText *set = &entry->set;
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  guint n = (guint) pango_layout_get_line_count (layout);
  double leading = rtl ? LEADING_ARABIC : LEADING;

  set->lines = g_renew (KafLine, set->lines, set->n_lines + n);
  for (guint i = 0; i < n; i++)
    {
      KafLine *line = &set->lines[set->n_lines++];
      PangoRectangle logical;
      double height;

      line->line = pango_layout_iter_get_line_readonly (iter);
      pango_layout_line_get_extents (line->line, NULL, &logical);
      height = (double) logical.height / PANGO_SCALE;
      line->width = (double) logical.width / PANGO_SCALE;
      line->height = height * leading;
      line->baseline = -(double) logical.y / PANGO_SCALE + (line->height - height) / 2;
      line->full = entry->key.justify && i + 1 < n;
      set->width = MAX (set->width, line->width);
      set->height += line->height;
      pango_layout_iter_next_line (iter);
    }
  pango_layout_iter_free (iter);
}

static void
set_paragraph (KafTypesetter *self, Entry *entry, const char *text, gsize length)
{
  g_autofree char *plain = g_strndup (text, length);
  gboolean rtl = is_rtl (plain, entry->key.rtl);
  g_autofree char *guarded = rtl ? kaf_bidi_guard (plain) : NULL;
  PangoLayout *layout = pango_layout_new (self->contexts[rtl]);

  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_font_description (layout, self->fonts[entry->key.style]);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  if (entry->key.width >= 0)
    pango_layout_set_width (layout, (int) (entry->key.width * PANGO_SCALE));
  pango_layout_set_justify (layout, entry->key.justify);
  pango_layout_set_text (layout, guarded != NULL ? guarded : plain, -1);
  g_ptr_array_add (entry->layouts, layout);
  take_lines (self, entry, layout, rtl);
}

static const KafSetText *
set_new (KafTypesetter *self, const Key *key)
{
  Entry *entry = g_new0 (Entry, 1);
  const char *text;

  entry->key = *key;
  entry->key.text = entry->text = g_strdup (key->text);
  entry->layouts = g_ptr_array_new_with_free_func (g_object_unref);
  entry->set.style = key->style;
  entry->set.text = entry->text;
  for (text = entry->text; text != NULL;)
    {
      const char *end = strchr (text, '\n');

      set_paragraph (self, entry, text, end != NULL ? (gsize) (end - text) : strlen (text));
      text = end != NULL ? end + 1 : NULL;
    }
  g_hash_table_insert (self->entries, &entry->key, entry);
  return &entry->set;
}

static const KafSetText *
find_or_set (KafTypesetter *self, const Key *key)
{
  const Entry *entry = g_hash_table_lookup (self->entries, key);

  return entry != NULL ? &entry->set : set_new (self, key);
}

const KafSetText *
kaf_typesetter_set (KafTypesetter *self,
                    KafStyle style,
                    KafLang lang,
                    const char *text,
                    double width,
                    gboolean justify)
{
  static const KafSetText nothing = { .text = "" };
  Key key = { style, kaf_lang_is_rtl (lang), FALSE, -1, text };

  if (text == NULL || *text == '\0')
    return &nothing;
  /* What may fit on a line is tried on one first; a letter is seldom narrower than a fifth of its size. */
  if (width < 0 || (double) strlen (text) * styles[style].size * 0.2 <= width)
    {
      const KafSetText *set = find_or_set (self, &key);

      if (width < 0 || set->width <= width)
        return set;
    }
  key.width = width;
  key.justify = justify;
  return find_or_set (self, &key);
}
