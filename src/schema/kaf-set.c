/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "schema/kaf-set.h"

#include <string.h>

static void
kaf_element_free (gpointer data)
{
  KafElement *element = data;

  g_free (element->value);
  g_free (element->detail);
  g_free (element);
}

static KafElement *
kaf_element_new (const char *value, const char *detail)
{
  KafElement *element = g_new0 (KafElement, 1);

  element->value = g_strdup (value);
  element->detail = detail != NULL && *detail != '\0' ? g_strdup (detail) : NULL;
  return element;
}

/* Between @start and @end, without outer blanks; NULL when nothing is left. (transfer full) */
static char *
copy_stripped (const char *start, const char *end)
{
  while (start < end && g_ascii_isspace (*start))
    start++;
  while (start < end && g_ascii_isspace (end[-1]))
    end--;
  return start < end ? g_strndup (start, end - start) : NULL;
}

static KafElement *
find (GPtrArray *elements, const char *value)
{
  for (guint i = 0; i < elements->len; i++)
    {
      KafElement *element = g_ptr_array_index (elements, i);

      if (g_str_equal (element->value, value))
        return element;
    }
  return NULL;
}

/* Up to so many elements a look at each is the quickest. */
#define FEW 16

static int
compare (gconstpointer a, gconstpointer b)
{
  const KafElement *const *one = a, *const *other = b;

  return strcmp ((*one)->value, (*other)->value);
}

/* The elements by value, twins in their order. A set comes from whoever writes it: no hash that he could make
 * collide, and nothing that grows with the square. */
static GPtrArray *
sort (GPtrArray *elements)
{
  GPtrArray *sorted = g_ptr_array_sized_new (elements->len);

  for (guint i = 0; i < elements->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (elements, i));
  g_ptr_array_sort (sorted, compare); /* stable */
  return sorted;
}

static KafElement *
find_sorted (GPtrArray *sorted, const char *value)
{
  guint low = 0, high = sorted->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      KafElement *element = g_ptr_array_index (sorted, middle);
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

static gboolean
may_have_twins (GPtrArray *elements)
{
  if (elements->len > FEW)
    return TRUE;
  for (guint i = 1; i < elements->len; i++)
    for (guint j = 0; j < i; j++)
      if (g_str_equal (((KafElement *) elements->pdata[i])->value,
                       ((KafElement *) elements->pdata[j])->value))
        return TRUE;
  return FALSE;
}

/* Takes out elements without a value, and those of a value that stands before; @last: of these the last detail
 * is the one. */
static void
unite (GPtrArray *elements, gboolean last)
{
  g_autoptr (GPtrArray) sorted = sort (elements);
  KafElement *first = NULL;
  guint n = 0;

  for (guint i = 0; i < sorted->len; i++)
    {
      KafElement *element = g_ptr_array_index (sorted, i);

      if (first == NULL || !g_str_equal (first->value, element->value))
        {
          first = element;
          continue;
        }
      if (last)
        {
          g_free (first->detail);
          first->detail = g_steal_pointer (&element->detail);
        }
      *element->value = '\0';
    }
  for (guint i = 0; i < elements->len; i++)
    {
      KafElement *element = g_ptr_array_index (elements, i);

      if (*element->value != '\0')
        elements->pdata[n++] = element;
      else
        kaf_element_free (element);
    }
  elements->len = n;
}

static GPtrArray *
parse (const char *set, gboolean last)
{
  GPtrArray *elements = g_ptr_array_new_with_free_func (kaf_element_free);
  const char *start = set;

  while (start != NULL && *start != '\0')
    {
      const char *end = strchrnul (start, '\n');
      const char *split = memchr (start, '\t', end - start);
      char *value = copy_stripped (start, split != NULL ? split : end);

      if (value != NULL)
        {
          KafElement *element = g_new0 (KafElement, 1);

          element->value = value;
          element->detail = split != NULL ? copy_stripped (split + 1, end) : NULL;
          g_ptr_array_add (elements, element);
        }
      start = *end != '\0' ? end + 1 : NULL;
    }
  if (may_have_twins (elements))
    unite (elements, last);
  return elements;
}

GPtrArray *
kaf_set_parse (const char *set)
{
  return parse (set, FALSE);
}

char *
kaf_set_unite (const char *set)
{
  g_autoptr (GPtrArray) elements = parse (set, TRUE);

  return kaf_set_print (elements);
}

char *
kaf_set_print (GPtrArray *elements)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < elements->len; i++)
    {
      const KafElement *element = g_ptr_array_index (elements, i);

      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, element->value);
      if (element->detail != NULL)
        g_string_append_printf (text, "\t%s", element->detail);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

char *
kaf_set_add (const char *set, const char *value, const char *detail)
{
  g_autoptr (GPtrArray) elements = kaf_set_parse (set);
  KafElement *element = find (elements, value);

  if (element != NULL)
    {
      g_free (element->detail);
      element->detail = g_strdup (detail);
    }
  else
    g_ptr_array_add (elements, kaf_element_new (value, detail));
  return kaf_set_print (elements);
}

char *
kaf_set_remove (const char *set, const char *value)
{
  g_autoptr (GPtrArray) elements = kaf_set_parse (set);
  KafElement *element = find (elements, value);

  if (element != NULL)
    g_ptr_array_remove (elements, element);
  return kaf_set_print (elements);
}

gboolean
kaf_set_contains (const char *set, const char *value)
{
  gsize length = strlen (value);

  for (const char *start = set; start != NULL && *start != '\0';)
    {
      const char *end = strchrnul (start, '\n');

      if (strncmp (start, value, length) == 0 && strchr ("\n\t", start[length]) != NULL)
        return TRUE;
      start = *end != '\0' ? end + 1 : NULL;
    }
  return FALSE;
}

guint
kaf_set_length (const char *set)
{
  guint length = set != NULL && *set != '\0' ? 1 : 0;

  for (const char *p = set; p != NULL && (p = strchr (p, '\n')) != NULL; p++)
    length++;
  return length;
}

char *
kaf_set_first (const char *set)
{
  return set != NULL && *set != '\0' ? g_strndup (set, strcspn (set, "\n\t")) : NULL;
}

gboolean
kaf_set_equal (const char *a, const char *b)
{
  g_autoptr (GPtrArray) more = NULL;

  if (g_strcmp0 (a, b) == 0)
    return TRUE;
  if (kaf_set_length (a) != kaf_set_length (b))
    return FALSE;

  more = kaf_set_difference (a, b);
  return more->len == 0;
}

GPtrArray *
kaf_set_difference (const char *to, const char *from)
{
  g_autoptr (GPtrArray) elements = kaf_set_parse (to);
  g_autoptr (GPtrArray) others = NULL;
  g_autoptr (GPtrArray) sorted = NULL;
  GPtrArray *difference;

  if (from == NULL || elements->len == 0)
    return g_steal_pointer (&elements);
  others = kaf_set_parse (from);
  sorted = others->len > FEW ? sort (others) : NULL;
  difference = g_ptr_array_new_with_free_func (kaf_element_free);
  for (guint i = 0; i < elements->len; i++)
    {
      const KafElement *element = g_ptr_array_index (elements, i);
      const KafElement *other =
          sorted != NULL ? find_sorted (sorted, element->value) : find (others, element->value);

      if (other == NULL || g_strcmp0 (element->detail, other->detail) != 0)
        g_ptr_array_add (difference, kaf_element_new (element->value, element->detail));
    }
  return difference;
}

/* Where the element at @text ends: at a bar that no backslash stands before. */
static const char *
csv_end (const char *text)
{
  for (; *text != '\0' && *text != '|'; text++)
    if (*text == '\\' && (text[1] == '|' || text[1] == '\\'))
      text++;
  return text;
}

/* Backslashes before a bar or a backslash taken off. (transfer full) */
static char *
csv_unescape (const char *text, gsize length)
{
  GString *plain = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '\\' && i + 1 < length && (text[i + 1] == '|' || text[i + 1] == '\\'))
        i++;
      g_string_append_c (plain, text[i]);
    }
  return g_string_free (plain, FALSE);
}

char *
kaf_set_from_csv (const char *csv, gboolean with_detail)
{
  g_autoptr (GPtrArray) elements = g_ptr_array_new_with_free_func (kaf_element_free);

  for (const char *start = csv; start != NULL && *start != '\0';)
    {
      const char *end = csv_end (start);
      g_autofree char *value = g_strstrip (csv_unescape (start, end - start));
      char *detail = with_detail ? strchr (value, ':') : NULL;

      if (detail != NULL)
        {
          *detail++ = '\0';
          g_strchomp (value);
          g_strstrip (detail);
        }
      if (*value != '\0' && find (elements, value) == NULL)
        g_ptr_array_add (elements, kaf_element_new (value, detail));
      start = *end != '\0' ? end + 1 : NULL;
    }
  return kaf_set_print (elements);
}

char *
kaf_set_to_csv (const char *set)
{
  g_autoptr (GPtrArray) elements = kaf_set_parse (set);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < elements->len; i++)
    {
      const KafElement *element = g_ptr_array_index (elements, i);

      if (i > 0)
        g_string_append_c (text, '|');
      for (const char *p = element->value; *p != '\0'; p++)
        {
          if (*p == '|' || *p == '\\')
            g_string_append_c (text, '\\');
          g_string_append_c (text, *p);
        }
      if (element->detail != NULL)
        g_string_append_printf (text, ":%s", element->detail);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
