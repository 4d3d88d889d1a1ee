/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes into the bag of who takes a mission to the field: its file, what it needs (rules/kaf-scope.h), and the
 * files of all that; and what of it is not on this device. */
#pragma once

#include "base/kaf-lang.h"
#include "store/kaf-blobs.h"

G_BEGIN_DECLS

/* A record that the mission needs and that is not here. */
typedef struct
{
  const KafEntity *entity;
  char *id;
  const KafEntity *by; /* what names it, or has it: a mission_expert; "mission" itself */
  char *by_id;
  const KafField *field; /* of @by */
  gboolean deleted;      /* here it lies, and was deleted */
  char *by_title;        /* of @by; NULL: not told */
} KafKitGap;

/* The content of an attachment. */
typedef struct
{
  char *attachment, *name;
  char *sha256;
  gint64 size;
  gboolean here;
  KafBlobState state;
  char *owner_title; /* of whom or what it is a file; NULL: not told */
} KafKitFile;

/* How many records of a kind are here. */
typedef struct
{
  const KafEntity *entity;
  guint n;
} KafKitKind;

typedef struct
{
  char *mission;
  guint n_records;  /* that are here */
  GPtrArray *kinds; /* (element-type KafKitKind): of them, none with 0; as the schema has them */
  GPtrArray *gaps;  /* (element-type KafKitGap) */
  GPtrArray *files; /* (element-type KafKitFile): by record; a content once */
  guint n_absent;   /* of them that are not here */
  gint64 absent;    /* bytes */
  gint64 present;   /* bytes of the files that are here */
  gint64 synced_at; /* µs since 1970 UTC; 0: never: what others wrote since is not counted */
} KafMissionKit;
void kaf_mission_kit_free (KafMissionKit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafMissionKit, kaf_mission_kit_free)

/* Whether all of it is here. */
gboolean kaf_mission_kit_is_whole (const KafMissionKit *self);

/* Errors: KAF_STORE_ERROR_NOT_FOUND when the mission is not here. */
KafMissionKit *kaf_mission_kit_read (KafDatabase *db, const char *mission, GError **error);

/* Fills in titles, for a person to read. */
void kaf_mission_kit_tell (KafDatabase *db, KafMissionKit *self, KafLang lang);

/* A person waits for the contents that are not here, or does no more: they come before others, and however large they
 * are. Not within a transaction. */
gboolean
kaf_mission_kit_want (KafDatabase *db, const KafMissionKit *self, gboolean wanted, GError **error);

G_END_DECLS
