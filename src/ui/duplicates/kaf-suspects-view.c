/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/duplicates/kaf-suspects-view.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "match/kaf-match-weigh.h"
#include "schema/kaf-registry.h"
#include "store/kaf-judge.h"
#include "ui/app/kaf-window-commit.h"
#include "ui/duplicates/kaf-suspect-row.h"

struct _KafSuspectsView
{
  GtkBox parent_instance;

  KafStore *store;
  KafLang lang;
  KafSuspectsAsked asked;
  KafSuspectList *list;
  GtkMultiSelection *selection;
  GtkWidget *shown, *order; /* drop-downs */
  GtkWidget *stack;
  GtkWidget *view;
  GtkWidget *bar, *chosen; /* of what is selected; how many */
  gboolean judging;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (KafSuspectsView, kaf_suspects_view, GTK_TYPE_BOX)

enum
{
  CHANGED,
  OPEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *const shown_names[KAF_N_SUSPECTS_SHOWN] = {
  [KAF_SUSPECTS_WAITING] = N_ ("All to examine"),
  [KAF_SUSPECTS_VERY_LIKELY] = N_ ("Very likely"),
  [KAF_SUSPECTS_TO_EXAMINE] = N_ ("Less likely"),
  [KAF_SUSPECTS_LATER] = N_ ("Put off until later"),
};

static const char *const order_names[KAF_N_SUSPECTS_ORDERS] = {
  [KAF_SUSPECTS_BY_GAIN] = N_ ("The most useful first"),
  [KAF_SUSPECTS_BY_LIKELIHOOD] = N_ ("The likeliest first"),
  [KAF_SUSPECTS_BY_NAME] = N_ ("By name"),
};

/* ---- Rows ---- */

static void
show_item (KafSuspectItem *item, GtkListItem *place)
{
  GtkWidget *row = gtk_list_item_get_child (place);

  kaf_suspect_row_set_line (KAF_SUSPECT_ROW (row), kaf_suspect_item_get_line (item),
                            GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "lang")));
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *place, KafSuspectsView *self)
{
  GtkWidget *row = kaf_suspect_row_new ();

  g_object_set_data (G_OBJECT (row), "lang", GINT_TO_POINTER (self->lang));
  gtk_list_item_set_child (place, row);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *place, KafSuspectsView *self)
{
  KafSuspectItem *item = gtk_list_item_get_item (place);

  g_signal_connect (item, "read", G_CALLBACK (show_item), place);
  show_item (item, place);
  kaf_suspect_list_want (self->list, item);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *place, KafSuspectsView *self)
{
  KafSuspectItem *item = gtk_list_item_get_item (place);

  g_signal_handlers_disconnect_by_func (item, show_item, place);
  kaf_suspect_list_forget (self->list, item);
}

static void
on_activate (GtkListView *view, guint position, KafSuspectsView *self)
{
  g_signal_emit (self, signals[OPEN], 0, position);
}

/* ---- What is selected ---- */

static void
update_selection (KafSuspectsView *self)
{
  g_autoptr (GtkBitset) chosen =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  guint64 n = gtk_bitset_get_size (chosen);
  gboolean may = n > 0 && !self->judging && !kaf_store_is_read_only (self->store) &&
                 kaf_store_may_write (self->store, kaf_registry_find ("judgement"));
  g_autofree char *number = kaf_number_format ((gint64) n, self->lang);
  g_autofree char *text =
      g_strdup_printf (ngettext ("%s pair selected", "%s pairs selected", (gulong) n), number);

  gtk_label_set_text (GTK_LABEL (self->chosen), text);
  gtk_action_bar_set_revealed (GTK_ACTION_BAR (self->bar), n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "suspects.different", may);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "suspects.later",
                                 may && self->asked.shown != KAF_SUSPECTS_LATER);
}

typedef struct
{
  GArray *places; /* KafSuspectPlace */
  KafJudgementVerdict verdict;
} Verdict;

static void
verdict_free (gpointer data)
{
  Verdict *self = data;

  g_array_unref (self->places);
  g_free (self);
}

/* A judgement of each, to be committed as one. */
static gpointer
make_set (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Verdict *verdict = data;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("judge");
  g_autofree char *engine = g_strdup_printf ("%u", kaf_match_model_default ()->version);
  g_autoptr (GPtrArray) lines =
      kaf_suspects_list_lines (db, (const KafSuspectPlace *) verdict->places->data,
                               verdict->places->len, KAF_LANG_EN, error);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      const KafSuspectLine *line = lines->pdata[i];
      KafJudging judging = { .verdict = verdict->verdict, .engine = engine };

      if (line == NULL)
        continue;
      judging.entity = line->pair->entity;
      judging.a = line->pair->a;
      judging.b = line->pair->b;
      judging.likelihood = (int) line->pair->likelihood;
      judging.evidence = line->pair->evidence;
      kaf_judge_add (set, &judging);
    }
  return lines != NULL ? g_steal_pointer (&set) : NULL;
}

/* (transfer full) */
static char *
tell_judged (KafSuspectsView *self, KafJudgementVerdict verdict, guint n)
{
  g_autofree char *number = kaf_number_format (n, self->lang);

  if (verdict == KAF_VERDICT_DIFFERENT)
    return g_strdup_printf (
        ngettext ("%s pair stays two records", "%s pairs stay two records each", n), number);
  return g_strdup_printf (
      ngettext ("%s pair put off until later", "%s pairs put off until later", n), number);
}

static void
on_judged (GtkWidget *widget, KafReceipt *receipt, gpointer data)
{
  KafSuspectsView *self = KAF_SUSPECTS_VIEW (widget);

  self->judging = FALSE;
  update_selection (self);
}

static GArray *
get_chosen (KafSuspectsView *self)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (KafSuspectPlace));
  g_autoptr (GtkBitset) chosen =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint position;

  for (gboolean any = gtk_bitset_iter_init_first (&iter, chosen, &position); any;
       any = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (KafSuspectItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);

      if (item != NULL)
        g_array_append_vals (places, kaf_suspect_item_get_place (item), 1);
    }
  return places;
}

static void
on_judge (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafSuspectsView *self = KAF_SUSPECTS_VIEW (widget);
  Verdict *verdict = g_new (Verdict, 1);
  g_autofree char *done = NULL;

  verdict->verdict =
      g_str_equal (action, "suspects.different") ? KAF_VERDICT_DIFFERENT : KAF_VERDICT_UNSURE;
  verdict->places = get_chosen (self);
  done = tell_judged (self, verdict->verdict, verdict->places->len);
  self->judging = TRUE;
  update_selection (self);
  kaf_window_commit_made (widget, self->store, make_set, verdict, verdict_free, done,
                          _ ("The judgement was not saved"), on_judged, NULL);
}

/* ---- Which, and in which order ---- */

static void
on_settled (KafSuspectsView *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n > 0 ? "list" : "none");
}

void
kaf_suspects_view_refresh (KafSuspectsView *self)
{
  g_return_if_fail (KAF_IS_SUSPECTS_VIEW (self));

  kaf_suspect_list_ask (self->list, &self->asked);
}

void
kaf_suspects_view_ask (KafSuspectsView *self, const KafSuspectsAsked *asked)
{
  g_return_if_fail (KAF_IS_SUSPECTS_VIEW (self));

  if (asked->shown == self->asked.shown && asked->order == self->asked.order)
    return;
  self->asked = *asked;
  self->filling = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->shown), asked->shown);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->order), asked->order);
  self->filling = FALSE;
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  kaf_suspects_view_refresh (self);
  update_selection (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_chosen (KafSuspectsView *self)
{
  KafSuspectsAsked asked = { gtk_drop_down_get_selected (GTK_DROP_DOWN (self->shown)),
                             gtk_drop_down_get_selected (GTK_DROP_DOWN (self->order)) };

  if (!self->filling && asked.shown < KAF_N_SUSPECTS_SHOWN && asked.order < KAF_N_SUSPECTS_ORDERS)
    kaf_suspects_view_ask (self, &asked);
}

/* ---- Making ---- */

static void
kaf_suspects_view_dispose (GObject *object)
{
  KafSuspectsView *self = KAF_SUSPECTS_VIEW (object);

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  G_OBJECT_CLASS (kaf_suspects_view_parent_class)->dispose (object);
}

static void
kaf_suspects_view_finalize (GObject *object)
{
  KafSuspectsView *self = KAF_SUSPECTS_VIEW (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_suspects_view_parent_class)->finalize (object);
}

static void
kaf_suspects_view_class_init (KafSuspectsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_suspects_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_suspects_view_finalize;
  signals[CHANGED] = g_signal_new ("changed", KAF_TYPE_SUSPECTS_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[OPEN] = g_signal_new ("open", KAF_TYPE_SUSPECTS_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_install_action (widget_class, "suspects.different", NULL, on_judge);
  gtk_widget_class_install_action (widget_class, "suspects.later", NULL, on_judge);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, 0, "suspects.different", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, 0, "suspects.later", NULL);
}

static GtkWidget *
drop_down_new (KafSuspectsView *self, const char *const *names, guint n, const char *label)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  GtkWidget *down;

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (list, _ (names[i]));
  down = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&list)), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (down), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (down, "notify::selected", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  return down;
}

static GtkWidget *
choices_new (KafSuspectsView *self)
{
  GtkWidget *flow =
      g_object_new (GTK_TYPE_FLOW_BOX, "selection-mode", GTK_SELECTION_NONE,
                    "max-children-per-line", 2, "column-spacing", 6, "row-spacing", 6, NULL);

  self->shown = drop_down_new (self, shown_names, KAF_N_SUSPECTS_SHOWN, _ ("Which pairs"));
  self->order = drop_down_new (self, order_names, KAF_N_SUSPECTS_ORDERS, _ ("Order"));
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *child = gtk_flow_box_child_new ();

      gtk_widget_set_focusable (child, FALSE);
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), i == 0 ? self->shown : self->order);
      gtk_flow_box_append (GTK_FLOW_BOX (flow), child);
    }
  gtk_widget_add_css_class (flow, "kaf-record-padded");
  return flow;
}

static GtkWidget *
list_new (KafSuspectsView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, 0);
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (self->view), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Possible Duplicates"), -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (on_activate), self, 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->view);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
bar_button_new (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
bar_new (KafSuspectsView *self)
{
  self->bar = gtk_action_bar_new ();
  self->chosen = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->chosen), PANGO_ELLIPSIZE_END);
  gtk_action_bar_pack_start (GTK_ACTION_BAR (self->bar), self->chosen);
  gtk_action_bar_pack_end (GTK_ACTION_BAR (self->bar),
                           bar_button_new (_ ("Not the Same"), "suspects.different"));
  gtk_action_bar_pack_end (GTK_ACTION_BAR (self->bar),
                           bar_button_new (_ ("Later"), "suspects.later"));
  gtk_action_bar_set_revealed (GTK_ACTION_BAR (self->bar), FALSE);
  return self->bar;
}

static void
kaf_suspects_view_init (KafSuspectsView *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

GtkWidget *
kaf_suspects_view_new (KafStore *store, KafLang lang)
{
  KafSuspectsView *self = g_object_new (KAF_TYPE_SUSPECTS_VIEW, NULL);
  GtkWidget *none = gtk_label_new (_ ("No pair is of this kind."));

  self->store = g_object_ref (store);
  self->lang = lang;
  self->list = kaf_suspect_list_new (store, lang);
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->list)));
  g_signal_connect_swapped (self->selection, "selection-changed", G_CALLBACK (update_selection),
                            self);
  g_signal_connect_data (self->selection, "items-changed", G_CALLBACK (update_selection), self,
                         NULL, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_swapped (self->list, "settled", G_CALLBACK (on_settled), self);
  gtk_label_set_wrap (GTK_LABEL (none), TRUE);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), list_new (self), "list");
  gtk_stack_add_named (GTK_STACK (self->stack), none, "none");
  gtk_box_append (GTK_BOX (self), choices_new (self));
  gtk_box_append (GTK_BOX (self), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (self), self->stack);
  gtk_box_append (GTK_BOX (self), bar_new (self));
  update_selection (self);
  kaf_suspects_view_refresh (self);
  return GTK_WIDGET (self);
}

const KafSuspectsAsked *
kaf_suspects_view_get_asked (KafSuspectsView *self)
{
  g_return_val_if_fail (KAF_IS_SUSPECTS_VIEW (self), NULL);

  return &self->asked;
}

void
kaf_suspects_view_enter (KafSuspectsView *self, guint position)
{
  g_return_if_fail (KAF_IS_SUSPECTS_VIEW (self));

  gtk_widget_grab_focus (self->view);
  if (position < g_list_model_get_n_items (G_LIST_MODEL (self->list)))
    gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", position);
}

KafSuspectList *
kaf_suspects_view_get_list (KafSuspectsView *self)
{
  g_return_val_if_fail (KAF_IS_SUSPECTS_VIEW (self), NULL);

  return self->list;
}

GtkSelectionModel *
kaf_suspects_view_get_selection (KafSuspectsView *self)
{
  g_return_val_if_fail (KAF_IS_SUSPECTS_VIEW (self), NULL);

  return GTK_SELECTION_MODEL (self->selection);
}
