/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/kaf-convention-tree.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "rules/convention/kaf-commitment-text.h"
#include "rules/convention/kaf-convention-text.h"
#include "store/kaf-conventions.h"
#include "store/kaf-read.h"
#include "store/kaf-settings.h"
#include "store/kaf-signature.h"

typedef struct
{
  KafCli *cli;
  KafConventions *all;
  KafDay today;
  guint lapse_days, soon_days; /* of an end, of a commitment */
} Tree;

static void
tree_clear (Tree *self)
{
  g_clear_pointer (&self->all, kaf_conventions_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tree, tree_clear)

static gboolean
tree_read (Tree *self, KafCli *cli, const char *id, GError **error)
{
  g_autofree char *today = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (cli->db)));
  g_autofree char *lapse = kaf_read_setting (cli->db, KAF_SETTING_LAPSE_FIRST_DAYS, NULL);
  g_autofree char *soon = kaf_read_setting (cli->db, KAF_SETTING_COMMITMENT_SOON_DAYS, NULL);

  *self = (Tree){ .cli = cli, .today = kaf_day_parse (today) };
  self->lapse_days = (guint) g_ascii_strtoull (lapse, NULL, 10);
  self->soon_days = (guint) g_ascii_strtoull (soon, NULL, 10);
  self->all = kaf_conventions_read (cli->db, id, KAF_CONVENTIONS_ALL, cli->lang, NULL, error);
  return self->all != NULL;
}

static char *
read_party (const Tree *self, const char *id)
{
  g_autofree char *title =
      kaf_read_short_title (self->cli->db, "organisation", id, self->cli->lang);

  return title != NULL ? g_steal_pointer (&title) : g_strdup ("—");
}

/* Text */

static void
print_signatories (const Tree *self, const KafConvention *act, const char *indent)
{
  for (guint i = 0; i < act->signatories->len; i++)
    {
      g_autoptr (KafSignature) signature = kaf_signature_read (
          self->cli->db, g_ptr_array_index (act->signatories, i), act->signed_on, self->cli->lang);
      g_autofree char *text = kaf_signature_describe (signature, self->cli->lang);

      g_print ("%s✎ %s\n", indent, *text != '\0' ? text : "—");
    }
}

static void
print_commitments (const Tree *self, const KafConvention *act, const char *indent)
{
  for (guint i = 0; i < act->commitments->len; i++)
    {
      const KafCommitment *one = g_ptr_array_index (act->commitments, i);
      KafCommitmentStanding standing = kaf_commitment_stand (one, self->today, self->soon_days);
      g_autofree char *party = read_party (self, one->party);
      g_autofree char *state =
          kaf_commitment_describe_state (one, &standing, self->today, self->cli->lang, NULL);
      g_autofree char *due = kaf_commitment_describe_due (one, &standing, self->cli->lang);

      g_print ("%s• %s: %s [%s%s%s]\n", indent, party, one->text, state, due != NULL ? ", " : "",
               due != NULL ? due : "");
    }
}

static void
print_act (const Tree *self, const KafConvention *act, const char *before, gboolean last)
{
  gboolean is_root = act->parent == NULL;
  g_autoptr (KafStanding) standing = kaf_convention_stand (act, self->today);
  g_autofree char *state =
      kaf_standing_describe_state (standing, self->today, self->lapse_days, self->cli->lang, NULL);
  g_autofree char *term = kaf_standing_describe_term (standing, act, self->cli->lang);
  g_autofree char *below = g_strconcat (before, is_root ? "" : last ? "   " : "│  ", NULL);
  g_autofree char *facts = g_strconcat (below, act->children->len > 0 ? "│    " : "     ", NULL);

  g_print ("%s%s%s  %s  [%s]\n", before,
           is_root ? ""
           : last  ? "└─ "
                   : "├─ ",
           act->title != NULL ? act->title : "—", act->ref != NULL ? act->ref : "", state);
  if (standing->state >= KAF_CONVENTION_IN_FORCE && !g_str_equal (term, state))
    g_print ("%s%s\n", facts, term);
  print_signatories (self, act, facts);
  print_commitments (self, act, facts);
  for (guint i = 0; i < act->children->len; i++)
    print_act (self, g_ptr_array_index (act->children, i), below, i + 1 == act->children->len);
}

gboolean
kaf_convention_tree_print (KafCli *cli, const char *id, GError **error)
{
  g_auto (Tree) self = { 0 };

  if (!tree_read (&self, cli, id, error))
    return FALSE;
  for (guint i = 0; i < self.all->roots->len; i++)
    print_act (&self, g_ptr_array_index (self.all->roots, i), "", TRUE);
  return TRUE;
}

/* JSON */

static void
add_day (JsonBuilder *builder, const char *name, KafDay day)
{
  g_autofree char *iso = kaf_day_to_iso (day);

  kaf_cli_add_text (builder, name, iso);
}

static void
add_parties (const Tree *self, const KafStanding *standing, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "parties");
  json_builder_begin_array (builder);
  for (guint i = 0; i < standing->parties->len; i++)
    {
      const KafParty *party = &g_array_index (standing->parties, KafParty, i);
      g_autofree char *title = read_party (self, party->organisation);

      json_builder_begin_object (builder);
      kaf_cli_add_text (builder, "id", party->organisation);
      kaf_cli_add_text (builder, "title", title);
      kaf_cli_add_text (builder, "by", party->by->ref);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_signatories (const Tree *self, const KafConvention *act, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "signatories");
  json_builder_begin_array (builder);
  for (guint i = 0; i < act->signatories->len; i++)
    {
      g_autoptr (KafSignature) signature = kaf_signature_read (
          self->cli->db, g_ptr_array_index (act->signatories, i), act->signed_on, self->cli->lang);

      json_builder_begin_object (builder);
      kaf_cli_add_text (builder, "person", signature->person);
      kaf_cli_add_text (builder, "office", signature->office);
      kaf_cli_add_text (builder, "organisation", signature->organisation);
      json_builder_set_member_name (builder, "in_office");
      json_builder_add_boolean_value (builder, signature->in_office);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_commitments (const Tree *self, const KafConvention *act, JsonBuilder *builder)
{
  static const char *const states[] = {
    [KAF_COMMITMENT_UNDATED] = "undated",   [KAF_COMMITMENT_UPCOMING] = "upcoming",
    [KAF_COMMITMENT_SOON] = "soon",         [KAF_COMMITMENT_OVERDUE] = "overdue",
    [KAF_COMMITMENT_KEPT] = "kept",         [KAF_COMMITMENT_WAIVED] = "waived",
    [KAF_COMMITMENT_REPLACED] = "replaced", [KAF_COMMITMENT_LAPSED] = "lapsed",
  };

  json_builder_set_member_name (builder, "commitments");
  json_builder_begin_array (builder);
  for (guint i = 0; i < act->commitments->len; i++)
    {
      const KafCommitment *one = g_ptr_array_index (act->commitments, i);
      KafCommitmentStanding standing = kaf_commitment_stand (one, self->today, self->soon_days);

      json_builder_begin_object (builder);
      kaf_cli_add_text (builder, "ref", one->ref);
      kaf_cli_add_text (builder, "party", one->party);
      kaf_cli_add_text (builder, "text", one->text);
      kaf_cli_add_text (builder, "state", states[standing.state]);
      add_day (builder, "due", standing.due);
      kaf_cli_add_int (builder, "done", standing.done);
      kaf_cli_add_int (builder, "of", standing.of);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_act (const Tree *self, const KafConvention *act, JsonBuilder *builder)
{
  static const char *const kinds[] = { "framework", "specific", "amendment" };
  static const char *const states[] = { "draft",    "negotiation", "abandoned", "signed",
                                        "in_force", "expired",     "terminated" };
  static const char *const terms[] = { "unknown", "stated", "open" };
  g_autoptr (KafStanding) standing = kaf_convention_stand (act, self->today);

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "id", act->id);
  kaf_cli_add_text (builder, "ref", act->ref);
  kaf_cli_add_text (builder, "title", act->title);
  kaf_cli_add_text (builder, "kind", kinds[act->kind]);
  kaf_cli_add_text (builder, "state", states[standing->state]);
  kaf_cli_add_text (builder, "term", terms[standing->term]);
  kaf_cli_add_text (builder, "term_by", standing->term_by->ref);
  add_day (builder, "signed_on", act->signed_on);
  add_day (builder, "from", standing->from);
  add_day (builder, "until", standing->until);
  kaf_cli_add_int (builder, "renewals", standing->n_renewals);
  add_parties (self, standing, builder);
  add_signatories (self, act, builder);
  add_commitments (self, act, builder);
  json_builder_set_member_name (builder, "children");
  json_builder_begin_array (builder);
  for (guint i = 0; i < act->children->len; i++)
    add_act (self, g_ptr_array_index (act->children, i), builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

gboolean
kaf_convention_tree_to_json (KafCli *cli, const char *id, JsonBuilder *builder, GError **error)
{
  g_auto (Tree) self = { 0 };

  if (!tree_read (&self, cli, id, error))
    return FALSE;
  json_builder_set_member_name (builder, "tree");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self.all->roots->len; i++)
    add_act (&self, g_ptr_array_index (self.all->roots, i), builder);
  json_builder_end_array (builder);
  return TRUE;
}
