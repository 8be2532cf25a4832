// What `import Glibc` leaves out: epoll, inotify, eventfd, timerfd, accept4, pipe2, closing
// descriptors in a child, and malloc_trim.
//
// `_GNU_SOURCE` is not defined here: it would give types of the C library another shape than in Swift's own module.
#ifndef CONSERJE_LINUX_H
#define CONSERJE_LINUX_H
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <fcntl.h>
#include <malloc.h>
#include <spawn.h>
#ifndef __USE_GNU
// glibc declares them for `_GNU_SOURCE` alone.
extern int accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);
extern int pipe2(int ends[2], int flags);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
#endif
#endif
