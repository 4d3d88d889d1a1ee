/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-programme-block.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/compat/kaf-tooltip.h"
#include "ui/mission/kaf-programme-text.h"
#include "ui/mission/kaf-share-bar.h"

#define DRAG_PREFIX "programme_item "
#define SHARE_HEIGHT 4

struct _KafProgrammeBlock
{
  GtkBox parent_instance;

  char *id;
  char *label;
  KafClashLevel level;
  KafClashReason reasons;
};

G_DEFINE_FINAL_TYPE (KafProgrammeBlock, kaf_programme_block, GTK_TYPE_BOX)

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, KafProgrammeBlock *self)
{
  g_autofree char *text = g_strconcat (DRAG_PREFIX, self->id, NULL);

  return gdk_content_provider_new_typed (G_TYPE_STRING, text);
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, KafProgrammeBlock *self)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, 12, 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dragged");
}

static void
on_drag_end (GtkDragSource *source, GdkDrag *drag, gboolean deleted, KafProgrammeBlock *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "dragged");
}

static void
kaf_programme_block_finalize (GObject *object)
{
  KafProgrammeBlock *self = KAF_PROGRAMME_BLOCK (object);

  g_free (self->id);
  g_free (self->label);
  G_OBJECT_CLASS (kaf_programme_block_parent_class)->finalize (object);
}

static void
kaf_programme_block_class_init (KafProgrammeBlockClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kaf_programme_block_finalize;
  gtk_widget_class_set_css_name (widget_class, "programmeblock");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
kaf_programme_block_init (KafProgrammeBlock *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 3);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

static GtkWidget *
line_new (const char *text, const char *style, int lines)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 14);
  if (lines > 1)
    {
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_lines (GTK_LABEL (label), lines);
    }
  gtk_widget_add_css_class (label, style);
  return label;
}

static KafClashLevel
level_of (guint reasons)
{
  if ((reasons & (KAF_CLASH_TRAINER | KAF_CLASH_ROOM | KAF_CLASH_BUSY)) != 0)
    return KAF_CLASH_FIRM;
  return reasons != 0 ? KAF_CLASH_TENTATIVE : KAF_CLASH_NONE;
}

/* Who or where, with the sign of its clash before the name: never the colour alone. */
static GtkWidget *
signed_line_new (const char *text, KafClashLevel level)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = line_new (text, "caption", 1);

  if (level != KAF_CLASH_NONE)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name (
          level == KAF_CLASH_FIRM ? "dialog-error-symbolic" : "dialog-warning-symbolic");

      gtk_image_set_pixel_size (GTK_IMAGE (icon), 12);
      gtk_widget_add_css_class (icon, level == KAF_CLASH_FIRM ? "error" : "warning");
      gtk_box_append (GTK_BOX (box), icon);
    }
  else
    gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static GtkWidget *
shares_new (const KafItem *item)
{
  GtkWidget *bar = kaf_share_bar_new (SHARE_HEIGHT);
  KafSharePart parts[] = { { item->theory, NULL, 0.28f },
                           { item->practice, "accent_bg_color", 1 } };

  kaf_share_bar_set (KAF_SHARE_BAR (bar), parts, G_N_ELEMENTS (parts));
  gtk_widget_set_margin_top (bar, 3);
  return bar;
}

static void
fill (KafProgrammeBlock *self, const KafMission *mission, GHashTable *names, const KafItem *item)
{
  GtkBox *box = GTK_BOX (self);
  const KafRoom *room = item->room != NULL ? kaf_mission_find_room (mission, item->room) : NULL;
  GtkWidget *subject = line_new (item->subject, "kaf-programme-subject", 3);

  if (item->state == KAF_ITEM_CANCELLED)
    gtk_widget_add_css_class (subject, "kaf-struck");
  gtk_box_append (box, subject);
  gtk_box_append (box, signed_line_new (item->trainer == NULL ? _ ("no trainer yet")
                                                              : kaf_programme_trainer_name (
                                                                    mission, names, item->trainer),
                                        level_of (self->reasons & ~KAF_CLASH_ROOM)));
  if (room != NULL)
    gtk_box_append (box, signed_line_new (room->name, level_of (self->reasons & KAF_CLASH_ROOM)));
  if (item->state != KAF_ITEM_PLANNED)
    gtk_box_append (box, line_new (item->state == KAF_ITEM_HELD ? _ ("held") : _ ("cancelled"),
                                   "caption-heading", 1));
  if (item->theory + item->practice > 0)
    gtk_box_append (box, shares_new (item));
}

/* In the tray: one line. */
static void
fill_line (KafProgrammeBlock *self, const KafItem *item)
{
  g_autofree char *shares = kaf_programme_shares_text (item);
  GtkWidget *handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");
  GtkWidget *label = line_new (item->subject, "kaf-programme-subject", 1);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_add_css_class (handle, "dim-label");
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_box_append (GTK_BOX (self), handle);
  gtk_box_append (GTK_BOX (self), label);
  if (shares != NULL)
    {
      GtkWidget *extent = line_new (shares, "caption", 1);

      gtk_label_set_max_width_chars (GTK_LABEL (extent), 40);
      gtk_widget_add_css_class (extent, "dim-label");
      gtk_box_append (GTK_BOX (self), extent);
    }
}

static const char *
choose_style (const KafItem *item, KafClashLevel level)
{
  if (item->day == KAF_DAY_UNKNOWN || item->state == KAF_ITEM_CANCELLED)
    return "quiet";
  return level == KAF_CLASH_FIRM ? "clash" : level == KAF_CLASH_TENTATIVE ? "tentative" : "placed";
}

GtkWidget *
kaf_programme_block_new (const KafMission *mission,
                         GHashTable *names,
                         const KafItem *item,
                         KafLang lang,
                         gboolean movable)
{
  KafProgrammeBlock *self = g_object_new (KAF_TYPE_PROGRAMME_BLOCK, NULL);
  GtkDragSource *drag;
  KafClash clash;

  kaf_programme_clash (mission, item, &clash);
  self->id = g_strdup (item->id);
  self->level = clash.level;
  self->reasons = clash.reasons;
  self->label = kaf_programme_item_text (mission, names, item, &clash, lang);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->label,
                                  -1);
  kaf_tooltip_set (GTK_WIDGET (self), self->label);
  gtk_widget_add_css_class (GTK_WIDGET (self), choose_style (item, clash.level));
  if (item->day == KAF_DAY_UNKNOWN)
    fill_line (self, item);
  else
    fill (self, mission, names, item);
  if (movable)
    {
      drag = gtk_drag_source_new ();
      gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
      g_signal_connect (drag, "prepare", G_CALLBACK (on_prepare), self);
      g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
      g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
      gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
    }
  return GTK_WIDGET (self);
}

const char *
kaf_programme_block_get_id (KafProgrammeBlock *self)
{
  g_return_val_if_fail (KAF_IS_PROGRAMME_BLOCK (self), NULL);

  return self->id;
}

KafClashLevel
kaf_programme_block_get_level (KafProgrammeBlock *self)
{
  g_return_val_if_fail (KAF_IS_PROGRAMME_BLOCK (self), KAF_CLASH_NONE);

  return self->level;
}

const char *
kaf_programme_block_get_label (KafProgrammeBlock *self)
{
  g_return_val_if_fail (KAF_IS_PROGRAMME_BLOCK (self), NULL);

  return self->label;
}

const char *
kaf_programme_block_read_drag (const GValue *value)
{
  const char *text = G_VALUE_HOLDS_STRING (value) ? g_value_get_string (value) : NULL;

  return text != NULL && g_str_has_prefix (text, DRAG_PREFIX) ? text + strlen (DRAG_PREFIX) : NULL;
}
