/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What texts were read as. To hear a name or a city costs more than all that is then done with it, and where a store is
 * read again and again the same few come back. As kaf-match-person.h reads them; of one thread. */
#pragma once

#include "match/kaf-match-person.h"

G_BEGIN_DECLS

typedef struct _KafMatchReadings KafMatchReadings;

/* @aliases nullable, and not its own. */
KafMatchReadings *kaf_match_readings_new (const KafMatchAliases *aliases);
void kaf_match_readings_free (KafMatchReadings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafMatchReadings, kaf_match_readings_free)

/* A spelling as kaf_match_person_add_name() would add it, either side nullable; FALSE: it would add none. What @name (out)
 * points to belongs to the readings: the same text in the same column is the same KafSpokenName. */
gboolean kaf_match_readings_name (KafMatchReadings *self,
                                  const char *given,
                                  const char *family,
                                  KafMatchName *name);

/* The values that kaf_match_person_add_known() would add for @text (nullable); NULL: none. (transfer none) */
KafMatchValues *
kaf_match_readings_values (KafMatchReadings *self, KafMatchField field, const char *text);

/* How many texts are kept. */
guint kaf_match_readings_get_n (const KafMatchReadings *self);

G_END_DECLS
