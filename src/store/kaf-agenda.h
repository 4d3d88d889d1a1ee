/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the calendar between two days: sessions, every occurrence of a commitment, ends of conventions; what is
 * due with project holders (kaf-agenda-holders.h); meetings and what they
 * decided (kaf-agenda-meetings.h).
 *
 * Narrow SQL fetches what may fall into the span; the rules say what does. Run it on a worker. */
#pragma once

#include "base/kaf-day.h"
#include "base/kaf-lang.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_AGENDA_SESSION,
  KAF_AGENDA_MEETING,
  KAF_AGENDA_DUE, /* of a commitment, of a decision, of the file of a project holder, of a relay */
  KAF_AGENDA_END, /* last day of a convention */
  KAF_AGENDA_MISSION, /* takes place; see kaf-agenda-missions.h */
} KafAgendaKind;

typedef enum
{
  KAF_AGENDA_OPEN,
  KAF_AGENDA_LATE, /* was to be done by then */
  KAF_AGENDA_DONE, /* done; of a session, a meeting: held */
  KAF_AGENDA_OFF,  /* cancelled; its convention is over */
} KafAgendaState;

typedef struct
{
  KafAgendaKind kind;
  KafAgendaState state;
  const char *entity; /* of the record to open */
  char *id;
  char *ref; /* nullable */
  char *
      title; /* of the module, the commitment, the convention; in the language asked for or in the other */
  char *
      where; /* nullable: the place of a session or a meeting, what a commitment or a decision is of */
  char *starts_at, *ends_at; /* nullable: "09:30", in Morocco */
  KafDay from, to;           /* both counted; the same for what is due */
  char *who;                 /* nullable: who of us follows it */
  char *person;              /* nullable: id of the trainer, of the person responsible */
  char *person_name;         /* nullable */
} KafAgendaItem;
void kaf_agenda_item_free (KafAgendaItem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafAgendaItem, kaf_agenda_item_free)

/* By day, then sessions before meetings before what is due before what ends, then by title. The ends of conventions and what is late
 * are as known @today (unknown: by the clock). Errors: KAF_STORE_ERROR, G_IO_ERROR_CANCELLED.
 * (element-type KafAgendaItem) (transfer full) */
GPtrArray *kaf_agenda_read (KafDatabase *db,
                            KafDay from,
                            KafDay until,
                            KafDay today,
                            KafLang lang,
                            GCancellable *cancellable,
                            GError **error);

/* The same of the ends of conventions alone. */
GPtrArray *kaf_agenda_read_ends (KafDatabase *db,
                                 KafDay from,
                                 KafDay until,
                                 KafDay today,
                                 KafLang lang,
                                 GCancellable *cancellable,
                                 GError **error);

/* Whether it stands in the calendar on that day. */
gboolean kaf_agenda_item_is_on (const KafAgendaItem *self, KafDay day);

G_END_DECLS
