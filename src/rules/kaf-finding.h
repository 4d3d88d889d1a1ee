/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a rule found: what is wrong or due, with whom, by when, and where to mend it.
 *
 * A rule is an entry of a catalogue (kaf-rulebook.h) and a check over loaded structs. A finding names the rule,
 * the record and the arguments of the sentence; it is told in a language only when somebody reads it. */
#pragma once

#include "base/kaf-day.h"
#include "base/kaf-lang.h"
#include "schema/kaf-value.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_FINDING_BLOCKS, /* a gate of a mission stays shut while it stands */
  KAF_FINDING_LATE,
  KAF_FINDING_WARNS,
  KAF_FINDING_DUE,   /* nothing is wrong: somebody has to do something by a day */
  KAF_FINDING_NOTES, /* worth knowing; nothing has to be done about it today */
  KAF_N_FINDING_KINDS,
} KafFindingKind;

/* "blocks", "late", "warns", "due", "notes": for JSON. */
const char *kaf_finding_kind_id (KafFindingKind kind);

/* How soon somebody should look at it: the order of a list, and what is counted. */
typedef enum
{
  KAF_URGENCY_LATE,  /* its day is past, or a gate is shut */
  KAF_URGENCY_WEEK,  /* due within the shortest of the three terms (7 days) */
  KAF_URGENCY_MONTH, /* within the second (30 days) */
  KAF_URGENCY_LATER,
  KAF_URGENCY_UNDATED, /* to be put right, without a day */
  KAF_URGENCY_MILD,
  KAF_N_URGENCIES,
} KafUrgency;

/* "late", "week", "month", "later", "undated", "mild": for JSON. */
const char *kaf_urgency_id (KafUrgency urgency);

/* A rule of the catalogue. */
typedef struct
{
  const char *code; /* "convention-lapsing" */
  KafFindingKind kind;
  const char *entity;   /* of the record that mends it */
  const char *field;    /* nullable: the field to mend it in */
  const char *sentence; /* N_(): what is so; its %s are the arguments, in order */
  const char *advice;   /* N_(): what to do */
  const char *by;       /* nullable: entity of the new record that mends it instead */
} KafRule;

typedef enum
{
  KAF_ARG_NONE,
  KAF_ARG_RECORD, /* its title */
  KAF_ARG_DAY,
  KAF_ARG_NUMBER,
  KAF_ARG_CHOICE, /* the label of a choice, of whichever field of the entity has it */
} KafArgKind;

typedef struct
{
  KafArgKind kind;
  const char *entity; /* of a record */
  const char *id;     /* of a record, the code of a list item, or a choice */
  guint32 rid;        /* of a record whose id nobody read: its row here */
  guint number;       /* a KafDay, or the number */
} KafArg;

#define KAF_FINDING_ARGS 3

/* The strings live as long as the KafFindings that it stands in. */
typedef struct
{
  const KafRule *rule;
  const char *id;        /* of the record to open, an entity of rule->entity; NULL: see rid */
  guint32 rid;           /* its row on this device when the rules did not know the id; 0 else */
  const char *of_entity; /* nullable: "convention", "network", "organisation", "programme" */
  const char *of;        /* nullable: id of what it is about, on whose page it stands too */
  KafArg args[KAF_FINDING_ARGS];
  KafDay due;         /* unknown: no day */
  const char *who;    /* nullable: who of us follows it */
  const char *person; /* nullable: id of the person responsible */
  KafUrgency urgency;
  const char *
      source; /* nullable: what was looked at when it was found, where that is looked at by itself */

  /* Told by the store, for those that are read; NULL until then. */
  const char *sentence, *advice;
  const char *title;       /* of the record to open */
  const char *of_title;    /* short */
  const char *person_name; /* of the person responsible */
} KafFinding;

/* Days before something ends or is due; and how long one waits. All in days. */
typedef struct
{
  guint lapse_first, lapse_second, lapse_last; /* 90, 30, 7 */
  guint expired;                               /* for so long after its end it is told: 365 */
  guint commitment_soon;                       /* 30 */
  guint network_contact;                       /* 365 */
  guint minutes; /* after a meeting, until its minutes are approved: 30 */
} KafThresholds;

/* The defaults of the settings. */
KafThresholds kaf_thresholds_default (void);

/* What the rules found, and the texts of it. Reference counted; read by any thread once it is whole. */
typedef struct _KafFindings KafFindings;
struct _KafFindings
{
  gatomicrefcount refs;
  KafFindings *base; /* whose texts it uses too; nullable */
  guint depth;       /* how many such stand behind one another */
  KafDay day;
  KafThresholds thresholds;
  GPtrArray *list;               /* (element-type KafFinding) */
  guint counts[KAF_N_URGENCIES]; /* of all, also of those that a limit left out of the list */
  guint n_all;
  GStringChunk *texts;
};

KafFindings *kaf_findings_new (KafDay day, const KafThresholds *thresholds);
KafFindings *kaf_findings_ref (KafFindings *self);
void kaf_findings_unref (KafFindings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafFindings, kaf_findings_unref)

/* Whether a finding is meant. */
typedef gboolean (*KafFindingFunc) (const KafFinding *finding, gpointer data);

/* Those that @wanted (nullable: all) says yes to, the first @limit (0: all) of them in the list and all counted, to be
 * told by themselves; @self stays as it is. */
KafFindings *
kaf_findings_select (KafFindings *self, KafFindingFunc wanted, gpointer data, guint limit);

/* Copies @text (nullable) to where it lives as long as the findings. */
const char *kaf_findings_keep (KafFindings *self, const char *text);

/* A finding about the record @id (nullable: set rid) of the rule's entity, due on @due. Ids are copied. */
KafFinding *kaf_findings_add (KafFindings *self, const KafRule *rule, const char *id, KafDay due);

/* The arguments of the sentence, in the order of its %s. */
void
kaf_finding_add_record (KafFindings *self, KafFinding *finding, const char *entity, const char *id);
void kaf_finding_add_row (KafFinding *finding, const char *entity, guint32 rid);
void kaf_finding_add_day (KafFinding *finding, KafDay day);
void kaf_finding_add_number (KafFinding *finding, guint number);
void kaf_finding_add_choice (KafFinding *finding, const char *entity, const char *choice);

/* What it is about. */
void
kaf_finding_set_of (KafFindings *self, KafFinding *finding, const char *entity, const char *id);

/* Takes out the findings of which @wanted says no; they are not counted then. */
void kaf_findings_filter (KafFindings *self, KafFindingFunc wanted, gpointer data);

/* The most urgent first; those that are alike by day, then by rule. */
void kaf_findings_sort (KafFindings *self);

/* Sorts, and puts in those of @other, which is sorted, that @wanted says yes to. They leave @other, whose texts then
 * serve both. */
void kaf_findings_take_over (KafFindings *self,
                             KafFindings *other,
                             KafFindingFunc wanted,
                             gpointer data);

/* The sentence in @lang, its titles isolated. @title gives the title of a
 * record argument; NULL from it shows as "—". (transfer full) */
char *kaf_finding_tell (const KafFinding *self, KafLang lang, KafTitleFunc title, gpointer data);

/* How long until @due, from @day: for lists. Negative: past. */
int kaf_finding_days_left (const KafFinding *self, KafDay day);

G_END_DECLS
