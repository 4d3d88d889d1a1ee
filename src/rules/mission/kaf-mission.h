/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mission as the rules see it: its file with all that hangs on it, loaded whole.
 *
 * Strings live in @texts of the mission, as long as it does; a nullable one says so. Ids are those of the records.
 * Amounts are minor units of @currency: centimes of a dirham, never fractions. Counts are of records that are not
 * deleted. Who is unknown is NULL, which day is unknown is KAF_DAY_UNKNOWN, and what was never said is -1 where 0
 * would say something. */
#pragma once

#include "base/kaf-day.h"
#include "rules/convention/kaf-convention.h"

G_BEGIN_DECLS

#define KAF_MISSION_STEPS 10

typedef enum
{
  KAF_ACT_LEAVE,
  KAF_ACT_REOPEN,
  KAF_ACT_HOLD,
  KAF_ACT_RESUME,
  KAF_ACT_ABANDON,
  KAF_ACT_ACKNOWLEDGE, /* from here on they move nothing */
  KAF_ACT_OVERRIDE,
  KAF_ACT_DEVIATION,
  KAF_ACT_INCIDENT,
  KAF_N_ACTS,
} KafActKind;

#define kaf_act_moves(kind) ((kind) <= KAF_ACT_ABANDON)

/* "leave", "reopen"…: as the record has it; KAF_N_ACTS: none of them. */
KafActKind kaf_act_kind_parse (const char *id);
const char *kaf_act_kind_id (KafActKind kind);

/* What was done to the file; in the order in which it was done. */
typedef struct
{
  const char *id, *after; /* @after: the act that moved it last, as its author saw it; nullable */
  KafActKind kind;
  guint step;          /* 1…10 */
  const char *code;    /* of the check acknowledged or overridden; nullable */
  const char *about;   /* id of the record that it concerns; nullable: all of that check */
  const char *reason;  /* nullable */
  const char *content; /* fingerprint of what was approved; nullable */
  const char *by;      /* who of us */
  gint64 at;           /* µs since 1970, UTC */
  const char *paper_name, *paper_function; /* nullable: decided here */
  KafDay paper_on;
  gboolean has_scan;
  gboolean pending; /* not confirmed by the hub yet */
} KafAct;

typedef struct
{
  const char *id;
  const char *organisation, *name; /* one is there */
  const char *kind;       /* "authority"…; of the organisation where nothing is said; nullable */
  const char *duty, *gap; /* in one language or the other; nullable */
  const char *attitude;   /* nullable */
  guint n_contacts;       /* exchanges of this mission with it */
  KafDay last_contact;
} KafStakeholder;

typedef struct
{
  const char *id, *title;
  const char *link; /* id of the mission_need */
  const char *audience, *territory;
  int daily_practice; /* -1 unknown, 0 no, 1 yes */
  gboolean open;
  KafDay stated_on, confirmed_on;
  GPtrArray *stakeholders; /* (element-type KafStakeholder), owned */
  const char *same_open;   /* nullable: another open need of this territory and a domain; its id */
} KafNeed;

/* An exchange in the course of the mission. */
typedef struct
{
  const char *id, *organisation, *person, *stakeholder; /* nullable */
  const char *purpose, *attitude;                       /* nullable */
  KafDay held_on;
  guint reached;
} KafMissionContact;

typedef struct
{
  const char *id, *organisation;
  const char *role;   /* "host"…; nullable */
  const char *kind;   /* of the organisation: "local_authority"…; nullable */
  const char *answer; /* "agrees", "reserves", "refuses"; nullable: none yet */
  KafDay asked_on, answered_on;
  gboolean has_contact; /* somebody to call is named */
} KafMissionParty;

typedef enum
{
  KAF_BUSY_FIRM,
  KAF_BUSY_TENTATIVE,
  KAF_BUSY_FREE,
} KafBusy;

/* What an expert's agenda says, or another mission that has her. */
typedef struct
{
  KafDay from, to;
  gboolean morning, afternoon;
  KafBusy kind;
  const char *mission; /* id of the other mission; nullable: her agenda */
} KafEngagement;

typedef struct
{
  const char *id, *person, *network; /* @network nullable */
  const char *answer;                /* "listed"…"declined" */
  KafDay window_from, window_to;
  KafDay contacted_on, answered_on, agreed_on;
  KafDay arrives_on;
  int arrives_minute; /* of the day; -1 unknown */
  const char *order_number;
  KafDay order_on;
  /* Of the person, where she is on this device. */
  gboolean here, opposed;
  gboolean gone;       /* she was erased, or deleted: the file keeps her place, and nobody comes */
  const char *country; /* nullable */
  const char *languages; /* a set as the record has it; nullable */
  gboolean consents;     /* to sharing, or to use in a mission; not withdrawn */
  gboolean has_cv;
  KafDay cv_on;           /* when the file was added */
  KafDay confirmed_on;    /* her profile */
  gboolean in_network;    /* a member of some network */
  GPtrArray *engagements; /* (element-type KafEngagement), owned */
} KafMissionExpert;

typedef struct
{
  const char *id, *name;
  int places; /* -1 unknown */
} KafRoom;

typedef enum
{
  KAF_ITEM_PLANNED,
  KAF_ITEM_HELD,
  KAF_ITEM_CANCELLED,
} KafItemState;

/* A session of the programme. */
typedef struct
{
  const char *id, *subject; /* in one language or the other */
  gboolean in_both;         /* the subject stands in French and in Arabic */
  KafDay day;               /* unknown: waits to be placed */
  gboolean afternoon;
  guint theory, practice;                      /* minutes */
  const char *trainer, *second_trainer, *room; /* ids of mission_expert, mission_room; nullable */
  const char *language;                        /* nullable */
  KafItemState state;
  guint n_marked, n_present; /* marks of attendance */
} KafItem;

typedef struct
{
  const char *id, *text;
  gint64 target, reached; /* -1 not filled */
  gboolean commented;     /* it is said in words how far it was reached */
} KafResult;

typedef struct
{
  const char *id, *label;
  gboolean borrowed;           /* the label is in another language than was asked for */
  const char *category;        /* "lodging"… */
  const char *payer, *basis;   /* ids; nullable */
  gint64 quantity, unit_price; /* -1 unknown price */
  gint64 adjusted;             /* sum of the adjustments */
  gint64 committed, spent;     /* -1 not entered */
  const char *currency;        /* nullable: no price */
  KafDay settled_on;
} KafBudgetLine;

typedef struct
{
  const char *id, *label, *state;
  KafDay needed_on;
} KafEquipment;

typedef struct
{
  const char *id, *label, *kind, *state;
  KafDay from, to, book_by;
} KafBooking;

typedef struct
{
  const char *id, *title, *refused_reason;
  KafDay handed_on;
} KafMaterial;

typedef struct
{
  const char *id, *label, *owner, *pair;
  KafDay due_on, done_on;
} KafFollowUp;

typedef struct
{
  const char *id, *role;
  int scores[5]; /* 1…5; -1 unanswered */
  gboolean suggests;
  const char *suggestion_use; /* nullable */
  gboolean names_somebody;    /* a remark seems to name a person or health */
} KafAnswer;

typedef struct
{
  const char *id;
  KafConvention *act; /* tied with what it stands within; not owned; NULL: not here */
} KafMissionConvention;

typedef struct
{
  char *code, *title;
  KafDay from, to;     /* @to unknown: one day */
  gboolean every_year; /* civil: comes back on its day, from that year on */
  gboolean ramadan, announced;
} KafHoliday;

typedef struct
{
  gatomicrefcount refs;
  GStringChunk *texts;
  const char *id, *ref, *title;
  gboolean title_in_both;
  const char *programme, *lead, *facilitator, *territory; /* ids, codes; nullable */
  const char *followed_by;                                /* who of us; nullable */
  const char *mode;                                       /* "onsite"…; nullable */
  gboolean has_place, has_objective, has_audience, has_message_ar, has_method;
  gboolean programme_in_both; /* objective, audience stand in French and in Arabic */
  KafDay starts_on, ends_on;
  const char *languages;    /* a set; nullable */
  int participants_planned; /* -1 unknown */
  guint n_participants;
  gint64 ceiling;       /* -1 none */
  const char *currency; /* of the ceiling; nullable */
  gboolean local_resources;
  KafDay budget_closed_on;
  KafDay created_on;
  const char *created_by;
  char **editors;        /* who of us wrote the content that step 6 approves; never NULL */
  GPtrArray *acts;       /* (element-type KafAct) */
  GPtrArray *needs;      /* KafNeed */
  GPtrArray *contacts;   /* KafMissionContact */
  GPtrArray *parties;    /* KafMissionParty */
  GPtrArray *experts;    /* KafMissionExpert */
  GPtrArray *rooms;      /* KafRoom */
  GPtrArray *items;      /* KafItem, by day and half-day, those to be placed last */
  GPtrArray *results;    /* KafResult */
  GPtrArray *lines;      /* KafBudgetLine */
  GPtrArray *equipment;  /* KafEquipment */
  GPtrArray *bookings;   /* KafBooking */
  GPtrArray *materials;  /* KafMaterial */
  GPtrArray *follow_ups; /* KafFollowUp */
  guint n_pairs;
  GPtrArray *answers;        /* KafAnswer */
  GPtrArray *conventions;    /* KafMissionConvention */
  KafConventions *acts_here; /* what the conventions are tied in; owned; nullable */
  GHashTable *mandates;      /* id → KafMandate, of the signatories; owned; nullable */
  gboolean borrows;          /* of many read together: those two are of all, and not owned */
  gboolean partial;          /* something that checks need is outside of what this device sees */
  const char *content;       /* fingerprint of what step 6 approves: dates, experts, programme */
} KafMission;

/* @id is copied. (transfer full) */
KafMission *kaf_mission_new (const char *id);
KafMission *kaf_mission_ref (KafMission *self);
void kaf_mission_unref (KafMission *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafMission, kaf_mission_unref)

/* Copies @text (nullable) to where it lives as long as the mission. */
const char *kaf_mission_keep (KafMission *self, const char *text);

/* New parts, added and zeroed but for what is -1 when unknown. (transfer none) */
KafAct *kaf_mission_add_act (KafMission *self, const char *id);
KafNeed *kaf_mission_add_need (KafMission *self, const char *id);
KafStakeholder *kaf_need_add_stakeholder (KafMission *self, KafNeed *need, const char *id);
KafMissionContact *kaf_mission_add_contact (KafMission *self, const char *id);
KafMissionParty *kaf_mission_add_party (KafMission *self, const char *id);
KafMissionExpert *kaf_mission_add_expert (KafMission *self, const char *id);
KafEngagement *kaf_mission_expert_add_engagement (KafMissionExpert *expert);
KafRoom *kaf_mission_add_room (KafMission *self, const char *id);
KafItem *kaf_mission_add_item (KafMission *self, const char *id);
KafResult *kaf_mission_add_result (KafMission *self, const char *id);
KafBudgetLine *kaf_mission_add_line (KafMission *self, const char *id);
KafEquipment *kaf_mission_add_equipment (KafMission *self, const char *id);
KafBooking *kaf_mission_add_booking (KafMission *self, const char *id);
KafMaterial *kaf_mission_add_material (KafMission *self, const char *id);
KafFollowUp *kaf_mission_add_follow_up (KafMission *self, const char *id);
KafAnswer *kaf_mission_add_answer (KafMission *self, const char *id);
KafMissionConvention *kaf_mission_add_convention (KafMission *self, const char *id);

/* NULL: no such part. */
KafMissionExpert *kaf_mission_find_expert (const KafMission *self, const char *id);
KafRoom *kaf_mission_find_room (const KafMission *self, const char *id);
KafItem *kaf_mission_find_item (const KafMission *self, const char *id);

/* An expert who comes: interested or retained. */
gboolean kaf_mission_expert_comes (const KafMissionExpert *expert);

/* What a line costs, with its adjustments, which are all while its price is unknown. What no number holds is the
 * greatest: see kaf_budget_line_cost() to tell them apart. */
gint64 kaf_budget_line_total (const KafBudgetLine *line);

G_END_DECLS
