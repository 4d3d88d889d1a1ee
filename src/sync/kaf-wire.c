/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scan of JSON by a table of what may follow, with a stack of a fixed depth.
 *
 * Names of the objects that are open lie in one growing list, the innermost object's last. When
 * an object closes, its names are sorted and twins stand side by side: no hash that a sender
 * could make collide, and no memory per value. */
#include "config.h"

#include "sync/kaf-wire.h"

#include <string.h>

/* A record with its facets has about as many parts, and names in objects that are open at once. */
#define USUAL_PARTS 128
#define USUAL_NAMES 32

/* What may come next. */
typedef enum
{
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END, /* after '[' */
  EXPECT_NAME_OR_END,  /* after '{' */
  EXPECT_NAME,         /* after ',' in an object */
  EXPECT_COLON,
  EXPECT_COMMA_OR_END,
  EXPECT_NOTHING, /* the value is complete */
} Expect;

typedef struct
{
  const char *text; /* within the input, or in `decoded` when it was escaped */
  gsize size;
} Name;

typedef struct
{
  const char *start, *p, *end;
  guint depth;
  gboolean in_object[KAF_WIRE_MAX_DEPTH];
  guint first_name[KAF_WIRE_MAX_DEPTH]; /* where the names of that object begin */
  GArray *names;                        /* of Name */
  GStringChunk *decoded;                /* names that were written with escapes */
  GArray *parts;                        /* of KafWirePart; nullable */
  guint opened[KAF_WIRE_MAX_DEPTH];     /* the place there of that array or object */
} Scan;

static gboolean
refuse (Scan *self, KafSyncError code, const char *what, GError **error)
{
  g_set_error (error, KAF_SYNC_ERROR, code, "%s at byte %" G_GSIZE_FORMAT, what,
               (gsize) (self->p - self->start));
  return FALSE;
}

static void
skip_blanks (Scan *self)
{
  while (self->p < self->end &&
         (*self->p == ' ' || *self->p == '\n' || *self->p == '\t' || *self->p == '\r'))
    self->p++;
}

/* What begins at @text, or the whole of it, in what is open. FALSE: there are too many. */
static gboolean
note_part (Scan *self, const char *text, gsize size, gboolean is_value, GError **error)
{
  const KafWirePart part = { text, size, 0, 1 };

  if (self->parts == NULL)
    return TRUE;
  if (self->parts->len == KAF_WIRE_MAX_PARTS)
    return refuse (self, KAF_SYNC_ERROR_TOO_LARGE, "more parts than the limit", error);
  if (self->depth > 0 && is_value)
    g_array_index (self->parts, KafWirePart, self->opened[self->depth - 1]).n++;
  g_array_append_val (self->parts, part);
  return TRUE;
}

/* Four hexadecimal digits after "\u", which self->p stands behind. */
static gboolean
scan_unit (Scan *self, guint *unit, GError **error)
{
  *unit = 0;
  if (self->end - self->p < 4)
    return refuse (self, KAF_SYNC_ERROR_GRAMMAR, "a broken escape", error);
  for (guint i = 0; i < 4; i++, self->p++)
    {
      int digit = g_ascii_xdigit_value (*self->p);

      if (digit < 0)
        return refuse (self, KAF_SYNC_ERROR_GRAMMAR, "a broken escape", error);
      *unit = *unit << 4 | (guint) digit;
    }
  return TRUE;
}

static gboolean
scan_unicode (Scan *self, gunichar *c, GError **error)
{
  guint unit, low;

  if (!scan_unit (self, &unit, error))
    return FALSE;
  *c = unit;
  if (unit == 0)
    return refuse (self, KAF_SYNC_ERROR_STRING, "an escaped NUL", error);
  if (unit < 0xd800 || unit > 0xdfff)
    return TRUE;
  if (unit > 0xdbff || self->end - self->p < 2 || self->p[0] != '\\' || self->p[1] != 'u')
    return refuse (self, KAF_SYNC_ERROR_STRING, "half of a surrogate pair", error);
  self->p += 2;
  if (!scan_unit (self, &low, error))
    return FALSE;
  if (low < 0xdc00 || low > 0xdfff)
    return refuse (self, KAF_SYNC_ERROR_STRING, "half of a surrogate pair", error);
  *c = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
  return TRUE;
}

/* The escape whose backslash self->p stands behind. */
static gboolean
scan_escape (Scan *self, gunichar *c, GError **error)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *letter;

  if (self->p >= self->end)
    return refuse (self, KAF_SYNC_ERROR_GRAMMAR, "a string without end", error);
  if (*self->p == 'u')
    {
      self->p++;
      return scan_unicode (self, c, error);
    }
  letter = memchr (letters, *self->p, sizeof letters - 1);
  if (letter == NULL)
    return refuse (self, KAF_SYNC_ERROR_GRAMMAR, "an unknown escape", error);
  *c = (guchar) meanings[letter - letters];
  self->p++;
  return TRUE;
}

/* A string from its opening quote on. @decoded (nullable) takes what it says, but only when that
 * is not what is written. @escaped: whether it was. */
static gboolean
scan_string (Scan *self, GString *decoded, gboolean *escaped, GError **error)
{
  const char *run = ++self->p;
  gunichar c;

  *escaped = FALSE;
  while (self->p < self->end && *self->p != '"')
    {
      if ((guchar) *self->p < 0x20)
        return refuse (self, KAF_SYNC_ERROR_GRAMMAR, "a control character", error);
      if (*self->p != '\\')
        {
          self->p++;
          continue;
        }
      if (decoded != NULL)
        g_string_append_len (decoded, run, self->p - run);
      self->p++;
      if (!scan_escape (self, &c, error))
        return FALSE;
      if (decoded != NULL)
        g_string_append_unichar (decoded, c);
      *escaped = TRUE;
      run = self->p;
    }
  if (self->p >= self->end)
    return refuse (self, KAF_SYNC_ERROR_GRAMMAR, "a string without end", error);
  if (decoded != NULL && *escaped)
    g_string_append_len (decoded, run, self->p - run);
  self->p++;
  return TRUE;
}

static gboolean
scan_name (Scan *self, GError **error)
{
  const char *start = self->p + 1;
  gboolean escaped;
  Name name;

  if (!scan_string (self, NULL, &escaped, error))
    return FALSE;
  name.text = start;
  name.size = self->p - 1 - start;
  if (name.size == 0)
    return refuse (self, KAF_SYNC_ERROR_DUPLICATE_KEY, "an empty name", error);
  if (escaped)
    {
      g_autoptr (GString) decoded = g_string_new (NULL);

      self->p = start - 1;
      if (!scan_string (self, decoded, &escaped, error))
        return FALSE;
      if (self->decoded == NULL)
        self->decoded = g_string_chunk_new (1024);
      name.text = g_string_chunk_insert_len (self->decoded, decoded->str, decoded->len);
      name.size = decoded->len;
    }
  g_array_append_val (self->names, name);
  return note_part (self, start, self->p - 1 - start, FALSE, error);
}

/* A whole number within 64 bits. */
static gboolean
scan_number (Scan *self, GError **error)
{
  gboolean negative = *self->p == '-';
  guint64 limit = negative ? (guint64) G_MAXINT64 + 1 : (guint64) G_MAXINT64;
  guint64 value = 0;
  const char *digits;

  self->p += negative;
  digits = self->p;
  for (; self->p < self->end && g_ascii_isdigit (*self->p); self->p++)
    {
      guint digit = *self->p - '0';

      if (value > (limit - digit) / 10)
        return refuse (self, KAF_SYNC_ERROR_NUMBER, "a number beyond 64 bits", error);
      value = value * 10 + digit;
    }
  if (self->p == digits)
    return refuse (self, KAF_SYNC_ERROR_GRAMMAR, "a sign without a number", error);
  if (*digits == '0' && (negative || self->p - digits > 1))
    return refuse (self, KAF_SYNC_ERROR_NUMBER, "a number in another spelling", error);
  if (self->p < self->end && (*self->p == '.' || *self->p == 'e' || *self->p == 'E'))
    return refuse (self, KAF_SYNC_ERROR_NUMBER, "a number that is not whole", error);
  return TRUE;
}

static gboolean
scan_word (Scan *self, GError **error)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize size = strlen (words[i]);

      if ((gsize) (self->end - self->p) >= size && memcmp (self->p, words[i], size) == 0)
        {
          self->p += size;
          return TRUE;
        }
    }
  return refuse (self, KAF_SYNC_ERROR_GRAMMAR, "no value", error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const Name *x = a, *y = b;

  if (x->size != y->size)
    return x->size < y->size ? -1 : 1;
  return memcmp (x->text, y->text, x->size);
}

static int
compare_names_with_data (gconstpointer a, gconstpointer b, gpointer data)
{
  return compare_names (a, b);
}

/* Up to so many names a look at each pair is the quickest. */
#define FEW_NAMES 24

static gboolean
has_twins (Name *names, guint n)
{
  if (n <= FEW_NAMES)
    {
      for (guint i = 1; i < n; i++)
        for (guint j = 0; j < i; j++)
          if (compare_names (&names[i], &names[j]) == 0)
            return TRUE;
      return FALSE;
    }
  g_qsort_with_data (names, (int) n, sizeof (Name), compare_names_with_data, NULL);
  for (guint i = 1; i < n; i++)
    if (compare_names (&names[i - 1], &names[i]) == 0)
      return TRUE;
  return FALSE;
}

/* The names of the innermost object are told apart, then forgotten. */
static gboolean
close_names (Scan *self, GError **error)
{
  guint first = self->first_name[self->depth - 1];

  if (self->names->len > first &&
      has_twins (&g_array_index (self->names, Name, first), self->names->len - first))
    return refuse (self, KAF_SYNC_ERROR_DUPLICATE_KEY, "a name twice in the object that ends",
                   error);
  g_array_set_size (self->names, first);
  return TRUE;
}

static gboolean
open_container (Scan *self, Expect *expect, GError **error)
{
  gboolean object = *self->p == '{';

  if (self->depth == KAF_WIRE_MAX_DEPTH)
    return refuse (self, KAF_SYNC_ERROR_TOO_DEEP, "too deep", error);
  if (!note_part (self, self->p, 0, TRUE, error))
    return FALSE;
  if (self->parts != NULL)
    self->opened[self->depth] = self->parts->len - 1;
  self->in_object[self->depth] = object;
  self->first_name[self->depth] = self->names->len;
  self->depth++;
  self->p++;
  *expect = object ? EXPECT_NAME_OR_END : EXPECT_VALUE_OR_END;
  return TRUE;
}

static Expect
after_value (Scan *self)
{
  return self->depth == 0 ? EXPECT_NOTHING : EXPECT_COMMA_OR_END;
}

static gboolean
close_container (Scan *self, Expect *expect, GError **error)
{
  gboolean object = self->in_object[self->depth - 1];

  if (*self->p != (object ? '}' : ']'))
    return refuse (self, KAF_SYNC_ERROR_GRAMMAR, "not what may follow", error);
  if (object && !close_names (self, error))
    return FALSE;
  self->depth--;
  self->p++;
  if (self->parts != NULL)
    {
      guint place = self->opened[self->depth];
      KafWirePart *part = &g_array_index (self->parts, KafWirePart, place);

      part->size = self->p - part->text;
      part->span = self->parts->len - place;
    }
  *expect = after_value (self);
  return TRUE;
}

static gboolean
scan_value (Scan *self, Expect *expect, GError **error)
{
  const char *start = self->p;
  gboolean escaped, done;

  if (*self->p == '{' || *self->p == '[')
    return open_container (self, expect, error);
  if (*self->p == '"')
    done = scan_string (self, NULL, &escaped, error);
  else if (*self->p == '-' || g_ascii_isdigit (*self->p))
    done = scan_number (self, error);
  else
    done = scan_word (self, error);
  *expect = after_value (self);
  return done && note_part (self, start, self->p - start, TRUE, error);
}

static gboolean
scan_step (Scan *self, Expect *expect, GError **error)
{
  switch (*expect)
    {
    case EXPECT_VALUE_OR_END:
      if (*self->p == ']')
        return close_container (self, expect, error);
      return scan_value (self, expect, error);
    case EXPECT_VALUE:
      return scan_value (self, expect, error);
    case EXPECT_NAME_OR_END:
    case EXPECT_NAME:
      if (*expect == EXPECT_NAME_OR_END && *self->p == '}')
        return close_container (self, expect, error);
      *expect = EXPECT_COLON;
      if (*self->p == '"')
        return scan_name (self, error);
      break;
    case EXPECT_COLON:
      *expect = EXPECT_VALUE;
      if (*self->p++ == ':')
        return TRUE;
      self->p--;
      break;
    case EXPECT_COMMA_OR_END:
      if (*self->p != ',')
        return close_container (self, expect, error);
      *expect = self->in_object[self->depth - 1] ? EXPECT_NAME : EXPECT_VALUE;
      self->p++;
      return TRUE;
    case EXPECT_NOTHING:
    default:
      break;
    }
  return refuse (self, KAF_SYNC_ERROR_GRAMMAR, "not what may follow", error);
}

static gboolean
scan_all (Scan *self, GError **error)
{
  g_autoptr (GArray) names = g_array_sized_new (FALSE, FALSE, sizeof (Name), USUAL_NAMES);
  Expect expect = EXPECT_VALUE;
  gboolean done = TRUE;

  if (self->end - self->start > KAF_WIRE_MAX_SIZE)
    return refuse (self, KAF_SYNC_ERROR_TOO_LARGE, "more than the limit", error);
  if (!g_utf8_validate_len (self->start, self->end - self->start, &self->p))
    return refuse (self, KAF_SYNC_ERROR_ENCODING, "not UTF-8", error);

  self->p = self->start;
  self->names = names;
  for (skip_blanks (self); done && self->p < self->end; skip_blanks (self))
    done = scan_step (self, &expect, error);
  if (done && expect != EXPECT_NOTHING)
    done = refuse (self, KAF_SYNC_ERROR_GRAMMAR, "the text ends early", error);
  g_clear_pointer (&self->decoded, g_string_chunk_free);
  return done;
}

gboolean
kaf_wire_check (const char *text, gsize size, GError **error)
{
  Scan self = { .start = text, .p = text, .end = text + size };

  g_return_val_if_fail (text != NULL, FALSE);
  return scan_all (&self, error);
}

GArray *
kaf_wire_parts_new (void)
{
  return g_array_sized_new (FALSE, FALSE, sizeof (KafWirePart), USUAL_PARTS);
}

const KafWirePart *
kaf_wire_parse (const char *text, gsize size, GArray *parts, GError **error)
{
  Scan self = { .start = text, .p = text, .end = text + size, .parts = parts };

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (parts != NULL, NULL);

  g_array_set_size (parts, 0);
  return scan_all (&self, error) ? &g_array_index (parts, KafWirePart, 0) : NULL;
}

const KafWirePart *
kaf_wire_parse_object (const char *text, gsize size, GArray *parts, GError **error)
{
  const KafWirePart *part = kaf_wire_parse (text, size, parts, error);

  if (part == NULL || kaf_wire_is_object (part))
    return part;
  g_set_error (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_GRAMMAR, "no object");
  return NULL;
}

gboolean
kaf_wire_is_array (const KafWirePart *part)
{
  return part != NULL && *part->text == '[';
}

gboolean
kaf_wire_is_object (const KafWirePart *part)
{
  return part != NULL && *part->text == '{';
}

gboolean
kaf_wire_is_null (const KafWirePart *part)
{
  return part != NULL && *part->text == 'n';
}

gboolean
kaf_wire_is_true (const KafWirePart *part)
{
  return part != NULL && *part->text == 't';
}

const KafWirePart *
kaf_wire_after (const KafWirePart *part)
{
  return part + part->span;
}

const KafWirePart *
kaf_wire_find (const KafWirePart *object, const char *name)
{
  gsize size = strlen (name);
  const KafWirePart *one;

  if (!kaf_wire_is_object (object))
    return NULL;
  one = object + 1;
  for (guint i = 0; i < object->n; i++, one = kaf_wire_after (one + 1))
    if (one->size == size && memcmp (one->text, name, size) == 0)
      return one + 1;
  return NULL;
}

const KafWirePart *
kaf_wire_nth (const KafWirePart *array, guint i)
{
  const KafWirePart *one;

  if (!kaf_wire_is_array (array) || i >= array->n)
    return NULL;
  one = array + 1;
  while (i-- > 0)
    one = kaf_wire_after (one);
  return one;
}

char *
kaf_wire_get_string (const KafWirePart *part)
{
  Scan self = { NULL };
  GString *decoded;
  gboolean escaped;

  if (part == NULL || part->size < 2 || *part->text != '"')
    return NULL;
  if (memchr (part->text, '\\', part->size) == NULL)
    return g_strndup (part->text + 1, part->size - 2);
  self.start = self.p = part->text;
  self.end = part->text + part->size;
  decoded = g_string_sized_new (part->size);
  return g_string_free (decoded, !scan_string (&self, decoded, &escaped, NULL));
}

gboolean
kaf_wire_get_integer (const KafWirePart *part, gint64 *value)
{
  char digits[24];

  if (part == NULL || part->size >= sizeof digits ||
      !(*part->text == '-' || g_ascii_isdigit (*part->text)))
    return FALSE;
  memcpy (digits, part->text, part->size);
  digits[part->size] = '\0';
  *value = g_ascii_strtoll (digits, NULL, 10);
  return TRUE;
}

char *
kaf_wire_find_string (const KafWirePart *object, const char *name)
{
  return kaf_wire_get_string (kaf_wire_find (object, name));
}

gboolean
kaf_wire_find_integer (const KafWirePart *object, const char *name, gint64 *value)
{
  return kaf_wire_get_integer (kaf_wire_find (object, name), value);
}
