/* A disk that is full from the n-th thing on that needs room below one folder: preloaded into a test's child. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static char place[4096];
static atomic_long wants; /* how often room was wanted */
static atomic_long last = -1; /* the first want that is refused; -1: never */
static atomic_long room; /* bytes that were freed since it was full */

void full_below(const char *folder) { snprintf(place, sizeof place, "%s", folder); }
void full_from(long n) { atomic_store(&wants, 0); atomic_store(&room, 0); atomic_store(&last, n); }
long full_wants(void) { return atomic_load(&wants); }

static int below(const char *path) {
    size_t size = strlen(place);
    return size && strncmp(path, place, size) == 0;
}

static int below_handle(int handle) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size <= 0) return 0;
    path[size] = 0;
    return below(path) && strstr(path, "-shm") == NULL;
}

/* 0: there is room; 1: there is none; 2: for half of it (the write in which the disk gets full) */
static int full(size_t bytes) {
    long now = atomic_fetch_add(&wants, 1), first = atomic_load(&last);
    if (first < 0 || now < first) return 0;
    if (atomic_load(&room) >= (long)bytes) { atomic_fetch_sub(&room, (long)bytes); return 0; }
    return now == first ? 2 : 1;
}

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)
#define REFUSE return errno = ENOSPC, -1

#define WRITE(name, type) \
    ssize_t name(int h, const void *data, size_t size, type at) { \
        REAL(ssize_t, name, int, const void *, size_t, type); \
        int state = below_handle(h) ? full(size) : 0; \
        if (state == 1 || (state == 2 && size < 2)) REFUSE; \
        return real(h, data, state == 2 ? size / 2 : size, at); }
WRITE(pwrite, off_t)
WRITE(pwrite64, off64_t)

ssize_t write(int h, const void *data, size_t size) {
    REAL(ssize_t, write, int, const void *, size_t);
    int state = below_handle(h) ? full(size) : 0;
    if (state == 1 || (state == 2 && size < 2)) REFUSE;
    return real(h, data, state == 2 ? size / 2 : size);
}

ssize_t writev(int h, const struct iovec *parts, int count) {
    REAL(ssize_t, writev, int, const struct iovec *, int);
    if (below_handle(h) && full(4096)) REFUSE;
    return real(h, parts, count);
}

#define GROW(name, type) \
    int name(int h, type size) { \
        REAL(int, name, int, type); \
        struct stat now; \
        if (below_handle(h) && fstat(h, &now) == 0 && size > now.st_size && full((size_t)(size - now.st_size))) REFUSE; \
        return real(h, size); }
GROW(ftruncate, off_t)
GROW(ftruncate64, off64_t)

#define FALLOCATE(name, type) \
    int name(int h, type at, type size) { \
        REAL(int, name, int, type, type); \
        if (below_handle(h) && full((size_t)size)) return ENOSPC; \
        return real(h, at, size); }
FALLOCATE(posix_fallocate, off_t)
FALLOCATE(posix_fallocate64, off64_t)

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(int, name, const char *, int, ...); \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
        if ((flags & O_CREAT) && below(path) && access(path, F_OK) != 0 && strstr(path, "-shm") == NULL && full(4096)) REFUSE; \
        return real(path, flags, mode); }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
    int name(int at, const char *path, int flags, ...) { \
        REAL(int, name, int, const char *, int, ...); \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
        if ((flags & O_CREAT) && below(path) && access(path, F_OK) != 0 && full(4096)) REFUSE; \
        return real(at, path, flags, mode); }
OPENAT(openat)
OPENAT(openat64)

int mkdir(const char *path, mode_t mode) {
    REAL(int, mkdir, const char *, mode_t);
    if (below(path) && access(path, F_OK) != 0 && full(4096)) REFUSE;
    return real(path, mode);
}

int unlink(const char *path) {
    REAL(int, unlink, const char *);
    struct stat was;
    if (below(path) && stat(path, &was) == 0 && was.st_size >= 1 << 20) atomic_fetch_add(&room, was.st_size);
    return real(path);
}
