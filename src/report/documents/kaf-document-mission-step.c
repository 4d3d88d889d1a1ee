/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A step of a mission as it stood before it was reopened: what the mission file printed of it then, from the archive
 * that the act of reopening holds. Of its checks it holds how each stood, not what was found. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "report/documents/kaf-documents.h"
#include "report/documents/kaf-letter.h"
#include "report/documents/kaf-mission-parts.h"
#include "rules/mission/kaf-mission-checks.h"
#include "schema/kaf-registry.h"
#include "store/kaf-archived-mission.h"
#include "store/kaf-missions.h"
#include "store/kaf-page.h"

static const KafAct *
find_act (const KafMission *mission, const char *id)
{
  for (guint i = 0; i < mission->acts->len; i++)
    {
      const KafAct *act = g_ptr_array_index (mission->acts, i);

      if (g_str_equal (act->id, id))
        return act;
    }
  return NULL;
}

/* "Archived version of 12 mars 2026: reopened by …", where nobody overlooks it. */
static void
tell_version (KafLetters *letters, const KafArchivedMission *archive, const KafAct *act)
{
  KafDoc *doc = letters->doc;
  g_autofree char *iso = kaf_date_from_time (archive->at);
  g_autofree char *day = kaf_document_date (letters->context, iso);
  const char *by = kaf_mission_parts_author (act);
  g_autofree char *text =
      kaf_doc_print (doc, "Archived version of %1$s, reopened by %2$s", day, by);

  kaf_doc_warn (doc, text);
  kaf_doc_pair (doc, kaf_doc_word (doc, "Reason"), act->reason);
}

static gboolean
is_cut (const KafArchivedMission *archive, const char *entity)
{
  for (guint i = 0; i < archive->cut->len; i++)
    if (g_str_equal (((const KafEntity *) g_ptr_array_index (archive->cut, i))->id, entity))
      return TRUE;
  return FALSE;
}

static void
write_parts (KafLetters *letters, const KafArchivedMission *archive, guint step)
{
  for (const KafPartTable *part = kaf_mission_parts_of (step); part->entity != NULL; part++)
    {
      g_autoptr (GPtrArray) records =
          kaf_archived_mission_list (archive, part->entity, part->order);

      kaf_document_part_write (letters->doc, letters->context, part, records);
      if (is_cut (archive, part->entity))
        kaf_doc_note (letters->doc, kaf_doc_word (letters->doc, "A table of this step was too long "
                                                                "for the archive."));
    }
}

static void
write_checks (KafLetters *letters, const KafArchivedMission *archive)
{
  KafDoc *doc = letters->doc;

  /* One of before checks were frozen with it. */
  if (archive->checks == NULL)
    {
      kaf_doc_note (doc, kaf_doc_word (doc, "This version was archived without its checks."));
      return;
    }
  for (guint i = 0; i < archive->checks->len; i++)
    {
      const KafArchivedCheck *check = g_ptr_array_index (archive->checks, i);

      kaf_mission_parts_overridden (doc, check->rule, check->state);
    }
  kaf_mission_parts_checks (doc);
  for (guint i = 0; i < archive->checks->len; i++)
    {
      const KafArchivedCheck *check = g_ptr_array_index (archive->checks, i);

      kaf_mission_parts_check (doc, letters->context, check->rule, check->state, "",
                               check->act != NULL ? find_act (letters->data, check->act) : NULL);
    }
}

/* Experts are called by what the archive calls them by: that they are persons is said here. */
static void
count_persons (KafDocumentContext *context, const KafArchivedMission *archive)
{
  g_autoptr (GPtrArray) experts = kaf_archived_mission_list (archive, "mission_expert", NULL);

  for (guint i = 0; i < experts->len; i++)
    kaf_document_uses (context, "person",
                       kaf_record_get (g_ptr_array_index (experts, i), "person"));
}

static gboolean
write_version (KafLetters *letters, KafRecord *one, GError **error)
{
  KafDoc *doc = letters->doc;
  KafDocumentContext *context = letters->context;
  const KafAct *act = find_act (letters->data, kaf_record_get_id (one));
  g_autoptr (KafArchivedMission) archive = NULL;
  g_autofree char *heading = NULL;

  /* One that the hub refused is none, and one of another device may hold no archive. */
  if (act == NULL || kaf_record_get (one, "archive") == NULL)
    return TRUE;
  archive = kaf_archived_mission_read (context->db, act->id, context->lang, error);
  if (archive == NULL)
    return FALSE;
  heading = g_strdup_printf ("%u. %s", act->step,
                             kaf_mission_step_name_in (act->step, kaf_doc_get_lang (doc)));
  kaf_letters_begin (letters);
  count_persons (context, archive);
  context->titles = archive->titles;
  kaf_doc_title (doc, heading);
  kaf_doc_subtitle (doc, kaf_document_text (context, archive->mission, "title"));
  tell_version (letters, archive, act);
  kaf_doc_heading (doc, 2, kaf_doc_word (doc, "The mission"));
  kaf_mission_parts_cover (doc, context, archive->mission);
  kaf_doc_heading (doc, 2, heading);
  if (act->step == 4)
    kaf_mission_parts_texts (doc, context, archive->mission);
  write_checks (letters, archive);
  write_parts (letters, archive, act->step);
  context->titles = NULL;
  return TRUE;
}

static const KafDocumentOne ones[] = { { "mission_act", "mission", "kind", "reopen" }, { NULL } };

static gboolean
build (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  g_autoptr (KafRecord) record = kaf_document_read (context, "mission", context->subject.id, error);
  g_autoptr (KafMission) mission =
      record != NULL ? kaf_mission_read (context->db, context->subject.id, context->lang,
                                         context->cancellable, error)
                     : NULL;
  KafLetters letters = { doc, context, mission };

  if (mission == NULL)
    return FALSE;
  kaf_doc_set_reference (doc, kaf_record_get_ref (record));
  kaf_doc_set_date (doc, context->day);
  kaf_doc_set_name (doc, kaf_doc_word (doc, "Archived version of a step"));
  if (!kaf_letters_write (&letters, ones, write_version, error))
    return FALSE;
  if (letters.n == 0)
    kaf_doc_warn (doc, kaf_doc_word (doc, "No step of this mission was reopened."));
  return TRUE;
}

static gboolean
was_reopened (KafDatabase *db, const char *id)
{
  static const char *const none[] = { NULL };
  const KafRelatedQuery query = {
    .field = "mission", .owner_id = id, .only = "kind", .value = "reopen", .limit = 1
  };
  g_autoptr (GPtrArray) rows =
      kaf_page_related_by (db, kaf_registry_find ("mission_act"), &query, none, KAF_LANG_EN, NULL);

  return rows != NULL && rows->len > 0;
}

static const char *const of[] = { "need", "budget_line", "evaluation", NULL };

const KafDocument kaf_document_mission_step = {
  .name = "mission-step",
  .label = N_ ("Archived version of a step"),
  .entity = "mission",
  .of = of,
  .both = KAF_BOTH_SIDES,
  .ones = ones,
  .which = N_ ("Version"),
  .suits = was_reopened,
  .build = build,
};
