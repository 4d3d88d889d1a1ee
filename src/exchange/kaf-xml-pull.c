/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/kaf-xml-pull.h"

#include <string.h>

#include "exchange/kaf-libxml.h"
#include "exchange/kaf-table-cell.h"

/* Nodes between two looks at the cancellable. */
#define CANCEL_NODES 4096

static int
read_bytes (void *data, char *buffer, int size)
{
  KafXmlPull *self = data;

  if (self->error != NULL)
    return -1;
  return (int) kaf_unzip_read (self->entry, buffer, (gsize) size, &self->error);
}

/* What libxml2 finds wrong is told by kaf_xml_pull_next(), not on standard error. */
static void
ignore (void *data,
        const char *message,
        xmlParserSeverities severity,
        xmlTextReaderLocatorPtr locator)
{
}

KafXmlPull *
kaf_xml_pull_new (KafUnzip *zip, const char *name, GError **error)
{
  g_autoptr (KafXmlPull) self = g_new0 (KafXmlPull, 1);

  if (!kaf_late_load (KAF_LIBRARY_XML, error))
    return NULL;
  self->entry = kaf_unzip_begin (zip, name, error);
  if (self->entry == NULL)
    return NULL;
  self->reader = xmlReaderForIO (read_bytes, NULL, self, NULL, NULL,
                                 XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_COMPACT |
                                     XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (self->reader == NULL)
    {
      if (self->error != NULL)
        g_propagate_error (error, g_steal_pointer (&self->error));
      else
        g_set_error_literal (error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_BROKEN, "a part is no XML");
      return NULL;
    }
  xmlTextReaderSetErrorHandler (self->reader, ignore, NULL);
  return g_steal_pointer (&self);
}

void
kaf_xml_pull_free (KafXmlPull *self)
{
  if (self == NULL)
    return;
  if (self->reader != NULL)
    xmlFreeTextReader (self->reader);
  kaf_unzip_end (self->entry);
  g_clear_error (&self->error);
  g_free (self);
}

int
kaf_xml_pull_next (KafXmlPull *self, GCancellable *cancellable, GError **error)
{
  int result, type;

  if (self->ended)
    return 0;
  if (++self->n_nodes % CANCEL_NODES == 0 &&
      g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  result = xmlTextReaderRead (self->reader);
  self->ended = result != 1;
  if (self->error != NULL)
    {
      self->ended = TRUE;
      g_propagate_error (error, g_steal_pointer (&self->error));
      return -1;
    }
  if (result == 0)
    return 0;
  if (result < 0)
    {
      g_set_error (error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_BROKEN, "XML error at line %d",
                   xmlTextReaderGetParserLineNumber (self->reader));
      return -1;
    }
  type = xmlTextReaderNodeType (self->reader);
  if (type == XML_READER_TYPE_DOCUMENT_TYPE || type == XML_READER_TYPE_ENTITY_REFERENCE)
    {
      self->ended = TRUE;
      g_set_error_literal (error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_ENTITIES,
                           "the XML has a document type");
      return -1;
    }
  return type;
}

gboolean
kaf_xml_pull_is (const KafXmlPull *self, const char *name)
{
  const xmlChar *own = xmlTextReaderConstLocalName (self->reader);

  return own != NULL && strcmp ((const char *) own, name) == 0;
}

gboolean
kaf_xml_pull_is_empty (const KafXmlPull *self)
{
  return xmlTextReaderIsEmptyElement (self->reader) == 1;
}

int
kaf_xml_pull_get_depth (const KafXmlPull *self)
{
  return xmlTextReaderDepth (self->reader);
}

/* Without asking the reader, which would make a node of the attribute: the element's own list. */
char *
kaf_xml_pull_get (KafXmlPull *self, const char *name)
{
  xmlNode *node = xmlTextReaderCurrentNode (self->reader);

  if (node == NULL || node->type != XML_ELEMENT_NODE)
    return NULL;
  for (xmlAttr *attr = node->properties; attr != NULL; attr = attr->next)
    if (strcmp ((const char *) attr->name, name) == 0)
      {
        g_autoptr (GString) text = g_string_new (NULL);

        for (const xmlNode *part = attr->children; part != NULL; part = part->next)
          if (part->content != NULL)
            g_string_append (text, (const char *) part->content);
        return g_string_free (g_steal_pointer (&text), FALSE);
      }
  return NULL;
}

const char *
kaf_xml_pull_text (const KafXmlPull *self)
{
  const char *text = (const char *) xmlTextReaderConstValue (self->reader);

  return text != NULL ? text : "";
}
