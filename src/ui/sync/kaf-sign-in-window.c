/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each field is a group of its own, so that what is wrong with it stands right under it. */
#include "config.h"

#include "ui/sync/kaf-sign-in-window.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "store/kaf-samples.h"
#include "store/kaf-store-error.h"
#include "ui/app/kaf-application.h"
#include "ui/compat/kaf-dialog-header.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/compat/kaf-file-chooser.h"

/* Bytes; more is no certificate. */
#define AUTHORITY_MAX (256 * 1024)

struct _KafSignInWindow
{
  AdwWindow parent_instance;

  KafSyncAgent *agent;
  char *authority; /* PEM, nullable */
  gboolean again;  /* the session has ended: address and account stand */

  GtkWidget *rows[KAF_SIGN_IN_WHOLE];
  GtkWidget *errors[KAF_SIGN_IN_N_PLACES];
  GtkWidget *samples; /* button: removes what the server does not take */
  GtkWidget *fields;  /* all of them */
  GtkWidget *spinner;
  GCancellable *cancellable; /* of the window */
  GCancellable *asking;      /* NULL: nothing is asked */
};

G_DEFINE_FINAL_TYPE (KafSignInWindow, kaf_sign_in_window, ADW_TYPE_WINDOW)

KafSignInPlace
kaf_sign_in_place (const GError *error)
{
  if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_EXISTS))
    return KAF_SIGN_IN_URL;
  if (error->domain != KAF_NET_ERROR)
    return KAF_SIGN_IN_WHOLE;
  switch ((KafNetError) error->code)
    {
    case KAF_NET_ERROR_ADDRESS:
    case KAF_NET_ERROR_OFFLINE:
    case KAF_NET_ERROR_PROTOCOL:
    case KAF_NET_ERROR_OTHER_HOST:
      return KAF_SIGN_IN_URL;
    case KAF_NET_ERROR_CERTIFICATE:
      return KAF_SIGN_IN_AUTHORITY;
    case KAF_NET_ERROR_CREDENTIALS:
    case KAF_NET_ERROR_WAIT:
      return KAF_SIGN_IN_PASSWORD;
    case KAF_NET_ERROR_NO_GRANT:
    case KAF_NET_ERROR_DISABLED:
      return KAF_SIGN_IN_USER;
    case KAF_NET_ERROR_SIGNED_OUT:
    case KAF_NET_ERROR_REVOKED:
    case KAF_NET_ERROR_SERVER_OLD:
    case KAF_NET_ERROR_SERVER_NEW:
    case KAF_NET_ERROR_SERVER:
    case KAF_NET_ERROR_FORKED:
    case KAF_NET_ERROR_NOT_ENROLLED:
    case KAF_NET_ERROR_SAMPLE:
    case KAF_NET_ERROR_EXPIRED:
    case KAF_NET_ERROR_CLOCK:
    case KAF_NET_ERROR_KEYRING:
    default:
      return KAF_SIGN_IN_WHOLE;
    }
}

char *
kaf_sign_in_explain (const GError *error, KafLang lang)
{
  if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_EXISTS))
    return g_strdup (_ ("This store belongs to another server already. Write the address of that "
                        "one, or open another store."));
  if (g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_OFFLINE))
    return g_strdup (_ ("The server cannot be reached. Check the address and the network of this "
                        "computer, then try again."));
  if (g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_EXPIRED) ||
      g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_CLOCK))
    {
      g_autofree char *sentence = kaf_net_explain (error);
      g_autofree char *now = kaf_time_format (g_get_real_time (), lang);
      g_autofree char *date = kaf_bidi_ltr (now);
      /* A clock that is wrong makes a good certificate look expired. */
      g_autofree char *here = g_strdup_printf (_ ("It is %s by the clock of this computer."), date);

      return g_strdup_printf ("%s %s", sentence, here);
    }
  return error->domain == KAF_NET_ERROR ? kaf_net_explain (error) : kaf_error_text (error);
}

char *
kaf_sign_in_normalise_url (const char *typed)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));
  g_autofree char *whole = NULL;
  g_autoptr (GUri) uri = NULL;
  gsize length = strlen (text);

  while (length > 0 && text[length - 1] == '/')
    text[--length] = '\0';
  whole = strstr (text, "://") != NULL ? g_strdup (text) : g_strconcat ("https://", text, NULL);
  uri = g_uri_parse (whole, G_URI_FLAGS_NONE, NULL);
  if (strpbrk (text, " \t") != NULL || uri == NULL ||
      g_strcmp0 (g_uri_get_scheme (uri), "https") != 0 || g_uri_get_host (uri) == NULL ||
      *g_uri_get_host (uri) == '\0')
    return NULL;
  return g_steal_pointer (&whole);
}

/* Errors */

static void
tell (KafSignInWindow *self, KafSignInPlace place, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->errors[place]), text != NULL ? text : "");
  gtk_widget_set_visible (self->errors[place], text != NULL);
  if (place == KAF_SIGN_IN_WHOLE)
    return;
  if (text != NULL)
    gtk_widget_add_css_class (self->rows[place], "error");
  else
    gtk_widget_remove_css_class (self->rows[place], "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->rows[place]), GTK_ACCESSIBLE_STATE_INVALID,
      text != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
tell_error (KafSignInWindow *self, const GError *error)
{
  KafSignInPlace place = kaf_sign_in_place (error);
  g_autofree char *text = kaf_sign_in_explain (error, kaf_application_get_lang ());

  g_message ("Signing in failed: %s", error->message);
  tell (self, place, text);
  gtk_widget_set_visible (self->samples,
                          g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_SAMPLE));
  if (place != KAF_SIGN_IN_WHOLE)
    gtk_widget_grab_focus (self->rows[place]);
}

static void
clear_errors (KafSignInWindow *self)
{
  for (int place = 0; place < KAF_SIGN_IN_N_PLACES; place++)
    tell (self, place, NULL);
  gtk_widget_set_visible (self->samples, FALSE);
}

static const char *
get_text (KafSignInWindow *self, KafSignInPlace place)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->rows[place]));
}

/* The address, made whole, when all that is needed is there. */
static char *
check (KafSignInWindow *self)
{
  g_autofree char *url = self->again ? g_strdup (get_text (self, KAF_SIGN_IN_URL))
                                     : kaf_sign_in_normalise_url (get_text (self, KAF_SIGN_IN_URL));
  gboolean has_user = *get_text (self, KAF_SIGN_IN_USER) != '\0';
  gboolean has_password = *get_text (self, KAF_SIGN_IN_PASSWORD) != '\0';

  if (!has_password)
    tell (self, KAF_SIGN_IN_PASSWORD, _ ("Write your password."));
  if (!has_user)
    tell (self, KAF_SIGN_IN_USER, _ ("Write the name of your account at the server."));
  if (url == NULL)
    tell (self, KAF_SIGN_IN_URL,
          _ ("Write the address of the server, as https://server.example.org."));
  if (url == NULL)
    gtk_widget_grab_focus (self->rows[KAF_SIGN_IN_URL]);
  else if (!has_user)
    gtk_widget_grab_focus (self->rows[KAF_SIGN_IN_USER]);
  else if (!has_password)
    gtk_widget_grab_focus (self->rows[KAF_SIGN_IN_PASSWORD]);
  return has_user && has_password ? g_steal_pointer (&url) : NULL;
}

/* Asking */

static void
show_asking (KafSignInWindow *self, gboolean asking)
{
  /* An entry that is shut off while it has the focus would go on blinking. */
  if (asking)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_sensitive (self->fields, !asking);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.run", !asking);
  gtk_widget_set_visible (self->spinner, asking);
  if (asking)
    gtk_spinner_start (GTK_SPINNER (self->spinner));
  else
    gtk_spinner_stop (GTK_SPINNER (self->spinner));
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSignInWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = kaf_sync_agent_sign_in_finish (KAF_SYNC_AGENT (source), result, &error);

  g_clear_object (&self->asking);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  show_asking (self, FALSE);
  if (done)
    gtk_window_destroy (GTK_WINDOW (self));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_grab_focus (self->rows[KAF_SIGN_IN_PASSWORD]);
  else
    tell_error (self, error);
}

static void
on_run (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafSignInWindow *self = KAF_SIGN_IN_WINDOW (widget);
  g_autofree char *url = NULL;

  clear_errors (self);
  url = check (self);
  if (url == NULL || self->asking != NULL)
    return;
  self->asking = g_cancellable_new ();
  show_asking (self, TRUE);
  kaf_sync_agent_sign_in_async (self->agent,
                                kaf_sign_in_new (url, get_text (self, KAF_SIGN_IN_USER),
                                                 get_text (self, KAF_SIGN_IN_PASSWORD),
                                                 self->authority),
                                self->asking, on_signed_in, g_object_ref (self));
}

/* A server of production takes no sample data: it goes from here, and the server is asked again. */

static gpointer
run_remove_samples (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  guint n;

  kaf_samples_remove (db, &n, error);
  return NULL;
}

static void
on_samples_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSignInWindow) self = data;
  g_autoptr (GError) error = NULL;

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  kaf_store_announce (KAF_STORE (source), NULL);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  show_asking (self, FALSE);
  if (error != NULL)
    tell_error (self, error);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "sign-in.run", NULL);
}

static void
on_remove_samples (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafSignInWindow *self = KAF_SIGN_IN_WINDOW (widget);

  clear_errors (self);
  show_asking (self, TRUE);
  kaf_store_run_async (kaf_sync_agent_get_store (self->agent), KAF_LANE_WRITE, run_remove_samples,
                       NULL, NULL, NULL, NULL, on_samples_removed, g_object_ref (self));
}

/* The first stops what is asked, the second closes. */
static void
on_cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafSignInWindow *self = KAF_SIGN_IN_WINDOW (widget);

  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* The authority */

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSignInWindow) self = data;
  g_autofree char *text = NULL;
  g_autofree char *base = g_file_get_basename (G_FILE (source));
  g_autofree char *name = kaf_bidi_isolate (base);
  g_autoptr (GTlsCertificate) certificate = NULL;
  gsize size = 0;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (g_file_load_contents_finish (G_FILE (source), result, &text, &size, NULL, NULL) &&
      size <= AUTHORITY_MAX)
    certificate = g_tls_certificate_new_from_pem (text, (gssize) size, NULL);
  tell (self, KAF_SIGN_IN_AUTHORITY,
        certificate != NULL ? NULL
                            : _ ("This file holds no certificate. Choose the one that your "
                                 "administrator gave you, in PEM form."));
  if (certificate == NULL)
    return;
  g_free (self->authority);
  self->authority = g_steal_pointer (&text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->rows[KAF_SIGN_IN_AUTHORITY]), name);
}

void
kaf_sign_in_window_set_authority (KafSignInWindow *self, GFile *file)
{
  g_return_if_fail (KAF_IS_SIGN_IN_WINDOW (self));
  g_file_load_contents_async (file, self->cancellable, on_loaded, g_object_ref (self));
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSignInWindow) self = data;
  g_autoptr (GFile) file = kaf_file_chooser_finish (result, NULL);

  if (file != NULL && !g_cancellable_is_cancelled (self->cancellable))
    kaf_sign_in_window_set_authority (self, file);
}

static void
on_choose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafSignInWindow *self = KAF_SIGN_IN_WINDOW (widget);

  kaf_file_chooser_open_async (GTK_WINDOW (self), _ ("Choose the Certificate of the Authority"),
                               _ ("Choose"), KAF_SIGN_IN_CERTIFICATES, _ ("Certificates"),
                               self->cancellable, on_chosen, g_object_ref (self));
}

/* The window */

static void
kaf_sign_in_window_dispose (GObject *object)
{
  KafSignInWindow *self = KAF_SIGN_IN_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->asking);
  G_OBJECT_CLASS (kaf_sign_in_window_parent_class)->dispose (object);
}

static void
kaf_sign_in_window_finalize (GObject *object)
{
  KafSignInWindow *self = KAF_SIGN_IN_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->asking);
  g_clear_object (&self->agent);
  g_free (self->authority);
  G_OBJECT_CLASS (kaf_sign_in_window_parent_class)->finalize (object);
}

static void
kaf_sign_in_window_class_init (KafSignInWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_sign_in_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_sign_in_window_finalize;
  gtk_widget_class_install_action (widget_class, "sign-in.run", NULL, on_run);
  gtk_widget_class_install_action (widget_class, "sign-in.cancel", NULL, on_cancel);
  gtk_widget_class_install_action (widget_class, "sign-in.choose", NULL, on_choose);
  gtk_widget_class_install_action (widget_class, "sign-in.remove-samples", NULL, on_remove_samples);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "sign-in.cancel", NULL);
}

static GtkWidget *
make_error_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "kaf-field-error");
  gtk_widget_set_visible (label, FALSE);
  return label;
}

static void
add_field (KafSignInWindow *self, KafSignInPlace place, GtkWidget *row, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  self->rows[place] = row;
  self->errors[place] = make_error_label ();
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->errors[place]);
  gtk_box_append (GTK_BOX (self->fields), group);
}

static GtkWidget *
make_entry (KafSignInWindow *self, GType type)
{
  GtkWidget *row = g_object_new (type, NULL);

  gtk_editable_set_enable_undo (GTK_EDITABLE (row), type != ADW_TYPE_PASSWORD_ENTRY_ROW);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (gtk_widget_activate_default), row);
  return row;
}

static GtkWidget *
make_authority_row (void)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Choose…"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               _ ("Only where your administrator gave you one"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "sign-in.choose");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose the Certificate of the Authority"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  return row;
}

static GtkWidget *
make_header (KafSignInWindow *self)
{
  GtkWidget *run;
  GtkWidget *header = kaf_dialog_header_new ("sign-in.cancel", _ ("Sign In"), "sign-in.run", &run);

  self->spinner = gtk_spinner_new ();
  gtk_widget_set_visible (self->spinner, FALSE);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->spinner);
  gtk_window_set_default_widget (GTK_WINDOW (self), run);
  return header;
}

static void
add_fields (KafSignInWindow *self)
{
  self->fields = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  add_field (self, KAF_SIGN_IN_URL, make_entry (self, ADW_TYPE_ENTRY_ROW),
             _ ("Address of the server"));
  add_field (self, KAF_SIGN_IN_USER, make_entry (self, ADW_TYPE_ENTRY_ROW), _ ("Account"));
  add_field (self, KAF_SIGN_IN_PASSWORD, make_entry (self, ADW_TYPE_PASSWORD_ENTRY_ROW),
             C_ ("field", "Password"));
  add_field (self, KAF_SIGN_IN_AUTHORITY, make_authority_row (),
             _ ("Certificate of the authority"));
  self->errors[KAF_SIGN_IN_WHOLE] = make_error_label ();
  gtk_box_append (GTK_BOX (self->fields), self->errors[KAF_SIGN_IN_WHOLE]);
  self->samples = gtk_button_new_with_label (_ ("Remove the Sample Data and Sign In"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->samples), "sign-in.remove-samples");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->samples), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove the Sample Data and Sign In"), -1);
  gtk_widget_set_halign (self->samples, GTK_ALIGN_END);
  gtk_widget_set_visible (self->samples, FALSE);
  gtk_box_append (GTK_BOX (self->fields), self->samples);
}

static void
kaf_sign_in_window_init (KafSignInWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->cancellable = g_cancellable_new ();
  add_fields (self);
  gtk_widget_add_css_class (self->fields, "kaf-page");
  adw_clamp_set_child (ADW_CLAMP (clamp), self->fields);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Connect to a Server"));
  gtk_window_set_default_size (GTK_WINDOW (self), 480, 520);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

/* Of a store that belongs to a server: who signs in is known. */
static void
fill (KafSignInWindow *self)
{
  const KafSyncStatus *status = kaf_sync_agent_get_status (self->agent);

  self->again = status->url != NULL;
  if (!self->again)
    {
      gtk_widget_grab_focus (self->rows[KAF_SIGN_IN_URL]);
      return;
    }
  gtk_window_set_title (GTK_WINDOW (self), _ ("Sign In Again"));
  gtk_editable_set_text (GTK_EDITABLE (self->rows[KAF_SIGN_IN_URL]), status->url);
  gtk_editable_set_text (GTK_EDITABLE (self->rows[KAF_SIGN_IN_USER]),
                         status->user != NULL ? status->user : "");
  gtk_widget_set_sensitive (self->rows[KAF_SIGN_IN_URL], FALSE);
  gtk_widget_set_sensitive (self->rows[KAF_SIGN_IN_USER], FALSE);
  gtk_widget_grab_focus (self->rows[KAF_SIGN_IN_PASSWORD]);
}

GtkWidget *
kaf_sign_in_window_new (GtkWindow *parent, KafSyncAgent *agent)
{
  KafSignInWindow *self = g_object_new (KAF_TYPE_SIGN_IN_WINDOW, "transient-for", parent, NULL);

  self->agent = g_object_ref (agent);
  fill (self);
  return GTK_WIDGET (self);
}

void
kaf_sign_in_window_set_text (KafSignInWindow *self, KafSignInPlace place, const char *text)
{
  g_return_if_fail (KAF_IS_SIGN_IN_WINDOW (self));
  g_return_if_fail (place < KAF_SIGN_IN_AUTHORITY);
  gtk_editable_set_text (GTK_EDITABLE (self->rows[place]), text);
}

const char *
kaf_sign_in_window_get_error (KafSignInWindow *self, KafSignInPlace place)
{
  g_return_val_if_fail (KAF_IS_SIGN_IN_WINDOW (self), NULL);
  return gtk_widget_get_visible (self->errors[place])
             ? gtk_label_get_label (GTK_LABEL (self->errors[place]))
             : NULL;
}
