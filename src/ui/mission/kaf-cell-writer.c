/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-cell-writer.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "store/kaf-known.h"
#include "store/kaf-read.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-window-commit.h"
#include "ui/form/kaf-news-format.h"

struct _KafCellWriter
{
  GtkBox parent_instance;

  KafStore *store;
  GHashTable *written; /* "ID FIELD" → Written: the table may show it later only */
  guint busy;
};

G_DEFINE_FINAL_TYPE (KafCellWriter, kaf_cell_writer, GTK_TYPE_BOX)

/* What became of a cell that showed something by what he wrote into it, on the lane that writes, where one comes after the
 * other: what failed, or was held up, is not there. */
typedef struct
{
  gatomicrefcount refs;
  char *shown; /* nullable */
  gboolean wrote;
  char *value; /* nullable; what he wrote last */
} Written;

static Written *
written_ref (Written *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
written_unref (gpointer data)
{
  Written *self = data;

  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->shown);
  g_free (self->value);
  g_free (self);
}

static char *
make_key (const KafRecord *record, const KafField *field)
{
  return g_strconcat (kaf_record_get_id (record), " ", field->id, NULL);
}

/* One value on its way. */
typedef struct
{
  KafCellWriter *writer; /* NULL while it waits in a line */
  KafStore *store;
  KafRecord *change;
  KafRecord *shown;   /* by the cells, or told by a line */
  GPtrArray *written; /* by field, Written or NULL: what of it he wrote since */
  gboolean was_told;  /* what stands was told by a line: he knows that */
  const KafField
      *field; /* that is told of, the first that is written unless another stands otherwise */
  char *name, *done, *failed;
  KafLang lang;

  /* What the job found: it stands otherwise. */
  gboolean otherwise;
  KafRecord *now;
  char *news;  /* a sentence */
  char *typed; /* as a person reads it; nullable: empty */
} Job;

static void
job_free (Job *job)
{
  g_clear_object (&job->writer);
  g_object_unref (job->store);
  kaf_record_unref (job->change);
  kaf_record_unref (job->shown);
  g_ptr_array_unref (job->written);
  g_clear_pointer (&job->now, kaf_record_unref);
  g_free (job->name);
  g_free (job->done);
  g_free (job->failed);
  g_free (job->news);
  g_free (job->typed);
  g_free (job);
}

static void send (Job *job);

/* Lines */

static void
drop_line (GtkWidget *line)
{
  GtkWidget *self = gtk_widget_get_parent (line);

  gtk_box_remove (GTK_BOX (self), line);
  gtk_widget_set_visible (self, gtk_widget_get_first_child (self) != NULL);
}

/* Whether a cell is of both. */
static gboolean
writes_the_same (const KafRecord *a, const KafRecord *b)
{
  const KafField *fields = kaf_record_get_entity (a)->fields;

  if (kaf_record_get_entity (a) != kaf_record_get_entity (b) ||
      g_strcmp0 (kaf_record_get_id (a), kaf_record_get_id (b)) != 0)
    return FALSE;
  for (guint i = 0; fields[i].id != NULL; i++)
    if (kaf_record_holds_at (a, i) && kaf_record_holds_at (b, i))
      return TRUE;
  return FALSE;
}

/* Of the same cell: what was typed into it since stands in its place. */
static void
drop_lines (KafCellWriter *self, const Job *job)
{
  GtkWidget *line = gtk_widget_get_first_child (GTK_WIDGET (self));

  while (line != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (line);
      const Job *other = g_object_get_data (G_OBJECT (line), "job");

      if (writes_the_same (other->change, job->change))
        drop_line (line);
      line = next;
    }
}

static void
on_take_mine (GtkWidget *line)
{
  Job *job = g_object_steal_data (G_OBJECT (line), "job");

  job->writer = g_object_ref (KAF_CELL_WRITER (gtk_widget_get_parent (line)));
  drop_line (line);
  send (job);
}

static GtkWidget *
button_new (GtkWidget *line, const char *text, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "kaf-suggestion");
  g_signal_connect_object (button, "clicked", clicked, line, G_CONNECT_SWAPPED);
  return button;
}

/* "Hôtel · Unit price. Changed by Karim, 17:43: 300,00 MAD. You had typed: 450,00 MAD" */
static char *
tell (const Job *job)
{
  g_autofree char *typed = kaf_bidi_isolate (job->typed != NULL ? job->typed : _ ("empty"));
  /* Translators: %s is what the person had typed. */
  g_autofree char *mine = g_strdup_printf (_ ("You had typed: %s"), typed);
  g_autofree char *name = kaf_bidi_isolate (job->name);

  return g_strdup_printf ("%s · %s. %s. %s", name, _ (job->field->label), job->news, mine);
}

/* The job waits in the line. (job taken) */
static void
add_line (KafCellWriter *self, Job *job)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *text = tell (job);
  GtkWidget *label = gtk_label_new (text);

  kaf_record_unref (job->shown);
  job->shown = g_steal_pointer (&job->now);
  job->was_told = TRUE;
  g_clear_pointer (&job->news, g_free);
  g_clear_pointer (&job->typed, g_free);
  g_clear_object (&job->writer);
  job->otherwise = FALSE;
  g_object_set_data_full (G_OBJECT (line), "job", job, (GDestroyNotify) job_free);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "kaf-wraps");
  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), button_new (line, _ ("Take Theirs"), G_CALLBACK (drop_line)));
  gtk_box_append (GTK_BOX (line), button_new (line, _ ("Take Mine"), G_CALLBACK (on_take_mine)));
  gtk_widget_add_css_class (line, "kaf-field-news");
  gtk_box_append (GTK_BOX (self), line);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

/* Writing */

/* The first of what he writes that stands otherwise. */
static void
tell_of (Job *job, GPtrArray *news)
{
  const KafEntity *entity = kaf_record_get_entity (job->change);
  const KafNews *told = g_ptr_array_index (news, 0);

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    for (guint j = 0; kaf_record_holds_at (job->change, i) && j < news->len; j++)
      if (kaf_known_unit (entity, &entity->fields[i]) ==
          ((const KafNews *) g_ptr_array_index (news, j))->field)
        {
          job->field = &entity->fields[i];
          job->news = kaf_news_format (g_ptr_array_index (news, j));
          return;
        }
  job->news = kaf_news_format (told);
}

static gboolean
read_news (KafDatabase *db, Job *job, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (job->change);
  g_autoptr (KafRecord) changed = NULL;
  g_autoptr (GPtrArray) news = NULL;
  KafRecord *now = kaf_read_record (db, entity, kaf_record_get_id (job->change), error);

  if (now == NULL)
    return FALSE;
  job->now = now;
  changed = kaf_record_diff (job->shown, now);
  /* As it was shown by now: he wrote in between himself. */
  if (changed == NULL)
    {
      changed = kaf_record_new (entity, NULL);
      kaf_record_set (changed, job->field->id, kaf_record_get (now, job->field->id));
    }
  news = kaf_known_read_news (db, now, changed, job->lang, error);
  if (news == NULL || news->len == 0)
    return FALSE;
  tell_of (job, news);
  job->typed = kaf_known_format (db, job->change, kaf_known_unit (entity, job->field), job->lang);
  return TRUE;
}

static KafReceipt *
write_over (KafDatabase *db, Job *job, KafRecord *known, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  kaf_change_set_update (set, job->change);
  g_ptr_array_add (all, known);
  return kaf_known_commit (db, set, all, &job->otherwise, NULL, cancellable, error);
}

/* What the cells showed, and what he wrote into them since, which they do not show yet. NULL: nothing. (transfer full) */
static KafRecord *
make_known (const Job *job)
{
  const KafField *fields = kaf_record_get_entity (job->shown)->fields;
  KafRecord *known = NULL;

  for (guint i = 0; !job->was_told && fields[i].id != NULL; i++)
    {
      const Written *written = g_ptr_array_index (job->written, i);

      if (written == NULL || !written->wrote)
        continue;
      if (known == NULL)
        known = kaf_record_copy (job->shown);
      kaf_record_set (known, fields[i].id, written->value);
    }
  return known;
}

static void
note_written (const Job *job)
{
  const KafField *fields = kaf_record_get_entity (job->change)->fields;

  for (guint i = 0; fields[i].id != NULL; i++)
    {
      Written *written = g_ptr_array_index (job->written, i);

      if (written == NULL || !kaf_record_holds_at (job->change, i))
        continue;
      g_free (written->value);
      written->value = g_strdup (kaf_record_get_at (job->change, i));
      written->wrote = TRUE;
    }
}

static gpointer
write_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  g_autoptr (KafRecord) known = make_known (job);
  KafReceipt *receipt =
      write_over (db, job, known != NULL ? known : job->shown, cancellable, error);

  /* What he wrote before was undone since: the cell was right. */
  if (job->otherwise && known != NULL)
    receipt = write_over (db, job, job->shown, cancellable, error);
  if (receipt != NULL)
    note_written (job);
  if (receipt != NULL && receipt->batch != NULL)
    kaf_store_announce (job->store, receipt);
  if (job->otherwise)
    read_news (db, job, error);
  return receipt;
}

/* A page that was left shows no line. */
static void
tell_otherwise (KafCellWriter *self, Job *job)
{
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    {
      g_autofree char *text = tell (job);

      kaf_window_tell_undone (GTK_WIDGET (self), job->failed, text);
      job_free (job);
    }
  else
    add_line (self, job);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  KafCellWriter *self = job->writer;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->busy--;
  if (receipt != NULL)
    kaf_window_tell_done (GTK_WIDGET (self), job->done, receipt);
  else if (error != NULL)
    kaf_window_tell_failed (GTK_WIDGET (self), job->failed, error);
  if (error == NULL)
    drop_lines (self, job);
  if (job->otherwise && error == NULL)
    tell_otherwise (self, job);
  else
    job_free (job);
}

/* (job taken) */
static void
send (Job *job)
{
  job->writer->busy++;
  kaf_store_run_async (job->store, KAF_LANE_WRITE, write_job, job, NULL,
                       (GDestroyNotify) kaf_receipt_unref, NULL, on_written, job);
}

/* Of each field that the cells showed, and still show: what becomes of it by what is written here. */
static GPtrArray *
find_written (KafCellWriter *self, const KafRecord *change, const KafRecord *shown)
{
  const KafField *fields = kaf_record_get_entity (shown)->fields;
  GPtrArray *list = g_ptr_array_new_with_free_func (written_unref);

  for (guint i = 0; fields[i].id != NULL; i++)
    {
      g_autofree char *key = make_key (shown, &fields[i]);
      Written *written = g_hash_table_lookup (self->written, key);

      if (written != NULL && (!kaf_record_holds_at (shown, i) ||
                              g_strcmp0 (written->shown, kaf_record_get_at (shown, i)) != 0))
        written = NULL;
      if (written == NULL && kaf_record_holds_at (change, i))
        {
          written = g_new0 (Written, 1);
          g_atomic_ref_count_init (&written->refs);
          written->shown = g_strdup (kaf_record_get_at (shown, i));
          g_hash_table_replace (self->written, g_steal_pointer (&key), written);
        }
      g_ptr_array_add (list, written != NULL ? written_ref (written) : NULL);
    }
  return list;
}

void
kaf_cell_writer_write (KafCellWriter *self,
                       KafRecord *change,
                       const KafRecord *shown,
                       const char *name,
                       const char *done,
                       const char *failed)
{
  const KafField *field = kaf_record_get_entity (change)->fields;
  Job *job;

  g_return_if_fail (KAF_IS_CELL_WRITER (self));

  while (field->id != NULL && !kaf_record_holds (change, field->id))
    field++;
  g_return_if_fail (field->id != NULL);

  job = g_new0 (Job, 1);
  job->writer = g_object_ref (self);
  job->store = g_object_ref (self->store);
  job->lang = kaf_application_get_lang ();
  job->change = kaf_record_ref (change);
  job->shown = kaf_record_copy (shown);
  job->written = find_written (self, change, shown);
  job->field = field;
  job->name = g_strdup (name != NULL ? name : "");
  job->done = g_strdup (done);
  job->failed = g_strdup (failed);
  send (job);
}

/* The widget */

static void
kaf_cell_writer_dispose (GObject *object)
{
  KafCellWriter *self = KAF_CELL_WRITER (object);

  /* Each holds the writer. */
  for (GtkWidget *line = gtk_widget_get_first_child (GTK_WIDGET (self)); line != NULL;
       line = gtk_widget_get_first_child (GTK_WIDGET (self)))
    gtk_box_remove (GTK_BOX (self), line);
  G_OBJECT_CLASS (kaf_cell_writer_parent_class)->dispose (object);
}

static void
kaf_cell_writer_finalize (GObject *object)
{
  KafCellWriter *self = KAF_CELL_WRITER (object);

  g_object_unref (self->store);
  g_hash_table_unref (self->written);
  G_OBJECT_CLASS (kaf_cell_writer_parent_class)->finalize (object);
}

static void
kaf_cell_writer_class_init (KafCellWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_cell_writer_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_cell_writer_finalize;
}

static void
kaf_cell_writer_init (KafCellWriter *self)
{
  self->written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, written_unref);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
kaf_cell_writer_new (KafStore *store)
{
  KafCellWriter *self = g_object_new (KAF_TYPE_CELL_WRITER, NULL);

  self->store = g_object_ref (store);
  return GTK_WIDGET (self);
}

gboolean
kaf_cell_writer_is_settled (KafCellWriter *self)
{
  g_return_val_if_fail (KAF_IS_CELL_WRITER (self), FALSE);

  return self->busy == 0;
}

const char *
kaf_cell_writer_get_line (KafCellWriter *self)
{
  GtkWidget *child;

  g_return_val_if_fail (KAF_IS_CELL_WRITER (self), NULL);

  child = gtk_widget_get_last_child (GTK_WIDGET (self));
  if (child != NULL)
    child = gtk_widget_get_first_child (child);
  while (child != NULL && !GTK_IS_LABEL (child))
    child = gtk_widget_get_next_sibling (child);
  return child != NULL ? gtk_label_get_text (GTK_LABEL (child)) : NULL;
}
