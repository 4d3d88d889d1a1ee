/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The missions as the board shows them: how many stand at each step, how many are late, and the first cards of each.
 *
 * From the derived table of where missions stand (kaf-mission-now.h) in one pass, and narrow columns of the missions
 * that are shown: no mission is loaded for it. Run it on a worker. */
#pragma once

#include "base/kaf-lang.h"
#include "record/kaf-query.h"
#include "rules/mission/kaf-mission-life.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_BOARD_EVERYBODY,
  KAF_BOARD_MINE, /* followed by @who */
  KAF_BOARD_WAITING, /* waits for @who: what she follows and is late with; and, of a role that approves, what stands
                      * at steps 6 and 7 */
} KafBoardWhose;

typedef struct
{
  KafBoardWhose whose;
  const char *who;      /* who of us reads; nullable: nobody's are hers */
  gboolean approves;    /* her role decides steps 6 and 7 */
  gboolean over;        /* what is closed or abandoned as well */
  guint step;           /* 1…10: cards of that step alone, while counts stay whole; 0: all */
  guint cards;          /* of a step; 0: all */
  const KafQuery *only; /* nullable: of the missions of this query, by its text and conditions */
  KafDay day;           /* today; unknown: by the clock */
  KafLang lang;
} KafBoardQuery;

typedef struct
{
  char *id;
  char *ref;   /* nullable */
  char *title; /* in the language asked for or in the other */
  char *place; /* the territory, or the place; nullable */
  char *who;   /* who of us follows it; nullable */
  guint step;
  KafMissionState state;
  KafDay since; /* when the step was opened, or the state began */
  guint days;   /* since then */
  KafDay starts_on, ends_on;
  KafDay due_on;   /* what is to be done next, by then; unknown: nothing */
  const char *due; /* "booking", "follow_up", "equipment", "candidate_request"; nullable, static */
  /* The step is open for longer than it should, the first day is past before step 8, or something was due. */
  gboolean late;
  int n_gates;     /* that are shut at the open step; -1: not looked at (kaf_board_read_gates()) */
  gboolean for_me; /* waits for @who */
} KafBoardCard;

typedef struct
{
  guint n, n_late;
  GPtrArray *
      cards; /* (element-type KafBoardCard): the late ones first, then those that stand there for longest */
} KafBoardStep;

typedef struct
{
  KafBoardStep steps[KAF_MISSION_STEPS + 1]; /* from 1 */
  guint n, n_late;                           /* of all steps, by the query */
  guint n_mine, n_waiting;                   /* whatever @whose is */
  gint64 n_all; /* whatever the query is: 0 says that there is no mission at all */
  KafDay day;   /* that "today" was */
} KafBoard;
void kaf_board_free (KafBoard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafBoard, kaf_board_free)

/* Errors: KAF_STORE_ERROR, G_IO_ERROR_CANCELLED. (transfer full) */
KafBoard *kaf_board_read (KafDatabase *db,
                          const KafBoardQuery *query,
                          GCancellable *cancellable,
                          GError **error);

/* How many gates of the open step are shut, of each of these missions: they are loaded and checked, so it comes behind
 * the board and of the cards that show alone. @ids: NULL-terminated. Those that are not here are left out.
 * (element-type utf8 guint: GUINT_TO_POINTER) (transfer full) */
GHashTable *kaf_board_read_gates (KafDatabase *db,
                                  const char *const *ids,
                                  KafLang lang,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
