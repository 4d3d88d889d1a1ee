/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record/kaf-query.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

typedef struct
{
  char *code;
  char *title;
  char *folded; /* by what it is found: its names in all languages */
} KafFilterValue;

/* Something a list can be narrowed by. */
typedef struct
{
  char *path;
  char *label;           /* translated */
  const KafField *field; /* nullable */
  GPtrArray *values;     /* of KafFilterValue; NULL until loaded; never for dates and figures */
} KafFilter;

/* The filters that lists of @entity offer. (element-type KafFilter) (transfer full) */
GPtrArray *kaf_filters_new (const KafEntity *entity);
KafFilter *kaf_filters_find (GPtrArray *filters, const char *path);

/* The filter of that path, added when @entity does not usually offer it: queries come from other
 * pages too. */
KafFilter *kaf_filters_ensure (GPtrArray *filters, const KafEntity *entity, const char *path);

/* That of one path alone. (element-type KafFilter) (transfer full) */
GPtrArray *kaf_filters_new_one (const KafEntity *entity, const char *path);

/* A choice among values, rather than a range. */
gboolean kaf_filter_has_values (const KafFilter *self);

/* Reads the values of a filter that chooses among values, once. The answer is a boolean. */
void kaf_filter_load_async (KafFilter *self,
                            KafStore *store,
                            KafLang lang,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean
kaf_filter_load_finish (KafFilter *self, KafStore *store, GAsyncResult *result, GError **error);

const char *kaf_filter_find_title (const KafFilter *self, const char *code);

/* "Country: Germany, Switzerland + 2"; NULL when the query does not use the filter.
 * (transfer full) */
char *kaf_filter_describe (const KafFilter *self, const KafQuery *query, KafLang lang);

/* All that narrows the query, for a sentence. (transfer full) */
char *kaf_filters_describe (GPtrArray *filters, const KafQuery *query, KafLang lang);

G_END_DECLS
