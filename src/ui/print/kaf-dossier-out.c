/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Language and form → kaf-outgoing → what is missing. */
#include "config.h"

#include "ui/print/kaf-dossier-out.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-file-name.h"
#include "report/kaf-dossier.h"
#include "store/kaf-permit.h"
#include "ui/app/kaf-outgoing.h"
#include "ui/print/kaf-parcel-words.h"

/* So many missing files are named. */
#define NAMED_MOST 12

/* One on its way; freed by whichever step is the last. */
typedef struct
{
  KafWindow *window;
  char *mission, *ref;
  KafPaperLangs langs;
  gboolean folder;
  KafDossier made;
} Out;

static void
out_free (gpointer data)
{
  Out *self = data;

  g_object_unref (self->window);
  kaf_dossier_clear (&self->made);
  g_free (self->mission);
  g_free (self->ref);
  g_free (self);
}

/* Writing */

/* What it names is known once it is made. */
static KafOutgoingLook
look (KafDatabase *db, KafOutgoingRun *run, gpointer data, GError **error)
{
  return kaf_permit_check_records (db, error) ? KAF_OUTGOING_READY : KAF_OUTGOING_REFUSED;
}

static gboolean
write_dossier (KafDatabase *db,
               GFile *target,
               KafOutgoingRun *run,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  Out *self = data;
  const KafDossierOptions options = { .langs = self->langs,
                                      .lang = run->lang,
                                      .reason = run->reason,
                                      .progress = run->progress,
                                      .progress_data = run->progress_data };
  gboolean done;

  kaf_dossier_clear (&self->made);
  self->made = (KafDossier){ 0 };
  done = kaf_dossier_write (db, self->mission, target, &options, &self->made, cancellable, error);
  run->n = self->made.n_files;
  run->n_persons = self->made.n_persons;
  return done;
}

/* What is missing is not to be overlooked: it stays until it is read. */
static void
tell_missing (KafWindow *window, gpointer data)
{
  const GPtrArray *missing = ((Out *) data)->made.missing;
  g_autoptr (GString) body = g_string_new (NULL);
  GtkWidget *dialog;

  if (missing->len == 0)
    return;
  g_string_append (body, _ ("The content of these files is not on this device. They are named in "
                            "the list of contents:"));
  for (guint i = 0; i < missing->len && i < NAMED_MOST; i++)
    {
      g_autofree char *name = kaf_bidi_isolate (g_ptr_array_index (missing, i));

      g_string_append_printf (body, "\n• %s", name);
    }
  if (missing->len > NAMED_MOST)
    g_string_append (body, "\n…");
  dialog =
      adw_message_dialog_new (GTK_WINDOW (window), _ ("The Dossier Is Not Complete"), body->str);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* @target: nullable. Takes @self over. */
static void
give_out (Out *self, GFile *target)
{
  KafOutgoingKind kind = kaf_parcel_kind ();
  g_autofree char *called = g_strdup_printf ("%s %s", _ ("Dossier"), self->ref);
  g_autofree char *safe = kaf_file_name_make (called);
  g_autofree char *name = g_strconcat (safe, self->folder ? NULL : ".zip", NULL);

  kind.where = self->folder ? _ ("Folder of the Dossier") : _ ("Save the Dossier");
  kind.doing = _ ("Putting the dossier together");
  kind.failed = _ ("The dossier was not given out");
  kind.look = look;
  kind.write = write_dossier;
  kind.done = tell_missing;
  kaf_outgoing_start (self->window, &kind, name, target, self, out_free);
}

/* Asking */

typedef struct
{
  Out *out;
  GtkWidget *langs[3], *folder;
} Question;

static void
on_response (AdwMessageDialog *dialog, const char *response, Question *question)
{
  static const KafPaperLangs langs[] = { KAF_PAPER_FR, KAF_PAPER_AR, KAF_PAPER_BOTH };
  Out *self = question->out;

  if (!g_str_equal (response, "go"))
    {
      out_free (self);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (langs); i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (question->langs[i])))
      self->langs = langs[i];
  self->folder = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (question->folder));
  give_out (self, NULL);
}

/* Buttons side by side of which one is pressed. @buttons: (out) of as many as there are labels. */
static GtkWidget *
choice_new (
    const char *label, const char *const *labels, GtkWidget **buttons, guint n, guint chosen)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  for (guint i = 0; i < n; i++)
    {
      buttons[i] = gtk_toggle_button_new_with_label (labels[i]);
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (buttons[i]),
                                     GTK_TOGGLE_BUTTON (buttons[0]));
      gtk_widget_set_hexpand (buttons[i], TRUE);
      gtk_box_append (GTK_BOX (box), buttons[i]);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (buttons[chosen]), TRUE);
  gtk_widget_add_css_class (box, "linked");
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return box;
}

static void
question_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
ask_how (Out *self)
{
  /* Languages are named in themselves. */
  const char *const languages[] = { "Français", "العربية", _ ("Both") };
  const char *const forms[] = { _ ("ZIP archive"), _ ("Folder") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (self->window), _ ("Give Out the Whole Dossier"),
      _ ("The mission file as a PDF, a workbook of its figures, the files attached to it, and a "
         "list of contents."));
  Question *question = g_new0 (Question, 1);
  GtkWidget *form[2];

  question->out = self;
  gtk_box_append (GTK_BOX (box),
                  choice_new (_ ("Language of the document"), languages, question->langs,
                              G_N_ELEMENTS (languages), self->langs == KAF_PAPER_AR ? 1 : 0));
  gtk_box_append (GTK_BOX (box), choice_new (_ ("Form"), forms, form, G_N_ELEMENTS (forms), 0));
  question->folder = form[1];
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "go", _ ("Choose the Place…"));
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "go",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "go");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static Out *
out_new (KafWindow *window, const char *mission, const char *ref)
{
  Out *self = g_new0 (Out, 1);

  self->window = g_object_ref (window);
  self->mission = g_strdup (mission);
  self->ref = g_strdup (ref != NULL ? ref : "");
  self->langs = kaf_application_get_lang () == KAF_LANG_AR ? KAF_PAPER_AR : KAF_PAPER_FR;
  return self;
}

void
kaf_dossier_out (KafWindow *window, const char *mission, const char *ref)
{
  g_return_if_fail (KAF_IS_WINDOW (window));
  g_return_if_fail (mission != NULL);

  ask_how (out_new (window, mission, ref));
}

void
kaf_dossier_out_to (KafWindow *window, const char *mission, GFile *target)
{
  g_return_if_fail (KAF_IS_WINDOW (window));
  g_return_if_fail (mission != NULL && G_IS_FILE (target));

  give_out (out_new (window, mission, NULL), target);
}
