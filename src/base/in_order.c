#include "base/in_order.h"

#include <pthread.h>
#include <stdbool.h>

#include "base/bug.h"

/* A thread needs what the main one has: musl would give it 128 KiB. Untouched pages cost nothing.
 */
enum { AHEAD = 4, WINDOW = AHEAD * MOST_THREADS, STACK_BYTES = 8 * 1024 * 1024 };

struct order {
    pthread_mutex_t lock;
    pthread_cond_t moved; /* something below has changed */
    size_t n;
    size_t window;     /* at most so many are begun and not taken */
    size_t next;       /* the first that nobody has begun */
    size_t taken;      /* so many are taken */
    bool done[WINDOW]; /* by index modulo window: worked on, and not taken */
    void *context;
    void (*work)(void *context, size_t i);
};

/* With the lock held: the next job is there and its place in the window is free. */
static bool may_begin(const struct order *o)
{
    return o->next < o->n && o->next < o->taken + o->window;
}

/* With the lock held, which is given up meanwhile. */
static void work_on_next(struct order *o)
{
    size_t i = o->next++;
    pthread_mutex_unlock(&o->lock);
    o->work(o->context, i);
    pthread_mutex_lock(&o->lock);
    o->done[i % o->window] = true;
    pthread_cond_broadcast(&o->moved);
}

static void *helper(void *argument)
{
    struct order *o = argument;
    pthread_mutex_lock(&o->lock);
    while (o->next < o->n) {
        if (may_begin(o)) {
            work_on_next(o);
        } else {
            pthread_cond_wait(&o->moved, &o->lock);
        }
    }
    pthread_mutex_unlock(&o->lock);
    return NULL;
}

/* The calling thread takes what is ready, works if nothing is, and waits only if it can do
 * neither. */
static void take_all(struct order *o, void (*take)(void *context, size_t i))
{
    pthread_mutex_lock(&o->lock);
    while (o->taken < o->n) {
        bool *ready = &o->done[o->taken % o->window];
        if (*ready) {
            size_t i = o->taken;
            pthread_mutex_unlock(&o->lock);
            take(o->context, i);
            pthread_mutex_lock(&o->lock);
            *ready = false;
            o->taken++;
            pthread_cond_broadcast(&o->moved);
        } else if (may_begin(o)) {
            work_on_next(o);
        } else {
            pthread_cond_wait(&o->moved, &o->lock);
        }
    }
    pthread_mutex_unlock(&o->lock);
}

void in_order(size_t n, size_t threads, void *context, void (*work)(void *context, size_t i),
              void (*take)(void *context, size_t i))
{
    if (threads < 1 || threads > MOST_THREADS) {
        BUG("%zu threads", threads);
    }
    if (threads > n) {
        threads = n;
    }
    if (threads < 2) {
        for (size_t i = 0; i < n; i++) {
            work(context, i);
            take(context, i);
        }
        return;
    }
    struct order o = {.n = n, .window = AHEAD * threads, .context = context, .work = work};
    pthread_t helpers[MOST_THREADS];
    size_t started = 0;
    pthread_mutex_init(&o.lock, NULL);
    pthread_cond_init(&o.moved, NULL);
    pthread_attr_t large;
    pthread_attr_init(&large);
    pthread_attr_setstacksize(&large, STACK_BYTES);
    while (started + 1 < threads && pthread_create(&helpers[started], &large, helper, &o) == 0) {
        started++;
    }
    pthread_attr_destroy(&large);
    take_all(&o, take);
    for (size_t i = 0; i < started; i++) {
        pthread_join(helpers[i], NULL);
    }
    pthread_cond_destroy(&o.moved);
    pthread_mutex_destroy(&o.lock);
}
