/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "schema/kaf-value.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-email.h"
#include "base/kaf-money.h"
#include "base/kaf-number.h"
#include "base/kaf-phone.h"
#include "base/kaf-url.h"
#include "base/kaf-utf8.h"
#include "base/kaf-validation-error.h"
#include "base/kaf-words.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-said.h"
#include "schema/kaf-set.h"

/* Longest texts that a field takes, in bytes: a workbook's cell takes no more either. */
#define TEXT_MAX 1000
#define LONG_TEXT_MAX 32767

static const char *const cefr_levels[] = { "A1", "A2", "B1", "B2", "C1", "C2", "native", NULL };

/* Without control characters; a line stays one line. (transfer full) */
static char *
replace_controls (const char *text, gboolean lines)
{
  GString *clean;

  if (!kaf_text_has_controls (text))
    return g_strdup (text);
  clean = g_string_sized_new (strlen (text));
  for (const char *p = text; *p != '\0'; p++)
    {
      gsize size = kaf_text_measure_control (p);

      if (size == 0 || (lines && *p == '\n'))
        g_string_append_c (clean, *p);
      else if (*p != '\r' && clean->len > 0 && clean->str[clean->len - 1] != ' ')
        g_string_append_c (clean, ' ');
      p += size > 1 ? size - 1 : 0;
    }
  return g_string_free (clean, FALSE);
}

/* Text as typed, without control characters and outer blanks. */
static char *
parse_text (const KafField *field, const char *text, GError **error)
{
  gboolean lines = field->kind == KAF_KIND_LONG_TEXT;
  gsize limit = lines ? LONG_TEXT_MAX : TEXT_MAX;
  g_autofree char *clean = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_TEXT, "not UTF-8");
      return NULL;
    }

  clean = g_strstrip (replace_controls (text, lines));
  /* A name of zero-width characters would be a record without one. */
  if (kaf_text_is_blank (clean))
    return g_strdup ("");
  if (strlen (clean) > limit)
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RANGE, "%s",
                   N_ ("The text is too long: shorten it or attach it as a file."));
      return NULL;
    }
  return g_steal_pointer (&clean);
}

static char *
parse_integer (const KafField *field, const char *text, GError **error)
{
  gint64 value;

  if (!kaf_number_parse (text, &value, error))
    return NULL;
  if (field->max > field->min && (value < field->min || value > field->max))
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RANGE,
                   "%" G_GINT64_FORMAT " is not within %" G_GINT64_FORMAT "–%" G_GINT64_FORMAT,
                   value, field->min, field->max);
      return NULL;
    }
  return g_strdup_printf ("%" G_GINT64_FORMAT, value);
}

static char *
parse_boolean (const char *text, GError **error)
{
  static const char *const yes[] = { "1", "yes", "true", "oui", "نعم" };
  static const char *const no[] = { "0", "no", "false", "non", "لا" };

  for (guint i = 0; i < G_N_ELEMENTS (yes); i++)
    {
      if (g_ascii_strcasecmp (text, yes[i]) == 0)
        return g_strdup ("1");
      if (g_ascii_strcasecmp (text, no[i]) == 0)
        return g_strdup ("0");
    }
  g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_CHOICE,
                       "neither yes nor no");
  return NULL;
}

static char *
parse_choice (const KafField *field, const char *text, char **suggestion, GError **error)
{
  if (kaf_field_find_choice (field, text) != NULL)
    return g_strdup (text);

  for (const KafChoice *choice = field->choices; choice->code != NULL; choice++)
    {
      g_autofree char *typed = g_utf8_casefold (text, -1);
      g_autofree char *label = g_utf8_casefold (_ (choice->label), -1);

      if (g_ascii_strcasecmp (choice->code, text) == 0 || g_str_equal (typed, label))
        return g_strdup (choice->code);
    }

  if (suggestion != NULL)
    *suggestion = g_strdup (field->choices[0].code);
  g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_CHOICE, "not a known choice");
  return NULL;
}

/* What the program fills is no word of a person. */
static gboolean
is_name_typed (const KafField *field)
{
  return kaf_field_has (field, KAF_FIELD_FIELDS) && !kaf_field_has (field, KAF_FIELD_HIDDEN);
}

static char *
parse_one (const KafField *field,
           const char *text,
           const KafValueContext *context,
           char **suggestion,
           GError **error)
{
  switch (field->kind)
    {
    case KAF_KIND_TEXT:
      return parse_text (field, is_name_typed (field) ? kaf_said_find_name (text) : text, error);
    case KAF_KIND_LONG_TEXT:
      return parse_text (field, text, error);
    case KAF_KIND_INTEGER:
      return parse_integer (field, text, error);
    case KAF_KIND_MONEY:
      return kaf_money_parse (text, error);
    case KAF_KIND_DATE:
      return kaf_date_normalise (text, FALSE, error);
    case KAF_KIND_PARTIAL_DATE:
      return kaf_date_normalise (text, TRUE, error);
    case KAF_KIND_BOOLEAN:
      return parse_boolean (text, error);
    case KAF_KIND_CHOICE:
      return parse_choice (field, text, suggestion, error);
    case KAF_KIND_EMAIL:
      return kaf_email_normalise (text, error);
    case KAF_KIND_PHONE:
      return kaf_phone_normalise (text, context != NULL ? context->country : NULL, suggestion,
                                  error);
    case KAF_KIND_URL:
      return kaf_url_normalise (text, error);
    case KAF_KIND_REFERENCE:
    case KAF_KIND_LANGUAGE:
    case KAF_KIND_ATTACHMENT:
    default:
      return parse_text (field, text, error);
    }
}

static char *
parse_detail (const KafField *field, const char *detail, GError **error)
{
  if (detail == NULL)
    return g_strdup ("");

  for (guint i = 0; field->kind == KAF_KIND_LANGUAGE && cefr_levels[i] != NULL; i++)
    if (g_ascii_strcasecmp (detail, cefr_levels[i]) == 0)
      return g_strdup (cefr_levels[i]);

  g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_LEVEL, "not a CEFR level");
  return NULL;
}

static char *
parse_set (const KafField *field,
           const char *text,
           const KafValueContext *context,
           char **suggestion,
           GError **error)
{
  g_autoptr (GPtrArray) elements = NULL;
  g_autoptr (GString) set = g_string_new (NULL);
  char *united;

  if (kaf_set_length (text) > KAF_SET_MAX)
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RANGE, "more than %d elements",
                   KAF_SET_MAX);
      return NULL;
    }
  elements = kaf_set_parse (text);
  for (guint i = 0; i < elements->len; i++)
    {
      const KafElement *element = g_ptr_array_index (elements, i);
      g_autofree char *value = parse_one (field, element->value, context, suggestion, error);
      g_autofree char *detail = NULL;

      if (value == NULL)
        return NULL;
      /* Characters that no text keeps were all there was. */
      if (*value == '\0')
        continue;
      detail = parse_detail (field, element->detail, error);
      if (detail == NULL)
        return NULL;
      if (set->len > 0)
        g_string_append_c (set, '\n');
      g_string_append (set, value);
      g_string_append_c (set, '\t');
      g_string_append (set, detail);
    }
  united = kaf_set_unite (set->str);
  return united != NULL ? united : g_strdup ("");
}

const char *const *
kaf_value_levels (void)
{
  return cefr_levels;
}

gboolean
kaf_value_parse (const KafField *field,
                 const char *text,
                 const KafValueContext *context,
                 char **canonical,
                 char **suggestion,
                 GError **error)
{
  g_autofree char *trimmed = NULL;

  *canonical = NULL;
  if (suggestion != NULL)
    *suggestion = NULL;
  if (kaf_text_is_blank (text))
    return TRUE;

  trimmed = g_strstrip (g_strdup (text));
  *canonical = kaf_field_is_many (field) ? parse_set (field, trimmed, context, suggestion, error)
                                         : parse_one (field, trimmed, context, suggestion, error);
  if (*canonical == NULL)
    return FALSE;
  if (**canonical == '\0')
    g_clear_pointer (canonical, g_free);
  return TRUE;
}

gboolean
kaf_value_check (const KafField *field, const char *canonical, char **clean, GError **error)
{
  gint64 minor;
  char currency[4];

  /* Canonical money would read as whole dirhams if it were parsed as typed. */
  if (field->kind == KAF_KIND_MONEY && canonical != NULL)
    {
      *clean = NULL;
      if (kaf_money_split (canonical, &minor, currency))
        *clean = g_strdup (canonical);
      else
        g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_NUMBER, "not an amount");
      return *clean != NULL;
    }
  return kaf_value_parse (field, canonical, NULL, clean, NULL, error);
}

static char *
format_reference (
    const KafField *field, const char *id, KafLang lang, KafTitleFunc title, gpointer data)
{
  char *text = title != NULL ? title (field->target, id, lang, data) : NULL;

  return text != NULL ? text : g_strdup (id);
}

/* What an entity is called; what is none stays as it is written. */
static char *
format_entity (const char *value, KafLang lang)
{
  const KafEntity *entity = kaf_registry_find (value);

  return g_strdup (entity != NULL ? kaf_words_get (lang, entity->plural) : value);
}

char *
kaf_value_format_element (
    const KafField *field, const char *value, KafLang lang, KafTitleFunc title, gpointer data)
{
  const KafChoice *choice;
  g_autofree char *text = NULL;

  switch (field->kind)
    {
    case KAF_KIND_INTEGER:
      /* A year is no quantity: it takes no separator. */
      if (field->max > field->min && field->min >= 1000 && field->max < 10000)
        return g_strdup (value);
      return kaf_number_format (g_ascii_strtoll (value, NULL, 10), lang);
    case KAF_KIND_MONEY:
      return kaf_money_format (value, lang);
    case KAF_KIND_DATE:
    case KAF_KIND_PARTIAL_DATE:
      return kaf_date_format (value, lang, KAF_DATE_SHORT);
    case KAF_KIND_BOOLEAN:
      return g_strdup (kaf_words_get (lang, g_str_equal (value, "1") ? N_ ("Yes") : N_ ("No")));
    case KAF_KIND_CHOICE:
      choice = kaf_field_find_choice (field, value);
      return g_strdup (choice != NULL ? kaf_words_get (lang, choice->label) : value);
    case KAF_KIND_PHONE:
      text = kaf_phone_format (value);
      return lang == KAF_LANG_AR ? kaf_bidi_ltr (text) : g_steal_pointer (&text);
    case KAF_KIND_EMAIL:
    case KAF_KIND_URL:
      return lang == KAF_LANG_AR ? kaf_bidi_ltr (value) : g_strdup (value);
    case KAF_KIND_REFERENCE:
    case KAF_KIND_LANGUAGE:
    case KAF_KIND_ATTACHMENT:
      return format_reference (field, value, lang, title, data);
    case KAF_KIND_TEXT:
    case KAF_KIND_LONG_TEXT:
    default:
      if (kaf_field_has (field, KAF_FIELD_FIELDS))
        return kaf_said_format_names (value, lang);
      return kaf_field_has (field, KAF_FIELD_ENTITY) ? format_entity (value, lang)
                                                     : g_strdup (value);
    }
}

gboolean
kaf_value_is_plain (const KafField *field, KafLang lang)
{
  switch (field->kind)
    {
    case KAF_KIND_TEXT:
      return !kaf_field_has (field, KAF_FIELD_ENTITY) && !kaf_field_has (field, KAF_FIELD_FIELDS);
    case KAF_KIND_LONG_TEXT:
      return TRUE;
    case KAF_KIND_EMAIL:
    case KAF_KIND_URL:
      return lang != KAF_LANG_AR;
    default:
      return FALSE;
    }
}

void
kaf_value_append_detail (GString *text, const char *detail, KafLang lang)
{
  gboolean native = g_str_equal (detail, "native");

  /* A list has many of them: printf() would take longer than all the rest of it. */
  g_string_append (text, native ? " (" : " ");
  g_string_append (text, native ? kaf_words_get (lang, "mother tongue") : detail);
  if (native)
    g_string_append_c (text, ')');
}

char *
kaf_value_format (
    const KafField *field, const char *canonical, KafLang lang, KafTitleFunc title, gpointer data)
{
  g_autoptr (GPtrArray) elements = NULL;
  g_autoptr (GString) text = NULL;

  if (canonical == NULL)
    return NULL;
  if (!kaf_field_is_many (field))
    return kaf_value_format_element (field, canonical, lang, title, data);

  text = g_string_new (NULL);
  elements = kaf_set_parse (canonical);
  for (guint i = 0; i < elements->len; i++)
    {
      const KafElement *element = g_ptr_array_index (elements, i);
      g_autofree char *one = kaf_value_format_element (field, element->value, lang, title, data);

      if (i > 0)
        g_string_append (text, lang == KAF_LANG_AR ? "، " : ", ");
      g_string_append (text, one);
      if (element->detail != NULL)
        kaf_value_append_detail (text, element->detail, lang);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A year takes no separators. */
static char *
format_bound (const KafField *field, gint64 value)
{
  gboolean year = field->min >= 1000 && field->max < 10000;

  return year ? g_strdup_printf ("%" G_GINT64_FORMAT, value)
              : kaf_number_format (value, KAF_LANG_FR);
}

static char *
explain_range (const KafField *field)
{
  g_autofree char *min = NULL;
  g_autofree char *max = NULL;

  if (field->max <= field->min)
    return g_strdup (_ ("This number is out of range."));
  min = format_bound (field, field->min);
  max = format_bound (field, field->max);
  return g_strdup_printf (_ ("Enter a number between %1$s and %2$s."), min, max);
}

char *
kaf_value_explain (const KafField *field, const GError *error)
{
  if (error == NULL || error->domain != KAF_VALIDATION_ERROR)
    return g_strdup (_ ("This value could not be read."));

  switch ((KafValidationError) error->code)
    {
    case KAF_VALIDATION_ERROR_PHONE_COUNTRY:
      return g_strdup (_ ("The number must begin with the country code, for example +212."));
    case KAF_VALIDATION_ERROR_PHONE_LENGTH:
      return g_strdup (_ ("A phone number has 7 to 15 digits: check it."));
    case KAF_VALIDATION_ERROR_EMAIL:
      return g_strdup (_ ("Write the address as name@domain, for example s.bennis@exemple.org."));
    case KAF_VALIDATION_ERROR_URL:
      return g_strdup (_ ("Write the web address as https://www.exemple.org."));
    case KAF_VALIDATION_ERROR_DATE:
      if (field != NULL && field->kind == KAF_KIND_PARTIAL_DATE)
        return g_strdup (_ ("Write the date as 22/11/2026, 11/2026 or 2026."));
      return g_strdup (_ ("Write the date as 22/11/2026."));
    case KAF_VALIDATION_ERROR_NUMBER:
      return g_strdup (_ ("Enter a number, in digits."));
    case KAF_VALIDATION_ERROR_RANGE:
      if (field != NULL && field->kind == KAF_KIND_INTEGER)
        return explain_range (field);
      return g_strdup (_ ("The text is too long: shorten it or attach it as a file."));
    case KAF_VALIDATION_ERROR_CHOICE:
      return g_strdup (_ ("Choose one of the values offered."));
    case KAF_VALIDATION_ERROR_LEVEL:
      return g_strdup (_ ("Choose a level from A1 to C2, or mother tongue."));
    case KAF_VALIDATION_ERROR_REFERENCE:
      return g_strdup (_ ("There is no such record: choose one from the list."));
    case KAF_VALIDATION_ERROR_REQUIRED:
      return g_strdup (error->message != NULL && *error->message != '\0'
                           ? _ (error->message)
                           : _ ("This information is required."));
    case KAF_VALIDATION_ERROR_RULE:
      return g_strdup (_ (error->message));
    case KAF_VALIDATION_ERROR_TEXT:
      return g_strdup (_ ("The text holds characters that cannot be kept: type it again."));
    case KAF_VALIDATION_ERROR_SYNTAX:
      if (field != NULL && field->kind == KAF_KIND_PHONE)
        return g_strdup (
            _ ("Write the number in digits, with the country code: +212 5 37 00 00 00."));
      return g_strdup (_ ("This value could not be read."));
    case KAF_VALIDATION_ERROR_EMPTY:
    default:
      return g_strdup (_ ("This value could not be read."));
    }
}
