/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three stores on real files and a real hub, a clock for each, a disk that fails, and a log of what was
 * written: the simulator's world, driven by steps that were all drawn from one seed before. */
#pragma once

#include "kaf-faulty-vfs.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-role.h"
#include "server/kaf-accounts.h"
#include "server/kaf-hub.h"
#include "store/kaf-commit.h"
#include "store/kaf-inbox.h"
#include "store/kaf-read.h"
#include "sync/kaf-exchange.h"
#include "sync/kaf-op-group.h"
#include "sync/kaf-operation.h"

G_BEGIN_DECLS

#define SIM_DEVICES 3
#define SIM_STEPS 10 /* of a mission */
#define SIM_CANARY "KANARI"
#define SIM_HUB_URL "https://hub.example"

/* One step. What it meets depends on the steps before it, so that any of them can be left out. */
typedef struct
{
  guint number, device;
  guint32 kind, a, b, c;
} SimStep;

typedef struct
{
  KafOperation *op;
  GPtrArray *shown;    /* of KafRecord: what the author of a deletion had before him; nullable */
  gint64 *known;       /* by field: groups taken that he may have heard of */
  const KafRole *role; /* his when the hub took it; NULL: not yet */
  gboolean gone;       /* the author knew that the record was deleted */
  gboolean unsent;     /* removed from its device before it was sent */
  gboolean refused;    /* by the rights of his role, or for want of what it concerns */
} SimOp;

typedef struct
{
  guint device, life;
  KafOpGroup *group;
  GPtrArray *ops;     /* of SimOp */
  gint64 place;       /* among those that the hub took; -1: not yet */
  gboolean was_taken; /* before the hub was restored */
  gint64 least;       /* groups taken that the author had surely heard of */
} SimGroup;

/* What was typed into a record and shows until the hub says otherwise. */
typedef struct
{
  const KafEntity *entity;
  char *id;
  char **values;       /* by field */
  gint64 *dseq;        /* by field: the group that wrote it; 0: none */
  gint64 fate_dseq;    /* of the last deletion or return; 0: none */
  gboolean is_deleted; /* by that */
} SimTyped;

typedef struct
{
  guint number;
  char *path;
  const char *user;
  const KafRole *role;
  char *grant; /* scopes, parted by spaces */
  KafClock *clock;
  KafRandom *random;
  KafDatabase *db;
  gint64 logged;          /* number of its last group in the log */
  gint64 told, quiet;     /* groups taken that it may have, and surely has, heard of */
  GHashTable *stale;      /* "ENTITY\tID\tFIELD" → what it last heard of that set, hidden since */
  GHashTable *typed;      /* "ENTITY\tID" → SimTyped */
  gboolean forked;        /* known for a copy, and left alone */
  gboolean is_copy;       /* it was restored, and lacks what it had sent; nobody knows yet */
  guint life;             /* or enrolled anew: how often */
  char *access, *refresh; /* its tokens */
  guint out_until;        /* number of the step from which on it is let in again; 0: it is */
  char *copy;             /* of its store, to be restored; nullable */
  gint64 copy_logged, copy_told, copy_quiet;
  GString *stash; /* a request that is still on its way; nullable */
  GString *late;  /* an answer that another process has and did not take yet; nullable */
  gint64 late_place;
  guint older_until; /* number of the step from which on its program is today's; 0: it is */
} SimDevice;

/* How the hub stood when it was backed up; see sim-erase.c. */
typedef struct _SimYesterday SimYesterday;

/* Where a mission stands by the acts that the hub took. */
typedef struct
{
  char *last;
  guint step;                   /* the open one */
  gboolean left[SIM_STEPS + 1]; /* by step */
  enum
  {
    SIM_OPEN,
    SIM_HELD,
    SIM_CLOSED,
    SIM_ABANDONED
  } state;
  char *approval;    /* the leaving of step 6 that stands; nullable */
  GHashTable *lines; /* what it validated: id of a line → its text; NULL: not looked at yet */
} SimChain;

typedef struct
{
  char *folder;
  SimDevice devices[SIM_DEVICES];
  KafClock *clock;
  KafRandom *random;
  KafHub *hub;
  char *hub_path;
  KafAccounts *accounts;
  KafClock *accounts_clock;
  gint64 hub_dseq[SIM_DEVICES];
  GPtrArray *groups;     /* of SimGroup, as they were written */
  GPtrArray *taken;      /* of SimGroup, as the hub took them; not owned */
  GHashTable *exists;    /* set of "ENTITY\tID" at the hub */
  GPtrArray *before;     /* of KafHubRecord: what the hub held before it was asked; nullable */
  GHashTable *ids;       /* entity → GPtrArray of ids ever made */
  GHashTable *chains;    /* id of a mission → SimChain */
  GHashTable *files;     /* id of a part of a mission → SimPart */
  GHashTable *whole;     /* id of a mission → what the hub took of its file; see sim-file.c */
  GHashTable *in_file;   /* id of a part → id of its mission */
  GHashTable *published; /* id of rules that the hub took as published; see sim-figures.c */
  GHashTable *said;     /* by the group that published them, or "ID DEVICE", what rules said then */
  GHashTable *months;   /* month → 1 + the device whose closing of it the hub took first */
  gboolean of_missions; /* most is done to missions, by those who see little else */
  gboolean of_approvals; /* and many of them come to be approved */
  enum
  {
    SIM_TIES_OF_NONE,
    SIM_TIES_OF_PARTIES,
    SIM_TIES_OF_CONVENTIONS
  } of_ties;          /* what missions need is what changes: which of it */
  gboolean of_fields; /* most is done to few fields of one record, by requests that bring little */
  gboolean of_meanwhile;  /* and while answers are on their way: records go, and roles change */
  gboolean of_figures;    /* rules are published and months are closed */
  guint of_sets;          /* most is done to few elements of one set: which; 0: not so */
  gboolean of_judgements; /* much is judged to be one, by devices that all see everything */
  gboolean judged_back;   /* all of it was taken back */
  gboolean of_erasures;   /* persons are erased */
  gboolean of_parts;      /* by devices of which some see a part */
  gboolean of_restores;   /* and the hub is restored from a backup */
  gboolean is_restored;   /* it was */
  gboolean of_older;      /* a device has an older program */
  gboolean of_accounts;   /* devices are shut out, accounts are disabled, tokens expire */
  guint n_orders;         /* erasures that were asked for */
  GHashTable *erased;     /* "ENTITY\tID" → gint64: its number at the hub */
  GHashTable *along; /* set of "ENTITY\tID": what belonged to one of them and never came there */
  SimYesterday *yesterday; /* nullable */
  GChecksum *trace;
  gboolean tells; /* prints each step */
  char *wrong;    /* the first thing that is; NULL: all is well */
} SimWorld;

/* sim-world.c */
extern const char *const sim_users[SIM_DEVICES];
gboolean sim_world_is_of_missions (guint64 seed);
gboolean sim_world_is_approver (const SimWorld *self, const SimDevice *device);
void sim_world_prepare (void);
void sim_world_finish (void);
SimWorld *sim_world_new (guint64 seed, gboolean tells);
void sim_world_free (SimWorld *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimWorld, sim_world_free)
void sim_wrong (SimWorld *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void sim_note (SimWorld *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void sim_open_device (SimWorld *self, SimDevice *device);
void sim_reopen_hub (SimWorld *self);
void sim_advance (SimWorld *self, gint64 us);
void sim_copy_device (SimWorld *self, SimDevice *device);
void sim_restore_device (SimWorld *self, SimDevice *device);
void sim_put_file (const char *path, const char *from);
void sim_disarm (void);
void sim_drop (GString **text);

/* sim-exchange.c */
typedef enum
{
  SIM_WELL,
  SIM_REQUEST_LOST,
  SIM_REQUEST_CUT,
  SIM_REQUEST_TWICE,
  SIM_REQUEST_LATE,
  SIM_ANSWER_LOST,
  SIM_ANSWER_CUT,
  SIM_ANSWER_LATE,
  SIM_HUB_DISK,
  SIM_DEVICE_DISK,
  SIM_DEVICE_FULL,
  SIM_DEVICE_POWER,
  SIM_TYPED_MEANWHILE,
  SIM_N_FAULTS
} SimFault;

/* One exchange; @step says where its fault strikes. TRUE: all went well, and something moved. */
gboolean sim_exchange (SimWorld *self, SimDevice *device, SimFault fault, const SimStep *step);
gint64 sim_get_acked (SimWorld *self, SimDevice *device);

/* sim-account.c */
void sim_account_prepare (const char *root, KafClock *clock);
void sim_account_finish_all (void);
void sim_account_init (SimWorld *self, gint64 now);
void sim_account_clear (SimWorld *self);
void sim_account_begin (SimWorld *self, SimDevice *device);
void sim_account_sign_in (SimWorld *self, SimDevice *device);
gboolean sim_account_lets_in (SimWorld *self, SimDevice *device);
gboolean sim_account_come (SimWorld *self, SimDevice *device, gboolean heard);
void sim_account_act (SimWorld *self, SimDevice *device, const SimStep *step);
void sim_account_turn (SimWorld *self, SimDevice *device, const SimStep *step);
void sim_account_finish (SimWorld *self);
void sim_account_check (SimWorld *self);

/* sim-older.c */
void sim_older_begin (SimWorld *self, guint64 seed);
void sim_older_open (SimDevice *device);
gboolean sim_older_lacks (const SimDevice *device, const KafEntity *entity, const char *field);
GString *sim_older_read (const SimDevice *device, const char *answer, gsize size);
gboolean sim_older_is_behind (const SimDevice *device);
void sim_older_act (SimWorld *self, SimDevice *device, const SimStep *step);
void sim_older_turn (SimWorld *self, SimDevice *device, const SimStep *step);
void sim_older_finish (SimWorld *self);

/* sim-user.c */
void sim_user_act (SimWorld *self, SimDevice *device, const SimStep *step);
void sim_user_edit (SimWorld *self, SimDevice *device, const SimStep *step);
void sim_user_edit_told (
    SimWorld *self, SimDevice *device, const SimStep *step, const char *answer, gsize size);
void sim_user_contest_again (SimWorld *self, SimDevice *device, const SimStep *step);
void sim_user_delete (SimWorld *self, SimDevice *device, const SimStep *step);
void sim_user_begin (SimWorld *self, SimDevice *device);
void sim_user_turn_back (SimWorld *self, SimDevice *device, gboolean again);
void sim_user_commit (SimWorld *self, SimDevice *device, KafChangeSet *set, const SimStep *step);
void sim_user_create (SimWorld *self, SimDevice *device, KafRecord *record, const SimStep *step);
const char *sim_user_pick (
    SimWorld *self, SimDevice *device, const char *entity, guint32 any, gboolean deleted);

/* sim-mission.c */
void sim_chain_free (SimChain *self);
void sim_mission_act (SimWorld *self, SimDevice *device, const SimStep *step);
gboolean sim_mission_refuses (SimWorld *self, const SimDevice *device, const KafOperation *op);
void sim_mission_note (SimWorld *self, const SimDevice *device, const KafOperation *op);
void sim_mission_judge (SimWorld *self,
                        const SimDevice *device,
                        const KafOperation *op,
                        const char *why);
void sim_mission_verify (SimWorld *self, GPtrArray *records);
void sim_mission_check_shown (SimWorld *self, SimDevice *device);

/* sim-tie.c */
void sim_tie_act (SimWorld *self, SimDevice *device, const SimStep *step);

/* sim-figures.c */
void sim_figures_init (SimWorld *self);
void sim_figures_clear (SimWorld *self);
void sim_figures_act (SimWorld *self, SimDevice *device, const SimStep *step);
void sim_figures_judge (SimWorld *self,
                        const SimDevice *device,
                        const KafOperation *op,
                        const char *why);
void sim_figures_note (SimWorld *self,
                       const SimDevice *device,
                       const KafOpGroup *group,
                       const KafOperation *op);
void sim_figures_check (SimWorld *self);

/* sim-budget.c */
void sim_budget_check (SimWorld *self);
gboolean sim_budget_act (SimWorld *self, SimDevice *device, const SimStep *step);

/* sim-file.c */
void sim_file_init (SimWorld *self);
void sim_file_clear (SimWorld *self);
char *sim_file_name (const char *mission, const char *part);
void sim_file_add (SimWorld *self, KafChangeSet *set, KafRecord *mission, guint32 without);
void sim_file_note (SimWorld *self, const KafOperation *op);
gboolean sim_file_is_shut (SimWorld *self, const char *mission, guint step);
gboolean sim_file_is_open (SimWorld *self, const char *mission, guint step);

/* sim-log.c */
void sim_group_free (SimGroup *self);
void sim_typed_free (SimTyped *self);
void sim_log_written (SimWorld *self, SimDevice *device);
void sim_log_taken (SimWorld *self,
                    SimDevice *device,
                    const KafOpGroup *group,
                    const KafVerdict *verdict);
SimGroup *sim_log_find (SimWorld *self, guint device, gint64 dseq);
void sim_log_forget (SimWorld *self, SimDevice *device, gint64 after);
void sim_log_told (SimWorld *self, SimDevice *device, const char *answer, gsize size, gint64 place);
void sim_log_check_shown (SimWorld *self, SimDevice *device);
void sim_log_begin_anew (SimWorld *self, SimDevice *device);
gboolean sim_log_is_of (const SimGroup *group, const SimDevice *device);

/* The last group of the device that the hub had when it answered; -2: it says that it is a copy. */
gint64 sim_log_read_taken (const char *answer, gsize size);
void sim_log_forget_absent (SimWorld *self, SimDevice *device, gboolean sent);

/* sim-erase.c */

/* The value of a field, of whatever @data is; nullable. */
typedef const char *(*SimValueFunc) (gconstpointer data, guint field);
void sim_erase_init (SimWorld *self);
void sim_erase_clear (SimWorld *self);
void sim_erase_act (SimWorld *self, SimDevice *device, const SimStep *step);
void sim_erase_mark (const SimWorld *self, KafRecord *record, const char *of);
void sim_erase_mark_person (const SimWorld *self, KafRecord *record);
gboolean sim_erase_has (const SimWorld *self, const KafEntity *entity, const char *id);
gboolean sim_erase_stands (SimWorld *self, const KafEntity *entity, const char *id);
gboolean sim_erase_goes (
    SimWorld *self, const KafEntity *entity, const char *id, SimValueFunc get, gconstpointer data);
char *
sim_erase_unname (const SimWorld *self, const KafField *field, const char *value, gboolean *names);
void sim_erase_move_files (SimWorld *self, SimDevice *device);
void sim_erase_check (SimWorld *self, SimDevice *device);
void sim_erase_check_hub (SimWorld *self);
void sim_erase_opened (SimWorld *self);
void sim_erase_finish (SimWorld *self);

/* sim-judge.c */
KafRecord *
sim_read (const SimWorld *self, SimDevice *device, const KafEntity *entity, const char *id);
void sim_judge_act (SimWorld *self, SimDevice *device, const SimStep *step);
void sim_judge_check (SimWorld *self);
gboolean sim_judge_take_back (SimWorld *self);
void sim_judge_check_back (SimWorld *self);

/* sim-scope.c */
gboolean sim_scope_is_part (const SimDevice *device);
void sim_scope_draw (SimWorld *self, SimDevice *device, guint32 any);
void sim_scope_change (SimWorld *self, SimDevice *device, const SimStep *step);
void sim_scope_turn (SimWorld *self, SimDevice *device);
GPtrArray *sim_scope_read_hub (SimWorld *self);
gboolean
sim_scope_sees (const SimDevice *device, GPtrArray *records, const KafEntity *root, const char *id);
void sim_scope_check_answer (SimWorld *self, SimDevice *device, const char *answer, gsize size);
gboolean sim_scope_judge (SimWorld *self,
                          SimDevice *device,
                          const KafOperation *op,
                          const KafVerdict *verdict,
                          gboolean expected);

/* sim-reconcile.c */
void sim_compare (SimWorld *self, SimDevice *device);
void sim_compare_daily (SimWorld *self);
void sim_reconcile (SimWorld *self, SimDevice *device, guint32 a, guint32 b);
void sim_reconcile_finish (SimWorld *self, guint64 seed);

/* sim-verify.c */
void sim_verify (SimWorld *self);
KafRecord *
sim_read_shown (SimWorld *self, SimDevice *device, const KafEntity *entity, const char *id);
char *sim_dump (SimWorld *self, SimDevice *device);

G_END_DECLS
