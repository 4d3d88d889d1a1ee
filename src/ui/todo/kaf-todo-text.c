/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/todo/kaf-todo-text.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-number.h"

char *
kaf_todo_text_sentence (const KafFinding *finding)
{
  return kaf_bidi_line (finding->sentence != NULL ? finding->sentence : finding->rule->code);
}

char *
kaf_todo_text_context (const KafFinding *finding)
{
  const char *where = finding->of_title != NULL ? finding->of_title : finding->title;
  g_autofree char *place = where != NULL ? kaf_bidi_isolate (where) : NULL;
  g_autofree char *person =
      finding->person_name != NULL ? kaf_bidi_isolate (finding->person_name) : NULL;
  g_autoptr (GString) line = g_string_new (NULL);
  const char *parts[] = { place, person, finding->advice };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", parts[i]);
  return kaf_bidi_line (line->str);
}

const char *
kaf_todo_text_urgency (const KafFinding *finding, KafDay today, const char **style)
{
  *style = NULL;
  if (finding->rule->kind == KAF_FINDING_BLOCKS)
    {
      *style = "error";
      return C_ ("urgency", "blocks");
    }
  if (finding->due == today)
    {
      *style = "accent";
      return C_ ("urgency", "today");
    }
  switch (finding->urgency)
    {
    case KAF_URGENCY_LATE:
      *style = "warning";
      return C_ ("urgency", "late");
    case KAF_URGENCY_WEEK:
      *style = "accent";
      return C_ ("urgency", "this week");
    case KAF_URGENCY_MONTH:
      return C_ ("urgency", "this month");
    case KAF_URGENCY_UNDATED:
      return C_ ("urgency", "to look at");
    case KAF_URGENCY_LATER:
    case KAF_URGENCY_MILD:
    case KAF_N_URGENCIES:
    default:
      return NULL;
    }
}

const char *
kaf_todo_text_group (KafUrgency urgency)
{
  switch (urgency)
    {
    case KAF_URGENCY_LATE:
      return C_ ("urgency", "Blocks or late");
    case KAF_URGENCY_WEEK:
      return C_ ("urgency", "This week");
    case KAF_URGENCY_MONTH:
      return C_ ("urgency", "This month");
    case KAF_URGENCY_LATER:
      return C_ ("urgency", "Later");
    case KAF_URGENCY_UNDATED:
      return C_ ("urgency", "Without a day");
    case KAF_URGENCY_MILD:
    case KAF_N_URGENCIES:
    default:
      return C_ ("urgency", "Worth knowing");
    }
}

char *
kaf_todo_text_day (const KafFinding *finding, KafLang lang)
{
  g_autofree char *iso = kaf_day_to_iso (finding->due);
  g_autofree char *day = iso != NULL ? kaf_date_format (iso, lang, KAF_DATE_MEDIUM) : NULL;

  return day != NULL ? kaf_bidi_isolate (day) : NULL;
}

const char *
kaf_todo_text_icon (const KafFinding *finding)
{
  if (finding->rule->kind == KAF_FINDING_BLOCKS)
    return "dialog-error-symbolic";
  if (kaf_todo_is_commitment (finding))
    return "content-loading-symbolic";
  if (g_str_equal (finding->rule->entity, "training_session"))
    return "x-office-presentation-symbolic";
  if (g_str_equal (finding->rule->entity, "meeting") ||
      g_str_equal (finding->rule->entity, "decision"))
    return "chat-message-new-symbolic";
  if (g_strcmp0 (finding->of_entity, "convention") == 0 ||
      g_str_equal (finding->rule->entity, "convention"))
    return "application-certificate-symbolic";
  if (g_strcmp0 (finding->of_entity, "programme") == 0)
    return "x-office-calendar-symbolic";
  return "dialog-warning-symbolic";
}

char *
kaf_todo_text_count (const KafTodo *todo, KafLang lang)
{
  guint n = kaf_todo_count (todo);
  guint n_late = todo->findings->counts[KAF_URGENCY_LATE];
  g_autofree char *number = kaf_number_format (n, lang);
  g_autofree char *late = kaf_number_format (n_late, lang);

  if (n == 0)
    return NULL;
  if (n_late == 0)
    return g_steal_pointer (&number);
  /* Translators: things to be done, and how many of them are late */
  return g_strdup_printf (ngettext ("%s, of which %s late", "%s, of which %s late", n_late), number,
                          late);
}

gboolean
kaf_todo_is_commitment (const KafFinding *finding)
{
  return finding->id != NULL && g_str_equal (finding->rule->entity, "commitment") &&
         finding->due != KAF_DAY_UNKNOWN;
}
