/* SPDX-License-Identifier: GPL-3.0-or-later */
/* qpdf, loaded when a document is first written to a file. */
#pragma once

#include <qpdf/qpdf-c.h>

#include "base/kaf-late.h"

#define qpdf_cleanup KAF_LATE (KAF_LIBRARY_QPDF, qpdf_cleanup)
#define qpdf_get_buffer KAF_LATE (KAF_LIBRARY_QPDF, qpdf_get_buffer)
#define qpdf_get_buffer_length KAF_LATE (KAF_LIBRARY_QPDF, qpdf_get_buffer_length)
#define qpdf_get_error KAF_LATE (KAF_LIBRARY_QPDF, qpdf_get_error)
#define qpdf_get_error_full_text KAF_LATE (KAF_LIBRARY_QPDF, qpdf_get_error_full_text)
#define qpdf_get_root KAF_LATE (KAF_LIBRARY_QPDF, qpdf_get_root)
#define qpdf_has_error KAF_LATE (KAF_LIBRARY_QPDF, qpdf_has_error)
#define qpdf_init KAF_LATE (KAF_LIBRARY_QPDF, qpdf_init)
#define qpdf_init_write_memory KAF_LATE (KAF_LIBRARY_QPDF, qpdf_init_write_memory)
#define qpdf_oh_new_bool KAF_LATE (KAF_LIBRARY_QPDF, qpdf_oh_new_bool)
#define qpdf_oh_new_dictionary KAF_LATE (KAF_LIBRARY_QPDF, qpdf_oh_new_dictionary)
#define qpdf_oh_new_name KAF_LATE (KAF_LIBRARY_QPDF, qpdf_oh_new_name)
#define qpdf_oh_new_unicode_string KAF_LATE (KAF_LIBRARY_QPDF, qpdf_oh_new_unicode_string)
#define qpdf_oh_replace_key KAF_LATE (KAF_LIBRARY_QPDF, qpdf_oh_replace_key)
#define qpdf_read_memory KAF_LATE (KAF_LIBRARY_QPDF, qpdf_read_memory)
#define qpdf_set_suppress_warnings KAF_LATE (KAF_LIBRARY_QPDF, qpdf_set_suppress_warnings)
#define qpdf_silence_errors KAF_LATE (KAF_LIBRARY_QPDF, qpdf_silence_errors)
#define qpdf_write KAF_LATE (KAF_LIBRARY_QPDF, qpdf_write)
