/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the hub itself writes in the name of a user: edits like those of a device, so that they are judged, numbered and
 * told like them. */
#pragma once

#include "server/kaf-hub-intake.h"

G_BEGIN_DECLS

/* The device of such groups: none has that number. */
#define KAF_HUB_OWN_DEVICE 0

/* The next group of that device, for kaf_hub_intake_group(). @intake: begun, its session of KAF_HUB_OWN_DEVICE, by whose
 * user it is written. @payload: @n_ops operations as kaf-operation.h has them, in an array; @saw: the number up to which
 * their author has read. (transfer full) */
KafHubGroup *kaf_hub_own_make_group (
    const KafHubIntake *intake, const char *batch, const char *payload, guint n_ops, gint64 saw);

G_END_DECLS
