/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/compat/kaf-drawn-text.h"

#include "ui/compat/kaf-style.h"

#define SMALL_POINTS 9
/* px; as style.css has them for labels, and for the same reason. */
#define ARABIC_LINE 20
#define ARABIC_SMALL_LINE 16

static PangoAttrList *
make_attributes (KafDrawnTextStyle style, gboolean rtl)
{
  PangoAttrList *list = pango_attr_list_new ();
  /* A hyphen would be read as part of an address. */
  PangoAttribute *hyphens = pango_attr_insert_hyphens_new (FALSE);
  int line = style & KAF_DRAWN_TEXT_SMALL ? ARABIC_SMALL_LINE : ARABIC_LINE;

  pango_attr_list_insert (list, hyphens);
  if (rtl)
    pango_attr_list_insert (list, pango_attr_line_height_new_absolute (line * PANGO_SCALE));
  if (style & KAF_DRAWN_TEXT_SMALL)
    pango_attr_list_insert (list, pango_attr_size_new (SMALL_POINTS * PANGO_SCALE));
  if (style & KAF_DRAWN_TEXT_BOLD)
    pango_attr_list_insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  if (style & KAF_DRAWN_TEXT_FIGURE)
    pango_attr_list_insert (list, pango_attr_font_features_new ("tnum=1"));
  return list;
}

static void
apply (KafDrawnText *self, const char *text, gboolean restyle)
{
  if (restyle)
    {
      g_autoptr (PangoAttrList) attributes = make_attributes (
          self->style, gtk_widget_get_direction (self->widget) == GTK_TEXT_DIR_RTL);

      pango_layout_set_attributes (self->layout, attributes);
    }
  pango_layout_set_height (self->layout, -self->lines);
  pango_layout_set_text (self->layout, text, -1);
  self->serial = 0;
}

/* FALSE: there is no text. */
static gboolean
has_layout (KafDrawnText *self)
{
  gboolean rtl;

  if (self->layout != NULL || self->text == NULL)
    return self->layout != NULL;
  rtl = gtk_widget_get_direction (self->widget) == GTK_TEXT_DIR_RTL;
  self->layout = gtk_widget_create_pango_layout (self->widget, NULL);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  /* The start side; Pango takes the other for a text against the direction of its context. */
  pango_layout_set_alignment (self->layout, rtl ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  apply (self, self->text, TRUE);
  g_clear_pointer (&self->text, g_free);
  return TRUE;
}

void
kaf_drawn_text_set (
    KafDrawnText *self, GtkWidget *widget, const char *text, KafDrawnTextStyle style, int lines)
{
  gboolean restyle;

  g_return_if_fail (self != NULL);
  g_return_if_fail (lines >= 1);

  if (text == NULL || *text == '\0')
    {
      kaf_drawn_text_clear (self);
      return;
    }
  restyle = style != self->style;
  self->widget = widget;
  self->style = style;
  self->lines = lines;
  if (self->layout != NULL)
    apply (self, text, restyle);
  else
    {
      g_free (self->text);
      self->text = g_strdup (text);
    }
}

const char *
kaf_drawn_text_get (KafDrawnText *self)
{
  if (self->text != NULL)
    return self->text;
  return self->layout != NULL ? pango_layout_get_text (self->layout) : "";
}

void
kaf_drawn_text_clear (KafDrawnText *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_object (&self->layout);
}

static void
set_width (KafDrawnText *self, int width)
{
  pango_layout_set_width (self->layout, width < 0 ? -1 : width * PANGO_SCALE);
  pango_layout_set_ellipsize (self->layout, width < 0 ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
}

int
kaf_drawn_text_get_width (KafDrawnText *self)
{
  guint serial;

  if (!has_layout (self))
    return 0;
  serial = pango_context_get_serial (pango_layout_get_context (self->layout));
  if (self->serial != serial)
    {
      set_width (self, -1);
      pango_layout_get_pixel_size (self->layout, &self->natural, NULL);
      self->serial = serial;
    }
  return self->natural;
}

/* Cut and wrapped only where it is too long: each width is another layout. */
static void
lay_out (KafDrawnText *self, int width)
{
  set_width (self, width < 0 || kaf_drawn_text_get_width (self) <= width ? -1 : width);
}

int
kaf_drawn_text_get_height (KafDrawnText *self, int width)
{
  int height = 0;

  if (!has_layout (self))
    return 0;
  lay_out (self, width);
  pango_layout_get_pixel_size (self->layout, NULL, &height);
  return height;
}

int
kaf_drawn_text_get_baseline (KafDrawnText *self)
{
  return self->layout != NULL ? PANGO_PIXELS (pango_layout_get_baseline (self->layout)) : -1;
}

void
kaf_drawn_text_draw (KafDrawnText *self,
                     GtkWidget *widget,
                     GtkSnapshot *snapshot,
                     const GdkRectangle *place)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  PangoRectangle extents;
  GdkRGBA color;
  int x;
  int y;

  if (!has_layout (self))
    return;
  lay_out (self, place->width);
  /* A text of the other script lies at the far side of the width it was given: taken back from there. */
  pango_layout_get_pixel_extents (self->layout, NULL, &extents);
  y = place->y + (place->height - extents.height) / 2;
  x = (rtl ? place->x + place->width - extents.width : place->x) - extents.x;
  color = kaf_style_get_color (widget);
  if (self->style & KAF_DRAWN_TEXT_DIM)
    color.alpha *= kaf_style_get_dim ();
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, self->layout, &color);
  gtk_snapshot_restore (snapshot);
}
