/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of placeholders: how each name is read. */
#include "config.h"

#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-fold.h"
#include "report/kaf-signing.h"
#include "report/kaf-texts.h"

typedef enum
{
  OF_MISSION,
  OF_EXPERT,     /* the mission's */
  OF_SPECIALIST, /* the same person as an expert */
  OF_TRAVELLER,  /* the same person */
  OF_PERSON,
  OF_ORGANISATION,
  OF_CONVENTION,
  OF_PARENT, /* the convention's */
  OF_MEETING,
  N_OWNERS,
} Owner;

typedef enum
{
  AS_VALUE, /* as a person reads it */
  AS_TEXT,  /* of FIELD_fr, FIELD_ar */
  AS_TITLE, /* of the record itself */
  AS_DATE,  /* in full */
  AS_REFERENCE,
} Way;

static const char *const entities[N_OWNERS] = {
  "mission",      "mission_expert", "expert",     "person",  "person",
  "organisation", "convention",     "convention", "meeting",
};

static const struct
{
  const char *name;
  Owner owner;
  Way way;
  const char *field; /* NULL for AS_TITLE and AS_REFERENCE */
} readings[] = {
  { "mission.reference", OF_MISSION, AS_REFERENCE, NULL },
  { "mission.title", OF_MISSION, AS_TITLE, NULL },
  { "mission.programme", OF_MISSION, AS_VALUE, "programme" },
  { "mission.objective", OF_MISSION, AS_TEXT, "objective" },
  { "mission.lead", OF_MISSION, AS_VALUE, "lead" },
  { "mission.place", OF_MISSION, AS_TEXT, "place" },
  { "mission.territory", OF_MISSION, AS_VALUE, "territory" },
  { "mission.starts_on", OF_MISSION, AS_DATE, "starts_on" },
  { "mission.ends_on", OF_MISSION, AS_DATE, "ends_on" },
  { "expert.name", OF_TRAVELLER, AS_TITLE, NULL },
  { "expert.headline", OF_SPECIALIST, AS_TEXT, "headline" },
  { "expert.employer", OF_SPECIALIST, AS_VALUE, "employer" },
  { "expert.country", OF_TRAVELLER, AS_VALUE, "country" },
  { "expert.arrives_on", OF_EXPERT, AS_DATE, "arrives_on" },
  { "expert.leaves_on", OF_EXPERT, AS_DATE, "leaves_on" },
  { "expert.order_number", OF_EXPERT, AS_VALUE, "order_number" },
  { "expert.order_on", OF_EXPERT, AS_DATE, "order_on" },
  { "person.name", OF_PERSON, AS_TITLE, NULL },
  { "person.address", OF_PERSON, AS_VALUE, "address" },
  { "organisation.name", OF_ORGANISATION, AS_TITLE, NULL },
  { "organisation.city", OF_ORGANISATION, AS_VALUE, "city" },
  { "organisation.address", OF_ORGANISATION, AS_VALUE, "address" },
  { "convention.title", OF_CONVENTION, AS_TITLE, NULL },
  { "convention.number", OF_CONVENTION, AS_VALUE, "number" },
  { "convention.parties", OF_CONVENTION, AS_VALUE, "parties" },
  { "convention.object", OF_CONVENTION, AS_TEXT, "object" },
  { "convention.place", OF_CONVENTION, AS_VALUE, "place" },
  { "convention.signed_on", OF_CONVENTION, AS_DATE, "signed_on" },
  { "convention.effective_on", OF_CONVENTION, AS_DATE, "effective_on" },
  { "convention.ends_on", OF_CONVENTION, AS_DATE, "ends_on" },
  { "convention.renewal_months", OF_CONVENTION, AS_VALUE, "renewal_months" },
  { "convention.notice_days", OF_CONVENTION, AS_VALUE, "notice_days" },
  { "convention.parent", OF_PARENT, AS_TITLE, NULL },
  { "convention.parent_signed_on", OF_PARENT, AS_DATE, "signed_on" },
  { "meeting.title", OF_MEETING, AS_TITLE, NULL },
  { "meeting.kind", OF_MEETING, AS_VALUE, "kind" },
  { "meeting.purpose", OF_MEETING, AS_TEXT, "purpose" },
  { "meeting.held_on", OF_MEETING, AS_DATE, "held_on" },
  { "meeting.starts_at", OF_MEETING, AS_VALUE, "starts_at" },
  { "meeting.ends_at", OF_MEETING, AS_VALUE, "ends_at" },
  { "meeting.place", OF_MEETING, AS_TEXT, "place" },
  { "meeting.convened_by", OF_MEETING, AS_VALUE, "convened_by" },
  { "meeting.chair", OF_MEETING, AS_VALUE, "chair" },
  { "meeting.secretary", OF_MEETING, AS_VALUE, "secretary" },
};

/* One text's: each record is read once, when it is first asked for. */
typedef struct
{
  KafDocumentContext *context;
  const KafTextsAbout *about;
  KafRecord *records[N_OWNERS];
  gboolean tried[N_OWNERS];
} Filling;

static const KafRecord *find_record (Filling *self, Owner owner);

static const char *
get_of (Filling *self, Owner owner, const char *field)
{
  const KafRecord *record = find_record (self, owner);

  return record != NULL ? kaf_record_get (record, field) : NULL;
}

/* What was given, or follows from what was. NULL: none. */
static const char *
find_id (Filling *self, Owner owner)
{
  const KafTextsAbout *about = self->about;
  const char *id = NULL;

  switch (owner)
    {
    case OF_MISSION:
      id = about->mission != NULL ? about->mission : get_of (self, OF_EXPERT, "mission");
      return id != NULL ? id : get_of (self, OF_MEETING, "mission");
    case OF_EXPERT:
      return about->expert;
    case OF_SPECIALIST:
    case OF_TRAVELLER:
      id = get_of (self, OF_EXPERT, "person");
      return id != NULL ? id : about->person;
    case OF_PERSON:
      return about->person != NULL ? about->person : get_of (self, OF_EXPERT, "person");
    case OF_ORGANISATION:
      return about->organisation;
    case OF_CONVENTION:
      return about->convention != NULL ? about->convention
                                       : get_of (self, OF_MEETING, "convention");
    case OF_PARENT:
      return get_of (self, OF_CONVENTION, "parent");
    case OF_MEETING:
      return about->meeting;
    case N_OWNERS:
    default:
      return NULL;
    }
}

static const KafRecord *
find_record (Filling *self, Owner owner)
{
  const char *id;

  if (self->tried[owner])
    return self->records[owner];
  self->tried[owner] = TRUE;
  id = find_id (self, owner);
  /* Whoever is no expert has no record of one: then that is not known. */
  if (id != NULL)
    self->records[owner] = kaf_document_read (self->context, entities[owner], id, NULL);
  if (owner == OF_CONVENTION && self->records[owner] != NULL)
    kaf_signing_complete (self->context, self->records[owner]);
  return self->records[owner];
}

static char *
read_field (Filling *self, const KafRecord *record, Way way, const char *field)
{
  g_autofree char *value = NULL;

  if (way == AS_TEXT)
    return g_strdup (kaf_document_text (self->context, record, field));
  value = kaf_document_value (self->context, record, field);
  if (way == AS_DATE && value != NULL)
    return kaf_document_date (self->context, kaf_record_get (record, field));
  return g_steal_pointer (&value);
}

static char *
read_record (Filling *self, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      const KafRecord *record;

      if (!g_str_equal (readings[i].name, name))
        continue;
      if (self->about->name != NULL && readings[i].owner == OF_PERSON)
        return readings[i].way == AS_TITLE ? g_strdup (self->about->name) : NULL;
      record = find_record (self, readings[i].owner);
      if (record == NULL)
        return NULL;
      if (readings[i].way == AS_TITLE)
        return kaf_document_title (self->context, entities[readings[i].owner],
                                   kaf_record_get_id (record));
      if (readings[i].way == AS_REFERENCE)
        return g_strdup (kaf_record_get_ref (record));
      return read_field (self, record, readings[i].way, readings[i].field);
    }
  return NULL;
}

static char *
read_paper (Filling *self, const char *name)
{
  const KafLetterhead *head = self->context->letterhead;
  guint side = kaf_letterhead_side (self->context->lang);
  g_autoptr (GString) line = NULL;

  if (g_str_equal (name, "day"))
    return kaf_document_date (self->context, self->context->day);
  if (head == NULL)
    return NULL;
  if (g_str_equal (name, "place"))
    return g_strdup (head->place[side]);
  line = g_string_new (head->service[side]);
  g_string_replace (line, "\n", " – ", 0);
  return g_strdup (line->str);
}

/* Stands in a sentence: one line, without a full stop of its own, and apart from text of the other direction. */
static char *
get_value (const char *name, gpointer data)
{
  Filling *self = data;
  gboolean paper =
      g_str_equal (name, "day") || g_str_equal (name, "place") || g_str_equal (name, "service");
  g_autofree char *value = paper ? read_paper (self, name) : read_record (self, name);
  gsize length;

  if (value == NULL)
    return NULL;
  g_strdelimit (g_strstrip (value), "\n\r\t", ' ');
  length = strlen (value);
  if (length > 1 && value[length - 1] == '.' && strchr (value, '.') == value + length - 1)
    value[length - 1] = '\0';
  if (*value == '\0')
    return NULL;
  if (kaf_text_is_arabic (value) != (self->context->lang == KAF_LANG_AR))
    return kaf_bidi_isolate (value);
  return g_steal_pointer (&value);
}

char *
kaf_texts_fill (KafDocumentContext *context,
                const char *text,
                const KafTextsAbout *about,
                GPtrArray *unknown)
{
  Filling self = { .context = context, .about = about };
  char *filled = kaf_template_fill (text, get_value, &self, unknown);

  for (guint i = 0; i < N_OWNERS; i++)
    g_clear_pointer (&self.records[i], kaf_record_unref);
  return filled;
}

/* Blanks */

static Owner
find_owner (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    if (g_str_equal (readings[i].name, name))
      return readings[i].owner;
  return N_OWNERS;
}

/* Where the owner itself is not named, whatever the text is about says it. */
static void
tell_blank (Filling *self, KafDoc *doc, const KafTemplateName *name)
{
  static const Owner others[] = { OF_MEETING, OF_CONVENTION, OF_EXPERT, OF_MISSION };
  Owner owner = find_owner (name->name);
  const char *id;
  g_autofree char *title = NULL;

  if (owner == N_OWNERS)
    {
      kaf_doc_add_blank (doc, name->label, KAF_BLANK_LETTERHEAD, NULL, NULL);
      return;
    }
  id = find_id (self, owner);
  for (guint i = 0; id == NULL && i < G_N_ELEMENTS (others); i++)
    id = find_id (self, owner = others[i]);
  title = owner == OF_PERSON && self->about->name != NULL
              ? g_strdup (self->about->name)
              : kaf_document_title (self->context, entities[owner], id);
  kaf_doc_add_blank (doc, name->label, id != NULL ? entities[owner] : NULL, id, title);
}

void
kaf_texts_tell_blanks (KafDocumentContext *context,
                       KafDoc *doc,
                       const KafTextsAbout *about,
                       const GPtrArray *names)
{
  Filling self = { .context = context, .about = about };

  for (guint i = 0; i < names->len; i++)
    {
      const KafTemplateName *name = kaf_template_find (NULL, g_ptr_array_index (names, i));

      if (name != NULL)
        tell_blank (&self, doc, name);
    }
  for (guint i = 0; i < N_OWNERS; i++)
    g_clear_pointer (&self.records[i], kaf_record_unref);
}
