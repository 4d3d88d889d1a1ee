/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libxml2, loaded when a workbook is first read. */
#pragma once

#include <libxml/xmlreader.h>

#include "base/kaf-late.h"

#define xmlFreeTextReader KAF_LATE (KAF_LIBRARY_XML, xmlFreeTextReader)
#define xmlReaderForIO KAF_LATE (KAF_LIBRARY_XML, xmlReaderForIO)
#define xmlTextReaderConstLocalName KAF_LATE (KAF_LIBRARY_XML, xmlTextReaderConstLocalName)
#define xmlTextReaderConstValue KAF_LATE (KAF_LIBRARY_XML, xmlTextReaderConstValue)
#define xmlTextReaderCurrentNode KAF_LATE (KAF_LIBRARY_XML, xmlTextReaderCurrentNode)
#define xmlTextReaderDepth KAF_LATE (KAF_LIBRARY_XML, xmlTextReaderDepth)
#define xmlTextReaderGetParserLineNumber                                                           \
  KAF_LATE (KAF_LIBRARY_XML, xmlTextReaderGetParserLineNumber)
#define xmlTextReaderIsEmptyElement KAF_LATE (KAF_LIBRARY_XML, xmlTextReaderIsEmptyElement)
#define xmlTextReaderNodeType KAF_LATE (KAF_LIBRARY_XML, xmlTextReaderNodeType)
#define xmlTextReaderRead KAF_LATE (KAF_LIBRARY_XML, xmlTextReaderRead)
#define xmlTextReaderSetErrorHandler KAF_LATE (KAF_LIBRARY_XML, xmlTextReaderSetErrorHandler)
