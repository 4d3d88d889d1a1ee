/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/holder/kaf-reminder.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "store/kaf-drafts.h"
#include "store/kaf-todo.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-day-watch.h"

/* The day of which was told last, on this device. */
#define KEY_TOLD "reminder.told"
#define NOTICE "due-today"

struct _KafReminder
{
  GObject parent_instance;

  GApplication *application; /* weak */
  KafStore *store;
  GCancellable *cancellable;
};

enum
{
  SIGNAL_DUE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KafReminder, kaf_reminder, G_TYPE_OBJECT)

/* What falls due on the day itself: what is late stands in the to-do anyway, every day. */
static guint
count_due (const KafTodo *todo)
{
  guint n = 0;

  for (guint i = 0; i < todo->findings->list->len; i++)
    {
      const KafFinding *finding = g_ptr_array_index (todo->findings->list, i);

      if (finding->due != KAF_DAY_UNKNOWN && finding->due == todo->findings->day)
        n++;
    }
  return n;
}

/* A number, 0 where that day was told of. */
static gpointer
look_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *today = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  g_autofree char *told = kaf_local_get (db, KEY_TOLD);
  KafTodoQuery query = { .who = kaf_database_get_author (db), .lang = GPOINTER_TO_INT (data) };
  g_autoptr (KafTodo) todo = NULL;
  guint n;

  if (g_strcmp0 (told, today) == 0)
    return NULL;
  todo = kaf_todo_read (db, &query, cancellable, error);
  if (todo == NULL)
    return NULL;
  n = count_due (todo);
  /* A day with nothing yet is looked at again when the program starts next. */
  if (n > 0 && !kaf_local_set (db, KEY_TOLD, today, error))
    return NULL;
  return GUINT_TO_POINTER (n);
}

char *
kaf_reminder_text (guint n)
{
  g_autofree char *number = kaf_number_format (n, kaf_application_get_lang ());

  return g_strdup_printf (ngettext ("%s reminder for today", "%s reminders for today", n), number);
}

static void
tell (KafReminder *self, guint n)
{
  g_autoptr (GNotification) notice = NULL;
  g_autofree char *text = kaf_reminder_text (n);

  if (self->application == NULL)
    return;
  notice = g_notification_new (text);
  g_notification_set_body (notice, _ ("Open the to-do to see what is due."));
  g_notification_set_default_action (notice, "app.show-todo");
  g_application_send_notification (self->application, NOTICE, notice);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafReminder) self = data;
  g_autoptr (GError) error = NULL;
  guint n = GPOINTER_TO_UINT (kaf_store_run_finish (KAF_STORE (source), result, &error));

  if (error != NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("What is due today was not read: %s", error->message);
      return;
    }
  if (n == 0)
    return;
  tell (self, n);
  g_signal_emit (self, signals[SIGNAL_DUE], 0, n);
}

void
kaf_reminder_check (KafReminder *self)
{
  g_return_if_fail (KAF_IS_REMINDER (self));

  if (kaf_store_is_read_only (self->store))
    return;
  /* It writes the day: on the lane of writes, behind what is under way. */
  kaf_store_run_async (self->store, KAF_LANE_WRITE, look_job,
                       GINT_TO_POINTER ((int) kaf_application_get_lang ()), NULL, NULL,
                       self->cancellable, on_looked, g_object_ref (self));
}

static void
kaf_reminder_dispose (GObject *object)
{
  KafReminder *self = KAF_REMINDER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->application);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_reminder_parent_class)->dispose (object);
}

static void
kaf_reminder_class_init (KafReminderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_reminder_dispose;
  signals[SIGNAL_DUE] = g_signal_new ("due", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
kaf_reminder_init (KafReminder *self)
{
  self->cancellable = g_cancellable_new ();
}

KafReminder *
kaf_reminder_new (GApplication *application, KafStore *store)
{
  KafReminder *self = g_object_new (KAF_TYPE_REMINDER, NULL);

  g_set_weak_pointer (&self->application, application);
  self->store = g_object_ref (store);
  g_signal_connect_object (kaf_day_watch_get_default (), "changed", G_CALLBACK (kaf_reminder_check),
                           self, G_CONNECT_SWAPPED);
  return self;
}
