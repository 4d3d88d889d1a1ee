/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-keyring.h"

#include "net/kaf-secret.h"

/* s for the service to answer; for a person to unlock it. */
#define PATIENCE 4
#define PATIENCE_OF_PERSON 60

static const SecretSchema schema = {
  .name = "org.kafaat.Session",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "store", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

/* 1: the next locked keyring may be asked about. */
static int may_ask;

void
kaf_keyring_allow_asking (void)
{
  g_atomic_int_set (&may_ask, 1);
}

/* libsecret has no time limit of its own: a service that hangs would be waited for for 25 s, and a question
 * that nobody answers for ever. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean over;
  gint64 until; /* µs of the monotonic clock */
  GCancellable *cancellable;
  GThread *thread;
} Watch;

static gpointer
run_watch (gpointer data)
{
  Watch *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->over && g_cond_wait_until (&self->cond, &self->mutex, self->until))
    ;
  if (!self->over)
    g_cancellable_cancel (self->cancellable);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

static Watch *
watch_new (guint seconds)
{
  Watch *self = g_new0 (Watch, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->until = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
  self->cancellable = g_cancellable_new ();
  self->thread = g_thread_new ("keyring-watch", run_watch, self);
  return self;
}

static void
watch_free (Watch *self)
{
  g_mutex_lock (&self->mutex);
  self->over = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Watch, watch_free)

/* Without a bus GDBus would start one, or try to for a while. */
static gboolean
has_bus (void)
{
  const char *address = g_getenv ("DBUS_SESSION_BUS_ADDRESS");
  g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  return (address != NULL && *address != '\0') || g_file_test (socket, G_FILE_TEST_EXISTS);
}

static SecretService *
connect_service (GCancellable *cancellable)
{
  /* For tests, and for who does not want it. */
  if (g_strcmp0 (g_getenv ("KAF_KEYRING"), "none") == 0 || !has_bus () ||
      !kaf_late_load (KAF_LIBRARY_SECRET, NULL))
    return NULL;
  return secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, cancellable, NULL);
}

/* @object: an item or a collection. */
static gboolean
unlock (SecretService *service, gpointer object)
{
  g_autoptr (Watch) watch = NULL;
  GList objects = { object, NULL, NULL };

  if (!g_atomic_int_compare_and_exchange (&may_ask, 1, 0))
    return FALSE;
  watch = watch_new (PATIENCE_OF_PERSON);
  return secret_service_unlock_sync (service, &objects, watch->cancellable, NULL, NULL) > 0;
}

static GHashTable *
make_attributes (const char *store)
{
  g_autofree char *path = g_canonicalize_filename (store, NULL);

  return secret_attributes_build (&schema, "store", path, NULL);
}

/* (transfer full) (nullable) */
static SecretItem *
find_item (SecretService *service, const char *store, GCancellable *cancellable)
{
  g_autoptr (GHashTable) attributes = make_attributes (store);
  GList *items = secret_service_search_sync (service, &schema, attributes, SECRET_SEARCH_NONE,
                                             cancellable, NULL);
  SecretItem *item = items != NULL ? g_object_ref (items->data) : NULL;

  g_list_free_full (items, g_object_unref);
  return item;
}

KafKeyringState
kaf_keyring_load (const char *store, char **secret)
{
  g_autoptr (Watch) watch = watch_new (PATIENCE);
  g_autoptr (SecretService) service = connect_service (watch->cancellable);
  g_autoptr (SecretItem) item =
      service != NULL ? find_item (service, store, watch->cancellable) : NULL;
  g_autoptr (Watch) second = NULL;
  SecretValue *value = NULL;

  *secret = NULL;
  if (item == NULL)
    return KAF_KEYRING_NONE;
  if (secret_item_get_locked (item) && !unlock (service, item))
    return KAF_KEYRING_LOCKED;
  second = watch_new (PATIENCE);
  if (secret_item_load_secret_sync (item, second->cancellable, NULL))
    value = secret_item_get_secret (item);
  if (value != NULL)
    {
      *secret = g_strdup (secret_value_get_text (value));
      secret_value_unref (value);
    }
  return *secret != NULL ? KAF_KEYRING_FOUND : KAF_KEYRING_LOCKED;
}

/* The keyring that new secrets go to, where there is one that is open, or is opened. A keyring that has yet
 * to be made would ask for a password to keep for ever: that is not ours to begin. */
static SecretCollection *
find_collection (SecretService *service, GCancellable *cancellable)
{
  g_autoptr (SecretCollection) collection = secret_collection_for_alias_sync (
      service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, cancellable, NULL);

  if (collection == NULL ||
      (secret_collection_get_locked (collection) && !unlock (service, collection)))
    return NULL;
  return g_steal_pointer (&collection);
}

gboolean
kaf_keyring_save (const char *store, const char *secret)
{
  g_autoptr (Watch) watch = watch_new (PATIENCE);
  g_autoptr (SecretService) service = connect_service (watch->cancellable);
  g_autoptr (SecretCollection) collection =
      service != NULL ? find_collection (service, watch->cancellable) : NULL;
  g_autoptr (GHashTable) attributes = NULL;
  g_autofree char *name = g_path_get_basename (store);
  g_autofree char *label = g_strdup_printf ("Kafaat: %s", name);
  g_autoptr (Watch) second = NULL;
  g_autoptr (SecretItem) item = NULL;
  SecretValue *value;

  if (collection == NULL)
    return FALSE;
  second = watch_new (PATIENCE);
  attributes = make_attributes (store);
  value = secret_value_new (secret, -1, "application/json");
  item = secret_item_create_sync (collection, &schema, attributes, label, value,
                                  SECRET_ITEM_CREATE_REPLACE, second->cancellable, NULL);
  secret_value_unref (value);
  return item != NULL;
}
