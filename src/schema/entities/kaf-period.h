/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "schema/kaf-entity.h"

/* The rule of every entity with valid_from and valid_to: they stand in order. */
gboolean kaf_period_validate (KafGetFunc get, gpointer data, const char **field, GError **error);
