/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the follower share: the records it follows, and the lines under their rows. */
#pragma once

#include "store/kaf-known.h"
#include "ui/form/kaf-follower.h"

G_BEGIN_DECLS

typedef struct
{
  KafRecord *stood; /* as it was read last, and as what was written here since left it */
  KafRecord *known; /* and with what is being written, as if it were by now */
  GPtrArray *rows;  /* (element-type KafFieldRow), unowned */
} KafFollowed;

/* Under a row. */
typedef struct
{
  const KafEntity *entity;
  const KafField *field; /* the first of its unit */
  KafFieldRow *row;      /* the first that was typed in */
  char *sentence;        /* what others made of it */
  char *mark;            /* of what stood there when it was typed */
  GHashTable *mine;      /* KafFieldRow → what was typed, since theirs was taken; else NULL */
} KafFollowerLine;

struct _KafFollower
{
  GObject parent_instance;

  KafStore *store;
  GPtrArray *followed; /* (element-type KafFollowed) */
  GPtrArray *lines;    /* (element-type KafFollowerLine) */
  GPtrArray *waiting;  /* (element-type GTask): once it was read again */
  GCancellable *cancellable;
  GPtrArray *
      writing; /* commits under way, in their order: what is known is ahead of the store meanwhile */
  gboolean reading;
  gboolean again; /* something was written since the reading under way began */
};

KafFollowed *kaf_follower_find (KafFollower *self, const KafEntity *entity); /* (nullable) */
gboolean kaf_follower_is_of (const KafEntity *entity, KafFieldRow *row, const KafField *unit);
/* The first row of the unit that was typed in. (nullable) */
KafFieldRow *kaf_followed_find_touched (const KafFollowed *self, const KafField *unit);

/* It stands so by now, for all that is known here. */
void kaf_followed_set (KafFollowed *self, KafRecord *stood);

/* Once nothing is being written, reads again what is followed. */
void kaf_follower_read_again (KafFollower *self);
void kaf_follower_emit_followed (KafFollower *self);

/* Lines: kaf-follower-lines.c. @known: as it was before the news. */
void kaf_follower_line_free (KafFollowerLine *self);
void kaf_follower_watch_row (KafFollower *self, KafFieldRow *row);
void kaf_follower_show_line (KafFollower *self,
                             const KafRecord *known,
                             KafFieldRow *row,
                             const KafNews *news);
void kaf_follower_drop_line (KafFollower *self, const KafEntity *entity, const KafField *unit);
KafFollowerLine *
kaf_follower_find_line (KafFollower *self, const KafEntity *entity, const KafField *unit);

/* "person.city 0123456789abcdef" of what is known of the unit, which it does not give away: kaf-follower-draft.c. (transfer full) */
char *kaf_follower_mark_unit (const KafRecord *known, const KafField *unit);

G_END_DECLS
