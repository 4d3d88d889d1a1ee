/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the verbs of kafaat-server share. */
#pragma once

#include "server/kaf-service.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_SERVER_EXIT_OK,
  KAF_SERVER_EXIT_FINDING, /* it could not be done: no such user, the file is there already, the disk */
  KAF_SERVER_EXIT_USAGE, /* bad usage or input */
} KafServerExit;

typedef struct
{
  const char *name;
  const char *arguments; /* as in the help: "add NAME" */
  const char *summary;   /* N_() */
  KafServerExit (*run) (const char *dir, GStrv args);
} KafServerVerb;

extern const KafServerVerb kaf_server_verb_init;
extern const KafServerVerb kaf_server_verb_user;
extern const KafServerVerb kaf_server_verb_grant;
extern const KafServerVerb kaf_server_verb_device;
extern const KafServerVerb kaf_server_verb_serve;
extern const KafServerVerb kaf_server_verb_status;
extern const KafServerVerb kaf_server_verb_backup;
extern const KafServerVerb kaf_server_verb_restore;
extern const KafServerVerb kaf_server_verb_erase;
extern const KafServerVerb kaf_server_verb_snapshot;

/* A descriptor that shuts out every other who serves from or replaces the files of @dir, or -1 when it was
 * told why. To be closed. */
int kaf_server_cli_lock (const char *dir);

/* Parses the options of a verb; what is left of *args are @least to @most words behind its name (at 0).
 * FALSE when it was told what is wrong. */
gboolean kaf_server_cli_parse (
    const KafServerVerb *verb, const GOptionEntry *entries, GStrv *args, guint least, guint most);

/* NULL when it was told why. */
KafService *kaf_server_cli_open (const char *dir);

/* Tells on standard error what is wrong, a whole sentence; gives KAF_SERVER_EXIT_USAGE or _FINDING. */
KafServerExit kaf_server_cli_fail_usage (const char *format, ...) G_GNUC_PRINTF (1, 2);
KafServerExit kaf_server_cli_fail (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* The same for an error; @what (nullable): the user or the device that it is about. */
KafServerExit kaf_server_cli_fail_error (const char *what, const GError *error);

/* The line of standard input when @from_stdin, else typed twice on the terminal, unseen. NULL when it was
 * told why. (transfer full): kaf_secret_free() */
char *kaf_server_cli_read_password (gboolean from_stdin);

/* ms since 1970 as "2026-11-28 08:00 UTC", or "—" for 0. (transfer full) */
char *kaf_server_cli_format_time (gint64 ms);

G_END_DECLS
