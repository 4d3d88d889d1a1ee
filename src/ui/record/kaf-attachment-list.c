/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files coming in stand in a list of their own under the others: stepping to another record does not
 * disturb them. */
#include "config.h"

#include "ui/record/kaf-attachment-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-size.h"
#include "schema/kaf-registry.h"
#include "ui/record/kaf-pill.h"
#include "ui/record/kaf-record-section.h"

#define PROGRESS_INTERVAL_MS 100

enum
{
  COLUMN_NAME,
  COLUMN_SIZE,
  COLUMN_TYPE,
  COLUMN_CREATED,
  COLUMN_HASH,
  COLUMN_ROLE,
};

struct _KafAttachmentList
{
  GtkBox parent_instance;

  GtkWidget *attach;
  GtkWidget *list;
  GtkWidget *coming;
  guint n_files;
  guint timer;
  KafBlobAgent *files; /* nullable */
};

G_DEFINE_FINAL_TYPE (KafAttachmentList, kaf_attachment_list, GTK_TYPE_BOX)

static void
kaf_attachment_list_dispose (GObject *object)
{
  KafAttachmentList *self = KAF_ATTACHMENT_LIST (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  kaf_attachment_list_set_files (self, NULL);

  G_OBJECT_CLASS (kaf_attachment_list_parent_class)->dispose (object);
}

static void
kaf_attachment_list_class_init (KafAttachmentListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_attachment_list_dispose;
}

static void
kaf_attachment_list_init (KafAttachmentList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  const char *id = g_object_get_data (G_OBJECT (row), "kaf-id");

  if (id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (list), "record.open-file", "s", id);
}

GtkWidget *
kaf_attachment_list_new (void)
{
  KafAttachmentList *self = g_object_new (KAF_TYPE_ATTACHMENT_LIST, NULL);
  GtkWidget *section = kaf_record_section_new (_ ("Attachments"));

  self->attach = kaf_record_section_add_button (KAF_RECORD_SECTION (section), _ ("Attach…"),
                                                _ ("Attach a file"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->attach), "record.attach");
  self->list = kaf_record_section_list (_ ("Attachments"));
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), NULL);
  kaf_record_section_set_child (KAF_RECORD_SECTION (section), self->list);
  gtk_box_append (GTK_BOX (self), section);
  self->coming = kaf_record_section_list (_ ("Files being attached"));
  gtk_widget_set_visible (self->coming, FALSE);
  gtk_box_append (GTK_BOX (self), self->coming);
  return GTK_WIDGET (self);
}

static void
append_item (GMenu *menu, const char *label, const char *action, const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

/* What the file is; a curriculum vitae is chosen by its own item. */
static void
append_roles (GMenu *menu, const KafRow *row)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("attachment"), "role");
  g_autoptr (GMenu) roles = g_menu_new ();

  for (const KafChoice *choice = field->choices; choice->code != NULL; choice++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (choice->label), NULL);

      if (strcmp (choice->code, "cv") == 0 || g_strcmp0 (choice->code, row->raw[COLUMN_ROLE]) == 0)
        continue;
      g_menu_item_set_action_and_target (item, "record.set-file-role", "(ss)", row->id,
                                         choice->code);
      g_menu_append_item (roles, item);
    }
  if (row->raw[COLUMN_ROLE] != NULL)
    {
      g_autoptr (GMenuItem) none = g_menu_item_new (_ ("Nothing in Particular"), NULL);

      g_menu_item_set_action_and_target (none, "record.set-file-role", "(ss)", row->id, "");
      g_menu_append_item (roles, none);
    }
  g_menu_append_submenu (menu, _ ("What It Is"), G_MENU_MODEL (roles));
}

static gboolean
may_choose (KafStore *store, const KafEntity *entity, const char *id)
{
  const KafField *field = kaf_entity_find_field (entity, id);

  return field != NULL && kaf_store_may_write_field (store, entity, field);
}

static GMenuModel *
file_menu (const KafRecordData *data, const KafRow *row, KafStore *store, gboolean writable)
{
  GMenu *menu = g_menu_new ();
  const char *type = row->raw[COLUMN_TYPE];

  append_item (menu, C_ ("action", "Open"), "record.open-file", row->id);
  append_item (menu, _ ("Save As…"), "record.save-file", row->id);
  append_item (menu, _ ("Copy"), "record.copy-file", row->id);
  if (!writable)
    return G_MENU_MODEL (menu);
  if (may_choose (store, data->entity, "cv"))
    append_item (menu, _ ("Use as Curriculum Vitae"), "record.set-cv", row->id);
  if (may_choose (store, data->root, "photo") && type != NULL && g_str_has_prefix (type, "image/"))
    append_item (menu, _ ("Use as Photograph"), "record.set-photo", row->id);
  if (strcmp (data->root->id, "person") != 0)
    append_roles (menu, row);
  append_item (menu, _ ("Remove"), "record.remove-file", row->id);
  return G_MENU_MODEL (menu);
}

/* created_at: µs since 1970, UTC. */
static char *
added_text (const KafRow *row, KafLang lang)
{
  const char *raw = row->raw[COLUMN_CREATED];
  g_autofree char *date = raw != NULL ? kaf_date_from_time (g_ascii_strtoll (raw, NULL, 10)) : NULL;
  g_autofree char *day = date != NULL ? kaf_date_format (date, lang, KAF_DATE_SHORT) : NULL;
  g_autofree char *isolated = day != NULL ? kaf_bidi_isolate (day) : NULL;

  /* Translators: %s is a date. */
  return isolated != NULL ? g_strdup_printf (_ ("added on %s"), isolated) : NULL;
}

static GtkWidget *
two_lines (const char *first, const char *second, GtkWidget **second_label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = gtk_label_new (first);
  GtkWidget *detail = gtk_label_new (second);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_add_css_class (detail, "numeric");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), detail);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  if (second_label != NULL)
    *second_label = detail;
  return box;
}

static char *
size_text (const KafRow *row, KafLang lang)
{
  const char *size = row->raw[COLUMN_SIZE];
  g_autofree char *text = NULL;

  if (size == NULL)
    return NULL;
  text = kaf_size_format (g_ascii_strtoull (size, NULL, 10), lang);
  return kaf_bidi_isolate (text);
}

/* Where the content is, when that is worth a word. (transfer full) (nullable) */
static char *
state_text (KafBlobState state)
{
  switch (state)
    {
    case KAF_BLOB_TO_SEND:
      return g_strdup (_ ("to be sent"));
    case KAF_BLOB_ELSEWHERE:
      return g_strdup (_ ("on the server, opens after downloading"));
    case KAF_BLOB_UNSENT:
      return g_strdup (_ ("on another device, not sent yet"));
    case KAF_BLOB_WANTED:
      return g_strdup (_ ("waiting to be downloaded"));
    case KAF_BLOB_REFUSED:
      return g_strdup (_ ("not taken by the server"));
    case KAF_BLOB_HERE:
    default:
      return NULL;
    }
}

/* Of a content under way. */
static char *
share_text (KafBlobWay way, double share)
{
  int percent = (int) (share * 100);

  /* Translators: %d is a percentage. */
  return way == KAF_BLOB_UP ? g_strdup_printf (_ ("being sent, %d %%"), percent)
                            : g_strdup_printf (_ ("being downloaded, %d %%"), percent);
}

/* The second line of a row: what the file is, then where its content is. */
static void
show_content (KafAttachmentList *self, GtkWidget *row)
{
  GtkWidget *detail = g_object_get_data (G_OBJECT (row), "kaf-detail");
  GtkWidget *stop = g_object_get_data (G_OBJECT (row), "kaf-stop");
  const char *facts = g_object_get_data (G_OBJECT (row), "kaf-facts");
  const char *name = g_object_get_data (G_OBJECT (row), "kaf-name");
  const char *sha256 = g_object_get_data (G_OBJECT (row), "kaf-sha256");
  KafBlobState state = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "kaf-state"));
  KafBlobWay way = KAF_BLOB_UP;
  double share = self->files != NULL ? kaf_blob_agent_get_share (self->files, sha256, &way) : -1;
  g_autofree char *where = share >= 0 ? share_text (way, share) : state_text (state);
  g_autofree char *text = where != NULL && *facts != '\0' ? g_strjoin (" · ", facts, where, NULL)
                          : where != NULL                 ? g_strdup (where)
                                                          : g_strdup (facts);
  g_autofree char *line = kaf_bidi_line (text);
  g_autofree char *label = g_strdup_printf ("%s, %s", name, line);

  gtk_label_set_text (GTK_LABEL (detail), line);
  gtk_widget_set_visible (stop, share >= 0 ? way == KAF_BLOB_DOWN : state == KAF_BLOB_WANTED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
show_contents (KafAttachmentList *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (g_object_get_data (G_OBJECT (row), "kaf-detail") != NULL)
      show_content (self, row);
}

void
kaf_attachment_list_set_files (KafAttachmentList *self, KafBlobAgent *files)
{
  g_return_if_fail (KAF_IS_ATTACHMENT_LIST (self));

  if (self->files == files)
    return;
  if (self->files != NULL)
    g_signal_handlers_disconnect_by_data (self->files, self);
  g_set_object (&self->files, files);
  if (files == NULL)
    return;
  g_signal_connect_object (files, "changed", G_CALLBACK (show_contents), self, G_CONNECT_SWAPPED);
  show_contents (self);
}

static GtkWidget *
stop_button_new (const char *name, const char *id)
{
  g_autofree char *label = g_strdup_printf (_ ("Stop downloading %s"), name);
  GtkWidget *button = kaf_record_section_icon_button ("process-stop-symbolic", label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "record.cancel-fetch");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  gtk_widget_set_visible (button, FALSE);
  return button;
}

/* What show_content() goes by. */
static void
keep_content (
    GtkWidget *widget, const KafRow *row, const char *name, const char *facts, KafBlobState state)
{
  g_object_set_data_full (G_OBJECT (widget), "kaf-id", g_strdup (row->id), g_free);
  g_object_set_data_full (G_OBJECT (widget), "kaf-name", g_strdup (name), g_free);
  g_object_set_data_full (G_OBJECT (widget), "kaf-facts", g_strdup (facts), g_free);
  g_object_set_data_full (G_OBJECT (widget), "kaf-sha256", g_strdup (row->raw[COLUMN_HASH]),
                          g_free);
  g_object_set_data (G_OBJECT (widget), "kaf-state", GINT_TO_POINTER (state));
}

static GtkWidget *
row_new (const KafRecordData *data,
         const KafRow *row,
         KafBlobState state,
         KafStore *store,
         gboolean writable,
         KafLang lang)
{
  GtkWidget *widget = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("mail-attachment-symbolic");
  const char *name = row->cells[COLUMN_NAME] != NULL ? row->cells[COLUMN_NAME] : "";
  g_autofree char *isolated = kaf_bidi_isolate (name);
  g_autofree char *size = size_text (row, lang);
  g_autofree char *added = added_text (row, lang);
  g_autofree char *detail = g_strjoin (size != NULL && added != NULL ? " · " : "",
                                       size != NULL ? size : "", added != NULL ? added : "", NULL);
  g_autofree char *copy = g_strdup_printf (_ ("Copy %s"), name);
  g_autofree char *more = g_strdup_printf (_ ("Actions for %s"), name);
  g_autoptr (GMenuModel) menu = file_menu (data, row, store, writable);
  GtkWidget *button = kaf_record_section_icon_button ("edit-copy-symbolic", copy);
  GtkWidget *stop = stop_button_new (name, row->id);
  gboolean is_cv = g_strcmp0 (kaf_record_data_get (data, "cv"), row->id) == 0;
  GtkWidget *second;

  gtk_widget_add_css_class (icon, "dim-label");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), two_lines (isolated, detail, &second));
  /* The one that serves is told apart from others of the kind; once is enough. */
  if (is_cv)
    /* Translators: the short name of a curriculum vitae. */
    gtk_box_append (GTK_BOX (box), kaf_pill_new (_ ("CV"), "accent"));
  if (row->cells[COLUMN_ROLE] != NULL && !(is_cv && g_strcmp0 (row->raw[COLUMN_ROLE], "cv") == 0))
    gtk_box_append (
        GTK_BOX (box),
        kaf_pill_new (row->cells[COLUMN_ROLE],
                      g_strcmp0 (row->raw[COLUMN_ROLE], "signed") == 0 ? "success" : NULL));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "record.copy-file");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", row->id);
  gtk_widget_add_css_class (button, "kaf-on-hover");
  gtk_box_append (GTK_BOX (box), stop);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), kaf_record_section_menu_button (menu, more));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (widget), box);
  keep_content (widget, row, name, detail, state);
  g_object_set_data (G_OBJECT (widget), "kaf-detail", second);
  g_object_set_data (G_OBJECT (widget), "kaf-stop", stop);
  return widget;
}

void
kaf_attachment_list_set_data (KafAttachmentList *self,
                              const KafRecordData *data,
                              KafStore *store,
                              gboolean writable,
                              KafLang lang)
{
  g_return_if_fail (KAF_IS_ATTACHMENT_LIST (self));

  gtk_widget_set_visible (self->attach, writable);
  kaf_record_section_clear (self->list);
  self->n_files = data->attachments->len;
  for (guint i = 0; i < data->attachments->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         row_new (data, g_ptr_array_index (data->attachments, i), data->contents[i],
                                  store, writable, lang));
  show_contents (self);
  if (data->attachments->len == 0)
    kaf_record_section_say (self->list, writable ? _ ("No file. Attach one, or drop it here.")
                                                 : _ ("No file is attached."));
}

static void
show_progress (GtkWidget *row)
{
  KafFileProgress *progress = g_object_get_data (G_OBJECT (row), "kaf-progress");
  GtkWidget *detail = g_object_get_data (G_OBJECT (row), "kaf-detail");
  GtkWidget *bar = g_object_get_data (G_OBJECT (row), "kaf-bar");
  double share = kaf_file_progress_get (progress);
  g_autofree char *text = NULL;

  if (share < 0)
    {
      gtk_progress_bar_pulse (GTK_PROGRESS_BAR (bar));
      return;
    }
  /* Translators: %d is a percentage. */
  text = g_strdup_printf (_ ("being attached, %d %%"), (int) (share * 100));
  gtk_label_set_text (GTK_LABEL (detail), text);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar), share);
}

static gboolean
on_timeout (gpointer user_data)
{
  KafAttachmentList *self = user_data;

  for (GtkWidget *row = gtk_widget_get_first_child (self->coming); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    show_progress (row);
  return G_SOURCE_CONTINUE;
}

void
kaf_attachment_list_add_progress (KafAttachmentList *self,
                                  const char *name,
                                  KafFileProgress *progress)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *bar = gtk_progress_bar_new ();
  GtkWidget *cancel =
      kaf_record_section_icon_button ("process-stop-symbolic", _ ("Stop attaching files"));
  GtkWidget *detail;

  g_return_if_fail (KAF_IS_ATTACHMENT_LIST (self));

  gtk_box_append (GTK_BOX (box), two_lines (name, _ ("being attached"), &detail));
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (bar, 80, -1);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "record.cancel-attach");
  gtk_box_append (GTK_BOX (box), cancel);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  g_object_set_data_full (G_OBJECT (row), "kaf-progress", kaf_file_progress_ref (progress),
                          (GDestroyNotify) kaf_file_progress_unref);
  g_object_set_data (G_OBJECT (row), "kaf-detail", detail);
  g_object_set_data (G_OBJECT (row), "kaf-bar", bar);
  gtk_list_box_append (GTK_LIST_BOX (self->coming), row);
  gtk_widget_set_visible (self->coming, TRUE);
  if (self->timer == 0)
    self->timer = g_timeout_add (PROGRESS_INTERVAL_MS, on_timeout, self);
}

void
kaf_attachment_list_remove_progress (KafAttachmentList *self, KafFileProgress *progress)
{
  GtkWidget *row;

  g_return_if_fail (KAF_IS_ATTACHMENT_LIST (self));

  for (row = gtk_widget_get_first_child (self->coming); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      if (g_object_get_data (G_OBJECT (row), "kaf-progress") == progress)
        {
          gtk_list_box_remove (GTK_LIST_BOX (self->coming), row);
          break;
        }
    }
  if (gtk_widget_get_first_child (self->coming) == NULL)
    {
      gtk_widget_set_visible (self->coming, FALSE);
      g_clear_handle_id (&self->timer, g_source_remove);
    }
}

guint
kaf_attachment_list_get_n_files (KafAttachmentList *self)
{
  g_return_val_if_fail (KAF_IS_ATTACHMENT_LIST (self), 0);

  return self->n_files;
}
