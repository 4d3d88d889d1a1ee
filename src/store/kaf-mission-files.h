/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a mission: what is attached to it and to all that is of its file (kaf_registry_is_of_mission), not to
 * the persons and organisations that it names. */
#pragma once

#include "base/kaf-lang.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct
{
  char *attachment; /* id */
  char *name;       /* as it was added */
  char *sha256;
  char *role;  /* as a person reads it; nullable */
  char *owner; /* the title of what it belongs to; nullable */
  gint64 size; /* bytes */
  char *path;  /* of its content; NULL: not on this device */
} KafMissionFile;

/* In the order in which they were added; none where the role may not see what files are called.
 * (element-type KafMissionFile) (transfer full) Errors: KAF_STORE_ERROR. */
GPtrArray *
kaf_mission_files_read (KafDatabase *db, const char *mission, KafLang lang, GError **error);

G_END_DECLS
