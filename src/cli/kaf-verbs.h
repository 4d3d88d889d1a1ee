/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs, one a file: kaf-verb-NAME.c. */
#pragma once

#include "cli/kaf-cli.h"
#include "net/kaf-erasures.h"
#include "net/kaf-syncer.h"

G_BEGIN_DECLS

extern const KafVerb kaf_verb_attach;
extern const KafVerb kaf_verb_bench;
extern const KafVerb kaf_verb_calendar;
extern const KafVerb kaf_verb_check;
extern const KafVerb kaf_verb_check_rules;
extern const KafVerb kaf_verb_conflicts;
extern const KafVerb kaf_verb_count_2030;
extern const KafVerb kaf_verb_quality;
extern const KafVerb kaf_verb_delete;
extern const KafVerb kaf_verb_drafts;
extern const KafVerb kaf_verb_duplicates;
extern const KafVerb kaf_verb_enroll;
extern const KafVerb kaf_verb_erase;
extern const KafVerb kaf_verb_erasures;
extern const KafVerb kaf_verb_export;
extern const KafVerb kaf_verb_find;
extern const KafVerb kaf_verb_history;
extern const KafVerb kaf_verb_import;
extern const KafVerb kaf_verb_list;
extern const KafVerb kaf_verb_match;
extern const KafVerb kaf_verb_mission;
extern const KafVerb kaf_verb_new;
extern const KafVerb kaf_verb_papers;
extern const KafVerb kaf_verb_print;
extern const KafVerb kaf_verb_quarantine;
extern const KafVerb kaf_verb_redo;
extern const KafVerb kaf_verb_report;
extern const KafVerb kaf_verb_sample;
extern const KafVerb kaf_verb_schema;
extern const KafVerb kaf_verb_score;
extern const KafVerb kaf_verb_segment;
extern const KafVerb kaf_verb_set;
extern const KafVerb kaf_verb_show;
extern const KafVerb kaf_verb_sync;
extern const KafVerb kaf_verb_sync_status;
extern const KafVerb kaf_verb_undo;

/* What is to become of the persons here that look like ones of the server: "keep", "hold", or NULL: lists
 * them and says how to choose. What may be sent is sent then. */
KafExit kaf_cli_settle_duplicates (KafCli *cli, const char *choice);

/* Lists the edits that the server did not take. Errors: KAF_STORE_ERROR. */
gboolean kaf_cli_list_refused (KafCli *cli, GError **error);

/* What an exchange moved, and what came of it. */
void kaf_cli_print_exchanged (KafCli *cli, const KafSyncReport *report);

/* What is kept of an erasure (element-type KafErasureKept), and until when. */
void kaf_cli_print_kept (KafCli *cli, const GPtrArray *kept);
void kaf_cli_add_kept (JsonBuilder *builder, const GPtrArray *kept);
/* What the server said to the question. */
KafExit kaf_cli_fail_hub (const GError *error);

/* kafaatctl mission take REF [--check]: all that the mission needs, on this device. @verb: whose help is told.
 * @args: with the words "mission" and "take" in front. */
KafExit kaf_cli_take_mission (KafCli *cli, const KafVerb *verb, GStrv args);

/* What “report” makes that is no workbook. */
#define KAF_REPORT_DOSSIER "mission-dossier"

G_END_DECLS
