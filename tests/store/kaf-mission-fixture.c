/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kaf-mission-fixture.h"

#include "store/kaf-database-private.h"

#define NEW(entity, ...) kaf_fixture_create (self, entity, NULL, __VA_ARGS__, NULL)

typedef struct
{
  char *mission, *organisation, *person, *convention;
} Ground;

static void
ground_clear (Ground *ground)
{
  g_free (ground->mission);
  g_free (ground->organisation);
  g_free (ground->person);
  g_free (ground->convention);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ground, ground_clear)

static void
add_need (KafFixture *self, const Ground *on)
{
  g_autofree char *need =
      NEW ("need", "title_fr", "Soins", "audience_fr", "Infirmiers", "territory", "MA-TIZ",
           "domains", "health", "state", "open", "daily_practice", "1", "stated_on", "2026-10-01");
  g_autofree char *other = NEW ("need", "title_fr", "Soins aussi", "territory", "MA-TIZ", "domains",
                                "health", "state", "open");
  g_autofree char *link = NEW ("mission_need", "mission", on->mission, "need", need);
  g_autofree char *stakeholder =
      NEW ("stakeholder", "need", need, "organisation", on->organisation, "duty_fr", "Accueillir");
  g_autofree char *one = NEW ("contact", "mission", on->mission, "organisation", on->organisation,
                              "held_on", "2026-11-02", "channel", "meeting", "subject", "Besoins",
                              "purpose", "awareness", "by_whom", "tester");
  g_autofree char *two = NEW ("contact", "mission", on->mission, "stakeholder", stakeholder,
                              "organisation", on->organisation, "held_on", "2026-11-10", "channel",
                              "call", "subject", "Suite", "by_whom", "tester");
  g_autofree char *party =
      NEW ("mission_party", "mission", on->mission, "organisation", on->organisation, "role",
           "host", "asked_on", "2026-11-03", "answer", "agrees", "answered_on", "2026-11-04",
           "contact_name", "Sana Idrissi");
}

static char *
add_expert (KafFixture *self, const Ground *on)
{
  g_autofree char *consent =
      NEW ("consent", "person", on->person, "purpose", "mission", "given_on", "2026-01-05");
  g_autofree char *busy = NEW ("availability", "person", on->person, "valid_from", "2027-01-11",
                               "valid_to", "2027-01-11", "part", "am", "kind", "busy");
  char *expert = NEW ("mission_expert", "mission", on->mission, "person", on->person, "answer",
                      "retained", "answered_on", "2026-11-05", "window_from", "2027-01-09",
                      "window_to", "2027-01-20", "arrives_on", "2027-01-09", "arrives_at", "14:30");

  return expert;
}

/* Another mission that has the expert on a day of this one. */
static void
add_rival (KafFixture *self, const Ground *on)
{
  g_autofree char *rival =
      NEW ("mission", "title_fr", "Autre", "starts_on", "2027-01-12", "ends_on", "2027-01-13");
  g_autofree char *expert =
      NEW ("mission_expert", "mission", rival, "person", on->person, "answer", "interested");
  g_autofree char *session = NEW ("programme_item", "mission", rival, "subject_fr", "Ailleurs",
                                  "held_on", "2027-01-12", "half", "pm", "second_trainer", expert);
}

static void
add_programme (KafFixture *self, const Ground *on, const char *expert)
{
  g_autofree char *room =
      NEW ("mission_room", "mission", on->mission, "name", "Salle 1", "places", "12");
  g_autofree char *loose = NEW ("programme_item", "mission", on->mission, "subject_ar", "درس");
  g_autofree char *session =
      NEW ("programme_item", "mission", on->mission, "subject_fr", "Pansements", "subject_ar",
           "الضمادات", "held_on", "2027-01-11", "half", "pm", "theory_minutes", "60",
           "practice_minutes", "120", "trainer", expert, "room", room, "language", "fr");
  g_autofree char *participant =
      NEW ("participant", "mission", on->mission, "name", "Brahim Tazi", "function", "Infirmier");
  g_autofree char *other =
      NEW ("participant", "mission", on->mission, "name", "Hind Amrani", "function", "Infirmière");
  g_autofree char *present =
      NEW ("attendance", "session", session, "participant", participant, "presence", "present");
  g_autofree char *absent =
      NEW ("attendance", "session", session, "participant", other, "presence", "absent");
  g_autofree char *result = NEW ("mission_result", "mission", on->mission, "text_fr", "Formés",
                                 "target", "12", "reached", "10", "comment", "Deux absents");
  g_autofree char *pair =
      NEW ("pair", "mission", on->mission, "expert", expert, "participant", participant);
  g_autofree char *follow =
      NEW ("follow_up", "mission", on->mission, "label_fr", "Visite", "kind", "visit", "pair", pair,
           "owner_name", "Sana Idrissi", "due_on", "2027-03-01");
}

static void
add_means (KafFixture *self, const Ground *on)
{
  g_autofree char *tie =
      NEW ("mission_convention", "mission", on->mission, "convention", on->convention);
  g_autofree char *line = NEW ("budget_line", "mission", on->mission, "label_fr", "Hôtel",
                               "category", "lodging", "quantity", "3", "unit_price", "45000 MAD",
                               "payer", on->organisation, "basis", on->convention);
  g_autofree char *more =
      NEW ("budget_adjustment", "line", line, "amount", "-5000 MAD", "reason", "Remise");
  g_autofree char *unpaid = NEW ("budget_line", "mission", on->mission, "label_fr", "Repas",
                                 "category", "meals", "quantity", "10");
  g_autofree char *tool = NEW ("equipment", "mission", on->mission, "label_fr", "Mannequin",
                               "state", "asked", "needed_on", "2027-01-10");
  g_autofree char *seat = NEW ("booking", "mission", on->mission, "kind", "travel", "label", "Vol",
                               "state", "wanted", "book_by", "2026-12-20");
  g_autofree char *paper =
      NEW ("material", "mission", on->mission, "title_fr", "Fiches", "handed_on", "2027-01-16");
  g_autofree char *answer =
      NEW ("evaluation", "mission", on->mission, "role", "trainee", "content_score", "4",
           "suggestion", "Demander à Mme Alaoui", "suggestion_use", "open");
}

char *
kaf_fixture_create_mission (KafFixture *self, const char *title)
{
  g_auto (Ground) on = { 0 };
  g_autofree char *expert = NULL;

  on.organisation =
      NEW ("organisation", "name_fr", "Province de Tiznit", "kind", "local_authority");
  on.person = NEW ("person", "family_name", "Bennis", "given_name", "Salma", "country", "FR",
                   "languages", "fr\tC2\nar\tnative", "confirmed_on", "2026-09-01");
  on.convention =
      NEW ("convention", "title_fr", "Cadre", "kind", "framework", "signed_on", "2026-01-10",
           "effective_on", "2026-01-10", "ends_on", "2028-01-10", "parties", on.organisation);
  on.mission = NEW ("mission", "title_fr", title, "territory", "MA-TIZ", "place_fr", "Tiznit",
                    "starts_on", "2027-01-11", "ends_on", "2027-01-15", "mode", "onsite",
                    "objective_fr", "Mieux soigner", "audience_fr", "Infirmiers", "ceiling",
                    "500000 MAD", "participants_planned", "12", "followed_by", "tester");
  add_need (self, &on);
  expert = add_expert (self, &on);
  add_rival (self, &on);
  add_programme (self, &on, expert);
  add_means (self, &on);
  return g_steal_pointer (&on.mission);
}

char *
kaf_fixture_create_act (KafFixture *self,
                        const char *mission,
                        const char *kind,
                        const char *step,
                        const char *after,
                        const char *content)
{
  return NEW ("mission_act", "mission", mission, "kind", kind, "step", step, "after", after,
              "content", content, "reason", "essai");
}

char *
kaf_fixture_where (KafFixture *self, const char *mission)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      self->db,
      "SELECT n.step || ' ' || n.state || CASE WHEN n.lapsed THEN ' lapsed' ELSE '' END"
      " FROM mission_now n JOIN head h ON h.rid = n.rid WHERE h.id = ?",
      NULL);

  g_assert_nonnull (statement);
  kaf_statement_bind_text (statement, 1, mission);
  return kaf_database_step (self->db, statement, NULL)
             ? g_strdup (kaf_statement_text (statement, 0))
             : NULL;
}

/* A mission as text */

#define SAY(...) g_string_append_printf (text, __VA_ARGS__)
#define S(string) ((string) != NULL ? (string) : "-")
#define N(number) ((long long) (number))

static void
dump_file (const KafMission *m, GString *text)
{
  SAY ("%s %s %s %d %s %s %s %s %s %s\n", m->id, S (m->ref), S (m->title), m->title_in_both,
       S (m->programme), S (m->lead), S (m->facilitator), S (m->territory), S (m->followed_by),
       S (m->mode));
  SAY ("has %d%d%d%d%d%d %d %d %s %d %u %lld %s %d %d %u\n", m->has_place, m->has_objective,
       m->has_audience, m->has_message_ar, m->has_method, m->programme_in_both, (int) m->starts_on,
       (int) m->ends_on, S (m->languages), m->participants_planned, m->n_participants,
       N (m->ceiling), S (m->currency), m->local_resources, (int) m->budget_closed_on, m->n_pairs);
  SAY ("content %s partial %d created %d %s\n", S (m->content), m->partial, (int) m->created_on,
       S (m->created_by));
  for (guint i = 0; i < m->acts->len; i++)
    {
      const KafAct *one = m->acts->pdata[i];

      SAY ("act %s %s %s %u %s %s %s %s %d\n", one->id, S (one->after), kaf_act_kind_id (one->kind),
           one->step, S (one->code), S (one->reason), S (one->content), S (one->by), one->pending);
    }
}

static void
dump_needs (const KafMission *m, GString *text)
{
  for (guint i = 0; i < m->needs->len; i++)
    {
      const KafNeed *need = m->needs->pdata[i];

      SAY ("need %s %s %s %s %s %d %d %d %d %s\n", need->id, S (need->link), S (need->title),
           S (need->audience), S (need->territory), need->daily_practice, need->open,
           (int) need->stated_on, (int) need->confirmed_on, S (need->same_open));
      for (guint j = 0; j < need->stakeholders->len; j++)
        {
          const KafStakeholder *one = need->stakeholders->pdata[j];

          SAY ("stakeholder %s %s %s %s %s %s %s %u %d\n", one->id, S (one->organisation),
               S (one->name), S (one->kind), S (one->duty), S (one->gap), S (one->attitude),
               one->n_contacts, (int) one->last_contact);
        }
    }
  for (guint i = 0; i < m->contacts->len; i++)
    {
      const KafMissionContact *one = m->contacts->pdata[i];

      SAY ("contact %s %s %s %s %d\n", one->id, S (one->organisation), S (one->stakeholder),
           S (one->purpose), (int) one->held_on);
    }
  for (guint i = 0; i < m->parties->len; i++)
    {
      const KafMissionParty *one = m->parties->pdata[i];

      SAY ("party %s %s %s %s %s %d %d %d\n", one->id, S (one->organisation), S (one->role),
           S (one->kind), S (one->answer), (int) one->asked_on, (int) one->answered_on,
           one->has_contact);
    }
}

static void
dump_experts (const KafMission *m, GString *text)
{
  for (guint i = 0; i < m->experts->len; i++)
    {
      const KafMissionExpert *one = m->experts->pdata[i];

      SAY ("expert %s %s %s %d-%d at %d %d here %d%d %s %s %d %d %d %d %d\n", one->id, one->person,
           S (one->answer), (int) one->window_from, (int) one->window_to, (int) one->arrives_on,
           one->arrives_minute, one->here, one->opposed, S (one->country), S (one->languages),
           one->consents, one->has_cv, (int) one->cv_on, (int) one->confirmed_on, one->in_network);
      for (guint j = 0; j < one->engagements->len; j++)
        {
          const KafEngagement *busy = one->engagements->pdata[j];

          SAY ("busy %d-%d %d%d %d %s\n", (int) busy->from, (int) busy->to, busy->morning,
               busy->afternoon, busy->kind, S (busy->mission));
        }
    }
}

static void
dump_programme (const KafMission *m, GString *text)
{
  for (guint i = 0; i < m->rooms->len; i++)
    {
      const KafRoom *one = m->rooms->pdata[i];

      SAY ("room %s %s %d\n", one->id, S (one->name), one->places);
    }
  for (guint i = 0; i < m->items->len; i++)
    {
      const KafItem *one = m->items->pdata[i];

      SAY ("item %s %s %d %d %d %u %u %s %s %s %s %d %u/%u\n", one->id, S (one->subject),
           one->in_both, (int) one->day, one->afternoon, one->theory, one->practice,
           S (one->trainer), S (one->second_trainer), S (one->room), S (one->language), one->state,
           one->n_present, one->n_marked);
    }
  for (guint i = 0; i < m->results->len; i++)
    {
      const KafResult *one = m->results->pdata[i];

      SAY ("result %s %s %lld %lld %d\n", one->id, S (one->text), N (one->target), N (one->reached),
           one->commented);
    }
}

static void
dump_means (const KafMission *m, GString *text)
{
  for (guint i = 0; i < m->lines->len; i++)
    {
      const KafBudgetLine *one = m->lines->pdata[i];

      SAY ("line %s %s %s %s %s %lld %lld %lld %lld %lld %s\n", one->id, S (one->label),
           S (one->category), S (one->payer), S (one->basis), N (one->quantity),
           N (one->unit_price), N (one->adjusted), N (one->committed), N (one->spent),
           S (one->currency));
    }
  for (guint i = 0; i < m->equipment->len; i++)
    SAY ("equipment %s %s\n", ((KafEquipment *) m->equipment->pdata[i])->id,
         S (((KafEquipment *) m->equipment->pdata[i])->state));
  for (guint i = 0; i < m->bookings->len; i++)
    SAY ("booking %s %s %d\n", ((KafBooking *) m->bookings->pdata[i])->id,
         S (((KafBooking *) m->bookings->pdata[i])->state),
         (int) ((KafBooking *) m->bookings->pdata[i])->book_by);
  for (guint i = 0; i < m->conventions->len; i++)
    {
      const KafMissionConvention *one = m->conventions->pdata[i];

      SAY ("convention %s %s %d\n", one->id, one->act != NULL ? one->act->id : "-",
           one->act != NULL ? (int) one->act->ends_on : 0);
    }
}

static void
dump_outcome (const KafMission *m, GString *text)
{
  for (guint i = 0; i < m->materials->len; i++)
    SAY ("material %s %d\n", ((KafMaterial *) m->materials->pdata[i])->id,
         (int) ((KafMaterial *) m->materials->pdata[i])->handed_on);
  for (guint i = 0; i < m->follow_ups->len; i++)
    {
      const KafFollowUp *one = m->follow_ups->pdata[i];

      SAY ("follow-up %s %s %s %s %d\n", one->id, S (one->label), S (one->owner), S (one->pair),
           (int) one->due_on);
    }
  for (guint i = 0; i < m->answers->len; i++)
    {
      const KafAnswer *one = m->answers->pdata[i];

      SAY ("answer %s %s %d %d %s %d\n", one->id, S (one->role), one->scores[0], one->suggests,
           S (one->suggestion_use), one->names_somebody);
    }
}

char *
kaf_mission_dump (const KafMission *mission)
{
  GString *text = g_string_new (NULL);

  dump_file (mission, text);
  dump_needs (mission, text);
  dump_experts (mission, text);
  dump_programme (mission, text);
  dump_means (mission, text);
  dump_outcome (mission, text);
  return g_string_free (text, FALSE);
}
