/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheet that goes round: of a meeting with who is called, of each session of a mission with its participants; and
 * lines for those whom nobody expected. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "report/documents/kaf-documents.h"
#include "report/documents/kaf-letter.h"
#include "report/documents/kaf-meeting-parts.h"

/* Where the options say nothing. */
#define BLANK_ROWS 5
#define ROW_HEIGHT 11 /* mm: room for a signature */

static void
begin_table (KafDoc *doc, const char *establishment)
{
  const KafDocColumn columns[] = {
    { kaf_doc_word (doc, N_ ("No.")), 0, KAF_DOC_CENTRE },
    { kaf_doc_word (doc, N_ ("Name")), 3, KAF_DOC_START },
    { kaf_doc_word (doc, N_ ("Function")), 3, KAF_DOC_START },
    { kaf_doc_word (doc, establishment), 3, KAF_DOC_START },
    { kaf_doc_word (doc, N_ ("Signature")), 3, KAF_DOC_START },
    { NULL },
  };

  kaf_doc_table (doc, columns);
}

static void
add_row (KafDoc *doc, guint number, const char *name, const char *function, const char *of)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  kaf_doc_row (doc, (const char *[]){ text, name, function, of, " " });
}

static void
add_blank (KafDoc *doc, KafDocumentContext *context)
{
  guint n = context->options->n_blank;

  kaf_doc_rows_blank (doc, n > 0 ? n : BLANK_ROWS, ROW_HEIGHT, TRUE);
}

static gboolean
build_meeting (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  g_autoptr (KafRecord) meeting = kaf_meeting_begin (doc, context, error);
  g_autoptr (GPtrArray) called = meeting != NULL ? kaf_meeting_attendees (context, error) : NULL;
  g_autofree char *title = NULL;

  if (called == NULL)
    return FALSE;
  title = kaf_document_title (context, "meeting", context->subject.id);
  kaf_doc_title (doc, kaf_doc_word (doc, N_ ("Sign-in sheet")));
  kaf_doc_subtitle (doc, title);
  kaf_meeting_pairs (doc, context, meeting);
  kaf_doc_space (doc, 3);
  begin_table (doc, N_ ("Organisation"));
  for (guint i = 0; !context->options->blank && i < called->len; i++)
    {
      const KafRecord *attendee = g_ptr_array_index (called, i);
      g_autofree char *name = kaf_meeting_person (context, attendee);
      g_autofree char *function = kaf_document_value (context, attendee, "function");
      g_autofree char *of = kaf_document_value (context, attendee, "organisation");

      add_row (doc, i + 1, name, function, of);
    }
  add_blank (doc, context);
  return TRUE;
}

/* Who trains is an expert of the mission: a person with a part in it. (transfer full) (nullable) */
static char *
name_trainer (KafDocumentContext *context, const KafRecord *session)
{
  const char *id = kaf_record_get (session, "trainer");
  g_autoptr (KafRecord) expert =
      id != NULL ? kaf_document_read (context, "mission_expert", id, NULL) : NULL;

  return expert != NULL ? kaf_document_value (context, expert, "person") : NULL;
}

static void
add_session (KafDoc *doc,
             KafDocumentContext *context,
             const KafRecord *session,
             const char *mission,
             const GPtrArray *participants)
{
  g_autofree char *day = kaf_document_date (context, kaf_record_get (session, "held_on"));
  g_autofree char *half = kaf_document_value (context, session, "half");
  g_autofree char *trainer = name_trainer (context, session);
  g_autofree char *room = kaf_document_value (context, session, "room");

  kaf_doc_title (doc, kaf_doc_word (doc, N_ ("Sign-in sheet")));
  kaf_doc_subtitle (doc, mission);
  kaf_doc_pair (doc, kaf_doc_word (doc, N_ ("Subject")),
                kaf_document_text (context, session, "subject"));
  kaf_doc_pair (doc, kaf_doc_word (doc, N_ ("On")), day);
  kaf_doc_pair (doc, kaf_doc_word (doc, N_ ("Half-day")), half);
  kaf_doc_pair (doc, kaf_doc_word (doc, N_ ("Trainer")), trainer);
  kaf_doc_pair (doc, kaf_doc_word (doc, N_ ("Room")), room);
  kaf_doc_space (doc, 3);
  begin_table (doc, N_ ("Establishment"));
  for (guint i = 0; !context->options->blank && i < participants->len; i++)
    {
      const KafRecord *one = g_ptr_array_index (participants, i);
      g_autofree char *name = kaf_meeting_name (context, one, "name");
      g_autofree char *function = kaf_document_value (context, one, "function");
      g_autofree char *of = kaf_document_value (context, one, "establishment");

      add_row (doc, i + 1, name, function, of);
    }
  add_blank (doc, context);
}

/* What each sheet tells. */
typedef struct
{
  const char *mission; /* its title */
  const GPtrArray *participants;
} Told;

/* Nobody signs at a session that was called off, unless just that one is asked for. */
static gboolean
write_session (KafLetters *letters, KafRecord *session, GError **error)
{
  const Told *told = letters->data;

  if (letters->context->options->one == NULL &&
      g_strcmp0 (kaf_record_get (session, "state"), "cancelled") == 0)
    return TRUE;
  kaf_letters_begin (letters);
  add_session (letters->doc, letters->context, session, told->mission, told->participants);
  return TRUE;
}

static const KafDocumentOne ones[] = { { "programme_item", "mission", .order = "held_on" },
                                       { NULL } };

static gboolean
build_sessions (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  const char *id = context->subject.id;
  g_autoptr (KafRecord) mission = kaf_document_read (context, "mission", id, error);
  g_autoptr (GPtrArray) participants = NULL;
  g_autofree char *title = NULL;
  Told told;
  KafLetters letters = { doc, context, &told };

  participants = mission != NULL ? kaf_document_related (context, "participant", "mission", id,
                                                         "position", error)
                                 : NULL;
  if (participants == NULL)
    return FALSE;
  title = kaf_document_title (context, "mission", id);
  kaf_doc_set_reference (doc, kaf_record_get_ref (mission));
  kaf_doc_set_date (doc, context->day);
  kaf_doc_set_name (doc, title);
  told = (Told){ title, participants };
  if (!kaf_letters_write (&letters, ones, write_session, error))
    return FALSE;
  if (letters.n == 0)
    kaf_doc_paragraph (doc, kaf_doc_word (doc, N_ ("The mission has no session.")));
  return TRUE;
}

const KafDocument kaf_document_sign_in_sheet = {
  .name = "sign-in-sheet",
  .label = N_ ("Sign-in sheet"),
  .entity = "meeting",
  .both = KAF_BOTH_SIDES,
  .asks = KAF_ASKS_BLANK | KAF_ASKS_ROWS,
  .build = build_meeting,
};

const KafDocument kaf_document_session_sign_in = {
  .name = "session-sign-in-sheets",
  .label = N_ ("Sign-in sheets of the sessions"),
  .entity = "mission",
  .both = KAF_BOTH_SIDES,
  .ones = ones,
  .asks = KAF_ASKS_BLANK | KAF_ASKS_ROWS,
  .build = build_sessions,
};
