/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laid under a program (LD_PRELOAD): with KAF_KILL_AT=N the process gets SIGKILL at the N-th of its calls that change a
 * file or say something to the network: before the call, after it, or with half of its bytes gone. A sync is a moment of a
 * millisecond in the life of a process, which a clock alone would hardly hit. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
/* Both names of a call are laid over, each by its own. */
#undef _FILE_OFFSET_BITS
#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long n_calls;
static long n_at;

__attribute__ ((constructor)) static void
read_when (void)
{
  const char *text = getenv ("KAF_KILL_AT");

  n_at = text != NULL ? strtol (text, NULL, 10) : 0;
}

/* Whether this is the call; which of the three ways follows from its number. */
static int
is_due (void)
{
  return n_at > 0 && atomic_fetch_add (&n_calls, 1) + 1 == n_at;
}

static void
die (void)
{
  kill (getpid (), SIGKILL);
  for (;;)
    pause ();
}

static int
is_half (void)
{
  return n_at % 3 == 1;
}

static int
is_after (void)
{
  return n_at % 3 == 2;
}

#define NEXT(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

/* CALL with WHOLE of its bytes, or the call with PART of them. */
#define DIE_BY(whole, part)                                                                        \
  do                                                                                               \
    {                                                                                              \
      if (is_half ())                                                                              \
        (void) !(part);                                                                            \
      else if (is_after ())                                                                        \
        (void) !(whole);                                                                           \
      die ();                                                                                      \
    }                                                                                              \
  while (0)

ssize_t
pwrite64 (int fd, const void *data, size_t size, off64_t offset)
{
  if (is_due ())
    DIE_BY (NEXT (pwrite64) (fd, data, size, offset), NEXT (pwrite64) (fd, data, size / 2, offset));
  return NEXT (pwrite64) (fd, data, size, offset);
}

ssize_t
pwrite (int fd, const void *data, size_t size, off_t offset)
{
  return pwrite64 (fd, data, size, offset);
}

ssize_t
write (int fd, const void *data, size_t size)
{
  if (is_due ())
    DIE_BY (NEXT (write) (fd, data, size), NEXT (write) (fd, data, size / 2));
  return NEXT (write) (fd, data, size);
}

ssize_t
send (int fd, const void *data, size_t size, int flags)
{
  if (is_due ())
    DIE_BY (NEXT (send) (fd, data, size, flags), NEXT (send) (fd, data, size / 2, flags));
  return NEXT (send) (fd, data, size, flags);
}

ssize_t
sendmsg (int fd, const struct msghdr *message, int flags)
{
  struct iovec first = message->msg_iovlen > 0 ? message->msg_iov[0] : (struct iovec){ NULL, 0 };

  if (is_due ())
    DIE_BY (NEXT (sendmsg) (fd, message, flags),
            NEXT (send) (fd, first.iov_base, first.iov_len / 2, flags));
  return NEXT (sendmsg) (fd, message, flags);
}

ssize_t
writev (int fd, const struct iovec *parts, int n)
{
  if (is_due ())
    DIE_BY (NEXT (writev) (fd, parts, n),
            NEXT (write) (fd, parts[0].iov_base, parts[0].iov_len / 2));
  return NEXT (writev) (fd, parts, n);
}

int
fdatasync (int fd)
{
  if (is_due ())
    DIE_BY (NEXT (fdatasync) (fd), 0);
  return NEXT (fdatasync) (fd);
}

int
fsync (int fd)
{
  if (is_due ())
    DIE_BY (NEXT (fsync) (fd), 0);
  return NEXT (fsync) (fd);
}

int
ftruncate64 (int fd, off64_t size)
{
  if (is_due ())
    DIE_BY (NEXT (ftruncate64) (fd, size), 0);
  return NEXT (ftruncate64) (fd, size);
}

int
rename (const char *from, const char *to)
{
  if (is_due ())
    DIE_BY (NEXT (rename) (from, to), 0);
  return NEXT (rename) (from, to);
}

int
unlink (const char *path)
{
  if (is_due ())
    DIE_BY (NEXT (unlink) (path), 0);
  return NEXT (unlink) (path);
}
