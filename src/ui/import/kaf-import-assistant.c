/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three pages of one stack. Whatever reads the file or the store is a job, and while one runs nothing else begins; each
 * holds the window, and with it the file and the plan that it works on. */
#include "config.h"

#include "ui/import/kaf-import-assistant.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "exchange/kaf-import-decisions.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-import-window.h"
#include "ui/compat/kaf-banner.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/compat/kaf-file-chooser.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/form/kaf-draft-keeper.h"
#include "ui/import/kaf-import-columns.h"
#include "ui/import/kaf-import-keeper.h"
#include "ui/import/kaf-import-source.h"

struct _KafImportAssistant
{
  AdwWindow parent_instance;

  KafWindow *window;
  KafStore *store;
  KafImportOpened *opened;
  KafImportPlan *plan;
  KafImportKeeper
      *keeper;          /* of what is decided of the plan; NULL: it is written, or there is none */
  guint n_resumed;      /* decisions of another time */
  gboolean closing;     /* once the review has its answer */
  gboolean busy, again; /* the file is to be opened once more, when the job is done */
  GCancellable *cancellable;

  GtkWidget *stack, *title, *banner;
  GtkWidget *source, *columns, *review;
  GtkWidget *next;
};

G_DEFINE_FINAL_TYPE (KafImportAssistant, kaf_import_assistant, ADW_TYPE_WINDOW)

static void open_file (KafImportAssistant *self);

static gboolean
is_closed (KafImportAssistant *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

const char *
kaf_import_assistant_get_page (KafImportAssistant *self)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (self->stack));
}

static gboolean
is_on (KafImportAssistant *self, const char *page)
{
  return g_strcmp0 (kaf_import_assistant_get_page (self), page) == 0;
}

/* Titles, and what may be done now. */
static void
update (KafImportAssistant *self)
{
  gboolean review = is_on (self, "review");
  guint n_refused = self->plan != NULL ? kaf_import_plan_count (self->plan, KAF_IMPORT_REFUSED) : 0;
  gboolean ready = review ? self->plan != NULL && kaf_import_plan_count_written (self->plan) > 0
                          : self->opened != NULL;

  gtk_button_set_label (GTK_BUTTON (self->next), review ? _ ("Import") : _ ("Continue"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->next), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  review ? _ ("Import") : _ ("Continue"), -1);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), review ? _ ("What it would change")
                                                                 : is_on (self, "columns")
                                                                     ? _ ("What the columns are")
                                                                     : C_ ("on a disk", "File"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.next", ready && !self->busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.back",
                                 !is_on (self, "file") && !self->busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.save-refused", review && n_refused > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.leave-out", review);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.judge", review);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.afresh", review && !self->busy);
  kaf_banner_set_revealed (KAF_BANNER (self->banner), review && self->n_resumed > 0);
}

static void
show_page (KafImportAssistant *self, const char *page)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), page);
  update (self);
  /* What had the focus is hidden, and Tab would move nothing from there. */
  gtk_widget_child_focus (gtk_stack_get_visible_child (GTK_STACK (self->stack)),
                          GTK_DIR_TAB_FORWARD);
}

static void
set_busy (KafImportAssistant *self, gboolean busy)
{
  self->busy = busy;
  update (self);
  if (busy || !self->again)
    return;
  self->again = FALSE;
  open_file (self);
}

/* ---- The file ---- */

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafImportAssistant) self = user_data;
  g_autoptr (GError) error = NULL;
  KafImportOpened *opened = kaf_store_run_finish (KAF_STORE (source), result, &error);
  g_autofree char *problem = NULL;

  if (is_closed (self))
    {
      kaf_import_opened_free (opened);
      return;
    }
  kaf_import_opened_free (self->opened);
  self->opened = opened;
  problem = opened == NULL ? kaf_error_text (error) : NULL;
  kaf_import_source_show (KAF_IMPORT_SOURCE (self->source), opened, problem);
  if (opened != NULL)
    kaf_import_columns_show (KAF_IMPORT_COLUMNS (self->columns), opened->map, opened->rows);
  set_busy (self, FALSE);
}

static void
open_file (KafImportAssistant *self)
{
  KafImportOpening *opening = kaf_import_source_get_opening (KAF_IMPORT_SOURCE (self->source));

  if (opening == NULL)
    return;
  if (self->busy)
    {
      self->again = TRUE;
      kaf_import_opening_free (opening);
      return;
    }
  set_busy (self, TRUE);
  kaf_store_run_async (self->store, KAF_LANE_WRITE, kaf_import_job_open, opening,
                       (GDestroyNotify) kaf_import_opening_free,
                       (GDestroyNotify) kaf_import_opened_free, self->cancellable, on_opened,
                       g_object_ref (self));
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafImportAssistant) self = user_data;
  g_autoptr (GFile) file = kaf_file_chooser_finish (result, NULL);

  if (file != NULL && !is_closed (self))
    kaf_import_assistant_set_file (self, file);
}

static void
on_choose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafImportAssistant *self = KAF_IMPORT_ASSISTANT (widget);

  kaf_file_chooser_open_async (GTK_WINDOW (self), _ ("Choose a File to Import"), _ ("Choose"), "*",
                               _ ("Tables and address books"), self->cancellable, on_chosen,
                               g_object_ref (self));
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, KafImportAssistant *self)
{
  GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));

  if (files == NULL || !is_on (self, "file"))
    {
      g_slist_free (files);
      return FALSE;
    }
  kaf_import_assistant_set_file (self, files->data);
  g_slist_free (files);
  return TRUE;
}

void
kaf_import_assistant_set_file (KafImportAssistant *self, GFile *file)
{
  g_return_if_fail (KAF_IS_IMPORT_ASSISTANT (self));

  kaf_import_source_set_file (KAF_IMPORT_SOURCE (self->source), file);
}

/* ---- The plan ---- */

typedef struct
{
  KafImportPlan *plan;
  GPtrArray *questions; /* KafImportQuestion */
  guint n_resumed;
} Planned;

static void
planned_free (gpointer data)
{
  Planned *planned = data;

  kaf_import_plan_free (planned->plan);
  g_clear_pointer (&planned->questions, g_ptr_array_unref);
  g_free (planned);
}

static GPtrArray *
list_questions (KafDatabase *db, const KafImportPlan *plan)
{
  const GPtrArray *words = kaf_import_plan_get_unknown (plan);
  GPtrArray *questions = g_ptr_array_new_with_free_func (kaf_import_question_free);

  for (guint i = 0; i < words->len; i++)
    {
      const KafImportWord *word = g_ptr_array_index (words, i);
      const KafImportColumn *column =
          kaf_import_map_get (kaf_import_plan_get_map (plan), word->column);
      KafImportQuestion *question;

      if (column == NULL || column->field == NULL)
        continue;
      question = g_new0 (KafImportQuestion, 1);
      question->column = word->column;
      question->text = g_strdup (word->text);
      question->n = word->n;
      question->codes =
          kaf_import_cells_list_codes (db, column->field, kaf_application_get_lang ());
      g_ptr_array_add (questions, question);
    }
  return questions;
}

/* What was decided of the same file in a window that was closed. */
static gboolean
resume (KafDatabase *db, const KafImportOpened *opened, Planned *planned, GError **error)
{
  g_autofree char *decided = kaf_import_decisions_load (db, opened->map->entity, opened->slot);

  return decided == NULL ||
         kaf_import_decisions_apply (planned->plan, db, decided, &planned->n_resumed, error);
}

/* The mapping is kept at once: it survives a window that is closed. */
static gpointer
run_plan (KafDatabase *db,
          KafProgressFunc progress,
          gpointer progress_data,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  const KafImportOpened *opened = data;
  KafImportPlan *plan;
  Planned *planned;

  if (!kaf_import_map_remember (opened->map, db, error))
    return NULL;
  plan = kaf_import_plan_make (db, opened->reader, opened->map, progress, progress_data,
                               cancellable, error);
  if (plan == NULL)
    return NULL;
  planned = g_new0 (Planned, 1);
  planned->plan = plan;
  planned->questions = list_questions (db, plan);
  if (resume (db, opened, planned, error))
    return planned;
  planned_free (planned);
  return NULL;
}

static void
tell_resumed (KafImportAssistant *self)
{
  g_autofree char *number = kaf_number_format (self->n_resumed, kaf_application_get_lang ());
  g_autofree char *text =
      g_strdup_printf (ngettext ("%s decision about this file taken up again",
                                 "%s decisions about this file taken up again", self->n_resumed),
                       number);

  kaf_banner_set_title (KAF_BANNER (self->banner), text);
}

static void
take_plan (KafImportAssistant *self, Planned *planned)
{
  kaf_import_review_show (KAF_IMPORT_REVIEW (self->review), NULL);
  kaf_import_plan_free (self->plan);
  self->plan = g_steal_pointer (&planned->plan);
  g_clear_object (&self->keeper);
  self->keeper = kaf_import_keeper_new (self->store, self->opened->slot, self->plan);
  self->n_resumed = planned->n_resumed;
  tell_resumed (self);
  kaf_import_columns_show (KAF_IMPORT_COLUMNS (self->columns), self->opened->map,
                           self->opened->rows);
  if (planned->questions->len > 0)
    kaf_import_columns_ask (KAF_IMPORT_COLUMNS (self->columns),
                            g_steal_pointer (&planned->questions));
  kaf_import_review_show (KAF_IMPORT_REVIEW (self->review), self->plan);
  planned_free (planned);
}

static void
on_planned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafImportAssistant) self = user_data;
  g_autoptr (GError) error = NULL;
  Planned *planned = kaf_progress_window_finish (result, &error);

  if (is_closed (self))
    {
      g_clear_pointer (&planned, planned_free);
      return;
    }
  self->busy = FALSE;
  if (planned != NULL)
    {
      take_plan (self, planned);
      show_page (self, "review");
      return;
    }
  update (self);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    kaf_window_report_error (self->window, _ ("The file was not read"), error);
}

static void
make_plan (KafImportAssistant *self)
{
  kaf_import_source_fill (KAF_IMPORT_SOURCE (self->source), self->opened->map);
  if (self->keeper != NULL)
    kaf_import_keeper_flush (self->keeper);
  set_busy (self, TRUE);
  kaf_progress_window_run (GTK_WINDOW (self), self->store, _ ("Looking at the file"),
                           KAF_LANE_WRITE, run_plan, self->opened, NULL, planned_free, on_planned,
                           g_object_ref (self));
}

/* ---- The import ---- */

static gpointer
run_take (KafDatabase *db,
          KafProgressFunc progress,
          gpointer progress_data,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  return kaf_import_plan_take (data, db, progress, progress_data, cancellable, error);
}

static void
tell_taken (KafImportAssistant *self, const KafImportTaken *taken)
{
  guint n = taken->n_created + taken->n_updated;
  g_autofree char *number = kaf_number_format (n, kaf_application_get_lang ());
  g_autofree char *text =
      g_strdup_printf (ngettext ("%s record imported", "%s records imported", n), number);

  if (taken->receipt == NULL)
    return;
  kaf_store_announce (self->store, taken->receipt);
  kaf_window_toast_undo (self->window, text, taken->receipt);
}

static void
forget_decisions (KafImportAssistant *self)
{
  if (self->keeper != NULL)
    kaf_import_keeper_drop (self->keeper);
  else
    kaf_draft_keeper_drop_slot (self->store, self->opened->map->entity, self->opened->slot);
  g_clear_object (&self->keeper);
  self->n_resumed = 0;
}

static void
on_taken (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafImportAssistant) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafImportTaken) taken = kaf_progress_window_finish (result, &error);

  /* Told even when this window was closed meanwhile: it is written. */
  if (taken != NULL)
    {
      forget_decisions (self);
      tell_taken (self, taken);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    kaf_window_report_error (self->window, _ ("Nothing was imported"), error);
  if (is_closed (self))
    return;
  self->busy = FALSE;
  if (taken == NULL)
    update (self);
  else if (kaf_import_plan_count (self->plan, KAF_IMPORT_REFUSED) == 0)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    {
      /* They are to be saved or mended; what is in is not put in again. */
      kaf_import_review_filter (KAF_IMPORT_REVIEW (self->review), KAF_IMPORT_REFUSED);
      update (self);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.next", FALSE);
    }
}

static void
take (KafImportAssistant *self)
{
  if (kaf_import_review_is_busy (KAF_IMPORT_REVIEW (self->review)))
    return;
  set_busy (self, TRUE);
  kaf_progress_window_run (GTK_WINDOW (self), self->store, _ ("Importing"), KAF_LANE_WRITE,
                           run_take, self->plan, NULL, (GDestroyNotify) kaf_import_taken_free,
                           on_taken, g_object_ref (self));
}

/* ---- What is refused ---- */

typedef struct
{
  const KafImportPlan *plan;
  GFile *file;
} Saving;

static void
saving_free (gpointer data)
{
  g_object_unref (((Saving *) data)->file);
  g_free (data);
}

static gpointer
run_save (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Saving *saving = data;

  return kaf_import_plan_save_refused (saving->plan, db, saving->file, cancellable, error)
             ? g_object_ref (saving->file)
             : NULL;
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafImportAssistant) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (file != NULL)
    kaf_window_toast_file (self->window, _ ("The refused rows are saved"), file);
  else
    kaf_window_report_error (self->window, _ ("The refused rows were not saved"), error);
}

static void
on_save_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafImportAssistant) self = user_data;
  GFile *file = kaf_file_chooser_finish (result, NULL);
  Saving *saving;

  if (file == NULL || is_closed (self))
    {
      g_clear_object (&file);
      return;
    }
  saving = g_new0 (Saving, 1);
  *saving = (Saving){ self->plan, file };
  kaf_store_run_async (self->store, KAF_LANE_WRITE, run_save, saving, saving_free, g_object_unref,
                       NULL, on_saved, g_object_ref (self));
}

static void
on_save_refused (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafImportAssistant *self = KAF_IMPORT_ASSISTANT (widget);
  g_autofree char *name = g_strdup_printf ("%s.csv", _ ("Refused rows"));

  kaf_file_chooser_save_async (GTK_WINDOW (self), _ ("Save the Refused Rows"), _ ("Save"), name,
                               self->cancellable, on_save_chosen, g_object_ref (self));
}

/* ---- Actions ---- */

static void
on_next (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafImportAssistant *self = KAF_IMPORT_ASSISTANT (widget);

  if (is_on (self, "file"))
    show_page (self, "columns");
  else if (is_on (self, "columns"))
    make_plan (self);
  else
    take (self);
}

static void
on_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafImportAssistant *self = KAF_IMPORT_ASSISTANT (widget);

  show_page (self, is_on (self, "review") ? "columns" : "file");
}

static void
on_own (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafImportAssistant *self = KAF_IMPORT_ASSISTANT (widget);
  GtkWidget *own = kaf_import_window_new (self->window, self->store, kaf_registry_find ("expert"));

  gtk_window_present (GTK_WINDOW (own));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_leave_out (GtkWidget *widget, const char *action, GVariant *parameter)
{
  kaf_import_review_leave_out (KAF_IMPORT_REVIEW (KAF_IMPORT_ASSISTANT (widget)->review));
}

static void
on_judge (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *text = g_variant_get_string (parameter, NULL);
  KafImportDecision decision = g_str_equal (text, "same")        ? KAF_IMPORT_THE_SAME
                               : g_str_equal (text, "different") ? KAF_IMPORT_DIFFERENT
                                                                 : KAF_IMPORT_LATER;

  kaf_import_review_decide (KAF_IMPORT_REVIEW (KAF_IMPORT_ASSISTANT (widget)->review), decision);
}

/* What the review shows may have been decided by now. */
static void
on_changed (KafImportAssistant *self)
{
  if (self->keeper != NULL)
    kaf_import_keeper_look (self->keeper, self->plan);
  update (self);
  if (self->closing && !kaf_import_review_is_busy (KAF_IMPORT_REVIEW (self->review)))
    gtk_window_close (GTK_WINDOW (self));
}

static void
on_afresh (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafImportAssistant *self = KAF_IMPORT_ASSISTANT (widget);

  if (self->keeper == NULL || kaf_import_review_is_busy (KAF_IMPORT_REVIEW (self->review)))
    return;
  kaf_import_keeper_drop (self->keeper);
  make_plan (self);
}

/* ---- The window ---- */

/* A cell that was just typed into is taken before the window goes. */
static gboolean
kaf_import_assistant_close_request (GtkWindow *window)
{
  KafImportAssistant *self = KAF_IMPORT_ASSISTANT (window);

  gtk_window_set_focus (window, NULL);
  self->closing = kaf_import_review_is_busy (KAF_IMPORT_REVIEW (self->review));
  if (self->closing)
    return TRUE;
  return GTK_WINDOW_CLASS (kaf_import_assistant_parent_class)->close_request (window);
}

static void
kaf_import_assistant_dispose (GObject *object)
{
  KafImportAssistant *self = KAF_IMPORT_ASSISTANT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->keeper);
  if (self->review != NULL)
    kaf_import_review_show (KAF_IMPORT_REVIEW (self->review), NULL);
  self->review = NULL;
  G_OBJECT_CLASS (kaf_import_assistant_parent_class)->dispose (object);
}

static void
kaf_import_assistant_finalize (GObject *object)
{
  KafImportAssistant *self = KAF_IMPORT_ASSISTANT (object);

  kaf_import_plan_free (self->plan);
  kaf_import_opened_free (self->opened);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_object (&self->window);
  G_OBJECT_CLASS (kaf_import_assistant_parent_class)->finalize (object);
}

static void
kaf_import_assistant_class_init (KafImportAssistantClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_import_assistant_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_import_assistant_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = kaf_import_assistant_close_request;
  gtk_widget_class_install_action (widget_class, "import.choose", NULL, on_choose);
  gtk_widget_class_install_action (widget_class, "import.next", NULL, on_next);
  gtk_widget_class_install_action (widget_class, "import.back", NULL, on_back);
  gtk_widget_class_install_action (widget_class, "import.own", NULL, on_own);
  gtk_widget_class_install_action (widget_class, "import.afresh", NULL, on_afresh);
  gtk_widget_class_install_action (widget_class, "import.leave-out", NULL, on_leave_out);
  gtk_widget_class_install_action (widget_class, "import.judge", "s", on_judge);
  gtk_widget_class_install_action (widget_class, "import.save-refused", NULL, on_save_refused);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "import.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "import.back",
                                       NULL);
}

static GtkWidget *
make_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  return button;
}

static GtkWidget *
make_menu (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _ ("Save the Refused Rows…"), "import.save-refused");
  g_menu_append (menu, _ ("A Table That Kafaat Exported…"), "import.own");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("More"), -1);
  return button;
}

static GtkWidget *
make_header (KafImportAssistant *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *back;

  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  self->title = adw_window_title_new (_ ("Import"), NULL);
  self->next = make_button (_ ("Continue"), "import.next");
  gtk_widget_add_css_class (self->next, "suggested-action");
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), make_button (_ ("Cancel"), "window.close"));
  /* A picture, so that the window fits a narrow screen. */
  back = make_button (_ ("Back"), "import.back");
  gtk_button_set_icon_name (GTK_BUTTON (back), "go-previous-symbolic");
  kaf_tooltip_set (back, _ ("Back"));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), back);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->next);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), make_menu ());
  return header;
}

static void
kaf_import_assistant_init (KafImportAssistant *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (drop, "drop", G_CALLBACK (on_drop), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  gtk_window_set_title (GTK_WINDOW (self), _ ("Import"));
  gtk_window_set_default_size (GTK_WINDOW (self), 760, 680);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

GtkWidget *
kaf_import_assistant_new (KafWindow *parent, KafStore *store, const KafEntity *entity)
{
  KafImportAssistant *self =
      g_object_new (KAF_TYPE_IMPORT_ASSISTANT, "transient-for", parent, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->window = g_object_ref (parent);
  self->store = g_object_ref (store);
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  self->source = kaf_import_source_new (entity);
  self->columns = kaf_import_columns_new ();
  self->review = kaf_import_review_new (store);
  gtk_stack_add_named (GTK_STACK (self->stack), self->source, "file");
  gtk_stack_add_named (GTK_STACK (self->stack), self->columns, "columns");
  gtk_stack_add_named (GTK_STACK (self->stack), self->review, "review");
  g_signal_connect_object (self->source, "reopen", G_CALLBACK (open_file), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->review, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  self->banner = kaf_banner_new ();
  kaf_banner_add_button (KAF_BANNER (self->banner), _ ("Start Afresh"), "import.afresh");
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), self->banner);
  gtk_box_append (GTK_BOX (box), self->stack);
  adw_window_set_content (ADW_WINDOW (self), box);
  show_page (self, "file");
  /* Not on Cancel, where it would begin. */
  gtk_widget_grab_focus (self->source);
  return GTK_WIDGET (self);
}

KafImportMap *
kaf_import_assistant_get_map (KafImportAssistant *self)
{
  return self->opened != NULL ? self->opened->map : NULL;
}

KafImportReview *
kaf_import_assistant_get_review (KafImportAssistant *self)
{
  return KAF_IMPORT_REVIEW (self->review);
}
