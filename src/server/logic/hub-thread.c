/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "hub-thread.h"

/* As many pushes share one commit at most; more would make the first of them wait. */
#define MOST_TOGETHER 256

typedef struct
{
  /* A push, when body is not NULL. */
  char *person;
  char *role;
  char *body;
  BatonHubPush push;
  BatonHubAnswer answer;

  /* Work otherwise; the thread ends when that is NULL, too. */
  BatonHubWork work;
  BatonHubDone done;
  GMutex *mutex; /* somebody waits */
  GCond *ready;
  gboolean *finished;

  gint64 before; /* the log's length, of the first push of a commit; -1: no commit */
  gint64 head;
  gpointer data;
} Job;

struct _BatonHubThread
{
  BatonHub *hub;
  GThread *thread;
  GAsyncQueue *queue;
  GAsyncQueue *finished;
  GMainContext *context;
  GSource *wake;
  GMutex mutex;
  BatonHubGrown grown;
  gpointer data;
};

static void
job_free (Job *job)
{
  g_free (job->person);
  g_free (job->role);
  g_free (job->body);
  if (job->push.reply != NULL)
    g_string_free (job->push.reply, TRUE);
  g_free (job);
}

static void
hand_back (BatonHubThread *self)
{
  Job *job;

  while ((job = g_async_queue_try_pop (self->finished)) != NULL)
    {
      if (job->body != NULL && job->answer != NULL)
        job->answer (job->push.status, job->push.reply, job->data);
      else if (job->done != NULL)
        job->done (job->data);
      if (job->before >= 0 && job->head > job->before && self->grown != NULL)
        self->grown (job->before, job->head, self->data);
      job_free (job);
    }
}

static gboolean
wake_cb (gpointer data)
{
  BatonHubThread *self = data;

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->wake, g_source_unref);
  g_mutex_unlock (&self->mutex);
  hand_back (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_wake (BatonHubThread *self)
{
  g_mutex_lock (&self->mutex);
  if (self->wake == NULL)
    {
      self->wake = g_idle_source_new ();
      g_source_set_priority (self->wake, G_PRIORITY_DEFAULT);
      g_source_set_callback (self->wake, wake_cb, self, NULL);
      g_source_attach (self->wake, self->context);
    }
  g_mutex_unlock (&self->mutex);
}

/* The last of these jobs tells that the log has grown: every answer has gone out before. */
static void
decide_together (BatonHubThread *self, GPtrArray *jobs)
{
  g_autofree BatonHubPush *pushes = g_new0 (BatonHubPush, jobs->len);
  gint64 now = g_get_real_time ();
  gint64 before = baton_hub_head (self->hub);
  gint64 head;

  for (guint i = 0; i < jobs->len; i++)
    {
      Job *job = g_ptr_array_index (jobs, i);

      job->push.caller.now = now;
      pushes[i] = job->push;
    }
  baton_hub_push (self->hub, pushes, jobs->len);
  head = baton_hub_head (self->hub);
  for (guint i = 0; i < jobs->len; i++)
    {
      Job *job = g_ptr_array_index (jobs, i);

      job->push = pushes[i];
      job->before = i + 1 == jobs->len ? before : -1;
      job->head = head;
      g_async_queue_push (self->finished, job);
    }
  g_ptr_array_set_size (jobs, 0);
  schedule_wake (self);
}

static void
run_work (BatonHubThread *self, Job *job)
{
  job->before = baton_hub_head (self->hub);
  job->work (self->hub, job->data);
  job->head = baton_hub_head (self->hub);
  if (job->finished != NULL)
    {
      g_mutex_lock (job->mutex);
      *job->finished = TRUE;
      g_cond_signal (job->ready);
      g_mutex_unlock (job->mutex);
    }
  g_async_queue_push (self->finished, job);
  schedule_wake (self);
}

/* Pushes that wait already; the job that is none of them, or NULL. */
static Job *
gather (BatonHubThread *self, GPtrArray *jobs, Job *first)
{
  Job *job = first;

  while (job != NULL && job->body != NULL)
    {
      g_ptr_array_add (jobs, job);
      if (jobs->len == MOST_TOGETHER)
        return NULL;
      job = g_async_queue_try_pop (self->queue);
    }
  return job;
}

static gpointer
hub_thread (gpointer data)
{
  BatonHubThread *self = data;
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();

  while (TRUE)
    {
      Job *other = gather (self, jobs, g_async_queue_pop (self->queue));

      if (jobs->len > 0)
        decide_together (self, jobs);
      if (other != NULL && other->work == NULL)
        {
          job_free (other);
          return NULL;
        }
      if (other != NULL)
        run_work (self, other);
    }
}

BatonHubThread *
baton_hub_thread_new (BatonHub *hub, BatonHubGrown grown, gpointer data)
{
  BatonHubThread *self = g_new0 (BatonHubThread, 1);

  self->hub = hub;
  self->grown = grown;
  self->data = data;
  self->queue = g_async_queue_new ();
  self->finished = g_async_queue_new ();
  self->context = g_main_context_ref_thread_default ();
  g_mutex_init (&self->mutex);
  self->thread = g_thread_new ("baton-hub", hub_thread, self);
  return self;
}

void
baton_hub_thread_free (BatonHubThread *self)
{
  g_async_queue_push (self->queue, g_new0 (Job, 1));
  g_thread_join (self->thread);
  hand_back (self);
  if (self->wake != NULL)
    {
      g_source_destroy (self->wake);
      g_source_unref (self->wake);
    }
  baton_hub_close (self->hub);
  g_async_queue_unref (self->queue);
  g_async_queue_unref (self->finished);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
baton_hub_thread_push (BatonHubThread *self, const BatonHubPerson *person, char *body, gsize length,
    BatonHubAnswer answer, gpointer data)
{
  Job *job = g_new0 (Job, 1);

  job->person = g_strdup (person->person);
  job->role = g_strdup (person->role);
  job->body = body;
  job->answer = answer;
  job->data = data;
  job->push = (BatonHubPush){ .caller = { job->person, job->role, 0, person->protocol },
    .body = body,
    .length = length,
    .reply = g_string_new (NULL) };
  g_async_queue_push (self->queue, job);
}

void
baton_hub_thread_run (BatonHubThread *self, BatonHubWork work, BatonHubDone done, gpointer data)
{
  Job *job = g_new0 (Job, 1);

  job->work = work;
  job->done = done;
  job->data = data;
  g_async_queue_push (self->queue, job);
}

void
baton_hub_thread_run_sync (BatonHubThread *self, BatonHubWork work, gpointer data)
{
  Job *job = g_new0 (Job, 1);
  gboolean finished = FALSE;
  GMutex mutex;
  GCond ready;

  g_mutex_init (&mutex);
  g_cond_init (&ready);
  job->work = work;
  job->data = data;
  job->mutex = &mutex;
  job->ready = &ready;
  job->finished = &finished;
  g_async_queue_push (self->queue, job);
  g_mutex_lock (&mutex);
  while (!finished)
    g_cond_wait (&ready, &mutex);
  g_mutex_unlock (&mutex);
  g_mutex_clear (&mutex);
  g_cond_clear (&ready);
}

guint
baton_hub_thread_waiting (BatonHubThread *self)
{
  return (guint) MAX (0, g_async_queue_length (self->queue));
}
