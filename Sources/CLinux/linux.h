// What `import Glibc` leaves out: epoll, inotify, eventfd and accept4.
#ifndef CONSERJE_LINUX_H
#define CONSERJE_LINUX_H
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <fcntl.h>
#endif
