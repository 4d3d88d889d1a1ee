/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/print/kaf-preview-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-page-header.h"
#include "ui/app/kaf-read-frame.h"
#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-banner.h"
#include "ui/compat/kaf-keys.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/print/kaf-paper-strip.h"
#include "ui/print/kaf-preview-body.h"
#include "ui/print/kaf-preview-options.h"
#include "ui/print/kaf-each-out.h"
#include "ui/print/kaf-print-out.h"

/* ms; records that change one after the other make one new document. */
#define REST 400
/* ms; what is made sooner shows without a word. */
#define PATIENCE 300

struct _KafPreviewPage
{
  GtkBox parent_instance;

  KafStore *store;
  KafPrintJob *job;
  KafPrintMade *made;   /* nullable */
  GCancellable *making; /* nullable: nothing is being made */
  guint timer;          /* until it is made anew, or 0 */
  guint patience;       /* until it is said that it is being made, or 0 */
  GSimpleActionGroup *actions;

  GtkWidget *title;
  GtkWidget *tools, *what;
  GtkWidget *print_label;  /* gone where it is narrow */
  GtkWidget *pdf;          /* button: a word, and an icon where it is narrow */
  GtkWidget *place;        /* label: "6 / 22" */
  GtkWidget *zoom;         /* label: "110 %" */
  GtkWidget *zoom_tools;   /* hidden where it is narrow */
  GtkWidget *documents;    /* menu button */
  GtkWidget *document;     /* its label */
  GtkWidget *show_options; /* toggle, where it is narrow */
  GtkWidget *blanks;       /* banner: what the pages leave blank */
  GtkWidget *waiting;      /* overlay: it is being made */
  GtkWidget *frame;
  GtkWidget *body, *thumbnails, *strip, *options;
};

G_DEFINE_FINAL_TYPE (KafPreviewPage, kaf_preview_page, GTK_TYPE_BOX)

static void make (KafPreviewPage *self);

/* Showing */

static void
show_place (KafPreviewPage *self)
{
  KafLang lang = kaf_application_get_lang ();
  guint n = self->made != NULL ? kaf_pages_count (self->made->pages) : 0;
  guint page = kaf_paper_strip_get_page (KAF_PAPER_STRIP (self->strip));
  g_autofree char *place = kaf_number_format (page + 1, lang);
  g_autofree char *count = kaf_number_format (n, lang);
  g_autofree char *text = g_strdup_printf ("%s / %s", place, count);
  g_autofree char *line = kaf_bidi_isolate (text);
  g_autofree char *name = g_strdup_printf (_ ("Page %s of %s"), place, count);
  GActionMap *map = G_ACTION_MAP (self->actions);

  gtk_label_set_text (GTK_LABEL (self->place), n > 0 ? line : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->place), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, "previous-page")),
                               n > 0 && page > 0);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, "next-page")),
                               page + 1 < n);
}

static void
show_zoom (KafPreviewPage *self)
{
  double zoom = kaf_paper_strip_get_zoom (KAF_PAPER_STRIP (self->strip));
  g_autofree char *text = g_strdup_printf (C_ ("percentage", "%d %%"), (int) (zoom * 100 + 0.5));
  g_autofree char *line = kaf_bidi_isolate (text);

  gtk_label_set_text (GTK_LABEL (self->zoom), line);
}

static GMenuModel *
documents_menu_new (const GPtrArray *documents)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < documents->len; i++)
    {
      const KafDocument *document = g_ptr_array_index (documents, i);
      g_autoptr (GMenuItem) item =
          g_menu_item_new (g_dgettext (GETTEXT_PACKAGE, document->label), NULL);

      g_menu_item_set_action_and_target (item, "preview.document", "s", document->name);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static void
show_titles (KafPreviewPage *self)
{
  guint n = kaf_pages_count (self->made->pages);
  g_autofree char *number = kaf_number_format (n, kaf_application_get_lang ());
  g_autofree char *pages = g_strdup_printf (ngettext ("%s page", "%s pages", n), number);
  const char *reference = kaf_pages_get_reference (self->made->pages);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *subtitle = NULL;

  kaf_bidi_append (line, reference);
  kaf_bidi_append (line, pages);
  subtitle = kaf_bidi_line (line->str);
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), _ (self->made->document->label));
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), subtitle);
  gtk_label_set_text (GTK_LABEL (self->document), _ (self->made->document->label));
}

/* The record where the first of them is mended, or the preferences; NULL: nobody knows. (transfer full) (nullable) */
static char *
find_place_to_mend (const GPtrArray *blanks)
{
  for (guint i = 0; i < blanks->len; i++)
    {
      const KafBlank *blank = g_ptr_array_index (blanks, i);

      if (g_strcmp0 (blank->entity, KAF_BLANK_LETTERHEAD) == 0)
        return g_strdup ("app.preferences");
      if (blank->entity != NULL && blank->id != NULL)
        {
          g_autoptr (GVariant) target =
              g_variant_ref_sink (g_variant_new ("(ss)", blank->entity, blank->id));

          return g_action_print_detailed_name ("win.open-record", target);
        }
    }
  return NULL;
}

static void
show_blanks (KafPreviewPage *self)
{
  const GPtrArray *blanks = kaf_pages_get_blanks (self->made->pages);
  g_autofree char *text = kaf_blanks_tell (blanks, kaf_application_get_lang ());
  g_autofree char *action = find_place_to_mend (blanks);

  kaf_banner_remove_buttons (KAF_BANNER (self->blanks));
  if (action != NULL)
    kaf_banner_add_button (KAF_BANNER (self->blanks), C_ ("button", "Fill In"), action);
  if (text != NULL)
    kaf_banner_set_title (KAF_BANNER (self->blanks), text);
  kaf_banner_set_revealed (KAF_BANNER (self->blanks), text != NULL);
}

static void
show (KafPreviewPage *self)
{
  g_autoptr (GMenuModel) menu = documents_menu_new (self->made->documents);
  GAction *document = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "document");

  g_simple_action_set_state (G_SIMPLE_ACTION (document),
                             g_variant_new_string (self->made->document->name));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->documents), menu);
  gtk_widget_set_sensitive (self->documents, self->made->documents->len > 1);
  show_titles (self);
  show_blanks (self);
  kaf_preview_options_show (KAF_PREVIEW_OPTIONS (self->options), self->made);
  kaf_paper_strip_set_pages (KAF_PAPER_STRIP (self->strip), self->made->pages);
  kaf_paper_strip_set_pages (KAF_PAPER_STRIP (self->thumbnails), self->made->pages);
  show_place (self);
  show_zoom (self);
}

static void
update_out (KafPreviewPage *self)
{
  static const char *const names[] = { "print", "save", "save-as" };
  gboolean ready = self->made != NULL && self->making == NULL && self->timer == 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_simple_action_set_enabled (
        G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), names[i])),
        ready);
}

/* Making */

static void
stop_waiting (KafPreviewPage *self)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  gtk_widget_set_visible (self->waiting, FALSE);
}

static gboolean
on_patience_over (gpointer data)
{
  KafPreviewPage *self = data;

  self->patience = 0;
  gtk_widget_set_visible (self->waiting, TRUE);
  return G_SOURCE_REMOVE;
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafPreviewPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafPrintMade) made = kaf_store_run_finish (KAF_STORE (source), result, &error);

  /* Another was asked for meanwhile, or the page is gone. */
  if (self->store == NULL || self->making == NULL ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->making);
  stop_waiting (self);
  if (made == NULL)
    {
      kaf_read_frame_fail (KAF_READ_FRAME (self->frame), error, self->made != NULL);
      update_out (self);
      return;
    }
  kaf_read_frame_clear (KAF_READ_FRAME (self->frame));
  /* The arrows scroll at once. */
  if (self->made == NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (self->strip);
  g_clear_pointer (&self->made, kaf_print_made_free);
  self->made = g_steal_pointer (&made);
  show (self);
  update_out (self);
}

static void
stop_making (KafPreviewPage *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->making);
  g_clear_object (&self->making);
  stop_waiting (self);
}

static void
make (KafPreviewPage *self)
{
  KafPrintJob *job;

  if (self->store == NULL)
    return;
  stop_making (self);
  kaf_preview_options_apply (KAF_PREVIEW_OPTIONS (self->options), self->job);
  job = kaf_print_job_copy (self->job);
  self->making = g_cancellable_new ();
  self->patience = g_timeout_add (PATIENCE, on_patience_over, self);
  kaf_store_run_async (self->store, KAF_LANE_BACKGROUND, kaf_print_job_run, job,
                       (GDestroyNotify) kaf_print_job_free, (GDestroyNotify) kaf_print_made_free,
                       self->making, on_made, g_object_ref (self));
  update_out (self);
}

static gboolean
on_timer (gpointer data)
{
  KafPreviewPage *self = data;

  self->timer = 0;
  make (self);
  return G_SOURCE_REMOVE;
}

/* What was made of what was may not be printed any more. */
static void
on_changed (KafPreviewPage *self)
{
  if (self->timer != 0)
    return;
  stop_making (self);
  self->timer = g_timeout_add (REST, on_timer, self);
  update_out (self);
}

/* Actions */

static void
on_language (GSimpleAction *action, GVariant *state, gpointer data)
{
  KafPreviewPage *self = data;
  KafPaperLangs langs = kaf_paper_langs_parse (g_variant_get_string (state, NULL));

  if (langs == 0)
    return;
  g_simple_action_set_state (action, state);
  self->job->langs = langs;
  make (self);
}

static void
on_document (GSimpleAction *action, GVariant *state, gpointer data)
{
  KafPreviewPage *self = data;
  const KafDocument *document = kaf_document_find (g_variant_get_string (state, NULL));

  if (document == NULL)
    return;
  g_simple_action_set_state (action, state);
  self->job->document = document;
  make (self);
}

static void
on_page (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafPreviewPage *self = data;
  const char *name = g_action_get_name (G_ACTION (action));
  guint page = kaf_paper_strip_get_page (KAF_PAPER_STRIP (self->strip));
  guint last = self->made != NULL ? kaf_pages_count (self->made->pages) - 1 : 0;

  if (g_str_equal (name, "next-page"))
    page = MIN (page + 1, last);
  else if (g_str_equal (name, "previous-page"))
    page = page > 0 ? page - 1 : 0;
  else
    page = g_str_equal (name, "first-page") ? 0 : last;
  kaf_paper_strip_set_page (KAF_PAPER_STRIP (self->strip), page);
}

static void
on_zoom (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafPaperStrip *strip = KAF_PAPER_STRIP (KAF_PREVIEW_PAGE (data)->strip);
  const char *name = g_action_get_name (G_ACTION (action));

  if (g_str_equal (name, "zoom-in"))
    kaf_paper_strip_step_zoom (strip, 1);
  else if (g_str_equal (name, "zoom-out"))
    kaf_paper_strip_step_zoom (strip, -1);
  else
    kaf_paper_strip_set_zoom (strip,
                              g_str_equal (name, "whole-page") ? KAF_ZOOM_WHOLE : KAF_ZOOM_WIDTH);
  show_zoom (data);
}

static void
on_show_options (GSimpleAction *action, GVariant *state, gpointer data)
{
  g_simple_action_set_state (action, state);
  kaf_preview_body_show_options (KAF_PREVIEW_BODY (KAF_PREVIEW_PAGE (data)->body),
                                 g_variant_get_boolean (state));
}

static void
put_out (KafPreviewPage *self, KafPrintOutKind kind, GFile *file)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (KAF_IS_WINDOW (root) && self->made != NULL)
    kaf_print_out (KAF_WINDOW (root), self->made->pages, kind, file);
}

static void
on_print (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  put_out (data, KAF_PRINT_OUT_PRINTER, NULL);
}

static void
on_save (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  put_out (data, KAF_PRINT_OUT_PDF, NULL);
}

static void
on_save_as (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path (g_variant_get_string (parameter, NULL));

  put_out (data, KAF_PRINT_OUT_PDF, file);
}

static void
put_each_out (KafPreviewPage *self, GFile *folder)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (KAF_IS_WINDOW (root) && self->made != NULL && self->made->ones->len > 0)
    kaf_each_out (KAF_WINDOW (root), self->job, self->made, folder);
}

static void
on_save_each (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  put_each_out (data, NULL);
}

static void
on_save_each_to (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (g_variant_get_string (parameter, NULL));

  put_each_out (data, folder);
}

static void
on_cancel (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafPreviewPage *self = data;

  if (self->making == NULL)
    return;
  stop_making (self);
  update_out (self);
  if (self->made == NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

static void
on_retry (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  make (data);
}

static gboolean
on_action_key (GtkWidget *widget, GVariant *args, gpointer action)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_activate_action (widget, action, NULL);
}

static void
add_keys (KafPreviewPage *self)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_s, GDK_CONTROL_MASK, "preview.save" },
    { GDK_KEY_plus, GDK_CONTROL_MASK, "preview.zoom-in" },
    { GDK_KEY_equal, GDK_CONTROL_MASK, "preview.zoom-in" },
    { GDK_KEY_KP_Add, GDK_CONTROL_MASK, "preview.zoom-in" },
    { GDK_KEY_minus, GDK_CONTROL_MASK, "preview.zoom-out" },
    { GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, "preview.zoom-out" },
    { GDK_KEY_0, GDK_CONTROL_MASK, "preview.whole-page" },
    { GDK_KEY_KP_0, GDK_CONTROL_MASK, "preview.whole-page" },
    { GDK_KEY_1, GDK_CONTROL_MASK, "preview.page-width" },
    { GDK_KEY_Page_Down, 0, "preview.next-page" },
    { GDK_KEY_KP_Page_Down, 0, "preview.next-page" },
    { GDK_KEY_Page_Up, 0, "preview.previous-page" },
    { GDK_KEY_KP_Page_Up, 0, "preview.previous-page" },
    { GDK_KEY_Home, GDK_CONTROL_MASK, "preview.first-page" },
    { GDK_KEY_End, GDK_CONTROL_MASK, "preview.last-page" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    kaf_keys_add (controller, keys[i].key, keys[i].modifiers, on_action_key, keys[i].action, NULL);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* Making the page itself */

static GtkWidget *
icon_button_new (const char *icon, const char *name, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "flat");
  kaf_tooltip_set (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static void
show_pdf (KafPreviewPage *self, gboolean narrow)
{
  if (narrow)
    gtk_button_set_icon_name (GTK_BUTTON (self->pdf), "document-save-symbolic");
  else
    gtk_button_set_label (GTK_BUTTON (self->pdf), _ ("PDF…"));
}

static GtkWidget *
header_new (KafPreviewPage *self)
{
  GtkWidget *header = kaf_page_header_new (_ ("Preview"), &self->title);
  GtkWidget *print = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *pdf = self->pdf = gtk_button_new ();

  self->print_label = gtk_label_new (_ ("Print…"));
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("document-print-symbolic"));
  gtk_box_append (GTK_BOX (content), self->print_label);
  gtk_button_set_child (GTK_BUTTON (print), content);
  kaf_tooltip_set (print, _ ("Print…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (print), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Print…"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (print), "preview.print");
  gtk_widget_add_css_class (print, "suggested-action");
  gtk_widget_add_css_class (pdf, "kaf-preview-pdf");
  kaf_tooltip_set (pdf, _ ("Save as PDF"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (pdf), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Save as PDF"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (pdf), "preview.save");
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), print);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), pdf);
  return header;
}

static GtkWidget *
languages_new (void)
{
  /* Languages are named in themselves. */
  static const struct
  {
    const char *code, *label;
  } languages[] = { { "fr", "Français" }, { "ar", "العربية" }, { "fr+ar", N_ ("Both") } };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_ (languages[i].label));

      if (first == NULL)
        first = button;
      else
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", languages[i].code);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "preview.language");
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_widget_add_css_class (box, "linked");
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Language of the document"), -1);
  return box;
}

static GtkWidget *
documents_new (KafPreviewPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->documents = gtk_menu_button_new ();
  self->document = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->document), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), self->document);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->documents), box);
  gtk_widget_add_css_class (self->documents, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->documents), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Document"), -1);
  return self->documents;
}

static GtkWidget *
steps_new (KafPreviewPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  self->place = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->place, "numeric");
  gtk_label_set_width_chars (GTK_LABEL (self->place), 6);
  gtk_box_append (GTK_BOX (box),
                  icon_button_new ("go-up-symbolic", _ ("Previous page"), "preview.previous-page"));
  gtk_box_append (GTK_BOX (box), self->place);
  gtk_box_append (GTK_BOX (box),
                  icon_button_new ("go-down-symbolic", _ ("Next page"), "preview.next-page"));
  return box;
}

static GtkWidget *
zoom_new (KafPreviewPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  self->zoom = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->zoom, "numeric");
  gtk_label_set_width_chars (GTK_LABEL (self->zoom), 6);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (box),
                  icon_button_new ("zoom-out-symbolic", _ ("Smaller"), "preview.zoom-out"));
  gtk_box_append (GTK_BOX (box), self->zoom);
  gtk_box_append (GTK_BOX (box),
                  icon_button_new ("zoom-in-symbolic", _ ("Larger"), "preview.zoom-in"));
  gtk_box_append (GTK_BOX (box), icon_button_new ("zoom-fit-best-symbolic", _ ("Whole page"),
                                                  "preview.whole-page"));
  self->zoom_tools = box;
  return box;
}

/* Two lines where one is too narrow: what is printed, and where in it one is. */
static GtkWidget *
tools_new (KafPreviewPage *self)
{
  GtkWidget *what = self->what = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *where = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (what), languages_new ());
  gtk_box_append (GTK_BOX (what), documents_new (self));
  gtk_widget_set_hexpand (what, TRUE);
  self->show_options = gtk_toggle_button_new ();
  gtk_button_set_label (GTK_BUTTON (self->show_options), _ ("Content"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->show_options), "preview.options");
  gtk_widget_set_visible (self->show_options, FALSE);
  gtk_box_append (GTK_BOX (where), self->show_options);
  gtk_box_append (GTK_BOX (where), steps_new (self));
  gtk_box_append (GTK_BOX (where), zoom_new (self));
  gtk_widget_set_halign (where, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (self->tools), what);
  gtk_box_append (GTK_BOX (self->tools), where);
  gtk_widget_add_css_class (self->tools, "kaf-preview-tools");
  return self->tools;
}

static void
on_narrow (KafPreviewPage *self)
{
  gboolean narrow;

  g_object_get (self->body, "narrow", &narrow, NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->tools),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->what),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  show_pdf (self, narrow);
  gtk_widget_set_visible (self->print_label, !narrow);
  gtk_widget_set_visible (self->show_options, narrow);
  gtk_widget_set_visible (self->zoom_tools, !narrow);
}

static void
on_chosen (KafPreviewPage *self, guint page)
{
  kaf_paper_strip_set_page (KAF_PAPER_STRIP (self->strip), page);
}

static void
on_strip_page (KafPreviewPage *self)
{
  kaf_paper_strip_set_page (KAF_PAPER_STRIP (self->thumbnails),
                            kaf_paper_strip_get_page (KAF_PAPER_STRIP (self->strip)));
  show_place (self);
}

static GtkWidget *
scrolled_new (GtkWidget *child, GtkPolicyType across)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), across, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), child);
  return scrolled;
}

static GtkWidget *
waiting_new (KafPreviewPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *spinner = gtk_spinner_new ();
  GtkWidget *cancel = gtk_button_new_with_label (_ ("Cancel"));

  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "preview.cancel");
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), gtk_label_new (_ ("The pages are being made…")));
  gtk_box_append (GTK_BOX (box), cancel);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "kaf-preview-waiting");
  gtk_widget_set_visible (box, FALSE);
  self->waiting = box;
  return box;
}

static GtkWidget *
body_new (KafPreviewPage *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  self->thumbnails = kaf_paper_strip_new (TRUE);
  self->strip = kaf_paper_strip_new (FALSE);
  self->options = kaf_preview_options_new ();
  gtk_overlay_set_child (GTK_OVERLAY (overlay), scrolled_new (self->strip, GTK_POLICY_AUTOMATIC));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), waiting_new (self));
  self->body = kaf_preview_body_new (scrolled_new (self->thumbnails, GTK_POLICY_NEVER), overlay,
                                     self->options);
  g_signal_connect_object (self->body, "notify::narrow", G_CALLBACK (on_narrow), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->thumbnails, "chosen", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->strip, "page", G_CALLBACK (on_strip_page), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->strip, "zoomed", G_CALLBACK (show_zoom), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->options, "changed", G_CALLBACK (make), self, G_CONNECT_SWAPPED);
  return self->body;
}

static void
kaf_preview_page_dispose (GObject *object)
{
  KafPreviewPage *self = KAF_PREVIEW_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->patience, g_source_remove);
  g_cancellable_cancel (self->making);
  g_clear_object (&self->making);
  g_clear_object (&self->store);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (kaf_preview_page_parent_class)->dispose (object);
}

static void
kaf_preview_page_finalize (GObject *object)
{
  KafPreviewPage *self = KAF_PREVIEW_PAGE (object);

  g_clear_pointer (&self->made, kaf_print_made_free);
  g_clear_pointer (&self->job, kaf_print_job_free);
  G_OBJECT_CLASS (kaf_preview_page_parent_class)->finalize (object);
}

static void
kaf_preview_page_class_init (KafPreviewPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_preview_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_preview_page_finalize;
}

static void
kaf_preview_page_init (KafPreviewPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "language", .parameter_type = "s", .state = "'fr'", .change_state = on_language },
    { .name = "document", .parameter_type = "s", .state = "''", .change_state = on_document },
    { .name = "options", .state = "false", .change_state = on_show_options },
    { .name = "next-page", .activate = on_page },
    { .name = "previous-page", .activate = on_page },
    { .name = "first-page", .activate = on_page },
    { .name = "last-page", .activate = on_page },
    { .name = "zoom-in", .activate = on_zoom },
    { .name = "zoom-out", .activate = on_zoom },
    { .name = "whole-page", .activate = on_zoom },
    { .name = "page-width", .activate = on_zoom },
    { .name = "print", .activate = on_print },
    { .name = "save", .activate = on_save },
    { .name = "save-as", .activate = on_save_as, .parameter_type = "s" },
    { .name = "save-each", .activate = on_save_each },
    { .name = "save-each-to", .activate = on_save_each_to, .parameter_type = "s" },
    { .name = "cancel", .activate = on_cancel },
    { .name = "retry", .activate = on_retry },
  };

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "preview", G_ACTION_GROUP (self->actions));
  add_keys (self);
}

GtkWidget *
kaf_preview_page_new (KafStore *store, KafPrintJob *job)
{
  KafPreviewPage *self = g_object_new (KAF_TYPE_PREVIEW_PAGE, NULL);
  GAction *language = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "language");

  self->store = g_object_ref (store);
  self->job = job;
  g_simple_action_set_state (G_SIMPLE_ACTION (language),
                             g_variant_new_string (job->langs == KAF_PAPER_AR   ? "ar"
                                                   : job->langs == KAF_PAPER_FR ? "fr"
                                                                                : "fr+ar"));
  gtk_box_append (GTK_BOX (self), header_new (self));
  gtk_box_append (GTK_BOX (self), tools_new (self));
  self->blanks = kaf_banner_new ();
  kaf_banner_set_style (KAF_BANNER (self->blanks), "warning");
  gtk_box_append (GTK_BOX (self), self->blanks);
  self->frame =
      kaf_read_frame_new (body_new (self), _ ("The document could not be made"), "preview.retry");
  gtk_box_append (GTK_BOX (self), self->frame);
  on_narrow (self);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  make (self);
  return GTK_WIDGET (self);
}

gboolean
kaf_preview_page_is_settled (KafPreviewPage *self)
{
  g_return_val_if_fail (KAF_IS_PREVIEW_PAGE (self), FALSE);
  return self->making == NULL && self->timer == 0 && self->made != NULL;
}

KafPages *
kaf_preview_page_get_pages (KafPreviewPage *self)
{
  g_return_val_if_fail (KAF_IS_PREVIEW_PAGE (self), NULL);
  return self->made != NULL ? self->made->pages : NULL;
}

guint
kaf_preview_page_get_page (KafPreviewPage *self)
{
  g_return_val_if_fail (KAF_IS_PREVIEW_PAGE (self), 0);
  return kaf_paper_strip_get_page (KAF_PAPER_STRIP (self->strip));
}

double
kaf_preview_page_get_zoom (KafPreviewPage *self)
{
  g_return_val_if_fail (KAF_IS_PREVIEW_PAGE (self), 1);
  return kaf_paper_strip_get_zoom (KAF_PAPER_STRIP (self->strip));
}
