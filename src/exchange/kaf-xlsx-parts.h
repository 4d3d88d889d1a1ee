/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a workbook that its sheets refer to: texts that cells share, and how cells show numbers. */
#pragma once

#include "exchange/kaf-table-number.h"
#include "exchange/kaf-unzip.h"

G_BEGIN_DECLS

/* Texts one after the other, each with its zero byte. */
typedef struct
{
  GString *text;
  GArray *starts; /* of gsize */
} KafXlsxTexts;

/* @name: of the part. Errors: as kaf_xml_pull_next(); KAF_TABLE_ERROR_TEXTS. */
KafXlsxTexts *
kaf_xlsx_texts_read (KafUnzip *zip, const char *name, GCancellable *cancellable, GError **error);
void kaf_xlsx_texts_free (KafXlsxTexts *self);
/* NULL: there is none. */
const char *kaf_xlsx_texts_get (const KafXlsxTexts *self, guint64 index);

/* What each cell style shows, by its number. (transfer full) (element-type KafTableShown) */
GArray *
kaf_xlsx_styles_read (KafUnzip *zip, const char *name, GCancellable *cancellable, GError **error);

/* Writes "_x000D_" as the character that it stands for; replaces @out. */
void kaf_xlsx_unescape (const char *text, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafXlsxTexts, kaf_xlsx_texts_free)

G_END_DECLS
