/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form of a record, by its actions: create, edit, errors, drafts, persons alike. */
#include "config.h"

#include "kaf-display.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "schema/kaf-registry.h"
#include "ui/compat/kaf-banner.h"
#include "ui/form/kaf-draft-keeper.h"
#include "ui/form/kaf-duplicate-hint.h"
#include "ui/form/kaf-editor.h"
#include "ui/form/kaf-form-outline.h"
#include "ui/form/kaf-form-page.h"

static KafStore *store;

static void
settle (void)
{
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
}

/* Shown or not. */
static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

typedef struct
{
  GtkWidget *window;
  KafFormPage *page;
  char *saved_id;
  KafReceipt *receipt;
  gboolean cancelled;
} Form;

static void
on_saved (Form *form, KafReceipt *receipt, const char *id)
{
  form->saved_id = g_strdup (id);
  form->receipt = receipt != NULL ? kaf_receipt_ref (receipt) : NULL;
}

static void
on_cancelled (Form *form)
{
  form->cancelled = TRUE;
}

static gboolean
is_cancelled (gpointer data)
{
  return ((Form *) data)->cancelled;
}

static gboolean
is_ready (gpointer data)
{
  return kaf_form_page_is_ready (data);
}

static void
open_form (Form *form, const char *entity, const char *id, KafRecord *preset)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  memset (form, 0, sizeof *form);
  form->page = KAF_FORM_PAGE (kaf_form_page_new (store, kaf_registry_find (entity), id, preset));
  g_signal_connect_swapped (form->page, "saved", G_CALLBACK (on_saved), form);
  g_signal_connect_swapped (form->page, "cancelled", G_CALLBACK (on_cancelled), form);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), GTK_WIDGET (form->page));
  form->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (form->window), overlay);
  gtk_window_set_default_size (GTK_WINDOW (form->window), 1140, 700);
  gtk_window_present (GTK_WINDOW (form->window));
  KAF_WAIT (is_ready (form->page));
  settle ();
}

static void
close_form (Form *form)
{
  gtk_window_destroy (GTK_WINDOW (form->window));
  settle ();
  g_clear_pointer (&form->receipt, kaf_receipt_unref);
  g_clear_pointer (&form->saved_id, g_free);
}

static void
put (Form *form, const char *field, const char *typed)
{
  KafFieldRow *row = kaf_form_page_get_row (form->page, field);

  g_assert_nonnull (row);
  kaf_field_row_set_typed (row, typed);
}

static void
act (Form *form, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (form->page), action, NULL));
}

static gboolean
is_saved (gpointer data)
{
  Form *form = data;

  return form->saved_id != NULL;
}

static void
save (Form *form)
{
  act (form, "form.save");
  KAF_WAIT (is_saved (form));
}

typedef struct
{
  KafRecord *record;
  gboolean done;
} Reading;

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;
  g_autoptr (GError) error = NULL;

  reading->record = kaf_store_load_finish (KAF_STORE (source), result, &error);
  g_assert_no_error (error);
  reading->done = TRUE;
}

static gboolean
is_read (gpointer data)
{
  return ((Reading *) data)->done;
}

static KafRecord *
read_record (const char *entity, const char *id)
{
  Reading reading = { 0 };

  kaf_store_load_async (store, kaf_registry_find (entity), id, NULL, on_read, &reading);
  KAF_WAIT (is_read (&reading));
  return reading.record;
}

static gpointer
load_draft (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const char *const *what = data;

  return kaf_draft_load (db, kaf_registry_find (what[0]), what[1]);
}

typedef struct
{
  KafDraft *draft;
  gboolean done;
} DraftReading;

static void
on_draft (GObject *source, GAsyncResult *result, gpointer data)
{
  DraftReading *reading = data;

  reading->draft = kaf_store_run_finish (KAF_STORE (source), result, NULL);
  reading->done = TRUE;
}

static gboolean
draft_is_read (gpointer data)
{
  return ((DraftReading *) data)->done;
}

/* What is kept of a form, read on the lane that writes so that it comes after. */
static char *
read_draft (const char *entity, const char *slot)
{
  const char *what[] = { entity, slot };
  DraftReading reading = { 0 };
  char *fields;

  kaf_store_run_async (store, KAF_LANE_WRITE, load_draft, what, NULL, NULL, NULL, on_draft,
                       &reading);
  KAF_WAIT (draft_is_read (&reading));
  if (reading.draft == NULL)
    return NULL;
  fields = g_strdup (reading.draft->fields);
  kaf_draft_free (reading.draft);
  return fields;
}

static char *
create_expert (const char *family, const char *given, const char *phone)
{
  Form form;
  char *id;

  open_form (&form, "expert", NULL, NULL);
  put (&form, "family_name", family);
  put (&form, "given_name", given);
  if (phone != NULL)
    put (&form, "phones", phone);
  save (&form);
  id = g_strdup (form.saved_id);
  close_form (&form);
  return id;
}

static void
test_create (void)
{
  g_autoptr (KafRecord) person = NULL;
  g_autoptr (KafRecord) expert = NULL;
  g_autofree char *draft = NULL;
  g_autofree char *status = NULL;
  Form form;

  open_form (&form, "expert", NULL, NULL);
  /* What a record begins with shows, and is not a draft of anybody's. */
  g_assert_true (
      kaf_field_row_get_value (kaf_form_page_get_row (form.page, "status"), &status, NULL));
  g_assert_cmpstr (status, ==, "prospect");
  g_assert_false (kaf_field_row_is_touched (kaf_form_page_get_row (form.page, "status")));
  put (&form, "family_name", "Ouazzani");
  put (&form, "given_name", "Mehdi");
  put (&form, "family_name_ar", "الوزاني");
  put (&form, "country", "DE");
  put (&form, "phones", "+49 151 5550 0199");
  put (&form, "languages", "ar\tnative\nde\tC1");
  put (&form, "mode", "occasional");
  put (&form, "interests", "training\nmentoring");
  put (&form, "employed_since", "mars 2014");
  save (&form);

  /* Both records are one batch: they are undone together. */
  g_assert_nonnull (form.receipt);
  g_assert_cmpuint (form.receipt->n_records, ==, 2);
  person = read_record ("person", form.saved_id);
  expert = read_record ("expert", form.saved_id);
  g_assert_cmpstr (kaf_record_get (person, "family_name"), ==, "Ouazzani");
  g_assert_cmpstr (kaf_record_get (person, "status"), ==, "prospect");
  g_assert_cmpstr (kaf_record_get (person, "phones"), ==, "+4915155500199");
  g_assert_cmpstr (kaf_record_get (person, "languages"), ==, "ar\tnative\nde\tC1");
  g_assert_cmpstr (kaf_record_get (expert, "mode"), ==, "occasional");
  g_assert_cmpstr (kaf_record_get (expert, "employed_since"), ==, "2014-03");
  draft = read_draft ("expert", "new");
  g_assert_null (draft);
  close_form (&form);
}

static void
test_edit (void)
{
  g_autofree char *id = create_expert ("Alami", "Nadia", "+212612000001");
  g_autoptr (KafRecord) person = NULL;
  Form form;

  open_form (&form, "expert", id, NULL);
  put (&form, "city", "Agadir");
  save (&form);
  /* Only the person changed: the facet is not written. */
  g_assert_cmpuint (form.receipt->n_records, ==, 1);
  person = read_record ("person", id);
  g_assert_cmpstr (kaf_record_get (person, "city"), ==, "Agadir");
  g_assert_cmpstr (kaf_record_get (person, "phones"), ==, "+212612000001");
  close_form (&form);

  /* Nothing changed: nothing is written. */
  open_form (&form, "expert", id, NULL);
  save (&form);
  g_assert_null (form.receipt);
  close_form (&form);
}

static gboolean
has_error (gpointer data)
{
  return kaf_field_row_get_error (data) != NULL;
}

static void
test_errors (void)
{
  Form form;
  KafFieldRow *phone;
  KafFormOutline *outline;
  guint wrong = 0;

  open_form (&form, "expert", NULL, NULL);
  outline = KAF_FORM_OUTLINE (find (GTK_WIDGET (form.page), KAF_TYPE_FORM_OUTLINE));
  phone = kaf_form_page_get_row (form.page, "phones");
  put (&form, "family_name", "Selmi");
  put (&form, "country", "DE");
  put (&form, "phones", "0151 5550 0177");
  act (&form, "form.save");
  settle ();

  /* Stays on the page, leads to the row, says how many in which section. */
  g_assert_null (form.saved_id);
  g_assert_nonnull (kaf_field_row_get_error (phone));
  g_assert_true (
      gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (form.window)), GTK_WIDGET (phone)));
  for (guint i = 0; i < 6; i++)
    if (g_strcmp0 (kaf_form_outline_get_badge (outline, i), "1") == 0)
      wrong++;
  g_assert_cmpuint (wrong, ==, 1);

  kaf_field_row_apply_suggestion (phone);
  save (&form);
  close_form (&form);

  /* A rule of the entity leads to its field as well. */
  open_form (&form, "expert", NULL, NULL);
  put (&form, "city", "Munich");
  act (&form, "form.save");
  KAF_WAIT (has_error (kaf_form_page_get_row (form.page, "family_name")));
  g_assert_null (form.saved_id);
  put (&form, "family_name", "Tazi");
  g_assert_null (kaf_field_row_get_error (kaf_form_page_get_row (form.page, "family_name")));
  save (&form);
  close_form (&form);
}

static void
test_draft (void)
{
  g_autofree char *kept = NULL;
  g_autofree char *typed = NULL;
  g_autofree char *dropped = NULL;
  g_autoptr (KafRecord) person = NULL;
  Form form;

  open_form (&form, "expert", NULL, NULL);
  put (&form, "family_name", "Chraibi");
  put (&form, "emails", "not an address");
  act (&form, "form.cancel");
  KAF_WAIT (is_cancelled (&form));
  close_form (&form);
  kept = read_draft ("expert", "new");
  g_assert_nonnull (kept);
  g_assert_nonnull (strstr (kept, "Chraibi"));
  g_assert_nonnull (strstr (kept, "not an address"));

  /* Offered again, wrong text and all; nothing is filled until it is asked for. */
  open_form (&form, "expert", NULL, NULL);
  typed = kaf_field_row_get_typed (kaf_form_page_get_row (form.page, "family_name"));
  g_assert_cmpstr (typed, ==, "");
  act (&form, "form.resume-draft");
  g_free (typed);
  typed = kaf_field_row_get_typed (kaf_form_page_get_row (form.page, "family_name"));
  g_assert_cmpstr (typed, ==, "Chraibi");
  g_free (typed);
  typed = kaf_field_row_get_typed (kaf_form_page_get_row (form.page, "emails"));
  g_assert_cmpstr (typed, ==, "not an address");
  put (&form, "emails", "c@exemple.org");
  save (&form);
  person = read_record ("person", form.saved_id);
  g_assert_cmpstr (kaf_record_get (person, "emails"), ==, "c@exemple.org");
  close_form (&form);
  dropped = read_draft ("expert", "new");
  g_assert_null (dropped);
}

static void
test_discard (void)
{
  g_autofree char *id = create_expert ("Berrada", "Imane", NULL);
  g_autofree char *kept = NULL;
  g_autofree char *dropped = NULL;
  Form form;

  open_form (&form, "expert", id, NULL);
  put (&form, "city", "Lyon");
  kaf_form_page_keep_draft (form.page);
  kept = read_draft ("expert", id);
  g_assert_nonnull (strstr (kept, "\"person.city\":\"Lyon\""));
  g_assert_null (strstr (kept, "person.country\":"));
  close_form (&form);

  open_form (&form, "expert", id, NULL);
  act (&form, "form.discard-draft");
  dropped = read_draft ("expert", id);
  g_assert_null (dropped);
  /* Untouched: leaving says and keeps nothing. */
  act (&form, "form.cancel");
  g_assert_true (form.cancelled);
  close_form (&form);
  dropped = read_draft ("expert", id);
  g_assert_null (dropped);
}

/* Who was chosen in the list joins a network whose form was lost meanwhile. */
static void
test_members (void)
{
  g_autofree char *first = create_expert ("Idrissi", "Salma", NULL);
  g_autofree char *second = create_expert ("Tazi", "Omar", NULL);
  g_autofree char *third = create_expert ("Naciri", "Hind", NULL);
  const char *chosen[] = { first, second, NULL };
  const char *since[] = { second, third, NULL };
  Form form;

  open_form (&form, "network", NULL, NULL);
  kaf_form_page_set_members (form.page, chosen);
  put (&form, "name_fr", "Reseau des deux");
  kaf_form_page_keep_draft (form.page);
  close_form (&form);

  /* Taken up where another choice stands: nobody is lost, and nobody joins twice. */
  open_form (&form, "network", NULL, NULL);
  kaf_form_page_set_members (form.page, since);
  act (&form, "form.resume-draft");
  put (&form, "kind", "network");
  put (&form, "basis", "thematic");
  save (&form);
  g_assert_cmpuint (form.receipt->n_records, ==, 5);
  close_form (&form);
}

static void
begin_within (const char *parent, const char *kind, const char *title)
{
  g_autoptr (KafRecord) preset = kaf_record_new (kaf_registry_find ("convention"), NULL);
  Form form;

  kaf_record_set (preset, "parent", parent);
  kaf_record_set (preset, "kind", kind);
  open_form (&form, "convention", NULL, preset);
  put (&form, "title_fr", title);
  kaf_form_page_keep_draft (form.page);
  close_form (&form);
}

/* An amendment and a specific convention that are begun on one page do not take each other's place. */
static void
test_kinds (void)
{
  g_autofree char *parent = NULL;
  g_autofree char *slot = NULL;
  g_autofree char *other = NULL;
  g_autofree char *specific = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *title = NULL;
  Form form;

  open_form (&form, "convention", NULL, NULL);
  put (&form, "title_fr", "Cadre");
  put (&form, "kind", "framework");
  save (&form);
  parent = g_strdup (form.saved_id);
  close_form (&form);

  begin_within (parent, "specific", "Convention de sante");
  begin_within (parent, "amendment", "Avenant de duree");
  other = g_strdup_printf ("new:%s:specific", parent);
  specific = read_draft ("convention", other);
  g_assert_nonnull (specific);
  g_assert_nonnull (strstr (specific, "Convention de sante"));

  /* By its slot alone, as the home page does it. */
  slot = g_strdup_printf ("new:%s:amendment", parent);
  open_form (&form, "convention", slot, NULL);
  kind = kaf_field_row_get_typed (kaf_form_page_get_row (form.page, "kind"));
  title = kaf_field_row_get_typed (kaf_form_page_get_row (form.page, "title_fr"));
  g_assert_cmpstr (kind, ==, "amendment");
  g_assert_cmpstr (title, ==, "Avenant de duree");
  close_form (&form);
}

/* A form whose window goes without a word (a crash of the session) has been kept by then. */
static gboolean
draft_holds (gpointer data)
{
  g_autofree char *draft = read_draft ("organisation", "new");

  return draft != NULL && strstr (draft, data) != NULL;
}

static void
test_kept_while_typing (void)
{
  Form form;

  open_form (&form, "organisation", NULL, NULL);
  put (&form, "name_fr", "Association des essais");
  KAF_WAIT (draft_holds ("des essais"));
  act (&form, "form.discard-draft");
  close_form (&form);
  kaf_draft_keeper_drop_slot (store, kaf_registry_find ("organisation"), "new");
}

/* Another program that writes, for as long as a test wants. */
static sqlite3 *
hold_store (void)
{
  sqlite3 *other = NULL;

  g_assert_cmpint (sqlite3_open (kaf_store_get_path (store), &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  return other;
}

static void
release_store (sqlite3 *other)
{
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (other), ==, SQLITE_OK);
}

static const char *
get_subtitle (Form *form)
{
  return adw_window_title_get_subtitle (
      ADW_WINDOW_TITLE (find (GTK_WIDGET (form->page), ADW_TYPE_WINDOW_TITLE)));
}

static gboolean
says_not_kept (gpointer data)
{
  return strcmp (get_subtitle (data), "Draft not kept yet") == 0;
}

static gboolean
says_kept (gpointer data)
{
  return g_str_has_prefix (get_subtitle (data), "Draft kept at ");
}

static GtkWindow *
find_dialog (Form *form)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (ADW_IS_MESSAGE_DIALOG (item->data) &&
        gtk_window_get_transient_for (item->data) == GTK_WINDOW (form->window))
      return item->data;
  return NULL;
}

static gboolean
is_asked (gpointer data)
{
  return find_dialog (data) != NULL;
}

static void
respond (Form *form, const char *response)
{
  GtkWindow *dialog = find_dialog (form);

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (dialog);
  settle ();
}

static const char *
get_banner (Form *form)
{
  KafBanner *banner = KAF_BANNER (find (GTK_WIDGET (form->page), KAF_TYPE_BANNER));

  return kaf_banner_get_revealed (banner) ? kaf_banner_get_title (banner) : "";
}

static GtkWidget *
find_save (GtkWidget *widget)
{
  if (GTK_IS_ACTIONABLE (widget) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), "form.save") == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_save (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
may_save (gpointer data)
{
  GtkWidget *button = find_save (GTK_WIDGET (((Form *) data)->page));

  return gtk_widget_get_sensitive (button);
}

static gboolean
banner_says_kept (gpointer data)
{
  return strstr (get_banner (data), "What you are typing is kept as a draft.") != NULL;
}

/* What the window says of a draft is true while another program keeps the store from it. */
static void
test_not_kept (void)
{
  g_autofree char *draft = NULL;
  sqlite3 *other;
  Form form;

  open_form (&form, "expert", NULL, NULL);
  /* What is still to be written of earlier cases would wait for the store first, five seconds each. */
  g_assert_null (read_draft ("expert", "new"));
  other = hold_store ();
  put (&form, "family_name", "Essaidi");
  KAF_WAIT (says_not_kept (&form));
  g_assert_nonnull (strstr (get_banner (&form), "What you typed is not kept yet"));

  /* The form stays unless it is said twice. */
  act (&form, "form.cancel");
  KAF_WAIT (is_asked (&form));
  g_assert_false (form.cancelled);
  respond (&form, "stay");
  g_assert_false (form.cancelled);
  act (&form, "form.cancel");
  KAF_WAIT (is_asked (&form));
  respond (&form, "leave");
  g_assert_true (form.cancelled);

  /* Saving fails as well, and does not say that the text is safe. */
  act (&form, "form.save");
  KAF_WAIT (may_save (&form));
  g_assert_null (form.saved_id);
  g_assert_true (says_not_kept (&form));
  g_assert_nonnull (strstr (get_banner (&form), "What you typed is not kept yet"));

  /* Nobody types and nobody leaves: it is tried again. */
  release_store (other);
  KAF_WAIT (says_kept (&form));
  KAF_WAIT (banner_says_kept (&form));
  draft = read_draft ("expert", "new");
  g_assert_nonnull (draft);
  g_assert_nonnull (strstr (draft, "Essaidi"));
  act (&form, "form.discard-draft");
  close_form (&form);
  kaf_draft_keeper_drop_slot (store, kaf_registry_find ("expert"), "new");
}

static gpointer
erase (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  kaf_erase (db, kaf_registry_find ("person"), data, "asked", error);
  return NULL;
}

static void
on_erased (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  g_assert_no_error (error);
}

static void
test_erased (void)
{
  g_autofree char *id = create_expert ("Canaryo", "Rita", NULL);
  g_autofree char *draft = NULL;
  Form form;

  open_form (&form, "expert", id, NULL);
  kaf_store_run_async (store, KAF_LANE_WRITE, erase, id, NULL, NULL, NULL, on_erased, NULL);
  put (&form, "city", "Fes");
  KAF_WAIT (says_not_kept (&form));
  g_assert_nonnull (strstr (get_banner (&form), "This record was erased"));
  draft = read_draft ("expert", id);
  g_assert_null (draft);
  act (&form, "form.cancel");
  KAF_WAIT (is_asked (&form));
  respond (&form, "leave");
  g_assert_true (form.cancelled);
  close_form (&form);
}

static gboolean
has_candidates (gpointer data)
{
  return kaf_duplicate_hint_get_n_candidates (data) > 0;
}

static void
on_open_record (char **opened, const char *entity, const char *id)
{
  *opened = g_strdup_printf ("%s %s", entity, id);
}

static void
test_duplicate (void)
{
  g_autofree char *id = create_expert ("Bennis", "Salma", "+4915155500142");
  g_autofree char *opened = NULL;
  g_autofree char *expected = g_strdup_printf ("expert %s", id);
  KafDuplicateHint *hint;
  Form form;

  open_form (&form, "expert", NULL, NULL);
  hint = KAF_DUPLICATE_HINT (find (GTK_WIDGET (form.page), KAF_TYPE_DUPLICATE_HINT));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (hint)));
  put (&form, "family_name", "Bennis");
  put (&form, "given_name", "Selma");
  put (&form, "phones", "+49 151 5550 0142");
  KAF_WAIT (has_candidates (hint));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (hint)));
  g_assert_cmpstr (kaf_duplicate_hint_get_reason (hint), ==,
                   "Same phone, and the names resemble each other.");

  g_signal_connect_swapped (hint, "open-record", G_CALLBACK (on_open_record), &opened);
  kaf_duplicate_hint_open (hint, 0);
  g_assert_cmpstr (opened, ==, expected);

  kaf_duplicate_hint_dismiss (hint, 0);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (hint)));
  /* Never blocks. */
  save (&form);
  close_form (&form);

  /* Her own record is not one that she resembles. */
  open_form (&form, "expert", id, NULL);
  hint = KAF_DUPLICATE_HINT (find (GTK_WIDGET (form.page), KAF_TYPE_DUPLICATE_HINT));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (hint)));
  close_form (&form);
}

static void
test_preset (void)
{
  g_autofree char *id = create_expert ("Idrissi", "Yasmina", NULL);
  g_autoptr (KafRecord) preset = kaf_record_new (kaf_registry_find ("availability"), NULL);
  g_autoptr (KafRecord) saved = NULL;
  g_autofree char *slot = g_strdup_printf ("new:%s", id);
  g_autofree char *kept = NULL;
  Form form;

  kaf_record_set (preset, "person", id);
  open_form (&form, "availability", NULL, preset);
  put (&form, "valid_from", "4 janvier 2027");
  act (&form, "form.cancel");
  KAF_WAIT (is_cancelled (&form));
  close_form (&form);
  kept = read_draft ("availability", slot);
  g_assert_nonnull (kept);

  /* The slot of the draft leads back to it, with whose it is. */
  open_form (&form, "availability", slot, NULL);
  put (&form, "valid_to", "08/01/2027");
  put (&form, "kind", "free");
  save (&form);
  saved = read_record ("availability", form.saved_id);
  g_assert_cmpstr (kaf_record_get (saved, "person"), ==, id);
  g_assert_cmpstr (kaf_record_get (saved, "valid_from"), ==, "2027-01-04");
  close_form (&form);
}

static void
test_attachment (void)
{
  g_autofree char *path = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (KafRecord) expert = NULL;
  int fd = g_file_open_tmp ("kafaat-cv-XXXXXX.pdf", &path, NULL);
  Form form;

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, "%PDF-1.4 example", -1, NULL));
  uri = g_filename_to_uri (path, NULL, NULL);

  open_form (&form, "expert", NULL, NULL);
  put (&form, "family_name", "Mansouri");
  put (&form, "cv", uri);
  save (&form);
  expert = read_record ("expert", form.saved_id);
  g_assert_nonnull (kaf_record_get (expert, "cv"));
  close_form (&form);
  unlink (path);
}

/* Every entity that people fill has a form made from its table. */
static void
test_every_entity (void)
{
  guint n;
  const KafEntity *const *entities = kaf_registry_entities (&n);

  for (guint i = 0; i < n; i++)
    {
      Form form;

      if (kaf_entity_has (entities[i], KAF_ENTITY_LOCAL_OFFICE))
        continue;
      open_form (&form, entities[i]->id, NULL, NULL);
      for (const KafField *field = entities[i]->fields; field->id != NULL; field++)
        g_assert_true ((kaf_form_page_get_row (form.page, field->id) != NULL) ==
                       !kaf_field_has (field, KAF_FIELD_HIDDEN));
      close_form (&form);
    }
}

/* One column and no outline where there is no room; nothing is wider than the window. */
static void
test_narrow (void)
{
  Form form;
  int minimum;

  open_form (&form, "expert", NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (form.page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  g_assert_cmpint (minimum, <=, 360);
  g_assert_true (
      gtk_widget_get_child_visible (find (GTK_WIDGET (form.page), KAF_TYPE_FORM_OUTLINE)));
  close_form (&form);
}

static gboolean
is_sensitive (Form *form, const char *field)
{
  GtkWidget *row = GTK_WIDGET (kaf_form_page_get_row (form->page, field));

  return gtk_widget_get_sensitive (find (row, KAF_TYPE_EDITOR));
}

static gboolean
is_shown (Form *form, const char *field)
{
  return gtk_widget_get_visible (GTK_WIDGET (kaf_form_page_get_row (form->page, field)));
}

/* A regional officer, who may neither change names nor read notes, types neither: the server would refuse it. She makes no
 * persons, who have names. The last case, as the store has a server from here on. */
static void
test_role (void)
{
  g_autoptr (KafRecord) record = NULL;
  g_autofree char *id = NULL;
  Form form;

  open_form (&form, "person", NULL, NULL);
  put (&form, "family_name", "Ouazzani");
  save (&form);
  id = g_strdup (form.saved_id);
  close_form (&form);

  kaf_display_become (store, "regional-officer");
  KAF_WAIT (!kaf_store_may_make (store, kaf_registry_find ("person")));
  g_assert_false (kaf_store_may_make (store, kaf_registry_find ("expert")));
  g_assert_true (kaf_store_may_write (store, kaf_registry_find ("person")));
  open_form (&form, "person", id, NULL);
  g_assert_true (is_shown (&form, "family_name"));
  g_assert_false (is_sensitive (&form, "family_name"));
  g_assert_false (is_shown (&form, "notes"));
  g_assert_true (is_sensitive (&form, "city"));
  put (&form, "city", "Agadir");
  save (&form);
  close_form (&form);
  record = read_record ("person", id);
  g_assert_cmpstr (kaf_record_get (record, "city"), ==, "Agadir");
  g_assert_cmpstr (kaf_record_get (record, "family_name"), ==, "Ouazzani");

  kaf_display_become (store, "agent");
  KAF_WAIT (kaf_store_may_make (store, kaf_registry_find ("person")));
  open_form (&form, "person", id, NULL);
  g_assert_true (is_sensitive (&form, "family_name"));
  g_assert_true (is_shown (&form, "notes"));
  close_form (&form);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  store = kaf_store_open_finish (result, &error);
  g_assert_no_error (error);
}

static gboolean
store_is_open (gpointer data)
{
  return store != NULL;
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    return 77;
  adw_init ();

  folder = g_dir_make_tmp ("kafaat-form-page-XXXXXX", NULL);
  path = g_build_filename (folder, "kafaat.db", NULL);
  kaf_store_open_async (path, KAF_OPEN_CREATE, NULL, NULL, on_opened, NULL);
  KAF_WAIT (store_is_open (NULL));

  g_test_add_func ("/form-page/create", test_create);
  g_test_add_func ("/form-page/edit", test_edit);
  g_test_add_func ("/form-page/errors", test_errors);
  g_test_add_func ("/form-page/draft", test_draft);
  g_test_add_func ("/form-page/discard", test_discard);
  g_test_add_func ("/form-page/members", test_members);
  g_test_add_func ("/form-page/kinds", test_kinds);
  g_test_add_func ("/form-page/kept-while-typing", test_kept_while_typing);
  g_test_add_func ("/form-page/not-kept", test_not_kept);
  g_test_add_func ("/form-page/erased", test_erased);
  g_test_add_func ("/form-page/duplicate", test_duplicate);
  g_test_add_func ("/form-page/preset", test_preset);
  g_test_add_func ("/form-page/attachment", test_attachment);
  g_test_add_func ("/form-page/every-entity", test_every_entity);
  g_test_add_func ("/form-page/narrow", test_narrow);
  g_test_add_func ("/form-page/role", test_role);
  status = g_test_run ();

  kaf_store_close (store);
  g_object_unref (store);
  return status;
}
