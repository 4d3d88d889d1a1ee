/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that leave together: a ZIP, where its name ends so, else a folder. Made under a hidden name beside its place and
 * named when it is whole; files readable by their owner only, with names that every system takes and that differ by more
 * than case. */
#pragma once

#include "store/kaf-attachments.h"

G_BEGIN_DECLS

typedef struct _KafParcel KafParcel;

/* A folder must not be there yet, or hold nothing. Errors: those of kaf_export_target_find() and
 * kaf_export_target_find_folder(), G_IO_ERROR. (transfer full) */
KafParcel *kaf_parcel_begin (KafDatabase *db, GFile *target, GError **error);

/* The name within it for what is called @name, in @folder (nullable) of it. (transfer full) */
char *kaf_parcel_name (KafParcel *self, const char *folder, const char *name);

/* Where a file of that name is to be written, to be taken in by kaf_parcel_add(). NULL: G_IO_ERROR. (transfer full) */
GFile *kaf_parcel_place (KafParcel *self, const char *name, GError **error);
gboolean
kaf_parcel_add (KafParcel *self, const char *name, GCancellable *cancellable, GError **error);

/* Takes in a copy of the file @path. @progress (nullable): in bytes of it, -1 for their total. */
gboolean kaf_parcel_copy (KafParcel *self,
                          const char *name,
                          const char *path,
                          KafProgressFunc progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GError **error);

/* Brings it to the disk and gives it its name. */
gboolean kaf_parcel_settle (KafParcel *self, GError **error);

/* What was not settled is removed. */
void kaf_parcel_free (KafParcel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafParcel, kaf_parcel_free)

G_END_DECLS
