/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One field of an entity: what it holds, who may see it, how two edits of it meet.
 *
 * A value is always *canonical text*, or NULL for unknown:
 *
 *   text, long text     the text itself
 *   integer             "-12"
 *   money               "1250000 MAD": minor units, a space, the ISO 4217 currency
 *   date                "2026-11-22"
 *   partial date        "2026", "2026-11" or "2026-11-22"
 *   boolean             "0" or "1"
 *   choice              a code of `choices`
 *   reference           the id of a record of `target`; the code for a reference list
 *   e-mail, phone, URL  normalised; a phone is E.164 ("+212528000000")
 *   language            an ISO 639 code; the CEFR level is the element's detail
 *   attachment          the id of an attachment record
 *
 * A field with KAF_FIELD_MANY holds a set: elements joined by '\n', an element being
 * VALUE or VALUE '\t' DETAIL. See schema/kaf-set.h.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KAF_KIND_TEXT,
  KAF_KIND_LONG_TEXT,
  KAF_KIND_INTEGER,
  KAF_KIND_MONEY,
  KAF_KIND_DATE,
  KAF_KIND_PARTIAL_DATE,
  KAF_KIND_BOOLEAN,
  KAF_KIND_CHOICE,
  KAF_KIND_REFERENCE,
  KAF_KIND_EMAIL,
  KAF_KIND_PHONE,
  KAF_KIND_URL,
  KAF_KIND_LANGUAGE,
  KAF_KIND_ATTACHMENT,
} KafKind;

/* How two edits of a field meet when they did not see each other. */
typedef enum
{
  KAF_MERGE_LAST_WRITER, /* the later stands, the other is kept as a conflict */
  KAF_MERGE_ADD_WINS,    /* sets: an element stays if added after what the remover saw */
  KAF_MERGE_APPEND_ONLY, /* written once, never changed */
} KafMerge;

/* Who may see a field (law 09-08): a role is a set of these that it reads and writes. */
typedef enum
{
  KAF_CLASS_PUBLIC = 1 << 0,     /* office, domain */
  KAF_CLASS_CONTACT = 1 << 1,    /* e-mail, phone, city */
  KAF_CLASS_IDENTITY = 1 << 2,   /* names, birth year, photo */
  KAF_CLASS_IDENTIFIER = 1 << 3, /* numbers of papers */
  KAF_CLASS_PRIVATE = 1 << 4,    /* notes, evaluations of a person */
} KafClass;

#define KAF_CLASS_ALL                                                                              \
  (KAF_CLASS_PUBLIC | KAF_CLASS_CONTACT | KAF_CLASS_IDENTITY | KAF_CLASS_IDENTIFIER |              \
   KAF_CLASS_PRIVATE)

typedef enum
{
  KAF_FIELD_NONE = 0,
  KAF_FIELD_MANY = 1 << 0,     /* a set of values */
  KAF_FIELD_REQUIRED = 1 << 1, /* a record without it is refused */
  KAF_FIELD_NAME = 1 << 2,     /* searched as a name, across scripts */
  KAF_FIELD_SEARCH = 1 << 3,   /* searched as any other text */
  KAF_FIELD_HIDDEN = 1 << 4,   /* stands in no form: the program fills it */
  KAF_FIELD_INDEX = 1 << 5,    /* filtered or sorted often, or looked up by */
  KAF_FIELD_ARABIC = 1 << 6,   /* written in Arabic: right to left whatever the language */
  KAF_FIELD_FILTER = 1 << 7,   /* offered as a filter chip */
  KAF_FIELD_PARENT = 1 << 8,   /* a reference whose target this record belongs to */
  KAF_FIELD_ENTITY = 1 << 9,   /* a text that is the id of an entity: read by what that is called */
  KAF_FIELD_FIELDS = 1 << 10,  /* a text of names of fields: read by what those are called */
  KAF_FIELD_POINT =
      1 << 11, /* what such a record is there to say: who may not write it makes none */
} KafFieldFlags;

typedef struct
{
  const char *code;
  const char *label; /* N_() */
  const char *style; /* nullable: pill style, "accent", "success", "warning", "error" */
} KafChoice;

typedef struct
{
  const char *id;
  KafKind kind;
  const char *label;   /* N_() */
  const char *hint;    /* N_(), nullable: one sentence under the field */
  const char *section; /* id of a section of the entity; NULL when hidden */
  guint since;         /* schema version that brought the field */
  KafMerge merge;      /* ADD_WINS is implied by KAF_FIELD_MANY */
  KafClass klass;      /* 0 reads as KAF_CLASS_PUBLIC */
  KafFieldFlags flags;
  const char *target;       /* entity of a reference, a language or an attachment */
  const KafChoice *choices; /* ends with a NULL code */
  const char *initial;      /* canonical, nullable: of a new record that says nothing of it */
  const char *unit;         /* fields of the same merge unit change together */
  const char *shown_if;     /* nullable, "kind=amendment": asked for in a form only then */
  guint list_width;         /* characters; 0: no column by default */
  gint64 min, max;          /* integers: allowed range when max > min */
} KafField;

#define kaf_field_is_many(field) (((field)->flags & KAF_FIELD_MANY) != 0)
#define kaf_field_has(field, flag) (((field)->flags & (flag)) != 0)

KafClass kaf_field_get_class (const KafField *field);
const KafChoice *kaf_field_find_choice (const KafField *field, const char *code);

/* Whether both are the same field of an entity, or of one merge unit. */
gboolean kaf_field_changes_with (const KafField *field, const KafField *other);

G_END_DECLS
