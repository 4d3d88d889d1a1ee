/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form, while others write to the record that stands open in it. */
#include "config.h"

#include "kaf-display.h"

#include <adwaita.h>
#include <string.h>

#include "schema/kaf-registry.h"
#include "ui/compat/kaf-banner.h"
#include "ui/form/kaf-follower.h"
#include "ui/form/kaf-form-page.h"

static KafStore *store;

static void
settle (void)
{
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
}

typedef struct
{
  GtkWidget *window;
  KafFormPage *page;
  char *saved_id;
  KafReceipt *receipt;
} Form;

static void
on_saved (Form *form, KafReceipt *receipt, const char *id)
{
  form->saved_id = g_strdup (id);
  form->receipt = receipt != NULL ? kaf_receipt_ref (receipt) : NULL;
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

/* On the lane that writes, so that it comes after what the form keeps. */
static gpointer
has_draft (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafDraft) draft = kaf_draft_load (db, kaf_registry_find ("expert"), data);

  return GINT_TO_POINTER (draft != NULL);
}

/* What others write */

static void
write_as_karim (const char *id, const char *field, const char *value)
{
  kaf_display_write_as_karim (store, "person", id, field, value);
}

static char *
get_value (Form *form, const char *field)
{
  char *value = NULL;

  kaf_field_row_get_value (kaf_form_page_get_row (form->page, field), &value, NULL);
  return value;
}

static gboolean
shows (Form *form, const char *field, const char *value)
{
  g_autofree char *now = get_value (form, field);

  return g_strcmp0 (now, value) == 0;
}

static const char *
get_news (Form *form, const char *field)
{
  return kaf_field_row_get_news (kaf_form_page_get_row (form->page, field));
}

static void
answer_news (Form *form, const char *field)
{
  g_signal_emit_by_name (kaf_form_page_get_row (form->page, field), "news-answered");
}

/* In a banner of the page. */
static gboolean
tells_of_news (Form *form)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (form->page)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (KAF_IS_BANNER (child) && kaf_banner_get_revealed (KAF_BANNER (child)) &&
        strstr (kaf_banner_get_title (KAF_BANNER (child)), "that you typed in") != NULL)
      return TRUE;
  return FALSE;
}

static void
assert_field (const char *id, const char *field, const char *value)
{
  g_autoptr (KafRecord) record = read_record ("person", id);

  g_assert_cmpstr (kaf_record_get (record, field), ==, value);
}

static char *
create_in (const char *family, const char *city)
{
  char *id = kaf_display_add_expert (store, family, "Nadia", NULL, NULL);

  write_as_karim (id, "city", city);
  return id;
}

/* What nobody types in follows, the field that has the cursor too, and what was typed elsewhere stays. */
static void
test_followed (void)
{
  g_autofree char *id = create_in ("Lahlou", "Anvers");
  Form form;

  open_form (&form, "expert", id, NULL);
  put (&form, "emails", "nadia@example.org");
  kaf_field_row_focus (kaf_form_page_get_row (form.page, "city"));
  write_as_karim (id, "city", "Liège");
  KAF_WAIT (shows (&form, "city", "Liège"));
  g_assert_null (get_news (&form, "city"));
  g_assert_false (tells_of_news (&form));
  g_assert_true (shows (&form, "emails", "nadia@example.org"));
  save (&form);
  close_form (&form);
  assert_field (id, "city", "Liège");
  assert_field (id, "emails", "nadia@example.org");
}

/* What was typed stays, and who wrote what meanwhile stands under it; either is a button away, and neither is lost. */
static void
test_told (void)
{
  g_autofree char *id = create_in ("Bouzid", "Anvers");
  Form form;

  open_form (&form, "expert", id, NULL);
  put (&form, "city", "Namur");
  write_as_karim (id, "city", "Liège");
  KAF_WAIT (get_news (&form, "city") != NULL);
  g_assert_nonnull (strstr (get_news (&form, "city"), "Karim"));
  g_assert_nonnull (strstr (get_news (&form, "city"), "Liège"));
  g_assert_true (tells_of_news (&form));
  g_assert_true (shows (&form, "city", "Namur"));

  answer_news (&form, "city");
  g_assert_true (shows (&form, "city", "Liège"));
  g_assert_false (tells_of_news (&form));
  g_assert_nonnull (strstr (get_news (&form, "city"), "Namur"));
  answer_news (&form, "city");
  g_assert_true (shows (&form, "city", "Namur"));
  g_assert_true (tells_of_news (&form));

  /* Told again of what comes after, and typed over knowingly. */
  write_as_karim (id, "city", "Mons");
  KAF_WAIT (get_news (&form, "city") != NULL && strstr (get_news (&form, "city"), "Mons") != NULL);
  save (&form);
  close_form (&form);
  assert_field (id, "city", "Namur");
}

/* Typing what the other wrote is no quarrel. */
static void
test_told_same (void)
{
  g_autofree char *id = create_in ("Chraibi", "Anvers");
  Form form;

  open_form (&form, "expert", id, NULL);
  put (&form, "city", "Liège");
  write_as_karim (id, "city", "Liège");
  KAF_WAIT (!kaf_field_row_is_touched (kaf_form_page_get_row (form.page, "city")));
  g_assert_null (get_news (&form, "city"));
  save (&form);
  g_assert_null (form.receipt);
  close_form (&form);
}

/* The edit comes in the moment of saving: nothing is written, and saving again does it knowingly. */
static void
test_unseen (void)
{
  g_autofree char *id = create_in ("Drissi", "Anvers");
  Form form;

  open_form (&form, "expert", id, NULL);
  put (&form, "city", "Namur");
  write_as_karim (id, "city", "Liège");
  act (&form, "form.save");
  KAF_WAIT (get_news (&form, "city") != NULL && !kaf_form_page_is_saving (form.page));
  g_assert_null (form.saved_id);
  assert_field (id, "city", "Liège");
  save (&form);
  close_form (&form);
  assert_field (id, "city", "Namur");
}

/* The town and the country are one thing: whoever keeps what was typed keeps both, and whoever takes theirs takes both. */
static void
test_unit (void)
{
  g_autofree char *id = create_in ("Filali", "Anvers");
  Form form;

  write_as_karim (id, "country", "BE");
  open_form (&form, "expert", id, NULL);
  put (&form, "country", "NL");
  write_as_karim (id, "city", "Liège");
  KAF_WAIT (get_news (&form, "country") != NULL);
  g_assert_nonnull (strstr (get_news (&form, "country"), "Liège"));
  g_assert_nonnull (strstr (get_news (&form, "country"), "Belgium"));
  g_assert_true (shows (&form, "city", "Anvers"));
  answer_news (&form, "country");
  g_assert_true (shows (&form, "city", "Liège"));
  g_assert_true (shows (&form, "country", "BE"));
  answer_news (&form, "country");
  save (&form);
  close_form (&form);
  assert_field (id, "city", "Anvers");
  assert_field (id, "country", "NL");
}

/* On the disk when it returns. */
static void
keep_draft (Form *form, const char *id)
{
  kaf_form_page_keep_draft (form->page);
  g_assert_nonnull (kaf_display_run (store, has_draft, id));
}

/* A draft is of what stood there when it was typed: what came since is told with it, as often as it is taken up. */
static void
test_told_draft (void)
{
  g_autofree char *id = create_in ("Hajji", "Anvers");
  Form form;

  open_form (&form, "expert", id, NULL);
  put (&form, "city", "Namur");
  keep_draft (&form, id);
  close_form (&form);
  write_as_karim (id, "city", "Liège");
  for (guint i = 0; i < 2; i++)
    {
      open_form (&form, "expert", id, NULL);
      g_assert_null (get_news (&form, "city"));
      act (&form, "form.resume-draft");
      KAF_WAIT (get_news (&form, "city") != NULL);
      g_assert_nonnull (strstr (get_news (&form, "city"), "Liège"));
      g_assert_true (shows (&form, "city", "Namur"));
      put (&form, "emails", i == 0 ? "a@example.org" : "b@example.org");
      keep_draft (&form, id);
      if (i == 1)
        save (&form);
      close_form (&form);
    }
  assert_field (id, "city", "Namur");
}

typedef struct
{
  gboolean done, written, told;
} Kept;

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  Kept *kept = data;
  KafFault fault;
  g_autoptr (KafReceipt) receipt =
      kaf_follower_commit_finish (KAF_FOLLOWER (source), result, &kept->told, &fault, NULL);

  kept->written = receipt != NULL;
  kept->done = TRUE;
}

static void
keep (KafFollower *follower, const char *id, const char *field, const char *value, Kept *kept)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) change = kaf_record_new (kaf_registry_find ("person"), id);

  kaf_record_set (change, field, value);
  kaf_change_set_update (set, change);
  kaf_follower_commit_async (follower, set, NULL, on_kept, kept);
}

/* One edit after the other, before the first is written: what failed is nobody's edit, and what was written his own. */
static void
test_quick (void)
{
  g_autofree char *id = create_in ("Ziani", "Anvers");
  g_autoptr (KafRecord) record = read_record ("person", id);
  g_autoptr (KafFollower) follower = kaf_follower_new (store);
  static const struct
  {
    const char *value;
    gboolean written;
  } edits[] = {
    { "nowhere", FALSE }, { "DE", TRUE }, { "nowhere", FALSE }, { "FR", TRUE }, { "IT", TRUE }
  };
  Kept kept[G_N_ELEMENTS (edits)] = { { FALSE } };

  kaf_follower_add (follower, record);
  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      keep (follower, id, "country", edits[i].value, &kept[i]);
      g_assert_cmpstr (
          kaf_record_get (kaf_follower_get_known (follower, kaf_registry_find ("person")),
                          "country"),
          ==, edits[i].value);
    }
  KAF_WAIT (kept[G_N_ELEMENTS (edits) - 1].done);
  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_assert_true (kept[i].done && kept[i].written == edits[i].written);
      g_assert_false (kept[i].told);
    }
  assert_field (id, "country", "IT");
  g_assert_cmpstr (
      kaf_record_get (kaf_follower_get_known (follower, kaf_registry_find ("person")), "country"),
      ==, "IT");

  /* What failed is not known either. */
  keep (follower, id, "country", "nowhere", &kept[0]);
  kept[0].done = FALSE;
  KAF_WAIT (kept[0].done);
  g_assert_cmpstr (
      kaf_record_get (kaf_follower_get_known (follower, kaf_registry_find ("person")), "country"),
      ==, "IT");

  /* A colleague's edit between them is told all the same. */
  write_as_karim (id, "country", "ES");
  kept[0].done = kept[1].done = FALSE;
  keep (follower, id, "country", "nowhere", &kept[0]);
  keep (follower, id, "country", "PT", &kept[1]);
  KAF_WAIT (kept[0].done && kept[1].done);
  g_assert_true (kept[1].told && !kept[1].written);
  assert_field (id, "country", "ES");
  kaf_follower_stop (follower);
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  store = kaf_window_get_store (kaf_display_open ("form"));

  g_test_add_func ("/form-follow/followed", test_followed);
  g_test_add_func ("/form-follow/told", test_told);
  g_test_add_func ("/form-follow/told-same", test_told_same);
  g_test_add_func ("/form-follow/unseen", test_unseen);
  g_test_add_func ("/form-follow/unit", test_unit);
  g_test_add_func ("/form-follow/told-draft", test_told_draft);
  g_test_add_func ("/form-follow/quick", test_quick);
  return kaf_display_finish (g_test_run ());
}
