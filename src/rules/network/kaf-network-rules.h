/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with networks and with who presides organisations. The catalogue: kaf_network_rules. */
#pragma once

#include "rules/kaf-finding.h"
#include "rules/network/kaf-mandate.h"

G_BEGIN_DECLS

/* An organisation as these rules see it. */
typedef struct
{
  char *id;
  gboolean is_network;
  KafDay last_contact;     /* with it, or with who presides it; unknown: none is noted */
  guint n_conventions;     /* in force, or on their way there, to which it is a party */
  GPtrArray *presidencies; /* (element-type KafMandate), not owned: all, also past ones */
} KafBody;

KafBody *kaf_body_new (const char *id);
void kaf_body_free (KafBody *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafBody, kaf_body_free)

void kaf_body_check (KafFindings *findings, const KafBody *body);

G_END_DECLS
