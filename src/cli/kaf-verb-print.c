/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl print: a document of a record, or of what a query finds, as a PDF. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "cli/kaf-cli-query.h"
#include "cli/kaf-table.h"
#include "cli/kaf-verbs.h"
#include "exchange/kaf-export.h"
#include "report/kaf-addressee.h"
#include "schema/kaf-registry.h"
#include "store/kaf-commit.h"
#include "store/kaf-disclosure.h"
#include "store/kaf-read.h"

typedef struct
{
  char *reason, *recipient, *columns, *sort, *day, *one, *each, *signer, *function;
  GStrv where;
  gboolean list, blank, strict;
  int rows, version;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->reason);
  g_free (self->recipient);
  g_free (self->columns);
  g_free (self->sort);
  g_free (self->day);
  g_free (self->one);
  g_free (self->each);
  g_free (self->signer);
  g_free (self->function);
  g_strfreev (self->where);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (KafCli *cli, Options *options, GStrv *words)
{
  const GOptionEntry entries[] = {
    { "list", 0, 0, G_OPTION_ARG_NONE, &options->list, N_ ("Lists the documents"), NULL },
    { "day", 0, 0, G_OPTION_ARG_FILENAME, &options->day,
      N_ ("Day of the document; by default today"), "DATE" },
    { "blank", 0, 0, G_OPTION_ARG_NONE, &options->blank, N_ ("To be filled in by hand"), NULL },
    { "rows", 0, 0, G_OPTION_ARG_INT, &options->rows, N_ ("So many blank lines"), "N" },
    { "one", 0, 0, G_OPTION_ARG_FILENAME, &options->one, N_ ("For that person alone"), "REF" },
    { "version", 0, 0, G_OPTION_ARG_INT, &options->version,
      N_ ("Of a step that was reopened, that version; the first is 1"), "N" },
    { "each", 0, 0, G_OPTION_ARG_FILENAME, &options->each,
      N_ ("A file for each of them, in that folder or ZIP, in place of FILE.pdf"), "FOLDER" },
    { "signer", 0, 0, G_OPTION_ARG_STRING, &options->signer,
      N_ ("Who signs an order or a letter; by default as set"), "NAME" },
    { "function", 0, 0, G_OPTION_ARG_STRING, &options->function, N_ ("The office of who signs"),
      "TEXT" },
    { "strict", 0, 0, G_OPTION_ARG_NONE, &options->strict,
      N_ ("Writes nothing where a field of the document is blank"), NULL },
    { "where", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->where, N_ ("Only records where"),
      "FIELD=VALUE" },
    { "sort", 0, 0, G_OPTION_ARG_FILENAME, &options->sort, N_ ("Order; -FIELD turns it round"),
      "FIELD" },
    { "columns", 0, 0, G_OPTION_ARG_FILENAME, &options->columns, N_ ("Columns, with commas"),
      "FIELDS" },
    { "reason", 0, 0, G_OPTION_ARG_FILENAME, &options->reason, N_ ("Why, for the register"),
      "TEXT" },
    { "recipient", 0, 0, G_OPTION_ARG_FILENAME, &options->recipient,
      N_ ("For whom, for the register"), "TEXT" },
    { NULL },
  };

  return kaf_cli_parse (cli, &kaf_verb_print, entries, words, 0, 3) &&
         kaf_cli_check_reason (options->reason);
}

static KafExit
list_documents (KafCli *cli)
{
  const KafDocument *const *documents = kaf_documents ();

  for (guint i = 0; documents[i] != NULL; i++)
    {
      const KafEntity *entity =
          documents[i]->entity != NULL ? kaf_registry_find (documents[i]->entity) : NULL;
      const char *about = entity != NULL                           ? _ (entity->label)
                          : documents[i]->takes == KAF_TAKES_QUERY ? _ ("any list")
                                                                   : _ ("any record");
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      if (!cli->json)
        {
          g_print ("%-18s %s (%s)\n", documents[i]->name, _ (documents[i]->label), about);
          continue;
        }
      json_builder_begin_object (builder);
      kaf_cli_add_text (builder, "name", documents[i]->name);
      kaf_cli_add_text (builder, "label", _ (documents[i]->label));
      kaf_cli_add_text (builder, "entity", documents[i]->entity);
      json_builder_end_object (builder);
      kaf_cli_print_object (builder);
    }
  return KAF_EXIT_OK;
}

/* On standard error, a line each: what is to be filled in by hand, and where it can be mended. */
static void
tell_blanks (KafCli *cli, const GPtrArray *blanks)
{
  g_autofree char *all = kaf_blanks_tell (blanks, cli->lang);

  if (all == NULL)
    return;
  g_printerr ("%s\n", all);
  for (guint i = 0; i < blanks->len; i++)
    {
      const KafBlank *blank = g_ptr_array_index (blanks, i);
      const KafEntity *entity = blank->id != NULL ? kaf_registry_find (blank->entity) : NULL;
      g_autofree char *text = kaf_blank_tell (blank, cli->lang);
      g_autoptr (KafRecord) record =
          entity != NULL ? kaf_read_record (cli->db, entity, blank->id, NULL) : NULL;
      const char *ref = record != NULL ? kaf_record_get_ref (record) : NULL;

      g_printerr ("  %s%s%s\n", text, ref != NULL ? " — " : "", ref != NULL ? ref : "");
    }
}

static void
add_blanks (JsonBuilder *builder, const GPtrArray *blanks, gboolean untranslated, KafLang lang)
{
  json_builder_set_member_name (builder, untranslated ? "untranslated" : "blanks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < blanks->len; i++)
    {
      const KafBlank *blank = g_ptr_array_index (blanks, i);

      if ((blank->kind != KAF_BLANK_EMPTY) != untranslated)
        continue;
      json_builder_begin_object (builder);
      kaf_cli_add_text (builder, "label", kaf_words_get (lang, blank->label));
      kaf_cli_add_text (builder, "entity", blank->entity);
      kaf_cli_add_text (builder, "id", blank->id);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static KafExit
report (KafCli *cli, const char *file, const KafPages *pages)
{
  guint n = kaf_pages_count (pages);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!cli->json)
    {
      g_print (ngettext ("%u page was written.\n", "%u pages were written.\n", n), n);
      return KAF_EXIT_OK;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "file", file);
  kaf_cli_add_int (builder, "pages", n);
  kaf_cli_add_int (builder, "persons", kaf_pages_get_n_persons (pages));
  add_blanks (builder, kaf_pages_get_blanks (pages), FALSE, cli->lang);
  add_blanks (builder, kaf_pages_get_blanks (pages), TRUE, cli->lang);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
  return KAF_EXIT_OK;
}

static KafExit
fail_making (KafCli *cli, const GError *error)
{
  if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED))
    return kaf_cli_fail_printf (_ ("A document that names more than %d persons needs a reason: say "
                                   "it with --reason."),
                                (int) kaf_disclosure_limit (cli->db));
  if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOTHING))
    return kaf_cli_fail (_ ("There is nobody to make this document for."));
  return kaf_cli_fail_error (NULL, NULL, error);
}

static KafExit
print_each (KafCli *cli,
            const KafDocument *document,
            const KafSubject *subject,
            const KafDocumentOptions *made,
            const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) target = g_file_new_for_commandline_arg (options->each);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const KafEachOptions each = { .reason = options->reason,
                                .recipient = options->recipient,
                                .lang = cli->lang };
  guint n_files = 0, n_persons = 0;

  if (document->ones == NULL)
    return kaf_cli_fail_printf (_ ("“%s” is no document of which each has one: leave --each out."),
                                document->name);
  if (!kaf_addressees_print (cli->db, document, subject, made, target, &each, &n_files, &n_persons,
                             NULL, &error))
    return fail_making (cli, error);
  if (!cli->json)
    {
      g_print (ngettext ("%1$u file was put together in %2$s.\n",
                         "%1$u files were put together in %2$s.\n", n_files),
               n_files, options->each);
      return KAF_EXIT_OK;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "folder", options->each);
  kaf_cli_add_int (builder, "files", n_files);
  kaf_cli_add_int (builder, "persons", n_persons);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
  return KAF_EXIT_OK;
}

/* The one that @version counts, from the oldest on. FALSE: it was told that there is none. */
static gboolean
find_version (
    KafCli *cli, const KafDocument *document, const KafSubject *subject, int version, char **one)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all =
      document->which != NULL
          ? kaf_addressees_read (cli->db, document, subject->id, G_MAXINT, cli->lang, &error)
          : NULL;

  if (all == NULL)
    kaf_cli_fail_printf (_ ("“%s” is no document of which there are versions."), document->name);
  else if (version < 1 || (guint) version > all->len)
    kaf_cli_fail_printf (ngettext ("There is no version %1$d: there is %2$u.",
                                   "There is no version %1$d: there are %2$u.", all->len),
                         version, all->len);
  else
    {
      *one = g_strdup (((KafAddressee *) g_ptr_array_index (all, all->len - (guint) version))->id);
      return TRUE;
    }
  return FALSE;
}

static KafExit
print (KafCli *cli,
       const KafDocument *document,
       const KafSubject *subject,
       const Options *options,
       const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_commandline_arg (path) : NULL;
  g_autoptr (KafPages) pages = NULL;
  g_autofree char *day =
      options->day != NULL ? kaf_date_normalise (options->day, FALSE, &error) : NULL;
  g_autofree char *one = NULL;
  KafDocumentOptions made = { .day = day,
                              .blank = options->blank,
                              .n_blank = (guint) options->rows,
                              .signer = options->signer,
                              .function = options->function };

  if (error != NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  if (options->one != NULL && !kaf_cli_resolve (cli, options->one, NULL, &one))
    return KAF_EXIT_USAGE;
  if (options->version != 0 && !find_version (cli, document, subject, options->version, &one))
    return KAF_EXIT_USAGE;
  made.one = one;
  made.langs = kaf_paper_langs_parse (cli->lang_name);
  if (made.langs == 0)
    made.langs = cli->lang == KAF_LANG_AR ? KAF_PAPER_AR : KAF_PAPER_FR;
  if (options->each != NULL)
    return print_each (cli, document, subject, &made, options);
  pages = kaf_document_make (cli->db, document, subject, &made, NULL, &error);
  if (pages != NULL)
    tell_blanks (cli, kaf_pages_get_blanks (pages));
  if (pages != NULL && options->strict &&
      kaf_blanks_count (kaf_pages_get_blanks (pages), KAF_BLANK_EMPTY) > 0)
    return kaf_cli_fail_printf (_ ("Nothing was written: a field of the document is blank."));
  if (pages != NULL &&
      kaf_pages_disclose (pages, cli->db, options->reason, options->recipient, NULL, &error) &&
      kaf_pages_write_pdf (pages, cli->db, file, NULL, NULL, NULL, &error))
    return report (cli, path, pages);
  return fail_making (cli, error);
}

static KafExit
print_query (KafCli *cli, const KafDocument *document, const Options *options, GStrv words)
{
  g_auto (GStrv) columns = options->columns != NULL ? g_strsplit (options->columns, ",", -1) : NULL;
  const KafEntity *entity = kaf_cli_find_entity (words[2]);
  g_autoptr (KafQuery) query =
      entity != NULL ? kaf_cli_make_query (cli, entity, options->where, options->sort) : NULL;
  const KafSubject subject = { .query = query, .columns = (const char *const *) columns };

  if (query == NULL)
    return KAF_EXIT_USAGE;
  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    if (!kaf_export_has_column (entity, columns[i]))
      return kaf_cli_fail_no_field (entity, columns[i]);
  return print (cli, document, &subject, options, words[3]);
}

static KafExit
print_record (KafCli *cli, const KafDocument *document, const Options *options, GStrv words)
{
  const KafEntity *entity = document->entity != NULL ? kaf_registry_find (document->entity) : NULL;
  g_autofree char *id = NULL;
  KafSubject subject = { 0 };

  if (document->takes == KAF_TAKES_ERASED)
    {
      if (!kaf_erase_was_done (cli->db, words[2]))
        return kaf_cli_fail_printf (_ ("No record with the number “%s” was erased here."),
                                    words[2]);
      subject.entity = entity;
      subject.id = words[2];
      return print (cli, document, &subject, options, words[3]);
    }
  if (!kaf_cli_resolve (cli, words[2], &entity, &id))
    return KAF_EXIT_USAGE;
  /* A reference may name a side of who it is about: EXP-2026-0001. */
  if (document->entity != NULL && g_str_equal (kaf_entity_get_root (entity)->id, document->entity))
    entity = kaf_entity_get_root (entity);
  if (document->entity != NULL && !g_str_equal (entity->id, document->entity))
    return kaf_cli_fail_printf (_ ("“%s” is no document of that kind of record: see “kafaatctl "
                                   "print --list”."),
                                document->name);
  subject.entity = entity;
  subject.id = id;
  return print (cli, document, &subject, options, words[3]);
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_auto (Options) options = { NULL };
  g_auto (GStrv) words = g_strdupv (args);
  const KafDocument *document;

  if (!parse (cli, &options, &words))
    return KAF_EXIT_USAGE;
  if (options.list)
    return list_documents (cli);
  if (options.rows < 0 || options.rows > KAF_DOCUMENT_BLANK_MOST)
    return kaf_cli_fail_printf (_ ("Enter a number between %1$s and %2$s."), "0",
                                G_STRINGIFY (KAF_DOCUMENT_BLANK_MOST));
  /* With --each, that names where to. */
  if (g_strv_length (words) != (options.each != NULL ? 3 : 4))
    return kaf_cli_fail_printf (_ ("Usage: kafaatctl %s %s"), kaf_verb_print.name,
                                kaf_verb_print.arguments);
  document = kaf_document_find (words[1]);
  if (document == NULL)
    return kaf_cli_fail_printf (_ ("There is no document “%s”: see “kafaatctl print --list”."),
                                words[1]);
  if (!kaf_cli_open (cli, options.reason != NULL ? KAF_ACCESS_WRITE : KAF_ACCESS_READ))
    return KAF_EXIT_USAGE;
  return document->takes == KAF_TAKES_QUERY ? print_query (cli, document, &options, words)
                                            : print_record (cli, document, &options, words);
}

const KafVerb kaf_verb_print = {
  .name = "print",
  .arguments = "DOCUMENT REF FILE.pdf [--lang fr|ar|fr+ar]",
  .summary = N_ ("Prints a document of a record or of a list to a PDF file"),
  .run = run,
  .records = TRUE,
};
