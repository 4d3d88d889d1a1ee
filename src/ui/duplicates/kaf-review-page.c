/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page reads one pair; the next is read when this one was judged and the watch has taken that in. */
#include "config.h"

#include "ui/duplicates/kaf-review-page.h"

#include <adwaita.h>

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-page-header.h"
#include "ui/app/kaf-window-commit.h"
#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/duplicates/kaf-accept-window.h"
#include "ui/duplicates/kaf-suspect-watch.h"

struct _KafReviewPage
{
  GtkBox parent_instance;

  KafStore *store;
  KafSuspectWatch *watch;
  GCancellable *cancellable;
  GtkWidget *title;
  GtkWidget *stack;
  GtkWidget *place;    /* bin of the pair */
  GtkWidget *list;     /* KafSuspectsView; NULL until it was asked for */
  GtkWidget *switcher; /* toggle: the list shows */
  GtkWidget *accept;   /* shows for a manager */
  GtkWidget *waiting;
  KafReviewPair *pair; /* in @place; nullable */
  KafSuspectsAsked asked;
  guint at, n;
  gboolean read; /* once at least */
  gboolean reading;
  gboolean again;
  gboolean judging;
};

G_DEFINE_FINAL_TYPE (KafReviewPage, kaf_review_page, GTK_TYPE_BOX)

static void refresh (KafReviewPage *self);

/* ---- Reading ---- */

static gboolean
shows_list (KafReviewPage *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->switcher));
}

/* "12 of 340"; of the list how many. */
static void
show_count (KafReviewPage *self)
{
  KafLang lang = kaf_application_get_lang ();
  g_autofree char *at = kaf_number_format (self->at + 1, lang);
  g_autofree char *n = kaf_number_format (self->n, lang);
  /* Translators: the place of the pair in sight, and how many there are: "12 of 340". */
  g_autofree char *of = g_strdup_printf (_ ("%s of %s"), at, n);
  const char *text = self->n == 0 ? "" : shows_list (self) ? n : of;

  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), text);
}

static void
enable_actions (KafReviewPage *self)
{
  static const char *const judging[] = { "review.same", "review.different", "review.later" };
  gboolean one = self->pair != NULL && !shows_list (self);
  gboolean may = one && !self->judging && !kaf_store_is_read_only (self->store) &&
                 kaf_store_may_write (self->store, kaf_registry_find ("judgement"));

  for (guint i = 0; i < G_N_ELEMENTS (judging); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), judging[i], may);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.next", one && self->at + 1 < self->n);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.previous", one && self->at > 0);
}

static void
choose_shown (KafReviewPage *self)
{
  int progress = kaf_suspect_watch_get_progress (self->watch);
  g_autofree char *text = NULL;

  if (progress >= 0)
    text =
        g_strdup_printf (_ ("All records are compared for the first time: %d %%"), progress / 10);
  gtk_label_set_label (GTK_LABEL (self->waiting),
                       text != NULL ? text : _ ("The records are compared…"));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    shows_list (self)    ? "list"
                                    : self->pair != NULL ? "pair"
                                    : self->read && kaf_suspect_watch_is_current (self->watch)
                                        ? "empty"
                                        : "waiting");
  show_count (self);
  enable_actions (self);
}

static gboolean
shows_the_same (KafReviewPage *self, const KafReview *review)
{
  const KafReview *shown = self->pair != NULL ? kaf_review_pair_get_review (self->pair) : NULL;

  return shown != NULL && review->pair != NULL && g_str_equal (shown->pair->a, review->pair->a) &&
         g_str_equal (shown->pair->b, review->pair->b) &&
         shown->pair->likelihood == review->pair->likelihood;
}

static void
show_review (KafReviewPage *self, KafReview *review)
{
  gboolean writable = !kaf_store_is_read_only (self->store);

  self->read = TRUE;
  self->n = review->n;
  /* Another place may have been asked for meanwhile: it is read next. */
  if (!self->again)
    self->at = review->place;
  gtk_widget_set_visible (self->accept, review->may_accept && writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.accept",
                                 review->may_accept && writable);
  /* What was chosen stays while nothing of the pair has changed. */
  if (shows_the_same (self, review))
    {
      kaf_review_free (review);
      return;
    }
  self->pair = NULL;
  if (review->pair != NULL)
    self->pair =
        KAF_REVIEW_PAIR (kaf_review_pair_new (review, writable, kaf_application_get_lang ()));
  else
    kaf_review_free (review);
  adw_bin_set_child (ADW_BIN (self->place), GTK_WIDGET (self->pair));
}

typedef struct
{
  KafSuspectsAsked asked;
  guint at;
} Reading;

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Reading *reading = data;

  return kaf_review_read (db, &reading->asked, reading->at, kaf_application_get_lang (), error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafReviewPage) self = data;
  g_autoptr (GError) error = NULL;
  KafReview *review = kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->reading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_pointer (&review, kaf_review_free);
      return;
    }
  if (review != NULL)
    show_review (self, review);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("The pairs were not read: %s", error->message);
  /* The last of its kind was judged: all others follow. */
  if (self->n == 0 && self->asked.shown != KAF_SUSPECTS_WAITING && !shows_list (self))
    {
      self->asked.shown = KAF_SUSPECTS_WAITING;
      self->again = TRUE;
    }
  choose_shown (self);
  if (self->again)
    refresh (self);
}

static void
refresh (KafReviewPage *self)
{
  Reading *reading;

  self->again = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  reading = g_new (Reading, 1);
  reading->asked = self->asked;
  reading->at = self->at;
  kaf_store_run_async (self->store, KAF_LANE_READ, read_job, reading, g_free,
                       (GDestroyNotify) kaf_review_free, self->cancellable, on_read,
                       g_object_ref (self));
}

/* ---- Judging ---- */

static void
on_judged (GtkWidget *widget, KafReceipt *receipt, gpointer data)
{
  KafReviewPage *self = KAF_REVIEW_PAGE (widget);

  self->judging = FALSE;
  enable_actions (self);
}

static void
judge (KafReviewPage *self, KafJudgementVerdict verdict, const char *told)
{
  const KafReview *review = kaf_review_pair_get_review (self->pair);
  g_autoptr (GArray) choices = kaf_review_pair_get_choices (self->pair);
  g_autofree char *engine = g_strdup_printf ("%u", review->version);
  KafJudging judging = {
    .entity = review->pair->entity,
    .a = review->pair->a,
    .b = review->pair->b,
    .verdict = verdict,
    .likelihood = (int) review->pair->likelihood,
    .engine = engine,
    .evidence = review->pair->evidence,
    .choices = verdict == KAF_VERDICT_SAME ? (const KafFieldChoice *) choices->data : NULL,
  };
  g_autoptr (KafChangeSet) set = kaf_judge (&judging);

  self->judging = TRUE;
  enable_actions (self);
  kaf_window_commit (GTK_WIDGET (self), self->store, set, told, _ ("The judgement was not saved"),
                     on_judged, NULL);
}

static void
on_same (GtkWidget *widget, const char *action, GVariant *parameter)
{
  judge (KAF_REVIEW_PAGE (widget), KAF_VERDICT_SAME, _ ("They are one record now"));
}

static void
on_different (GtkWidget *widget, const char *action, GVariant *parameter)
{
  judge (KAF_REVIEW_PAGE (widget), KAF_VERDICT_DIFFERENT, _ ("They stay two records"));
}

static void
on_later (GtkWidget *widget, const char *action, GVariant *parameter)
{
  judge (KAF_REVIEW_PAGE (widget), KAF_VERDICT_UNSURE, _ ("Put off until later"));
}

static void
on_step (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafReviewPage *self = KAF_REVIEW_PAGE (widget);

  if (g_str_equal (action, "review.next"))
    self->at++;
  else
    self->at--;
  refresh (self);
}

/* ---- The list ---- */

static void
on_asked (KafReviewPage *self)
{
  self->asked = *kaf_suspects_view_get_asked (KAF_SUSPECTS_VIEW (self->list));
  self->at = 0;
  refresh (self);
}

static void
on_open (KafSuspectsView *list, guint position, KafReviewPage *self)
{
  self->at = position;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->switcher), FALSE);
  refresh (self);
}

/* Made when it is first asked for: who reviews pair after pair does not pay for it. */
static void
on_switched (KafReviewPage *self)
{
  if (shows_list (self) && self->list == NULL)
    {
      self->list = kaf_suspects_view_new (self->store, kaf_application_get_lang ());
      g_signal_connect_object (self->list, "changed", G_CALLBACK (on_asked), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->list, "open", G_CALLBACK (on_open), self, 0);
      gtk_stack_add_named (GTK_STACK (self->stack), self->list, "list");
    }
  choose_shown (self);
  if (shows_list (self))
    {
      kaf_suspects_view_ask (KAF_SUSPECTS_VIEW (self->list), &self->asked);
      kaf_suspects_view_enter (KAF_SUSPECTS_VIEW (self->list), self->at);
    }
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
on_list (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkToggleButton *switcher = GTK_TOGGLE_BUTTON (KAF_REVIEW_PAGE (widget)->switcher);

  gtk_toggle_button_set_active (switcher, !gtk_toggle_button_get_active (switcher));
}

static void
on_accept (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafReviewPage *self = KAF_REVIEW_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (KAF_IS_WINDOW (root))
    gtk_window_present (GTK_WINDOW (
        kaf_accept_window_new (KAF_WINDOW (root), self->store, kaf_application_get_lang ())));
}

/* What was written is taken in. */
static void
on_updated (KafReviewPage *self)
{
  if (self->list != NULL)
    kaf_suspects_view_refresh (KAF_SUSPECTS_VIEW (self->list));
  refresh (self);
}

/* ---- Making ---- */

static void
kaf_review_page_dispose (GObject *object)
{
  g_cancellable_cancel (KAF_REVIEW_PAGE (object)->cancellable);
  G_OBJECT_CLASS (kaf_review_page_parent_class)->dispose (object);
}

static void
kaf_review_page_finalize (GObject *object)
{
  KafReviewPage *self = KAF_REVIEW_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->watch);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_review_page_parent_class)->finalize (object);
}

static void
kaf_review_page_class_init (KafReviewPageClass *klass)
{
  static const struct
  {
    guint key;
    const char *action;
    void (*func) (GtkWidget *widget, const char *action, GVariant *parameter);
  } actions[] = {
    { GDK_KEY_s, "review.same", on_same },     { GDK_KEY_d, "review.different", on_different },
    { GDK_KEY_l, "review.later", on_later },   { GDK_KEY_n, "review.next", on_step },
    { GDK_KEY_p, "review.previous", on_step }, { GDK_KEY_v, "review.list", on_list },
    { GDK_KEY_a, "review.accept", on_accept },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_review_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_review_page_finalize;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (widget_class, actions[i].action, NULL, actions[i].func);
      gtk_widget_class_add_binding_action (widget_class, actions[i].key, 0, actions[i].action,
                                           NULL);
    }
}

/* With the key that does the same. */
static GtkWidget *
new_button (const char *label, const char *key, const char *action, const char *class)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *shown = gtk_label_new (key);

  gtk_widget_add_css_class (shown, "caption");
  gtk_widget_add_css_class (shown, "dim-label");
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), gtk_label_new (label));
  gtk_box_append (GTK_BOX (box), shown);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, key, -1);
  if (class != NULL)
    gtk_widget_add_css_class (button, class);
  return button;
}

static GtkWidget *
make_buttons (KafReviewPage *self)
{
  GtkWidget *flow = g_object_new (GTK_TYPE_FLOW_BOX, "selection-mode", GTK_SELECTION_NONE,
                                  "max-children-per-line", 5, "min-children-per-line", 2,
                                  "column-spacing", 6, "row-spacing", 6, NULL);
  GtkWidget *buttons[] = {
    new_button (_ ("The Same"), "S", "review.same", "suggested-action"),
    new_button (_ ("Not the Same"), "D", "review.different", NULL),
    new_button (_ ("Later"), "L", "review.later", NULL),
    new_button (_ ("Next"), "N", "review.next", NULL),
    new_button (_ ("Previous"), "P", "review.previous", NULL),
  };

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *child = gtk_flow_box_child_new ();

      gtk_widget_set_focusable (child, FALSE);
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), buttons[i]);
      gtk_flow_box_append (GTK_FLOW_BOX (flow), child);
    }
  gtk_widget_add_css_class (flow, "kaf-page");
  return flow;
}

static GtkWidget *
make_pair (KafReviewPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *top = adw_clamp_new ();

  self->place = adw_bin_new ();
  gtk_widget_add_css_class (self->place, "kaf-page");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 900);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->place);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  adw_clamp_set_maximum_size (ADW_CLAMP (top), 900);
  adw_clamp_set_child (ADW_CLAMP (top), make_buttons (self));
  /* Above: the toast that follows each of them lies over what is below. */
  gtk_box_append (GTK_BOX (box), top);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), scrolled);
  return box;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "object-select-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("No Duplicate to Examine"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("Records that look like one another are shown here, whoever wrote them, for you to say "
         "whether they are one."));
  return page;
}

static GtkWidget *
make_header (KafReviewPage *self)
{
  GtkWidget *header = kaf_page_header_new (_ ("Possible Duplicates"), &self->title);

  self->accept = gtk_button_new_from_icon_name ("object-select-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->accept), "review.accept");
  kaf_tooltip_set (self->accept, _ ("Accept together (A)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->accept), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Accept Together…"), -1);
  gtk_widget_set_visible (self->accept, FALSE);
  self->switcher = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->switcher), "view-list-symbolic");
  kaf_tooltip_set (self->switcher, _ ("All as a list (V)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->switcher), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("All as a list"), -1);
  g_signal_connect_object (self->switcher, "toggled", G_CALLBACK (on_switched), self,
                           G_CONNECT_SWAPPED);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->accept);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->switcher);
  return header;
}

static void
kaf_review_page_init (KafReviewPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.accept", FALSE);
  gtk_box_append (GTK_BOX (self), make_header (self));
  self->waiting = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->waiting), TRUE);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), self->waiting, "waiting");
  gtk_stack_add_named (GTK_STACK (self->stack), make_pair (self), "pair");
  gtk_stack_add_named (GTK_STACK (self->stack), make_empty (), "empty");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (self), self->stack);
}

GtkWidget *
kaf_review_page_new (KafStore *store)
{
  KafReviewPage *self = g_object_new (KAF_TYPE_REVIEW_PAGE, NULL);

  self->store = g_object_ref (store);
  self->watch = g_object_ref (kaf_suspect_watch_get (store));
  g_signal_connect_object (self->watch, "updated", G_CALLBACK (on_updated), self,
                           G_CONNECT_SWAPPED);
  kaf_suspect_watch_look (self->watch);
  choose_shown (self);
  refresh (self);
  return GTK_WIDGET (self);
}

KafReviewPair *
kaf_review_page_get_pair (KafReviewPage *self)
{
  g_return_val_if_fail (KAF_IS_REVIEW_PAGE (self), NULL);

  return self->reading || self->judging ? NULL : self->pair;
}

int
kaf_review_page_get_n (KafReviewPage *self)
{
  g_return_val_if_fail (KAF_IS_REVIEW_PAGE (self), -1);

  return !self->read || self->reading || self->judging ||
                 !kaf_suspect_watch_is_current (self->watch)
             ? -1
             : (int) self->n;
}

KafSuspectsView *
kaf_review_page_get_list (KafReviewPage *self)
{
  g_return_val_if_fail (KAF_IS_REVIEW_PAGE (self), NULL);

  return self->list != NULL && shows_list (self) ? KAF_SUSPECTS_VIEW (self->list) : NULL;
}
