/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Meetings in a store: what is due of them, where they stand in the calendar, and that approved minutes stay. */
#include "config.h"

#include <string.h>

#include "kaf-fixture.h"

#include "base/kaf-validation-error.h"
#include "exchange/kaf-calendar.h"
#include "schema/kaf-registry.h"
#include "store/kaf-agenda.h"
#include "store/kaf-findings.h"

#define DAY(iso) kaf_day_parse (iso)

typedef struct
{
  KafFixture *fixture;
  char *meeting, *item, *attendee, *decision;
} Held;

static void
held_clear (Held *self)
{
  kaf_fixture_assert_whole (self->fixture);
  g_free (self->meeting);
  g_free (self->item);
  g_free (self->attendee);
  g_free (self->decision);
  kaf_fixture_free (self->fixture);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Held, held_clear)

static Held
hold (void)
{
  Held self = { .fixture = kaf_fixture_new () };

  self.meeting =
      kaf_fixture_create (self.fixture, "meeting", NULL, "title_fr", "Comité", "kind", "steering",
                          "state", "held", "held_on", "2026-03-02", "starts_at", "10:00", "ends_at",
                          "12:30", "place_fr", "Rabat", "minutes_fr", "Texte", NULL);
  self.item = kaf_fixture_create (self.fixture, "agenda_item", NULL, "meeting", self.meeting,
                                  "title_fr", "Point", NULL);
  self.attendee = kaf_fixture_create (self.fixture, "meeting_attendee", NULL, "meeting",
                                      self.meeting, "name", "Exemple", NULL);
  self.decision = kaf_fixture_create (self.fixture, "decision", NULL, "meeting", self.meeting,
                                      "text_fr", "Réserver la salle", "due_on", "2026-04-15", NULL);
  return self;
}

/* "minutes-not-approved late 2026-04-01", a line each. (transfer full) */
static char *
list_findings (const Held *self, const char *entity, const char *day)
{
  const KafFindingsQuery query = { .entity = entity, .id = self->meeting, .day = DAY (day) };
  g_autoptr (GError) error = NULL;
  g_autoptr (KafFindings) findings = kaf_findings_read (
      self->fixture->db, entity != NULL ? &query : &(KafFindingsQuery){ .day = DAY (day) }, NULL,
      &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->list->len; i++)
    {
      const KafFinding *one = g_ptr_array_index (findings->list, i);
      g_autofree char *due = kaf_day_to_iso (one->due);

      g_string_append_printf (text, "%s %s %s\n", one->rule->code, kaf_urgency_id (one->urgency),
                              due);
    }
  return g_string_free (text, FALSE);
}

static void
assert_findings (const Held *self, const char *day, const char *expected)
{
  g_autofree char *of_meeting = list_findings (self, "meeting", day);
  g_autofree char *all = list_findings (self, NULL, day);

  g_assert_cmpstr (of_meeting, ==, expected);
  g_assert_cmpstr (all, ==, expected);
}

static void
test_findings (void)
{
  g_auto (Held) held = hold ();

  assert_findings (&held, "2026-03-10", "");
  assert_findings (&held, "2026-03-16", "decision-due-soon month 2026-04-15\n");
  assert_findings (&held, "2026-04-01", "decision-due-soon month 2026-04-15\n");
  assert_findings (&held, "2026-04-02",
                   "minutes-not-approved late 2026-04-01\ndecision-due-soon month 2026-04-15\n");
  assert_findings (&held, "2026-04-16",
                   "minutes-not-approved late 2026-04-01\ndecision-overdue late 2026-04-15\n");
  kaf_receipt_unref (kaf_fixture_update (held.fixture, "decision", held.decision, "state", "done",
                                         "done_on", "2026-04-10", NULL));
  kaf_receipt_unref (kaf_fixture_update (held.fixture, "meeting", held.meeting, "approved_on",
                                         "2026-04-10", NULL));
  assert_findings (&held, "2026-04-16", "");
}

/* A service that wants its minutes sooner says from when on. */
static void
test_setting (void)
{
  g_auto (Held) held = hold ();

  g_free (kaf_fixture_create (held.fixture, "setting", NULL, "key", "meeting.minutes-days",
                              "valid_from", "2026-03-12", "value", "7", NULL));
  assert_findings (&held, "2026-03-10", "");
  assert_findings (&held, "2026-03-12", "minutes-not-approved late 2026-03-09\n");
}

static void
test_planned (void)
{
  g_auto (Held) held = hold ();

  kaf_receipt_unref (
      kaf_fixture_update (held.fixture, "meeting", held.meeting, "state", "planned", NULL));
  assert_findings (&held, "2026-03-02", "");
  assert_findings (&held, "2026-03-03", "meeting-past-planned late 2026-03-02\n");
  kaf_receipt_unref (
      kaf_fixture_update (held.fixture, "meeting", held.meeting, "state", "cancelled", NULL));
  assert_findings (&held, "2026-03-03", "");
}

static void
test_calendar (void)
{
  g_auto (Held) held = hold ();
  const KafCalendarOptions options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items =
      kaf_agenda_read (held.fixture->db, DAY ("2026-03-01"), DAY ("2026-04-30"), DAY ("2026-03-10"),
                       KAF_LANG_FR, NULL, &error);
  const KafAgendaItem *meeting, *due;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 2);
  meeting = g_ptr_array_index (items, 0);
  g_assert_cmpint (meeting->kind, ==, KAF_AGENDA_MEETING);
  g_assert_cmpint (meeting->state, ==, KAF_AGENDA_DONE);
  g_assert_cmpstr (meeting->where, ==, "Rabat");
  due = g_ptr_array_index (items, 1);
  g_assert_cmpint (due->kind, ==, KAF_AGENDA_DUE);
  g_assert_cmpstr (due->entity, ==, "decision");
  g_assert_cmpint (due->state, ==, KAF_AGENDA_OPEN);
  g_assert_cmpstr (due->where, ==, "Comité");

  text = kaf_calendar_write (items, &options, 0);
  g_assert_nonnull (strstr (text, "DTSTART:20260302T100000\r\n"));
  g_assert_nonnull (strstr (text, "DTEND:20260302T123000\r\n"));
  g_assert_nonnull (strstr (text, "LOCATION:Rabat\r\n"));
  g_assert_nonnull (strstr (text, "UID:meeting-"));
}

/* Frozen minutes */

/* Whether the store refuses; nothing changes then. */
static void
assert_refused (KafFixture *f, KafChangeSet *set)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_commit (f->db, set, NULL, NULL, &error);

  g_assert_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE);
  g_assert_null (receipt);
}

static void
assert_kept (
    KafFixture *f, const char *entity, const char *id, const char *field, const char *value)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) change = kaf_record_new (kaf_registry_find (entity), id);

  kaf_record_set (change, field, value);
  kaf_change_set_update (set, change);
  assert_refused (f, set);
}

static void
assert_not_added (const Held *self, const char *entity, const char *field)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("new");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (entity), NULL);

  kaf_record_set (record, "meeting", self->meeting);
  kaf_record_set (record, field, "Encore");
  kaf_change_set_create (set, record);
  assert_refused (self->fixture, set);
}

static void
assert_not_deleted (const Held *self, const char *entity, const char *id)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");

  kaf_change_set_delete (set, kaf_registry_find (entity), id);
  assert_refused (self->fixture, set);
}

/* The batch of the approval. (transfer full) */
static char *
approve (const Held *self)
{
  g_autoptr (KafReceipt) receipt =
      kaf_fixture_update (self->fixture, "meeting", self->meeting, "approved_on", "2026-03-20",
                          "approved_by", "Exemple", NULL);

  return g_strdup (receipt->batch);
}

static void
test_frozen (void)
{
  g_auto (Held) held = hold ();
  KafFixture *f = held.fixture;
  g_autofree char *batch = approve (&held);

  assert_kept (f, "meeting", held.meeting, "minutes_fr", "Autre");
  assert_kept (f, "meeting", held.meeting, "approved_on", NULL);
  assert_kept (f, "agenda_item", held.item, "said_fr", "Autre");
  assert_kept (f, "meeting_attendee", held.attendee, "presence", "present");
  assert_kept (f, "decision", held.decision, "text_fr", "Autre");
  assert_kept (f, "decision", held.decision, "due_on", "2027-01-01");
  assert_not_added (&held, "agenda_item", "title_fr");
  assert_not_added (&held, "meeting_attendee", "name");
  assert_not_added (&held, "decision", "text_fr");
  assert_not_deleted (&held, "meeting", held.meeting);
  assert_not_deleted (&held, "agenda_item", held.item);
  assert_not_deleted (&held, "decision", held.decision);

  kaf_receipt_unref (kaf_fixture_update (f, "decision", held.decision, "state", "done", "done_on",
                                         "2026-03-22", "result", "Fait", NULL));
}

static void
test_moved (void)
{
  g_auto (Held) held = hold ();
  g_autofree char *other = kaf_fixture_create (held.fixture, "meeting", NULL, "title_fr", "Autre",
                                               "kind", "other", "held_on", "2026-03-05", NULL);
  g_autofree char *item = kaf_fixture_create (held.fixture, "agenda_item", NULL, "meeting", other,
                                              "title_fr", "Point", NULL);
  g_autofree char *batch = approve (&held);

  assert_kept (held.fixture, "agenda_item", item, "meeting", held.meeting);
  assert_kept (held.fixture, "agenda_item", held.item, "meeting", other);
}

static void
test_undone (void)
{
  g_auto (Held) held = hold ();
  g_autofree char *batch = approve (&held);
  g_autofree char *author = g_strdup (kaf_database_get_author (held.fixture->db));
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) undone = NULL;
  g_autofree char *day = NULL;

  /* Another at this device does not take it back. */
  kaf_database_set_author (held.fixture->db, "brahim");
  undone = kaf_undo (held.fixture->db, batch, &error);
  g_assert_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE);
  g_assert_null (undone);
  g_clear_error (&error);

  kaf_database_set_author (held.fixture->db, author);
  undone = kaf_undo (held.fixture->db, batch, &error);
  g_assert_no_error (error);
  day = kaf_fixture_get (held.fixture, "meeting", held.meeting, "approved_on");
  g_assert_null (day);
  kaf_receipt_unref (
      kaf_fixture_update (held.fixture, "meeting", held.meeting, "minutes_fr", "Autre", NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/meetings/findings", test_findings);
  g_test_add_func ("/meetings/planned", test_planned);
  g_test_add_func ("/meetings/setting", test_setting);
  g_test_add_func ("/meetings/calendar", test_calendar);
  g_test_add_func ("/meetings/frozen", test_frozen);
  g_test_add_func ("/meetings/moved", test_moved);
  g_test_add_func ("/meetings/undone", test_undone);
  return g_test_run ();
}
