/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-listener.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define BACKLOG 511

void
kaf_listener_free (KafListener *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->path != NULL)
    g_unlink (self->path);
  g_free (self->path);
  g_free (self->where);
  g_free (self);
}

static KafListener *
fail (const char *what, int code, GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", what, g_strerror (code));
  return NULL;
}

static GSocketAddress *
parse (const char *text, GError **error)
{
  const char *colon = strrchr (text, ':');
  g_autofree char *host = colon != NULL ? g_strndup (text, colon - text) : NULL;
  g_autoptr (GInetAddress) address = NULL;
  guint64 port = 0;
  gsize size = host != NULL ? strlen (host) : 0;

  if (size > 2 && host[0] == '[' && host[size - 1] == ']')
    {
      host[size - 1] = '\0';
      address = g_inet_address_new_from_string (host + 1);
    }
  else if (size > 0 && strchr (host, ':') == NULL)
    address = g_inet_address_new_from_string (host);
  if (address != NULL && g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &port, NULL))
    return g_inet_socket_address_new (address, port);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s: not ADDRESS:PORT", text);
  return NULL;
}

/* "where", with the port that was chosen. */
static char *
describe (int fd)
{
  struct sockaddr_storage name;
  socklen_t size = sizeof name;
  g_autoptr (GSocketAddress) address = NULL;

  if (getsockname (fd, (struct sockaddr *) &name, &size) != 0)
    return NULL;
  address = g_socket_address_new_from_native (&name, size);
  return address != NULL ? g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (address)) : NULL;
}

static gboolean
bind_and_listen (int fd, const struct sockaddr *name, gsize size)
{
  return bind (fd, name, size) == 0 && listen (fd, BACKLOG) == 0;
}

KafListener *
kaf_listener_new_tcp (const char *text, GError **error)
{
  g_autoptr (KafListener) self = g_new0 (KafListener, 1);
  g_autoptr (GSocketAddress) address = parse (text, error);
  struct sockaddr_storage name;
  int on = 1;

  self->fd = -1;
  if (address == NULL)
    return NULL;
  if (!g_socket_address_to_native (address, &name, sizeof name, error))
    return NULL;
  self->fd = socket (name.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (self->fd < 0)
    return fail (text, errno, error);
  setsockopt (self->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (!bind_and_listen (self->fd, (struct sockaddr *) &name,
                        g_socket_address_get_native_size (address)))
    return fail (text, errno, error);
  self->where = describe (self->fd);
  return g_steal_pointer (&self);
}

/* Whether the socket is left from a process that ended without taking it away. */
static gboolean
is_stale (const struct sockaddr_un *name)
{
  GStatBuf info;
  int fd;
  gboolean stale;

  if (g_lstat (name->sun_path, &info) != 0 || !S_ISSOCK (info.st_mode))
    return FALSE;
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return FALSE;
  stale = connect (fd, (const struct sockaddr *) name, sizeof *name) != 0 && errno == ECONNREFUSED;
  close (fd);
  return stale;
}

KafListener *
kaf_listener_new_unix (const char *path, GError **error)
{
  g_autoptr (KafListener) self = g_new0 (KafListener, 1);
  struct sockaddr_un name = { .sun_family = AF_UNIX };

  self->fd = -1;
  if (strlen (path) >= sizeof name.sun_path)
    return fail (path, ENAMETOOLONG, error);
  strcpy (name.sun_path, path);
  if (is_stale (&name))
    g_unlink (path);
  self->fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (self->fd < 0 || !bind_and_listen (self->fd, (struct sockaddr *) &name, sizeof name))
    return fail (path, errno, error);
  self->path = g_strdup (path);
  self->where = g_strconcat ("unix:", path, NULL);
  if (g_chmod (path, 0660) != 0)
    return fail (path, errno, error);
  return g_steal_pointer (&self);
}
