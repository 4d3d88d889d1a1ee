/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl calendar: sessions, due dates and ends of conventions as an iCalendar file. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "cli/kaf-verbs.h"
#include "exchange/kaf-calendar.h"
#include "exchange/kaf-export.h"
#include "store/kaf-disclosure.h"

typedef struct
{
  char *from, *until, *reason, *recipient;
  gboolean no_names;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->from);
  g_free (self->until);
  g_free (self->reason);
  g_free (self->recipient);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (KafCli *cli, Options *options, GStrv *words)
{
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &options->from, N_ ("First day; by default today"),
      "DATE" },
    { "until", 0, 0, G_OPTION_ARG_FILENAME, &options->until,
      N_ ("Last day; by default a year after the first"), "DATE" },
    { "no-names", 0, 0, G_OPTION_ARG_NONE, &options->no_names,
      N_ ("Leave trainers and persons responsible out"), NULL },
    { "reason", 0, 0, G_OPTION_ARG_FILENAME, &options->reason, N_ ("Why, for the register"),
      "TEXT" },
    { "recipient", 0, 0, G_OPTION_ARG_FILENAME, &options->recipient,
      N_ ("For whom, for the register"), "TEXT" },
    { NULL },
  };

  return kaf_cli_parse (cli, &kaf_verb_calendar, entries, words, 1, 1) &&
         kaf_cli_check_reason (options->reason);
}

/* @text NULL: @otherwise. */
static gboolean
read_day (const char *text, KafDay otherwise, KafDay *day)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *iso = text != NULL ? kaf_date_normalise (text, FALSE, &error) : NULL;

  *day = text != NULL ? kaf_day_parse (iso) : otherwise;
  if (error != NULL)
    kaf_cli_fail_error (NULL, NULL, error);
  return error == NULL;
}

static KafExit
report (KafCli *cli, const char *file, guint n_items, guint n_persons)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!cli->json)
    {
      g_print (ngettext ("%u entry was written.\n", "%u entries were written.\n", n_items),
               n_items);
      return KAF_EXIT_OK;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "file", file);
  kaf_cli_add_int (builder, "entries", n_items);
  kaf_cli_add_int (builder, "persons", n_persons);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
  return KAF_EXIT_OK;
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_auto (Options) options = { NULL };
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *today = NULL;
  KafCalendarOptions calendar = { .lang = cli->lang };
  guint n_items = 0, n_persons = 0;

  if (!parse (cli, &options, &words))
    return KAF_EXIT_USAGE;
  /* The disclosure is written. */
  if (!kaf_cli_open (cli, options.reason != NULL ? KAF_ACCESS_WRITE : KAF_ACCESS_READ))
    return KAF_EXIT_USAGE;
  today = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (cli->db)));
  if (!read_day (options.from, kaf_day_parse (today), &calendar.from) ||
      !read_day (options.until, kaf_day_add_months (calendar.from, 12), &calendar.until))
    return KAF_EXIT_USAGE;
  if (calendar.until != KAF_DAY_UNKNOWN && calendar.until < calendar.from)
    return kaf_cli_fail (_ ("The last day is before the first: turn --from and --until round."));
  calendar.no_names = options.no_names;
  calendar.reason = options.reason;
  calendar.recipient = options.recipient;
  file = g_file_new_for_commandline_arg (words[1]);
  if (kaf_calendar_export (cli->db, file, &calendar, NULL, &n_items, &n_persons, &error))
    return report (cli, words[1], n_items, n_persons);
  if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED))
    return kaf_cli_fail_printf (_ ("A calendar that names more than %d persons needs a reason: say "
                                   "it with --reason, or leave the names out with --no-names."),
                                (int) kaf_disclosure_limit (cli->db));
  return kaf_cli_fail_error (NULL, NULL, error);
}

const KafVerb kaf_verb_calendar = {
  .name = "calendar",
  .arguments = "FILE.ics [--from DATE] [--until DATE]",
  .summary = N_ ("Exports sessions, due dates and ends of conventions for a calendar"),
  .run = run,
  .records = TRUE,
};
