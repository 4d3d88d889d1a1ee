/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl segment: saved queries, counted, frozen, compared. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "cli/kaf-cli-query.h"
#include "cli/kaf-table.h"
#include "cli/kaf-verbs.h"
#include "exchange/kaf-export.h"
#include "schema/kaf-registry.h"
#include "store/kaf-disclosure.h"
#include "store/kaf-page.h"
#include "store/kaf-permit.h"
#include "store/kaf-query-text.h"
#include "store/kaf-segments.h"

#define LOT 500

typedef struct
{
  char *query, *list, *note, *purpose, *reason, *recipient, *sort;
  GStrv where;
  gboolean shared, mark;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->query);
  g_free (self->list);
  g_free (self->note);
  g_free (self->purpose);
  g_free (self->reason);
  g_free (self->recipient);
  g_free (self->sort);
  g_strfreev (self->where);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* What one asks for by words: a segment, or the name of a list with conditions. */
typedef struct
{
  KafCli *cli;
  const Options *options;
  GStrv words; /* "segment", what to do, its arguments */
} Call;

static KafExit
fail (const GError *error)
{
  if (error->domain == KAF_VALIDATION_ERROR)
    return kaf_cli_fail (error->message);
  return kaf_cli_fail_error (NULL, NULL, error);
}

/* By reference, id or title's source; NULL when it was told. (transfer full) */
static KafSegment *
find_segment (const Call *call)
{
  const KafEntity *entity = kaf_registry_find ("segment");
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  KafSegment *segment;

  if (!kaf_cli_resolve (call->cli, call->words[2], &entity, &id))
    return NULL;
  segment = kaf_segment_read (call->cli->db, id, &error);
  if (segment == NULL)
    fail (error);
  return segment;
}

static gboolean
is_readable (const KafSegment *segment)
{
  if (segment->query == NULL)
    kaf_cli_fail (segment->problem);
  return segment->query != NULL;
}

/* --query, or an entity with --where. NULL when it was told. */
static KafQuery *
make_query (const Call *call, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafQuery) query = NULL;
  const KafEntity *entity;

  if (call->options->query != NULL)
    query = kaf_query_from_json (call->options->query, &error);
  else
    {
      entity = kaf_cli_find_entity (name);
      query = entity != NULL ? kaf_cli_make_query (call->cli, entity, call->options->where,
                                                   call->options->sort)
                             : NULL;
      if (query == NULL)
        return NULL;
    }
  if (query == NULL || !kaf_permit_check_query (call->cli->db, query, &error))
    {
      fail (error);
      return NULL;
    }
  return g_steal_pointer (&query);
}

static const char *
get_title (const KafCli *cli, const KafSegment *segment)
{
  const char *first = cli->lang == KAF_LANG_AR ? segment->title_ar : segment->title;

  return first != NULL ? first : cli->lang == KAF_LANG_AR ? segment->title : segment->title_ar;
}

static void
print_segment_json (KafCli *cli, const KafSegment *segment, gboolean whole)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "id", segment->id);
  kaf_cli_add_text (builder, "ref", segment->ref);
  kaf_cli_add_text (builder, "title", segment->title);
  kaf_cli_add_text (builder, "title_ar", segment->title_ar);
  kaf_cli_add_text (builder, "entity",
                    segment->query != NULL ? kaf_query_get_entity (segment->query)->id : NULL);
  kaf_cli_add_int (builder, "count", segment->count);
  kaf_cli_add_int (builder, "lists", segment->n_lists);
  kaf_cli_add_text (builder, "problem", segment->problem);
  if (whole && segment->query != NULL)
    {
      g_autofree char *told = kaf_query_describe (cli->db, segment->query, cli->lang);
      g_autofree char *json = kaf_query_to_json (segment->query);

      kaf_cli_add_text (builder, "conditions", told);
      kaf_cli_add_text (builder, "query", json);
    }
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static KafExit
list_segments (const Call *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) segments = kaf_segments_read (call->cli->db, &error);
  g_autoptr (KafTable) table = kaf_table_new (4);

  if (segments == NULL)
    return fail (error);
  if (!call->cli->json)
    {
      kaf_table_add (table, _ ("Reference"));
      kaf_table_add (table, _ ("Title"));
      kaf_table_add (table, _ ("Of"));
      kaf_table_add (table, _ ("How many"));
    }
  for (guint i = 0; i < segments->len; i++)
    {
      const KafSegment *segment = g_ptr_array_index (segments, i);
      g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, segment->count);

      if (call->cli->json)
        {
          print_segment_json (call->cli, segment, FALSE);
          continue;
        }
      kaf_table_add (table, segment->ref);
      kaf_table_add (table, get_title (call->cli, segment));
      kaf_table_add (
          table, segment->query != NULL ? _ (kaf_query_get_entity (segment->query)->plural) : NULL);
      kaf_table_add (table, segment->query != NULL ? count : segment->problem);
    }
  kaf_table_print (table);
  return KAF_EXIT_OK;
}

static void
print_lists (KafCli *cli, GPtrArray *lists)
{
  g_autoptr (KafTable) table = kaf_table_new (4);

  for (guint i = 0; i < lists->len; i++)
    {
      const KafSegmentList *list = g_ptr_array_index (lists, i);
      g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, list->count);

      kaf_table_add (table, list->frozen_on);
      kaf_table_add (table, count);
      kaf_table_add (table, list->note);
      kaf_table_add (table, list->id);
    }
  kaf_table_print (table);
}

static KafExit
show_segment (const Call *call)
{
  g_autoptr (KafSegment) segment = find_segment (call);
  g_autoptr (GPtrArray) lists = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *told = NULL;

  if (segment == NULL)
    return KAF_EXIT_USAGE;
  if (call->cli->json)
    {
      print_segment_json (call->cli, segment, TRUE);
      return KAF_EXIT_OK;
    }
  if (!is_readable (segment))
    return KAF_EXIT_USAGE;
  lists = kaf_segment_lists_read (call->cli->db, segment->id, &error);
  if (lists == NULL)
    return fail (error);
  told = kaf_query_describe (call->cli->db, segment->query, call->cli->lang);
  g_print ("%s · %s\n%s\n%" G_GINT64_FORMAT "\n", segment->ref, get_title (call->cli, segment),
           told, segment->count);
  print_lists (call->cli, lists);
  return KAF_EXIT_OK;
}

static KafExit
count_query (const Call *call)
{
  g_autoptr (KafQuery) query = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n;

  if (call->words[2] != NULL && kaf_registry_find (call->words[2]) == NULL)
    {
      g_autoptr (KafSegment) segment = find_segment (call);

      if (segment == NULL || !is_readable (segment))
        return KAF_EXIT_USAGE;
      g_print ("%" G_GINT64_FORMAT "\n", segment->count);
      return KAF_EXIT_OK;
    }
  query = make_query (call, call->words[2] != NULL ? call->words[2] : "");
  if (query == NULL)
    return KAF_EXIT_USAGE;
  n = kaf_page_count (call->cli->db, query, &error);
  if (n < 0)
    return fail (error);
  g_print ("%" G_GINT64_FORMAT "\n", n);
  return KAF_EXIT_OK;
}

static KafExit
new_segment (const Call *call)
{
  const char *title = call->options->query != NULL ? call->words[2] : call->words[3];
  g_autoptr (KafQuery) query = NULL;
  g_autoptr (KafRecord) record = NULL;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  if (title == NULL)
    return kaf_cli_fail (
        _ ("Say of what the segment is, and its title: “segment new expert TITLE”."));
  query = make_query (call, call->words[2]);
  if (query == NULL)
    return KAF_EXIT_USAGE;
  record = kaf_segment_make (query, title, call->cli->lang, call->options->purpose,
                             call->options->shared);
  kaf_change_set_create (set, record);
  receipt = kaf_commit (call->cli->db, set, NULL, NULL, &error);
  if (receipt == NULL)
    return fail (error);
  g_print ("%s\n", (const char *) g_ptr_array_index (receipt->refs_made, 0));
  return KAF_EXIT_OK;
}

static KafExit
freeze_segment (const Call *call)
{
  g_autoptr (KafSegment) segment = find_segment (call);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *list = NULL;

  if (segment == NULL || !is_readable (segment))
    return KAF_EXIT_USAGE;
  receipt = kaf_segment_freeze (call->cli->db, segment->id, call->options->note, &list, &error);
  if (receipt == NULL)
    return fail (error);
  g_print ("%s\n", list);
  return KAF_EXIT_OK;
}

/* The list that --list names by id or date, or the newest. NULL when it was told. (transfer full) */
static char *
find_list (const Call *call, const KafSegment *segment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lists = kaf_segment_lists_read (call->cli->db, segment->id, &error);

  if (lists == NULL)
    {
      fail (error);
      return NULL;
    }
  for (guint i = 0; i < lists->len; i++)
    {
      const KafSegmentList *list = g_ptr_array_index (lists, i);

      if (call->options->list == NULL || g_str_equal (call->options->list, list->id) ||
          g_str_equal (call->options->list, list->frozen_on))
        return g_strdup (list->id);
    }
  kaf_cli_fail (_ ("There is no such frozen list: “segment show” names them."));
  return NULL;
}

static KafExit
print_members (KafCli *cli, const KafQuery *query)
{
  static const char *const none[] = { NULL };
  g_autoptr (KafTable) table = kaf_table_new (3);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) places = kaf_page_places (cli->db, query, &error);

  for (guint start = 0; places != NULL && start < places->len; start += LOT)
    {
      g_autoptr (GPtrArray) rows = kaf_page_rows (
          cli->db, kaf_query_get_entity (query), &g_array_index (places, guint32, start),
          MIN (LOT, places->len - start), none, cli->lang, &error);

      for (guint i = 0; rows != NULL && i < rows->len; i++)
        {
          const KafRow *row = g_ptr_array_index (rows, i);
          g_autoptr (JsonBuilder) builder = NULL;

          if (row == NULL)
            continue;
          if (!cli->json)
            {
              kaf_table_add (table, row->ref);
              kaf_table_add (table, row->title);
              kaf_table_add (table, row->title_ar);
              continue;
            }
          builder = json_builder_new ();
          json_builder_begin_object (builder);
          kaf_cli_add_text (builder, "id", row->id);
          kaf_cli_add_text (builder, "ref", row->ref);
          kaf_cli_add_text (builder, "title", row->title);
          json_builder_end_object (builder);
          kaf_cli_print_object (builder);
        }
      kaf_table_print (table);
    }
  return error == NULL ? KAF_EXIT_OK : fail (error);
}

/* What --list names, or what the segment finds today. NULL when it was told. (transfer full) */
static KafQuery *
find_members (const Call *call, const KafSegment *segment)
{
  g_autofree char *list = NULL;

  if (call->options->list == NULL)
    return kaf_query_ref (segment->query);
  list = find_list (call, segment);
  return list != NULL ? kaf_segment_list_query (kaf_query_get_entity (segment->query), list) : NULL;
}

static KafExit
list_members (const Call *call)
{
  g_autoptr (KafSegment) segment = find_segment (call);
  g_autoptr (KafQuery) query =
      segment != NULL && is_readable (segment) ? find_members (call, segment) : NULL;

  return query != NULL ? print_members (call->cli, query) : KAF_EXIT_USAGE;
}

static KafExit
compare_list (const Call *call)
{
  g_autoptr (KafSegment) segment = find_segment (call);
  g_autofree char *list =
      segment != NULL && is_readable (segment) ? find_list (call, segment) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafSegmentChange) change = NULL;

  if (list == NULL)
    return KAF_EXIT_USAGE;
  change = kaf_segment_compare (call->cli->db, list, &error);
  if (change == NULL)
    return fail (error);
  if (call->cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      kaf_cli_add_int (builder, "then", change->then);
      kaf_cli_add_int (builder, "now", change->now);
      kaf_cli_add_int (builder, "came", change->n_came);
      kaf_cli_add_int (builder, "left", change->n_left);
      kaf_cli_add_int (builder, "gone", change->gone);
      json_builder_end_object (builder);
      kaf_cli_print_object (builder);
      return KAF_EXIT_OK;
    }
  g_print (_ ("%u then, %u today.\n"), (guint) change->then, (guint) change->now);
  g_print (_ ("Came: %u\n"), (guint) change->n_came);
  print_members (call->cli, change->came);
  g_print (_ ("Left: %u\n"), (guint) change->n_left);
  print_members (call->cli, change->left);
  if (change->gone > 0)
    g_print (_ ("No longer in this reference: %u\n"), (guint) change->gone);
  return KAF_EXIT_OK;
}

static KafExit
export_segment (const Call *call)
{
  const KafExportOptions options = { .reason = call->options->reason,
                                     .recipient = call->options->recipient,
                                     .mark = call->options->mark };
  g_autoptr (KafSegment) segment = find_segment (call);
  g_autoptr (KafQuery) query = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  if (segment == NULL || !is_readable (segment))
    return KAF_EXIT_USAGE;
  if (call->words[3] == NULL)
    return kaf_cli_fail (_ ("Say into which file: “segment export REF FILE.csv”."));
  query = find_members (call, segment);
  if (query == NULL)
    return KAF_EXIT_USAGE;
  file = g_file_new_for_commandline_arg (call->words[3]);
  if (!kaf_export_run (call->cli->db, query, file, &options, NULL, &n, &error))
    return g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED)
               ? kaf_cli_fail_printf (_ ("An export of more than %d persons needs a reason: say it "
                                         "with --reason."),
                                      (int) kaf_disclosure_limit (call->cli->db))
               : fail (error);
  g_print (ngettext ("%u line was written.\n", "%u lines were written.\n", (guint) n), (guint) n);
  return KAF_EXIT_OK;
}

static const struct
{
  const char *name;
  guint least; /* arguments that it needs */
  gboolean writes;
  KafExit (*run) (const Call *call);
} acts[] = {
  { "list", 0, FALSE, list_segments },   { "show", 1, FALSE, show_segment },
  { "count", 0, FALSE, count_query },    { "new", 1, TRUE, new_segment },
  { "freeze", 1, TRUE, freeze_segment }, { "members", 1, FALSE, list_members },
  { "diff", 1, FALSE, compare_list },    { "export", 2, TRUE, export_segment },
};

static KafExit
run (KafCli *cli, GStrv args)
{
  g_auto (Options) options = { NULL };
  const GOptionEntry entries[] = {
    { "where", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.where, N_ ("Only records where"),
      "FIELD=VALUE" },
    { "query", 0, 0, G_OPTION_ARG_FILENAME, &options.query, N_ ("The conditions, as kept"),
      "JSON" },
    { "list", 0, 0, G_OPTION_ARG_FILENAME, &options.list, N_ ("Of a frozen list"), "DATE" },
    { "note", 0, 0, G_OPTION_ARG_FILENAME, &options.note, N_ ("Said of the frozen list"), "TEXT" },
    { "purpose", 0, 0, G_OPTION_ARG_FILENAME, &options.purpose, N_ ("What the segment is for"),
      "TEXT" },
    { "shared", 0, 0, G_OPTION_ARG_NONE, &options.shared, N_ ("For colleagues too"), NULL },
    { "reason", 0, 0, G_OPTION_ARG_FILENAME, &options.reason, N_ ("Why, for the register"),
      "TEXT" },
    { "recipient", 0, 0, G_OPTION_ARG_FILENAME, &options.recipient,
      N_ ("For whom, for the register"), "TEXT" },
    { "mark", 0, 0, G_OPTION_ARG_NONE, &options.mark,
      N_ ("Begin with the UTF-8 mark, for spreadsheets"), NULL },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  Call call = { cli, &options, NULL };

  if (!kaf_cli_parse (cli, &kaf_verb_segment, entries, &words, 1, 3) ||
      !kaf_cli_check_reason (call.options->reason))
    return KAF_EXIT_USAGE;
  call.words = words;
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].name, words[1]))
      {
        if (g_strv_length (words) < 2 + acts[i].least)
          return kaf_cli_fail (_ ("Say which segment: by its reference."));
        if (!kaf_cli_open (cli, acts[i].writes ? KAF_ACCESS_WRITE : KAF_ACCESS_READ))
          return KAF_EXIT_USAGE;
        return acts[i].run (&call);
      }
  return kaf_cli_fail_printf (_ ("“%s” is nothing to do with a segment: see “segment --help”."),
                              words[1]);
}

const KafVerb kaf_verb_segment = {
  .name = "segment",
  .arguments = "list|show|count|new|freeze|members|diff|export [REF] [--where FIELD=VALUE]…",
  .summary = N_ ("Saved queries: who they find, frozen and compared"),
  .run = run,
  .records = TRUE,
};
