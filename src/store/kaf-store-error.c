/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-store-error.h"

G_DEFINE_QUARK (kaf - store - error - quark, kaf_store_error)
