/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How records are listed usually: which columns, under which headings; on screen, in a file and on paper alike. */
#pragma once

#include "base/kaf-lang.h"
#include "schema/kaf-entity.h"

G_BEGIN_DECLS

/* "residence" stands for town and country in one column. */
#define KAF_LISTING_RESIDENCE "residence"

/* The columns of the usual layout, NULL-terminated; NULL: there is none, the titles and fields with a width will do.
 * Static. */
const char *const *kaf_listing_layout (const KafEntity *entity);

/* The paths to read for the usual columns (kaf-page.h), whatever the entity. (transfer full) */
GStrv kaf_listing_paths (const KafEntity *entity, KafLang lang);

/* The heading of a path, or of "residence", in @lang, which says too which of the two names comes first. NULL: there is no such path. */
const char *kaf_listing_label (const KafEntity *entity, const char *path, KafLang lang);

/* The columns of a list of persons to be asked: how to reach each, and for what. Paths; NULL-terminated. */
extern const char *const kaf_listing_asking[];

G_END_DECLS
