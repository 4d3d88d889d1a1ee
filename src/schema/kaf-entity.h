/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One entity: the table that drives storage, validation, forms, lists, wire and register. */
#pragma once

#include "schema/kaf-field.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_ENTITY_NONE = 0,
  KAF_ENTITY_LIST = 1 << 0,         /* a reference list: an item is keyed by its code */
  KAF_ENTITY_APPEND_ONLY = 1 << 1,  /* records are added, never changed or deleted */
  KAF_ENTITY_SEARCHED = 1 << 2,     /* offered by the general search */
  KAF_ENTITY_LOCAL_OFFICE = 1 << 3, /* kept by the program itself: no form of its own */
  KAF_ENTITY_BY_FACET = 1 << 5,     /* shown through its facets alone: goes with the last of them */
  KAF_ENTITY_APPROVED = 1 << 7,     /* written by who approves: a convention engages the State */
  KAF_ENTITY_KEPT = 1 << 6, /* the law keeps it when a person in it is erased: without her name */
  KAF_ENTITY_TIE = 1 << 4,  /* keeps those that it binds: an office-holder stays a person here */
} KafEntityFlags;

typedef struct
{
  const char *id;
  const char *label; /* N_() */
} KafSection;

/* Reads a field of the record at hand: canonical text, or NULL. */
typedef const char *(*KafGetFunc) (const char *field, gpointer data);

/* Cross-field rules of an entity. Returns FALSE with KAF_VALIDATION_ERROR; *field (out) is the
 * id of the field to lead to. */
typedef gboolean (*KafValidateFunc) (KafGetFunc get,
                                     gpointer data,
                                     const char **field,
                                     GError **error);

typedef struct
{
  const char *id;
  const char *prefix; /* of its references: "EXP" gives EXP-2026-0042; NULL: none */
  const char *label;  /* N_(), singular */
  const char *plural; /* N_() */
  const char *owner;  /* entity of which this is a facet (same id), or NULL */
  guint since;        /* schema version that brought the entity */
  guint facet;        /* bit of a facet in its owner, 0 when not a facet */
  KafEntityFlags flags;
  const KafField *fields; /* ends with a NULL id */
  const KafSection *sections;
  const char *const *title;    /* fields that make the title, in order; NULL: references' titles */
  const char *const *title_ar; /* the same in Arabic */
  const char *const *sort;     /* fields that make the sort key; NULL: those of title */
  const char *const *sort_ar;  /* the same for Arabic order; NULL: those of title_ar */
  const char *short_title;     /* field that stands for the title where room is short, or NULL */
  const char *const *identity; /* fields whose content makes the id (sets, lists); NULL: drawn */
  KafValidateFunc validate;    /* nullable */
} KafEntity;

#define kaf_entity_has(entity, flag) (((entity)->flags & (flag)) != 0)

guint kaf_entity_n_fields (const KafEntity *entity);
const KafField *kaf_entity_find_field (const KafEntity *entity, const char *id);

/* The field's index in the entity's table, or -1. */
int kaf_entity_field_index (const KafEntity *entity, const char *id);
/* The same of a name within a text, of @size bytes. */
int kaf_entity_field_index_of (const KafEntity *entity, const char *text, gsize size);

/* "ENTITY\tID", by which a record stands in tables of many kinds. (transfer full) */
char *kaf_entity_make_key (const KafEntity *entity, const char *id);

/* The entity whose records carry the id: the owner of a facet, otherwise itself. */
const KafEntity *kaf_entity_get_root (const KafEntity *entity);

G_END_DECLS
