/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The meetings of a mission, as the steps list them in which one is called: to tell what it is (2), to agree with the
 * parties (6), to tie them (7). All of them stand in each; what a new one begins with differs. */
#pragma once

#include "ui/mission/kaf-part-list.h"

G_BEGIN_DECLS

extern const KafPartSpec kaf_step_meetings_awareness;
extern const KafPartSpec kaf_step_meetings_agreements;
extern const KafPartSpec kaf_step_meetings_ties;

G_END_DECLS
