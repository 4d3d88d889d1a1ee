/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the accounts share. */
#pragma once

#include "server/kaf-accounts.h"
#include "server/kaf-sqlite.h"

G_BEGIN_DECLS

struct _KafAccounts
{
  GMutex mutex;
  KafSqlite *sqlite;
  KafClock *clock;
  KafRandom *random;
};

gint64 kaf_accounts_now (KafAccounts *self);

/* Devices are written as 16 hexadecimal digits. (transfer full) */
char *kaf_accounts_device_text (guint64 device);

/* Runs a statement with its parameters bound; FALSE with KAF_ACCOUNTS_ERROR_MISSING when it changed
 * nothing. */
gboolean kaf_accounts_change (KafAccounts *self, KafSqliteRows *rows, GError **error);

/* Of kaf_accounts_add_failure(). */
gboolean kaf_accounts_forget_failures (KafAccounts *self, const char *name, GError **error);

G_END_DECLS
