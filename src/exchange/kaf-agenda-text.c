/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/kaf-agenda-text.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"

char *
kaf_agenda_text_title (const KafAgendaItem *self)
{
  g_autofree char *title = kaf_bidi_isolate (self->title != NULL ? self->title : "—");

  switch (self->kind)
    {
    case KAF_AGENDA_SESSION:
      return g_strdup_printf (_ ("Session: %s"), title);
    case KAF_AGENDA_MEETING:
      return g_strdup_printf (_ ("Meeting: %s"), title);
    case KAF_AGENDA_DUE:
      return g_strdup_printf (_ ("Due: %s"), title);
    case KAF_AGENDA_MISSION:
      return g_strdup_printf (_ ("Mission: %s"), title);
    case KAF_AGENDA_END:
    default:
      return g_strdup_printf (_ ("End of the convention: %s"), title);
    }
}

const char *
kaf_agenda_text_kind (KafAgendaKind kind)
{
  switch (kind)
    {
    case KAF_AGENDA_SESSION:
      return _ ("Session");
    case KAF_AGENDA_MEETING:
      return _ ("Meeting");
    case KAF_AGENDA_DUE:
      return _ ("Due date");
    case KAF_AGENDA_MISSION:
      return _ ("Mission");
    case KAF_AGENDA_END:
    default:
      return _ ("End of convention");
    }
}

static const char *
say (const char *word, const char *style, const char **out)
{
  if (out != NULL)
    *out = style;
  return word;
}

static const char *
describe_session (const KafAgendaItem *self, const char **style)
{
  switch (self->state)
    {
    case KAF_AGENDA_LATE:
      return say (C_ ("session", "held?"), "warning", style);
    case KAF_AGENDA_DONE:
      return say (C_ ("session", "held"), "success", style);
    case KAF_AGENDA_OFF:
      return say (C_ ("session", "cancelled"), "error", style);
    case KAF_AGENDA_OPEN:
    default:
      return say (C_ ("session", "planned"), "accent", style);
    }
}

static const char *
describe_mission (const KafAgendaItem *self, const char **style)
{
  if (self->state == KAF_AGENDA_DONE)
    return say (C_ ("mission", "closed"), "success", style);
  if (self->state == KAF_AGENDA_OFF)
    return say (C_ ("mission", "abandoned"), NULL, style);
  return say (C_ ("mission", "open"), "accent", style);
}

const char *
kaf_agenda_text_state (const KafAgendaItem *self, const char **style)
{
  if (self->kind == KAF_AGENDA_SESSION || self->kind == KAF_AGENDA_MEETING)
    return describe_session (self, style);
  if (self->kind == KAF_AGENDA_MISSION)
    return describe_mission (self, style);
  if (self->kind == KAF_AGENDA_END)
    return self->state == KAF_AGENDA_OFF
               ? say (C_ ("end of a convention", "over"), NULL, style)
               : say (C_ ("end of a convention", "lapses"), "warning", style);
  switch (self->state)
    {
    case KAF_AGENDA_LATE:
      return say (C_ ("due date", "late"), "warning", style);
    case KAF_AGENDA_DONE:
      return say (C_ ("due date", "done"), "success", style);
    case KAF_AGENDA_OFF:
      return say (C_ ("due date", "lapsed"), NULL, style);
    case KAF_AGENDA_OPEN:
    default:
      return say (C_ ("due date", "to do"), "accent", style);
    }
}

static void
add_part (GString *line, const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", part);
}

/* "10:00 – 12:30". (transfer full) (nullable) */
static char *
tell_hours (const KafAgendaItem *self)
{
  if (self->starts_at == NULL || self->ends_at == NULL)
    return g_strdup (self->starts_at);
  return g_strdup_printf ("%s – %s", self->starts_at, self->ends_at);
}

char *
kaf_agenda_text_context (const KafAgendaItem *self)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *hours = tell_hours (self);
  const char *parts[] = { hours, self->where, self->person_name, self->who };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      {
        g_autofree char *isolated = kaf_bidi_isolate (parts[i]);

        add_part (line, isolated);
      }
  if (self->ref != NULL)
    {
      g_autofree char *ref = kaf_bidi_ltr (self->ref);

      add_part (line, ref);
    }
  return line->len > 0 ? kaf_bidi_line (line->str) : NULL;
}
