/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/holder/kaf-segmentation.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "rules/holder/kaf-tiers.h"
#include "schema/kaf-registry.h"
#include "ui/compat/kaf-text.h"
#include "ui/holder/kaf-holder-scoring.h"
#include "ui/record/kaf-columns.h"
#include "ui/record/kaf-record-section.h"

#define SIDE_BY_SIDE 480 /* px: from there on the plot stands beside the figures */
#define TEXT_WIDTH 160   /* px that a longer sentence is content with */
#define PLOT_PERCENT 46
#define FIGURES 3

struct _KafSegmentation
{
  GtkBox parent_instance;

  KafStore *store;
  KafLang lang;
  char *person;
  char tier;
  char *question; /* field of it; nullable */
  GPtrArray *history;
  GCancellable *cancellable;

  GtkWidget *section;
  GtkWidget *plot;
  GtkWidget *figures[FIGURES];
  GtkWidget *spans[FIGURES];
  GtkWidget *parts; /* box: made anew at each reading */
  GtkWidget *decided;
  GtkWidget *question_box;
  GtkWidget *question_text;
  GtkWidget *answer, *decide;
};

G_DEFINE_FINAL_TYPE (KafSegmentation, kaf_segmentation, GTK_TYPE_BOX)

static KafTierSpan
to_span (const KafScoreSpan *span)
{
  return (KafTierSpan){ span->low, span->expected, span->high };
}

/* "54–84"; nothing where all is known. */
static char *
describe_span (const KafScoreSpan *span, KafLang lang)
{
  g_autofree char *low = kaf_number_format (span->low, lang);
  g_autofree char *high = kaf_number_format (span->high, lang);
  g_autofree char *both = NULL;

  if (span->low == span->high)
    return g_strdup ("");
  both = g_strdup_printf ("%s–%s", low, high);
  return kaf_bidi_ltr (both);
}

static void
show_figures (KafSegmentation *self, const KafHolderScoring *scoring)
{
  const KafAxis axes[FIGURES] = { KAF_AXIS_POTENTIAL, KAF_AXIS_ENGAGEMENT, KAF_AXIS_RELAY };

  for (guint i = 0; i < FIGURES; i++)
    {
      const KafScoreSpan *span = &scoring->score.axes[axes[i]];
      g_autofree char *number = kaf_number_format (span->expected, self->lang);
      g_autofree char *open = describe_span (span, self->lang);

      gtk_label_set_text (GTK_LABEL (self->figures[i]), number);
      gtk_label_set_text (GTK_LABEL (self->spans[i]), open);
    }
}

static char *
describe_plot (KafSegmentation *self, const KafHolderScoring *scoring)
{
  const KafScoreSpan *potential = &scoring->score.axes[KAF_AXIS_POTENTIAL];
  const KafScoreSpan *engagement = &scoring->score.axes[KAF_AXIS_ENGAGEMENT];
  const char *letter = kaf_tier_letter (scoring->tier);

  /* Translators: read out for the plot: a tier (A to D), then scores out of 100 with what they may be at least and at
   * most, and a number of people. */
  return g_strdup_printf (_ ("Tier %s: potential %d, between %d and %d; engagement %d, between %d "
                             "and %d; beside %u other project holders"),
                          letter, potential->expected, potential->low, potential->high,
                          engagement->expected, engagement->low, engagement->high,
                          scoring->points->len);
}

static void
show_plot (KafSegmentation *self, const KafHolderScoring *scoring)
{
  KafTierSpan potential = to_span (&scoring->score.axes[KAF_AXIS_POTENTIAL]);
  KafTierSpan engagement = to_span (&scoring->score.axes[KAF_AXIS_ENGAGEMENT]);
  g_autofree char *description = describe_plot (self, scoring);

  kaf_tier_plot_set (KAF_TIER_PLOT (self->plot), &potential, &engagement, scoring->cuts[0],
                     scoring->cuts[1], scoring->tier, scoring->points, description);
}

/* "+30", "?"; a criterion that brings nothing is told too: it is why the score is not higher. */
static char *
describe_points (const KafScorePart *part)
{
  g_autofree char *text = NULL;

  if (!part->known)
    return g_strdup ("?");
  text = g_strdup_printf (part->points > 0 ? "+%d" : "%d", part->points);
  return kaf_bidi_ltr (text);
}

static GtkWidget *
part_new (const KafScorePart *part)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *points = describe_points (part);
  g_autofree char *line = kaf_bidi_line (part->sentence);
  g_autofree char *name =
      g_strdup_printf ("%s, %s", part->known ? points : _ ("unknown"), part->sentence);
  GtkWidget *figure = gtk_label_new (points);
  GtkWidget *text =
      kaf_text_new (line,
                    part->points == 0 && part->known ? KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_DIM
                                                     : KAF_DRAWN_TEXT_SMALL,
                    TEXT_WIDTH, KAF_TEXT_WHOLE);

  gtk_label_set_width_chars (GTK_LABEL (figure), 4);
  gtk_label_set_xalign (GTK_LABEL (figure), 1);
  gtk_widget_set_valign (figure, GTK_ALIGN_START);
  gtk_widget_add_css_class (figure, "caption");
  gtk_widget_add_css_class (figure, "numeric");
  gtk_widget_add_css_class (figure, !part->known       ? "warning"
                                    : part->points > 0 ? "success"
                                                       : "dim-label");
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (box), figure);
  gtk_box_append (GTK_BOX (box), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return box;
}

static GtkWidget *
axis_heading_new (KafAxis axis, guint half_life)
{
  GtkWidget *label;
  g_autofree char *text = NULL;

  if (axis == KAF_AXIS_POTENTIAL)
    text = g_strdup (_ ("Potential"));
  else if (axis == KAF_AXIS_RELAY)
    text = g_strdup (_ ("Relay (apart)"));
  else
    text = g_strdup_printf (ngettext ("Engagement (half-life of %u day)",
                                      "Engagement (half-life of %u days)", half_life),
                            half_life);
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static void
show_parts (KafSegmentation *self, const KafHolderScoring *scoring)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->parts)) != NULL)
    gtk_box_remove (GTK_BOX (self->parts), child);
  for (int axis = 0; axis < KAF_N_AXES; axis++)
    {
      gboolean headed = FALSE;

      for (guint i = 0; i < scoring->parts->len; i++)
        {
          const KafScorePart *part = g_ptr_array_index (scoring->parts, i);

          if ((int) part->axis != axis)
            continue;
          if (!headed)
            gtk_box_append (GTK_BOX (self->parts),
                            axis_heading_new (part->axis, scoring->half_life));
          headed = TRUE;
          gtk_box_append (GTK_BOX (self->parts), part_new (part));
        }
    }
}

/* Whoever may not write what is asked for still reads what would be worth knowing. */
static void
show_answer (KafSegmentation *self, const KafHolderScoring *scoring)
{
  g_auto (GStrv) words = g_strsplit (scoring->field != NULL ? scoring->field : "", ".", 2);
  const KafEntity *entity = words[0] != NULL ? kaf_registry_find (words[0]) : NULL;
  gboolean made = scoring->asked_of != NULL;
  gboolean may =
      entity != NULL && (made ? kaf_store_may_write_field (self->store, entity,
                                                           kaf_entity_find_field (entity, words[1]))
                              : kaf_store_may_make (self->store, entity));

  gtk_widget_set_visible (self->answer, may);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->answer), NULL);
  if (!may)
    return;
  if (made)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->answer), "(ss)", scoring->field,
                                      scoring->asked_of);
  else
    gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->answer), NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->answer),
                                  made ? "holder.answer" : "holder.new-project");
}

static void
show_question (KafSegmentation *self, const KafHolderScoring *scoring)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  g_free (self->question);
  self->question = g_strdup (scoring->field);
  gtk_widget_set_visible (self->question_box, scoring->question != NULL);
  if (scoring->question == NULL)
    return;
  /* Translators: a question, and a sentence about what its answer may change. */
  text = g_strdup_printf (_ ("The most useful question: %s %s"), scoring->question,
                          scoring->says != NULL ? scoring->says : "");
  line = kaf_bidi_line (text);
  kaf_text_set (KAF_TEXT (self->question_text), line);
  show_answer (self, scoring);
}

static void
show_note (KafSegmentation *self, const KafHolderScoring *scoring)
{
  const char *letter = kaf_tier_letter (scoring->tier);
  /* Translators: a tier, A to D. */
  g_autofree char *tier = g_strdup_printf (_ ("tier %s"), letter);
  g_autoptr (GString) note = g_string_new (NULL);
  g_autofree char *line = NULL;

  kaf_bidi_append (note, tier);
  kaf_bidi_append (note, scoring->rules);
  line = kaf_bidi_line (note->str);
  kaf_record_section_set_note (KAF_RECORD_SECTION (self->section), line);
  kaf_text_set (KAF_TEXT (self->decided), scoring->decided);
  gtk_widget_set_visible (self->decided, scoring->decided != NULL);
}

static void
show (KafSegmentation *self, const KafHolderScoring *scoring)
{
  self->tier = scoring->tier;
  show_note (self, scoring);
  show_plot (self, scoring);
  show_figures (self, scoring);
  show_parts (self, scoring);
  show_question (self, scoring);
  gtk_widget_set_visible (self->decide,
                          kaf_store_may_make (self->store, kaf_registry_find ("tier_override")));
  g_clear_pointer (&self->history, g_ptr_array_unref);
  self->history = g_ptr_array_ref (scoring->history);
  gtk_widget_set_visible (self->section, TRUE);
}

/* Reading */

typedef struct
{
  char *person;
  KafLang lang;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->person);
  g_free (request);
}

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;

  return kaf_holder_scoring_read (db, request->person, request->lang, cancellable, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSegmentation) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafHolderScoring) scoring = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (self->store == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (scoring != NULL)
    show (self, scoring);
  else
    gtk_widget_set_visible (self->section, FALSE);
  if (error != NULL)
    g_message ("The score of a project holder was not read: %s", error->message);
}

void
kaf_segmentation_set_person (KafSegmentation *self, const char *person)
{
  Request *request;

  g_return_if_fail (KAF_IS_SEGMENTATION (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  /* Of another person, nothing of the one before. */
  if (g_strcmp0 (self->person, person) != 0)
    gtk_widget_set_visible (self->section, FALSE);
  g_free (self->person);
  self->person = g_strdup (person);
  request = g_new0 (Request, 1);
  request->person = g_strdup (person);
  request->lang = self->lang;
  kaf_store_run_async (self->store, KAF_LANE_BACKGROUND, read_job, request, request_free,
                       (GDestroyNotify) kaf_holder_scoring_free, self->cancellable, on_read,
                       g_object_ref (self));
}

/* The history */

static GtkWidget *
history_list_new (const GPtrArray *history)
{
  GtkWidget *list = kaf_record_section_list (_ ("History of the tiers"));

  for (guint i = 0; i < history->len; i++)
    {
      const KafTierStep *step = g_ptr_array_index (history, i);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), step->line);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), step->day);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  if (history->len == 0)
    kaf_record_section_say (
        list,
        _ ("No tier was recorded yet: that is done at a review, or when rules are published."));
  return list;
}

static void
on_history (GtkButton *button, KafSegmentation *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog;

  if (!GTK_IS_WINDOW (root) || self->history == NULL)
    return;
  dialog = adw_message_dialog_new (GTK_WINDOW (root), _ ("History of the Tiers"), NULL);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog),
                                      history_list_new (self->history));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Making */

static void
kaf_segmentation_dispose (GObject *object)
{
  KafSegmentation *self = KAF_SEGMENTATION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->person, g_free);
  g_clear_pointer (&self->question, g_free);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  G_OBJECT_CLASS (kaf_segmentation_parent_class)->dispose (object);
}

static void
kaf_segmentation_class_init (KafSegmentationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_segmentation_dispose;
}

static GtkWidget *
label_new (const char *text, const char *const *classes)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_css_classes (label, (const char **) classes);
  return label;
}

static GtkWidget *
figure_new (KafSegmentation *self, guint place, const char *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->figures[place] = label_new (NULL, (const char *const[]){ "title-2", "numeric", NULL });
  self->spans[place] =
      label_new (NULL, (const char *const[]){ "caption", "dim-label", "numeric", NULL });
  gtk_widget_set_valign (self->spans[place], GTK_ALIGN_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (self->figures[place]), PANGO_ELLIPSIZE_NONE);
  gtk_box_append (GTK_BOX (line), self->figures[place]);
  gtk_box_append (GTK_BOX (line), self->spans[place]);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box),
                  label_new (name, (const char *const[]){ "caption", "dim-label", NULL }));
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static GtkWidget *
details_new (KafSegmentation *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *figures = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_append (GTK_BOX (figures), figure_new (self, 0, _ ("Potential")));
  gtk_box_append (GTK_BOX (figures), figure_new (self, 1, _ ("Engagement")));
  gtk_box_append (GTK_BOX (figures), figure_new (self, 2, _ ("Relay (apart)")));
  self->parts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  self->decided =
      kaf_text_new (NULL, KAF_DRAWN_TEXT_BOLD | KAF_DRAWN_TEXT_SMALL, TEXT_WIDTH, KAF_TEXT_WHOLE);
  gtk_box_append (GTK_BOX (box), figures);
  gtk_box_append (GTK_BOX (box), self->decided);
  gtk_box_append (GTK_BOX (box), self->parts);
  return box;
}

static GtkWidget *
question_new (KafSegmentation *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-question-symbolic");

  self->question_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_add_css_class (self->question_box, "kaf-question");
  gtk_widget_add_css_class (icon, "accent");
  self->question_text = kaf_text_new (NULL, KAF_DRAWN_TEXT_SMALL, TEXT_WIDTH, KAF_TEXT_WHOLE);
  gtk_widget_set_hexpand (self->question_text, TRUE);
  gtk_widget_set_valign (self->question_text, GTK_ALIGN_CENTER);
  self->answer = gtk_button_new_with_label (_ ("Answer"));
  gtk_widget_set_valign (self->answer, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->answer), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Answer the most useful question"), -1);
  gtk_box_append (GTK_BOX (self->question_box), icon);
  gtk_box_append (GTK_BOX (self->question_box), self->question_text);
  gtk_box_append (GTK_BOX (self->question_box), self->answer);
  return self->question_box;
}

static void
add_buttons (KafSegmentation *self)
{
  KafRecordSection *section = KAF_RECORD_SECTION (self->section);
  GtkWidget *history =
      kaf_record_section_add_button (section, _ ("History"), _ ("History of the tiers"));
  GtkWidget *simulate;

  self->decide = kaf_record_section_add_button (
      section, _ ("Decide…"), _ ("Decide the tier against the score, with a reason"));
  simulate = kaf_record_section_add_button (
      section, _ ("Simulate…"), _ ("Scoring rules: change them and see who would move"));
  g_signal_connect (history, "clicked", G_CALLBACK (on_history), self);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->decide), "holder.decide-tier");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (simulate), "win.show-rules");
}

static void
kaf_segmentation_init (KafSegmentation *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->section = kaf_record_section_new (_ ("Segmentation"));
  gtk_widget_set_visible (self->section, FALSE);
  add_buttons (self);
  self->plot = kaf_tier_plot_new ();
  gtk_widget_set_valign (self->plot, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (card),
                  kaf_columns_new (self->plot, details_new (self), SIDE_BY_SIDE, PLOT_PERCENT, 18));
  gtk_box_append (GTK_BOX (card), question_new (self));
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "kaf-record-padded");
  kaf_record_section_set_child (KAF_RECORD_SECTION (self->section), card);
  gtk_box_append (GTK_BOX (self), self->section);
}

GtkWidget *
kaf_segmentation_new (KafStore *store, KafLang lang)
{
  KafSegmentation *self = g_object_new (KAF_TYPE_SEGMENTATION, NULL);

  self->store = g_object_ref (store);
  self->lang = lang;
  return GTK_WIDGET (self);
}

char
kaf_segmentation_get_tier (KafSegmentation *self)
{
  g_return_val_if_fail (KAF_IS_SEGMENTATION (self), 0);
  return self->tier;
}

const char *
kaf_segmentation_get_question (KafSegmentation *self)
{
  g_return_val_if_fail (KAF_IS_SEGMENTATION (self), NULL);
  return self->question;
}
