/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/duplicates/kaf-review-pair.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "match/kaf-match-words.h"
#include "ui/record/kaf-pill.h"

#define LETTERS_MAX 64 /* longer values are told apart without their letters */

struct _KafReviewPair
{
  GtkBox parent_instance;

  KafReview *review;
  GPtrArray
      *buttons; /* of each field: the check of the second's value; NULL where nothing is chosen */
};

G_DEFINE_FINAL_TYPE (KafReviewPair, kaf_review_pair, GTK_TYPE_BOX)

/* ---- Letters that agree ---- */

static gunichar
plain (gunichar letter)
{
  gunichar base, mark;

  letter = g_unichar_tolower (letter);
  return g_unichar_decompose (letter, &base, &mark) && mark != 0 ? base : letter;
}

/* Marks the letters of @a that stand in @b in the same order, as many as there are; how many. */
static guint
find_common (const gunichar *a, glong n_a, const gunichar *b, glong n_b, gboolean *common)
{
  guint8 length[LETTERS_MAX + 1][LETTERS_MAX + 1] = { { 0 } };

  for (glong i = n_a - 1; i >= 0; i--)
    for (glong j = n_b - 1; j >= 0; j--)
      length[i][j] = plain (a[i]) == plain (b[j]) ? length[i + 1][j + 1] + 1
                                                  : MAX (length[i + 1][j], length[i][j + 1]);
  for (glong i = 0, j = 0; i < n_a && j < n_b;)
    {
      if (plain (a[i]) == plain (b[j]))
        {
          common[i] = TRUE;
          i++;
          j++;
        }
      else if (length[i + 1][j] >= length[i][j + 1])
        i++;
      else
        j++;
    }
  return length[0][0];
}

/* @text with what it has in common with @other in bold, as markup. Of two that are not spellings of one word, letters
 * that happen to agree tell nothing. (transfer full) */
static char *
mark_common (const char *text, const char *other)
{
  glong n, n_other;
  g_autofree gunichar *letters = g_utf8_to_ucs4_fast (text, -1, &n);
  g_autofree gunichar *others = g_utf8_to_ucs4_fast (other, -1, &n_other);
  gboolean common[LETTERS_MAX] = { FALSE };
  GString *markup;

  if (n > LETTERS_MAX || n_other > LETTERS_MAX ||
      find_common (letters, n, others, n_other, common) * 3 < 2 * MAX (n, n_other))
    return g_markup_escape_text (text, -1);
  markup = g_string_new (NULL);
  for (glong i = 0; i < n;)
    {
      glong end = i;
      g_autofree char *run = NULL;
      g_autofree char *escaped = NULL;

      /* In runs: letters of Arabic join with their neighbours. */
      while (end < n && common[end] == common[i])
        end++;
      run = g_ucs4_to_utf8 (letters + i, end - i, NULL, NULL, NULL);
      escaped = g_markup_escape_text (run, -1);
      g_string_append_printf (markup, common[i] ? "<b>%s</b>" : "%s", escaped);
      i = end;
    }
  return g_string_free (markup, FALSE);
}

/* ---- Cells ---- */

static GtkWidget *
new_label (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

static GtkWidget *
new_value (const char *text, const char *other, gboolean spelled)
{
  GtkWidget *label = new_label (text != NULL ? text : "—", NULL);

  gtk_widget_set_hexpand (label, TRUE);
  if (text == NULL)
    gtk_widget_add_css_class (label, "dim-label");
  if (spelled)
    {
      g_autofree char *markup = mark_common (text, other);

      gtk_label_set_markup (GTK_LABEL (label), markup);
    }
  return label;
}

/* The value with the button that has it show. */
static GtkWidget *
new_choice (GtkWidget *value, GtkWidget *group, const KafReviewField *field, const char *text)
{
  GtkWidget *button = gtk_check_button_new ();
  /* Translators: a field and its value, for a screen reader: "City: Bonn". */
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), _ (field->field->label), text);

  gtk_check_button_set_group (GTK_CHECK_BUTTON (button),
                              group != NULL ? GTK_CHECK_BUTTON (group) : NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), value);
  return button;
}

/* Letters say something where people write them; of the names of lists they do not. */
static gboolean
is_spelled (const KafReviewField *field)
{
  KafKind kind = field->field->kind;

  return field->differs && !kaf_field_is_many (field->field) &&
         (kind == KAF_KIND_TEXT || kind == KAF_KIND_EMAIL || kind == KAF_KIND_PHONE);
}

static GtkWidget *
add_field (
    KafReviewPair *self, GtkGrid *grid, int row, const KafReviewField *field, gboolean writable)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *a = new_value (field->a, field->b, is_spelled (field));
  GtkWidget *b = new_value (field->b, field->a, is_spelled (field));
  GtkWidget *second = NULL;

  gtk_box_append (GTK_BOX (head), new_label (_ (field->field->label), "dim-label"));
  gtk_widget_add_css_class (gtk_widget_get_first_child (head), "caption");
  if (field->differs)
    gtk_box_append (GTK_BOX (head), kaf_pill_new (_ ("differs"), "warning"));
  if (field->may_choose && writable)
    {
      a = new_choice (a, NULL, field, field->a);
      second = b = new_choice (b, a, field, field->b);
      g_object_set_data (G_OBJECT (second), "kaf-first", a);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (a), TRUE);
    }
  gtk_grid_attach (grid, head, 0, row, 2, 1);
  gtk_grid_attach (grid, a, 0, row + 1, 1, 1);
  gtk_grid_attach (grid, b, 1, row + 1, 1, 1);
  return second;
}

static GtkWidget *
new_name (const char *title, const char *ref, const KafEntity *entity, const char *id)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *line = kaf_bidi_ltr (ref != NULL ? ref : "");

  gtk_box_append (GTK_BOX (box), new_label (title, "heading"));
  gtk_box_append (GTK_BOX (box), new_label (line, "caption"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "kaf-pair-name");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-record");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", entity->id, id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title != NULL ? title : "", -1);
  return button;
}

static GtkWidget *
new_fields (KafReviewPair *self, gboolean writable)
{
  GtkWidget *grid = gtk_grid_new ();
  const KafSuspect *pair = self->review->pair;
  int row = 1;

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_grid_attach (GTK_GRID (grid), new_name (pair->title_a, pair->ref_a, pair->entity, pair->a), 0,
                   0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), new_name (pair->title_b, pair->ref_b, pair->entity, pair->b), 1,
                   0, 1, 1);
  for (guint i = 0; i < self->review->fields->len; i++, row += 2)
    g_ptr_array_add (self->buttons, add_field (self, GTK_GRID (grid), row,
                                               self->review->fields->pdata[i], writable));
  return grid;
}

static GtkWidget *
new_reasons (const KafReview *review, KafLang lang)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *likelihood = kaf_match_tell_likelihood (review->pair->likelihood, lang);
  g_autofree char *text =
      g_strdup_printf ("%s (%s)", kaf_match_tell_band (review->band, lang), likelihood);
  GtkWidget *pill =
      kaf_pill_new (text, review->band == KAF_MATCH_VERY_LIKELY ? "success" : "accent");

  gtk_widget_set_halign (pill, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), pill);
  for (guint i = 0; i < review->reasons->len; i++)
    {
      const KafReviewReason *reason = review->reasons->pdata[i];
      g_autofree char *line =
          g_strdup_printf ("%s %s", reason->speaks_for ? "✔" : "✘", reason->text);
      /* In Arabic it may begin with a Latin name; elsewhere an Arabic one turns nothing round. */
      g_autofree char *directed = lang == KAF_LANG_AR ? kaf_bidi_line (line) : g_strdup (line);

      gtk_box_append (GTK_BOX (box), new_label (directed, reason->speaks_for ? NULL : "warning"));
    }
  if (review->question != NULL)
    gtk_box_append (GTK_BOX (box), new_label (review->question, "dim-label"));
  return box;
}

static void
kaf_review_pair_finalize (GObject *object)
{
  KafReviewPair *self = KAF_REVIEW_PAIR (object);

  g_ptr_array_unref (self->buttons);
  g_clear_pointer (&self->review, kaf_review_free);
  G_OBJECT_CLASS (kaf_review_pair_parent_class)->finalize (object);
}

static void
kaf_review_pair_class_init (KafReviewPairClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_review_pair_finalize;
}

static void
kaf_review_pair_init (KafReviewPair *self)
{
  self->buttons = g_ptr_array_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 18);
}

GtkWidget *
kaf_review_pair_new (KafReview *review, gboolean writable, KafLang lang)
{
  KafReviewPair *self = g_object_new (KAF_TYPE_REVIEW_PAIR, NULL);

  self->review = review;
  gtk_box_append (GTK_BOX (self), new_reasons (review, lang));
  gtk_box_append (GTK_BOX (self), new_fields (self, writable));
  return GTK_WIDGET (self);
}

const KafReview *
kaf_review_pair_get_review (KafReviewPair *self)
{
  g_return_val_if_fail (KAF_IS_REVIEW_PAIR (self), NULL);

  return self->review;
}

GArray *
kaf_review_pair_get_choices (KafReviewPair *self)
{
  GArray *choices = g_array_new (TRUE, TRUE, sizeof (KafFieldChoice));

  g_return_val_if_fail (KAF_IS_REVIEW_PAIR (self), choices);

  for (guint i = 0; i < self->buttons->len; i++)
    {
      const KafReviewField *field = self->review->fields->pdata[i];
      GtkCheckButton *second = self->buttons->pdata[i];
      KafFieldChoice choice = { field->part, field->field->id, NULL };

      if (second == NULL)
        continue;
      choice.of =
          gtk_check_button_get_active (second) ? self->review->pair->b : self->review->pair->a;
      g_array_append_val (choices, choice);
    }
  return choices;
}

void
kaf_review_pair_choose (KafReviewPair *self, guint index, gboolean second)
{
  g_return_if_fail (KAF_IS_REVIEW_PAIR (self));
  g_return_if_fail (index < self->buttons->len && self->buttons->pdata[index] != NULL);

  gtk_check_button_set_active (second
                                   ? self->buttons->pdata[index]
                                   : g_object_get_data (self->buttons->pdata[index], "kaf-first"),
                               TRUE);
}
