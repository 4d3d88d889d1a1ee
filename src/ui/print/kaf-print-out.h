/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages leave the window: reason where many persons are named, entry in the register, then the printer or a file. */
#pragma once

#include "report/kaf-pages.h"
#include "ui/app/kaf-window.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_PRINT_OUT_PRINTER,
  KAF_PRINT_OUT_PDF,
} KafPrintOutKind;

/* Asks what has to be asked, then does it and says so. @file: nullable, of a PDF: asked for. */
void kaf_print_out (KafWindow *window, KafPages *pages, KafPrintOutKind how, GFile *file);

G_END_DECLS
