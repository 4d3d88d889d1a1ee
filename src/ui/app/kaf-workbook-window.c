/* SPDX-License-Identifier: GPL-3.0-or-later */
/* It goes as soon as one is chosen: what has to be asked then, and the toast at the end, are the main window's. */
#include "config.h"

#include "ui/app/kaf-workbook-window.h"

#include <glib/gi18n-lib.h>

#include "store/kaf-permit.h"
#include "ui/app/kaf-workbook-out.h"

#define WIDTH 560
#define HEIGHT 720

struct _KafWorkbookWindow
{
  AdwWindow parent_instance;

  KafWindow *window;
  GSimpleActionGroup *actions;
  GCancellable *cancellable;
  GtkWidget *list; /* group of rows */
  gboolean filled;
};

G_DEFINE_FINAL_TYPE (KafWorkbookWindow, kaf_workbook_window, ADW_TYPE_WINDOW)

static KafLang
get_lang (KafWorkbookWindow *self)
{
  g_autoptr (GVariant) state =
      g_action_group_get_action_state (G_ACTION_GROUP (self->actions), "language");

  return kaf_lang_from_string (g_variant_get_string (state, NULL));
}

static void
choose (KafWorkbookWindow *self, const char *name, GFile *file)
{
  const KafWorkbook *workbook = kaf_workbook_find (name);
  g_autoptr (KafWindow) window = g_object_ref (self->window);
  KafLang lang = get_lang (self);

  if (workbook == NULL || kaf_window_get_store (window) == NULL)
    return;
  gtk_window_destroy (GTK_WINDOW (self));
  kaf_workbook_out (window, workbook, lang, file);
}

static void
on_make (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  choose (data, g_variant_get_string (parameter, NULL), NULL);
}

static void
on_save_as (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *name, *path;
  g_autoptr (GFile) file = NULL;

  g_variant_get (parameter, "(&s&s)", &name, &path);
  file = g_file_new_for_path (path);
  choose (data, name, file);
}

static GtkWidget *
row_new (const KafWorkbook *workbook)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("document-save-as-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (workbook->label));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (workbook->summary));
  gtk_widget_add_css_class (icon, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", workbook->name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "workbook.make");
  return row;
}

static void
fill (KafWorkbookWindow *self, const KafRole *role)
{
  guint n;
  const KafWorkbook *const *all = kaf_workbooks (&n);

  for (guint i = 0; i < n; i++)
    if (kaf_workbook_allows (all[i], role))
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->list), row_new (all[i]));
  self->filled = TRUE;
}

/* NULL of a role means that all may be made, and is no error. */
typedef struct
{
  const KafRole *role;
} Maker;

static gpointer
read_maker (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Maker *maker = g_new0 (Maker, 1);

  maker->role = kaf_permit_read (db);
  return maker;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafWorkbookWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree Maker *maker = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (maker != NULL)
    fill (self, maker->role);
  else
    kaf_window_report_error (self->window, NULL, error);
}

static void
kaf_workbook_window_dispose (GObject *object)
{
  KafWorkbookWindow *self = KAF_WORKBOOK_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (kaf_workbook_window_parent_class)->dispose (object);
}

static void
kaf_workbook_window_finalize (GObject *object)
{
  KafWorkbookWindow *self = KAF_WORKBOOK_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->window);
  G_OBJECT_CLASS (kaf_workbook_window_parent_class)->finalize (object);
}

static void
kaf_workbook_window_class_init (KafWorkbookWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_workbook_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_workbook_window_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

/* Those that papers are in; who reads the program in another may have that too. */
static GtkWidget *
languages_new (void)
{
  static const struct
  {
    const char *code, *label;
    gboolean own; /* only where the window speaks it */
  } languages[] = { { "fr", "Français" }, { "ar", "العربية" }, { "en", "English", TRUE } };
  const char *spoken = kaf_lang_code (kaf_application_get_lang ());
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      GtkWidget *button;

      if (languages[i].own && !g_str_equal (languages[i].code, spoken))
        continue;
      button = gtk_toggle_button_new_with_label (languages[i].label);
      if (first == NULL)
        first = button;
      else
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", languages[i].code);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "workbook.language");
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Language of the workbook"), -1);
  return box;
}

static GtkWidget *
language_group_new (void)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Language of the workbook"));
  gtk_widget_set_focusable (row, FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), languages_new ());
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return group;
}

static void
kaf_workbook_window_init (KafWorkbookWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "language", .activate = NULL, .parameter_type = "s", .state = "'fr'" },
    { .name = "make", .activate = on_make, .parameter_type = "s" },
    { .name = "save-as", .activate = on_save_as, .parameter_type = "(ss)" },
  };
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_preferences_page_new ();
  GAction *language;

  self->cancellable = g_cancellable_new ();
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  language = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "language");
  g_simple_action_set_state (G_SIMPLE_ACTION (language),
                             g_variant_new_string (kaf_lang_code (kaf_application_get_lang ())));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "workbook", G_ACTION_GROUP (self->actions));

  self->list = adw_preferences_group_new ();
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (language_group_new ()));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->list));
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (content), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (content), page);
  adw_window_set_content (ADW_WINDOW (self), content);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, HEIGHT);
}

GtkWidget *
kaf_workbook_window_new (KafWindow *window)
{
  KafWorkbookWindow *self = g_object_new (KAF_TYPE_WORKBOOK_WINDOW, "title", _ ("Workbooks"),
                                          "modal", TRUE, "transient-for", window, NULL);

  self->window = g_object_ref (window);
  kaf_store_run_async (kaf_window_get_store (window), KAF_LANE_READ, read_maker, NULL, NULL, g_free,
                       self->cancellable, on_read, g_object_ref (self));
  return GTK_WIDGET (self);
}

gboolean
kaf_workbook_window_is_filled (KafWorkbookWindow *self)
{
  g_return_val_if_fail (KAF_IS_WORKBOOK_WINDOW (self), FALSE);
  return self->filled;
}
