/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/app/kaf-home-todo.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "ui/app/kaf-application.h"
#include "ui/sync/kaf-sync-text.h"
#include "ui/todo/kaf-todo-text.h"

#define DRAFTS_SHOWN 3

static char *
name_draft (const KafDraft *draft)
{
  const char *entity = g_dgettext (GETTEXT_PACKAGE, draft->entity->label);

  if (g_str_equal (draft->slot, "new") || g_str_has_prefix (draft->slot, "new:"))
    /* Translators: kind of record, as "Expert" */
    return g_strdup_printf (_ ("Draft: new record, %s"), entity);
  return g_strdup_printf (_ ("Draft: change of a record, %s"), entity);
}

static KafHomeRow *
fill_drafts (KafHomePart *part, KafHomeRow *row, const KafHomeStart *start)
{
  for (guint i = 0; i < start->drafts->len && i < DRAFTS_SHOWN; i++)
    {
      const KafDraft *draft = g_ptr_array_index (start->drafts, i);
      g_autofree char *title = name_draft (draft);
      g_autofree char *when = kaf_time_format (draft->when, kaf_application_get_lang ());
      g_autofree char *line = kaf_bidi_line (when);

      row = kaf_home_part_next_row (part, row);
      kaf_home_row_set_text (row, "document-edit-symbolic", title, line);
      kaf_home_row_set_pill (row, _ ("to finish"), "accent");
      kaf_home_row_set_target (row, "win.open-draft",
                               g_variant_new ("(ss)", draft->entity->id, draft->slot));
    }
  return row;
}

/* What the sync leaves to a person. */
static KafHomeRow *
fill_sync (KafHomePart *part, KafHomeRow *row, const KafHomeStart *start)
{
  KafLang lang = kaf_application_get_lang ();

  if (start->n_conflicts > 0)
    {
      g_autofree char *title = kaf_sync_text_conflicts (start->n_conflicts, lang);

      row = kaf_home_part_next_row (part, row);
      kaf_home_row_set_text (row, "view-refresh-symbolic", title,
                             _ ("Two persons changed the same field"));
      kaf_home_row_set_pill (row, _ ("to settle"), "warning");
      kaf_home_row_set_target (row, "win.show-conflicts", NULL);
    }
  if (start->n_rejected > 0)
    {
      g_autofree char *title = kaf_sync_text_rejected (start->n_rejected, lang);

      row = kaf_home_part_next_row (part, row);
      kaf_home_row_set_text (row, "dialog-warning-symbolic", title,
                             _ ("What you typed is kept here; see why, and what can be done."));
      kaf_home_row_set_pill (row, _ ("to look at"), "warning");
      kaf_home_row_set_target (row, "win.show-conflicts", NULL);
    }
  return row;
}

/* What each count says: a sentence, and why it matters. */
static char *
describe_count (KafHomeCountKind kind, gint64 n)
{
  g_autofree char *shown = kaf_number_format (n, kaf_application_get_lang ());

  switch (kind)
    {
    case KAF_HOME_OLD:
      return g_strdup_printf (ngettext ("%s expert to confirm", "%s experts to confirm", n), shown);
    case KAF_HOME_NEVER:
      return g_strdup_printf (
          ngettext ("%s expert never confirmed", "%s experts never confirmed", n), shown);
    case KAF_HOME_NO_ARABIC:
      return g_strdup_printf (ngettext ("%s name without Arabic", "%s names without Arabic", n),
                              shown);
    case KAF_HOME_NO_LATIN:
      return g_strdup_printf (ngettext ("%s name in Arabic only", "%s names in Arabic only", n),
                              shown);
    case KAF_HOME_UNVERIFIED:
    case KAF_HOME_NO_CONTACT:
    case KAF_HOME_NO_CONSENT:
    case KAF_HOME_BOTH_SCRIPTS:
    case KAF_HOME_N_COUNTS:
    default:
      g_return_val_if_reached (NULL);
    }
}

static KafHomeRow *
fill_counts (KafHomePart *part, KafHomeRow *row, const KafHomeStart *start, const KafHomeRest *rest)
{
  static const struct
  {
    const char *icon;
    const char *subtitle; /* N_() */
    const char *pill;     /* N_() */
    const char *style;
  } looks[] = {
    [KAF_HOME_OLD] = { "dialog-warning-symbolic", N_ ("Confirmed more than a year ago"),
                       N_ ("to confirm"), "warning" },
    [KAF_HOME_NEVER] = { "content-loading-symbolic", N_ ("Nobody has checked the record yet"),
                         N_ ("to confirm"), NULL },
    [KAF_HOME_NO_ARABIC] = { "document-edit-symbolic", N_ ("The name is in Latin script alone"),
                             N_ ("to complete"), NULL },
    [KAF_HOME_NO_LATIN] = { "document-edit-symbolic", N_ ("The name has no Latin script"),
                            N_ ("to complete"), NULL },
  };

  for (int kind = 0; kind < KAF_HOME_N_WAITING; kind++)
    {
      const KafHomeCount *count = &rest->counts[kind];
      g_autofree char *title = NULL;
      g_autofree char *json = NULL;

      if (count->n == 0 || !start->mends[kind])
        continue;
      title = describe_count (kind, count->n);
      json = kaf_query_to_json (count->query);
      row = kaf_home_part_next_row (part, row);
      kaf_home_row_set_text (row, looks[kind].icon, title, _ (looks[kind].subtitle));
      kaf_home_row_set_pill (row, _ (looks[kind].pill), looks[kind].style);
      kaf_home_row_set_target (row, "win.show-query", g_variant_new_string (json));
    }
  return row;
}

/* Of the rules: those that are late, or those that are not. What is only worth knowing is for the whole list. */
static KafHomeRow *
fill_findings (KafHomePart *part, KafHomeRow *row, const KafHomeRest *rest, gboolean late)
{
  const KafFindings *findings = rest->todo->findings;

  for (guint i = 0; i < findings->list->len; i++)
    {
      const KafFinding *finding = g_ptr_array_index (findings->list, i);
      g_autofree char *sentence = NULL;
      g_autofree char *context = NULL;
      g_autofree char *day = NULL;
      const char *style;
      const char *word;

      if ((finding->urgency == KAF_URGENCY_LATE) != late || finding->id == NULL ||
          finding->urgency == KAF_URGENCY_MILD)
        continue;
      sentence = kaf_todo_text_sentence (finding);
      context = kaf_todo_text_context (finding);
      word = kaf_todo_text_urgency (finding, findings->day, &style);
      /* What is to come shows its day; of what is late the sentence tells it. */
      if (finding->urgency != KAF_URGENCY_LATE && finding->due != findings->day)
        day = kaf_todo_text_day (finding, rest->lang);
      row = kaf_home_part_next_row (part, row);
      kaf_home_row_set_text (row, kaf_todo_text_icon (finding), sentence, context);
      kaf_home_row_set_pill (row, day != NULL ? day : word, style);
      kaf_home_row_set_target (row, "win.open-record",
                               g_variant_new ("(ss)", finding->rule->entity, finding->id));
    }
  return row;
}

void
kaf_home_todo_fill (KafHomePart *part, const KafHomeStart *start, const KafHomeRest *rest)
{
  KafHomeRow *last = NULL;

  if (rest != NULL)
    last = fill_findings (part, last, rest, TRUE);
  last = fill_sync (part, last, start);
  last = fill_drafts (part, last, start);
  if (rest != NULL)
    {
      last = fill_findings (part, last, rest, FALSE);
      last = fill_counts (part, last, start, rest);
    }
  kaf_home_part_end_rows (part, last, rest != NULL ? _ ("Nothing waits for you.") : _ ("Looking…"));
}
