/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of files that leave together. */
#pragma once

#include "ui/app/kaf-outgoing.h"

G_BEGIN_DECLS

/* All but where it goes, what is done and how: those are the door's. */
KafOutgoingKind kaf_parcel_kind (void);

G_END_DECLS
