/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/record/kaf-coverage.h"
#include "ui/record/kaf-record-section.h"

static const struct
{
  const char *title;  /* N_() */
  const char *advice; /* N_(), where there is none */
  const char *add;    /* parameter of "record.add"; NULL: the list of what could be had opens */
} figures[KAF_COVERAGE_N] = {
  { N_ ("Modules"), N_ ("No module: add one"), "training_module programme" },
  { N_ ("Sessions"), N_ ("No session: open a module and plan one"), NULL },
  { N_ ("Experts"),
    N_ ("No expert of a network bound by a convention: see who else has the domain"), NULL },
  { N_ ("Conventions"), N_ ("No convention names the domain: add one"), "convention programme" },
};

struct _KafCoverageTable
{
  GtkBox parent_instance;

  KafStore *store;
  KafLang lang;
  GCancellable *cancellable;
  GtkWidget *section;
};

G_DEFINE_FINAL_TYPE (KafCoverageTable, kaf_coverage_table, GTK_TYPE_BOX)

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

  return kaf_coverage_read (db, request->id, request->lang, error);
}

/* Of a missing session the modules of the domain, of a missing expert those of the domain. */
static KafQuery *
query_of_missing (const KafCoverageRow *row, KafCoverageFigure figure)
{
  const char *domains[] = { row->domain, NULL };
  KafQuery *query;

  if (figure == KAF_COVERAGE_SESSIONS)
    return kaf_query_ref (row->queries[KAF_COVERAGE_MODULES]);
  query = kaf_query_new (kaf_registry_find ("expert"));
  kaf_query_set_condition (query, "domains", KAF_OP_ANY_OF, domains);
  return query;
}

static void
set_list (GtkWidget *button, const KafQuery *query)
{
  g_autofree char *json = kaf_query_to_json (query);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-query");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", json);
}

/* Whether who works here may add what is missing: @add is "ENTITY FIELD". */
static gboolean
may_add (KafCoverageTable *self, const char *add)
{
  g_auto (GStrv) words = g_strsplit (add, " ", 2);

  return kaf_store_may_make (self->store, kaf_registry_find (words[0]));
}

/* What nobody here can add is told, and is no button. */
static GtkWidget *
absent_new (void)
{
  GtkWidget *label = gtk_label_new (C_ ("coverage", "none"));

  gtk_widget_add_css_class (label, "warning");
  return label;
}

static GtkWidget *
missing_new (const KafCoverageRow *row, KafCoverageFigure figure)
{
  GtkWidget *button = gtk_button_new_with_label (C_ ("coverage", "none"));
  g_autoptr (KafQuery) query = NULL;

  gtk_widget_add_css_class (button, "warning");
  kaf_tooltip_set (button, _ (figures[figure].advice));
  if (figures[figure].add != NULL)
    {
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "record.add");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", figures[figure].add);
      return button;
    }
  query = query_of_missing (row, figure);
  set_list (button, query);
  return button;
}

static GtkWidget *
figure_new (KafCoverageTable *self, const KafCoverageRow *row, KafCoverageFigure figure)
{
  gint64 count = row->counts[figure];
  g_autofree char *number = kaf_number_format (count, self->lang);
  const char *add = count == 0 ? figures[figure].add : NULL;
  gboolean closed = add != NULL && !may_add (self, add);
  const char *said = count > 0 ? number
                     : closed  ? C_ ("coverage", "none")
                               : _ (figures[figure].advice);
  /* Translators: a domain, what is counted in it, and how many: "Health, modules: 3". */
  g_autofree char *name =
      g_strdup_printf (_ ("%s, %s: %s"), row->title, _ (figures[figure].title), said);
  GtkWidget *button;

  if (count > 0)
    {
      button = gtk_button_new_with_label (number);
      set_list (button, row->queries[figure]);
    }
  else
    button = closed ? absent_new () : missing_new (row, figure);
  if (!closed)
    gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static GtkWidget *
text_new (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), class != NULL ? 0.5 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (class != NULL)
    {
      gtk_widget_add_css_class (label, class);
      gtk_widget_add_css_class (label, "caption");
    }
  else
    gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static GtkWidget *
grid_new (KafCoverageTable *self, const KafCoverage *coverage)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 6);
  for (guint i = 0; i < KAF_COVERAGE_N; i++)
    gtk_grid_attach (GTK_GRID (grid), text_new (_ (figures[i].title), "dim-label"), (int) i + 1, 0,
                     1, 1);
  for (guint i = 0; i < coverage->rows->len; i++)
    {
      const KafCoverageRow *row = g_ptr_array_index (coverage->rows, i);

      gtk_grid_attach (GTK_GRID (grid), text_new (row->title, NULL), 0, (int) i + 1, 1, 1);
      for (guint j = 0; j < KAF_COVERAGE_N; j++)
        gtk_grid_attach (GTK_GRID (grid), figure_new (self, row, j), (int) j + 1, (int) i + 1, 1,
                         1);
    }
  return grid;
}

/* "Trainees present": 312 of 1 000. */
static GtkWidget *
progress_new (KafCoverageTable *self, const KafCoverage *coverage)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *present =
      coverage->n_sessions > 0 ? kaf_number_format (coverage->present, self->lang) : g_strdup ("—");
  g_autofree char *target = kaf_number_format (coverage->target, self->lang);
  g_autofree char *text =
      coverage->target > 0
          /* Translators: how many of the number to be reached, then of what, "312 of 1 000 trainees". */
          ? g_strdup_printf (_ ("Trainees present: %s; to be reached: %s %s"), present, target,
                             coverage->target_of != NULL ? coverage->target_of : "")
          : g_strdup_printf (_ ("Trainees present: %s"), present);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (box), label);
  if (coverage->target > 0)
    {
      GtkWidget *bar = gtk_progress_bar_new ();

      gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar),
                                     MIN (1.0, (double) coverage->present / coverage->target));
      gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                      -1);
      gtk_box_append (GTK_BOX (box), bar);
    }
  return box;
}

static void
show (KafCoverageTable *self, const KafCoverage *coverage)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "kaf-record-padded");
  if (coverage->rows->len > 0)
    gtk_box_append (GTK_BOX (card), grid_new (self, coverage));
  else
    gtk_box_append (
        GTK_BOX (card),
        text_new (_ ("Enter the domains of the programme to see what each has."), NULL));
  gtk_box_append (GTK_BOX (card), progress_new (self, coverage));
  kaf_record_section_set_child (KAF_RECORD_SECTION (self->section), card);
  gtk_widget_set_visible (self->section, TRUE);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafCoverageTable) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafCoverage) coverage = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (coverage != NULL && self->store != NULL)
    show (self, coverage);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("The coverage of a programme was not read: %s", error->message);
}

static void
kaf_coverage_table_dispose (GObject *object)
{
  KafCoverageTable *self = KAF_COVERAGE_TABLE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (kaf_coverage_table_parent_class)->dispose (object);
}

static void
kaf_coverage_table_class_init (KafCoverageTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_coverage_table_dispose;
}

static void
kaf_coverage_table_init (KafCoverageTable *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

GtkWidget *
kaf_coverage_table_new (KafStore *store, KafLang lang)
{
  KafCoverageTable *self = g_object_new (KAF_TYPE_COVERAGE_TABLE, NULL);

  self->store = g_object_ref (store);
  self->lang = lang;
  self->section = kaf_record_section_new (_ ("Coverage of the domains"));
  gtk_widget_set_visible (self->section, FALSE);
  gtk_box_append (GTK_BOX (self), self->section);
  return GTK_WIDGET (self);
}

void
kaf_coverage_table_set_id (KafCoverageTable *self, const char *id)
{
  Request *request;

  g_return_if_fail (KAF_IS_COVERAGE_TABLE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  request = g_new0 (Request, 1);
  request->id = g_strdup (id);
  request->lang = self->lang;
  kaf_store_run_async (self->store, KAF_LANE_READ, read_job, request, request_free,
                       (GDestroyNotify) kaf_coverage_free, self->cancellable, on_read,
                       g_object_ref (self));
}
