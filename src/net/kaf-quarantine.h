/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What others wrote where they may not, and the hub keeps aside: for who answers for the place (KafRole.settles), who takes it
 * over in his own name, or sets it aside. Both are the hub's to carry out; what is taken comes here with the next exchange.
 * Blocking, but for those that end in _async. Errors: KAF_NET_ERROR. */
#pragma once

#include "record/kaf-change-set.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct
{
  const KafField *field;
  char *value, *stands; /* canonical; NULL: empty, or there is no record yet */
  char *value_text,
      *stands_text; /* as a person reads them, once kaf_quarantine_fill() was called; nullable */
} KafAsideField;

/* What is done to the record or to one of its facets. */
typedef struct
{
  KafChangeKind kind;
  const KafEntity *entity;
  GPtrArray *fields; /* (element-type KafAsideField) */
} KafAsideChange;

typedef struct
{
  char *name;              /* of the edit, at the hub */
  char *by;                /* user who wrote it; nullable */
  gint64 at;               /* µs since 1970 UTC */
  const KafEntity *entity; /* the root */
  char *id, *ref;          /* of the record; the latter nullable */
  char *title;             /* once filled; nullable: it has none that is known here */
  const KafEntity *page;   /* once filled, what people know the record by; NULL: it is not here */
  guint n_hidden;     /* fields that it writes and the user does not read: it is not his to take */
  GPtrArray *changes; /* (element-type KafAsideChange) */
} KafAside;

typedef struct
{
  GPtrArray *edits; /* (element-type KafAside), the first first */
  gint64 seen;      /* the hub's number up to which it was looked at */
  gboolean more;    /* than were told */
} KafQuarantine;
void kaf_quarantine_free (KafQuarantine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafQuarantine, kaf_quarantine_free)

/* "City · Country", "New record", "Deletion": what the edit does. (transfer full) */
char *kaf_aside_name_edit (const KafAside *self);

/* The title, else the reference, else what kind of record it is. */
const char *kaf_aside_get_title (const KafAside *self);

/* @store: path, of a device of the hub at @url. */
KafQuarantine *kaf_quarantine_fetch (const char *store,
                                     const char *url,
                                     GCancellable *cancellable,
                                     GError **error);

/* Has the texts for a person made, of what is in the store. */
void kaf_quarantine_fill (KafQuarantine *self, KafDatabase *db, KafLang lang);

/* Takes the edit over: @seen, of the list in which it was looked at. Errors: KAF_NET_ERROR_ASIDE_GONE, _ASIDE_REFUSED. */
gboolean kaf_quarantine_take (const char *store,
                              const char *url,
                              const char *name,
                              gint64 seen,
                              GCancellable *cancellable,
                              GError **error);

/* Sets it aside; @reason is told to its author. */
gboolean kaf_quarantine_refuse (const char *store,
                                const char *url,
                                const char *name,
                                const char *reason,
                                GCancellable *cancellable,
                                GError **error);

/* kaf_net_explain(), and why an edit was not taken. (transfer full) */
char *kaf_quarantine_explain (const GError *error);

void kaf_quarantine_fetch_async (const char *store,
                                 const char *url,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
KafQuarantine *kaf_quarantine_fetch_finish (GAsyncResult *result, GError **error);

/* @reason: NULL: it is taken. */
void kaf_quarantine_settle_async (const char *store,
                                  const char *url,
                                  const char *name,
                                  gint64 seen,
                                  const char *reason,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean kaf_quarantine_settle_finish (GAsyncResult *result, GError **error);

/* What the hub said, read strictly. Errors: KAF_NET_ERROR_PROTOCOL. For tests. */
KafQuarantine *kaf_quarantine_parse (const char *text, gsize size, GError **error);

G_END_DECLS
