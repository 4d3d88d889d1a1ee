/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/record/kaf-programme-sessions.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-home-row.h"
#include "ui/record/kaf-page-tables.h"
#include "ui/record/kaf-record-section.h"

#define MODULES_MOST 100
#define SESSIONS_SHOWN 4 /* of a module, before "see all" */

struct _KafProgrammeSessions
{
  GtkBox parent_instance;

  KafStore *store;
  KafLang lang;
  GCancellable *cancellable;
  GtkWidget *section;
};

G_DEFINE_FINAL_TYPE (KafProgrammeSessions, kaf_programme_sessions, GTK_TYPE_BOX)

static const char *const module_columns[] = { "title", NULL };

enum
{
  STARTS_ON,
  PLACE,
  TRAINER,
  STATE,
  PRESENT,
};
static const char *const session_columns[] = { "starts_on", "place",   "trainer",
                                               "state",     "present", NULL };

typedef struct
{
  char *id, *title;
  GPtrArray *sessions; /* (element-type KafRow), one more than shown when there are more */
} Module;

static void
module_free (gpointer data)
{
  Module *module = data;

  g_free (module->id);
  g_free (module->title);
  g_clear_pointer (&module->sessions, g_ptr_array_unref);
  g_free (module);
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

static Module *
read_module (KafDatabase *db, const KafRow *row, KafLang lang, GError **error)
{
  g_autoptr (GPtrArray) sessions =
      kaf_page_related (db, kaf_registry_find ("training_session"), "module", row->id,
                        session_columns, lang, SESSIONS_SHOWN + 1, error);
  Module *module;

  if (sessions == NULL)
    return NULL;
  module = g_new0 (Module, 1);
  module->id = g_strdup (row->id);
  module->title = g_strdup (row->cells[0] != NULL ? row->cells[0] : "—");
  module->sessions = g_steal_pointer (&sessions);
  return module;
}

/* A GPtrArray of Module: those that have a session. */
static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (GPtrArray) rows =
      kaf_page_related (db, kaf_registry_find ("training_module"), "programme", request->id,
                        module_columns, request->lang, MODULES_MOST, error);
  g_autoptr (GPtrArray) modules = g_ptr_array_new_with_free_func (module_free);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      Module *module = read_module (db, g_ptr_array_index (rows, i), request->lang, error);

      if (module == NULL)
        return NULL;
      if (module->sessions->len > 0)
        g_ptr_array_add (modules, module);
      else
        module_free (module);
    }
  return rows != NULL ? g_steal_pointer (&modules) : NULL;
}

/* "Tiznit · Nora Alami · present: 17" */
static char *
describe (const KafRow *row)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const int parts[] = { PLACE, TRAINER };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (row->cells[parts[i]] != NULL && *row->cells[parts[i]] != '\0')
      {
        g_autofree char *part = kaf_bidi_isolate (row->cells[parts[i]]);

        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
      }
  if (row->cells[PRESENT] != NULL && *row->cells[PRESENT] != '\0')
    {
      g_autofree char *present = g_strdup_printf (_ ("present: %s"), row->cells[PRESENT]);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", present);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
add_session (GtkWidget *list, const KafRow *row)
{
  GtkWidget *widget = kaf_home_row_new ();
  g_autofree char *date =
      kaf_bidi_line (row->cells[STARTS_ON] != NULL ? row->cells[STARTS_ON] : "—");
  g_autofree char *context = describe (row);
  const char *style = NULL;
  g_autofree char *state =
      kaf_page_choice_pill ("training_session", "state", row->raw[STATE], &style);

  kaf_home_row_set_text (KAF_HOME_ROW (widget), "x-office-calendar-symbolic", date, context);
  kaf_home_row_set_pill (KAF_HOME_ROW (widget), state, style);
  kaf_home_row_set_target (KAF_HOME_ROW (widget), "win.open-record",
                           g_variant_new ("(ss)", "training_session", row->id));
  gtk_list_box_append (GTK_LIST_BOX (list), widget);
}

static void
add_see_all (GtkWidget *list, const Module *module)
{
  const char *values[] = { module->id, NULL };
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("training_session"));
  GtkWidget *row = kaf_home_row_new ();
  g_autofree char *json = NULL;

  kaf_query_set_condition (query, "module", KAF_OP_ANY_OF, values);
  json = kaf_query_to_json (query);
  kaf_home_row_set_text (KAF_HOME_ROW (row), NULL, _ ("See All"), NULL);
  kaf_home_row_set_target (KAF_HOME_ROW (row), "win.show-query", g_variant_new_string (json));
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static GtkWidget *
module_new (const Module *module)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (module->title);
  GtkWidget *list = kaf_record_section_list (module->title);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (title, "caption-heading");
  for (guint i = 0; i < MIN (module->sessions->len, SESSIONS_SHOWN); i++)
    add_session (list, g_ptr_array_index (module->sessions, i));
  if (module->sessions->len > SESSIONS_SHOWN)
    add_see_all (list, module);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), list);
  return box;
}

static void
show (KafProgrammeSessions *self, GPtrArray *modules)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  for (guint i = 0; i < modules->len; i++)
    gtk_box_append (GTK_BOX (box), module_new (g_ptr_array_index (modules, i)));
  if (modules->len == 0)
    gtk_box_append (GTK_BOX (box), kaf_record_section_sentence (_ ("No session is planned.")));
  kaf_record_section_set_child (KAF_RECORD_SECTION (self->section), box);
  gtk_widget_set_visible (self->section, TRUE);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafProgrammeSessions) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) modules = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (modules != NULL && self->store != NULL)
    show (self, modules);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("The sessions of a programme were not read: %s", error->message);
}

static void
kaf_programme_sessions_dispose (GObject *object)
{
  KafProgrammeSessions *self = KAF_PROGRAMME_SESSIONS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (kaf_programme_sessions_parent_class)->dispose (object);
}

static void
kaf_programme_sessions_class_init (KafProgrammeSessionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_programme_sessions_dispose;
}

static void
kaf_programme_sessions_init (KafProgrammeSessions *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->section = kaf_record_section_new (_ ("Sessions"));
  gtk_widget_set_visible (self->section, FALSE);
  gtk_box_append (GTK_BOX (self), self->section);
}

GtkWidget *
kaf_programme_sessions_new (KafStore *store, KafLang lang)
{
  KafProgrammeSessions *self = g_object_new (KAF_TYPE_PROGRAMME_SESSIONS, NULL);

  self->store = g_object_ref (store);
  self->lang = lang;
  return GTK_WIDGET (self);
}

void
kaf_programme_sessions_set_id (KafProgrammeSessions *self, const char *id)
{
  Request *request;

  g_return_if_fail (KAF_IS_PROGRAMME_SESSIONS (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  request = g_new0 (Request, 1);
  request->id = g_strdup (id);
  request->lang = self->lang;
  kaf_store_run_async (self->store, KAF_LANE_BACKGROUND, read_job, request, request_free,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, on_read,
                       g_object_ref (self));
}
