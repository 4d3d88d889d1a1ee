/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kaf-file-pair.h"

#include "schema/kaf-registry.h"
#include "store/kaf-attachments.h"

gboolean
has (KafFixture *f, const char *entity, const char *id)
{
  return kaf_read_exists (f->db, kaf_registry_find (entity), id);
}

char *
act (KafFixture *f, const char *mission, const char *kind, const char *step, const char *after)
{
  return kaf_fixture_create (f, "mission_act", NULL, "mission", mission, "kind", kind, "step", step,
                             "after", after, "reason", "Essai", NULL);
}

/* What moves nothing. @reason: nullable. */
char *
note (KafFixture *f,
      const char *mission,
      const char *kind,
      const char *step,
      const char *code,
      const char *reason)
{
  return kaf_fixture_create (f, "mission_act", NULL, "mission", mission, "kind", kind, "step", step,
                             "code", code, "reason", reason, NULL);
}

/* A mission of a's that both know, with its steps below @step left. @last (out): the last act; nullable. */
char *
begin (World *self, guint step, char **last)
{
  char *id = kaf_fixture_create (self->a, "mission", NULL, "title_fr", "Soins", NULL);
  g_autofree char *after = NULL;

  for (guint i = 1; i < step; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);
      char *one = act (self->a, id, "leave", text, after);

      g_free (after);
      after = one;
    }
  g_assert_cmpuint (sync_as (self, self->a, "manager").n_rejected, ==, 0);
  sync_as (self, self->b, LEADER);
  if (last != NULL)
    *last = g_steal_pointer (&after);
  return id;
}

char *
scan (KafFixture *f, const char *mission)
{
  g_autofree char *path = g_build_filename (f->folder, "pv.txt", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autoptr (KafReceipt) receipt = NULL;
  char *id = NULL;

  g_assert_true (g_file_set_contents (path, "PV", -1, NULL));
  receipt = kaf_attachment_add (f->db, kaf_registry_find ("mission"), mission, NULL, source, NULL,
                                NULL, &id, NULL, NULL);
  g_assert_nonnull (receipt);
  return id;
}

char *
decide_on_paper (
    KafFixture *f, const char *mission, const char *last, const char *field, const char *value)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("mission_act"), NULL);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("act");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = scan (f, mission);

  kaf_record_set (record, "mission", mission);
  kaf_record_set (record, "kind", "leave");
  kaf_record_set (record, "step", "6");
  kaf_record_set (record, "after", last);
  kaf_record_set (record, "paper_name", "Naïma Bouzid");
  kaf_record_set (record, "paper_function", "Cheffe de division");
  kaf_record_set (record, "paper_on", "2026-06-01");
  kaf_record_set (record, "scan", file);
  kaf_record_set (record, field, value);
  kaf_change_set_create (set, record);
  receipt = kaf_commit (f->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (g_ptr_array_index (receipt->ids, 0));
}

char *
line_new (KafFixture *f, const char *mission, const char *price)
{
  return kaf_fixture_create (f, "budget_line", NULL, "mission", mission, "label_fr", "Billets",
                             "category", "travel", "quantity", "2", "unit_price", price, NULL);
}

void
set_line (KafFixture *f, const char *id, const char *field, const char *value)
{
  g_autoptr (KafReceipt) receipt = kaf_fixture_update (f, "budget_line", id, field, value, NULL);

  g_assert_nonnull (receipt);
}

void
drop (KafFixture *f, const char *entity, const char *id)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  kaf_change_set_delete (set, kaf_registry_find (entity), id);
  receipt = kaf_commit (f->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
}
