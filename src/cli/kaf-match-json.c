/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/kaf-match-json.h"

#include <math.h>

#include "match/kaf-match-words.h"

static void
add_reason (JsonBuilder *builder, const KafMatchReason *reason, KafLang lang)
{
  g_autofree char *words = kaf_match_tell_reason (reason, lang);

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "field", kaf_match_field_id (reason->field));
  kaf_cli_add_text (builder, "level", kaf_match_level_id (reason->level));
  json_builder_set_member_name (builder, "bits");
  json_builder_add_double_value (builder, round (reason->bits * 100) / 100);
  kaf_cli_add_text (builder, "a", reason->a);
  kaf_cli_add_text (builder, "b", reason->b);
  kaf_cli_add_text (builder, "words", words);
  json_builder_end_object (builder);
}

void
kaf_match_json_add_reasons (JsonBuilder *builder, const KafMatchScore *score, KafLang lang)
{
  json_builder_set_member_name (builder, "reasons");
  json_builder_begin_array (builder);
  for (guint i = 0; i < score->n_reasons; i++)
    add_reason (builder, &score->reasons[i], lang);
  json_builder_end_array (builder);
}
