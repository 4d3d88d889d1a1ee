/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part of an archive as XML, pulled node by node. A document type is refused before anything of it is used: no
 * entities, nothing fetched. Names are compared without their prefix. */
#pragma once

#include <libxml/xmlreader.h>

#include "exchange/kaf-unzip.h"

G_BEGIN_DECLS

typedef struct
{
  xmlTextReader *reader;
  KafUnzipEntry *entry;
  GError *error;
  gboolean ended;
  guint n_nodes; /* since the cancellable was looked at */
} KafXmlPull;

KafXmlPull *kaf_xml_pull_new (KafUnzip *zip, const char *name, GError **error);
void kaf_xml_pull_free (KafXmlPull *self);

/* The next node: an XML_READER_TYPE. 0 at the end, -1 with an error: KAF_TABLE_ERROR_BROKEN, ENTITIES, BOMB;
 * G_IO_ERROR_CANCELLED. */
int kaf_xml_pull_next (KafXmlPull *self, GCancellable *cancellable, GError **error);

/* Of the element at hand. */
gboolean kaf_xml_pull_is (const KafXmlPull *self, const char *name);
gboolean kaf_xml_pull_is_empty (const KafXmlPull *self);
int kaf_xml_pull_get_depth (const KafXmlPull *self);
/* An attribute by its name without prefix. (transfer full) (nullable) */
char *kaf_xml_pull_get (KafXmlPull *self, const char *name);
/* Of the text at hand. */
const char *kaf_xml_pull_text (const KafXmlPull *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafXmlPull, kaf_xml_pull_free)

G_END_DECLS
