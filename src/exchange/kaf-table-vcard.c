/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contacts as vCards, a row each. Lines are unfolded, values unescaped, and a property that is there in two scripts
 * (ALTID, or simply twice) goes to the column of its script. Sources: RFC 2426 (3.0), RFC 6350 (4.0); of 2.1, the
 * quoted-printable text that phones still write. */
#include "config.h"

#include "exchange/kaf-table-vcard.h"

#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-fold.h"
#include "exchange/kaf-charset.h"
#include "exchange/kaf-table-source.h"
#include "exchange/kaf-text-stream.h"

#define BUFFER_SIZE (64 * 1024)

enum
{
  FULL_NAME,
  FULL_NAME_AR,
  FAMILY_NAME,
  GIVEN_NAME,
  FAMILY_NAME_AR,
  GIVEN_NAME_AR,
  ALIASES,
  EMAILS,
  PHONES,
  ORGANISATION,
  ORGANISATION_AR,
  TITLE,
  TITLE_AR,
  ADDRESS,
  CITY,
  COUNTRY,
  LINKS,
  BIRTHDAY,
  LANGUAGES,
  GENDER,
  CATEGORIES,
  NOTES,
  UID,
  OTHER,
  N_COLUMNS,
};

static const char *const columns[N_COLUMNS] = {
  "full_name",       "full_name_ar", "family_name", "given_name", "family_name_ar",
  "given_name_ar",   "aliases",      "emails",      "phones",     "organisation",
  "organisation_ar", "title",        "title_ar",    "address",    "city",
  "country",         "links",        "birthday",    "languages",  "gender",
  "categories",      "notes",        "uid",         "other",
};

typedef struct
{
  KafTableSource parent;
  GFile *file;
  guint mark;
  GInputStream *stream, *text;
  guint8 *buffer;
  gsize length, place;
  gboolean ended;

  guint line;     /* of `ahead` */
  GString *ahead; /* the physical line that was read and not used */
  gboolean has_ahead, ahead_cut;
  GString *logical;   /* the unfolded line at hand */
  guint logical_line; /* where it starts */
  gboolean logical_cut;
  gboolean named; /* the row of names was given */
  GString *cells[N_COLUMNS];
} Vcard;

/* A property, taken apart. */
typedef struct
{
  char *name;    /* in capitals, without its group */
  char *charset; /* nullable */
  gboolean quoted_printable, binary;
  const char *value;
} Property;

const char *const *
kaf_table_vcard_columns (guint *n)
{
  *n = N_COLUMNS;
  return columns;
}

/* Lines */

static gboolean
read_physical (Vcard *self, GCancellable *cancellable, GError **error)
{
  gboolean any = FALSE;

  g_string_truncate (self->ahead, 0);
  self->ahead_cut = FALSE;
  while (TRUE)
    {
      const guint8 *from, *end;
      gsize n;

      if (self->place == self->length)
        {
          gssize got = self->ended ? 0
                                   : g_input_stream_read (self->text, self->buffer, BUFFER_SIZE,
                                                          cancellable, error);

          if (got < 0)
            return FALSE;
          self->ended = got == 0;
          self->place = 0;
          self->length = (gsize) got;
          if (got == 0)
            break;
        }
      any = TRUE;
      from = self->buffer + self->place;
      end = memchr (from, '\n', self->length - self->place);
      n = end != NULL ? (gsize) (end - from) : self->length - self->place;
      /* What is longer than a cell may be (pictures) is cut here and judged by its name. */
      self->ahead_cut |= self->ahead->len + n > KAF_TABLE_CELL_MAX;
      if (!self->ahead_cut)
        g_string_append_len (self->ahead, (const char *) from, (gssize) n);
      self->place += n + (end != NULL);
      if (end != NULL)
        break;
    }
  while (self->ahead->len > 0 && self->ahead->str[self->ahead->len - 1] == '\r')
    g_string_truncate (self->ahead, self->ahead->len - 1);
  self->has_ahead = any;
  self->line += any;
  return TRUE;
}

static void
append_ahead (Vcard *self, gsize from)
{
  self->logical_cut |=
      self->ahead_cut || self->logical->len + self->ahead->len > KAF_TABLE_CELL_MAX;
  if (!self->logical_cut && from < self->ahead->len)
    g_string_append (self->logical, self->ahead->str + from);
}

static gboolean
is_quoted_printable (const char *line)
{
  const char *colon = strchr (line, ':');
  g_autofree char *head = colon != NULL ? g_ascii_strup (line, colon - line) : NULL;

  return head != NULL && strstr (head, "QUOTED-PRINTABLE") != NULL;
}

/* One unfolded line to `logical`. FALSE without an error: the end. */
static gboolean
read_logical (Vcard *self, GCancellable *cancellable, GError **error)
{
  if (!self->has_ahead && (!read_physical (self, cancellable, error) || !self->has_ahead))
    return FALSE;
  g_string_truncate (self->logical, 0);
  self->logical_cut = FALSE;
  self->logical_line = self->line;
  append_ahead (self, 0);
  while (read_physical (self, cancellable, error))
    {
      gboolean soft = self->logical->len > 0 && self->logical->str[self->logical->len - 1] == '=' &&
                      is_quoted_printable (self->logical->str);

      if (!self->has_ahead)
        return TRUE;
      if (soft)
        g_string_truncate (self->logical, self->logical->len - 1);
      else if (*self->ahead->str != ' ' && *self->ahead->str != '\t')
        return TRUE;
      append_ahead (self, soft ? 0 : 1);
    }
  return FALSE;
}

/* Properties */

static void
property_clear (Property *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->charset, g_free);
}

static void
take_parameter (Property *self, const char *parameter)
{
  g_autofree char *up = g_ascii_strup (parameter, -1);
  const char *value = strchr (up, '=') != NULL ? strchr (up, '=') + 1 : up;

  if (g_str_has_prefix (up, "CHARSET="))
    {
      g_free (self->charset);
      self->charset = g_strdup (value);
    }
  self->quoted_printable |= g_str_equal (value, "QUOTED-PRINTABLE");
  self->binary |= g_str_equal (value, "B") || g_str_equal (value, "BASE64");
}

/* FALSE: the line is no property. */
static gboolean
property_parse (Property *self, const char *line)
{
  const char *start = line, *p = line;
  gboolean quoted = FALSE;

  memset (self, 0, sizeof *self);
  for (; *p != '\0'; p++)
    {
      if (*p == '"')
        quoted = !quoted;
      if (quoted || (*p != ';' && *p != ':'))
        continue;
      {
        g_autofree char *word = g_strndup (start, (gsize) (p - start));

        if (self->name == NULL)
          {
            const char *dot = strrchr (word, '.');

            self->name = g_ascii_strup (dot != NULL ? dot + 1 : word, -1);
          }
        else
          take_parameter (self, word);
      }
      start = p + 1;
      if (*p == ':')
        {
          self->value = p + 1;
          return TRUE;
        }
    }
  property_clear (self);
  return FALSE;
}

/* The value as UTF-8. (transfer full) */
static char *
decode (const Property *self)
{
  g_autoptr (GString) bytes = NULL;
  const char *charset = self->charset != NULL ? kaf_charset_find (self->charset) : NULL;
  guint mark;

  if (!self->quoted_printable)
    return g_strdup (self->value);
  bytes = g_string_new (NULL);
  for (const char *p = self->value; *p != '\0'; p++)
    if (*p == '=' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))
      {
        g_string_append_c (bytes,
                           (char) (g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2])));
        p += 2;
      }
    else
      g_string_append_c (bytes, *p);
  if (charset == NULL)
    charset = kaf_charset_detect ((const guint8 *) bytes->str, bytes->len, FALSE, &mark);
  return g_convert_with_fallback (bytes->str, (gssize) bytes->len, "UTF-8", charset, "\xef\xbf\xbd",
                                  NULL, NULL, NULL);
}

/* Text from @value up to the next @stop that is not escaped, unescaped; @value moves behind it. (transfer full) */
static char *
next_part (const char **value, char stop)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *p = *value;

  for (; *p != '\0' && *p != stop; p++)
    if (*p == '\\' && p[1] != '\0')
      {
        p++;
        g_string_append_c (out, *p == 'n' || *p == 'N' ? '\n' : *p);
      }
    else if (*p != '\r')
      g_string_append_c (out, *p);
  *value = *p != '\0' ? p + 1 : p;
  return g_strstrip (g_string_free (g_steal_pointer (&out), FALSE));
}

/* Cells */

static void
put (Vcard *self, guint column, const char *text, const char *separator)
{
  GString *cell = self->cells[column];

  if (text == NULL || *text == '\0')
    return;
  if (cell->len > 0)
    {
      if (separator == NULL)
        return;
      g_string_append (cell, separator);
    }
  g_string_append (cell, text);
}

/* To the column of its script; what finds its place taken is another spelling. */
static void
put_name (Vcard *self, guint latin, guint arabic, const char *text)
{
  guint column = kaf_text_is_arabic (text) ? arabic : latin;

  if (self->cells[column]->len == 0)
    put (self, column, text, NULL);
  else if (!g_str_equal (self->cells[column]->str, text) && latin == FULL_NAME)
    put (self, ALIASES, text, "|");
}

static void
take_name (Vcard *self, const char *value)
{
  g_autofree char *family = next_part (&value, ';');
  g_autofree char *given = next_part (&value, ';');
  g_autofree char *more = next_part (&value, ';');
  g_autofree char *all_given =
      *more != '\0' ? g_strdup_printf ("%s %s", given, more) : g_strdup (given);

  put_name (self, FAMILY_NAME, FAMILY_NAME_AR, family);
  put_name (self, GIVEN_NAME, GIVEN_NAME_AR, g_strstrip (all_given));
}

static void
take_address (Vcard *self, const char *value)
{
  g_autoptr (GString) address = g_string_new (NULL);

  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *part = next_part (&value, ';');

      if (i == 3)
        put (self, CITY, part, NULL);
      else if (i == 6)
        put (self, COUNTRY, part, NULL);
      else if (*part != '\0')
        g_string_append_printf (address, "%s%s", address->len > 0 ? ", " : "", part);
    }
  put (self, ADDRESS, address->str, NULL);
}

/* ORG: the organisation and what of it. */
static void
take_organisation (Vcard *self, const char *value)
{
  g_autoptr (GString) whole = g_string_new (NULL);

  while (*value != '\0')
    {
      g_autofree char *part = next_part (&value, ';');

      if (*part != '\0')
        g_string_append_printf (whole, "%s%s", whole->len > 0 ? ", " : "", part);
    }
  put_name (self, ORGANISATION, ORGANISATION_AR, whole->str);
}

/* "19850203" and "1985-02-03T00:00:00Z" to "1985-02-03"; others as they are. */
static void
take_birthday (Vcard *self, const char *value)
{
  g_autofree char *day = NULL;

  if (strlen (value) >= 8 && strspn (value, "0123456789") == 8)
    day = g_strdup_printf ("%.4s-%.2s-%.2s", value, value + 4, value + 6);
  else if (strlen (value) > 10 && value[10] == 'T')
    day = g_strndup (value, 10);
  put (self, BIRTHDAY, day != NULL ? day : value, NULL);
}

static void
take_other (Vcard *self, const char *name, const char *value)
{
  g_autofree char *text = next_part (&value, '\0');
  g_autofree char *line = g_strdup_printf ("%s: %s", name, text);

  put (self, OTHER, line, "\n");
}

/* Properties whose value is one text, or several that are gathered. */
static const struct
{
  const char *name;
  guint column;
  char stop;             /* what parts the texts of one property */
  const char *separator; /* NULL: only the first counts */
} plain_properties[] = {
  { "EMAIL", EMAILS, '\0', "|" },
  { "LANG", LANGUAGES, '\0', "|" },
  { "URL", LINKS, '\0', "|" },
  { "NICKNAME", ALIASES, ',', "|" },
  { "CATEGORIES", CATEGORIES, ',', "|" },
  { "NOTE", NOTES, '\0', "\n" },
  { "UID", UID, '\0', NULL },
  { "GENDER", GENDER, ';', NULL },
};

static gboolean
take_plain (Vcard *self, const char *name, const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain_properties); i++)
    if (g_str_equal (name, plain_properties[i].name))
      {
        do
          {
            g_autofree char *text = next_part (&value, plain_properties[i].stop);

            put (self, plain_properties[i].column, text, plain_properties[i].separator);
          }
        while (*value != '\0' && plain_properties[i].stop == ',');
        return TRUE;
      }
  return FALSE;
}

static void
take_property (Vcard *self, const char *name, const char *value)
{
  if (g_str_equal (name, "N"))
    take_name (self, value);
  else if (g_str_equal (name, "ADR"))
    take_address (self, value);
  else if (g_str_equal (name, "ORG"))
    take_organisation (self, value);
  else if (g_str_equal (name, "BDAY"))
    take_birthday (self, value);
  else if (g_str_equal (name, "FN") || g_str_equal (name, "TITLE") || g_str_equal (name, "ROLE"))
    {
      g_autofree char *text = next_part (&value, '\0');

      put_name (self, *name == 'F' ? FULL_NAME : TITLE, *name == 'F' ? FULL_NAME_AR : TITLE_AR,
                text);
    }
  else if (g_str_equal (name, "TEL"))
    {
      g_autofree char *text = next_part (&value, '\0');

      put (self, PHONES, g_str_has_prefix (text, "tel:") ? text + 4 : text, "|");
    }
  else if (!take_plain (self, name, value) && g_str_has_prefix (name, "X-"))
    take_other (self, name, value);
}

/* Cards */

/* FALSE with an error: a value is too long, and no picture, sound or key. */
static gboolean
take_line (Vcard *self, const Property *property, GError **error)
{
  static const char *const bulky[] = { "PHOTO", "LOGO", "SOUND", "KEY", NULL };
  g_autofree char *value = NULL;

  if (property->binary || g_strv_contains (bulky, property->name))
    return TRUE;
  if (self->logical_cut)
    {
      g_set_error (error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_CELL, "line %u is too long",
                   self->logical_line);
      return FALSE;
    }
  value = decode (property);
  if (value != NULL && g_utf8_validate (value, -1, NULL))
    take_property (self, property->name, value);
  return TRUE;
}

static gboolean
fill_row (Vcard *self, KafTableLine *row, GError **error)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      KafTableCellType type = i == BIRTHDAY && kaf_date_is_valid (self->cells[i]->str, FALSE)
                                  ? KAF_TABLE_CELL_DATE
                                  : KAF_TABLE_CELL_TEXT;

      if (!kaf_table_line_add (row, type, self->cells[i]->str, (gssize) self->cells[i]->len, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
give_names (Vcard *self, KafTableLine *row, GError **error)
{
  self->named = TRUE;
  kaf_table_line_clear (row, 0);
  for (guint i = 0; i < N_COLUMNS; i++)
    if (!kaf_table_line_add (row, KAF_TABLE_CELL_TEXT, columns[i], -1, error))
      return FALSE;
  return TRUE;
}

static gboolean
next (KafTableSource *source, KafTableLine *row, GCancellable *cancellable, GError **error)
{
  Vcard *self = (Vcard *) source;
  guint inside = 0; /* cards stand in cards, as agents */
  GError *local_error = NULL;

  if (!self->named)
    return give_names (self, row, error);
  while (read_logical (self, cancellable, &local_error))
    {
      Property property;
      gboolean good = TRUE;

      if (!property_parse (&property, self->logical->str))
        continue;
      if (g_str_equal (property.name, "BEGIN") && inside++ == 0)
        {
          kaf_table_line_clear (row, self->logical_line);
          for (guint i = 0; i < N_COLUMNS; i++)
            g_string_truncate (self->cells[i], 0);
        }
      else if (g_str_equal (property.name, "END") && inside > 0 && --inside == 0)
        {
          property_clear (&property);
          return fill_row (self, row, error);
        }
      else if (inside == 1)
        good = take_line (self, &property, error);
      property_clear (&property);
      if (!good)
        return FALSE;
    }
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  else if (inside > 0)
    g_set_error (error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_BROKEN, "the card of line %u has no end",
                 row->number);
  return FALSE;
}

static gboolean
choose (KafTableSource *source, guint sheet, GCancellable *cancellable, GError **error)
{
  Vcard *self = (Vcard *) source;

  g_clear_object (&self->text);
  g_clear_object (&self->stream);
  self->text = kaf_text_stream_open (self->file, source->encoding, self->mark, &self->stream,
                                     cancellable, error);
  self->length = self->place = 0;
  self->ended = self->has_ahead = self->named = FALSE;
  self->line = 0;
  return self->text != NULL;
}

static gint64
get_position (KafTableSource *source)
{
  Vcard *self = (Vcard *) source;

  return self->stream != NULL ? g_seekable_tell (G_SEEKABLE (self->stream)) : 0;
}

static void
vcard_free (KafTableSource *source)
{
  Vcard *self = (Vcard *) source;

  for (guint i = 0; i < N_COLUMNS; i++)
    g_string_free (self->cells[i], TRUE);
  g_string_free (self->ahead, TRUE);
  g_string_free (self->logical, TRUE);
  g_clear_object (&self->text);
  g_clear_object (&self->stream);
  g_clear_object (&self->file);
  g_free (self->buffer);
  kaf_table_source_clear (source);
  g_free (self);
}

static const KafTableSourceClass klass = { choose, next, get_position, vcard_free };

KafTableSource *
kaf_table_vcard_new (GFile *file,
                     GBytes *head,
                     const KafTableOptions *options,
                     GCancellable *cancellable,
                     GError **error)
{
  guint mark;
  const char *encoding = kaf_text_stream_find_encoding (
      head, options != NULL ? options->encoding : NULL, &mark, error);
  Vcard *self;

  if (encoding == NULL)
    return NULL;
  self = g_new0 (Vcard, 1);
  kaf_table_source_init (&self->parent, &klass, KAF_TABLE_VCARD);
  self->parent.encoding = encoding;
  self->file = g_object_ref (file);
  self->mark = mark;
  self->buffer = g_malloc (BUFFER_SIZE);
  self->ahead = g_string_new (NULL);
  self->logical = g_string_new (NULL);
  for (guint i = 0; i < N_COLUMNS; i++)
    self->cells[i] = g_string_new (NULL);
  kaf_table_source_add_sheet (&self->parent, "", FALSE);
  return &self->parent;
}
