/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is wrong with a typed value; the interface maps each code to a sentence. */
typedef enum
{
  KAF_VALIDATION_ERROR_EMPTY,         /* nothing but blanks */
  KAF_VALIDATION_ERROR_SYNTAX,        /* not of the expected form */
  KAF_VALIDATION_ERROR_PHONE_COUNTRY, /* no calling code, or an unknown one */
  KAF_VALIDATION_ERROR_PHONE_LENGTH,  /* too short or too long */
  KAF_VALIDATION_ERROR_EMAIL,
  KAF_VALIDATION_ERROR_URL,
  KAF_VALIDATION_ERROR_DATE,
  KAF_VALIDATION_ERROR_NUMBER,
  KAF_VALIDATION_ERROR_RANGE,
  KAF_VALIDATION_ERROR_CHOICE,
  KAF_VALIDATION_ERROR_LEVEL,
  KAF_VALIDATION_ERROR_REFERENCE,
  KAF_VALIDATION_ERROR_REQUIRED,
  KAF_VALIDATION_ERROR_RULE,
  KAF_VALIDATION_ERROR_TEXT, /* not UTF-8, or a character that no text may hold */
} KafValidationError;

#define KAF_VALIDATION_ERROR (kaf_validation_error_quark ())
GQuark kaf_validation_error_quark (void);

G_END_DECLS
