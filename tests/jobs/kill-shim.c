/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preloaded into a program under test: counts the calls that make things durable or change names
 * under SHIM_ROOT, the reads that bring a worker's progress, and what happens on sockets of the
 * internet; SHIM_LOG takes a line for each. At number SHIM_KILL_AT the process group is killed as
 * it stands, with its workers if SHIM_HARD is set. From number SHIM_FULL_AT on, the disk is full.
 * Workers never see any of this: their environment is made of an allow-list. */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_long counter;

static const char *
get_root (void)
{
  const char *root = getenv ("SHIM_ROOT");

  return root != NULL && *root != '\0' ? root : "/nonexistent";
}

static int
is_inside (const char *path)
{
  return strncmp (path, get_root (), strlen (get_root ())) == 0;
}

static int
find_path (int fd, char *path, size_t size)
{
  char link[64];
  ssize_t length;

  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink (link, path, size - 1);
  if (length <= 0)
    return 0;
  path[length] = '\0';
  return is_inside (path);
}

static void
kill_children_of (const char *thread)
{
  char name[300];
  FILE *children;
  int child;

  snprintf (name, sizeof name, "/proc/self/task/%s/children", thread);
  children = fopen (name, "re");
  while (children != NULL && fscanf (children, "%d", &child) == 1)
    kill (child, SIGKILL);
  if (children != NULL)
    fclose (children);
}

static void
end_all (void)
{
  DIR *threads = getenv ("SHIM_HARD") != NULL ? opendir ("/proc/self/task") : NULL;
  struct dirent *entry;

  while (threads != NULL && (entry = readdir (threads)) != NULL)
    if (entry->d_name[0] != '.')
      kill_children_of (entry->d_name);
  kill (0, SIGKILL);
}

/* Returns whether the disk is full. */
static int
note (const char *kind, const char *path)
{
  const char *at = getenv ("SHIM_KILL_AT");
  const char *full = getenv ("SHIM_FULL_AT");
  const char *log = getenv ("SHIM_LOG");
  long number = atomic_fetch_add (&counter, 1);
  char line[4200];

  if (log != NULL)
    {
      int fd = open (log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
      int length = snprintf (line, sizeof line, "%ld %s %s\n", number, kind, path);

      syscall (SYS_write, fd, line, (size_t) length);
      close (fd);
    }
  if (at != NULL && atol (at) == number)
    end_all ();
  return full != NULL && number >= atol (full);
}

static int
no_space (void)
{
  errno = ENOSPC;
  return -1;
}

int
fsync (int fd)
{
  int (*real) (int) = (int (*) (int)) dlsym (RTLD_NEXT, "fsync");
  char path[4096];

  if (find_path (fd, path, sizeof path))
    note ("fsync", path);
  return real (fd);
}

int
fdatasync (int fd)
{
  int (*real) (int) = (int (*) (int)) dlsym (RTLD_NEXT, "fdatasync");
  char path[4096];

  if (find_path (fd, path, sizeof path))
    note ("fdatasync", path);
  return real (fd);
}

int
rename (const char *from, const char *to)
{
  int (*real) (const char *, const char *) =
      (int (*) (const char *, const char *)) dlsym (RTLD_NEXT, "rename");

  if (is_inside (to) && note ("rename", to))
    return no_space ();
  return real (from, to);
}

int
unlink (const char *path)
{
  int (*real) (const char *) = (int (*) (const char *)) dlsym (RTLD_NEXT, "unlink");

  if (is_inside (path))
    note ("unlink", path);
  return real (path);
}

ssize_t
pwrite64 (int fd, const void *data, size_t length, off64_t offset)
{
  ssize_t (*real) (int, const void *, size_t, off64_t) =
      (ssize_t (*) (int, const void *, size_t, off64_t)) dlsym (RTLD_NEXT, "pwrite64");
  char path[4096];

  if (find_path (fd, path, sizeof path) && note ("pwrite", path))
    return no_space ();
  return real (fd, data, length, offset);
}

ssize_t
write (int fd, const void *data, size_t length)
{
  ssize_t (*real) (int, const void *, size_t) =
      (ssize_t (*) (int, const void *, size_t)) dlsym (RTLD_NEXT, "write");
  char path[4096];

  if (find_path (fd, path, sizeof path) && note ("write", path))
    return no_space ();
  return real (fd, data, length);
}

int
ftruncate64 (int fd, off64_t length)
{
  int (*real) (int, off64_t) = (int (*) (int, off64_t)) dlsym (RTLD_NEXT, "ftruncate64");
  char path[4096];

  if (find_path (fd, path, sizeof path))
    note ("truncate", path);
  return real (fd, length);
}

ssize_t
read (int fd, void *data, size_t length)
{
  ssize_t (*real) (int, void *, size_t) =
      (ssize_t (*) (int, void *, size_t)) dlsym (RTLD_NEXT, "read");
  ssize_t got = real (fd, data, length);

  if (got > 11 && memcmp (data, "{\"progress\"", 11) == 0)
    note ("progress", "worker");
  return got;
}

static int
is_net (int fd)
{
  struct sockaddr_storage name = { 0 };
  socklen_t size = sizeof name;
  int before = errno;
  int is = getsockname (fd, (struct sockaddr *) &name, &size) == 0 &&
           (name.ss_family == AF_INET || name.ss_family == AF_INET6);

  errno = before;
  return is;
}

/* Once before the call and once after it, while nothing is made of what it brought */
static ssize_t
tell (const char *kind, ssize_t result)
{
  int before = errno;

  if (result >= 0)
    note (kind, "net");
  errno = before;
  return result;
}

int
connect (int fd, const struct sockaddr *name, socklen_t size)
{
  int (*real) (int, const struct sockaddr *, socklen_t) =
      (int (*) (int, const struct sockaddr *, socklen_t)) dlsym (RTLD_NEXT, "connect");

  if (is_net (fd))
    note ("connect", "net");
  return real (fd, name, size);
}

ssize_t
send (int fd, const void *data, size_t length, int flags)
{
  ssize_t (*real) (int, const void *, size_t, int) =
      (ssize_t (*) (int, const void *, size_t, int)) dlsym (RTLD_NEXT, "send");

  if (!is_net (fd))
    return real (fd, data, length, flags);
  note ("send", "net");
  return tell ("sent", real (fd, data, length, flags));
}

ssize_t
sendmsg (int fd, const struct msghdr *message, int flags)
{
  ssize_t (*real) (int, const struct msghdr *, int) =
      (ssize_t (*) (int, const struct msghdr *, int)) dlsym (RTLD_NEXT, "sendmsg");

  if (!is_net (fd))
    return real (fd, message, flags);
  note ("send", "net");
  return tell ("sent", real (fd, message, flags));
}

ssize_t
recv (int fd, void *data, size_t length, int flags)
{
  ssize_t (*real) (int, void *, size_t, int) =
      (ssize_t (*) (int, void *, size_t, int)) dlsym (RTLD_NEXT, "recv");
  ssize_t got = real (fd, data, length, flags);

  return is_net (fd) ? tell ("received", got) : got;
}

ssize_t
recvmsg (int fd, struct msghdr *message, int flags)
{
  ssize_t (*real) (int, struct msghdr *, int) =
      (ssize_t (*) (int, struct msghdr *, int)) dlsym (RTLD_NEXT, "recvmsg");
  ssize_t got = real (fd, message, flags);

  return is_net (fd) ? tell ("received", got) : got;
}

int
shutdown (int fd, int how)
{
  int (*real) (int, int) = (int (*) (int, int)) dlsym (RTLD_NEXT, "shutdown");

  if (is_net (fd))
    note ("shutdown", "net");
  return real (fd, how);
}

int
close (int fd)
{
  int (*real) (int) = (int (*) (int)) dlsym (RTLD_NEXT, "close");

  if (is_net (fd))
    note ("close", "net");
  return real (fd);
}
