/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dated setting as it is changed: what is set counts from today on, on every device. */
#pragma once

#include "store/kaf-commit.h"

G_BEGIN_DECLS

/* Sets @key (kaf-settings.h) from today on; what was set today before is overwritten. @value: nullable. @id (out,
 * nullable) (transfer full): of the setting. Errors: those of kaf_commit(). (transfer full) */
KafReceipt *
kaf_setting_write (KafDatabase *db, const char *key, const char *value, char **id, GError **error);

G_END_DECLS
