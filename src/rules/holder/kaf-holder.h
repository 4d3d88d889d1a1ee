/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A project holder as the rules look at her: what is known of her, of her projects and of what we exchanged. No name,
 * origin, gender, age or religion stands here, so that no score can use them; a territory is the one that she
 * declares, or that of a project. A store fills it (store/kaf-holders); tests fill it by hand. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is not known. Never zero: zero is an answer. */
#define KAF_HOLDER_UNKNOWN G_MININT64

typedef enum
{
  KAF_STAGE_NONE, /* no dated change yet */
  KAF_STAGE_IDEA,
  KAF_STAGE_STUDY,
  KAF_STAGE_FILE,
  KAF_STAGE_FINANCE,
  KAF_STAGE_LICENCE,
  KAF_STAGE_LAUNCHED,
  KAF_STAGE_ABANDONED,
} KafStage;

/* Codes of choices and lists are interned strings; NULL: not known. Days are julian (g_date_get_julian); 0: not known. */
typedef struct
{
  const char *id;
  KafStage stage;
  guint32 stage_since;
  const char *sector, *territory, *region; /* region: that of the territory */
  gint64 amount, secured;                  /* centimes of dirham, or KAF_HOLDER_UNKNOWN */
  gint64 jobs, jobs_permanent;
  const char *land; /* secured, opinion, sought, none_needed */
  gint64 market_studied;
  guint32 file_completed_on, next_on;
} KafHolderProject;

typedef struct
{
  guint32 held_on;
  const char *channel, *outcome;
  guint32 next_on; /* of what was to follow: a later exchange stands in its place */
} KafHolderContact;

typedef struct
{
  const char *id;                 /* of the person */
  const char *territory, *region; /* declared attachment */
  const char *post, *country; /* country of residence: for quotas and counts, never a criterion */
  const char *counsellor, *horizon;
  gint64 experience_years;
  gint64 relay_willing, relay_reach;
  guint memberships, mandates,
      brought; /* of networks; office now held; holders whom the relays named for her passed on */
  gboolean is_expert;
  guint32 registered_on, last_contact_on;
  guint n_projects, n_contacts;
  const KafHolderProject *projects; /* under way first */
  const KafHolderContact *contacts; /* latest first */
} KafHolder;

/* The day of what is to be done next: the earliest of the projects that are neither launched nor given up, and of the
 * last exchange by @as_of. 0: nothing is set. */
guint32 kaf_holder_next_on (const KafHolder *self, guint32 as_of);

G_END_DECLS
