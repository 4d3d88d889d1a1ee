/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document of which each has her own leaves the window as a file each, in a folder. */
#pragma once

#include "ui/app/kaf-window.h"
#include "ui/print/kaf-print-job.h"

G_BEGIN_DECLS

/* As @job has it, for each that @made->ones names. @folder: nullable: asked for. */
void
kaf_each_out (KafWindow *window, const KafPrintJob *job, const KafPrintMade *made, GFile *folder);

G_END_DECLS
