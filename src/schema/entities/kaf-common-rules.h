/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules across fields that several entities share; each is, or serves, a KafValidateFunc. */
#pragma once

#include "schema/kaf-entity.h"

/* An entity with valid_from and valid_to: they stand in order. */
gboolean
kaf_common_validate_period (KafGetFunc get, gpointer data, const char **field, GError **error);

/* An official text with title_fr and title_ar: one of them is there. */
gboolean
kaf_common_validate_title (KafGetFunc get, gpointer data, const char **field, GError **error);

/* Two dates, whole or partial, the one not before the other; a missing one is fine. */
gboolean kaf_common_validate_order (KafGetFunc get,
                                    gpointer data,
                                    const char *first,
                                    const char *second,
                                    const char **field,
                                    GError **error);

/* None of the sums of money is below zero: less is said by an adjustment. @fields: ends with NULL. */
gboolean kaf_common_validate_amounts (
    KafGetFunc get, gpointer data, const char *const *fields, const char **field, GError **error);

/* Each sum of money, below zero or not, is one of which thousands can be added up: at most 10¹⁵ minor units. */
gboolean kaf_common_validate_sums (
    KafGetFunc get, gpointer data, const char *const *fields, const char **field, GError **error);

/* "14:30": hours and minutes of a day. */
gboolean kaf_common_is_time (const char *text);

/* One of two texts is there, in French or in Arabic; @sentence: N_(), what to do where neither is. */
gboolean kaf_common_validate_either (KafGetFunc get,
                                     gpointer data,
                                     const char *french,
                                     const char *arabic,
                                     const char *sentence,
                                     const char **field,
                                     GError **error);
