/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/holder/kaf-score-facts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "schema/kaf-registry.h"

#define POTENTIAL (1u << KAF_AXIS_POTENTIAL)
#define ENGAGEMENT (1u << KAF_AXIS_ENGAGEMENT)
#define RELAY (1u << KAF_AXIS_RELAY)

#define CENTIMES 100
#define PERCENT 100

static const char *const stages[] = {
  NULL, "idea", "study", "file", "finance", "licence", "launched", "abandoned",
};

const char *
kaf_stage_id (KafStage stage)
{
  return (guint) stage < G_N_ELEMENTS (stages) ? stages[stage] : NULL;
}

KafStage
kaf_stage_from_id (const char *id)
{
  for (guint i = 1; id != NULL && i < G_N_ELEMENTS (stages); i++)
    if (g_str_equal (stages[i], id))
      return (KafStage) i;
  return KAF_STAGE_NONE;
}

gboolean
kaf_outcome_is_answer (const char *outcome)
{
  return outcome != NULL && !g_str_equal (outcome, "no_answer");
}

/* Reading. Of a fact of a project, without one: unknown where none was ever recorded; else known to be nothing, for all
 * were given up. */

static gboolean
lacks_project (const KafHolder *holder, const KafHolderProject *project, KafFactAnswer *answer)
{
  if (project != NULL)
    return FALSE;
  answer->known = answer->nothing = holder->n_projects > 0;
  return TRUE;
}

static void
tell_number (gint64 number, KafFactAnswer *answer)
{
  answer->known = number != KAF_HOLDER_UNKNOWN;
  answer->number = number;
}

static void
tell_code (const char *code, const char *wider, KafFactAnswer *answer)
{
  answer->known = code != NULL;
  answer->codes[0] = code;
  answer->codes[1] = wider;
}

#define NUMBER_OF_PROJECT(name, expression)                                                        \
  static void read_##name (const KafHolder *h, const KafHolderProject *p,                          \
                           G_GNUC_UNUSED guint32 as_of, KafFactAnswer *a)                          \
  {                                                                                                \
    if (!lacks_project (h, p, a))                                                                  \
      tell_number (expression, a);                                                                 \
  }
#define CODE_OF_PROJECT(name, code, wider)                                                         \
  static void read_##name (const KafHolder *h, const KafHolderProject *p,                          \
                           G_GNUC_UNUSED guint32 as_of, KafFactAnswer *a)                          \
  {                                                                                                \
    if (!lacks_project (h, p, a))                                                                  \
      tell_code (code, wider, a);                                                                  \
  }
#define NUMBER_OF_HOLDER(name, expression)                                                         \
  static void read_##name (const KafHolder *h, G_GNUC_UNUSED const KafHolderProject *p,            \
                           G_GNUC_UNUSED guint32 as_of, KafFactAnswer *a)                          \
  {                                                                                                \
    tell_number (expression, a);                                                                   \
  }

/* clang-format off */
NUMBER_OF_PROJECT (jobs, p->jobs)
NUMBER_OF_PROJECT (jobs_permanent, p->jobs_permanent)
NUMBER_OF_PROJECT (amount, p->amount == KAF_HOLDER_UNKNOWN ? KAF_HOLDER_UNKNOWN : p->amount / CENTIMES)
NUMBER_OF_PROJECT (market_studied, p->market_studied)
CODE_OF_PROJECT (land, p->land, NULL)
CODE_OF_PROJECT (sector, p->sector, NULL)
CODE_OF_PROJECT (territory, p->territory, p->region)
NUMBER_OF_HOLDER (experience_years, h->experience_years)
NUMBER_OF_HOLDER (relay_willing, h->relay_willing)
NUMBER_OF_HOLDER (relay_reach, h->relay_reach)
NUMBER_OF_HOLDER (memberships, h->memberships)
NUMBER_OF_HOLDER (mandates, h->mandates)
NUMBER_OF_HOLDER (brought, h->brought)
NUMBER_OF_HOLDER (is_expert, h->is_expert ? 1 : 0)
/* clang-format on */

static void
read_funded_share (const KafHolder *holder,
                   const KafHolderProject *project,
                   G_GNUC_UNUSED guint32 as_of,
                   KafFactAnswer *answer)
{
  gint64 share;

  if (lacks_project (holder, project, answer) || project->amount == KAF_HOLDER_UNKNOWN ||
      project->secured == KAF_HOLDER_UNKNOWN || project->amount <= 0)
    return;
  if (project->secured >= project->amount)
    share = PERCENT;
  else if (project->secured > G_MAXINT64 / PERCENT)
    share = project->secured / (project->amount / PERCENT);
  else
    share = MAX (project->secured, 0) * PERCENT / project->amount;
  tell_number (share, answer);
}

/* A project without a dated change is at no stage yet: that is not known. */
static void
read_stage (const KafHolder *holder,
            const KafHolderProject *project,
            G_GNUC_UNUSED guint32 as_of,
            KafFactAnswer *answer)
{
  if (!lacks_project (holder, project, answer))
    tell_code (kaf_stage_id (project->stage), NULL, answer);
}

/* Both by region: who declares a province is attached to its region. */
static void
read_attachment (const KafHolder *holder,
                 const KafHolderProject *project,
                 G_GNUC_UNUSED guint32 as_of,
                 KafFactAnswer *answer)
{
  if (lacks_project (holder, project, answer) || holder->region == NULL || project->region == NULL)
    return;
  tell_number (g_str_equal (holder->region, project->region), answer);
}

static void
read_horizon (const KafHolder *holder,
              G_GNUC_UNUSED const KafHolderProject *project,
              G_GNUC_UNUSED guint32 as_of,
              KafFactAnswer *answer)
{
  tell_code (holder->horizon, NULL, answer);
}

static void
tell_day (guint32 day, KafFactAnswer *answer)
{
  answer->known = TRUE;
  answer->nothing = day == 0;
  answer->day = day;
}

/* That it was not noted means that it has not happened. */
static void
read_file_completed (const KafHolder *holder,
                     G_GNUC_UNUSED const KafHolderProject *project,
                     guint32 as_of,
                     KafFactAnswer *answer)
{
  guint32 day = 0;

  for (guint i = 0; i < holder->n_projects; i++)
    if (holder->projects[i].stage != KAF_STAGE_ABANDONED &&
        holder->projects[i].file_completed_on <= as_of)
      day = MAX (day, holder->projects[i].file_completed_on);
  tell_day (day, answer);
}

static void
read_stage_moved (const KafHolder *holder,
                  G_GNUC_UNUSED const KafHolderProject *project,
                  guint32 as_of,
                  KafFactAnswer *answer)
{
  guint32 day = 0;

  for (guint i = 0; i < holder->n_projects; i++)
    if (holder->projects[i].stage != KAF_STAGE_ABANDONED &&
        holder->projects[i].stage_since <= as_of)
      day = MAX (day, holder->projects[i].stage_since);
  tell_day (day, answer);
}

/* The sum is kaf-score.c's; here, when the last one was. */
static void
read_contacts (const KafHolder *holder,
               G_GNUC_UNUSED const KafHolderProject *project,
               guint32 as_of,
               KafFactAnswer *answer)
{
  guint32 day = 0;

  for (guint i = 0; i < holder->n_contacts; i++)
    if (holder->contacts[i].held_on <= as_of)
      day = MAX (day, holder->contacts[i].held_on);
  tell_day (day, answer);
}

static void
read_last_outcome (const KafHolder *holder,
                   G_GNUC_UNUSED const KafHolderProject *project,
                   guint32 as_of,
                   KafFactAnswer *answer)
{
  for (guint i = 0; i < holder->n_contacts; i++)
    if (holder->contacts[i].held_on <= as_of)
      {
        tell_code (holder->contacts[i].outcome, NULL, answer);
        return;
      }
  answer->known = answer->nothing = TRUE;
}

/* The last exchange by a day; NULL: there was none. */
static const KafHolderContact *
find_last_contact (const KafHolder *holder, guint32 as_of)
{
  for (guint i = 0; i < holder->n_contacts; i++)
    if (holder->contacts[i].held_on <= as_of)
      return &holder->contacts[i];
  return NULL;
}

guint32
kaf_holder_next_on (const KafHolder *self, guint32 as_of)
{
  const KafHolderContact *last = find_last_contact (self, as_of);
  guint32 next = last != NULL ? last->next_on : 0;

  for (guint i = 0; i < self->n_projects; i++)
    {
      const KafHolderProject *project = &self->projects[i];

      if (project->stage < KAF_STAGE_LAUNCHED && project->next_on != 0 &&
          (next == 0 || project->next_on < next))
        next = project->next_on;
    }
  return next;
}

/* Set, and still to come: one that went by is no plan. */
static void
read_next_action (const KafHolder *holder,
                  G_GNUC_UNUSED const KafHolderProject *project,
                  guint32 as_of,
                  KafFactAnswer *answer)
{
  const KafHolderContact *last = find_last_contact (holder, as_of);
  gint64 set = last != NULL && last->next_on >= as_of;

  for (guint i = 0; i < holder->n_projects; i++)
    if (holder->projects[i].stage < KAF_STAGE_LAUNCHED && holder->projects[i].next_on >= as_of)
      set = 1;
  tell_number (set, answer);
}

static const KafScoreFact facts[] = {
  { "jobs", KAF_FACT_NUMBER, POTENTIAL, TRUE, N_ ("Jobs planned"),
    N_ ("How many jobs are planned?"), "project.jobs", read_jobs },
  { "jobs_permanent", KAF_FACT_NUMBER, POTENTIAL, TRUE, N_ ("Permanent jobs planned"),
    N_ ("How many of the jobs are permanent?"), "project.jobs_permanent", read_jobs_permanent },
  { "funded_share", KAF_FACT_NUMBER, POTENTIAL, TRUE, N_ ("Share of the funding secured (%)"),
    N_ ("How much of the funding is secured?"), "project.secured", read_funded_share },
  { "amount", KAF_FACT_NUMBER, POTENTIAL, TRUE, N_ ("Amount invested (MAD)"),
    N_ ("How much is to be invested?"), "project.amount", read_amount },
  { "sector", KAF_FACT_CHOICE, POTENTIAL, TRUE, N_ ("Sector"),
    N_ ("In which sector is the project?"), "project.sector", read_sector },
  { "project_territory", KAF_FACT_CHOICE, POTENTIAL, TRUE, N_ ("Territory of the project"),
    N_ ("In which region or province is the project?"), "project.territory", read_territory },
  { "attachment", KAF_FACT_BOOLEAN, POTENTIAL, TRUE,
    N_ ("Declared attachment to the region of the project"),
    N_ ("Do you wish to state an attachment to a territory? You need not."), "person.territory",
    read_attachment },
  { "stage", KAF_FACT_CHOICE, POTENTIAL | ENGAGEMENT, TRUE, N_ ("Stage"),
    N_ ("How far is the project?"), "project_stage.stage", read_stage },
  { "land", KAF_FACT_CHOICE, POTENTIAL, TRUE, N_ ("Land"),
    N_ ("Is the land or the premises secured?"), "project.land", read_land },
  { "market_studied", KAF_FACT_BOOLEAN, POTENTIAL, TRUE, N_ ("Market studied"),
    N_ ("Was the market studied?"), "project.market_studied", read_market_studied },
  { "experience_years", KAF_FACT_NUMBER, POTENTIAL, FALSE, N_ ("Years of experience in the sector"),
    N_ ("How many years of experience in the sector?"), "project_holder.experience_years",
    read_experience_years },
  { "horizon", KAF_FACT_CHOICE, POTENTIAL | ENGAGEMENT, FALSE, N_ ("When"),
    N_ ("When is the project to start?"), "project_holder.horizon", read_horizon },
  { "is_expert", KAF_FACT_BOOLEAN, POTENTIAL | RELAY, FALSE, N_ ("Also an expert"), NULL,
    "expert.mode", read_is_expert },
  { "file_completed", KAF_FACT_DECAY, ENGAGEMENT, FALSE, N_ ("File complete"), NULL,
    "project.file_completed_on", read_file_completed },
  { "stage_moved", KAF_FACT_DECAY, ENGAGEMENT, FALSE, N_ ("Change of stage"), NULL,
    "project_stage.reached_on", read_stage_moved },
  { "contacts", KAF_FACT_DECAY, ENGAGEMENT, FALSE, N_ ("Exchanges"), NULL, "contact.held_on",
    read_contacts },
  { "last_outcome", KAF_FACT_CHOICE, ENGAGEMENT, FALSE, N_ ("Outcome of the last exchange"),
    N_ ("What came of the last exchange?"), "contact.outcome", read_last_outcome },
  { "next_action", KAF_FACT_BOOLEAN, ENGAGEMENT, FALSE, N_ ("Next action set"), NULL,
    "project.next_on", read_next_action },
  { "relay_willing", KAF_FACT_BOOLEAN, RELAY, FALSE, N_ ("Agrees to relay"),
    N_ ("Do you agree to relay information to others?"), "project_holder.relay_willing",
    read_relay_willing },
  { "relay_reach", KAF_FACT_NUMBER, RELAY, FALSE, N_ ("People reached"),
    N_ ("How many people do you reach?"), "project_holder.relay_reach", read_relay_reach },
  { "memberships", KAF_FACT_NUMBER, RELAY, FALSE, N_ ("Networks of which a member"), NULL,
    "membership.network", read_memberships },
  { "mandates", KAF_FACT_NUMBER, RELAY, FALSE, N_ ("Offices held"), NULL, "mandate.organisation",
    read_mandates },
  { "brought", KAF_FACT_NUMBER, RELAY, FALSE, N_ ("Project holders passed on"), NULL,
    "project_holder.brought_by", read_brought },
};

const KafScoreFact *
kaf_score_facts (guint *n)
{
  if (n != NULL)
    *n = G_N_ELEMENTS (facts);
  return facts;
}

const KafScoreFact *
kaf_score_fact_find (const char *code)
{
  for (guint i = 0; code != NULL && i < G_N_ELEMENTS (facts); i++)
    if (g_str_equal (facts[i].code, code))
      return &facts[i];
  return NULL;
}

static const KafField *
find_field (const KafScoreFact *self)
{
  const char *dot = strchr (self->field, '.');
  g_autofree char *entity = g_strndup (self->field, (gsize) (dot - self->field));
  const KafEntity *found = kaf_registry_find (entity);

  return found != NULL ? kaf_entity_find_field (found, dot + 1) : NULL;
}

const KafChoice *
kaf_score_fact_choices (const KafScoreFact *self)
{
  const KafField *field = self->kind == KAF_FACT_CHOICE ? find_field (self) : NULL;

  /* What was exchanged counts by its channel. */
  if (g_str_equal (self->code, "contacts"))
    field = kaf_entity_find_field (kaf_registry_find ("contact"), "channel");
  return field != NULL ? field->choices : NULL;
}

const char *
kaf_score_fact_list (const KafScoreFact *self)
{
  const KafField *field = self->kind == KAF_FACT_CHOICE ? find_field (self) : NULL;

  return field != NULL && field->choices == NULL ? field->target : NULL;
}

gboolean
kaf_score_fact_is_in (const KafScoreFact *self,
                      const KafHolder *holder,
                      const KafHolderProject *project,
                      char *const *codes,
                      gboolean *known)
{
  const char *place =
      self->of_project ? (project != NULL ? project->territory : NULL) : holder->territory;
  const char *region =
      self->of_project ? (project != NULL ? project->region : NULL) : holder->region;

  *known = place != NULL || region != NULL;
  return (place != NULL && g_strv_contains ((const char *const *) codes, place)) ||
         (region != NULL && g_strv_contains ((const char *const *) codes, region));
}
