/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint kaf_phone_code_of_country (const char *country);
guint kaf_phone_code_length (const char *digits);

G_END_DECLS
