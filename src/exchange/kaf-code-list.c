/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/kaf-fold.h"
#include "base/kaf-words.h"
#include "exchange/kaf-code-list.h"

struct _KafCodeList
{
  GHashTable *codes; /* folded label → code */
};

/* What lists write for the choices of the schema, beside their labels: of all fields together, as far as they have
 * the code. */
static const struct
{
  const char *code, *labels;
} synonyms[] = {
  { "f", "femme|féminin|mme|mlle|madame|female|woman|mrs|ms|أنثى|امرأة|السيدة|سيدة" },
  { "m", "homme|masculin|m|mr|monsieur|male|man|ذكر|رجل|السيد|سيد" },
  { "fr", "français|fra|french|الفرنسية|فرنسية" },
  { "ar", "arabe|ara|arabic|العربية|عربية" },
  { "en", "anglais|eng|english|الإنجليزية|إنجليزية" },
};

KafCodeList *
kaf_code_list_new (void)
{
  KafCodeList *self = g_new0 (KafCodeList, 1);

  self->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
kaf_code_list_free (KafCodeList *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->codes);
  g_free (self);
}

void
kaf_code_list_add (KafCodeList *self, const char *code, const char *label)
{
  char *folded = g_strstrip (kaf_fold (label));

  if (*folded == '\0' || g_hash_table_contains (self->codes, folded))
    g_free (folded);
  else
    g_hash_table_insert (self->codes, folded, g_strdup (code));
}

void
kaf_code_list_add_choices (KafCodeList *self, const KafField *field)
{
  for (const KafChoice *choice = field->choices; choice != NULL && choice->code != NULL; choice++)
    {
      kaf_code_list_add (self, choice->code, choice->code);
      kaf_code_list_add (self, choice->code, choice->label);
      for (KafLang lang = 0; lang <= KAF_LANG_AR; lang++)
        kaf_code_list_add (self, choice->code, kaf_words_get (lang, choice->label));
    }
  for (guint i = 0; i < G_N_ELEMENTS (synonyms); i++)
    if (kaf_field_find_choice (field, synonyms[i].code) != NULL)
      {
        g_auto (GStrv) labels = g_strsplit (synonyms[i].labels, "|", -1);

        for (guint j = 0; labels[j] != NULL; j++)
          kaf_code_list_add (self, synonyms[i].code, labels[j]);
      }
}

const char *
kaf_code_list_find (const KafCodeList *self, const char *text)
{
  g_autofree char *folded = g_strstrip (kaf_fold (text));

  return g_hash_table_lookup (self->codes, folded);
}

GPtrArray *
kaf_code_list_find_unknown (const KafCodeList *self, const GPtrArray *rows, guint column)
{
  GPtrArray *unknown = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const KafTablePeek *row = g_ptr_array_index (rows, i);
      const char *text = column < row->n_cells ? row->cells[column].text : "";

      if (*text != '\0' && kaf_code_list_find (self, text) == NULL &&
          g_hash_table_add (seen, g_strstrip (kaf_fold (text))))
        g_ptr_array_add (unknown, g_strdup (text));
    }
  return unknown;
}
