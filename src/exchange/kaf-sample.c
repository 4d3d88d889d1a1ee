/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of data/sample go through the importer; synthetic persons come as they are drawn. A
 * person's part in networks and her availability follow from the index alone, so that a longer
 * load continues a shorter one. */
#include "config.h"

#include "exchange/kaf-sample.h"

#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-id.h"
#include "base/kaf-validation-error.h"
#include "exchange/kaf-importer.h"
#include "exchange/kaf-synthetic.h"
#include "schema/kaf-registry.h"
#include "store/kaf-read.h"
#include "store/kaf-sync-state.h"

#define SOURCE "sample"
#define BATCH 100000
#define PROGRESS_RECORDS 512

static const struct
{
  const char *file;
  const char *entity;
} sample_files[] = {
  { "posts", "post" },
  { "organisations", "organisation" },
  { "organisation-names", "organisation_name" },
  { "networks", "network" },
  { "persons", "person" },
  { "attachments", "attachment" },
  { "experts", "expert" },
  { "project-holders", "project_holder" },
  { "projects", "project" },
  { "project-stages", "project_stage" },
  { "consents", "consent" },
  { "source-claims", "source_claim" },
  { "availabilities", "availability" },
  { "mandates", "mandate" },
  { "memberships", "membership" },
  { "programmes", "programme" },
  { "conventions", "convention" },
  { "signatories", "signatory" },
  { "commitments", "commitment" },
  { "needs", "need" },
  { "stakeholders", "stakeholder" },
  { "missions", "mission" },
  { "mission-needs", "mission_need" },
  { "mission-conventions", "mission_convention" },
  { "mission-parties", "mission_party" },
  { "mission-experts", "mission_expert" },
  { "mission-results", "mission_result" },
  { "mission-rooms", "mission_room" },
  { "programme-items", "programme_item" },
  { "budget-lines", "budget_line" },
  { "equipment", "equipment" },
  { "bookings", "booking" },
  { "participants", "participant" },
  { "attendances", "attendance" },
  { "materials", "material" },
  { "pairs", "pair" },
  { "follow-ups", "follow_up" },
  { "evaluations", "evaluation" },
  { "segments", "segment" },
  { "relays", "relay" },
  { "contributions", "contribution" },
  { "contacts", "contact" },
  { "meetings", "meeting" },
  { "agenda-items", "agenda_item" },
  { "meeting-attendees", "meeting_attendee" },
  { "decisions", "decision" },
  { "mission-acts", "mission_act" },
};

/* The networks that synthetic persons join, by their number in organisations.csv. */
static const char *const network_numbers[] = { "c3m", "acoms", "dmk", "aeromac", "amcn" };

typedef struct
{
  KafDatabase *db;
  KafTransaction *transaction;
  const KafEntity *person, *expert, *membership, *availability;
  char *networks[G_N_ELEMENTS (network_numbers)]; /* ids; NULL: not there */
  KafSynthetic *people;
  gboolean maybe_there; /* persons of the seed were loaded before: look before creating */
  guint n_written;      /* records of the transaction */
  gint64 n_done, n_total;
  KafProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
} Loader;

static void
loader_clear (Loader *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->networks); i++)
    g_free (self->networks[i]);
  g_clear_pointer (&self->people, kaf_synthetic_free);
  g_clear_pointer (&self->transaction, kaf_transaction_abort);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Loader, loader_clear)

static char *
find_folder (void)
{
  const char *folder = g_getenv ("KAF_PKGDATADIR");

  return g_build_filename (folder != NULL ? folder : KAF_PKGDATADIR, "sample", NULL);
}

static gboolean
tell (Loader *self, GError **error)
{
  if (++self->n_done % PROGRESS_RECORDS == 0 && self->progress != NULL)
    self->progress (self->n_done, self->n_total, self->progress_data);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/* Facts */

static gboolean
fail_on_fault (const KafImportReport *report, const char *file, GError **error)
{
  const KafImportFault *fault;

  if (report->n_faults == 0)
    return TRUE;
  fault = g_ptr_array_index (report->faults, 0);
  g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_SYNTAX, "%s.csv, line %u, %s: %s",
               file, fault->line, fault->field != NULL ? fault->field : "-", fault->sentence);
  return FALSE;
}

static gboolean
take_rows (Loader *self, KafImporter *importer, KafCsvReader *csv, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  while (kaf_csv_reader_next (csv, self->cancellable, &local_error))
    if (!kaf_importer_take_row (importer, error) || !tell (self, error))
      return FALSE;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return kaf_importer_finish (importer, error);
}

/* A file of the sample data, its header read; @csv (out): NULL where there is none of that name. */
static gboolean
open_csv (Loader *self, const char *name, KafCsvReader **csv, GError **error)
{
  g_autofree char *folder = find_folder ();
  g_autofree char *base = g_strconcat (name, ".csv", NULL);
  g_autofree char *path = g_build_filename (folder, base, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;

  *csv = NULL;
  if (!g_file_query_exists (file, self->cancellable))
    return TRUE;
  stream = g_file_read (file, self->cancellable, error);
  if (stream == NULL)
    return FALSE;
  *csv = kaf_csv_reader_new (G_INPUT_STREAM (stream));
  if (kaf_csv_reader_read_header (*csv, self->cancellable, error))
    return TRUE;
  g_clear_pointer (csv, kaf_csv_reader_free);
  return FALSE;
}

static gboolean
load_file (Loader *self, const char *name, const KafEntity *entity, GError **error)
{
  KafImporterSetup setup = { self->db, self->transaction, entity, NULL, SOURCE };
  g_autoptr (KafImportReport) report = kaf_import_report_new ();
  g_autoptr (KafImporter) importer = kaf_importer_new (&setup, report);
  g_autoptr (KafCsvReader) csv = NULL;

  if (!open_csv (self, name, &csv, error))
    return FALSE;
  if (csv == NULL)
    return TRUE;
  if (kaf_importer_set_columns (importer, csv) && !take_rows (self, importer, csv, error))
    return FALSE;
  self->n_written += report->n_created;
  return fail_on_fault (report, name, error);
}

/* The content of a line of attachments.csv, of those whose record is there. */
static gboolean
place_content (Loader *self, KafCsvReader *csv, const int columns[3], GError **error)
{
  g_autofree char *folder = find_folder ();
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  const char *id = kaf_csv_reader_get (csv, columns[0]);

  if (id == NULL || !kaf_read_exists (self->db, kaf_registry_find ("attachment"), id))
    return TRUE;
  path = g_build_filename (folder, "files", kaf_csv_reader_get (csv, columns[1]), NULL);
  file = g_file_new_for_path (path);
  return kaf_attachment_place (self->db, file, kaf_csv_reader_get (csv, columns[2]), error);
}

static gboolean
load_contents (Loader *self, GError **error)
{
  static const char *const names[] = { "id", "file_name", "sha256" };
  int columns[G_N_ELEMENTS (names)] = { -1, -1, -1 };
  g_autoptr (GError) local_error = NULL;
  g_autoptr (KafCsvReader) csv = NULL;

  if (!open_csv (self, "attachments", &csv, error))
    return FALSE;
  if (csv == NULL)
    return TRUE;
  for (guint i = 0; i < kaf_csv_reader_get_n_columns (csv); i++)
    for (guint j = 0; j < G_N_ELEMENTS (names); j++)
      if (strcmp (kaf_csv_reader_get_column (csv, i), names[j]) == 0)
        columns[j] = (int) i;
  while (kaf_csv_reader_next (csv, self->cancellable, &local_error))
    if (!place_content (self, csv, columns, error))
      return FALSE;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
load_facts (Loader *self, GError **error)
{
  g_autofree char *folder = find_folder ();

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no sample data in %s", folder);
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (sample_files); i++)
    if (!load_file (self, sample_files[i].file, kaf_registry_find (sample_files[i].entity), error))
      return FALSE;
  return load_contents (self, error);
}

/* Synthetic persons */

static void
set (KafRecord *record, const char *field, const char *value)
{
  if (value != NULL && *value != '\0')
    kaf_record_set (record, field, value);
}

static KafRecord *
make_person (const Loader *self, const KafSyntheticPerson *drawn)
{
  KafRecord *record = kaf_record_new (self->person, drawn->id);

  set (record, "family_name", drawn->family_name);
  set (record, "given_name", drawn->given_name);
  set (record, "family_name_ar", drawn->family_name_ar);
  set (record, "given_name_ar", drawn->given_name_ar);
  set (record, "gender", drawn->gender);
  set (record, "birth_year", drawn->birth_year);
  set (record, "country", drawn->country);
  set (record, "city", drawn->city);
  set (record, "territory", drawn->territory);
  set (record, "nationalities", drawn->nationalities);
  set (record, "languages", drawn->languages);
  set (record, "emails", drawn->email);
  set (record, "phones", drawn->phone);
  set (record, "status", drawn->status);
  set (record, "confirmed_on", drawn->confirmed_on);
  set (record, "preferred_language", drawn->preferred_language);
  kaf_record_set (record, "sample", "1");
  return record;
}

static KafRecord *
make_expert (const Loader *self, const KafSyntheticPerson *drawn)
{
  KafRecord *record = kaf_record_new (self->expert, drawn->id);

  set (record, "domains", drawn->domains);
  set (record, "occupations", drawn->occupation);
  set (record, "headline_fr", drawn->headline_fr);
  set (record, "headline_ar", drawn->headline_ar);
  set (record, "years", drawn->years);
  set (record, "degree", drawn->degree);
  set (record, "employer", drawn->employer);
  set (record, "mode", drawn->mode);
  set (record, "interests", drawn->interests);
  return record;
}

/* Even numbers spread over the index, one stream for each use. */
static guint64
mix (guint64 index, guint64 use)
{
  guint64 x = index * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + use;

  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

/* Three persons in eight are a member of the network of their country, or of the medical one. */
static int
choose_network (const KafSyntheticPerson *drawn)
{
  static const struct
  {
    const char *country;
    guint network;
  } local[] = { { "CH", 1 }, { "DE", 2 }, { "CA", 3 }, { "US", 4 } };

  if (mix (drawn->index, 1) % 8 >= 3)
    return -1;
  for (guint i = 0; i < G_N_ELEMENTS (local); i++)
    if (g_str_equal (drawn->country, local[i].country))
      return (int) local[i].network;
  return strstr (drawn->domains, "health") != NULL || mix (drawn->index, 2) % 4 == 0 ? 0 : -1;
}

static KafRecord *
make_membership (const Loader *self, const KafSyntheticPerson *drawn)
{
  int network = choose_network (drawn);
  g_autofree char *id = NULL;
  g_autofree char *from = NULL;
  KafRecord *record;

  if (network < 0 || self->networks[network] == NULL)
    return NULL;
  id = kaf_id_from_content (SOURCE, "membership", drawn->id, network_numbers[network], NULL);
  from = g_strdup_printf ("%u", 2012 + (guint) (mix (drawn->index, 3) % 14));
  record = kaf_record_new (self->membership, id);
  kaf_record_set (record, "person", drawn->id);
  kaf_record_set (record, "network", self->networks[network]);
  kaf_record_set (record, "valid_from", from);
  kaf_record_set (record, "sample", "1");
  return record;
}

/* One person in four tells when she can come; the days stand around the end of 2026. */
static KafRecord *
make_availability (const Loader *self, const KafSyntheticPerson *drawn)
{
  static const char *const kinds[] = { "free", "free", "tentative", "busy" };
  static const char *const parts[] = { "day", "day", "am", "pm" };
  guint64 draw = mix (drawn->index, 4);
  g_autofree char *id = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  KafRecord *record;

  if (draw % 4 != 0)
    return NULL;
  id = kaf_id_from_content (SOURCE, "availability", drawn->id, NULL);
  from = kaf_date_add_days ("2026-10-01", (int) (draw / 4 % 270));
  to = kaf_date_add_days (from, 2 + (int) (draw / 4096 % 19));
  record = kaf_record_new (self->availability, id);
  kaf_record_set (record, "person", drawn->id);
  kaf_record_set (record, "valid_from", from);
  kaf_record_set (record, "valid_to", to);
  kaf_record_set (record, "part", parts[draw / 65536 % G_N_ELEMENTS (parts)]);
  kaf_record_set (record, "kind", kinds[draw / 1048576 % G_N_ELEMENTS (kinds)]);
  kaf_record_set (record, "remote", draw / 16777216 % 5 == 0 ? "1" : "0");
  return record;
}

/* Takes @record. One that the store has or had is left alone. */
static gboolean
create (Loader *self, KafRecord *taken, GError **error)
{
  g_autoptr (KafRecord) record = taken;
  g_autoptr (GError) local_error = NULL;

  if (record == NULL)
    return TRUE;
  if (kaf_transaction_apply (self->transaction, KAF_CHANGE_CREATE, record, NULL, NULL,
                             &local_error))
    {
      self->n_written++;
      return TRUE;
    }
  if (g_error_matches (local_error, KAF_STORE_ERROR, KAF_STORE_ERROR_EXISTS) ||
      g_error_matches (local_error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
is_there (Loader *self, const char *id)
{
  g_autoptr (KafRecord) record = NULL;

  if (!self->maybe_there)
    return FALSE;
  if (kaf_read_exists (self->db, self->person, id))
    return TRUE;
  record = kaf_read_record (self->db, self->person, id, NULL);
  return record != NULL;
}

static gboolean
load_person (Loader *self, GError **error)
{
  KafSyntheticPerson drawn;
  guint n_before = self->n_written;

  kaf_synthetic_next (self->people, &drawn);
  if (is_there (self, drawn.id))
    return tell (self, error);
  if (!create (self, make_person (self, &drawn), error))
    return FALSE;
  /* One who was erased stays away, with all that would belong to her. */
  if (self->n_written == n_before)
    return tell (self, error);
  return create (self, make_expert (self, &drawn), error) &&
         create (self, make_membership (self, &drawn), error) &&
         create (self, make_availability (self, &drawn), error) && tell (self, error);
}

static gboolean
load_people (Loader *self, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    if (!load_person (self, error))
      return FALSE;
  return TRUE;
}

static void
find_networks (Loader *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (network_numbers); i++)
    {
      g_autofree char *id = kaf_id_from_content (SOURCE, "organisation", network_numbers[i], NULL);

      if (self->networks[i] == NULL &&
          kaf_read_exists (self->db, kaf_registry_find ("network"), id))
        self->networks[i] = g_steal_pointer (&id);
    }
}

/* One batch; *receipt is replaced when it changed something. */
static gboolean
load_batch (Loader *self, gboolean facts, guint n, KafReceipt **receipt, GError **error)
{
  guint before = *receipt != NULL ? (*receipt)->n_records : 0;
  guint told_before = *receipt != NULL ? (*receipt)->n_told : 0;
  KafReceipt *made;

  self->n_written = 0;
  self->transaction = kaf_transaction_begin (self->db, "sample", error);
  if (self->transaction == NULL || (facts && !load_facts (self, error)))
    return FALSE;
  find_networks (self);
  if (!load_people (self, n, error))
    return FALSE;
  if (self->n_written == 0)
    {
      g_clear_pointer (&self->transaction, kaf_transaction_abort);
      return TRUE;
    }
  made = kaf_transaction_commit (g_steal_pointer (&self->transaction), error);
  if (made == NULL)
    return FALSE;
  g_clear_pointer (receipt, kaf_receipt_unref);
  made->n_records += before;
  made->n_told += told_before;
  *receipt = made;
  return TRUE;
}

static KafReceipt *
make_empty_receipt (KafDatabase *db, GError **error)
{
  g_autoptr (KafChangeSet) nothing = kaf_change_set_new ("sample");

  return kaf_commit (db, nothing, NULL, NULL, error);
}

/* Whether persons of the seed, or the first one alone, were ever loaded. */
static gboolean
was_loaded (Loader *self)
{
  KafSyntheticPerson drawn;
  gboolean there;

  self->maybe_there = TRUE;
  kaf_synthetic_next (self->people, &drawn);
  there = is_there (self, drawn.id);
  kaf_synthetic_seek (self->people, 0);
  return there;
}

gboolean
kaf_sample_load (KafDatabase *db,
                 guint n_synthetic,
                 guint64 seed,
                 GCancellable *cancellable,
                 KafProgressFunc progress,
                 gpointer progress_data,
                 KafReceipt **receipt,
                 GError **error)
{
  g_auto (Loader) self = {
    .db = db,
    .person = kaf_registry_find ("person"),
    .expert = kaf_registry_find ("expert"),
    .membership = kaf_registry_find ("membership"),
    .availability = kaf_registry_find ("availability"),
    .people = kaf_synthetic_new (seed),
    .n_total = n_synthetic,
    .progress = progress,
    .progress_data = progress_data,
    .cancellable = cancellable,
  };
  g_autoptr (KafReceipt) last = NULL;
  guint n = MIN (n_synthetic, BATCH);

  g_return_val_if_fail (db != NULL, FALSE);

  if (kaf_sync_is_enrolled (db))
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_JOINED, "the store belongs to a hub");
      return FALSE;
    }
  self.maybe_there = was_loaded (&self);
  if (!load_batch (&self, TRUE, n, &last, error))
    return FALSE;
  for (guint done = n; done < n_synthetic; done += n)
    {
      n = MIN (n_synthetic - done, BATCH);
      if (!load_batch (&self, FALSE, n, &last, error))
        return FALSE;
    }

  if (receipt == NULL)
    return TRUE;
  *receipt = last != NULL ? g_steal_pointer (&last) : make_empty_receipt (db, error);
  return *receipt != NULL;
}
