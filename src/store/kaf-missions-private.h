/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One reading of missions: what its parts share. */
#pragma once

#include "store/kaf-database-private.h"
#include "store/kaf-missions.h"

G_BEGIN_DECLS

typedef struct _KafMissionsShared KafMissionsShared;

typedef struct
{
  KafDatabase *db;
  KafLang lang;
  GCancellable *cancellable;
  gboolean many;
  const char
      *rows; /* of many: these few alone, a JSON array; nullable: what all share is read before */
  GHashTable *wanted;  /* of many: bits of steps → the missions at one of them, as JSON */
  gboolean is_part;    /* others may name what is not on this device */
  gint64 unsent;       /* journal groups from this one on wait for the hub; G_MAXINT64: none does */
  GHashTable *refused; /* ids of acts that the hub did not take; nullable */
  GHashTable *
      twins; /* "territory\ndomain" → KafTwins; of one and of few, under "territory" that it was read */
  KafMissionsShared *shared; /* of many; nullable: of few, each asks for itself */
  GHashTable
      *persons; /* id → what is known of her, of those asked about; see kaf-missions-people.c */
  GHashTable *adjusted; /* of many: id of a budget line → gint64, the sum of its adjustments */
  gboolean by_tree;     /* acts are read tree by tree, as they are cited; else all at once */
  KafConventions *acts_here; /* nullable until one is asked for */
  GHashTable *mandates;      /* of many: id → KafMandate */
  KafMission *mission;       /* being filled */
  GError *failure;           /* of what a row asked for besides; nullable */
  GPtrArray
      *cited; /* (element-type utf8): conventions, as mission->conventions have them; then others */
  GPtrArray *content; /* (element-type utf8), owned: lines of what step 6 approves */
} KafMissionReading;

/* The first and the last of the open needs of a territory and a domain, by id. */
typedef struct
{
  char *first, *last;
} KafTwins;

typedef void (*KafMissionTake) (KafMissionReading *self, KafStatement *row);

/* A kind of part: rows of `w`, the missions wanted, whose id is column 0. */
/* Instead of another: what many share has it. */
#define KAF_MISSION_SHARED ""

typedef struct
{
  const char *sql, *many; /* @many nullable: another of many */
  guint steps;            /* bits of the steps whose checks look at it; 0: all; bit 0 alone: none */
  KafMissionTake take;
} KafMissionPart;

#define KAF_MISSION_ROWS(table)                                                                    \
  " FROM w CROSS JOIN \"" table "\" x INDEXED BY \"" table "__mission\" ON x.mission = w.id"       \
  " CROSS JOIN head h ON h.rid = x.rid"
/* A join to a table of which more is asked than its row lets SQLite 3.40 read all of it into a Bloom filter first; a
 * subquery opens its cursors anew for each row. So ids are joined, and what is rare is looked up. */
#define KAF_MISSION_ID "h.id"
#define KAF_MISSION_ID_OF(rid) "(SELECT id FROM head WHERE rid = " rid ")"
#define KAF_MISSION_ROW_OF(id, entity)                                                             \
  "(SELECT rid FROM head WHERE id = " id " AND entity = '" entity "')"

/* End with a NULL sql. kaf-missions-acts.c, -preparation.c, -people.c, -delivery.c */
extern const KafMissionPart kaf_mission_parts_acts[];
extern const KafMissionPart kaf_mission_parts_preparation[];
extern const KafMissionPart kaf_mission_parts_people[];
extern const KafMissionPart kaf_mission_parts_delivery[];

const char *kaf_mission_get_text (KafMissionReading *self, KafStatement *row, int column);
/* Of two columns, French and Arabic, the one in the language; else the other. */
const char *kaf_mission_get_either (KafMissionReading *self, KafStatement *row, int column);
KafDay kaf_mission_get_day (KafStatement *row, int column);
/* @otherwise where nothing is entered. */
gint64 kaf_mission_get_number (KafStatement *row, int column, gint64 otherwise);
/* The day in Morocco of a moment; unknown for 0. */
KafDay kaf_mission_get_moment_day (KafStatement *row, int column);

/* What waits for the hub, and what it refused. */
gboolean kaf_mission_read_standing (KafMissionReading *self, GError **error);

/* Puts the acts into their order, which is the same on every device that has them. */
void kaf_mission_order_acts (KafMission *mission);

/* A line of what step 6 approves: @what, and values (nullable) until @n. */
void kaf_mission_add_content (KafMissionReading *self,
                              const char *what,
                              const char *const *values,
                              guint n);

/* Fills in the fingerprint of the lines. */
void kaf_mission_sign (KafMissionReading *self);

/* Ties the conventions that it cites. */
gboolean kaf_mission_tie_conventions (KafMissionReading *self, GError **error);

/* Who of us wrote what step 6 approves. */
gboolean kaf_mission_read_editors (KafMissionReading *self, GError **error);

/* Of a stakeholder: how often, and when last, one spoke with it in the course of the mission. */
void kaf_mission_count_contacts (KafMission *mission, KafStakeholder *stakeholder);

/* Of many: the open needs by territory and domain. */
gboolean kaf_mission_read_twins (KafMissionReading *self, GError **error);

/* What many share beyond that; kaf-missions-shared.c */
KafMissionsShared *kaf_missions_shared_read (KafDatabase *db, GError **error);
void kaf_missions_shared_free (KafMissionsShared *self);
/* What else the mission's experts do, and how many came to its sessions. */
void kaf_missions_shared_fill (const KafMissionsShared *self, KafMission *mission);

/* Of many: the adjustments of all lines. */
gboolean kaf_mission_read_adjustments (KafMissionReading *self, GError **error);

G_END_DECLS
