/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The error domain of values that a person or a file gives. */

#include "config.h"

#include "base/kaf-validation-error.h"

G_DEFINE_QUARK (kaf - validation - error - quark, kaf_validation_error)
