/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "schema/kaf-template.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-validation-error.h"

/* Longer ones are no slips of a placeholder's name. */
#define NAME_MOST 64

enum
{
  SUMMONS = 1 << 0,
  MINUTES = 1 << 1,
  ATTESTATION = 1 << 2,
  ORDER = 1 << 3,
  NOTE = 1 << 4,
  REQUEST = 1 << 5,
  RECEIPT = 1 << 6,
  ARTICLES = 1 << 7,
  ALL = (1 << 8) - 1,
  LETTERS = NOTE | REQUEST | RECEIPT | ATTESTATION,
};

static const struct
{
  const char *kind;
  guint bit;
} kinds[] = {
  { "summons", SUMMONS },           { "minutes", MINUTES },
  { "attestation", ATTESTATION },   { "mission_order", ORDER },
  { "covering_note", NOTE },        { "request_letter", REQUEST },
  { "handover_receipt", RECEIPT },  { "article_framework", ARTICLES },
  { "article_specific", ARTICLES }, { "article_amendment", ARTICLES },
};

static const KafTemplateName names[] = {
  { "day", N_ ("Day of the paper"), N_ ("24 November 2026"), ALL },
  { "place", N_ ("Place of the paper"), N_ ("Rabat"), ALL },
  { "service", N_ ("Issuing service"), N_ ("Directorate of Cooperation"), ALL },
  { "mission.reference", N_ ("Mission: reference"), "MIS-2026-0042", ALL & ~ARTICLES },
  { "mission.title", N_ ("Mission: title"), N_ ("Training in embedded electronics"),
    ALL & ~ARTICLES },
  { "mission.programme", N_ ("Mission: programme"), N_ ("Competences of Moroccans abroad"),
    ALL & ~ARTICLES },
  { "mission.objective", N_ ("Mission: objective"), N_ ("To train forty engineers"),
    ALL & ~ARTICLES },
  { "mission.lead", N_ ("Mission: organisation in charge"), N_ ("University of Agadir"),
    ALL & ~ARTICLES },
  { "mission.place", N_ ("Mission: place"), N_ ("Agadir"), ALL & ~ARTICLES },
  { "mission.territory", N_ ("Mission: territory"), N_ ("Souss-Massa"), ALL & ~ARTICLES },
  { "mission.starts_on", N_ ("Mission: first day"), N_ ("7 December 2026"), ALL & ~ARTICLES },
  { "mission.ends_on", N_ ("Mission: last day"), N_ ("11 December 2026"), ALL & ~ARTICLES },
  { "expert.name", N_ ("Expert: name"), N_ ("Salma El Ouafi"), LETTERS | ORDER },
  { "expert.headline", N_ ("Expert: profession"), N_ ("Engineer in electronics"), LETTERS | ORDER },
  { "expert.employer", N_ ("Expert: employer"), N_ ("Institute of Technology"), LETTERS | ORDER },
  { "expert.country", N_ ("Expert: country of residence"), N_ ("France"), LETTERS | ORDER },
  { "expert.arrives_on", N_ ("Expert: day of arrival"), N_ ("6 December 2026"), LETTERS | ORDER },
  { "expert.leaves_on", N_ ("Expert: day of departure"), N_ ("12 December 2026"), LETTERS | ORDER },
  { "expert.order_number", N_ ("Expert: number of the mission order"), "118/2026", ORDER | NOTE },
  { "expert.order_on", N_ ("Expert: day of the mission order"), N_ ("24 November 2026"),
    ORDER | NOTE },
  { "person.name", N_ ("Person: name"), N_ ("Driss Benali"), LETTERS | SUMMONS },
  { "person.address", N_ ("Person: address"), N_ ("12, Avenue Mohammed V, Rabat"),
    LETTERS | SUMMONS },
  { "organisation.name", N_ ("Organisation: name"), N_ ("University of Agadir"),
    LETTERS | SUMMONS },
  { "organisation.city", N_ ("Organisation: city"), N_ ("Agadir"), LETTERS | SUMMONS },
  { "organisation.address", N_ ("Organisation: address"), N_ ("12, Avenue Mohammed V, Rabat"),
    LETTERS | SUMMONS },
  { "convention.title", N_ ("Convention: title"), N_ ("Partnership for competences"),
    NOTE | REQUEST | SUMMONS | MINUTES | ARTICLES },
  { "convention.number", N_ ("Convention: number"), "12/2026",
    NOTE | REQUEST | SUMMONS | MINUTES | ARTICLES },
  { "convention.parties", N_ ("Convention: parties"),
    N_ ("University of Agadir, Institute of Technology"),
    NOTE | REQUEST | SUMMONS | MINUTES | ARTICLES },
  { "convention.object", N_ ("Convention: object"), N_ ("To train forty engineers"),
    NOTE | ARTICLES },
  { "convention.place", N_ ("Convention: place of signature"), N_ ("Rabat"), NOTE | ARTICLES },
  { "convention.signed_on", N_ ("Convention: day of signature"), N_ ("24 November 2026"),
    NOTE | REQUEST | SUMMONS | MINUTES | ARTICLES },
  { "convention.effective_on", N_ ("Convention: in force from"), N_ ("1 January 2027"),
    NOTE | ARTICLES },
  { "convention.ends_on", N_ ("Convention: in force until"), N_ ("31 December 2029"),
    NOTE | ARTICLES },
  { "convention.renewal_months", N_ ("Convention: months of renewal"), "12", ARTICLES },
  { "convention.notice_days", N_ ("Convention: days of notice"), "90", ARTICLES },
  { "convention.parent", N_ ("Convention: the one it depends on or amends"),
    N_ ("Partnership for competences"), NOTE | ARTICLES },
  { "convention.parent_signed_on", N_ ("Convention: day on which that one was signed"),
    N_ ("24 November 2026"), NOTE | ARTICLES },
  { "meeting.title", N_ ("Meeting: title"), N_ ("Follow-up of the programme"),
    SUMMONS | MINUTES | NOTE },
  { "meeting.kind", N_ ("Meeting: kind"), N_ ("Coordination meeting"), SUMMONS | MINUTES | NOTE },
  { "meeting.purpose", N_ ("Meeting: purpose"), N_ ("To prepare the mission"),
    SUMMONS | MINUTES | NOTE },
  { "meeting.held_on", N_ ("Meeting: day"), N_ ("7 December 2026"), SUMMONS | MINUTES | NOTE },
  { "meeting.starts_at", N_ ("Meeting: begins at"), "10:00", SUMMONS | MINUTES | NOTE },
  { "meeting.ends_at", N_ ("Meeting: ends at"), "12:30", SUMMONS | MINUTES | NOTE },
  { "meeting.place", N_ ("Meeting: place"), N_ ("Rabat"), SUMMONS | MINUTES | NOTE },
  { "meeting.convened_by", N_ ("Meeting: convened by"), N_ ("Directorate of Cooperation"),
    SUMMONS | MINUTES | NOTE },
  { "meeting.chair", N_ ("Meeting: chair"), N_ ("Salma El Ouafi"), SUMMONS | MINUTES | NOTE },
  { "meeting.secretary", N_ ("Meeting: secretary"), N_ ("Driss Benali"), SUMMONS | MINUTES | NOTE },
};

static guint
find_bit (const char *kind)
{
  for (guint i = 0; kind != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, kind))
      return kinds[i].bit;
  return ALL;
}

GPtrArray *
kaf_template_names (const char *kind)
{
  guint bit = find_bit (kind);
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if ((names[i].kinds & bit) != 0)
      g_ptr_array_add (found, (gpointer) &names[i]);
  return found;
}

const KafTemplateName *
kaf_template_find (const char *kind, const char *name)
{
  guint bit = find_bit (kind);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if ((names[i].kinds & bit) != 0 && g_str_equal (names[i].name, name))
      return &names[i];
  return NULL;
}

/* Walking */

/* From the brace at @at on. */
static void
take_name (const char *text, gsize at, KafTemplatePart *part)
{
  gsize inside = at + 1;
  gsize n = strcspn (text + inside, "{}\n");
  const char *start = text + inside;
  gsize length = n;

  part->from = at;
  part->start = text + at;
  if (start[n] != '}')
    {
      part->kind = KAF_TEMPLATE_OPEN;
      part->length = 1;
      part->to = inside;
      return;
    }
  while (length > 0 && g_ascii_isspace (start[length - 1]))
    length--;
  while (length > 0 && g_ascii_isspace (*start))
    {
      start++;
      length--;
    }
  part->kind = KAF_TEMPLATE_NAME;
  part->start = start;
  part->length = length;
  part->to = inside + n + 1;
}

gboolean
kaf_template_next (const char *text, gsize *at, KafTemplatePart *part)
{
  gsize from = *at;
  gsize n = strcspn (text + from, "{");

  if (text[from] == '\0')
    return FALSE;
  if (n == 0 && text[from + 1] != '{')
    take_name (text, from, part);
  else if (n == 0)
    *part = (KafTemplatePart){ KAF_TEMPLATE_TEXT, text + from, 1, from, from + 2 };
  else
    *part = (KafTemplatePart){ KAF_TEMPLATE_TEXT, text + from, n, from, from + n };
  *at = part->to;
  return TRUE;
}

static void
fill_name (GString *filled,
           const KafTemplatePart *part,
           KafTemplateValueFunc value,
           gpointer data,
           GPtrArray *unknown)
{
  g_autofree char *name = g_strndup (part->start, part->length);
  g_autofree char *known = value (name, data);

  g_string_append (filled, known != NULL ? known : KAF_TEMPLATE_BLANK);
  if (known == NULL && unknown != NULL &&
      !g_ptr_array_find_with_equal_func (unknown, name, g_str_equal, NULL))
    g_ptr_array_add (unknown, g_steal_pointer (&name));
}

char *
kaf_template_fill (const char *text, KafTemplateValueFunc value, gpointer data, GPtrArray *unknown)
{
  g_autoptr (GString) filled = g_string_new (NULL);
  KafTemplatePart part;
  gsize at = 0;

  if (text == NULL)
    return NULL;
  while (kaf_template_next (text, &at, &part))
    if (part.kind == KAF_TEMPLATE_NAME)
      fill_name (filled, &part, value, data, unknown);
    else
      g_string_append_len (filled, part.start, (gssize) part.length);
  return g_string_free (g_steal_pointer (&filled), FALSE);
}

/* Checking */

/* How many letters must change to make one of the other (Levenshtein). */
static guint
count_changes (const char *a, const char *b)
{
  gsize n = strlen (b);
  guint row[NAME_MOST + 1];

  for (guint j = 0; j <= n; j++)
    row[j] = j;
  for (guint i = 0; a[i] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = i + 1;
      for (guint j = 0; j < n; j++)
        {
          guint above = row[j + 1];

          row[j + 1] = MIN (MIN (above, row[j]) + 1, diagonal + (a[i] == b[j] ? 0 : 1));
          diagonal = above;
        }
    }
  return row[n];
}

/* NULL when all are far from it. */
static const char *
find_nearest (const char *kind, const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_autoptr (GPtrArray) known = kaf_template_names (kind);
  guint least = 3 + (guint) strlen (name) / 4;
  const char *nearest = NULL;

  if (strlen (name) > NAME_MOST)
    return NULL;
  for (guint i = 0; i < known->len; i++)
    {
      const KafTemplateName *entry = g_ptr_array_index (known, i);
      guint changes = count_changes (lower, entry->name);

      if (changes < least)
        {
          least = changes;
          nearest = entry->name;
        }
    }
  return nearest;
}

/* As it stands in a sentence of either direction; what is too long to be a name is cut. */
static char *
quote (const char *name)
{
  g_autofree char *cut = NULL;
  g_autofree char *braced = NULL;

  if (g_utf8_strlen (name, -1) > NAME_MOST)
    cut = g_utf8_substring (name, 0, NAME_MOST);
  braced = g_strdup_printf ("{%s%s}", cut != NULL ? cut : name, cut != NULL ? "…" : "");
  return kaf_bidi_ltr (braced);
}

static void
refuse_unknown (const char *kind, const char *name, GError **error)
{
  const char *nearest = find_nearest (kind, name);
  g_autofree char *quoted = quote (name);
  g_autofree char *other = nearest != NULL ? quote (nearest) : NULL;

  if (nearest != NULL)
    /* Translators: two placeholders of a text, the second one that exists. */
    g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE,
                 _ ("There is no %1$s here: do you mean %2$s?"), quoted, other);
  else
    g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE,
                 _ ("There is no %s here: choose one from the list of placeholders."), quoted);
}

static void
refuse_open (const char *text, gsize at, GError **error)
{
  gsize n = strcspn (text + at, " \t\n}");
  g_autofree char *rest = g_strndup (text + at, MIN (n, 4 * NAME_MOST));
  const char *end;
  g_autofree char *quoted = NULL;

  if (!g_utf8_validate (rest, -1, &end))
    rest[end - rest] = '\0';
  quoted = kaf_bidi_ltr (rest);
  g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE,
               _ ("The brace at “%s” is not closed: add }, or write {{ for a brace as it stands."),
               quoted);
}

gboolean
kaf_template_check (const char *kind, const char *text, GError **error)
{
  KafTemplatePart part;
  gsize at = 0;

  while (text != NULL && kaf_template_next (text, &at, &part))
    {
      g_autofree char *name = NULL;

      if (part.kind == KAF_TEMPLATE_TEXT)
        continue;
      if (part.kind == KAF_TEMPLATE_OPEN)
        {
          refuse_open (text, part.from, error);
          return FALSE;
        }
      name = g_strndup (part.start, part.length);
      if (kaf_template_find (kind, name) == NULL)
        {
          refuse_unknown (kind, name, error);
          return FALSE;
        }
    }
  return TRUE;
}
