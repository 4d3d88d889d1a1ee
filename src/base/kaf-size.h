/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "base/kaf-lang.h"

G_BEGIN_DECLS

char *kaf_size_format (guint64 bytes, KafLang lang);

G_END_DECLS
