/* Faults between a process and its disk or clock, for tests: LD_PRELOAD this, and name a control file in WB6_SHIM.
 *
 * The control file is shared memory, laid out as `Control` in shim.py. Calls on paths below `below` are counted by kind;
 * of the kinds in `kinds`, those from number `first` to number `last` fail with `error`, after `delay` microseconds.
 * Where `brief` is set, one read or write takes no more bytes than that. Where `gone` is set, the folder `below` is
 * renamed to it at call number `first`. `jump` is the most, in seconds, by which the clock of the day jumps at each look.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { OPEN = 1, READ = 2, WRITE = 4, SYNC = 8, RENAME = 16, NAME = 32, LOOK = 64 };

struct control {
  int64_t owner, armed, kinds, first, last, error, brief, delay, jump, count, met, looks;
  char below[1024], gone[1024];
};

static struct control *told;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("WB6_SHIM");
  int file = path ? syscall(SYS_openat, AT_FDCWD, path, O_RDWR) : -1;
  void *at = file < 0 ? MAP_FAILED : mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (file >= 0) syscall(SYS_close, file);
  if (at != MAP_FAILED) told = at;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* Whether the call that this thread is about to make was found to be of a kind and below the folder asked for. */
static __thread int meant;

static int at_work(void) { return told && told->armed && told->owner != getpid(); }

static void met(void) { __atomic_add_fetch(&told->met, 1, __ATOMIC_SEQ_CST); }

/* Whether a call on this path fails; errno is set where it does. */
static int fails(int kind, const char *path) {
  size_t length = strlen(told->below);
  meant = 0;
  if (!(told->kinds & kind) || strncmp(path, told->below, length) || (path[length] && path[length] != '/')) return 0;
  meant = 1;
  int64_t number = __atomic_add_fetch(&told->count, 1, __ATOMIC_SEQ_CST);
  if (told->delay) {
    struct timespec pause = {told->delay / 1000000, told->delay % 1000000 * 1000};
    syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, &pause, NULL);
    met();
  }
  if (!told->first || number < told->first || number > told->last) return 0;
  met();
  if (told->gone[0] && number == told->first)
    syscall(SYS_renameat2, AT_FDCWD, told->below, AT_FDCWD, told->gone, 0);
  if (!told->error) return 0;
  errno = told->error;
  return 1;
}

static int of_file(int kind, int file) {
  char link[64], path[2048];
  meant = 0;
  if (!at_work()) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return fails(kind, path);
}

static int of_path(int kind, int folder, const char *name) {
  char link[64], path[4096];
  if (!at_work() || !name) return 0;
  if (name[0] == '/') return fails(kind, name);
  if (folder == AT_FDCWD) strcpy(link, "/proc/self/cwd");
  else snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
  ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, 2000);
  if (length < 0 || strlen(name) > 2000) return 0;
  path[length] = '/';
  strcpy(path + length + 1, name);
  return fails(kind, path);
}

/* How much of so many bytes a read or write takes. */
static size_t cut(size_t size) {
  if (!at_work() || !told->brief || size <= (size_t)told->brief) return size;
  if (meant) met();
  return told->brief;
}

#define OPENING(name, arguments, folder, pass, ...)                                    \
  int name arguments {                                                                 \
    mode_t mode = 0;                                                                   \
    if (flags & (O_CREAT | O_TMPFILE)) {                                               \
      va_list more;                                                                    \
      va_start(more, flags);                                                           \
      mode = va_arg(more, mode_t);                                                     \
      va_end(more);                                                                    \
    }                                                                                  \
    if (of_path(flags & (O_WRONLY | O_RDWR) ? OPEN : LOOK, folder, path)) return -1;   \
    return NEXT(name) pass;                                                            \
  }
OPENING(open, (const char *path, int flags, ...), AT_FDCWD, (path, flags, mode))
OPENING(open64, (const char *path, int flags, ...), AT_FDCWD, (path, flags, mode))
OPENING(openat, (int folder, const char *path, int flags, ...), folder, (folder, path, flags, mode))
OPENING(openat64, (int folder, const char *path, int flags, ...), folder, (folder, path, flags, mode))

#define PASSING(name, type, kind, arguments, pass) \
  type name arguments { return of_file(kind, file) ? -1 : NEXT(name) pass; }
PASSING(read, ssize_t, READ, (int file, void *to, size_t size), (file, to, cut(size)))
PASSING(pread, ssize_t, READ, (int file, void *to, size_t size, off_t at), (file, to, cut(size), at))
PASSING(pread64, ssize_t, READ, (int file, void *to, size_t size, off64_t at), (file, to, cut(size), at))
PASSING(readv, ssize_t, READ, (int file, const struct iovec *to, int n), (file, to, n))
PASSING(write, ssize_t, WRITE, (int file, const void *from, size_t size), (file, from, cut(size)))
PASSING(pwrite, ssize_t, WRITE, (int file, const void *from, size_t size, off_t at), (file, from, cut(size), at))
PASSING(pwrite64, ssize_t, WRITE, (int file, const void *from, size_t size, off64_t at), (file, from, cut(size), at))
PASSING(writev, ssize_t, WRITE, (int file, const struct iovec *from, int n), (file, from, n))
PASSING(ftruncate, int, WRITE, (int file, off_t size), (file, size))
PASSING(ftruncate64, int, WRITE, (int file, off64_t size), (file, size))
PASSING(sendfile, ssize_t, WRITE, (int file, int from, off_t *at, size_t size), (file, from, at, cut(size)))
PASSING(sendfile64, ssize_t, WRITE, (int file, int from, off64_t *at, size_t size), (file, from, at, cut(size)))
PASSING(fsync, int, SYNC, (int file), (file))
PASSING(fdatasync, int, SYNC, (int file), (file))
PASSING(fstat, int, LOOK, (int file, struct stat *to), (file, to))
PASSING(fstat64, int, LOOK, (int file, struct stat64 *to), (file, to))

ssize_t copy_file_range(int from, off64_t *start, int file, off64_t *at, size_t size, unsigned flags) {
  return of_file(WRITE, file) ? -1 : NEXT(copy_file_range)(from, start, file, at, cut(size), flags);
}

#define NAMING(name, kind, arguments, folder, pass) \
  int name arguments { return of_path(kind, folder, path) ? -1 : NEXT(name) pass; }
NAMING(mkdir, NAME, (const char *path, mode_t mode), AT_FDCWD, (path, mode))
NAMING(mkdirat, NAME, (int folder, const char *path, mode_t mode), folder, (folder, path, mode))
NAMING(unlink, NAME, (const char *path), AT_FDCWD, (path))
NAMING(unlinkat, NAME, (int folder, const char *path, int flags), folder, (folder, path, flags))
NAMING(rmdir, NAME, (const char *path), AT_FDCWD, (path))
NAMING(symlink, NAME, (const char *target, const char *path), AT_FDCWD, (target, path))
NAMING(symlinkat, NAME, (const char *target, int folder, const char *path), folder, (target, folder, path))
NAMING(rename, RENAME, (const char *from, const char *path), AT_FDCWD, (from, path))
NAMING(renameat, RENAME, (int old, const char *from, int folder, const char *path), folder, (old, from, folder, path))
NAMING(stat, LOOK, (const char *restrict path, struct stat *restrict to), AT_FDCWD, (path, to))
NAMING(stat64, LOOK, (const char *restrict path, struct stat64 *restrict to), AT_FDCWD, (path, to))
NAMING(lstat, LOOK, (const char *restrict path, struct stat *restrict to), AT_FDCWD, (path, to))
NAMING(lstat64, LOOK, (const char *restrict path, struct stat64 *restrict to), AT_FDCWD, (path, to))
NAMING(fstatat, LOOK, (int folder, const char *restrict path, struct stat *restrict to, int flags), folder, (folder, path, to, flags))
NAMING(fstatat64, LOOK, (int folder, const char *restrict path, struct stat64 *restrict to, int flags), folder, (folder, path, to, flags))
ssize_t readlink(const char *restrict path, char *restrict to, size_t size) {
  return of_path(LOOK, AT_FDCWD, path) ? -1 : NEXT(readlink)(path, to, size);
}
DIR *opendir(const char *path) { return of_path(LOOK, AT_FDCWD, path) ? NULL : NEXT(opendir)(path); }

/* The clock of the day, some time off: another jump at each look, back and forth. */
static int64_t off(void) {
  if (!at_work() || !told->jump) return 0;
  met();
  uint64_t look = __atomic_add_fetch(&told->looks, 1, __ATOMIC_SEQ_CST) * 0x9E3779B97F4A7C15u;
  return (int64_t)((look >> 16) % (2 * (uint64_t)told->jump + 1)) - told->jump;
}
int clock_gettime(clockid_t clock, struct timespec *to) {
  int failed = syscall(SYS_clock_gettime, clock, to);
  if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) to->tv_sec += off();
  return failed;
}
int gettimeofday(struct timeval *restrict to, void *restrict zone) {
  int failed = syscall(SYS_gettimeofday, to, zone);
  if (!failed) to->tv_sec += off();
  return failed;
}
time_t time(time_t *to) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (to) *to = now.tv_sec;
  return now.tv_sec;
}
