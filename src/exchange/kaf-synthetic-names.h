/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names that KafSynthetic draws from, the most usual first. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *latin;
  const char *arabic;
} KafSyntheticName;

extern const KafSyntheticName kaf_synthetic_families[];
extern const gsize kaf_synthetic_families_length;
extern const KafSyntheticName kaf_synthetic_men[];
extern const gsize kaf_synthetic_men_length;
extern const KafSyntheticName kaf_synthetic_women[];
extern const gsize kaf_synthetic_women_length;

G_END_DECLS
