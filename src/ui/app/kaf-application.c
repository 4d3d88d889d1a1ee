/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Owns the store and opens it while GTK starts: the window shows its frame at once and fills when the
 * store is there. One process a person; --store makes one of its own. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/app/kaf-about.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-language.h"
#include "ui/app/kaf-preferences-window.h"
#include "ui/app/kaf-restart.h"
#include "ui/app/kaf-settings.h"
#include "ui/app/kaf-sidebar.h"
#include "ui/app/kaf-trace.h"
#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-early-glyphs.h"
#include "ui/compat/kaf-label-width.h"
#include "ui/compat/kaf-prompt.h"
#include "ui/compat/kaf-style.h"
#include "ui/holder/kaf-reminder.h"

#define KAF_RESOURCES "/org/kafaat/Kafaat/"
#define REMIND_AFTER 8 /* s: not while the window is being filled */

/* What follows when the window has closed. */
typedef enum
{
  AFTER_NOTHING,
  AFTER_QUIT,
  AFTER_RESTART,
} After;

struct _KafApplication
{
  AdwApplication parent_instance;

  KafStore *store;
  char *store_path;
  char *section;             /* to begin with; NULL: home */
  GError *store_error;       /* why it could not be opened */
  GCancellable *cancellable; /* of the opening */
  gboolean opening;
  KafReminder *reminder; /* of the store; nullable */
  guint remind_timer;
  After after;
};

G_DEFINE_FINAL_TYPE (KafApplication, kaf_application, ADW_TYPE_APPLICATION)

typedef struct
{
  const char *action;
  const char *accels[4];
} Accel;

/* Undo and redo are not here: they would be taken before an entry sees them (see KafWindow). */
static const Accel accels[] = {
  { "app.quit", { "<Control>q" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.shortcuts", { "F1", "<Control>question" } },
  { "window.close", { "<Control>w" } },
  { "win.search-everywhere", { "<Control>k" } },
  { "win.search", { "<Control>f" } },
  { "win.new", { "<Control>n" } },
  { "win.toggle-sidebar", { "F9" } },
  { "win.next-pane", { "F6" } },
  { "win.previous-pane", { "<Shift>F6" } },
  { "win.import", { "<Control>i" } },
  { "win.export", { "<Control><Shift>e" } },
  { "win.workbooks", { "<Control><Shift>x" } },
  { "win.print", { "<Control>p" } },
  { "win.main-menu", { "F10" } },
  { "win.sync", { "<Control>r" } },
  { "win.show-sync", { "<Control><Shift>r" } },
  { "win.review-duplicates", { "<Control>d" } },
  { "win.show-todo", { "<Control>t" } },
  { "win.show-calendar", { "<Control><Shift>t" } },
  { "win.show-aside", { "<Control><Shift>k" } },
  { "win.show-erasures", { "<Control><Shift>g" } },
  { "win.show-entity::text_template", { "<Control><Shift>d" } },
  { "win.section::home", { "<Alt>1", "<Alt>KP_1" } },
  { "win.section::expert", { "<Alt>2", "<Alt>KP_2" } },
  { "win.section::project_holder", { "<Alt>3", "<Alt>KP_3" } },
  { "win.section::organisation", { "<Alt>4", "<Alt>KP_4" } },
  { "win.section::network", { "<Alt>5", "<Alt>KP_5" } },
  { "win.section::convention", { "<Alt>6", "<Alt>KP_6" } },
  { "win.section::programme", { "<Alt>7", "<Alt>KP_7" } },
  { "win.section::need", { "<Alt>8", "<Alt>KP_8" } },
  { "win.section::mission", { "<Alt>9", "<Alt>KP_9" } },
  { "win.section::meeting", { "<Control><Shift>m" } },
  { "win.section::quality", { "<Control><Shift>y" } },
  { "win.section::segment", { "<Alt>0", "<Alt>KP_0" } },
};

static KafWindow *
get_window (KafApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *item = windows; item != NULL; item = item->next)
    if (KAF_IS_WINDOW (item->data))
      return item->data;
  return NULL;
}

static void
tell_window (KafApplication *self, KafWindow *window)
{
  if (self->store_error != NULL)
    kaf_window_show_problem (window, self->store_path, self->store_error);
  else if (self->store != NULL)
    kaf_window_set_store (window, self->store);
}

/* What is due today, told once the window shows what it is about. */
static gboolean
on_remind (gpointer data)
{
  KafApplication *self = data;

  self->remind_timer = 0;
  if (self->reminder != NULL)
    kaf_reminder_check (self->reminder);
  return G_SOURCE_REMOVE;
}

static void
remind (KafApplication *self)
{
  self->reminder = kaf_reminder_new (G_APPLICATION (self), self->store);
  g_clear_handle_id (&self->remind_timer, g_source_remove);
  self->remind_timer = g_timeout_add_seconds (REMIND_AFTER, on_remind, self);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafStore) store = kaf_store_open_finish (result, &error);
  KafWindow *window;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->opening = FALSE;
  if (error != NULL)
    g_message ("The store could not be opened: %s", error->message);
  g_clear_error (&self->store_error);
  self->store_error = g_steal_pointer (&error);
  g_set_object (&self->store, store);
  g_clear_object (&self->reminder);
  if (store != NULL)
    remind (self);

  window = get_window (self);
  if (window != NULL)
    tell_window (self, window);
}

static void
start_opening (KafApplication *self)
{
  g_autofree char *folder = g_path_get_dirname (self->store_path);
  const char *data = g_getenv ("KAF_PKGDATADIR");
  g_autofree char *lists =
      g_build_filename (data != NULL ? data : KAF_PKGDATADIR, "reference", NULL);
  KafEnvironment environment = { .lists_dir = lists };

  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  self->opening = TRUE;
  g_clear_error (&self->store_error);
  /* A folder that cannot be made shows as the error of opening the file in it. */
  g_mkdir_with_parents (folder, 0700);
  kaf_store_open_async (self->store_path, KAF_OPEN_CREATE, &environment, self->cancellable,
                        on_opened, g_object_ref (self));
}

static void
close_store (KafApplication *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->remind_timer, g_source_remove);
  g_clear_object (&self->reminder);
  if (self->store != NULL)
    kaf_store_close (self->store);
  g_clear_object (&self->store);
}

static void
end (KafApplication *self)
{
  if (self->after == AFTER_RESTART)
    kaf_restart_request ();
  g_application_quit (G_APPLICATION (self));
}

/* Dialogs that are still open would keep the program running. */
static void
kaf_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  KafApplication *self = KAF_APPLICATION (application);

  GTK_APPLICATION_CLASS (kaf_application_parent_class)->window_removed (application, window);
  if (KAF_IS_WINDOW (window) && self->after != AFTER_NOTHING)
    end (self);
}

/* Closing the window lets it keep its size and the drafts of its forms; it may take a while, or stay. */
static void
close_all (KafApplication *self, After after)
{
  KafWindow *window = get_window (self);

  self->after = after;
  if (window != NULL && gtk_widget_get_realized (GTK_WIDGET (window)))
    gtk_window_close (GTK_WINDOW (window));
  else
    end (self);
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  close_all (KAF_APPLICATION (user_data), AFTER_QUIT);
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  kaf_about_show (gtk_application_get_active_window (GTK_APPLICATION (user_data)));
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafApplication *self = KAF_APPLICATION (user_data);
  GtkWidget *window = kaf_preferences_window_new (self, self->store);

  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (get_window (self)));
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  KafWindow *parent = get_window (KAF_APPLICATION (user_data));
  GtkWindow *window;

  gtk_builder_set_translation_domain (builder, GETTEXT_PACKAGE);
  /* Read when asked for: as the application's own help overlay it would weigh on every start. */
  if (!gtk_builder_add_from_resource (builder, KAF_RESOURCES "ui/help-overlay.ui", NULL))
    g_return_if_reached ();
  window = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));
  gtk_window_set_transient_for (window, GTK_WINDOW (parent));
  gtk_window_present (window);
}

static void
on_restart (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  kaf_application_restart (KAF_APPLICATION (user_data));
}

/* Of a notice of the desktop: the window may be closed, or behind others. */
static void
on_show_todo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafApplication *self = KAF_APPLICATION (user_data);

  g_application_activate (G_APPLICATION (self));
  if (get_window (self) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (get_window (self)), "win.show-todo", NULL);
}

static const GActionEntry entries[] = {
  { .name = "show-todo", .activate = on_show_todo },
  { .name = "quit", .activate = on_quit },
  { .name = "about", .activate = on_about },
  { .name = "preferences", .activate = on_preferences },
  { .name = "shortcuts", .activate = on_shortcuts },
  { .name = "restart", .activate = on_restart },
};

static void
set_accels (GtkApplication *application)
{
  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (application, accels[i].action, accels[i].accels);

  /* Back is where one came from: to the right in Arabic. */
  gtk_application_set_accels_for_action (
      application, "win.back",
      kaf_lang_is_rtl (kaf_language_get ())
          ? (const char *const[]){ "<Alt>Right", "<Alt>Left", "Back", NULL }
          : (const char *const[]){ "<Alt>Left", "Back", NULL });
}

static void
apply_color_scheme (void)
{
  g_autofree char *scheme = kaf_settings_get_string (KAF_SETTING_COLOR_SCHEME);
  AdwColorScheme value = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (scheme, "light"))
    value = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (scheme, "dark"))
    value = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), value);
}

static void
kaf_application_startup (GApplication *application)
{
  /* A worker opens the file while the themes are read; not sooner, when fonts are looked for and both
   * processors of a small computer are busy. */
  gtk_init ();
  kaf_style_end_skipping ();
  kaf_prompt_start ();
  kaf_label_width_start ();
  kaf_early_glyphs_start (kaf_lang_is_rtl (kaf_language_get ()));
  start_opening (KAF_APPLICATION (application));
  G_APPLICATION_CLASS (kaf_application_parent_class)->startup (application);
  kaf_style_add (KAF_RESOURCES "style.css");
  kaf_style_add_for_high_contrast (KAF_RESOURCES "style-hc.css");
  kaf_language_apply_to_toolkit ();
  apply_color_scheme ();
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
  set_accels (GTK_APPLICATION (application));
}

static void
kaf_application_activate (GApplication *application)
{
  KafApplication *self = KAF_APPLICATION (application);
  KafWindow *window = get_window (self);

  if (window == NULL)
    {
      window = kaf_window_new (self, self->section);
      kaf_trace_watch (window);
      tell_window (self, window);
      if (self->opening)
        {
          kaf_window_show_filled (window);
          return;
        }
    }
  gtk_window_present (GTK_WINDOW (window));
}

static int
kaf_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  KafApplication *self = KAF_APPLICATION (application);
  g_autofree char *path = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("kafaat %s\n", KAF_VERSION);
      return 0;
    }
  if (g_variant_dict_lookup (options, "store", "^ay", &path))
    {
      g_free (self->store_path);
      self->store_path = g_canonicalize_filename (path, NULL);
      /* A store named on the command line gets its own window, whatever else runs. */
      g_application_set_flags (application,
                               g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
    }
  if (g_variant_dict_lookup (options, "section", "s", &self->section) &&
      !g_strv_contains (kaf_sidebar_sections (), self->section))
    {
      g_printerr (_ ("There is no section “%s”."), self->section);
      g_printerr ("\n");
      return 2;
    }
  return -1;
}

static void
kaf_application_shutdown (GApplication *application)
{
  close_store (KAF_APPLICATION (application));
  G_APPLICATION_CLASS (kaf_application_parent_class)->shutdown (application);
}

static void
kaf_application_finalize (GObject *object)
{
  KafApplication *self = KAF_APPLICATION (object);

  close_store (self);
  g_free (self->store_path);
  g_free (self->section);
  g_clear_error (&self->store_error);
  G_OBJECT_CLASS (kaf_application_parent_class)->finalize (object);
}

static void
kaf_application_class_init (KafApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = kaf_application_finalize;
  GTK_APPLICATION_CLASS (klass)->window_removed = kaf_application_window_removed;
  application_class->startup = kaf_application_startup;
  application_class->activate = kaf_application_activate;
  application_class->shutdown = kaf_application_shutdown;
  application_class->handle_local_options = kaf_application_handle_local_options;
}

static void
kaf_application_init (KafApplication *self)
{
  static const GOptionEntry options[] = {
    { "store", 's', 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Work on this store"), N_ ("FILE") },
    { "section", 0, 0, G_OPTION_ARG_STRING, NULL,
      N_ ("Begin with this section: home, expert, organisation, network, convention, programme, need "
          "or mission"),
      N_ ("SECTION") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and leave"), NULL },
    { NULL },
  };

  self->store_path = g_build_filename (g_get_user_data_dir (), "kafaat", "kafaat.db", NULL);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _ ("The reference of Moroccan experts abroad"));
}

KafApplication *
kaf_application_new (void)
{
  KafApplication *self =
      g_object_new (KAF_TYPE_APPLICATION, "application-id", KAF_APPLICATION_ID, NULL);

  /* Else GTK adds a folder of icons, which we do not have, to a theme whose index is being read: when
   * libadwaita then adds its own, it waits until that has ended, a tenth of the whole start. */
  g_application_set_resource_base_path (G_APPLICATION (self), NULL);
  return self;
}

KafLang
kaf_application_get_lang (void)
{
  return kaf_language_get ();
}

const char *
kaf_application_get_store_path (KafApplication *self)
{
  g_return_val_if_fail (KAF_IS_APPLICATION (self), NULL);
  return self->store_path;
}

void
kaf_application_open_store (KafApplication *self, const char *path)
{
  KafWindow *window;
  g_autofree char *wanted = NULL;

  g_return_if_fail (KAF_IS_APPLICATION (self));

  /* Kept first: @path may belong to a page that goes with the store it speaks of. */
  wanted = path != NULL ? g_canonicalize_filename (path, NULL) : g_strdup (self->store_path);
  window = get_window (self);
  if (window != NULL)
    kaf_window_set_store (window, NULL);
  close_store (self);
  g_free (self->store_path);
  self->store_path = g_steal_pointer (&wanted);
  start_opening (self);
}

void
kaf_application_restart (KafApplication *self)
{
  g_return_if_fail (KAF_IS_APPLICATION (self));

  kaf_settings_sync ();
  close_all (self, AFTER_RESTART);
}

void
kaf_application_stay (KafApplication *self)
{
  g_return_if_fail (KAF_IS_APPLICATION (self));

  self->after = AFTER_NOTHING;
}
