/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The error domain of what comes from other devices. */
#include "config.h"

#include "sync/kaf-sync-error.h"

G_DEFINE_QUARK (kaf - sync - error - quark, kaf_sync_error)
