/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libsoup, loaded when a hub is first spoken with. Of what is no function nothing is had: the methods are "GET" and its
 * like. */
#pragma once

#include <libsoup/soup.h>

#include "base/kaf-late.h"

#define soup_content_decoder_get_type KAF_LATE (KAF_LIBRARY_SOUP, soup_content_decoder_get_type)
#define soup_message_add_flags KAF_LATE (KAF_LIBRARY_SOUP, soup_message_add_flags)
#define soup_message_get_request_headers                                                           \
  KAF_LATE (KAF_LIBRARY_SOUP, soup_message_get_request_headers)
#define soup_message_get_response_headers                                                          \
  KAF_LATE (KAF_LIBRARY_SOUP, soup_message_get_response_headers)
#define soup_message_get_status KAF_LATE (KAF_LIBRARY_SOUP, soup_message_get_status)
#define soup_message_get_tls_peer_certificate_errors                                               \
  KAF_LATE (KAF_LIBRARY_SOUP, soup_message_get_tls_peer_certificate_errors)
#define soup_message_headers_get_content_length                                                    \
  KAF_LATE (KAF_LIBRARY_SOUP, soup_message_headers_get_content_length)
#define soup_message_headers_get_content_range                                                     \
  KAF_LATE (KAF_LIBRARY_SOUP, soup_message_headers_get_content_range)
#define soup_message_headers_get_one KAF_LATE (KAF_LIBRARY_SOUP, soup_message_headers_get_one)
#define soup_message_headers_replace KAF_LATE (KAF_LIBRARY_SOUP, soup_message_headers_replace)
#define soup_message_headers_set_range KAF_LATE (KAF_LIBRARY_SOUP, soup_message_headers_set_range)
#define soup_message_new_from_uri KAF_LATE (KAF_LIBRARY_SOUP, soup_message_new_from_uri)
#define soup_message_set_request_body_from_bytes                                                   \
  KAF_LATE (KAF_LIBRARY_SOUP, soup_message_set_request_body_from_bytes)
#define soup_session_new_with_options KAF_LATE (KAF_LIBRARY_SOUP, soup_session_new_with_options)
#define soup_session_remove_feature_by_type                                                        \
  KAF_LATE (KAF_LIBRARY_SOUP, soup_session_remove_feature_by_type)
#define soup_session_send KAF_LATE (KAF_LIBRARY_SOUP, soup_session_send)
#define soup_session_set_tls_database KAF_LATE (KAF_LIBRARY_SOUP, soup_session_set_tls_database)
