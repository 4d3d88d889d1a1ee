/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/kaf-merge.h"

#include <string.h>

#include "schema/kaf-set.h"

gboolean
kaf_merge_saw (const KafSight *sight, const KafMark *mark)
{
  /* What the hub wrote by its own hand, as device 0, nobody knows for having written it. */
  return mark->seq <= sight->saw || (mark->device == sight->device && mark->device != 0);
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
  /* Changed and changed back since is as good as seen: what the author had is what stands. Who made the record had
   * nothing: what was emptied since, he did not see. */
  if (saw_all (fields, n_fields, sight) || (!sight->made && EQUAL (before, standing)))
    return KAF_MERGE_TAKEN;
  return is_later (fields, n_fields, sight) ? KAF_MERGE_WON : KAF_MERGE_LOST;
}

void
kaf_merge_element_add (KafMergeElement *self, const KafMark *mark)
{
  if (self->n_added == 0 && self->added == NULL)
    self->added = &self->only;
  else if (self->n_added > 0 && self->added == &self->only)
    {
      self->added = g_new (KafMark, self->n_added + 1);
      self->added[0] = self->only;
    }
  else if (self->added != &self->only)
    self->added = g_renew (KafMark, self->added, self->n_added + 1);
  self->added[self->n_added++] = *mark;
}

void
kaf_merge_element_free (KafMergeElement *self)
{
  g_free (self->value);
  g_free (self->detail);
  if (self->added != &self->only)
    g_free (self->added);
  g_free (self);
}

static int
compare_values (gconstpointer a, gconstpointer b)
{
  const KafMergeElement *const *one = a, *const *other = b;

  return strcmp ((*one)->value, (*other)->value);
}

/* Elements by value: what is sent chooses how many there are, and looks for each of its own. */
static GPtrArray *
sort (GPtrArray *elements)
{
  GPtrArray *sorted = g_ptr_array_sized_new (elements->len);

  for (guint i = 0; i < elements->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (elements, i));
  g_ptr_array_sort (sorted, compare_values);
  return sorted;
}

static KafMergeElement *
find (GPtrArray *sorted, const char *value)
{
  guint low = 0, high = sorted != NULL ? sorted->len : 0;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      KafMergeElement *element = g_ptr_array_index (sorted, middle);
      int order = strcmp (element->value, value);

      if (order == 0)
        return element;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

/* Takes out the marks that the author had seen. FALSE: there was none. */
static gboolean
forget_seen (KafMergeElement *element, const KafSight *sight)
{
  guint before = element->n_added, n = 0;

  for (guint i = 0; i < before; i++)
    if (!kaf_merge_saw (sight, &element->added[i]))
      element->added[n++] = element->added[i];
  element->n_added = n;
  return n < before;
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

/* @element: NULL when it is not yet there; then @wanted gives what it holds. */
static void
add (GPtrArray *elements,
     KafMergeElement *element,
     KafElement *wanted,
     const KafSight *sight,
     gint64 seq)
{
  KafMark mark = { seq, sight->device, sight->clock };

  if (element == NULL)
    {
      element = g_new0 (KafMergeElement, 1);
      element->value = g_steal_pointer (&wanted->value);
      element->detail = g_steal_pointer (&wanted->detail);
      element->mark = mark;
      kaf_merge_element_add (element, &mark);
      g_ptr_array_add (elements, element);
      return;
    }
  forget_seen (element, sight);
  kaf_merge_element_add (element, &mark);
  set_detail (element, wanted->detail, sight, mark);
}

/* Taken away as far as the author had seen it; without a mark it is gone, and goes to @dead. */
static gboolean
remove_seen (GPtrArray *elements, KafMergeElement *element, const KafSight *sight, GPtrArray *dead)
{
  gboolean changed = element != NULL && forget_seen (element, sight);
  guint index;

  if (element != NULL && element->n_added == 0 && g_ptr_array_find (elements, element, &index))
    g_ptr_array_add (dead, g_ptr_array_steal_index (elements, index));
  return changed;
}

/* FALSE: there was nothing that the author had seen. */
static gboolean
remove_all (GPtrArray *elements,
            GPtrArray *sorted,
            const char *before,
            const char *after,
            const KafSight *sight,
            GPtrArray *dead)
{
  g_autoptr (GPtrArray) gone = kaf_set_difference (before, after);
  gboolean changed = FALSE;

  for (guint i = 0; i < gone->len; i++)
    {
      const KafElement *element = g_ptr_array_index (gone, i);

      /* Another detail alone: not gone. */
      if (!kaf_set_contains (after, element->value))
        changed |= remove_seen (elements, find (sorted, element->value), sight, dead);
    }
  return changed;
}

gboolean
kaf_merge_set (
    GPtrArray *elements, const char *before, const char *after, const KafSight *sight, gint64 seq)
{
  g_autoptr (GPtrArray) added = kaf_set_difference (after, before);
  /* Of a new record there is nothing to look among. */
  g_autoptr (GPtrArray) sorted = elements->len > 0 ? sort (elements) : NULL;
  g_autoptr (GPtrArray) dead = NULL;
  gboolean changed = FALSE;

  if (sorted != NULL && before != NULL)
    {
      dead = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_merge_element_free);
      changed = remove_all (elements, sorted, before, after, sight, dead);
    }
  for (guint i = 0; i < added->len; i++)
    {
      KafElement *wanted = g_ptr_array_index (added, i);
      KafMergeElement *standing = find (sorted, wanted->value);

      add (elements, standing != NULL && standing->n_added > 0 ? standing : NULL, wanted, sight,
           seq);
    }
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
