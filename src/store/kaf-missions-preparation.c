/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What steps 1 to 5 and 7 gather: needs and those concerned, sessions, rooms, costs, equipment, conventions. */
#include "config.h"

#include "store/kaf-missions-private.h"

#include <string.h>

#include "store/kaf-conventions.h"
#include "rules/network/kaf-mandate.h"

#define STEPS_NEEDS (1 << 1 | 1 << 2 | 1 << 3)
#define STEPS_CONTACTS (1 << 1 | 1 << 2 | 1 << 3)
#define STEPS_PARTIES (1 << 1 | 1 << 2 | 1 << 3 | 1 << 6 | 1 << 7 | 1 << 10)
#define STEPS_ITEMS (1 << 4 | 1 << 5 | 1 << 6 | 1 << 7 | 1 << 8)
#define STEPS_LINES (1 << 5 | 1 << 7 | 1 << 8 | 1 << 10)
#define STEPS_CONVENTIONS (1 << 5 | 1 << 7)

/* Needs */

static void
free_twins (gpointer data)
{
  KafTwins *twins = data;

  g_free (twins->first);
  g_free (twins->last);
  g_free (twins);
}

#define TWINS                                                                                                \
  "SELECT n.territory, s.value, min (" KAF_MISSION_ID_OF (                                                   \
      "n.rid") "),"                                                                                          \
               " max (" KAF_MISSION_ID_OF (                                                                  \
                   "n.rid") ") FROM need n%s CROSS JOIN need_set s ON s.rid = n.rid AND s.field = 'domains'" \
                            " AND s.removed IS NULL WHERE n.deleted_at IS NULL AND n.state = 'open'"         \
                            " AND n.territory %s GROUP BY 1, 2"

static gboolean
add_twins (KafMissionReading *self, const char *sql, const char *territory, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (self->db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  if (territory != NULL)
    kaf_statement_bind_text (statement, 1, territory);
  while (kaf_database_step (self->db, statement, &local))
    {
      KafTwins *twins = g_new0 (KafTwins, 1);

      twins->first = g_strdup (kaf_statement_text (statement, 2));
      twins->last = g_strdup (kaf_statement_text (statement, 3));
      g_hash_table_replace (self->twins,
                            g_strconcat (kaf_statement_text (statement, 0), "\n",
                                         kaf_statement_text (statement, 1), NULL),
                            twins);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static void
make_twins (KafMissionReading *self)
{
  if (self->twins == NULL)
    self->twins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_twins);
}

gboolean
kaf_mission_read_twins (KafMissionReading *self, GError **error)
{
  g_autofree char *sql = g_strdup_printf (TWINS, "", "IS NOT NULL");

  make_twins (self);
  return add_twins (self, sql, NULL, error);
}

/* Another open need of the territory and one of the domains; the same whether one mission is read or all. */
static const char *
find_same_open (KafMissionReading *self, const KafNeed *need, const char *domains)
{
  g_auto (GStrv) codes = domains != NULL ? g_strsplit (domains, "\n", -1) : NULL;
  const char *found = NULL;

  if (need->territory == NULL || codes == NULL)
    return NULL;
  make_twins (self);
  if ((!self->many || self->rows != NULL) && !g_hash_table_contains (self->twins, need->territory))
    {
      g_autofree char *sql = g_strdup_printf (TWINS, " INDEXED BY need__territory", "= ?1");

      add_twins (self, sql, need->territory, NULL);
      g_hash_table_insert (self->twins, g_strdup (need->territory), g_new0 (KafTwins, 1));
    }
  for (char **code = codes; *code != NULL; code++)
    {
      g_autofree char *key = g_strconcat (need->territory, "\n", *code, NULL);
      const KafTwins *twins = g_hash_table_lookup (self->twins, key);
      const char *other = twins == NULL                          ? NULL
                          : strcmp (twins->first, need->id) != 0 ? twins->first
                          : strcmp (twins->last, need->id) != 0  ? twins->last
                                                                 : NULL;

      if (other != NULL && (found == NULL || strcmp (other, found) < 0))
        found = other;
    }
  return kaf_mission_keep (self->mission, found);
}

static void
take_need (KafMissionReading *self, KafStatement *row)
{
  KafNeed *need;

  if (sqlite3_column_type (row, 3) == SQLITE_NULL)
    {
      self->mission->partial |= self->is_part;
      return;
    }
  need = kaf_mission_add_need (self->mission, kaf_statement_text (row, 2));
  need->link = kaf_mission_get_text (self, row, 1);
  need->title = kaf_mission_get_either (self, row, 4);
  need->audience = kaf_mission_get_either (self, row, 6);
  need->territory = kaf_mission_get_text (self, row, 8);
  need->daily_practice = (int) kaf_mission_get_number (row, 9, -1);
  need->open = g_strcmp0 (kaf_statement_text (row, 10), "open") == 0;
  need->stated_on = kaf_mission_get_day (row, 11);
  need->confirmed_on = kaf_mission_get_day (row, 12);
  need->same_open = find_same_open (self, need, kaf_statement_text (row, 13));
}

/* What an organisation is to a need where nothing is said. */
static const char *
kind_of_organisation (const char *kind)
{
  static const char *const kinds[][2] = {
    { "local_authority", "authority" },
    { "provincial_council", "elected" },
    { "regional_council", "elected" },
    { "ministry", "service" },
    { "public_establishment", "institution" },
    { "university", "institution" },
    { "association", "association" },
    { "ngo", "association" },
    { "network", "network" },
    { "funder", "funder" },
    { "consulate", "authority" },
    { "company", "professionals" },
  };

  for (guint i = 0; kind != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i][0], kind))
      return kinds[i][1];
  return NULL;
}

static void
take_stakeholder (KafMissionReading *self, KafStatement *row)
{
  KafNeed *need = NULL;
  KafStakeholder *one;

  for (guint i = 0; i < self->mission->needs->len && need == NULL; i++)
    if (g_strcmp0 (((KafNeed *) self->mission->needs->pdata[i])->id, kaf_statement_text (row, 2)) ==
        0)
      need = self->mission->needs->pdata[i];
  if (need == NULL)
    return;
  one = kaf_need_add_stakeholder (self->mission, need, kaf_statement_text (row, 1));
  one->organisation = kaf_mission_get_text (self, row, 3);
  one->name = kaf_mission_get_text (self, row, 4);
  one->kind = kaf_statement_text (row, 5) != NULL
                  ? kaf_mission_get_text (self, row, 5)
                  : kind_of_organisation (kaf_statement_text (row, 11));
  one->duty = kaf_mission_get_either (self, row, 6);
  one->gap = kaf_mission_get_either (self, row, 8);
  one->attitude = kaf_mission_get_text (self, row, 10);
}

static void
take_contact (KafMissionReading *self, KafStatement *row)
{
  KafMissionContact *one = kaf_mission_add_contact (self->mission, kaf_statement_text (row, 1));

  one->organisation = kaf_mission_get_text (self, row, 2);
  one->person = kaf_mission_get_text (self, row, 3);
  one->stakeholder = kaf_mission_get_text (self, row, 4);
  one->purpose = kaf_mission_get_text (self, row, 5);
  one->attitude = kaf_mission_get_text (self, row, 6);
  one->held_on = kaf_mission_get_day (row, 7);
  one->reached = (guint) MAX (sqlite3_column_int (row, 8), 0);
}

void
kaf_mission_count_contacts (KafMission *mission, KafStakeholder *stakeholder)
{
  for (guint i = 0; i < mission->contacts->len; i++)
    {
      const KafMissionContact *contact = mission->contacts->pdata[i];
      gboolean with = g_strcmp0 (contact->stakeholder, stakeholder->id) == 0 ||
                      (stakeholder->organisation != NULL &&
                       g_strcmp0 (contact->organisation, stakeholder->organisation) == 0);

      if (!with)
        continue;
      stakeholder->n_contacts++;
      if (contact->held_on != KAF_DAY_UNKNOWN && (stakeholder->last_contact == KAF_DAY_UNKNOWN ||
                                                  contact->held_on > stakeholder->last_contact))
        stakeholder->last_contact = contact->held_on;
    }
}

static void
take_party (KafMissionReading *self, KafStatement *row)
{
  KafMissionParty *one = kaf_mission_add_party (self->mission, kaf_statement_text (row, 1));

  one->organisation = kaf_mission_get_text (self, row, 2);
  one->role = kaf_mission_get_text (self, row, 3);
  one->answer = kaf_mission_get_text (self, row, 4);
  one->asked_on = kaf_mission_get_day (row, 5);
  one->answered_on = kaf_mission_get_day (row, 6);
  one->has_contact = sqlite3_column_int (row, 7) != 0;
  one->kind = kaf_mission_get_text (self, row, 8);
}

/* The programme */

static void
take_room (KafMissionReading *self, KafStatement *row)
{
  KafRoom *one = kaf_mission_add_room (self->mission, kaf_statement_text (row, 1));

  one->name = kaf_mission_get_text (self, row, 2);
  one->places = (int) kaf_mission_get_number (row, 3, -1);
}

static KafItemState
parse_item_state (const char *code)
{
  if (g_strcmp0 (code, "held") == 0)
    return KAF_ITEM_HELD;
  return g_strcmp0 (code, "cancelled") == 0 ? KAF_ITEM_CANCELLED : KAF_ITEM_PLANNED;
}

static void
take_item (KafMissionReading *self, KafStatement *row)
{
  KafItem *one = kaf_mission_add_item (self->mission, kaf_statement_text (row, 1));

  one->subject = kaf_mission_get_either (self, row, 2);
  one->in_both = kaf_statement_text (row, 2) != NULL && kaf_statement_text (row, 3) != NULL;
  one->day = kaf_mission_get_day (row, 4);
  one->afternoon = g_strcmp0 (kaf_statement_text (row, 5), "pm") == 0;
  one->theory = (guint) MAX (sqlite3_column_int (row, 6), 0);
  one->practice = (guint) MAX (sqlite3_column_int (row, 7), 0);
  one->trainer = kaf_mission_get_text (self, row, 8);
  one->second_trainer = kaf_mission_get_text (self, row, 9);
  one->room = kaf_mission_get_text (self, row, 10);
  one->language = kaf_mission_get_text (self, row, 11);
  one->state = parse_item_state (kaf_statement_text (row, 12));
}

static void
take_result (KafMissionReading *self, KafStatement *row)
{
  KafResult *one = kaf_mission_add_result (self->mission, kaf_statement_text (row, 1));

  one->text = kaf_mission_get_either (self, row, 2);
  one->target = kaf_mission_get_number (row, 4, -1);
  one->reached = kaf_mission_get_number (row, 5, -1);
  one->commented = sqlite3_column_int (row, 6) != 0;
}

/* Costs */

static void
cite (KafMissionReading *self, const char *convention)
{
  if (convention != NULL)
    g_ptr_array_add (self->cited, (gpointer) convention);
}

gboolean
kaf_mission_read_adjustments (KafMissionReading *self, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      self->db,
      "SELECT line, sum (amount) FROM budget_adjustment WHERE deleted_at IS NULL"
      " AND line IS NOT NULL GROUP BY 1",
      error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  self->adjusted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  while (kaf_database_step (self->db, statement, &local))
    {
      gint64 sum = sqlite3_column_int64 (statement, 1);

      g_hash_table_insert (self->adjusted, g_strdup (kaf_statement_text (statement, 0)),
                           g_memdup2 (&sum, sizeof sum));
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gint64
find_adjustment (KafMissionReading *self, const char *line)
{
  const gint64 *sum = g_hash_table_lookup (self->adjusted, line);

  return sum != NULL ? *sum : 0;
}

static void
take_line (KafMissionReading *self, KafStatement *row)
{
  KafBudgetLine *one = kaf_mission_add_line (self->mission, kaf_statement_text (row, 1));

  one->label = kaf_mission_get_either (self, row, 2);
  one->borrowed = kaf_statement_text (row, self->lang == KAF_LANG_AR ? 3 : 2) == NULL;
  one->category = kaf_mission_get_text (self, row, 4);
  one->payer = kaf_mission_get_text (self, row, 5);
  one->basis = kaf_mission_get_text (self, row, 6);
  one->quantity = kaf_mission_get_number (row, 7, 1);
  one->unit_price = kaf_mission_get_number (row, 8, -1);
  one->currency = kaf_mission_get_text (self, row, 9);
  one->committed = kaf_mission_get_number (row, 10, -1);
  one->spent = kaf_mission_get_number (row, 11, -1);
  one->settled_on = kaf_mission_get_day (row, 12);
  one->adjusted =
      self->adjusted != NULL ? find_adjustment (self, one->id) : sqlite3_column_int64 (row, 13);
  cite (self, one->basis);
}

static void
take_equipment (KafMissionReading *self, KafStatement *row)
{
  KafEquipment *one = kaf_mission_add_equipment (self->mission, kaf_statement_text (row, 1));

  one->label = kaf_mission_get_either (self, row, 2);
  one->state = kaf_mission_get_text (self, row, 4);
  one->needed_on = kaf_mission_get_day (row, 5);
}

/* Conventions */

static void
take_convention (KafMissionReading *self, KafStatement *row)
{
  kaf_mission_add_convention (self->mission, kaf_statement_text (row, 1));
  /* In their order, before those that lines cite: this part stands before the lines. */
  g_ptr_array_add (self->cited, (gpointer) kaf_mission_get_text (self, row, 2));
}

static gboolean
read_mandate (KafMissionReading *self, const char *id, GHashTable *mandates, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      self->db,
      "SELECT m.valid_from, m.valid_to, m.organisation, m.person FROM mandate m"
      " WHERE m.rid = " KAF_MISSION_ROW_OF ("?1", "mandate") " AND m.deleted_at IS NULL",
      error);
  GError *local = NULL;
  KafMandate *one;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, id);
  if (!kaf_database_step (self->db, statement, &local))
    {
      if (local != NULL)
        g_propagate_error (error, local);
      return local == NULL;
    }
  one = kaf_mandate_new (id, kaf_statement_text (statement, 0), kaf_statement_text (statement, 1));
  one->organisation = g_strdup (kaf_statement_text (statement, 2));
  one->person = g_strdup (kaf_statement_text (statement, 3));
  g_hash_table_replace (mandates, one->id, one);
  return TRUE;
}

static gboolean
read_mandates (KafMissionReading *self,
               const KafConvention *act,
               GHashTable *mandates,
               GError **error)
{
  for (guint i = 0; act != NULL && i < act->signatories->len; i++)
    {
      const KafSignatory *one = act->signatories->pdata[i];

      if (one->mandate != NULL && !g_hash_table_contains (mandates, one->mandate) &&
          !read_mandate (self, one->mandate, mandates, error))
        return FALSE;
    }
  return TRUE;
}

/* With all that it stands within. */
static gboolean
read_tree (KafMissionReading *self, KafConventions *here, const char *id, GError **error)
{
  KafConventions *tree;

  if (kaf_conventions_find (here, id) != NULL)
    return TRUE;
  tree = kaf_conventions_read (self->db, id, KAF_CONVENTIONS_SIGNATORIES, self->lang,
                               self->cancellable, error);
  if (tree == NULL)
    return FALSE;
  g_ptr_array_set_free_func (tree->acts, NULL);
  for (guint i = 0; i < tree->acts->len; i++)
    kaf_conventions_take (here, tree->acts->pdata[i]);
  kaf_conventions_free (tree);
  return TRUE;
}

static gboolean
prepare_conventions (KafMissionReading *self, GError **error)
{
  if (self->acts_here != NULL)
    return TRUE;
  self->mandates =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) kaf_mandate_free);
  self->acts_here = self->by_tree
                        ? kaf_conventions_new ()
                        : kaf_conventions_read (self->db, NULL, KAF_CONVENTIONS_SIGNATORIES,
                                                self->lang, self->cancellable, error);
  return self->acts_here != NULL;
}

static gboolean
tie_convention (KafMissionReading *self, guint i, GError **error)
{
  KafMission *mission = self->mission;
  const char *id = self->cited->pdata[i];
  KafConvention *act;

  if (self->by_tree && !read_tree (self, self->acts_here, id, error))
    return FALSE;
  act = kaf_conventions_find (self->acts_here, id);
  if (act == NULL)
    mission->partial |= self->is_part;
  if (i < mission->conventions->len)
    ((KafMissionConvention *) mission->conventions->pdata[i])->act = act;
  return read_mandates (self, act, self->mandates, error);
}

gboolean
kaf_mission_tie_conventions (KafMissionReading *self, GError **error)
{
  KafMission *mission = self->mission;

  if (self->cited->len == 0)
    return TRUE;
  if (!prepare_conventions (self, error))
    return FALSE;
  for (guint i = 0; i < self->cited->len; i++)
    if (!tie_convention (self, i, error))
      return FALSE;
  mission->acts_here = self->acts_here;
  mission->mandates = self->mandates;
  mission->borrows = self->many;
  if (!self->many)
    {
      self->acts_here = NULL;
      self->mandates = NULL;
    }
  return TRUE;
}

#define TARGET(alias, entity, column)                                                              \
  " LEFT JOIN \"" entity "\" " alias " ON " alias                                                  \
  ".rid = " KAF_MISSION_ROW_OF (column, entity) " AND " alias ".deleted_at IS NULL"
#define KIND_OF                                                                                    \
  "(SELECT o.kind FROM organisation o WHERE o.rid = " KAF_MISSION_ROW_OF ("x.organisation",        \
                                                                          "organisation") ")"

#define LINE_COLUMNS                                                                               \
  "SELECT w.id, h.id, x.label_fr, x.label_ar, x.category, x.payer, x.basis, x.quantity,"           \
  " x.unit_price, x.unit_price_currency, x.committed, x.spent, x.settled_on"

const KafMissionPart kaf_mission_parts_preparation[] = {
  { "SELECT w.id, " KAF_MISSION_ID
    ", x.need, n.rid, n.title_fr, n.title_ar, n.audience_fr, n.audience_ar,"
    " n.territory, n.daily_practice, n.state, n.stated_on, n.confirmed_on,"
    " (SELECT group_concat (s.value, char (10)) FROM need_set s WHERE s.rid = n.rid"
    " AND s.field = 'domains' AND s.removed IS NULL)" KAF_MISSION_ROWS ("mission_need")
        TARGET ("n", "need", "x.need") " WHERE x.deleted_at IS NULL",
    NULL, STEPS_NEEDS, take_need },
  { "SELECT w.id, " KAF_MISSION_ID_OF (
        "s.rid") ", x.need, s.organisation, s.name, s.kind,"
                 " s.duty_fr, s.duty_ar, s.gap_fr, s.gap_ar, s.attitude, (SELECT o.kind FROM organisation o"
                 " WHERE o.rid = " KAF_MISSION_ROW_OF ("s.organisation", "organisation") ")" KAF_MISSION_ROWS (
                     "mission_need") " CROSS JOIN stakeholder s INDEXED BY stakeholder__need"
                                     " ON s.need = x.need WHERE x.deleted_at IS NULL AND s.deleted_at IS NULL",
    NULL, STEPS_NEEDS, take_stakeholder },
  { "SELECT w.id, " KAF_MISSION_ID
    ", x.organisation, x.person, x.stakeholder, x.purpose, x.attitude, x.held_on,"
    " x.reached" KAF_MISSION_ROWS ("contact") " WHERE x.deleted_at IS NULL",
    NULL, STEPS_CONTACTS, take_contact },
  { "SELECT w.id, " KAF_MISSION_ID ", x.organisation, x.role, x.answer, x.asked_on, x.answered_on,"
    " x.contact_name IS NOT NULL OR x.contact_phone IS NOT NULL OR x.contact_email IS NOT NULL, " KIND_OF
        KAF_MISSION_ROWS ("mission_party") " WHERE x.deleted_at IS NULL",
    NULL, STEPS_PARTIES, take_party },
  { "SELECT w.id, " KAF_MISSION_ID
    ", x.name, x.places" KAF_MISSION_ROWS ("mission_room") " WHERE x.deleted_at IS NULL",
    NULL, STEPS_ITEMS, take_room },
  { "SELECT w.id, " KAF_MISSION_ID
    ", x.subject_fr, x.subject_ar, x.held_on, x.half, x.theory_minutes,"
    " x.practice_minutes, x.trainer, x.second_trainer, x.room, x.language, x.state" KAF_MISSION_ROWS (
        "programme_item") " WHERE x.deleted_at IS NULL",
    NULL, STEPS_ITEMS, take_item },
  { "SELECT w.id, " KAF_MISSION_ID ", x.text_fr, x.text_ar, x.target, x.reached,"
    " x.comment IS NOT NULL" KAF_MISSION_ROWS ("mission_result") " WHERE x.deleted_at IS NULL",
    NULL, 1 << 4 | 1 << 10, take_result },
  { "SELECT w.id, " KAF_MISSION_ID
    ", x.convention" KAF_MISSION_ROWS ("mission_convention") " WHERE x.deleted_at IS NULL",
    NULL, STEPS_CONVENTIONS, take_convention },
  { LINE_COLUMNS
    ", (SELECT sum (a.amount) FROM budget_adjustment a WHERE a.line = " KAF_MISSION_ID_OF (
        "x.rid") " AND a.deleted_at IS NULL)" KAF_MISSION_ROWS ("budget_line") " WHERE x.deleted_at IS NULL",
    LINE_COLUMNS KAF_MISSION_ROWS ("budget_line") " WHERE x.deleted_at IS NULL", STEPS_LINES,
    take_line },
  { "SELECT w.id, " KAF_MISSION_ID
    ", x.label_fr, x.label_ar, x.state, x.needed_on" KAF_MISSION_ROWS (
        "equipment") " WHERE x.deleted_at IS NULL",
    NULL, 1 << 5, take_equipment },
  { NULL, NULL, 0, NULL },
};
