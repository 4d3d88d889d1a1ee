/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-attendance-marks.h"

#include <glib/gi18n-lib.h>

#include "schema/kaf-registry.h"
#include "ui/app/kaf-window-commit.h"
#include "ui/app/kaf-window.h"

/* A mark that was put and is not among what was read. */
typedef struct
{
  char *session, *participant, *id;
  KafPresence presence;
  guint n_writing;
  guint
      n_read; /* readings since it was written that say something else: somebody else marked it since */
} Fresh;

struct _KafAttendanceMarks
{
  GObject parent_instance;

  KafStore *store;
  GtkWidget *view; /* weak */
  const KafMissionData *data;
  GHashTable *fresh; /* "session participant" → Fresh */
  guint n_writing;
};

G_DEFINE_FINAL_TYPE (KafAttendanceMarks, kaf_attendance_marks, G_TYPE_OBJECT)

static guint changed_signal;

static void
fresh_free (gpointer data)
{
  Fresh *fresh = data;

  g_free (fresh->session);
  g_free (fresh->participant);
  g_free (fresh->id);
  g_free (fresh);
}

static void
kaf_attendance_marks_finalize (GObject *object)
{
  KafAttendanceMarks *self = KAF_ATTENDANCE_MARKS (object);

  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->store);
  g_hash_table_unref (self->fresh);
  G_OBJECT_CLASS (kaf_attendance_marks_parent_class)->finalize (object);
}

static void
kaf_attendance_marks_class_init (KafAttendanceMarksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_attendance_marks_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_attendance_marks_init (KafAttendanceMarks *self)
{
  self->fresh = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, fresh_free);
}

KafAttendanceMarks *
kaf_attendance_marks_new (KafStore *store, GtkWidget *view)
{
  KafAttendanceMarks *self = g_object_new (KAF_TYPE_ATTENDANCE_MARKS, NULL);

  self->store = g_object_ref (store);
  g_set_weak_pointer (&self->view, view);
  return self;
}

static char *
make_key (const char *session, const char *participant)
{
  return g_strconcat (session, " ", participant, NULL);
}

void
kaf_attendance_marks_set (KafAttendanceMarks *self, const KafMissionData *data)
{
  GHashTableIter iter;
  gpointer value;

  self->data = data;
  g_hash_table_iter_init (&iter, self->fresh);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Fresh *fresh = value;

      /* A reading that began before the mark was written says what was there before it. */
      if (fresh->n_writing == 0 &&
          (kaf_attendance_get (data->attendance, fresh->session, fresh->participant, NULL) ==
               fresh->presence ||
           ++fresh->n_read >= 2))
        g_hash_table_iter_remove (&iter);
    }
}

static KafPresence
look_up (KafAttendanceMarks *self, const char *session, const char *participant, const char **id)
{
  g_autofree char *key = make_key (session, participant);
  const Fresh *fresh = g_hash_table_lookup (self->fresh, key);

  if (fresh == NULL)
    return kaf_attendance_get (self->data->attendance, session, participant, id);
  if (id != NULL)
    *id = fresh->id;
  return fresh->presence;
}

KafPresence
kaf_attendance_marks_get (KafAttendanceMarks *self, const char *session, const char *participant)
{
  return self->data != NULL ? look_up (self, session, participant, NULL) : KAF_PRESENCE_NONE;
}

KafTurnout
kaf_attendance_marks_count (KafAttendanceMarks *self, const char *session, GPtrArray *participants)
{
  g_autoptr (KafAttendance) now = kaf_attendance_new ();

  for (guint i = 0; i < participants->len; i++)
    {
      const char *one = g_ptr_array_index (participants, i);

      kaf_attendance_mark (now, session, one, NULL, kaf_attendance_marks_get (self, session, one));
    }
  return kaf_attendance_count (now, session, participants);
}

/* Writing */

typedef struct
{
  KafAttendanceMarks *self;
  GPtrArray *keys;
  char *done; /* nullable */
} Write;

static void
land (KafAttendanceMarks *self, GPtrArray *keys, gboolean written)
{
  for (guint i = 0; i < keys->len; i++)
    {
      Fresh *fresh = g_hash_table_lookup (self->fresh, g_ptr_array_index (keys, i));

      if (fresh == NULL)
        continue;
      fresh->n_writing--;
      fresh->n_read = 0;
      if (!written)
        g_hash_table_remove (self->fresh, g_ptr_array_index (keys, i));
    }
}

static void
on_committed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Write *write = user_data;
  g_autoptr (KafAttendanceMarks) self = write->self;
  g_autofree char *done = write->done;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt =
      kaf_store_commit_finish (KAF_STORE (source), result, NULL, &error);
  GtkRoot *root = self->view != NULL ? gtk_widget_get_root (self->view) : NULL;

  self->n_writing--;
  land (self, write->keys, receipt != NULL);
  g_ptr_array_unref (write->keys);
  g_free (write);
  if (receipt != NULL && done != NULL && self->view != NULL)
    kaf_window_tell_done (self->view, done, receipt);
  else if (receipt == NULL && KAF_IS_WINDOW (root))
    kaf_window_report_error (KAF_WINDOW (root), _ ("The attendance was not saved"), error);
  if (receipt == NULL)
    g_signal_emit (self, changed_signal, 0);
}

/* What makes @presence of the record: it is made, changed, taken out or brought back. Its id follows from its content. */
static char *
add_change (KafAttendanceMarks *self,
            KafChangeSet *set,
            const char *session,
            const char *participant,
            KafPresence presence)
{
  const KafEntity *entity = kaf_registry_find ("attendance");
  g_autoptr (KafRecord) record = kaf_record_new (entity, NULL);
  const char *id;
  KafPresence before = look_up (self, session, participant, &id);

  if (before == presence)
    return NULL;
  kaf_record_set (record, "presence", kaf_presence_id (presence));
  if (id == NULL)
    {
      kaf_record_set (record, "session", session);
      kaf_record_set (record, "participant", participant);
      kaf_change_set_create (set, record);
      return kaf_record_identify (record);
    }
  kaf_record_set_id (record, id);
  if (presence == KAF_PRESENCE_NONE)
    {
      kaf_change_set_delete (set, entity, id);
      return g_strdup (id);
    }
  if (before == KAF_PRESENCE_NONE)
    kaf_change_set_restore (set, entity, id);
  kaf_change_set_update (set, record);
  return g_strdup (id);
}

static void
note_fresh (KafAttendanceMarks *self,
            const char *session,
            const char *participant,
            char *id,
            KafPresence presence,
            GPtrArray *keys)
{
  g_autofree char *key = make_key (session, participant);
  Fresh *fresh = g_hash_table_lookup (self->fresh, key);

  if (fresh == NULL)
    {
      fresh = g_new0 (Fresh, 1);
      fresh->session = g_strdup (session);
      fresh->participant = g_strdup (participant);
      g_hash_table_insert (self->fresh, g_strdup (key), fresh);
    }
  g_free (fresh->id);
  fresh->id = id;
  fresh->presence = presence;
  fresh->n_writing++;
  g_ptr_array_add (keys, g_steal_pointer (&key));
}

/* Whether somebody's presence says that the session was held, while it is still called planned. Who keeps the marks alone
 * leaves that to who keeps the programme, whom it then waits for: with it the marks would be refused too. */
static gboolean
make_held (KafAttendanceMarks *self, KafChangeSet *set, const char *session)
{
  const KafItem *item = kaf_mission_find_item (self->data->mission, session);
  g_autoptr (KafRecord) record = NULL;

  if (item == NULL || item->state != KAF_ITEM_PLANNED ||
      !kaf_mission_data_may_write_field (self->data, "programme_item", "state"))
    return FALSE;
  record = kaf_record_new (kaf_registry_find ("programme_item"), session);
  kaf_record_set (record, "state", "held");
  kaf_change_set_update (set, record);
  return TRUE;
}

void
kaf_attendance_marks_put (KafAttendanceMarks *self,
                          const char *session,
                          GPtrArray *participants,
                          KafPresence presence,
                          const char *done)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("attendance");
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  Write *write;

  g_return_if_fail (KAF_IS_ATTENDANCE_MARKS (self));

  if (self->data == NULL)
    return;
  for (guint i = 0; i < participants->len; i++)
    {
      const char *participant = g_ptr_array_index (participants, i);
      char *id = add_change (self, set, session, participant, presence);

      if (id != NULL)
        note_fresh (self, session, participant, id, presence, keys);
    }
  if (keys->len == 0)
    return;
  if (presence == KAF_PRESENCE_PRESENT && make_held (self, set, session) && done == NULL)
    done = _ ("Noted. The session counts as held.");
  write = g_new0 (Write, 1);
  write->self = g_object_ref (self);
  write->keys = g_steal_pointer (&keys);
  write->done = g_strdup (done);
  self->n_writing++;
  kaf_store_commit_async (self->store, set, NULL, on_committed, write);
}

gboolean
kaf_attendance_marks_is_settled (KafAttendanceMarks *self)
{
  g_return_val_if_fail (KAF_IS_ATTENDANCE_MARKS (self), TRUE);
  return self->n_writing == 0;
}
