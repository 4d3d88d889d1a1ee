/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-dev-tls.h"

#include <arpa/inet.h>
#include <glib/gstdio.h>
#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <string.h>

#define DAY G_GINT64_CONSTANT (86400)
#define CA_DAYS (5 * 365)
#define LEAF_DAYS 365

/* A new certificate is made when less than this is left of it. */
#define LEFT_DAYS 30

#define SERIAL_SIZE 16
#define KEY_ID_MAX 64

typedef struct gnutls_x509_crt_int Cert;
typedef struct gnutls_x509_privkey_int Key;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Cert, gnutls_x509_crt_deinit)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Key, gnutls_x509_privkey_deinit)

/* The first fault of a row of calls is kept. */
static void
note (int *rc, int result)
{
  if (*rc >= 0 && result < 0)
    *rc = result;
}

static gboolean
check (int rc, const char *doing, GError **error)
{
  if (rc >= 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", doing, gnutls_strerror (rc));
  return FALSE;
}

static char *
take_text (gnutls_datum_t *datum)
{
  char *text = g_strndup ((const char *) datum->data, datum->size);

  gnutls_memset (datum->data, 0, datum->size);
  gnutls_free (datum->data);
  return text;
}

static Key *
new_key (GError **error)
{
  g_autoptr (Key) key = NULL;
  int rc = gnutls_x509_privkey_init (&key);

  if (rc >= 0)
    rc = gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA,
                                       GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0);
  return check (rc, "making a key", error) ? g_steal_pointer (&key) : NULL;
}

/* What both certificates have in common. */
static void
fill (Cert *cert, Key *key, const char *name, gint64 now, int days, int *rc)
{
  guint8 serial[SERIAL_SIZE];
  guint8 key_id[KEY_ID_MAX];
  gsize size = sizeof key_id;

  note (rc, gnutls_rnd (GNUTLS_RND_NONCE, serial, sizeof serial));
  serial[0] &= 0x7f; /* a positive number */
  note (rc, gnutls_x509_crt_set_version (cert, 3));
  note (rc, gnutls_x509_crt_set_serial (cert, serial, sizeof serial));
  note (rc, gnutls_x509_crt_set_dn (cert, name, NULL));
  note (rc, gnutls_x509_crt_set_activation_time (cert, now - DAY));
  note (rc, gnutls_x509_crt_set_expiration_time (cert, now + days * DAY));
  note (rc, gnutls_x509_crt_set_key (cert, key));
  note (rc, gnutls_x509_privkey_get_key_id (key, 0, key_id, &size));
  note (rc, gnutls_x509_crt_set_subject_key_id (cert, key_id, size));
}

static void
fill_names (Cert *cert, int *rc)
{
  struct in_addr four = { htonl (INADDR_LOOPBACK) };
  struct in6_addr six = in6addr_loopback;

  note (rc, gnutls_x509_crt_set_subject_alt_name (cert, GNUTLS_SAN_DNSNAME, "localhost",
                                                  strlen ("localhost"), GNUTLS_FSAN_SET));
  note (rc, gnutls_x509_crt_set_subject_alt_name (cert, GNUTLS_SAN_IPADDRESS, &four, sizeof four,
                                                  GNUTLS_FSAN_APPEND));
  note (rc, gnutls_x509_crt_set_subject_alt_name (cert, GNUTLS_SAN_IPADDRESS, &six, sizeof six,
                                                  GNUTLS_FSAN_APPEND));
}

static Cert *
new_ca (Key *key, gint64 now, GError **error)
{
  g_autoptr (Cert) cert = NULL;
  int rc = gnutls_x509_crt_init (&cert);

  if (rc >= 0)
    {
      fill (cert, key, "CN=Kafaat development CA", now, CA_DAYS, &rc);
      note (&rc, gnutls_x509_crt_set_basic_constraints (cert, 1, 0));
      note (&rc,
            gnutls_x509_crt_set_key_usage (cert, GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN));
      note (&rc, gnutls_x509_crt_sign2 (cert, cert, key, GNUTLS_DIG_SHA256, 0));
    }
  return check (rc, "making the CA", error) ? g_steal_pointer (&cert) : NULL;
}

static Cert *
new_leaf (Key *key, Cert *ca, Key *ca_key, gint64 now, GError **error)
{
  g_autoptr (Cert) cert = NULL;
  guint8 id[KEY_ID_MAX];
  gsize size = sizeof id;
  int rc = gnutls_x509_crt_init (&cert);

  if (rc >= 0)
    {
      fill (cert, key, "CN=localhost", now, LEAF_DAYS, &rc);
      fill_names (cert, &rc);
      note (&rc, gnutls_x509_crt_set_basic_constraints (cert, 0, -1));
      note (&rc, gnutls_x509_crt_set_key_usage (cert, GNUTLS_KEY_DIGITAL_SIGNATURE));
      note (&rc, gnutls_x509_crt_set_key_purpose_oid (cert, GNUTLS_KP_TLS_WWW_SERVER, 0));
      note (&rc, gnutls_x509_crt_get_subject_key_id (ca, id, &size, NULL));
      note (&rc, gnutls_x509_crt_set_authority_key_id (cert, id, size));
      note (&rc, gnutls_x509_crt_sign2 (cert, ca, ca_key, GNUTLS_DIG_SHA256, 0));
    }
  return check (rc, "making the certificate", error) ? g_steal_pointer (&cert) : NULL;
}

static gboolean
save (const char *dir, const char *name, const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static gboolean
save_key (const char *dir, const char *name, Key *key, GError **error)
{
  gnutls_datum_t out = { NULL, 0 };
  g_autofree char *text = NULL;

  if (!check (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN,
                                                 &out),
              name, error))
    return FALSE;
  text = take_text (&out);
  return save (dir, name, text, error);
}

static gboolean
save_cert (const char *dir, const char *name, Cert *cert, GError **error)
{
  gnutls_datum_t out = { NULL, 0 };
  g_autofree char *text = NULL;

  if (!check (gnutls_x509_crt_export2 (cert, GNUTLS_X509_FMT_PEM, &out), name, error))
    return FALSE;
  text = take_text (&out);
  return save (dir, name, text, error);
}

static char *
load (const char *dir, const char *name, gnutls_datum_t *datum)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  char *text = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &text, &size, NULL))
    return NULL;
  *datum = (gnutls_datum_t){ (unsigned char *) text, size };
  return text;
}

static Cert *
load_cert (const char *dir, const char *name)
{
  g_autoptr (Cert) cert = NULL;
  gnutls_datum_t datum;
  g_autofree char *text = load (dir, name, &datum);

  if (text == NULL || gnutls_x509_crt_init (&cert) < 0 ||
      gnutls_x509_crt_import (cert, &datum, GNUTLS_X509_FMT_PEM) < 0)
    return NULL;
  return g_steal_pointer (&cert);
}

/* And @days longer. */
static gboolean
is_valid (Cert *cert, gint64 now, int days)
{
  return gnutls_x509_crt_get_activation_time (cert) <= now &&
         gnutls_x509_crt_get_expiration_time (cert) >= now + days * DAY;
}

static Key *
load_key (const char *dir, const char *name)
{
  g_autoptr (Key) key = NULL;
  gnutls_datum_t datum;
  g_autofree char *text = load (dir, name, &datum);

  if (text == NULL || gnutls_x509_privkey_init (&key) < 0 ||
      gnutls_x509_privkey_import2 (key, &datum, GNUTLS_X509_FMT_PEM, NULL, 0) < 0)
    return NULL;
  return g_steal_pointer (&key);
}

/* Every device trusts the authority that there is. Another in its place none of them would, and by a clock that is wrong it
 * would be one that is not valid yet once the clock is right. */
static gboolean
refuse_ca (const char *dir, Cert *ca, gint64 now, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "dev-ca.pem", NULL);
  g_autoptr (GDateTime) clock = g_date_time_new_from_unix_utc (now);
  g_autoptr (GDateTime) from = NULL, until = NULL;
  g_autofree char *today = g_date_time_format (clock, "%Y-%m-%d");
  g_autofree char *first = NULL, *last = NULL;

  if (ca == NULL)
    {
      g_set_error (
          error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
          _ ("%s cannot be used: it, or its key in dev-ca-key.pem, is missing or damaged. Bring both back "
             "from a backup. Without one, remove both: a new authority is made, which every device must "
             "then be given."),
          path);
      return FALSE;
    }
  from = g_date_time_new_from_unix_utc (gnutls_x509_crt_get_activation_time (ca));
  until = g_date_time_new_from_unix_utc (gnutls_x509_crt_get_expiration_time (ca));
  first = g_date_time_format (from, "%Y-%m-%d");
  last = g_date_time_format (until, "%Y-%m-%d");
  g_set_error (
      error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
      _ ("%s holds from %s to %s, and the clock of this machine says %s. Set the clock if it is wrong. "
         "If it is right, remove the file: a new authority is made, which every device must then be given."),
      path, first, last, today);
  return FALSE;
}

static gboolean
ensure_ca (const char *dir, gint64 now, Cert **ca, Key **ca_key, gboolean *fresh, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "dev-ca.pem", NULL);

  *ca = load_cert (dir, "dev-ca.pem");
  *ca_key = load_key (dir, "dev-ca-key.pem");
  *fresh = !g_file_test (path, G_FILE_TEST_EXISTS);
  if (!*fresh)
    return *ca != NULL && *ca_key != NULL && is_valid (*ca, now, 0)
               ? TRUE
               : refuse_ca (dir, *ca_key != NULL ? *ca : NULL, now, error);

  g_clear_pointer (ca_key, gnutls_x509_privkey_deinit);
  *ca_key = new_key (error);
  if (*ca_key == NULL)
    return FALSE;
  *ca = new_ca (*ca_key, now, error);
  return *ca != NULL && save_key (dir, "dev-ca-key.pem", *ca_key, error) &&
         save_cert (dir, "dev-ca.pem", *ca, error);
}

static gboolean
make_leaf (const char *dir, gint64 now, Cert *ca, Key *ca_key, GError **error)
{
  g_autoptr (Key) key = new_key (error);
  g_autoptr (Cert) cert = key != NULL ? new_leaf (key, ca, ca_key, now, error) : NULL;

  return cert != NULL && save_key (dir, "dev-key.pem", key, error) &&
         save_cert (dir, "dev-cert.pem", cert, error);
}

gboolean
kaf_dev_tls_ensure (const char *dir, gint64 now, char **cert, char **key, GError **error)
{
  g_autoptr (Cert) ca = NULL;
  g_autoptr (Key) ca_key = NULL;
  g_autoptr (Cert) leaf = NULL;
  g_autoptr (Key) leaf_key = NULL;
  g_autofree char *cert_path = g_build_filename (dir, "dev-cert.pem", NULL);
  g_autofree char *key_path = g_build_filename (dir, "dev-key.pem", NULL);
  gboolean fresh = FALSE;

  if (!ensure_ca (dir, now, &ca, &ca_key, &fresh, error))
    return FALSE;
  leaf = load_cert (dir, "dev-cert.pem");
  leaf_key = load_key (dir, "dev-key.pem");
  if ((fresh || leaf == NULL || leaf_key == NULL || !is_valid (leaf, now, LEFT_DAYS)) &&
      !make_leaf (dir, now, ca, ca_key, error))
    return FALSE;
  return g_file_get_contents (cert_path, cert, NULL, error) &&
         g_file_get_contents (key_path, key, NULL, error);
}
