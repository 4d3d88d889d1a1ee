/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A choice takes effect at once, save the language, which needs the program to start anew. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "store/kaf-sync-state.h"
#include "ui/app/kaf-preferences-window.h"
#include "ui/app/kaf-settings.h"
#include "ui/duplicates/kaf-accept-row.h"
#include "ui/papers/kaf-authorisation-group.h"
#include "ui/print/kaf-letterhead-group.h"

struct _KafPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  KafApplication *application;
  KafStore *store;
  GCancellable *cancellable;
  GtkWidget *language;
  GtkWidget *scheme;
  GtkWidget *restart; /* row, shown once the language is another */
  GtkWidget *author;
  char *started_with; /* language setting that the program runs with */
};

G_DEFINE_FINAL_TYPE (KafPreferencesWindow, kaf_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

/* Languages are named in themselves, so that whoever reads only one of them finds it. */
static const char *const languages[] = { "auto", "fr", "ar", "en" };
static const char *const language_names[] = { N_ ("As the session"), "Français", "العربية",
                                              "English" };
static const char *const schemes[] = { "default", "light", "dark" };
static const char *const scheme_names[] = { N_ ("As the system"), N_ ("Light"), N_ ("Dark") };

static const char *const tables[] = { "columns.expert", "columns.organisation", "columns.network" };

/* Keys and values to keep in the store's local part; ends with a NULL key. */
typedef struct
{
  char *key;
  char *value;
} Pair;

static void
pairs_free (gpointer data)
{
  Pair *pairs = data;

  for (gsize i = 0; pairs[i].key != NULL; i++)
    {
      g_free (pairs[i].key);
      g_free (pairs[i].value);
    }
  g_free (pairs);
}

static gpointer
keep_pairs (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Pair *pairs = data;

  for (gsize i = 0; pairs[i].key != NULL; i++)
    if (!kaf_local_set (db, pairs[i].key, pairs[i].value, error))
      return NULL;
  return NULL;
}

gboolean
kaf_preferences_window_tell (GtkWidget *from, const char *text)
{
  GtkWidget *window = gtk_widget_get_ancestor (from, ADW_TYPE_PREFERENCES_WINDOW);

  if (window != NULL)
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (window), adw_toast_new (text));
  return window != NULL;
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  if (error != NULL)
    g_warning ("A preference was not kept: %s", error->message);
}

static void
on_columns_reset (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafPreferencesWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  if (error != NULL)
    g_warning ("Columns were not reset: %s", error->message);
  else if (!g_cancellable_is_cancelled (self->cancellable))
    kaf_preferences_window_tell (
        GTK_WIDGET (self), _ ("Lists show their usual columns again when they are next opened"));
}

static void
on_reset_columns (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafPreferencesWindow *self = KAF_PREFERENCES_WINDOW (widget);
  Pair *pairs = g_new0 (Pair, G_N_ELEMENTS (tables) + 1);

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    pairs[i].key = g_strdup (tables[i]);
  kaf_store_run_async (self->store, KAF_LANE_WRITE, keep_pairs, pairs, pairs_free, NULL, NULL,
                       on_columns_reset, g_object_ref (self));
}

static void
on_author_applied (AdwEntryRow *row, KafPreferencesWindow *self)
{
  Pair *pairs = g_new0 (Pair, 2);
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));

  pairs[0].key = g_strdup ("author");
  if (*g_strstrip (name) != '\0')
    pairs[0].value = g_strdup (name);
  kaf_store_run_async (self->store, KAF_LANE_WRITE, keep_pairs, pairs, pairs_free, NULL, NULL,
                       on_kept, NULL);
}

typedef struct
{
  char *name;
  gboolean is_account; /* at the server: it is not this device's to say */
} Author;

static void
author_free (Author *self)
{
  g_free (self->name);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Author, author_free)

static gpointer
read_author (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Author *author = g_new0 (Author, 1);

  author->is_account = kaf_sync_is_enrolled (db);
  author->name = author->is_account ? NULL : kaf_local_get (db, "author");
  if (author->name == NULL)
    author->name = g_strdup (kaf_database_get_author (db));
  return author;
}

static void
on_author_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafPreferencesWindow) self = user_data;
  g_autoptr (Author) author = kaf_store_run_finish (KAF_STORE (source), result, NULL);

  if (g_cancellable_is_cancelled (self->cancellable) || author == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->author), author->name);
  gtk_editable_set_editable (GTK_EDITABLE (self->author), !author->is_account);
  if (author->is_account)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->author),
                                   _ ("Your account, as the history shows it"));
  /* Filling it is not an edit: the button that applies shows for the person's own typing only. */
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->author), !author->is_account);
}

static void
on_language (GObject *row, GParamSpec *pspec, KafPreferencesWindow *self)
{
  guint place = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

  if (place >= G_N_ELEMENTS (languages))
    return;
  kaf_settings_set_string (KAF_SETTING_LANGUAGE, languages[place]);
  gtk_widget_set_visible (self->restart, !g_str_equal (languages[place], self->started_with));
}

static void
on_scheme (GObject *row, GParamSpec *pspec, KafPreferencesWindow *self)
{
  static const AdwColorScheme values[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                           ADW_COLOR_SCHEME_FORCE_DARK };
  guint place = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

  if (place >= G_N_ELEMENTS (schemes))
    return;
  kaf_settings_set_string (KAF_SETTING_COLOR_SCHEME, schemes[place]);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), values[place]);
}

static void
kaf_preferences_window_dispose (GObject *object)
{
  KafPreferencesWindow *self = KAF_PREFERENCES_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (kaf_preferences_window_parent_class)->dispose (object);
}

static void
kaf_preferences_window_finalize (GObject *object)
{
  KafPreferencesWindow *self = KAF_PREFERENCES_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_free (self->started_with);
  G_OBJECT_CLASS (kaf_preferences_window_parent_class)->finalize (object);
}

static void
kaf_preferences_window_class_init (KafPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_preferences_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_preferences_window_finalize;
  gtk_widget_class_install_action (widget_class, "preferences.reset-columns", NULL,
                                   on_reset_columns);
}

static guint
find_place (const char *const *values, guint n, const char *value)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (values[i], value))
      return i;
  return 0;
}

static GtkWidget *
make_combo (const char *title, const char *const *names, guint n, guint selected)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (list, _ (names[i]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  return row;
}

static GtkWidget *
make_button_row (const char *title, const char *subtitle, const char *label, const char *action)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (label);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  return row;
}

static GtkWidget *
make_interface_group (KafPreferencesWindow *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *language = kaf_settings_get_string (KAF_SETTING_LANGUAGE);
  g_autofree char *scheme = kaf_settings_get_string (KAF_SETTING_COLOR_SCHEME);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Interface"));
  self->language = make_combo (_ ("Language"), language_names, G_N_ELEMENTS (languages),
                               find_place (languages, G_N_ELEMENTS (languages), language));
  self->scheme = make_combo (_ ("Appearance"), scheme_names, G_N_ELEMENTS (schemes),
                             find_place (schemes, G_N_ELEMENTS (schemes), scheme));
  self->restart = make_button_row (_ ("The new language shows when Kafaat starts again"),
                                   _ ("What you are typing is kept as a draft."), _ ("Restart Now"),
                                   "app.restart");
  gtk_widget_set_visible (self->restart, !g_str_equal (language, self->started_with));
  g_signal_connect (self->language, "notify::selected", G_CALLBACK (on_language), self);
  g_signal_connect (self->scheme, "notify::selected", G_CALLBACK (on_scheme), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->language);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->restart);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->scheme);
  return group;
}

static GtkWidget *
make_store_group (KafPreferencesWindow *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *place = adw_action_row_new ();
  g_autofree char *path =
      g_filename_display_name (kaf_application_get_store_path (self->application));
  g_autofree char *isolated = kaf_bidi_ltr (path);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Work"));
  if (self->store != NULL)
    {
      self->author = adw_entry_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->author),
                                     _ ("Your name, as the history shows it"));
      g_signal_connect (self->author, "apply", G_CALLBACK (on_author_applied), self);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->author);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                 make_button_row (_ ("Columns of the lists"), NULL,
                                                  _ ("Usual Columns"),
                                                  "preferences.reset-columns"));
    }
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (place), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (place), _ ("Store"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (place), isolated);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (place), 3);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), place);
  return group;
}

static void
kaf_preferences_window_init (KafPreferencesWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 480);
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (self), FALSE);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Preferences"));
}

GtkWidget *
kaf_preferences_window_new (KafApplication *application, KafStore *store)
{
  /* The setting as it was when the first of these windows opened is what the program runs with. */
  static char *started_with;
  KafPreferencesWindow *self = g_object_new (KAF_TYPE_PREFERENCES_WINDOW, NULL);
  GtkWidget *page = adw_preferences_page_new ();

  if (started_with == NULL)
    started_with = kaf_settings_get_string (KAF_SETTING_LANGUAGE);
  self->started_with = g_strdup (started_with);
  self->application = application;
  g_set_object (&self->store, store);
  /* The window is not one of the application's own: without this its button is dead. */
  gtk_widget_insert_action_group (GTK_WIDGET (self), "app", G_ACTION_GROUP (application));
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), _ ("Preferences"));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (make_interface_group (self)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (make_store_group (self)));
  if (store != NULL)
    {
      adw_preferences_page_add (
          ADW_PREFERENCES_PAGE (page),
          ADW_PREFERENCES_GROUP (kaf_accept_group_new (store, kaf_application_get_lang ())));
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                                ADW_PREFERENCES_GROUP (kaf_letterhead_group_new (store)));
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                                ADW_PREFERENCES_GROUP (kaf_authorisation_group_new (store)));
    }
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self), ADW_PREFERENCES_PAGE (page));
  if (store != NULL)
    kaf_store_run_async (store, KAF_LANE_READ, read_author, NULL, NULL,
                         (GDestroyNotify) author_free, self->cancellable, on_author_read,
                         g_object_ref (self));
  return GTK_WIDGET (self);
}
