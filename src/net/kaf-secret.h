/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libsecret, loaded when the keyring is first asked. */
#pragma once

#include <libsecret/secret.h>

#include "base/kaf-late.h"

#define secret_attributes_build KAF_LATE (KAF_LIBRARY_SECRET, secret_attributes_build)
#define secret_collection_for_alias_sync                                                           \
  KAF_LATE (KAF_LIBRARY_SECRET, secret_collection_for_alias_sync)
#define secret_collection_get_locked KAF_LATE (KAF_LIBRARY_SECRET, secret_collection_get_locked)
#define secret_item_create_sync KAF_LATE (KAF_LIBRARY_SECRET, secret_item_create_sync)
#define secret_item_get_locked KAF_LATE (KAF_LIBRARY_SECRET, secret_item_get_locked)
#define secret_item_get_secret KAF_LATE (KAF_LIBRARY_SECRET, secret_item_get_secret)
#define secret_item_load_secret_sync KAF_LATE (KAF_LIBRARY_SECRET, secret_item_load_secret_sync)
#define secret_service_get_sync KAF_LATE (KAF_LIBRARY_SECRET, secret_service_get_sync)
#define secret_service_search_sync KAF_LATE (KAF_LIBRARY_SECRET, secret_service_search_sync)
#define secret_service_unlock_sync KAF_LATE (KAF_LIBRARY_SECRET, secret_service_unlock_sync)
#define secret_value_get_text KAF_LATE (KAF_LIBRARY_SECRET, secret_value_get_text)
#define secret_value_new KAF_LATE (KAF_LIBRARY_SECRET, secret_value_new)
#define secret_value_unref KAF_LATE (KAF_LIBRARY_SECRET, secret_value_unref)
