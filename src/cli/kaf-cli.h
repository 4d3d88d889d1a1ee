/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the verbs of kafaatctl share: options, the open store, and how they speak. */
#pragma once

#include <json-glib/json-glib.h>

#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_EXIT_OK,
  KAF_EXIT_FINDING, /* the work was done and found something: check, nothing to undo */
  KAF_EXIT_USAGE,   /* bad usage or input, or the work could not be done */
} KafExit;

typedef struct
{
  char *store;     /* --store; NULL: the user's own */
  char *lang_name; /* --lang; NULL: the environment's */
  gboolean json;   /* --json */
  KafLang lang;
  KafDatabase *db;  /* opened by kaf_cli_open() */
  gboolean records; /* of the verb that was parsed */
} KafCli;

typedef struct
{
  const char *name;
  const char *arguments; /* as in the help: "REF FIELD=VALUE…" */
  const char *summary;   /* N_() */
  KafExit (*run) (KafCli *cli, GStrv args);
  gboolean records; /* tells of single records: not open to who sees totals alone */
} KafVerb;

/* Parses the options of a verb, --store, --lang and --json among them; what is left of *args are
 * @least to @most words behind the verb's name (at 0). FALSE when it was told what is wrong.
 * Texts are asked for as G_OPTION_ARG_FILENAME, which no locale garbles. */
gboolean kaf_cli_parse (KafCli *cli,
                        const KafVerb *verb,
                        const GOptionEntry *entries,
                        GStrv *args,
                        guint least,
                        guint most);

typedef enum
{
  KAF_ACCESS_READ, /* a store that may only be read will do */
  KAF_ACCESS_WRITE,
  KAF_ACCESS_CREATE, /* make the store where there is none */
} KafAccess;

gboolean kaf_cli_open (KafCli *cli, KafAccess access);

/* The path of the store that --store or the environment names. (transfer full) */
char *kaf_cli_get_store_path (const KafCli *cli);

/* Tells on standard error what is wrong; @text is a whole sentence. Always KAF_EXIT_USAGE. */
KafExit kaf_cli_fail (const char *text);

/* Whether @reason, which a person typed, is a sentence, or there is none (NULL, or blank). FALSE: it was told what is asked of
 * one (base/kaf-reason.h). */
gboolean kaf_cli_check_reason (const char *reason);
KafExit kaf_cli_fail_printf (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* The same for an error; @field (nullable): the one it is about. */
KafExit kaf_cli_fail_error (const KafField *field, const char *suggestion, const GError *error);

/* The same for the name of a field that @entity does not have. */
KafExit kaf_cli_fail_no_field (const KafEntity *entity, const char *name);

/* kaf_permit_explain() for the user: FALSE where there is something, which is told. */
gboolean kaf_cli_may_write (KafCli *cli, KafRecord *record, gboolean creates);

/* Entities by name, records by what a person calls them; NULL or FALSE when it was told that
 * there is none. */
const KafEntity *kaf_cli_find_entity (const char *name);
gboolean kaf_cli_resolve (KafCli *cli, const char *text, const KafEntity **entity, char **id);

/* One line of standard input, asked for and unseen where that is a terminal. NULL: there is none. (transfer full) */
char *kaf_cli_read_unseen (const char *prompt);

/* One JSON object on a line of its own; @builder holds it whole. */
void kaf_cli_print_object (JsonBuilder *builder);

/* Adds a member to the object being built; what is unknown, or an empty text, as null. */
void kaf_cli_add_text (JsonBuilder *builder, const char *name, const char *text);
void kaf_cli_add_int (JsonBuilder *builder, const char *name, gint64 value);
void kaf_cli_add_time (JsonBuilder *builder, const char *name, gint64 us);

G_END_DECLS
