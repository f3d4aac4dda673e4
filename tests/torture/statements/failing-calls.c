/* Preloaded into a program: its n-th call on one of a household's files fails. Which n, and with which error, is read
   from a file of three numbers that the program itself may rewrite: n (0: none), the error, and how many calls there were. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static volatile int *control;
static char isOurs[4096]; /* by the number of an open file */

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
  int file = REAL(open)(getenv("TORTURE_CONTROL"), O_RDWR);
  if (file >= 0) control = mmap(0, 12, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
}

static int fails(int concerns) {
  if (!control || !concerns) return 0;
  control[2] += 1;
  if (control[2] != control[0]) return 0;
  errno = control[1];
  return 1;
}

/* The household's files are the ones that a sync works on; copies of them are made beside. */
static int inFolder(const char *path) { return path && strstr(path, "/home/cache"); }
static int ours(int file) { return file >= 0 && file < 4096 && isOurs[file]; }

static int opened(int file, const char *path) {
  if (file >= 0 && file < 4096) isOurs[file] = inFolder(path);
  return file;
}

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    va_list rest; va_start(rest, flags); int mode = va_arg(rest, int); va_end(rest); \
    if (fails(inFolder(path))) return -1; \
    return opened(REAL(name)(path, flags, mode), path); \
  }
OPEN(open)
OPEN(open64)

int close(int file) {
  if (file >= 0 && file < 4096) isOurs[file] = 0;
  return REAL(close)(file);
}
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
  return fails(ours(file)) ? -1 : REAL(pwrite64)(file, bytes, count, at);
}
ssize_t write(int file, const void *bytes, size_t count) {
  return fails(ours(file)) ? -1 : REAL(write)(file, bytes, count);
}
ssize_t pread64(int file, void *bytes, size_t count, off64_t at) {
  return fails(ours(file)) ? -1 : REAL(pread64)(file, bytes, count, at);
}
int ftruncate64(int file, off64_t size) { return fails(ours(file)) ? -1 : REAL(ftruncate64)(file, size); }
int fsync(int file) { return fails(ours(file)) ? -1 : REAL(fsync)(file); }
int fdatasync(int file) { return fails(ours(file)) ? -1 : REAL(fdatasync)(file); }
int unlink(const char *path) { return fails(inFolder(path)) ? -1 : REAL(unlink)(path); }
int mkdir(const char *path, mode_t mode) { return fails(inFolder(path)) ? -1 : REAL(mkdir)(path, mode); }
int rename(const char *from, const char *to) { return fails(inFolder(from)) ? -1 : REAL(rename)(from, to); }
