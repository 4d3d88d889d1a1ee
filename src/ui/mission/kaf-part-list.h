/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of one part of a mission as a card of rows, with a button to add: what a step's form is mostly made of. A
 * spec says how a row reads; its acts are those of the page. */
#pragma once

#include <gtk/gtk.h>

#include "ui/mission/kaf-mission-data.h"

G_BEGIN_DECLS

/* One choice of a row's menu: sets a field. */
typedef struct
{
  const char *field, *value; /* @value empty: the day alone, where it is not set yet */
  const char *label;         /* N_() */
  const char *day;           /* nullable: field that takes today's date with it */
} KafPartQuick;

typedef struct
{
  const char *entity;
  const char *title;     /* N_() */
  const char *empty;     /* N_(), a sentence */
  const char *add;       /* nullable: what the button adds, "ENTITY field=value"; NULL: no button */
  const char *add_label; /* N_(), nullable: "Add" */

  /* All (transfer full), nullable. A row without a name is called by its title. */
  char *(*name) (const KafMissionData *data, const KafRow *row);
  char *(*detail) (const KafMissionData *data, const KafRow *row);
  char *(*pill) (const KafMissionData *data, const KafRow *row, const char **style);
  char *(*note) (const KafMissionData *data); /* beside the title */

  gboolean (*stands) (const KafMissionData *data, const KafRow *row); /* nullable: all */
  gboolean (*shows) (const KafMissionData *data); /* nullable: always; FALSE hides it all */
  /* nullable: as they are read. As for qsort(); those that are equal stay as they are. */
  int (*compare) (const KafMissionData *data, const KafRow *a, const KafRow *b);
  const KafPartQuick *quick; /* nullable; ends with a NULL field */

  /* The word of a button at the end of the row that does the first of @quick; NULL: none. Nullable. */
  const char *(*act) (const KafMissionData *data, const KafRow *row);
  /* What a button at the end of the row adds, as @add does, and its words, N_(). (transfer full) Nullable. */
  char *(*adds) (const KafMissionData *data, const KafRow *row);
  const char *adds_label;
  gboolean paged;    /* a row opens the page of its record, which is edited there */
  const char *opens; /* nullable: reference field whose record its menu opens */
} KafPartSpec;

#define KAF_TYPE_PART_LIST (kaf_part_list_get_type ())
G_DECLARE_FINAL_TYPE (KafPartList, kaf_part_list, KAF, PART_LIST, GtkBox)

GtkWidget *kaf_part_list_new (const KafPartSpec *spec);
void kaf_part_list_set (KafPartList *self, const KafMissionData *data, gboolean writable);

/* Gives the focus to the row of a record, or to the button that adds one where @id is NULL. FALSE: neither is there. */
gboolean kaf_part_list_lead (KafPartList *self, const char *id);

guint kaf_part_list_get_n_rows (KafPartList *self);
const KafPartSpec *kaf_part_list_get_spec (KafPartList *self);

/* Pieces for specs; a line of them is made with kaf_bidi_append(). */

/* The expert of a row, or that she is not on this device; the organisation of a row. (transfer full) */
char *kaf_part_name_expert (const KafMissionData *data, const KafRow *row);
char *kaf_part_name_organisation (const KafMissionData *data, const KafRow *row);

/* From when until when an expert of a row can come; FALSE, and nothing, where neither is known. */
gboolean kaf_part_append_window (GString *line, const KafRow *row);

/* The word and style of a choice. (transfer full) (nullable) */
char *kaf_part_choice (const KafRow *row, const char *field, const char **style);

G_END_DECLS
