/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "sharing.h"

#include "baton-config.h"
#include "http-transport.h"
#include "presence.h"
#include "sharing-role.h"
#include "sharing-where.h"
#include "wire.h"
#include "workspace-private.h"

#include <glib/gi18n-lib.h>

/* The engine lives on a thread of its own. Its store work goes to the writer's thread like every other
 * change; there the writer waits until the engine has heard the result, so that what the engine says of it is
 * handed to the main thread in the order in which the store did it. */
struct _BatonSharing
{
  GObject parent_instance;

  BatonWorkspace *workspace; /* borrowed */
  BatonServerAccess access;
  BatonTransportMaker make; /* NULL: over HTTP */
  gpointer make_data;

  /* Main thread */
  BatonSyncStatus status;
  char *message;
  GThread *thread;
  BatonSharingRole *role;
  BatonSharingWhere *where;

  /* The engine's thread */
  GMainContext *context;
  GMainLoop *loop;
  BatonEngine *engine;
  GSource *alarm;
  struct _StoreJob *current;
  gboolean prompt;
  int jobs; /* store work that has not come back; atomic */
};

typedef struct _StoreJob
{
  BatonSharing *sharing;
  BatonStoreWork work;
  BatonStoreDone done;
  gpointer job;
  BatonEffect *effect;
  GPtrArray *slices; /* of the effect */
  gboolean followed;
  gboolean reload;
  gboolean copied;

  GMutex mutex;
  GCond told;
  gboolean is_told;
} StoreJob;

enum
{
  CHANGED,
  PRESENCE,
  ARRIVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonSharing, baton_sharing, G_TYPE_OBJECT)

/* What the engine asks of its host. All on its thread. */

static gint64
monotonic (gpointer host)
{
  return g_get_monotonic_time ();
}

static gint64
wall (gpointer host)
{
  return g_get_real_time ();
}

static gint64
boot (gpointer host)
{
  return baton_workspace_boot_time ();
}

static guint32
random_number (gpointer host)
{
  return g_random_int ();
}

static gboolean
alarm_cb (gpointer data)
{
  BatonSharing *self = data;

  g_source_set_ready_time (self->alarm, -1);
  baton_engine_wake (self->engine);
  return G_SOURCE_CONTINUE;
}

static gboolean
alarm_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs alarm_funcs = { .dispatch = alarm_dispatch };

static void
set_alarm (gint64 at, gpointer host)
{
  BatonSharing *self = host;

  g_source_set_ready_time (self->alarm, at);
}

static void
store_job_free (gpointer data)
{
  StoreJob *job = data;

  g_clear_pointer (&job->effect, baton_effect_unref);
  g_clear_pointer (&job->slices, g_ptr_array_unref);
  g_mutex_clear (&job->mutex);
  g_cond_clear (&job->told);
  g_object_unref (job->sharing);
  g_free (job);
}

static gboolean
tell_cb (gpointer data)
{
  StoreJob *job = data;
  BatonSharing *self = job->sharing;

  self->current = job;
  job->done (job->job);
  self->current = NULL;
  g_mutex_lock (&job->mutex);
  job->is_told = TRUE;
  g_cond_signal (&job->told);
  g_mutex_unlock (&job->mutex);
  return G_SOURCE_REMOVE;
}

static void
invoke (BatonSharing *self, GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, func, data, destroy);
}

/* The writer's thread. */
static void
work_cb (BatonStore *store, BatonJob *outer)
{
  StoreJob *job = outer->data;

  job->work (store, job->job);
  invoke (job->sharing, tell_cb, job, NULL);
  g_mutex_lock (&job->mutex);
  while (!job->is_told)
    g_cond_wait (&job->told, &job->mutex);
  g_mutex_unlock (&job->mutex);
  /* The main thread gets what it can follow bit by bit. */
  if (job->effect != NULL && !job->reload)
    job->slices = baton_effect_split (job->effect);
  g_clear_pointer (&job->effect, baton_effect_unref);
  g_atomic_int_dec_and_test (&job->sharing->jobs);
  g_main_context_wakeup (job->sharing->context);
}

/* The main thread, in the order of the store. */
static void
done_cb (BatonStore *store, BatonJob *outer)
{
  StoreJob *job = outer->data;

  if (job->followed)
    baton_workspace_followed (job->sharing->workspace, job->slices, job->reload);
  if (job->copied)
    baton_workspace_emit_copied (job->sharing->workspace);
}

static void
run (BatonStoreWork work, BatonStoreDone done, gpointer data, gpointer host)
{
  BatonSharing *self = host;
  BatonJob *outer = baton_job_new (work_cb, done_cb);
  StoreJob *job = g_new0 (StoreJob, 1);

  job->sharing = g_object_ref (self);
  job->work = work;
  job->done = done;
  job->job = data;
  g_mutex_init (&job->mutex);
  g_cond_init (&job->told);
  outer->data = job;
  outer->destroy = store_job_free;
  g_atomic_int_inc (&self->jobs);
  baton_writer_push (self->workspace->writer, outer);
}

static void
followed_cb (const BatonFollowed *followed, gpointer host)
{
  BatonSharing *self = host;

  g_return_if_fail (self->current != NULL);
  self->current->followed = TRUE;
  self->current->reload |= followed->reload;
  self->current->copied |= followed->copied;
  g_clear_pointer (&self->current->effect, baton_effect_unref);
  if (followed->effect != NULL)
    self->current->effect = baton_effect_ref (followed->effect);
}

typedef struct
{
  BatonSharing *sharing;
  BatonSyncStatus status;
  char *message;
} News;

static void
news_free (gpointer data)
{
  News *news = data;

  g_object_unref (news->sharing);
  g_free (news->message);
  g_free (news);
}

static gboolean
news_cb (gpointer data)
{
  News *news = data;
  BatonSharing *self = news->sharing;
  gboolean attended;

  attended =
      self->status.attention != news->status.attention || self->status.replaced != news->status.replaced;
  g_free (self->message);
  self->message = g_steal_pointer (&news->message);
  self->status = news->status;
  self->status.message = self->message;
  if (self->role != NULL)
    baton_sharing_role_follow (self->role, &self->status);
  /* Nobody is known to be anywhere while nothing is heard. */
  if (self->where != NULL && self->status.state != BATON_SYNC_IN_STEP &&
      self->status.state != BATON_SYNC_WORKING)
    baton_presence_take (baton_workspace_presence (self->workspace), NULL, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
  /* Stopped, its workspace is on its way out. */
  if (attended && self->thread != NULL)
    baton_workspace_emit_attended (self->workspace);
  return G_SOURCE_REMOVE;
}

static void
status_cb (gpointer host)
{
  BatonSharing *self = host;
  News *news;

  /* It says goodbye while it is being freed; then nobody asks any more. */
  if (self->engine == NULL)
    return;
  news = g_new0 (News, 1);
  news->sharing = g_object_ref (self);
  baton_engine_status (self->engine, &news->status);
  news->message = g_strdup (news->status.message);
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, news_cb, news, news_free);
}

typedef struct
{
  BatonSharing *sharing;
  guint signal;
  char *text;
} Heard;

static void
heard_free (gpointer data)
{
  Heard *heard = data;

  g_object_unref (heard->sharing);
  g_free (heard->text);
  g_free (heard);
}

static void
take_presence (BatonSharing *self, const char *message)
{
  baton_presence_take (
      baton_workspace_presence (self->workspace), message, baton_workspace_me (self->workspace));
  baton_sharing_where_told (self->where, message);
}

static gboolean
heard_cb (gpointer data)
{
  Heard *heard = data;

  if (heard->signal == PRESENCE && heard->sharing->where != NULL)
    take_presence (heard->sharing, heard->text);
  if (heard->signal != N_SIGNALS)
    g_signal_emit (heard->sharing, signals[heard->signal], 0, heard->text);
  else if (heard->sharing->role != NULL)
    baton_sharing_role_told (heard->sharing->role, heard->text);
  return G_SOURCE_REMOVE;
}

/* N_SIGNALS: one's role, which is no signal of ours. */
static guint
signal_of (const char *kind)
{
  return g_str_equal (kind, "presence") ? PRESENCE : g_str_equal (kind, "blob") ? ARRIVED : N_SIGNALS;
}

static void
live_cb (const char *text, gsize length, gpointer host)
{
  g_autoptr (json_t) message = baton_wire_parse (text, length);
  const char *kind = message != NULL ? baton_wire_text (message, "t") : NULL;
  Heard *heard;

  if (g_strcmp0 (kind, "presence") != 0 && g_strcmp0 (kind, "blob") != 0 && g_strcmp0 (kind, "role") != 0)
    return;
  heard = g_new0 (Heard, 1);
  heard->sharing = g_object_ref (host);
  heard->signal = signal_of (kind);
  heard->text = heard->signal == PRESENCE  ? g_strndup (text, length)
                : heard->signal == ARRIVED ? g_strdup (baton_wire_text (message, "hash"))
                                           : g_strdup (baton_wire_text (message, "role"));
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, heard_cb, heard, heard_free);
}

static char *
this_boot (void)
{
  char *id = NULL;

  if (!g_file_get_contents ("/proc/sys/kernel/random/boot_id", &id, NULL, NULL))
    return g_strdup ("unknown");
  return g_strchomp (id);
}

static void
end_thread (BatonSharing *self)
{
  g_clear_pointer (&self->engine, baton_engine_free);
  while (g_atomic_int_get (&self->jobs) > 0)
    g_main_context_iteration (self->context, TRUE);
  g_source_destroy (self->alarm);
  g_clear_pointer (&self->alarm, g_source_unref);
}

static gpointer
thread_main (gpointer data)
{
  static const BatonEngineHost host = { monotonic, wall, boot, random_number, set_alarm, run, followed_cb,
    status_cb, live_cb };
  BatonSharing *self = data;
  g_autofree char *start = this_boot ();
  BatonTransport *transport;

  g_main_context_push_thread_default (self->context);
  transport = self->make != NULL ? self->make (self->make_data)
                                 : baton_http_transport_new (
                                       self->access.server, self->access.token, self->access.authority, NULL);
  self->alarm = g_source_new (&alarm_funcs, sizeof (GSource));
  g_source_set_callback (self->alarm, alarm_cb, self, NULL);
  g_source_attach (self->alarm, self->context);
  self->engine = baton_engine_new (&host, self, transport, "Baton " BATON_VERSION, start);
  baton_engine_start (self->engine, self->prompt);
  g_main_loop_run (self->loop);
  end_thread (self);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/* Commands from the main thread. */

typedef struct
{
  BatonSharing *sharing;
  void (*func) (BatonEngine *engine);
  char *board, *card;
} Command;

static void
command_free (gpointer data)
{
  Command *command = data;

  g_object_unref (command->sharing);
  g_free (command->board);
  g_free (command->card);
  g_free (command);
}

static gboolean
command_cb (gpointer data)
{
  Command *command = data;
  BatonEngine *engine = command->sharing->engine;

  if (engine == NULL)
    return G_SOURCE_REMOVE;
  if (command->func != NULL)
    command->func (engine);
  else
    baton_engine_say_where (engine, command->board, command->card);
  return G_SOURCE_REMOVE;
}

static Command *
new_command (BatonSharing *self, void (*func) (BatonEngine *engine))
{
  Command *command = g_new0 (Command, 1);

  command->sharing = g_object_ref (self);
  command->func = func;
  return command;
}

void
baton_sharing_resume (BatonSharing *self)
{
  if (self->thread != NULL)
    invoke (self, command_cb, new_command (self, baton_engine_resume), command_free);
}

void
baton_sharing_nudge (BatonSharing *self)
{
  if (self->thread != NULL)
    invoke (self, command_cb, new_command (self, baton_engine_nudge), command_free);
}

static void
say_where (BatonSharing *self, const char *board, const char *card)
{
  Command *command = new_command (self, NULL);

  command->board = g_strdup (board);
  command->card = g_strdup (card);
  invoke (self, command_cb, command, command_free);
}

void
baton_sharing_say_where (BatonSharing *self, const char *board, const char *card)
{
  if (self->where != NULL)
    baton_sharing_where_set (self->where, board, card);
}

void
baton_sharing_start (BatonSharing *self, gboolean prompt)
{
  g_return_if_fail (BATON_IS_SHARING (self) && self->thread == NULL);

  self->prompt = prompt;
  self->role = baton_sharing_role_new (self->workspace, &self->access);
  self->where = baton_sharing_where_new (self, baton_workspace_device (self->workspace), say_where);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("baton-sync", thread_main, self);
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

void
baton_sharing_stop (BatonSharing *self)
{
  g_clear_pointer (&self->role, baton_sharing_role_free);
  g_clear_pointer (&self->where, baton_sharing_where_free);
  baton_presence_take (baton_workspace_presence (self->workspace), NULL, NULL);
  if (self->thread == NULL)
    return;
  invoke (self, quit_cb, self->loop, NULL);
  g_thread_join (g_steal_pointer (&self->thread));
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
}

const BatonSyncStatus *
baton_sharing_status (BatonSharing *self)
{
  return &self->status;
}

gboolean
baton_sharing_is_asking (BatonSharing *self)
{
  return self->role != NULL && baton_sharing_role_is_asking (self->role);
}

const BatonServerAccess *
baton_sharing_access (BatonSharing *self)
{
  return &self->access;
}

static void
baton_sharing_finalize (GObject *object)
{
  BatonSharing *self = BATON_SHARING (object);

  g_warn_if_fail (self->thread == NULL);
  baton_server_access_clear (&self->access);
  g_free (self->message);
  G_OBJECT_CLASS (baton_sharing_parent_class)->finalize (object);
}

static void
baton_sharing_class_init (BatonSharingClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = baton_sharing_finalize;
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PRESENCE] =
      g_signal_new ("presence", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ARRIVED] =
      g_signal_new ("arrived", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
baton_sharing_init (BatonSharing *self)
{
}

BatonSharing *
baton_sharing_new (BatonWorkspace *workspace, const char *token, GError **error)
{
  g_auto (BatonSharingPlace) place = { 0 };
  BatonSharing *self;

  if (!baton_sharing_read_place (baton_workspace_reader (workspace), &place))
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("This workspace is not shared."));
      return NULL;
    }
  if (token == NULL)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_FORBIDDEN,
          _ ("This device is not signed in to %s. Everything stays here until you sign in."), place.server);
      return NULL;
    }
  self = g_object_new (BATON_TYPE_SHARING, NULL);
  self->workspace = workspace;
  self->access = (BatonServerAccess){ g_steal_pointer (&place.server), g_strdup (token),
    g_steal_pointer (&place.authority) };
  return self;
}

BatonSharing *
baton_sharing_new_over (BatonWorkspace *workspace, BatonTransportMaker make, gpointer data)
{
  BatonSharing *self = g_object_new (BATON_TYPE_SHARING, NULL);

  self->workspace = workspace;
  self->make = make;
  self->make_data = data;
  return self;
}
