/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/holder/kaf-holder-data.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "store/kaf-project-now.h"
#include "ui/record/kaf-record-facts.h"

#define PROJECTS_MOST 50

static void
line_free (gpointer data)
{
  KafProjectLine *line = data;

  g_free (line->text);
  g_free (line);
}

static void
project_free (gpointer data)
{
  KafHolderProjectView *self = data;

  g_clear_pointer (&self->record, kaf_record_unref);
  g_free (self->title);
  g_free (self->other_title);
  g_free (self->stage);
  g_free (self->since);
  for (guint i = 0; i < KAF_STAGE_BAR_N; i++)
    g_free (self->reached[i]);
  g_ptr_array_unref (self->lines);
  g_free (self->next_text);
  g_free (self);
}

void
kaf_holder_view_free (KafHolderView *self)
{
  g_free (self->id);
  g_free (self->today);
  g_free (self->me);
  g_free (self->counsellor);
  g_clear_pointer (&self->projects, g_ptr_array_unref);
  g_free (self);
}

gboolean
kaf_holder_project_is_over (const KafHolderProjectView *self)
{
  return g_strcmp0 (self->stage, "launched") == 0 || g_strcmp0 (self->stage, "abandoned") == 0;
}

int
kaf_holder_view_find (const KafHolderView *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->projects->len; i++)
    {
      const KafHolderProjectView *project = g_ptr_array_index (self->projects, i);

      if (strcmp (kaf_record_get_id (project->record), id) == 0)
        return (int) i;
    }
  return -1;
}

typedef struct
{
  KafDatabase *db;
  KafLang lang;
  const char *today;
  KafHolderProjectView *project;
} Reading;

static char *
format (Reading *self, const char *field)
{
  const KafRecord *record = self->project->record;
  const char *value = kaf_record_get (record, field);

  if (value == NULL)
    return NULL;
  return kaf_record_facts_format (
      self->db, kaf_entity_find_field (kaf_record_get_entity (record), field), value, self->lang);
}

static void
add_line (Reading *self, const char *label, char *text)
{
  KafProjectLine *line;

  if (text == NULL || *text == '\0')
    {
      g_free (text);
      return;
    }
  line = g_new0 (KafProjectLine, 1);
  line->label = label;
  line->text = text;
  g_ptr_array_add (self->project->lines, line);
}

static const char *
label_of (const char *field)
{
  return g_dgettext (GETTEXT_PACKAGE,
                     kaf_entity_find_field (kaf_registry_find ("project"), field)->label);
}

/* "4 200 000,00 MAD, of which 1 680 000,00 MAD secured": what is not known is not said. */
static char *
join_two (char *whole, char *part, const char *both, const char *alone)
{
  g_autofree char *first = whole;
  g_autofree char *second = part;
  g_autofree char *a = first != NULL ? kaf_bidi_isolate (first) : NULL;
  g_autofree char *b = second != NULL ? kaf_bidi_isolate (second) : NULL;

  if (a != NULL && b != NULL)
    return g_strdup_printf (both, a, b);
  if (b != NULL)
    return g_strdup_printf (alone, b);
  return g_steal_pointer (&first);
}

static char *
join_parts (char *first, char *second, const char *separator)
{
  g_autofree char *a = first;
  g_autofree char *b = second;

  if (a != NULL && b != NULL)
    {
      g_autofree char *isolated = kaf_bidi_isolate (a);
      g_autofree char *other = kaf_bidi_isolate (b);

      return g_strconcat (isolated, separator, other, NULL);
    }
  return a != NULL ? g_steal_pointer (&a) : g_steal_pointer (&b);
}

static void
make_lines (Reading *self)
{
  const char *comma = self->lang == KAF_LANG_AR ? "، " : ", ";

  add_line (self, label_of ("sector"), format (self, "sector"));
  add_line (self, label_of ("amount"),
            /* Translators: two amounts, "4 200 000,00 MAD, of which 1 680 000,00 MAD secured". */
            join_two (format (self, "amount"), format (self, "secured"),
                      _ ("%s, of which %s secured"),
                      /* Translators: %s is an amount. */
                      _ ("%s secured")));
  add_line (self, C_ ("project", "Jobs"),
            /* Translators: two numbers of jobs, "18, of which 11 permanent". */
            join_two (format (self, "jobs"), format (self, "jobs_permanent"),
                      _ ("%s, of which %s permanent"),
                      /* Translators: %s is a number of jobs. */
                      _ ("%s permanent")));
  add_line (self, label_of ("place_fr"),
            join_parts (format (self, "place_fr"), format (self, "territory"), comma));
  add_line (self, label_of ("land"), format (self, "land"));
  add_line (self, label_of ("needs"), format (self, "needs"));
  add_line (self, label_of ("blocking"),
            join_parts (format (self, "blocking"), format (self, "blocking_note"), " · "));
  add_line (self, label_of ("partners"), format (self, "partners"));
  add_line (self, label_of ("file_completed_on"), format (self, "file_completed_on"));
  add_line (self, label_of ("counsellor"), format (self, "counsellor"));
}

static void
make_next (Reading *self)
{
  const char *on = kaf_record_get (self->project->record, "next_on");

  self->project->next_text =
      join_parts (format (self, "next_action"), format (self, "next_on"), " · ");
  self->project->next_is_due =
      self->project->next_text != NULL && on != NULL && strcmp (on, self->today) <= 0;
}

static void
make_titles (Reading *self)
{
  const KafRecord *record = self->project->record;
  const char *french = kaf_record_get (record, "title_fr");
  const char *arabic = kaf_record_get (record, "title_ar");
  const char *first = self->lang == KAF_LANG_AR ? arabic : french;
  const char *second = self->lang == KAF_LANG_AR ? french : arabic;

  self->project->title = g_strdup (first != NULL ? first : second);
  self->project->other_title = g_strdup (first != NULL ? second : NULL);
  if (self->project->title == NULL)
    self->project->title = g_strdup (kaf_record_get_ref (record));
}

/* One who goes back and on again is told by the last day of each stage. */
static gboolean
read_stages (Reading *self, GError **error)
{
  KafHolderProjectView *project = self->project;
  g_autoptr (GPtrArray) steps =
      kaf_project_now_read_steps (self->db, kaf_record_get_id (project->record), error);

  project->place = -1;
  for (guint i = 0; steps != NULL && i < steps->len; i++)
    {
      const KafProjectStep *step = g_ptr_array_index (steps, i);
      int place = kaf_stage_bar_find (step->stage);

      g_free (project->stage);
      g_free (project->since);
      project->stage = g_strdup (step->stage);
      project->since = g_strdup (step->reached_on);
      if (place < 0)
        continue;
      project->place = place;
      g_free (project->reached[place]);
      project->reached[place] = g_strdup (step->reached_on);
      for (guint later = (guint) place + 1; later < KAF_STAGE_BAR_N; later++)
        g_clear_pointer (&project->reached[later], g_free);
    }
  return steps != NULL;
}

static KafHolderProjectView *
read_project (KafDatabase *db, const char *id, const char *today, KafLang lang, GError **error)
{
  KafHolderProjectView *project = g_new0 (KafHolderProjectView, 1);
  Reading self = { db, lang, today, project };

  project->lines = g_ptr_array_new_with_free_func (line_free);
  project->record = kaf_read_record (db, kaf_registry_find ("project"), id, error);
  if (project->record == NULL || !read_stages (&self, error))
    {
      project_free (project);
      return NULL;
    }
  make_titles (&self);
  make_lines (&self);
  make_next (&self);
  return project;
}

static gboolean
read_projects (KafHolderView *self, KafDatabase *db, KafLang lang, GError **error)
{
  static const char *const columns[] = { "title_fr", NULL };
  g_autoptr (GPtrArray) rows = kaf_page_related (db, kaf_registry_find ("project"), "person",
                                                 self->id, columns, lang, PROJECTS_MOST, error);
  g_autoptr (GPtrArray) over = g_ptr_array_new ();

  self->projects = g_ptr_array_new_with_free_func (project_free);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);
      KafHolderProjectView *project = read_project (db, row->id, self->today, lang, error);

      if (project == NULL)
        return FALSE;
      g_ptr_array_add (kaf_holder_project_is_over (project) ? over : self->projects, project);
    }
  for (guint i = 0; i < over->len; i++)
    g_ptr_array_add (self->projects, g_ptr_array_index (over, i));
  return rows != NULL;
}

KafHolderView *
kaf_holder_view_read (KafDatabase *db, const char *id, KafLang lang, GError **error)
{
  g_autoptr (KafHolderView) self = g_new0 (KafHolderView, 1);
  g_autoptr (KafRecord) holder =
      kaf_read_record (db, kaf_registry_find ("project_holder"), id, error);

  if (holder == NULL)
    return NULL;
  self->id = g_strdup (id);
  self->today = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  self->me = g_strdup (kaf_database_get_author (db));
  self->counsellor = g_strdup (kaf_record_get (holder, "counsellor"));
  if (!read_projects (self, db, lang, error))
    return NULL;
  return g_steal_pointer (&self);
}

typedef struct
{
  char *id;
  KafLang lang;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->id);
  g_free (request);
}

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;

  return kaf_holder_view_read (db, request->id, request->lang, error);
}

void
kaf_holder_view_read_async (KafStore *store,
                            const char *id,
                            KafLang lang,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->id = g_strdup (id);
  request->lang = lang;
  kaf_store_run_async (store, KAF_LANE_READ, read_job, request, request_free,
                       (GDestroyNotify) kaf_holder_view_free, cancellable, callback, user_data);
}

KafHolderView *
kaf_holder_view_read_finish (KafStore *store, GAsyncResult *result, GError **error)
{
  return kaf_store_run_finish (store, result, error);
}
