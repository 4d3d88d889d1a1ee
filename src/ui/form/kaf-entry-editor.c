/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An AdwEntryRow with what its kind asks for: a calendar beside a date, a currency beside an
 * amount, a direction of its own for what is never written from right to left. */
#include "config.h"

#include "ui/form/kaf-entry-editor.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-fold.h"
#include "base/kaf-money.h"
#include "base/kaf-phone.h"
#include "schema/kaf-said.h"
#include "ui/app/kaf-application.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/form/kaf-editor-direction.h"

struct _KafEntryEditor
{
  AdwEntryRow parent_instance;

  const KafField *field;
  GtkWidget *currency; /* money only */
  GtkWidget *calendar; /* dates only, once it was opened */
  gboolean showing;    /* the text is set by the program */
};

/* The ministry's own first, then those of the countries where most experts live. */
static const char *const currencies[] = { "MAD", "EUR", "USD", "CAD", "GBP", "CHF",
                                          "AED", "SAR", "QAR", "TND", NULL };

static void kaf_entry_editor_iface_init (KafEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KafEntryEditor,
                               kaf_entry_editor,
                               ADW_TYPE_ENTRY_ROW,
                               G_IMPLEMENT_INTERFACE (KAF_TYPE_EDITOR, kaf_entry_editor_iface_init))

static void
set_text (KafEntryEditor *self, const char *text)
{
  self->showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self), text != NULL ? text : "");
  self->showing = FALSE;
}

static void
set_currency (KafEntryEditor *self, const char *currency)
{
  GListModel *model = gtk_drop_down_get_model (GTK_DROP_DOWN (self->currency));
  guint n = g_list_model_get_n_items (model);
  guint at = 0;

  while (at < n && strcmp (gtk_string_list_get_string (GTK_STRING_LIST (model), at), currency) != 0)
    at++;
  /* A currency that is not offered was typed or imported: it is offered from now on. */
  if (at == n)
    gtk_string_list_append (GTK_STRING_LIST (model), currency);

  self->showing = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->currency), at);
  self->showing = FALSE;
}

static void
show_money (KafEntryEditor *self, const char *canonical)
{
  g_autofree char *text = NULL;
  char currency[4] = "MAD";
  gint64 minor;

  if (canonical != NULL && kaf_money_split (canonical, &minor, currency))
    {
      text = kaf_money_format (canonical, kaf_application_get_lang ());
      g_strchomp (text);
      if (g_str_has_suffix (text, currency))
        text[strlen (text) - strlen (currency)] = '\0';
      /* A no-break space stands before the currency. */
      if (g_str_has_suffix (text, "\u00a0"))
        text[strlen (text) - strlen ("\u00a0")] = '\0';
      g_strchomp (text);
    }

  set_currency (self, currency);
  set_text (self, text);
}

static void
kaf_entry_editor_show (KafEditor *editor, const char *canonical, const char *text)
{
  KafEntryEditor *self = KAF_ENTRY_EDITOR (editor);
  g_autofree char *shown = NULL;

  switch (self->field->kind)
    {
    case KAF_KIND_MONEY:
      show_money (self, canonical);
      return;
    case KAF_KIND_DATE:
    case KAF_KIND_PARTIAL_DATE:
      if (canonical != NULL)
        shown = kaf_date_format (canonical, kaf_application_get_lang (), KAF_DATE_SHORT);
      break;
    case KAF_KIND_PHONE:
      if (canonical != NULL)
        shown = kaf_phone_format (canonical);
      break;
    case KAF_KIND_TEXT:
      if (canonical != NULL && kaf_field_has (self->field, KAF_FIELD_FIELDS))
        shown = kaf_said_format_names (canonical, kaf_application_get_lang ());
      break;
    default:
      /* A number stays bare: a year of birth is not grouped by thousands. */
      break;
    }

  if (shown != NULL)
    {
      /* Isolates are for text among other text; here they would be typed over. */
      g_autofree char *bare = kaf_bidi_strip (shown);

      set_text (self, bare);
    }
  else
    set_text (self, canonical);
}

static char *
kaf_entry_editor_get_typed (KafEditor *editor)
{
  KafEntryEditor *self = KAF_ENTRY_EDITOR (editor);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self));
  GObject *item;

  if (self->currency == NULL)
    return g_strdup (text);

  /* A currency that was typed with the amount wins over the one beside it. */
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalpha (g_utf8_get_char (at)))
      return g_strdup (text);

  item = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (self->currency));
  if (item == NULL || text[strspn (text, " ")] == '\0')
    return g_strdup (text);
  return g_strdup_printf ("%s %s", text, gtk_string_object_get_string (GTK_STRING_OBJECT (item)));
}

static void
kaf_entry_editor_set_typed (KafEditor *editor, const char *typed)
{
  set_text (KAF_ENTRY_EDITOR (editor), typed);
}

static void
kaf_entry_editor_set_title (KafEditor *editor, const char *title)
{
  KafEntryEditor *self = KAF_ENTRY_EDITOR (editor);
  GtkEditable *delegate = gtk_editable_get_delegate (GTK_EDITABLE (self));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (delegate), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
}

static void
kaf_entry_editor_tidy (KafEditor *editor, const char *canonical)
{
  kaf_entry_editor_show (editor, canonical, NULL);
}

static GtkWidget *
kaf_entry_editor_get_focus (KafEditor *editor)
{
  return GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (editor)));
}

static void
kaf_entry_editor_iface_init (KafEditorInterface *iface)
{
  iface->show = kaf_entry_editor_show;
  iface->get_typed = kaf_entry_editor_get_typed;
  iface->set_typed = kaf_entry_editor_set_typed;
  iface->set_title = kaf_entry_editor_set_title;
  iface->tidy = kaf_entry_editor_tidy;
  iface->get_focus = kaf_entry_editor_get_focus;
}

static gboolean
has_letter (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* A GtkText aligns by the direction of what it holds; here it stays at the row's start edge. */
static void
update_alignment (KafEntryEditor *self)
{
  GtkEditable *delegate = gtk_editable_get_delegate (GTK_EDITABLE (self));
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self));
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (delegate)) == GTK_TEXT_DIR_RTL;

  /* The first letter decides; without any, that of the entry. */
  if (has_letter (text))
    rtl = kaf_text_is_arabic (text);
  gtk_editable_set_alignment (
      GTK_EDITABLE (self),
      rtl == (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL) ? 0.0 : 1.0);
}

static void
on_changed (KafEntryEditor *self)
{
  update_alignment (self);
  if (!self->showing)
    kaf_editor_emit_edited (KAF_EDITOR (self));
}

static void
on_day_selected (KafEntryEditor *self, GtkCalendar *calendar)
{
  g_autoptr (GDateTime) day = NULL;
  g_autofree char *iso = NULL;

  if (self->showing)
    return;

  day = gtk_calendar_get_date (calendar);
  iso = g_date_time_format (day, "%Y-%m-%d");
  kaf_entry_editor_show (KAF_EDITOR (self), iso, NULL);
  kaf_editor_emit_edited (KAF_EDITOR (self));
  gtk_popover_popdown (
      GTK_POPOVER (gtk_widget_get_ancestor (GTK_WIDGET (calendar), GTK_TYPE_POPOVER)));
}

/* Opens the calendar on the day that is typed, when it is one. */
static void
on_calendar_shown (KafEntryEditor *self)
{
  g_autofree char *typed = kaf_entry_editor_get_typed (KAF_EDITOR (self));
  g_autofree char *iso = kaf_date_normalise (typed, TRUE, NULL);
  g_autofree char *first = iso != NULL ? kaf_date_start (iso) : NULL;
  g_autoptr (GDateTime) day = NULL;
  int year, month, mday;

  if (first == NULL || sscanf (first, "%d-%d-%d", &year, &month, &mday) != 3)
    return;

  day = g_date_time_new_local (year, month, mday, 12, 0, 0);
  if (day == NULL)
    return;

  self->showing = TRUE;
  gtk_calendar_select_day (GTK_CALENDAR (self->calendar), day);
  self->showing = FALSE;
}

static void
create_calendar (GtkMenuButton *button, gpointer data)
{
  KafEntryEditor *self = data;
  GtkWidget *popover;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;

  popover = gtk_popover_new ();
  self->calendar = gtk_calendar_new ();
  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (on_day_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (popover, "map", G_CALLBACK (on_calendar_shown), self, G_CONNECT_SWAPPED);
  gtk_popover_set_child (GTK_POPOVER (popover), self->calendar);
  gtk_menu_button_set_popover (button, popover);
}

static void
add_calendar (KafEntryEditor *self)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), create_calendar, self, NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  kaf_tooltip_set (button, _ ("Choose a day"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose a day"), -1);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), button);
}

static void
add_currency (KafEntryEditor *self)
{
  self->currency = gtk_drop_down_new_from_strings (currencies);
  gtk_widget_set_valign (self->currency, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->currency, "flat");
  kaf_tooltip_set (self->currency, _ ("Currency"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->currency), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Currency"), -1);
  g_signal_connect_object (self->currency, "notify::selected", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), self->currency);
}

static void
kaf_entry_editor_class_init (KafEntryEditorClass *klass)
{
}

static void
kaf_entry_editor_init (KafEntryEditor *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  g_signal_connect (self, "changed", G_CALLBACK (on_changed), NULL);
  g_signal_connect (self, "entry-activated", G_CALLBACK (kaf_editor_emit_entered), NULL);
  kaf_editor_watch_focus (KAF_EDITOR (self));
}

static GtkInputPurpose
purpose_of (KafKind kind)
{
  switch (kind)
    {
    case KAF_KIND_INTEGER:
    case KAF_KIND_MONEY:
      return GTK_INPUT_PURPOSE_NUMBER;
    case KAF_KIND_EMAIL:
      return GTK_INPUT_PURPOSE_EMAIL;
    case KAF_KIND_PHONE:
      return GTK_INPUT_PURPOSE_PHONE;
    case KAF_KIND_URL:
      return GTK_INPUT_PURPOSE_URL;
    default:
      return GTK_INPUT_PURPOSE_FREE_FORM;
    }
}

GtkWidget *
kaf_entry_editor_new (const KafField *field)
{
  KafEntryEditor *self = g_object_new (KAF_TYPE_ENTRY_EDITOR, NULL);

  self->field = field;
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self), purpose_of (field->kind));
  if (field->kind == KAF_KIND_DATE || field->kind == KAF_KIND_PARTIAL_DATE)
    add_calendar (self);
  if (field->kind == KAF_KIND_MONEY)
    add_currency (self);

  if (kaf_field_has (field, KAF_FIELD_ARABIC))
    kaf_editor_direction_set (GTK_WIDGET (self), GTK_TEXT_DIR_RTL);
  else if (field->kind != KAF_KIND_TEXT)
    kaf_editor_direction_set_text (GTK_EDITABLE (self), GTK_TEXT_DIR_LTR);

  return GTK_WIDGET (self);
}
