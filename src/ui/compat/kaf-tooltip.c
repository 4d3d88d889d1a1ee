/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/compat/kaf-tooltip.h"

#define KEY "kaf-tooltip"

static gboolean
on_query (
    GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip, gpointer user_data)
{
  const char *text = kaf_tooltip_get (widget);

  if (text == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

void
kaf_tooltip_set (GtkWidget *widget, const char *text)
{
  gboolean is_first;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  is_first = g_object_get_data (G_OBJECT (widget), KEY) == NULL;
  if (is_first && text == NULL)
    return;
  if (is_first)
    g_signal_connect (widget, "query-tooltip", G_CALLBACK (on_query), NULL);
  g_object_set_data_full (G_OBJECT (widget), KEY, g_strdup (text != NULL ? text : ""), g_free);
  gtk_widget_set_has_tooltip (widget, text != NULL);
}

const char *
kaf_tooltip_get (GtkWidget *widget)
{
  const char *text;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  text = g_object_get_data (G_OBJECT (widget), KEY);
  return text != NULL && *text != '\0' ? text : NULL;
}
