/*
 * Laid before the C library by LD_PRELOAD: writes down in which order a process writes to a
 * write-ahead log (W), has it brought to the disk (S), and answers over HTTP (A, with the status).
 * CRASH_SYNC_LOG names the file. With CRASH_DROP_SYNC nothing is brought to the disk, and said to be.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static int log_fd(void) {
  static int fd = -1;
  const char *path = getenv("CRASH_SYNC_LOG");
  if (fd < 0 && path) fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  return fd;
}

static ssize_t plain_write(int fd, const void *data, size_t size) {
  static ssize_t (*next)(int, const void *, size_t);
  if (!next) next = dlsym(RTLD_NEXT, "write");
  return next(fd, data, size);
}

static void note(const char *line) {
  int fd = log_fd();
  if (fd >= 0) (void)!plain_write(fd, line, strlen(line));
}

static int is_wal(int fd) {
  char link[64], path[1024];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, path, sizeof path - 1);
  return size > 4 && memcmp(path + size - 4, "-wal", 4) == 0;
}

static void note_answer(const void *data, size_t size) {
  char line[16];
  if (size < 12 || memcmp(data, "HTTP/1.1 ", 9) != 0) return;
  snprintf(line, sizeof line, "A %.3s\n", (const char *)data + 9);
  note(line);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
  static ssize_t (*next)(int, const void *, size_t, off64_t);
  if (!next) next = dlsym(RTLD_NEXT, "pwrite64");
  if (is_wal(fd)) note("W\n");
  return next(fd, data, size, at);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
  static ssize_t (*next)(int, const void *, size_t, off_t);
  if (!next) next = dlsym(RTLD_NEXT, "pwrite");
  if (is_wal(fd)) note("W\n");
  return next(fd, data, size, at);
}

ssize_t write(int fd, const void *data, size_t size) {
  if (is_wal(fd)) note("W\n");
  note_answer(data, size);
  return plain_write(fd, data, size);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  static ssize_t (*next)(int, const struct iovec *, int);
  if (!next) next = dlsym(RTLD_NEXT, "writev");
  if (count > 0) note_answer(parts[0].iov_base, parts[0].iov_len);
  return next(fd, parts, count);
}

static int synced(int fd, const char *name) {
  int (*next)(int) = dlsym(RTLD_NEXT, name);
  if (getenv("CRASH_DROP_SYNC")) return 0;
  int result = next(fd);
  if (result == 0 && is_wal(fd)) note("S\n");
  return result;
}

int fsync(int fd) { return synced(fd, "fsync"); }

int fdatasync(int fd) { return synced(fd, "fdatasync"); }
