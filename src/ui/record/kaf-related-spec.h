/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands on a record's page besides its own fields: which records belong to it, under which
 * heading, and which of their fields are read at a glance. Data only: no widget, no SQL. */
#pragma once

#include "store/kaf-page.h"

G_BEGIN_DECLS

/* A few words of a row's second line. */
typedef struct
{
  const char *column;
  const char *format; /* N_(), one %s; NULL: the value alone */
} KafRelatedPart;

/* What a row's pill says: the text is (transfer full), NULL for no pill; @style is static. */
typedef char *(*KafRelatedPill) (const KafRow *row, const char *today, const char **style);

/* What Space does to a row: the one value, and back. */
typedef struct
{
  const char *field, *on, *off;
  const char *day;     /* nullable: field that takes today's date with @on, and none with @off */
  gboolean stays_open; /* also where the list is closed */
} KafRelatedToggle;

typedef struct
{
  const char *entity;
  const char *field; /* its reference to the record of the page */
  const char *icon;
  const char *const *columns; /* the first names the row; all that the row needs */
  const KafRelatedPart *parts;
  KafRelatedPill pill; /* nullable */
  guint limit;         /* rows shown */
  const char *list;    /* nullable: the entity whose list shows them all… */
  const char *path;    /* … with this condition on the record's id */
  const char *order;   /* nullable: field that they stand by, upwards; NULL: newest first */
  const char *only;    /* nullable: "kind=amendment": of those alone; a new one begins so */
  const char *of;      /* nullable: "kind=framework": added on pages of such records alone */
  const char *label;   /* N_(), nullable: of a new one; NULL: the entity's */
  const char *several; /* N_(), nullable: also adds many at once, by the action "record.add-many" */
  char *(*name) (const KafRow *row); /* nullable; (transfer full) */
  gboolean moves; /* rows stand by "position", and are moved by the menu or Alt with an arrow */
  const KafRelatedToggle *toggle; /* nullable */
  const char *
      closed_by; /* nullable: field of the page's record; once it is known nothing is added, changed or moved */
  const char *act,
      *act_label; /* nullable: one more thing to do with a row that its first column names: an action (ss: its id, what
                     that column holds), and N_() */
  const char *const *takes; /* nullable: fields that a new one takes over from the page's record */
} KafRelatedSpec;

typedef struct
{
  const char *id;
  const char *title;                  /* N_() */
  const char *empty;                  /* N_(), a sentence */
  gboolean at_start;                  /* stands in the first column */
  const KafRelatedSpec *const *specs; /* NULL-terminated */
} KafRelatedGroup;

/* The groups of an entity's page, in their order; ends with a NULL id. Never NULL. */
const KafRelatedGroup *kaf_related_groups (const KafEntity *entity);

/* The one of the page of @entity that lists records of @of by @field and @only (nullable); NULL: none. */
const KafRelatedSpec *
kaf_related_find (const KafEntity *entity, const char *of, const char *field, const char *only);

/* The field of a condition "kind=amendment" and, in @value, what it is to hold; NULL for none. (transfer full) */
char *kaf_related_split (const char *condition, const char **value);

/* Index of a column of the spec, or -1. */
int kaf_related_spec_column (const KafRelatedSpec *spec, const char *column);

/* The row's second line, each value isolated. (transfer full) */
char *kaf_related_spec_subtitle (const KafRelatedSpec *spec, const KafRow *row);

/* The facts of the page: schema sections that share a card. */
typedef struct
{
  const char *title;           /* N_() */
  const char *const *sections; /* "person.contact"…, NULL-terminated */
} KafFactGroup;

/* Ends with a NULL title; NULL when the entity has none: a card a schema section then. */
const KafFactGroup *kaf_fact_groups (const KafEntity *entity);

/* N_() label of fields that change together, or NULL: that of the first of them. */
const char *kaf_fact_unit_label (const char *unit);

/* Fields that the page's header shows: not repeated among the facts. */
gboolean kaf_fact_is_in_header (const KafEntity *entity, const KafField *field);

G_END_DECLS
