/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The suggested act is the action "record.confirm": hidden once the record is confirmed today. */
#include "config.h"

#include "ui/record/kaf-record-header.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/record/kaf-columns.h"
#include "ui/record/kaf-pill.h"
#include "ui/record/kaf-record-words.h"
#include "ui/record/kaf-wrap.h"

#define SHORT 18 /* characters that the narrowest page has room for */
#define AVATAR_SIZE 72
/* Below this the button goes under the name. */
#define ONE_LINE_WIDTH 620

struct _KafRecordHeader
{
  GtkWidget parent_instance;

  GtkWidget *columns;
  GtkWidget *avatar;
  GtkWidget *title;
  GtkWidget *other_title;
  GtkWidget *headline;
  GtkWidget *pills;
  GtkWidget *confirm;
  gboolean suggests; /* another act: to confirm is in the menu */
};

G_DEFINE_FINAL_TYPE (KafRecordHeader, kaf_record_header, GTK_TYPE_WIDGET)

/* GTK lays a wrapping text out for each width that it tries, beginning with one letter a line: it is
 * told how narrow the label may be, and a short text is not wrapped at all. */
static void
label_set (GtkWidget *label, const char *text)
{
  gboolean wraps = text != NULL && g_utf8_strlen (text, -1) > SHORT;

  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_label_set_wrap (GTK_LABEL (label), wraps);
  gtk_label_set_width_chars (GTK_LABEL (label), wraps ? SHORT : -1);
}

static GtkWidget *
label_new (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
add_pill (KafRecordHeader *self, const char *text, const char *style, const char *icon)
{
  GtkWidget *pill = kaf_pill_new (text, style);

  kaf_pill_set_icon_name (KAF_PILL (pill), icon);
  kaf_wrap_append (KAF_WRAP (self->pills), pill);
}

static void
add_status (KafRecordHeader *self, const KafRecordData *data)
{
  const KafField *field = kaf_entity_find_field (data->root, "status");
  const char *code = field != NULL ? kaf_record_get (data->owner, "status") : NULL;
  const KafChoice *choice = code != NULL ? kaf_field_find_choice (field, code) : NULL;

  if (choice != NULL)
    add_pill (self, _ (choice->label), choice->style,
              g_strcmp0 (code, "verified") == 0 ? "object-select-symbolic" : NULL);
}

/* "POR-2025-0317 · confirmed on 12/11/2026 · counsellor: N. Alaoui". */
static char *
reference_line (const KafRecordData *data)
{
  g_autoptr (GString) line = g_string_new (NULL);
  const char *ref = kaf_record_get_ref (data->record);
  g_autofree char *ltr = ref != NULL ? kaf_bidi_ltr (ref) : NULL;

  if (ltr != NULL)
    g_string_append (line, ltr);
  if (data->confirmed != NULL)
    {
      if (line->len > 0)
        g_string_append (line, " · ");
      /* Translators: %s is a date; when somebody last checked that the record is right. */
      g_string_append_printf (line, _ ("confirmed on %s"), data->confirmed);
    }
  else if (kaf_entity_find_field (data->root, "confirmed_on") != NULL)
    g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", _ ("never confirmed"));
  /* Translators: %s is the officer who follows the file. */
  kaf_bidi_append_format (line, _ ("counsellor: %s"), kaf_record_data_get (data, "counsellor"));
  return kaf_bidi_line (line->str);
}

/* Quietly: all of it is kept, and goes by itself. */
static void
add_waiting (KafRecordHeader *self, guint n, KafLang lang)
{
  g_autofree char *number = kaf_number_format (n, lang);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%s change waits to be sent", "%s changes wait to be sent", n), number);
  g_autofree char *line = g_strconcat ("· ", text, NULL);
  g_autofree char *bidi = kaf_bidi_line (line);
  GtkWidget *label = label_new ("caption");

  label_set (label, bidi);
  gtk_widget_add_css_class (label, "dim-label");
  kaf_tooltip_set (label, _ ("Written on this computer; the server has not confirmed it yet"));
  kaf_wrap_append (KAF_WRAP (self->pills), label);
}

/* A person is once in the reference, with several sides: the pill leads to the other. */
static void
add_facet (KafRecordHeader *self, const KafRecordData *data, const KafEntity *facet)
{
  static const struct
  {
    const char *entity, *pill, *says;
  } sides[] = {
    { "expert", N_ ("Also an expert"), N_ ("Show the expert’s side of the file") },
    { "project_holder", N_ ("Also a project holder"),
      N_ ("Show the project holder’s side of the file") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    if (strcmp (sides[i].entity, facet->id) == 0 && data->entity != data->root)
      {
        GtkWidget *button = gtk_button_new ();

        gtk_button_set_child (GTK_BUTTON (button), kaf_pill_new (_ (sides[i].pill), NULL));
        gtk_widget_add_css_class (button, "flat");
        gtk_widget_add_css_class (button, "kaf-pill-button");
        gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", facet->id, data->id);
        gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "record.open");
        kaf_tooltip_set (button, _ (sides[i].says));
        gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                        _ (sides[i].pill), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                        _ (sides[i].says), -1);
        kaf_wrap_append (KAF_WRAP (self->pills), button);
        return;
      }
  add_pill (self, _ (facet->label), NULL, NULL);
}

static void
fill_pills (KafRecordHeader *self, const KafRecordData *data, KafLang lang)
{
  g_autofree char *reference = reference_line (data);
  const char *sample = kaf_record_data_get (data, "sample");
  const KafRecordWords *words = kaf_record_words_find (data, data->id);
  GtkWidget *label = label_new ("caption");

  kaf_wrap_clear (KAF_WRAP (self->pills));
  add_status (self, data);
  if (words != NULL && words->pill != NULL)
    add_pill (self, words->pill, words->style, NULL);
  for (guint i = 0; i < data->facets->len; i++)
    {
      const KafEntity *facet = g_ptr_array_index (data->facets, i);

      add_facet (self, data, facet);
    }
  if (data->shares)
    add_pill (self, _ ("Sharing agreed"), "success", NULL);
  if (g_strcmp0 (sample, "1") == 0)
    add_pill (self, _ ("Sample record"), NULL, NULL);

  label_set (label, reference);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  kaf_wrap_append (KAF_WRAP (self->pills), label);
  if (data->n_waiting > 0)
    add_waiting (self, data->n_waiting, lang);
}

static gboolean
can_confirm (const KafRecordData *data)
{
  return !data->deleted && kaf_entity_find_field (data->root, "confirmed_on") != NULL &&
         g_strcmp0 (kaf_record_get (data->owner, "confirmed_on"), data->today) != 0;
}

static void
kaf_record_header_dispose (GObject *object)
{
  KafRecordHeader *self = KAF_RECORD_HEADER (object);

  g_clear_pointer (&self->columns, gtk_widget_unparent);

  G_OBJECT_CLASS (kaf_record_header_parent_class)->dispose (object);
}

static void
kaf_record_header_class_init (KafRecordHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_record_header_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kaf_record_header_init (KafRecordHeader *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *names = kaf_wrap_new (12, 0);

  self->avatar = adw_avatar_new (AVATAR_SIZE, NULL, TRUE);
  gtk_widget_set_valign (self->avatar, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), self->avatar);

  self->title = label_new ("title-2");
  gtk_widget_add_css_class (self->title, "kaf-record-title");
  self->other_title = label_new ("title-3");
  gtk_widget_add_css_class (self->other_title, "dim-label");
  kaf_wrap_append (KAF_WRAP (names), self->title);
  kaf_wrap_append (KAF_WRAP (names), self->other_title);
  self->headline = label_new ("body");
  self->pills = kaf_wrap_new (6, 4);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), names);
  gtk_box_append (GTK_BOX (texts), self->headline);
  gtk_box_append (GTK_BOX (texts), self->pills);
  gtk_box_append (GTK_BOX (box), texts);

  self->confirm = gtk_button_new_with_label (_ ("Confirm today"));
  gtk_widget_add_css_class (self->confirm, "suggested-action");
  gtk_widget_set_valign (self->confirm, GTK_ALIGN_CENTER);
  kaf_tooltip_set (self->confirm, _ ("Note that what stands here was checked today"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->confirm), "record.confirm");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->confirm), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Confirm today"), -1);

  self->columns = kaf_columns_new (box, self->confirm, ONE_LINE_WIDTH, 0, 12);
  gtk_widget_set_parent (self->columns, GTK_WIDGET (self));
}

GtkWidget *
kaf_record_header_new (void)
{
  return g_object_new (KAF_TYPE_RECORD_HEADER, NULL);
}

void
kaf_record_header_suggest (KafRecordHeader *self, const char *label, const char *action)
{
  g_return_if_fail (KAF_IS_RECORD_HEADER (self));

  self->suggests = TRUE;
  gtk_button_set_label (GTK_BUTTON (self->confirm), label);
  kaf_tooltip_set (self->confirm, NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->confirm), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->confirm), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

void
kaf_record_header_set_data (KafRecordHeader *self,
                            const KafRecordData *data,
                            gboolean may,
                            KafLang lang)
{
  g_autofree char *headline = data->headline != NULL ? kaf_bidi_line (data->headline) : NULL;

  g_return_if_fail (KAF_IS_RECORD_HEADER (self));

  adw_avatar_set_text (ADW_AVATAR (self->avatar), data->title);
  adw_avatar_set_custom_image (ADW_AVATAR (self->avatar), GDK_PAINTABLE (data->photo));
  label_set (self->title, data->title);
  label_set (self->other_title, data->other_title);
  gtk_widget_set_visible (self->other_title, data->other_title != NULL);
  label_set (self->headline, headline);
  gtk_widget_set_visible (self->headline, headline != NULL);
  gtk_widget_set_visible (self->confirm, may && (self->suggests || can_confirm (data)));
  fill_pills (self, data, lang);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, data->title,
                                  -1);
}
