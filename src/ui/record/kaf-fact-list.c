/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made anew for each record: a card holds some ten rows. */
#include "config.h"

#include "ui/record/kaf-fact-list.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "ui/compat/kaf-text.h"
#include "ui/record/kaf-record-section.h"

/* px; the same in every card, so that the values of a page stand in one column */
#define LABEL_WIDTH 112
#define VALUE_WIDTH 130

#define LABEL_CHARS 12

struct _KafFactList
{
  GtkBox parent_instance;

  const KafFactCard *card;
  const GPtrArray *claims;
  GtkWidget *list;
  gboolean has_acts;
};

G_DEFINE_FINAL_TYPE (KafFactList, kaf_fact_list, GTK_TYPE_BOX)

enum
{
  SIGNAL_EDIT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const KafFact *
row_fact (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "kaf-fact");
}

static void
edit_row (GtkWidget *row)
{
  KafFactList *self = KAF_FACT_LIST (gtk_widget_get_ancestor (row, KAF_TYPE_FACT_LIST));
  const KafFact *fact = row_fact (row);

  if (fact != NULL)
    g_signal_emit (self, signals[SIGNAL_EDIT], 0, fact, row);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "record.edit", NULL);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  edit_row (GTK_WIDGET (row));
}

static gboolean
on_edit_key (GtkWidget *list, GVariant *args, gpointer user_data)
{
  GtkWidget *row = gtk_widget_get_focus_child (list);

  if (row == NULL || !gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)))
    return FALSE;
  edit_row (row);
  return TRUE;
}

static void
on_pencil_clicked (GtkButton *button, gpointer user_data)
{
  edit_row (gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW));
}

static gboolean
on_copy_key (GtkWidget *list, GVariant *args, gpointer user_data)
{
  GtkWidget *row = gtk_widget_get_focus_child (list);
  const KafFact *fact = row != NULL ? row_fact (row) : NULL;
  g_autofree char *plain = fact != NULL ? kaf_bidi_strip (fact->text) : NULL;

  if (plain == NULL)
    return FALSE;
  return gtk_widget_activate_action (row, "record.copy-text", "s", plain);
}

static GtkWidget *
act_button (const char *icon, const char *name, const char *action, const char *target)
{
  GtkWidget *button = kaf_record_section_icon_button (icon, name);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  return button;
}

/* Copy is always there; the rest comes over the end of the value with the pointer or the focus. */
static void
add_copy_button (GtkWidget *box, const KafFact *fact)
{
  g_autofree char *plain = kaf_bidi_strip (fact->text);
  g_autofree char *copy = NULL;

  if (fact->field->kind == KAF_KIND_PHONE)
    copy = g_strdup_printf (_ ("Copy the number %s"), fact->text);
  else if (fact->field->kind == KAF_KIND_EMAIL || fact->field->kind == KAF_KIND_URL)
    copy = g_strdup_printf (_ ("Copy the address %s"), fact->text);
  else
    return;
  gtk_box_append (GTK_BOX (box),
                  act_button ("edit-copy-symbolic", copy, "record.copy-text", plain));
}

static void
add_open_button (GtkWidget *hidden, const KafFact *fact)
{
  g_autofree char *uri = NULL;
  const char *icon, *open;

  if (fact->field->kind == KAF_KIND_PHONE)
    {
      uri = g_strconcat ("tel:", fact->value, NULL);
      icon = "call-start-symbolic";
      open = _ ("Call");
    }
  else if (fact->field->kind == KAF_KIND_EMAIL)
    {
      uri = g_strconcat ("mailto:", fact->value, NULL);
      icon = "mail-send-symbolic";
      open = _ ("Write a message");
    }
  else if (fact->field->kind == KAF_KIND_URL)
    {
      uri = g_strdup (fact->value);
      icon = "web-browser-symbolic";
      open = _ ("Open the page");
    }
  else
    return;
  gtk_box_append (GTK_BOX (hidden), act_button (icon, open, "record.open-uri", uri));
}

static void
add_pencil (GtkWidget *box, const char *label)
{
  /* Translators: %s is the name of a field, "Phone". */
  g_autofree char *name = g_strdup_printf (_ ("Edit: %s"), label);
  GtkWidget *button = kaf_record_section_icon_button ("document-edit-symbolic", name);

  g_signal_connect (button, "clicked", G_CALLBACK (on_pencil_clicked), NULL);
  gtk_box_append (GTK_BOX (box), button);
}

/* On the list, for the row that has the focus. */
static void
add_keys (GtkWidget *list)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F2, 0),
                        gtk_callback_action_new (on_edit_key, NULL, NULL)));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_c, GDK_CONTROL_MASK),
                        gtk_callback_action_new (on_copy_key, NULL, NULL)));
  gtk_widget_add_controller (list, keys);
}

static const char *
fact_label (const KafFact *fact)
{
  const char *unit = fact->fields->len > 1 ? kaf_fact_unit_label (fact->field->unit) : NULL;

  return unit != NULL ? _ (unit) : _ (fact->field->label);
}

static GtkWidget *
label_new (const char *text)
{
  GtkWidget *label =
      kaf_text_new (text, KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_DIM, LABEL_WIDTH, KAF_TEXT_WHOLE);
  GtkWidget *place = label;

  if (g_utf8_strlen (text, -1) > LABEL_CHARS)
    {
      /* Without the clamp a long label would not wrap: its natural width wins. */
      place = adw_clamp_new ();
      adw_clamp_set_maximum_size (ADW_CLAMP (place), LABEL_WIDTH);
      adw_clamp_set_tightening_threshold (ADW_CLAMP (place), LABEL_WIDTH);
      adw_clamp_set_child (ADW_CLAMP (place), label);
    }
  gtk_widget_set_size_request (place, LABEL_WIDTH, -1);
  /* Smaller letters: lowered to stand level with the value's first line. */
  gtk_widget_set_valign (place, GTK_ALIGN_START);
  gtk_widget_set_margin_top (place, 2);
  gtk_widget_set_margin_end (place, 12);
  return place;
}

/* Sources that say something of the line's fields, and of them, those that say otherwise. */
static guint
count_claims (const GPtrArray *claims, const KafFact *fact, guint *n_otherwise)
{
  guint n = 0;

  *n_otherwise = 0;
  for (guint i = 0; i < fact->fields->len; i++)
    {
      const KafFieldClaims *of =
          kaf_claims_find (claims, fact->entity, g_ptr_array_index (fact->fields, i));

      n += of != NULL ? of->claims->len : 0;
      *n_otherwise += of != NULL ? of->n_otherwise : 0;
    }
  return n;
}

/* NULL: no source says anything. */
static GtkWidget *
sources_button_new (const GPtrArray *claims, const KafFact *fact)
{
  guint n_otherwise;
  guint n = count_claims (claims, fact, &n_otherwise);
  g_autofree char *name = NULL;
  GtkWidget *button;

  if (n == 0)
    return NULL;
  /* Translators: %u is a number of sources, %s the name of a field. */
  name = n_otherwise > 0 ? g_strdup_printf (ngettext ("%s: %u source says otherwise",
                                                      "%s: %u sources say otherwise", n_otherwise),
                                            fact_label (fact), n_otherwise)
                         : g_strdup_printf (_ ("%s: sources"), fact_label (fact));
  button = act_button (n_otherwise > 0 ? "dialog-warning-symbolic" : "view-reveal-symbolic", name,
                       "record.show-sources", fact->field->id);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, n_otherwise > 0 ? "warning" : "kaf-on-hover");
  return button;
}

/* Whether the user's role changes all that is edited with it. */
static gboolean
may_edit (KafStore *store, const KafFact *fact)
{
  for (guint i = 0; store != NULL && i < fact->fields->len; i++)
    if (!kaf_store_may_write_field (store, fact->entity, g_ptr_array_index (fact->fields, i)))
      return FALSE;
  return store != NULL;
}

static GtkWidget *
row_new (const KafFact *fact, const GPtrArray *claims, gboolean repeats, gboolean writable)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *value = gtk_overlay_new ();
  GtkWidget *sources;
  g_autofree char *plain = kaf_bidi_strip (fact->text);
  g_autofree char *name = g_strdup_printf ("%s: %s", fact_label (fact), plain);

  g_object_set_data (G_OBJECT (row), "kaf-fact", (gpointer) fact);
  gtk_box_append (GTK_BOX (box), label_new (repeats ? "" : fact_label (fact)));

  gtk_widget_set_valign (value, GTK_ALIGN_START);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_overlay_set_child (GTK_OVERLAY (value), kaf_text_new (fact->text, KAF_DRAWN_TEXT_PLAIN,
                                                            VALUE_WIDTH, KAF_TEXT_WHOLE));
  gtk_box_append (GTK_BOX (box), value);
  g_object_set_data (G_OBJECT (row), "kaf-value", value);

  sources = repeats ? NULL : sources_button_new (claims, fact);
  if (sources != NULL)
    gtk_box_append (GTK_BOX (box), sources);
  g_object_set_data (G_OBJECT (row), "kaf-sources", sources);
  add_copy_button (box, fact);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), writable);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static void
add_row_acts (GtkWidget *row)
{
  GtkWidget *value = g_object_get_data (G_OBJECT (row), "kaf-value");
  GtkWidget *hidden;

  if (value == NULL)
    return;
  hidden = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  gtk_widget_add_css_class (hidden, "kaf-on-hover");
  gtk_widget_set_halign (hidden, GTK_ALIGN_END);
  gtk_widget_set_valign (hidden, GTK_ALIGN_CENTER);
  add_open_button (hidden, row_fact (row));
  if (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)))
    add_pencil (hidden, fact_label (row_fact (row)));
  if (gtk_widget_get_first_child (hidden) != NULL)
    gtk_overlay_add_overlay (GTK_OVERLAY (value), hidden);
  else
    g_object_unref (g_object_ref_sink (hidden));
}

static GtkWidget *
empty_row_new (gboolean writable)
{
  GtkWidget *row = gtk_list_box_row_new ();
  const char *text = writable ? _ ("Nothing is known yet. Add…") : _ ("Nothing is known yet.");

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), kaf_record_section_sentence (text));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), writable);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return row;
}

static void
kaf_fact_list_class_init (KafFactListClass *klass)
{
  signals[SIGNAL_EDIT] =
      g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_POINTER, GTK_TYPE_WIDGET);
}

static void
kaf_fact_list_init (KafFactList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

GtkWidget *
kaf_fact_list_new (const KafFactCard *card, const GPtrArray *claims, KafStore *store)
{
  KafFactList *self = g_object_new (KAF_TYPE_FACT_LIST, NULL);
  GtkWidget *section = kaf_record_section_new (card->title);

  self->card = card;
  self->claims = claims;
  self->list = kaf_record_section_list (card->title);
  gtk_widget_remove_css_class (self->list, "boxed-list");
  gtk_widget_remove_css_class (self->list, "kaf-rows");
  gtk_widget_add_css_class (self->list, "card");
  gtk_widget_add_css_class (self->list, "kaf-facts");
  /* One click lets a person select a row to copy it; two, or Enter, edit it. */
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (self->list), card->facts->len == 0);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), NULL);

  for (guint i = 0; i < card->facts->len; i++)
    {
      const KafFact *fact = g_ptr_array_index (card->facts, i);
      const KafFact *before = i > 0 ? g_ptr_array_index (card->facts, i - 1) : NULL;
      gboolean repeats = before != NULL && before->field == fact->field;

      gtk_list_box_append (GTK_LIST_BOX (self->list),
                           row_new (fact, self->claims, repeats, may_edit (store, fact)));
    }
  if (card->facts->len > 0)
    add_keys (self->list);
  if (card->facts->len == 0)
    gtk_list_box_append (GTK_LIST_BOX (self->list), empty_row_new (store != NULL));

  kaf_record_section_set_child (KAF_RECORD_SECTION (section), self->list);
  gtk_box_append (GTK_BOX (self), section);
  return GTK_WIDGET (self);
}

void
kaf_fact_list_add_acts (KafFactList *self)
{
  g_return_if_fail (KAF_IS_FACT_LIST (self));

  if (self->has_acts)
    return;
  self->has_acts = TRUE;
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    add_row_acts (row);
}

GtkWidget *
kaf_fact_list_find_row (KafFactList *self, const char *field)
{
  g_return_val_if_fail (KAF_IS_FACT_LIST (self), NULL);

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      const KafFact *fact = row_fact (row);

      for (guint i = 0; fact != NULL && i < fact->fields->len; i++)
        {
          const KafField *member = g_ptr_array_index (fact->fields, i);

          if (g_strcmp0 (member->id, field) == 0)
            return row;
        }
    }
  return NULL;
}
