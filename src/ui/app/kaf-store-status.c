/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The popover is made, and the store asked, only when it opens. */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-size.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-store-status.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/sync/kaf-sync-panel.h"
#include "ui/sync/kaf-sync-text.h"

#define WIDTH_CHARS 42

struct _KafStoreStatus
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkWidget *icon;
  const char *icon_style; /* nullable */
  GtkWidget *popover;     /* nullable */
  GtkWidget *scroller;    /* in it; its height is that of what it holds, see fit() */
  GtkWidget *content;
  GtkWidget *before; /* nullable, weak: had the focus when the popover opened */
  GtkWidget *held;   /* nullable, weak: the button that was given it */
  guint filled;      /* source */
  guint settle;      /* source */
  guint tries;
  gint64 told;      /* when it was told its size last; µs, by the machine's own count */
  gboolean waits;   /* for the pause after that to tell it the next */
  int height;       /* px that the scroller is to have */
  GtkWidget *panel; /* of the sync */
  GtkWidget *alone; /* of a store that belongs to no server */
  GtkWidget *title;
  GtkWidget *subtitle;
  GtkWidget *place;
  GtkWidget *size;
  GtkWidget *last;
  KafStore *store;
  KafSyncAgent *agent;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (KafStoreStatus, kaf_store_status, GTK_TYPE_WIDGET)

typedef struct
{
  gint64 bytes; /* of the file and its log */
  gint64 made;  /* µs since 1970, UTC; 0: unknown */
  gint64 last;  /* the same, of the last change */
  char *author; /* of it */
} Facts;

static void
facts_free (gpointer data)
{
  Facts *facts = data;

  g_free (facts->author);
  g_free (facts);
}

/* Bytes of a file, 0 when it is not there. */
static gint64
size_of (const char *path, const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (name);
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);

  return info != NULL ? g_file_info_get_size (info) : 0;
}

static gpointer
read_facts (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (kaf_database_get_path (db));
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_TIME_CREATED,
                                                  G_FILE_QUERY_INFO_NONE, cancellable, NULL);
  g_autoptr (GPtrArray) batches = kaf_read_batches (db, 1, error);
  Facts *facts;

  if (batches == NULL)
    return NULL;
  facts = g_new0 (Facts, 1);
  /* What was written last stands in the log beside the file until it is folded in. */
  facts->bytes =
      size_of (kaf_database_get_path (db), "") + size_of (kaf_database_get_path (db), "-wal");
  if (info != NULL)
    facts->made =
        g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_CREATED) * G_USEC_PER_SEC;
  if (batches->len > 0)
    {
      KafBatchInfo *batch = g_ptr_array_index (batches, 0);

      facts->last = batch->when;
      facts->author = g_strdup (batch->author);
    }
  return facts;
}

/* px that stay free of the window above the popover, and below for what it points to. */
#define MARGIN_ABOVE 60

/* ms after which a popover that was told its size is looked at, and how often at most. */
#define SETTLE 60
#define SETTLE_TRIES 50

/* µs that lie between two sizes that it is told at least. */
#define PAUSE (200 * 1000)

static void fit (KafStoreStatus *self);

/* Told two sizes shortly after each other, the surface may be left with the first (GDK 4.8, X11). */
static gboolean
on_settle (gpointer data)
{
  KafStoreStatus *self = data;

  if (self->waits && g_get_monotonic_time () - self->told >= PAUSE)
    fit (self);
  if (self->waits)
    return G_SOURCE_CONTINUE;
  if (gtk_widget_get_mapped (self->popover) && --self->tries > 0 &&
      gtk_widget_get_height (self->scroller) != self->height)
    {
      gtk_widget_queue_resize (self->popover);
      gtk_popover_present (GTK_POPOVER (self->popover));
      return G_SOURCE_CONTINUE;
    }
  self->settle = 0;
  return G_SOURCE_REMOVE;
}

/* Tells the popover how high it has to be. By itself it measures what wraps for more width than it then gives
 * (its shadow, GTK 4.8), and has no room for the last line; and it would grow beyond a small window. */
static void
fit (KafStoreStatus *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  int room = root != NULL ? gtk_widget_get_height (GTK_WIDGET (root)) -
                                gtk_widget_get_height (GTK_WIDGET (self)) - MARGIN_ABOVE
                          : 0;
  gint64 now = g_get_monotonic_time ();
  int width;
  int height;

  self->tries = SETTLE_TRIES;
  if (self->settle == 0)
    self->settle = g_timeout_add (SETTLE, on_settle, self);
  self->waits = gtk_widget_get_mapped (self->popover) && now - self->told < PAUSE;
  if (self->waits)
    return;
  self->told = now;
  gtk_widget_measure (self->content, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (self->content, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  self->height = room > 0 ? MIN (height, room) : height;
  gtk_widget_set_size_request (self->scroller, width, self->height);
  if (gtk_widget_get_mapped (self->popover))
    gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
show_facts (KafStoreStatus *self, const Facts *facts)
{
  KafLang lang = kaf_application_get_lang ();
  g_autofree char *bytes = facts->bytes > 0 ? kaf_size_format (facts->bytes, lang) : NULL;
  g_autofree char *day = facts->made > 0 ? kaf_date_from_time (facts->made) : NULL;
  g_autofree char *made = day != NULL ? kaf_date_format (day, lang, KAF_DATE_LONG) : NULL;
  g_autofree char *size = NULL;
  g_autofree char *last = NULL;

  if (bytes != NULL && made != NULL)
    /* Translators: a size and a date: "12 MB, since 22 November 2026" */
    size = g_strdup_printf (_ ("%s, since %s"), bytes, made);
  gtk_label_set_label (GTK_LABEL (self->size), size != NULL ? size : bytes);
  gtk_widget_set_visible (self->size, bytes != NULL);

  if (facts->last > 0)
    {
      g_autofree char *when = kaf_time_format (facts->last, lang);
      g_autofree char *who = kaf_bidi_isolate (facts->author != NULL ? facts->author : "—");

      last = g_strdup_printf (_ ("Last change: %s, %s"), when, who);
    }
  gtk_label_set_label (GTK_LABEL (self->last),
                       last != NULL ? last : _ ("Nothing was written yet."));
  /* The popover is open already, at the size that it had without them. */
  fit (self);
}

static void
on_facts (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafStoreStatus) self = user_data;
  g_autoptr (GError) error = NULL;
  Facts *facts = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (facts != NULL && self->last != NULL)
    show_facts (self, facts);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("Reading the state of the store failed: %s", error->message);
  g_clear_pointer (&facts, facts_free);
}

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), WIDTH_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDTH_CHARS);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* What is told of a store that belongs to no server, with the way to one. */
static GtkWidget *
make_alone (KafStoreStatus *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *sign_in = gtk_button_new_with_label (_ ("Connect to a Server…"));

  add_label (box, _ ("This computer only"), "heading");
  add_label (box,
             _ ("All that you do is kept in the store below, on this computer. Nothing is sent "
                "anywhere and nothing waits to be sent."),
             NULL);
  self->place = add_label (box, NULL, "caption");
  /* To be copied with the mouse; with the focus, it would open all selected. Only unfocusable, it would still
   * swallow the way of the focus to the button. */
  gtk_label_set_selectable (GTK_LABEL (self->place), TRUE);
  gtk_widget_set_can_focus (self->place, FALSE);
  self->size = add_label (box, NULL, "caption");
  gtk_widget_add_css_class (self->size, "dim-label");
  self->last = add_label (box, NULL, "caption");
  gtk_widget_add_css_class (self->last, "dim-label");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (sign_in), "win.sign-in");
  gtk_widget_set_halign (sign_in, GTK_ALIGN_END);
  gtk_widget_set_margin_top (sign_in, 6);
  gtk_box_append (GTK_BOX (box), sign_in);
  return box;
}

/* The first button under @widget that can be pressed; NULL when there is none. */
static GtkWidget *
find_button (GtkWidget *widget)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_sensitive (widget))
    return NULL;
  if (GTK_IS_BUTTON (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *button = find_button (child);

      if (button != NULL)
        return button;
    }
  return NULL;
}

static GtkWidget *
get_focus (KafStoreStatus *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

static void
focus_first (KafStoreStatus *self)
{
  GtkWidget *button = find_button (self->content);

  g_set_weak_pointer (&self->held, button);
  if (button != NULL)
    gtk_widget_grab_focus (button);
}

/* Nullable. */
static gboolean
can_be_pressed (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
         gtk_widget_is_sensitive (widget);
}

static gboolean
on_filled (gpointer data)
{
  KafStoreStatus *self = data;

  self->filled = 0;
  if (gtk_widget_get_mapped (self->popover) && !can_be_pressed (get_focus (self)))
    focus_first (self);
  return G_SOURCE_REMOVE;
}

/* What has been focused elsewhere meanwhile, by what was pressed in the popover, keeps it. */
static void
on_closed (KafStoreStatus *self)
{
  GtkWidget *focus = get_focus (self);

  if (self->before != NULL && gtk_widget_get_mapped (self->before) &&
      (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self))))
    gtk_widget_grab_focus (self->before);
  g_clear_weak_pointer (&self->before);
}

static void
make_popover (KafStoreStatus *self)
{
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->content, "kaf-popover");
  self->alone = make_alone (self);
  self->panel = kaf_sync_panel_new ();
  gtk_box_append (GTK_BOX (self->content), self->alone);
  gtk_box_append (GTK_BOX (self->content), self->panel);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->content);
  gtk_widget_set_focusable (self->scroller, FALSE);

  self->popover = gtk_popover_new ();
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_TOP);
  gtk_popover_set_child (GTK_POPOVER (self->popover), self->scroller);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (on_closed), self);
}

/* The status of the sync, where the store belongs to a server; else NULL. */
static const KafSyncStatus *
get_status (KafStoreStatus *self)
{
  const KafSyncStatus *status =
      self->agent != NULL ? kaf_sync_agent_get_status (self->agent) : NULL;

  return status != NULL && status->url != NULL ? status : NULL;
}

static void
fill_popover (KafStoreStatus *self)
{
  const KafSyncStatus *status = get_status (self);

  if (status != NULL)
    kaf_sync_panel_set_status (KAF_SYNC_PANEL (self->panel), status);
  gtk_widget_set_visible (self->panel, status != NULL);
  gtk_widget_set_visible (self->alone, status == NULL);
}

void
kaf_store_status_popdown (KafStoreStatus *self)
{
  g_return_if_fail (KAF_IS_STORE_STATUS (self));

  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

void
kaf_store_status_popup (KafStoreStatus *self)
{
  KafApplication *application = KAF_APPLICATION (g_application_get_default ());
  g_autofree char *path = g_filename_display_name (kaf_application_get_store_path (application));
  g_autofree char *isolated = kaf_bidi_ltr (path);
  GtkWidget *focus;

  if (self->popover == NULL)
    make_popover (self);
  fill_popover (self);
  gtk_label_set_label (GTK_LABEL (self->place), isolated);
  if (self->store != NULL)
    kaf_store_run_async (self->store, KAF_LANE_READ, read_facts, NULL, NULL, facts_free,
                         self->cancellable, on_facts, g_object_ref (self));
  fit (self);
  focus = get_focus (self);
  if (focus != NULL && !gtk_widget_is_ancestor (focus, self->popover))
    g_set_weak_pointer (&self->before, focus);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  focus_first (self);
}

static void
on_clicked (GtkButton *button, KafStoreStatus *self)
{
  kaf_store_status_popup (self);
}

/* A popover that is a child of a widget follows it only when told. */
static void
kaf_store_status_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KafStoreStatus *self = KAF_STORE_STATUS (widget);

  gtk_widget_size_allocate (self->button, &(GtkAllocation){ 0, 0, width, height }, baseline);
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
kaf_store_status_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  gtk_widget_measure (KAF_STORE_STATUS (widget)->button, orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
  /* However long the lines are, the sidebar is as wide as it was made. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = *minimum;
}

static void
kaf_store_status_dispose (GObject *object)
{
  KafStoreStatus *self = KAF_STORE_STATUS (object);

  g_cancellable_cancel (self->cancellable);
  if (self->agent != NULL)
    g_signal_handlers_disconnect_by_data (self->agent, self);
  g_clear_object (&self->agent);
  g_clear_object (&self->store);
  g_clear_weak_pointer (&self->before);
  g_clear_weak_pointer (&self->held);
  g_clear_handle_id (&self->filled, g_source_remove);
  g_clear_handle_id (&self->settle, g_source_remove);
  self->place = self->size = self->last = NULL;
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (kaf_store_status_parent_class)->dispose (object);
}

static void
kaf_store_status_finalize (GObject *object)
{
  g_clear_object (&KAF_STORE_STATUS (object)->cancellable);
  G_OBJECT_CLASS (kaf_store_status_parent_class)->finalize (object);
}

static void
kaf_store_status_class_init (KafStoreStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kaf_store_status_dispose;
  object_class->finalize = kaf_store_status_finalize;
  GTK_WIDGET_CLASS (klass)->measure = kaf_store_status_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = kaf_store_status_size_allocate;
}

static void
kaf_store_status_init (KafStoreStatus *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->cancellable = g_cancellable_new ();
  self->title = gtk_label_new (_ ("Opening the store…"));
  gtk_widget_add_css_class (self->title, "caption-heading");
  self->subtitle = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->subtitle, "caption");
  gtk_widget_add_css_class (self->subtitle, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_xalign (GTK_LABEL (self->subtitle), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (self->subtitle), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), self->title);
  gtk_box_append (GTK_BOX (lines), self->subtitle);

  self->icon = gtk_image_new_from_icon_name ("computer-symbolic");
  gtk_box_append (GTK_BOX (box), self->icon);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-up-symbolic"));

  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP,
                                  TRUE, -1);
  g_signal_connect (self->button, "clicked", G_CALLBACK (on_clicked), self);
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-store-status");
  kaf_tooltip_set (self->button, _ ("State of the store"));
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
kaf_store_status_new (void)
{
  return g_object_new (KAF_TYPE_STORE_STATUS, NULL);
}

static void
tell (KafStoreStatus *self,
      const char *title,
      const char *subtitle,
      const char *icon,
      const char *style)
{
  g_autofree char *name = g_strdup_printf ("%s, %s", title, subtitle);
  g_autofree char *whole =
      *subtitle != '\0' ? g_strdup_printf ("%s\n%s", title, subtitle) : g_strdup (title);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  if (self->icon_style != NULL)
    gtk_widget_remove_css_class (self->icon, self->icon_style);
  self->icon_style = style;
  if (style != NULL)
    gtk_widget_add_css_class (self->icon, style);

  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_label_set_label (GTK_LABEL (self->subtitle), subtitle);
  /* Where there is not room for all of it. */
  kaf_tooltip_set (self->button, whole);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

void
kaf_store_status_set_problem (KafStoreStatus *self)
{
  g_return_if_fail (KAF_IS_STORE_STATUS (self));
  tell (self, _ ("No store is open"), _ ("nothing is lost"), "computer-symbolic", NULL);
}

/* Of the popover, as it is open. When the button that had the focus goes, a row gets it, or nothing: then the first button
 * has it, once the window has said what can be done now. */
static void
refill (KafStoreStatus *self)
{
  fill_popover (self);
  fit (self);
  if (self->filled == 0 && !can_be_pressed (get_focus (self)) && !can_be_pressed (self->held))
    self->filled = g_idle_add (on_filled, self);
}

static void
refresh (KafStoreStatus *self)
{
  const KafSyncStatus *status = get_status (self);
  gboolean unknown = self->agent != NULL &&
                     kaf_sync_agent_get_status (self->agent)->phase == KAF_SYNC_PHASE_UNKNOWN;

  if (status != NULL)
    {
      g_auto (KafSyncLine) line = kaf_sync_text_line (status, kaf_application_get_lang ());

      tell (self, line.title, line.subtitle, line.icon, line.style);
    }
  else if (self->store == NULL || unknown)
    tell (self, _ ("Opening the store…"), "", "computer-symbolic", NULL);
  else if (kaf_store_is_read_only (self->store))
    tell (self, _ ("This computer only"), _ ("the store may only be read"), "computer-symbolic",
          NULL);
  else
    tell (self, _ ("This computer only"), _ ("not linked to a server"), "computer-symbolic", NULL);
  if (self->popover != NULL && gtk_widget_get_mapped (self->popover))
    refill (self);
}

void
kaf_store_status_set_store (KafStoreStatus *self, KafStore *store, KafSyncAgent *agent)
{
  g_return_if_fail (KAF_IS_STORE_STATUS (self));

  if (self->agent != NULL)
    g_signal_handlers_disconnect_by_data (self->agent, self);
  g_set_object (&self->store, store);
  g_set_object (&self->agent, agent);
  if (agent != NULL)
    g_signal_connect_object (agent, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

const char *
kaf_store_status_get_title (KafStoreStatus *self)
{
  g_return_val_if_fail (KAF_IS_STORE_STATUS (self), NULL);
  return gtk_label_get_label (GTK_LABEL (self->title));
}
