/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /v1/snapshot/national: what a device that holds nothing begins with; "no_snapshot" where none is ready,
 * and it reads the feed from its start. */
#include "config.h"

#include <microhttpd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/kaf-service.h"
#include "server/kaf-snapshots.h"

/* Another one takes its place under its name: another file, of another moment. */
static char *
make_tag (const struct stat *info)
{
  return g_strdup_printf ("\"%lx-%lx-%lx\"", (gulong) info->st_ino, (gulong) info->st_mtim.tv_sec,
                          (gulong) info->st_mtim.tv_nsec);
}

void
kaf_endpoint_snapshot (KafService *self, KafRequest *request)
{
  g_autoptr (GError) error = NULL;
  const KafRole *role;
  struct stat info;
  int file = -1;

  if (!kaf_service_find_session (self, request, NULL))
    return;
  role = kaf_role_find (request->session->role);
  if (role != NULL && kaf_snapshots_serve (request->session->scope))
    file = kaf_snapshots_open (self->dir, role);
  if (file < 0)
    kaf_request_refuse (request, MHD_HTTP_NOT_FOUND, "no_snapshot");
  else if (fstat (file, &info) == 0)
    {
      /* From now on it may hold anybody. */
      if (!kaf_accounts_set_synced (self->accounts, request->session->device, &error))
        g_warning ("%s", error->message);
      kaf_request_answer_file (request, file, info.st_size, make_tag (&info));
    }
  else
    {
      close (file);
      kaf_request_refuse (request, MHD_HTTP_SERVICE_UNAVAILABLE, "unavailable");
    }
}
