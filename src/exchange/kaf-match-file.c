/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/kaf-match-file.h"

#include <string.h>

#include "base/kaf-fold.h"
#include "exchange/kaf-csv-reader.h"

G_DEFINE_QUARK (kaf_match_file_error_quark, kaf_match_file_error)

/* What a column may say besides one of the fields that are compared. */
enum
{
  COLUMN_NAME = KAF_N_MATCH_FIELDS,
  COLUMN_GIVEN_AR,
  COLUMN_FAMILY_AR,
  COLUMN_ID,
  N_COLUMNS,
};

static const char *const fields[] = {
  "given_name", "family_name", "email",         "phone",          "identifier", "birth_date",
  "city",       "employer",    "country",       "domain",         "network",    "organisation",
  "gender",     "name",        "given_name_ar", "family_name_ar", "id",         NULL,
};

/* Headers as they are met in three languages, folded; parted by |. The same for a column called "prenom (ar)". */
static const char *const headers[N_COLUMNS] = {
  [KAF_MATCH_GIVEN_NAME] = "given name|given names|first name|firstname|given_name|forename|prenom|"
                           "prenoms|prenom latin|prenom fr|prenom en francais|vorname",
  [KAF_MATCH_FAMILY_NAME] = "family name|last name|lastname|surname|family_name|nom de famille|nom|"
                            "nom latin|nom fr|nom en francais|nachname",
  [KAF_MATCH_EMAIL] = "email|e mail|e mails|emails|mail|e mail address|email address|courriel|"
                      "adresse e mail|adresse electronique|adresse mail|البريد الالكتروني|البريد|"
                      "بريد الكتروني|الايميل",
  [KAF_MATCH_PHONE] = "phone|phones|telephone|tel|mobile|gsm|portable|phone number|"
                      "numero de telephone|الهاتف|هاتف|رقم الهاتف|الهاتف المحمول|الجوال",
  [KAF_MATCH_IDENTIFIER] = "identifier|cin|cnie|orcid|linkedin|passport|passeport|matricule|links|"
                           "identifiant|soc sec id|numero cin|رقم البطاقه الوطنيه|البطاقه الوطنيه|"
                           "رقم البطاقه|جواز السفر",
  [KAF_MATCH_BIRTH] = "birth date|date of birth|birthdate|dob|born|birthday|birth year|annee de "
                      "naissance|date de naissance|naissance|ne le|nee le|ne e le|تاريخ الازدياد|"
                      "تاريخ الولاده|تاريخ الميلاد|سنه الازدياد",
  [KAF_MATCH_CITY] =
      "city|town|suburb|ville|ville de residence|commune|المدينه|مدينه الاقامه|مدينه",
  [KAF_MATCH_EMPLOYER] =
      "employer|company|organisation|organization|institution|employeur|"
      "entreprise|etablissement|societe|organisme|المشغل|المؤسسه|الشركه|جهه العمل",
  [KAF_MATCH_COUNTRY] =
      "country|country of residence|pays|pays de residence|البلد|الدوله|بلد الاقامه",
  [KAF_MATCH_DOMAIN] =
      "domain|domains|field|domaine|domaines|specialite|domaine d expertise|المجال|"
      "التخصص|مجال الخبره",
  [KAF_MATCH_NETWORK] = "network|networks|reseau|reseaux|الشبكه|شبكه",
  [KAF_MATCH_BODY] = "organisation name|organization name|nom de l organisation|nom du reseau|"
                     "raison sociale|denomination|اسم المؤسسه|اسم المنظمه|اسم الشبكه",
  [KAF_MATCH_GENDER] = "gender|sex|sexe|genre|civilite|الجنس",
  [COLUMN_NAME] = "name|full name|fullname|nom complet|nom et prenom|nom prenom|prenom et nom|"
                  "noms et prenoms|nom et prenoms|الاسم الكامل|الاسم والنسب|الاسم و النسب",
  [COLUMN_GIVEN_AR] = "given name ar|given_name_ar|first name ar|prenom ar|prenom arabe|"
                      "prenom en arabe|الاسم الشخصي|الاسم",
  [COLUMN_FAMILY_AR] = "family name ar|family_name_ar|last name ar|nom ar|nom arabe|nom en arabe|"
                       "الاسم العائلي|النسب|اللقب",
  [COLUMN_ID] = "id|rec id|record id|ref|reference|المرجع",
};

const char *const *
kaf_match_file_fields (void)
{
  return fields;
}

static int
guess (const char *header)
{
  g_autofree char *valid = g_utf8_make_valid (header, -1);
  g_auto (GStrv) words = kaf_fold_words (valid);
  g_autofree char *folded = g_strjoinv (" ", words);

  for (int column = 0; column < N_COLUMNS; column++)
    {
      g_auto (GStrv) known = g_strsplit (headers[column], "|", -1);

      for (guint i = 0; known[i] != NULL; i++)
        {
          /* The list is written as people write; it is folded like what it is compared with. */
          g_auto (GStrv) parts = kaf_fold_words (known[i]);
          g_autofree char *one = g_strjoinv (" ", parts);

          if (g_str_equal (one, folded))
            return column;
        }
    }
  return -1;
}

const char *
kaf_match_file_guess (const char *header)
{
  int column = guess (header);

  return column >= 0 ? fields[column] : NULL;
}

/* ---- Names that are known to be one ---- */

static void
add_country (KafMatchAliases *aliases, const char *line)
{
  g_auto (GStrv) cells = g_strsplit (line, "\t", -1);

  for (guint i = 1; cells[0] != NULL && cells[i] != NULL; i++)
    if (*cells[i] != '\0' && i != 4)
      kaf_match_aliases_add (aliases, KAF_MATCH_ALIAS_COUNTRY, cells[0], cells[i]);
}

KafMatchAliases *
kaf_match_file_aliases (void)
{
  const char *data = g_getenv ("KAF_PKGDATADIR");
  KafMatchAliases *aliases = kaf_match_aliases_new ();
  g_autofree char *folder =
      g_build_filename (data != NULL ? data : KAF_PKGDATADIR, "reference", NULL);
  g_autofree char *names = g_build_filename (folder, "aliases.tsv", NULL);
  g_autofree char *countries = g_build_filename (folder, "countries.tsv", NULL);
  g_autofree char *text = NULL;
  g_autofree char *list = NULL;
  g_auto (GStrv) lines = NULL;

  /* Without them fewer names are known; it works all the same. */
  if (g_file_get_contents (names, &text, NULL, NULL))
    kaf_match_aliases_read (aliases, text);
  if (!g_file_get_contents (countries, &list, NULL, NULL))
    return aliases;
  lines = g_strsplit (list, "\n", -1);
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    add_country (aliases, lines[i]);
  return aliases;
}

/* ---- Columns ---- */

static int
find_column (const KafCsvReader *csv, const char *name)
{
  for (guint i = 0; i < kaf_csv_reader_get_n_columns (csv); i++)
    if (g_str_equal (kaf_csv_reader_get_column (csv, i), name))
      return (int) i;
  return -1;
}

static gboolean
read_assignment (const KafCsvReader *csv, const char *text, GArray *meaning, GError **error)
{
  const char *equals = strchr (text, '=');
  g_autofree char *field = equals != NULL ? g_strndup (text, (gsize) (equals - text)) : NULL;
  int column, at = 0;

  while (field != NULL && fields[at] != NULL && !g_str_equal (fields[at], g_strstrip (field)))
    at++;
  if (field == NULL || fields[at] == NULL)
    {
      g_set_error (error, KAF_MATCH_FILE_ERROR, KAF_MATCH_FILE_ERROR_MAP, "%s", text);
      return FALSE;
    }
  column = find_column (csv, equals + 1);
  if (column < 0)
    {
      g_set_error (error, KAF_MATCH_FILE_ERROR, KAF_MATCH_FILE_ERROR_COLUMN, "%s", equals + 1);
      return FALSE;
    }
  g_array_index (meaning, int, (guint) column) = at;
  return TRUE;
}

/* In a file that has "Prénom" and "الاسم", both are given names; in one that has "الاسم" alone, it is the whole. */
static void
settle_names (GArray *meaning)
{
  gboolean has[N_COLUMNS] = { FALSE };

  for (guint i = 0; i < meaning->len; i++)
    if (g_array_index (meaning, int, i) >= 0)
      has[g_array_index (meaning, int, i)] = TRUE;
  for (guint i = 0; i < meaning->len; i++)
    {
      int *one = &g_array_index (meaning, int, i);

      if (*one == KAF_MATCH_FAMILY_NAME && !has[KAF_MATCH_GIVEN_NAME] && !has[COLUMN_NAME])
        *one = COLUMN_NAME;
      else if (*one == COLUMN_GIVEN_AR && !has[COLUMN_FAMILY_AR])
        *one = COLUMN_NAME;
      else if (*one == COLUMN_NAME && has[KAF_MATCH_GIVEN_NAME] && !has[KAF_MATCH_FAMILY_NAME])
        *one = KAF_MATCH_FAMILY_NAME;
    }
}

/* What each column says, -1 for nothing. */
static GArray *
read_meaning (const KafCsvReader *csv, const char *map, GError **error)
{
  guint n = kaf_csv_reader_get_n_columns (csv);
  g_autoptr (GArray) meaning = g_array_sized_new (FALSE, FALSE, sizeof (int), n);
  g_auto (GStrv) parts = map != NULL ? g_strsplit (map, ",", -1) : NULL;
  gboolean names = FALSE;

  for (guint i = 0; i < n; i++)
    {
      int column = map == NULL ? guess (kaf_csv_reader_get_column (csv, i)) : -1;

      g_array_append_val (meaning, column);
    }
  for (guint i = 0; parts != NULL && parts[i] != NULL; i++)
    if (!read_assignment (csv, parts[i], meaning, error))
      return NULL;
  if (map == NULL)
    settle_names (meaning);
  for (guint i = 0; i < n; i++)
    {
      int column = g_array_index (meaning, int, i);

      names |= column >= 0 && (column <= KAF_MATCH_IDENTIFIER || column == KAF_MATCH_BODY ||
                               (column >= COLUMN_NAME && column < COLUMN_ID));
    }
  if (names)
    return g_steal_pointer (&meaning);
  g_set_error_literal (error, KAF_MATCH_FILE_ERROR, KAF_MATCH_FILE_ERROR_NAMES,
                       "no column names a person");
  return NULL;
}

/* ---- Rows ---- */

/* Cells of e-mails, phones and networks may hold several. */
static void
add_values (KafMatchPerson *person,
            KafMatchField field,
            const char *text,
            const KafMatchAliases *aliases)
{
  const char *between = field == KAF_MATCH_EMAIL        ? "|;, "
                        : field == KAF_MATCH_PHONE      ? "|;,/"
                        : field == KAF_MATCH_IDENTIFIER ? "|; "
                                                        : "|;";
  g_auto (GStrv) parts = g_strsplit_set (text, between, -1);

  for (guint i = 0; parts[i] != NULL; i++)
    kaf_match_person_add_known (person, field, g_strstrip (parts[i]), aliases);
}

static KafMatchPerson *
read_row (const KafCsvReader *csv, const GArray *meaning, const KafMatchAliases *aliases)
{
  const char *cells[N_COLUMNS] = { NULL };
  g_autofree char *line = g_strdup_printf ("%u", kaf_csv_reader_get_line (csv));
  KafMatchPerson *person;

  for (guint i = 0; i < meaning->len; i++)
    {
      int column = g_array_index (meaning, int, i);
      const char *text = column >= 0 ? kaf_csv_reader_get (csv, i) : NULL;

      if (column == COLUMN_ID && text != NULL && *text != '\0')
        cells[column] = text;
      else if (column >= COLUMN_NAME || column == KAF_MATCH_GIVEN_NAME ||
               column == KAF_MATCH_FAMILY_NAME)
        cells[column] = text != NULL ? kaf_csv_unguard (text) : NULL;
    }
  person = kaf_match_person_new (cells[COLUMN_ID] != NULL ? cells[COLUMN_ID] : line);
  kaf_match_person_add_name (person, cells[KAF_MATCH_GIVEN_NAME], cells[KAF_MATCH_FAMILY_NAME]);
  kaf_match_person_add_name (person, cells[COLUMN_GIVEN_AR], cells[COLUMN_FAMILY_AR]);
  for (guint i = 0; i < meaning->len; i++)
    {
      int column = g_array_index (meaning, int, i);
      const char *text = column >= 0 ? kaf_csv_reader_get (csv, i) : NULL;

      if (text != NULL && column == COLUMN_NAME)
        kaf_match_person_add_whole_name (person, kaf_csv_unguard (text));
      else if (text != NULL && column >= KAF_MATCH_EMAIL && column < KAF_N_MATCH_FIELDS)
        add_values (person, (KafMatchField) column, kaf_csv_unguard (text), aliases);
    }
  return person;
}

KafMatchIndex *
kaf_match_file_read (const char *path,
                     const char *map,
                     const KafMatchAliases *aliases,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (KafCsvReader) csv =
      stream != NULL ? kaf_csv_reader_new (G_INPUT_STREAM (stream)) : NULL;
  g_autoptr (KafMatchIndex) index = kaf_match_index_new ();
  g_autoptr (GArray) meaning = NULL;
  GError *local = NULL;

  if (csv == NULL || !kaf_csv_reader_read_header (csv, cancellable, error))
    return NULL;
  meaning = read_meaning (csv, map, error);
  if (meaning == NULL)
    return NULL;
  while (kaf_csv_reader_next (csv, cancellable, &local))
    kaf_match_index_add (index, read_row (csv, meaning, aliases));
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  kaf_match_index_seal (index);
  return g_steal_pointer (&index);
}
