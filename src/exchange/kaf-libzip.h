/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libzip, loaded when a workbook is first read. */
#pragma once

#include <zip.h>

#include "base/kaf-late.h"

#define zip_discard KAF_LATE (KAF_LIBRARY_ZIP, zip_discard)
#define zip_fclose KAF_LATE (KAF_LIBRARY_ZIP, zip_fclose)
#define zip_fopen_index KAF_LATE (KAF_LIBRARY_ZIP, zip_fopen_index)
#define zip_fread KAF_LATE (KAF_LIBRARY_ZIP, zip_fread)
#define zip_get_name KAF_LATE (KAF_LIBRARY_ZIP, zip_get_name)
#define zip_get_num_entries KAF_LATE (KAF_LIBRARY_ZIP, zip_get_num_entries)
#define zip_open KAF_LATE (KAF_LIBRARY_ZIP, zip_open)
#define zip_stat_index KAF_LATE (KAF_LIBRARY_ZIP, zip_stat_index)
