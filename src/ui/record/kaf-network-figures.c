/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/record/kaf-network-figures.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-bar.h"
#include "ui/record/kaf-record-section.h"

#define N_BARS 6

typedef struct
{
  const char *path;
  const char *title; /* N_() */
} Figure;

static const Figure figures[] = {
  { "country", N_ ("Members by country") },
  { "domains", N_ ("Members by domain") },
};

#define N_FIGURES G_N_ELEMENTS (figures)

struct _KafNetworkFigures
{
  GtkBox parent_instance;

  KafStore *store;
  KafLang lang;
  char *id;
  GCancellable *cancellable;
  GtkWidget *sections[N_FIGURES];
};

G_DEFINE_FINAL_TYPE (KafNetworkFigures, kaf_network_figures, GTK_TYPE_BOX)

typedef struct
{
  char *id;
  KafLang lang;
} Request;

typedef struct
{
  GPtrArray *groups[N_FIGURES]; /* (element-type KafGroup) */
} Figures;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->id);
  g_free (request);
}

static void
figures_free (gpointer data)
{
  Figures *self = data;

  for (guint i = 0; i < N_FIGURES; i++)
    g_clear_pointer (&self->groups[i], g_ptr_array_unref);
  g_free (self);
}

static KafQuery *
members_query (const char *id)
{
  const char *values[] = { id, NULL };
  KafQuery *query = kaf_query_new (kaf_registry_find ("expert"));

  kaf_query_set_condition (query, "membership.network", KAF_OP_ANY_OF, values);
  return query;
}

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (KafQuery) query = members_query (request->id);
  Figures *result = g_new0 (Figures, 1);

  for (guint i = 0; i < N_FIGURES; i++)
    {
      result->groups[i] =
          kaf_page_groups (db, query, figures[i].path, request->lang, N_BARS, error);
      if (result->groups[i] == NULL)
        {
          figures_free (result);
          return NULL;
        }
    }
  return result;
}

static GtkWidget *
bar_new (KafNetworkFigures *self, const Figure *figure, const KafGroup *group, gint64 max)
{
  const char *values[] = { group->value, NULL };
  g_autoptr (KafQuery) query = members_query (self->id);
  g_autofree char *number = kaf_number_format (group->count, self->lang);
  g_autofree char *json = NULL;
  GtkWidget *bar = kaf_bar_new ();

  if (group->value == NULL)
    kaf_query_set_condition (query, figure->path, KAF_OP_UNSET, NULL);
  else
    kaf_query_set_condition (query, figure->path, KAF_OP_ANY_OF, values);
  json = kaf_query_to_json (query);
  kaf_bar_set (KAF_BAR (bar), group->text != NULL ? group->text : _ ("Unknown"), number,
               group->count, max, "win.show-query", g_variant_new_string (json));
  return bar;
}

static void
show_groups (KafNetworkFigures *self, guint i, const GPtrArray *groups)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gint64 max = 1;

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "kaf-record-padded");
  for (guint j = 0; j < groups->len; j++)
    max = MAX (max, ((const KafGroup *) g_ptr_array_index (groups, j))->count);
  for (guint j = 0; j < groups->len; j++)
    gtk_box_append (GTK_BOX (card),
                    bar_new (self, &figures[i], g_ptr_array_index (groups, j), max));
  kaf_record_section_set_child (KAF_RECORD_SECTION (self->sections[i]), card);
  gtk_widget_set_visible (self->sections[i], groups->len > 0);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafNetworkFigures) self = user_data;
  g_autoptr (GError) error = NULL;
  Figures *read = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (read == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("The figures of a network were not read: %s", error->message);
      return;
    }
  for (guint i = 0; i < N_FIGURES && self->store != NULL; i++)
    show_groups (self, i, read->groups[i]);
  figures_free (read);
}

static void
kaf_network_figures_dispose (GObject *object)
{
  KafNetworkFigures *self = KAF_NETWORK_FIGURES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (kaf_network_figures_parent_class)->dispose (object);
}

static void
kaf_network_figures_class_init (KafNetworkFiguresClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_network_figures_dispose;
}

static void
kaf_network_figures_init (KafNetworkFigures *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
}

GtkWidget *
kaf_network_figures_new (KafStore *store, KafLang lang)
{
  KafNetworkFigures *self = g_object_new (KAF_TYPE_NETWORK_FIGURES, NULL);

  self->store = g_object_ref (store);
  self->lang = lang;
  for (guint i = 0; i < N_FIGURES; i++)
    {
      self->sections[i] = kaf_record_section_new (_ (figures[i].title));
      gtk_widget_set_visible (self->sections[i], FALSE);
      gtk_box_append (GTK_BOX (self), self->sections[i]);
    }
  return GTK_WIDGET (self);
}

void
kaf_network_figures_set_id (KafNetworkFigures *self, const char *id)
{
  Request *request;

  g_return_if_fail (KAF_IS_NETWORK_FIGURES (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_free (self->id);
  self->id = g_strdup (id);
  request = g_new0 (Request, 1);
  request->id = g_strdup (id);
  request->lang = self->lang;
  kaf_store_run_async (self->store, KAF_LANE_READ, read_job, request, request_free, figures_free,
                       self->cancellable, on_read, g_object_ref (self));
}
