/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is given out is made under a hidden name beside its place, ".export-XXXXXX"; a program that is killed leaves it
 * there, with what it holds about persons. Who next writes into that folder sweeps it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A hidden file, or folder, in @folder that only its owner may read. NULL, -1: with G_IO_ERROR. (transfer full) */
int kaf_scraps_make_file (const char *folder, char **path, GError **error);
char *kaf_scraps_make_folder (const char *folder, GError **error);

/* Removes a folder that was made so, with the files and folders in it; links are removed, and not followed. */
void kaf_scraps_remove_folder (const char *path);

/* Removes those of ours in @folder that nobody has written to for a day: exactly of that name, files and folders, no
 * links. What cannot be removed stays, without a word. */
void kaf_scraps_sweep (const char *folder);

G_END_DECLS
