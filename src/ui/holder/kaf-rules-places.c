/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/holder/kaf-rules-places.h"

#include <glib/gi18n-lib.h>

#include "store/kaf-read.h"
#include "ui/record/kaf-record-section.h"
#include "ui/segment/kaf-pick-button.h"

static const KafListItem *
find_item (const GPtrArray *territories, const char *code)
{
  for (guint i = 0; code != NULL && i < territories->len; i++)
    {
      const KafListItem *item = g_ptr_array_index (territories, i);

      if (g_str_equal (item->code, code))
        return item;
    }
  return NULL;
}

static const char *
get_title (const GPtrArray *territories, const char *code)
{
  const KafListItem *item = find_item (territories, code);

  return item != NULL ? item->title : code;
}

static GtkWidget *
row_new (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

typedef struct
{
  guint place;
  GPtrArray *codes; /* (element-type utf8), as the button offers them */
} Offer;

static void
offer_free (gpointer data, GClosure *closure)
{
  Offer *offer = data;

  g_ptr_array_unref (offer->codes);
  g_free (offer);
}

static void
on_picked (GtkWidget *button, guint index, const Offer *offer)
{
  gtk_widget_activate_action (button, "rules.add-place", "(us)", offer->place,
                              g_ptr_array_index (offer->codes, index));
}

/* Regions among themselves, provinces under the name of their region. */
static GtkWidget *
button_new (const KafScoreCriterion *criterion, guint place, const GPtrArray *territories)
{
  GtkWidget *button = kaf_pick_button_new (_ ("Add a Territory"), NULL);
  Offer *offer = g_new0 (Offer, 1);

  offer->place = place;
  offer->codes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < territories->len; i++)
    {
      const KafListItem *item = g_ptr_array_index (territories, i);
      const KafListItem *region = find_item (territories, item->parent);

      if (item->retired || (criterion->only != NULL &&
                            g_strv_contains ((const char *const *) criterion->only, item->code)))
        continue;
      kaf_pick_button_add (KAF_PICK_BUTTON (button),
                           region != NULL ? region->title : C_ ("territories", "Regions"),
                           item->title);
      g_ptr_array_add (offer->codes, g_strdup (item->code));
    }
  g_signal_connect_data (button, "picked", G_CALLBACK (on_picked), offer, offer_free, 0);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static GtkWidget *
place_row_new (guint place, const char *code, const char *title)
{
  GtkWidget *row = row_new (title, NULL);
  GtkWidget *remove =
      kaf_record_section_icon_button ("list-remove-symbolic", _ ("Remove this territory"));

  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (remove), "(us)", place, code);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (remove), "rules.remove-place");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  return row;
}

void
kaf_rules_places_add (AdwExpanderRow *expander,
                      const KafScoreCriterion *criterion,
                      guint place,
                      const GPtrArray *territories)
{
  GtkWidget *head = row_new (_ ("Counts only in"),
                             criterion->only != NULL ? NULL : C_ ("territories", "Everywhere"));

  adw_action_row_add_suffix (ADW_ACTION_ROW (head), button_new (criterion, place, territories));
  adw_expander_row_add_row (expander, head);
  for (char **code = criterion->only; code != NULL && *code != NULL; code++)
    adw_expander_row_add_row (expander,
                              place_row_new (place, *code, get_title (territories, *code)));
}

void
kaf_rules_places_include (KafScoreCriterion *criterion, const char *code)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (criterion->only != NULL)
    g_strv_builder_addv (builder, (const char **) criterion->only);
  g_strv_builder_add (builder, code);
  g_strfreev (criterion->only);
  criterion->only = g_strv_builder_end (builder);
}

void
kaf_rules_places_exclude (KafScoreCriterion *criterion, const char *code)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (char **one = criterion->only; one != NULL && *one != NULL; one++)
    if (!g_str_equal (*one, code))
      g_strv_builder_add (builder, *one);
  g_strfreev (criterion->only);
  criterion->only = g_strv_builder_end (builder);
  if (*criterion->only == NULL)
    g_clear_pointer (&criterion->only, g_strfreev);
}
