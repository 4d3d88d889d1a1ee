/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/holder/kaf-holder-log.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-home-row.h"
#include "ui/record/kaf-record-section.h"

#define SHOWN 8 /* before "see all" */

struct _KafHolderLog
{
  GtkBox parent_instance;

  KafStore *store;
  KafLang lang;
  char *person;
  GCancellable *cancellable;
  GtkWidget *section;
  GtkWidget *list;
  guint n_rows;
};

G_DEFINE_FINAL_TYPE (KafHolderLog, kaf_holder_log, GTK_TYPE_BOX)

enum
{
  SUBJECT,
  CHANNEL,
  HELD_ON,
  BY_WHOM,
  OUTCOME,
  REFERRED_TO,
  NEXT_ACTION,
  NEXT_ON,
};
static const char *const columns[] = { "subject",     "channel", "held_on",
                                       "by_whom",     "outcome", "referred_to",
                                       "next_action", "next_on", NULL };

static const struct
{
  const char *channel, *icon;
} icons[] = {
  { "call", "call-start-symbolic" },     { "message", "user-available-symbolic" },
  { "email", "mail-unread-symbolic" },   { "meeting", "system-users-symbolic" },
  { "visit", "mark-location-symbolic" }, { "letter", "mail-send-symbolic" },
  { "referral", "send-to-symbolic" },
};

const char *
kaf_holder_log_icon (const char *channel)
{
  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_strcmp0 (channel, icons[i].channel) == 0)
      return icons[i].icon;
  return "call-start-symbolic";
}

/* The latest day first; of one day, the last that was written. */
static int
compare_days (gconstpointer a, gconstpointer b)
{
  const KafRow *first = *(KafRow *const *) a, *second = *(KafRow *const *) b;

  return g_strcmp0 (second->raw[HELD_ON], first->raw[HELD_ON]);
}

typedef struct
{
  char *person;
  KafLang lang;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->person);
  g_free (request);
}

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  GPtrArray *rows = kaf_page_related (db, kaf_registry_find ("contact"), "person", request->person,
                                      columns, request->lang, 200, error);

  if (rows != NULL)
    g_ptr_array_sort (rows, compare_days);
  return rows;
}

/* "Call · the land again" */
static char *
make_title (const KafRow *row)
{
  g_autoptr (GString) title = g_string_new (NULL);
  g_autofree char *line = NULL;

  kaf_bidi_append (title, row->cells[CHANNEL]);
  kaf_bidi_append (title, row->cells[SUBJECT]);
  line = kaf_bidi_line (title->str);
  return g_steal_pointer (&line);
}

static char *
make_subtitle (const KafRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, row->cells[BY_WHOM]);
  kaf_bidi_append (line, row->cells[OUTCOME]);
  /* Translators: %s is an organisation. */
  kaf_bidi_append_format (line, _ ("referred to %s"), row->cells[REFERRED_TO]);
  kaf_bidi_append_format (line, _ ("next: %s"), row->cells[NEXT_ACTION]);
  kaf_bidi_append (line, row->cells[NEXT_ON]);
  return line->len > 0 ? kaf_bidi_line (line->str) : NULL;
}

static void
add_row (KafHolderLog *self, const KafRow *row)
{
  GtkWidget *widget = kaf_home_row_new ();
  g_autofree char *title = make_title (row);
  g_autofree char *subtitle = make_subtitle (row);
  g_autofree char *day = row->cells[HELD_ON] != NULL ? kaf_bidi_line (row->cells[HELD_ON]) : NULL;

  kaf_home_row_set_text (KAF_HOME_ROW (widget), kaf_holder_log_icon (row->raw[CHANNEL]), title,
                         subtitle);
  kaf_home_row_set_figure (KAF_HOME_ROW (widget), day, TRUE);
  kaf_home_row_set_target (KAF_HOME_ROW (widget), "holder.show-contact",
                           g_variant_new_string (row->id));
  gtk_list_box_append (GTK_LIST_BOX (self->list), widget);
}

static void
add_see_all (KafHolderLog *self)
{
  const char *values[] = { self->person, NULL };
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("contact"));
  GtkWidget *row = kaf_home_row_new ();
  g_autofree char *json = NULL;

  kaf_query_set_condition (query, "person", KAF_OP_ANY_OF, values);
  kaf_query_set_sort (query, "held_on", TRUE);
  json = kaf_query_to_json (query);
  kaf_home_row_set_text (KAF_HOME_ROW (row), NULL, _ ("See All"), NULL);
  kaf_home_row_set_target (KAF_HOME_ROW (row), "win.show-query", g_variant_new_string (json));
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafHolderLog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (rows == NULL || self->store == NULL)
    {
      if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("The log of a person was not read: %s", error->message);
      return;
    }
  kaf_record_section_clear (self->list);
  self->n_rows = MIN (rows->len, SHOWN);
  for (guint i = 0; i < self->n_rows; i++)
    add_row (self, g_ptr_array_index (rows, i));
  if (rows->len > SHOWN)
    add_see_all (self);
  if (rows->len == 0)
    kaf_record_section_say (self->list, _ ("No exchange has been noted."));
}

static void
kaf_holder_log_dispose (GObject *object)
{
  KafHolderLog *self = KAF_HOLDER_LOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->person, g_free);
  G_OBJECT_CLASS (kaf_holder_log_parent_class)->dispose (object);
}

static void
kaf_holder_log_class_init (KafHolderLogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_holder_log_dispose;
}

static void
kaf_holder_log_init (KafHolderLog *self)
{
  GtkWidget *add;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->section = kaf_record_section_new (_ ("Accompaniment"));
  kaf_record_section_set_note (KAF_RECORD_SECTION (self->section),
                               C_ ("log", "added to, never changed"));
  add = kaf_record_section_add_button (KAF_RECORD_SECTION (self->section), _ ("Add"),
                                       _ ("Note a contact"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "holder.note-contact");
  self->list = kaf_record_section_list (_ ("Accompaniment"));
  kaf_record_section_set_child (KAF_RECORD_SECTION (self->section), self->list);
  gtk_box_append (GTK_BOX (self), self->section);
}

GtkWidget *
kaf_holder_log_new (KafStore *store, KafLang lang)
{
  KafHolderLog *self = g_object_new (KAF_TYPE_HOLDER_LOG, NULL);

  self->store = g_object_ref (store);
  self->lang = lang;
  return GTK_WIDGET (self);
}

void
kaf_holder_log_set_person (KafHolderLog *self, const char *person, gboolean writable)
{
  Request *request;

  g_return_if_fail (KAF_IS_HOLDER_LOG (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  /* Of another person, nothing of the one before. */
  if (g_strcmp0 (self->person, person) != 0)
    kaf_record_section_clear (self->list);
  g_free (self->person);
  self->person = g_strdup (person);
  request = g_new0 (Request, 1);
  request->person = g_strdup (person);
  request->lang = self->lang;
  kaf_store_run_async (self->store, KAF_LANE_READ, read_job, request, request_free,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, on_read,
                       g_object_ref (self));
}

guint
kaf_holder_log_get_n_rows (KafHolderLog *self)
{
  g_return_val_if_fail (KAF_IS_HOLDER_LOG (self), 0);
  return self->n_rows;
}
