/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-refusal-text.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "rules/mission/kaf-mission-checks.h"

static const struct
{
  const char *why, *sentence;
} sentences[] = {
  { KAF_REFUSED_RIGHT, N_ ("Your account may not write this. Ask your administrator for the right, "
                           "or somebody who has it to make the change.") },
  { KAF_REFUSED_SCOPE,
    N_ ("It lies outside of what your account was given. The change is kept for a manager or a "
        "regional officer, who takes it over or sets it aside; you will be told.") },
  { KAF_REFUSED_DELETE,
    N_ ("Part of the record is not yours to remove. Ask somebody who may write all of "
        "it.") },
  { KAF_REFUSED_VALUE,
    N_ ("The server does not take this value. Correct it in the form and save again.") },
  { KAF_REFUSED_NAMES, N_ ("It names a record that the server does not have: that one was not "
                           "taken, or was deleted. Choose another and save again.") },
  { KAF_REFUSED_MISSING,
    N_ ("The server does not have this record, or your account may not see it. "
        "It stays on this computer alone; ask your administrator.") },
  { KAF_REFUSED_PERMANENT,
    N_ ("What is written once is not changed. Add another entry that corrects it.") },
  { KAF_REFUSED_STATE, N_ ("The record had moved on by then. Look at it, and make the change again "
                           "if it is still right.") },
  { KAF_REFUSED_STALE,
    N_ ("Somebody else moved the mission first, so this step was taken back here. Look at where "
        "the mission stands now, and do it again if it is still to be done.") },
  { KAF_REFUSED_BEFORE,
    N_ ("The step before this one was not taken by the server, so this one was taken back with it. "
        "That one says what it lacks: put it right first, then leave both steps again.") },
  { KAF_REFUSED_APPROVAL,
    N_ ("This is for somebody who approves to decide, so it was taken back here. Ask a manager, "
        "or record the decision on paper: name, function, date and scan.") },
  { KAF_REFUSED_EDITOR,
    N_ ("You have edited what was to be approved, from this computer or another, so the approval "
        "was taken back here. Somebody else approves it, or the decision is recorded on paper.") },
  { KAF_REFUSED_REASON, N_ ("A reason is asked for this and none was given, so it was taken back "
                            "here. Do it again with the reason.") },
  { KAF_REFUSED_PAPER,
    N_ ("A decision on paper needs the name and function of who took it, its day and the scan, a "
        "file of this mission. It was taken back here: record it again with all four.") },
  { KAF_REFUSED_CHECK,
    N_ ("This step has no such condition, or it is not one that a reason settles, so it was taken "
        "back here. Look at what the step asks now.") },
  { KAF_REFUSED_GATES,
    N_ ("The step was not left: the server does not have all that it asks for, so this was taken "
        "back here. Open the mission, put right what is named, and leave the step again.") },
  { KAF_REFUSED_VALIDATED,
    N_ ("The line was validated at step 6 and stays as it was. Write an adjustment with its "
        "reason, or reopen step 6 first.") },
  { KAF_REFUSED_AMOUNT, N_ ("The amounts of this line do not add up to what a budget can hold. "
                            "Correct the amount and save again.") },
  { KAF_REFUSED_PUBLISHED,
    N_ ("Somebody has published these scoring rules: they stay as they are. Make a new version of "
        "them with what you wanted to change.") },
  { KAF_REFUSED_CLOSED,
    N_ ("Somebody else closed this month first: those figures stand, and these were taken back "
        "here.") },
  { KAF_REFUSED_MINUTES,
    N_ ("The minutes of this meeting are approved and stay as they are. How far "
        "a decision is may still be noted.") },
  { KAF_REFUSED_SAMPLE,
    N_ ("The server takes no sample data. Remove it from this computer, or keep "
        "it in a store of its own.") },
  { KAF_REFUSED_TAKEN,
    N_ ("It was taken over: it stands at the server in the name of who answers for that place. "
        "You can let go of it.") },
  { KAF_REFUSED_ASIDE,
    N_ ("Who answers for that place has set it aside: it does not stand at the server.") },
  { NULL,
    N_ ("The server could not read this change. Update Kafaat, or tell your administrator.") },
};

/* What each check asks, and how it is mended. A check of a later program is told by the first sentence alone. */
static void
add_checks (GString *text, const char *codes)
{
  g_auto (GStrv) each = g_strsplit (codes, " ", -1);

  for (guint i = 0; each[i] != NULL; i++)
    {
      const KafMissionRule *rule = kaf_mission_rule_find (each[i]);

      if (rule == NULL)
        continue;
      g_string_append_c (text, '\n');
      /* Translators: what a step asks for, and what to do about it */
      g_string_append_printf (text, _ ("%s: %s"), _ (rule->label), _ (rule->rule.advice));
    }
}

/* Of several fields that were typed, the one that was not taken. */
static void
add_field (GString *text, const KafRefusal *self)
{
  for (guint i = 0; self->fields->len > 1 && i < self->fields->len; i++)
    {
      const KafRefusedField *one = g_ptr_array_index (self->fields, i);

      if (!g_str_equal (one->field->id, self->about) || !kaf_refusal_tells_field (self, one))
        continue;
      g_string_append_c (text, '\n');
      /* Translators: %s is the name of the field that the server did not take. */
      g_string_append_printf (text, C_ ("refused edit", "Field: %s"), _ (one->field->label));
    }
}

/* @about: the account, a tab and the reason. */
static void
add_settler (GString *text, const char *about)
{
  g_auto (GStrv) cells = g_strsplit (about, "\t", 2);
  g_autofree char *who = kaf_bidi_isolate (cells[0]);

  g_string_append_c (text, '\n');
  if (cells[0] != NULL && cells[1] != NULL && *cells[1] != '\0')
    {
      g_autofree char *reason = kaf_bidi_isolate (cells[1]);

      /* Translators: the account of who set a change aside, and the reason as it was typed */
      g_string_append_printf (text, C_ ("refused edit", "%s: “%s”"), who, reason);
    }
  else
    /* Translators: the account of who took a change over */
    g_string_append_printf (text, C_ ("refused edit", "Settled by: %s"), who);
}

char *
kaf_refusal_explain (const KafRefusal *self)
{
  g_autoptr (GString) text = NULL;
  guint i = 0;

  while (sentences[i].why != NULL && g_strcmp0 (sentences[i].why, self->why) != 0)
    i++;
  text = g_string_new (_ (sentences[i].sentence));
  if (self->about == NULL)
    return g_string_free (g_steal_pointer (&text), FALSE);
  if (g_strcmp0 (self->why, KAF_REFUSED_GATES) == 0)
    add_checks (text, self->about);
  else if (kaf_refusal_is_settled (self))
    add_settler (text, self->about);
  else
    add_field (text, self);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
kaf_refusal_is_act (const KafRefusal *self)
{
  return g_str_equal (self->entity->id, "mission_act");
}

/* What an act is made of beside what a person typed. */
static const char *const of_acts[] = { "mission", "kind",  "step",    "after",
                                       "code",    "about", "content", NULL };

gboolean
kaf_refusal_tells_field (const KafRefusal *self, const KafRefusedField *field)
{
  return !kaf_refusal_is_act (self) || !g_strv_contains (of_acts, field->field->id);
}

static const KafRefusedField *
find_field (const KafRefusal *self, const char *field)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const KafRefusedField *one = g_ptr_array_index (self->fields, i);

      if (g_str_equal (one->field->id, field))
        return one;
    }
  return NULL;
}

/* NULL: it does not say which step, or what was done. */
static char *
name_act (const KafRefusal *self)
{
  const KafRefusedField *step = find_field (self, "step");
  const KafRefusedField *kind = find_field (self, "kind");
  guint number =
      step != NULL && step->value != NULL ? (guint) g_ascii_strtoull (step->value, NULL, 10) : 0;

  if (number == 0 || kind == NULL || kind->value == NULL)
    return NULL;
  if (g_str_equal (kind->value, "leave"))
    /* Translators: the number and the name of a step of a mission: "Step 5 · Feasibility: refused" */
    return g_strdup_printf (C_ ("refused edit", "Step %u · %s: refused"), number,
                            kaf_mission_step_name (number));
  /* Translators: the last %s is what was done: "Step reopened" */
  return g_strdup_printf (C_ ("refused edit", "Step %u · %s: refused (%s)"), number,
                          kaf_mission_step_name (number), kind->text);
}

const char *
kaf_refusal_name_kind (KafChangeKind kind)
{
  if (kind == KAF_CHANGE_CREATE)
    return C_ ("refused edit", "New record");
  if (kind == KAF_CHANGE_DELETE)
    return C_ ("refused edit", "Deletion");
  return kind == KAF_CHANGE_RESTORE ? C_ ("refused edit", "Deletion taken back") : NULL;
}

char *
kaf_refusal_name_edit (const KafRefusal *self)
{
  g_autoptr (GString) name = g_string_new (NULL);
  char *act = kaf_refusal_is_act (self) ? name_act (self) : NULL;

  if (act != NULL)
    return act;
  if (self->kind != KAF_CHANGE_UPDATE)
    return g_strdup (kaf_refusal_name_kind (self->kind));
  for (guint i = 0; i < self->fields->len; i++)
    {
      const KafRefusedField *one = g_ptr_array_index (self->fields, i);

      g_string_append_printf (name, "%s%s", i > 0 ? " · " : "", _ (one->field->label));
    }
  return g_string_free (g_steal_pointer (&name), FALSE);
}

char *
kaf_refusal_to_text (const KafRefusal *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const KafRefusedField *one = g_ptr_array_index (self->fields, i);

      if (!kaf_refusal_tells_field (self, one))
        continue;
      if (self->fields->len > 1)
        g_string_append_printf (text, "%s%s: ", text->len > 0 ? "\n" : "", _ (one->field->label));
      g_string_append (text, one->text != NULL ? one->text : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
