/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/kaf-merge.h"

#include "schema/kaf-set.h"

gboolean
kaf_merge_saw (const KafSight *sight, const KafMark *mark)
{
  return mark->seq <= sight->saw || mark->device == sight->device;
}

/* Whether the texts that @a and @b point to in each field are the same. */
static gboolean
are_equal (const KafMergeField *fields, guint n_fields, gsize a, gsize b)
{
  for (guint i = 0; i < n_fields; i++)
    if (g_strcmp0 (G_STRUCT_MEMBER (const char *, &fields[i], a),
                   G_STRUCT_MEMBER (const char *, &fields[i], b)) != 0)
      return FALSE;
  return TRUE;
}

#define EQUAL(a, b)                                                                                \
  are_equal (fields, n_fields, G_STRUCT_OFFSET (KafMergeField, a),                                 \
             G_STRUCT_OFFSET (KafMergeField, b))

static gboolean
saw_all (const KafMergeField *fields, guint n_fields, const KafSight *sight)
{
  for (guint i = 0; i < n_fields; i++)
    if (!kaf_merge_saw (sight, &fields[i].mark))
      return FALSE;
  return TRUE;
}

static gboolean
is_later (const KafMergeField *fields, guint n_fields, const KafSight *sight)
{
  for (guint i = 0; i < n_fields; i++)
    if (kaf_hlc_compare (&sight->clock, &fields[i].mark.clock) <= 0)
      return FALSE;
  return TRUE;
}

static gboolean
was_written (const KafMergeField *fields, guint n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    if (fields[i].standing != NULL)
      return TRUE;
  return FALSE;
}

KafMergeResult
kaf_merge_unit (KafMerge rule, const KafMergeField *fields, guint n_fields, const KafSight *sight)
{
  if (EQUAL (after, standing))
    return KAF_MERGE_STANDS;
  if (rule == KAF_MERGE_APPEND_ONLY)
    return was_written (fields, n_fields) ? KAF_MERGE_REFUSED : KAF_MERGE_TAKEN;
  /* Changed and changed back since is as good as seen: what the author had is what stands. */
  if (saw_all (fields, n_fields, sight) || EQUAL (before, standing))
    return KAF_MERGE_TAKEN;
  return is_later (fields, n_fields, sight) ? KAF_MERGE_WON : KAF_MERGE_LOST;
}

void
kaf_merge_element_free (KafMergeElement *self)
{
  g_free (self->value);
  g_free (self->detail);
  g_array_unref (self->added);
  g_free (self);
}

static KafMergeElement *
find (GPtrArray *elements, const char *value, guint *index)
{
  for (guint i = 0; i < elements->len; i++)
    {
      KafMergeElement *element = g_ptr_array_index (elements, i);

      if (g_str_equal (element->value, value))
        {
          *index = i;
          return element;
        }
    }
  return NULL;
}

/* Takes out the marks that the author had seen. FALSE: there was none. */
static gboolean
forget_seen (GArray *marks, const KafSight *sight)
{
  guint before = marks->len;

  for (guint i = marks->len; i > 0; i--)
    if (kaf_merge_saw (sight, &g_array_index (marks, KafMark, i - 1)))
      g_array_remove_index (marks, i - 1);
  return marks->len < before;
}

/* Of two details written unseen by one another, the later stands; a seen one is replaced. */
static void
set_detail (KafMergeElement *element, const char *detail, const KafSight *sight, KafMark mark)
{
  if (g_strcmp0 (element->detail, detail) == 0 ||
      (!kaf_merge_saw (sight, &element->mark) &&
       kaf_hlc_compare (&sight->clock, &element->mark.clock) <= 0))
    return;
  g_free (element->detail);
  element->detail = g_strdup (detail);
  element->mark = mark;
}

static void
add (GPtrArray *elements, const KafElement *wanted, const KafSight *sight, gint64 seq)
{
  KafMark mark = { seq, sight->device, sight->clock };
  guint index;
  KafMergeElement *element = find (elements, wanted->value, &index);

  if (element == NULL)
    {
      element = g_new0 (KafMergeElement, 1);
      element->value = g_strdup (wanted->value);
      element->detail = g_strdup (wanted->detail);
      element->mark = mark;
      element->added = g_array_new (FALSE, FALSE, sizeof (KafMark));
      g_ptr_array_add (elements, element);
    }
  forget_seen (element->added, sight);
  g_array_append_val (element->added, mark);
  set_detail (element, wanted->detail, sight, mark);
}

static gboolean
remove_seen (GPtrArray *elements, const char *value, const KafSight *sight)
{
  guint index = 0;
  KafMergeElement *element = find (elements, value, &index);

  gboolean changed = element != NULL && forget_seen (element->added, sight);

  if (element != NULL && element->added->len == 0)
    g_ptr_array_remove_index (elements, index);
  return changed;
}

gboolean
kaf_merge_set (
    GPtrArray *elements, const char *before, const char *after, const KafSight *sight, gint64 seq)
{
  g_autoptr (GPtrArray) added = kaf_set_difference (after, before);
  g_autoptr (GPtrArray) gone = kaf_set_difference (before, after);
  gboolean changed = FALSE;

  for (guint i = 0; i < gone->len; i++)
    {
      const KafElement *element = g_ptr_array_index (gone, i);

      /* Another detail alone: not gone. */
      if (!kaf_set_contains (after, element->value))
        changed |= remove_seen (elements, element->value, sight);
    }
  for (guint i = 0; i < added->len; i++)
    add (elements, g_ptr_array_index (added, i), sight, seq);
  /* What is added leaves a mark even where it was. */
  return changed || added->len > 0;
}

gboolean
kaf_merge_delete (const KafMark *marks, guint n_marks, const KafSight *sight)
{
  for (guint i = 0; i < n_marks; i++)
    if (!kaf_merge_saw (sight, &marks[i]))
      return FALSE;
  return TRUE;
}
