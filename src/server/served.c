/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "served.h"

#include "allow.h"
#include "apply.h"
#include "baton-error.h"
#include "hub-private.h"
#include "hub-thread.h"
#include "store.h"
#include "sync.h"

#include <string.h>

#define IDLE_CHECK 2 /* seconds */

/* Pulls, greetings and tails are answered by one thread; what takes long, snapshots and history, by another.
 */
typedef enum
{
  QUICK,
  LONG,
  N_READERS,
} Reader;

struct _BatonServed
{
  BatonHubThread *hub;
  GThread *threads[N_READERS];
  GAsyncQueue *questions[N_READERS]; /* Question */
  char *database;
  BatonServedTail tail;
  gpointer data;
  BatonServedState state;
  gint64 told; /* the log's length that the live channel knows */
  guint gather;
  guint tail_timer;
  gboolean telling; /* a tail is being read */
  gboolean closing;
  guint idle_timer;
  gint64 idle_head; /* the log's length when it was looked last */
  gint64 moved;     /* the log's length when it was moved into the database */
  guint waiting;
};

void
baton_served_state_free (BatonServedState *state)
{
  g_free (state->workspace);
  g_free (state->name);
  g_free (state->epoch);
  g_free (state->trouble);
  g_free (state);
}

/* Something that is read. */
typedef struct _Question Question;

typedef guint (*Ask) (Question *question, BatonReader *reader, BatonHubSnapshots *snapshots);

struct _Question
{
  BatonServed *served;
  Reader reader;
  Ask ask;    /* NULL: the thread ends */
  char *text; /* epoch, board, id or body */
  char *device;
  gint64 number;
  guint most;
  gboolean known;
  guint status;
  GString *answer;
  BatonServedFunc func;
  gpointer data;
};

static void
question_free (Question *question)
{
  g_free (question->text);
  g_free (question->device);
  g_free (question);
}

static gboolean
answered_cb (gpointer data)
{
  Question *question = data;

  question->served->waiting--;
  question->func (question->status, question->answer, question->data);
  question_free (question);
  return G_SOURCE_REMOVE;
}

static gpointer
read_thread (gpointer data)
{
  Question *first = data;
  BatonServed *served = first->served;
  GAsyncQueue *questions = served->questions[first->reader];
  BatonHubSnapshots *snapshots = baton_hub_snapshots_new ();
  BatonReader *reader = NULL;
  Question *question;

  while ((question = g_async_queue_pop (questions))->ask != NULL)
    {
      question->answer = g_string_new (NULL);
      if (reader == NULL)
        reader = baton_reader_open (served->database, NULL);
      question->status = reader != NULL ? question->ask (question, reader, snapshots)
                                        : baton_hub_fail (question->answer, 503, "busy",
                                              "The workspace cannot be read now.", 5);
      baton_hub_snapshots_tidy (snapshots, g_get_real_time ());
      g_idle_add_full (G_PRIORITY_DEFAULT, answered_cb, question, NULL);
    }
  question_free (question);
  question_free (first);
  g_clear_pointer (&reader, baton_reader_close);
  baton_hub_snapshots_free (snapshots);
  return NULL;
}

static Question *
ask (BatonServed *served, Ask how, const char *text, BatonServedFunc func, gpointer data)
{
  Question *question = g_new0 (Question, 1);

  question->served = served;
  question->ask = how;
  question->text = g_strdup (text);
  question->func = func;
  question->data = data;
  served->waiting++;
  return question;
}

static void
post (Question *question)
{
  g_async_queue_push (question->served->questions[question->reader], question);
}

static guint
ask_hello (Question *question, BatonReader *reader, BatonHubSnapshots *snapshots)
{
  return baton_hub_hello (
      reader, question->text, strlen (question->text), question->known, g_get_real_time (), question->answer);
}

static char *
body_text (GByteArray *body)
{
  return body->len > 0 ? g_strndup ((const char *) body->data, body->len) : g_strdup ("");
}

void
baton_served_hello (
    BatonServed *served, gboolean known, GByteArray *body, BatonServedFunc func, gpointer data)
{
  g_autofree char *text = body_text (body);
  Question *question = ask (served, ask_hello, text, func, data);

  question->known = known;
  post (question);
}

static guint
ask_pull (Question *question, BatonReader *reader, BatonHubSnapshots *snapshots)
{
  return baton_hub_pull (reader, question->text, question->device, question->number, question->most,
      g_get_real_time (), question->answer);
}

void
baton_served_pull (BatonServed *served, const char *epoch, const char *device, gint64 after, guint most,
    BatonServedFunc func, gpointer data)
{
  Question *question = ask (served, ask_pull, epoch, func, data);

  question->device = g_strdup (device);
  question->number = after;
  question->most = most;
  post (question);
}

static guint
ask_history (Question *question, BatonReader *reader, BatonHubSnapshots *snapshots)
{
  return baton_hub_history (reader, question->text, question->number, question->most, question->answer);
}

void
baton_served_history (
    BatonServed *served, const char *epoch, gint64 before, guint most, BatonServedFunc func, gpointer data)
{
  Question *question = ask (served, ask_history, epoch, func, data);

  question->reader = LONG;
  question->number = before;
  question->most = most;
  post (question);
}

static guint
ask_snapshot (Question *question, BatonReader *reader, BatonHubSnapshots *snapshots)
{
  return baton_hub_snapshot (
      snapshots, reader, question->text, question->device, g_get_real_time (), question->answer);
}

void
baton_served_snapshot (
    BatonServed *served, const char *first_board, const char *device, BatonServedFunc func, gpointer data)
{
  Question *question = ask (served, ask_snapshot, first_board, func, data);

  question->reader = LONG;
  question->device = g_strdup (device);
  post (question);
}

static guint
ask_part (Question *question, BatonReader *reader, BatonHubSnapshots *snapshots)
{
  return baton_hub_snapshot_part (
      snapshots, question->text, (guint) question->number, g_get_real_time (), question->answer);
}

void
baton_served_snapshot_part (
    BatonServed *served, const char *id, guint part, BatonServedFunc func, gpointer data)
{
  Question *question = ask (served, ask_part, id, func, data);

  question->reader = LONG;
  question->number = part;
  post (question);
}

static void tell (BatonServed *served);

static guint
ask_tail (Question *question, BatonReader *reader, BatonHubSnapshots *snapshots)
{
  g_autoptr (BatonRow) row = baton_reader_row (reader, BATON_ENTITY_WORKSPACE, BATON_WORKSPACE_ID);

  question->text = g_strdup (row != NULL ? baton_row_text (row, BATON_WORKSPACE_NAME) : NULL);
  baton_hub_live (reader, question->number, question->answer);
  question->number = baton_reader_last_seq (reader);
  return 200;
}

static void
tail_cb (guint status, GString *text, gpointer data)
{
  Question *question = data;
  BatonServed *served = question->served;

  served->telling = FALSE;
  if (question->text != NULL && g_strcmp0 (question->text, served->state.name) != 0)
    {
      g_free (served->state.name);
      served->state.name = g_strdup (question->text);
    }
  /* The log may have grown between message and look: then these entries come twice, which does no harm. */
  served->told = MIN (question->number, served->state.head);
  if (status == 200)
    served->tail (text, served->data);
  g_string_free (text, TRUE);
  if (served->state.head > served->told)
    tell (served);
}

static gboolean
tail_timer_cb (gpointer data)
{
  BatonServed *served = data;
  Question *question = ask (served, ask_tail, NULL, tail_cb, NULL);

  served->tail_timer = 0;
  served->telling = TRUE;
  question->number = served->told;
  question->data = question;
  post (question);
  return G_SOURCE_REMOVE;
}

static void
tell (BatonServed *served)
{
  if (served->telling || served->tail_timer != 0 || served->closing)
    return;
  if (served->gather > 0)
    served->tail_timer = g_timeout_add (served->gather, tail_timer_cb, served);
  else
    tail_timer_cb (served);
}

static void
grown_cb (gint64 before, gint64 head, gpointer data)
{
  BatonServed *served = data;

  served->state.head = head;
  tell (served);
}

void
baton_served_gather (BatonServed *served, guint ms)
{
  served->gather = ms;
}

/* The workspace's own id, which stays when a backup is restored. */
static gboolean
name_workspace (BatonHub *hub, GError **error)
{
  BatonStore *store = baton_hub_store (hub);
  g_autofree char *present = baton_reader_meta (baton_store_reader (store), "server.workspace");
  g_autofree char *made = baton_store_new_id ();

  return present != NULL || baton_store_set_meta (store, "server.workspace", made, error);
}

static void
read_state (BatonHub *hub, BatonServedState *state)
{
  BatonReader *reader = baton_reader_open (baton_hub_database (hub), NULL);
  g_autoptr (BatonRow) row = NULL;
  g_autofree char *backup = NULL;
  g_autofree char *backup_at = NULL;

  state->head = baton_hub_head (hub);
  state->epoch = g_strdup (baton_hub_epoch (hub));
  if (reader == NULL)
    return;
  row = baton_reader_row (reader, BATON_ENTITY_WORKSPACE, BATON_WORKSPACE_ID);
  state->name = g_strdup (row != NULL ? baton_row_text (row, BATON_WORKSPACE_NAME) : NULL);
  state->workspace = baton_reader_meta (reader, "server.workspace");
  backup = baton_reader_meta (reader, "server.backup");
  backup_at = baton_reader_meta (reader, "server.backup_at");
  state->backup = backup != NULL ? g_ascii_strtoll (backup, NULL, 10) : 0;
  state->backup_at = backup_at != NULL ? g_ascii_strtoll (backup_at, NULL, 10) : 0;
  baton_reader_close (reader);
}

static void
checkpoint_work (BatonHub *hub, gpointer data)
{
  baton_store_checkpoint (baton_hub_store (hub));
}

/* In a quiet moment, what was committed moves into the database, so that no commit has to wait for that. */
static gboolean
idle_cb (gpointer data)
{
  BatonServed *served = data;
  gboolean quiet = served->idle_head == served->state.head;

  served->idle_head = served->state.head;
  if (quiet && served->moved != served->state.head)
    {
      served->moved = served->state.head;
      baton_hub_thread_run (served->hub, checkpoint_work, NULL, NULL);
    }
  return G_SOURCE_CONTINUE;
}

static void
start_reading (BatonServed *served, Reader reader)
{
  static const char *const names[N_READERS] = { "reading", "long reading" };
  Question *first = g_new0 (Question, 1);

  first->served = served;
  first->reader = reader;
  served->questions[reader] = g_async_queue_new ();
  served->threads[reader] = g_thread_new (names[reader], read_thread, first);
}

BatonServed *
baton_served_new (const char *folder, BatonServedTail tail, gpointer data, GError **error)
{
  g_autoptr (BatonHub) hub = baton_hub_open (folder, error);
  BatonServed *served;

  if (hub == NULL || !name_workspace (hub, error))
    return NULL;
  served = g_new0 (BatonServed, 1);
  served->database = g_strdup (baton_hub_database (hub));
  served->tail = tail;
  served->data = data;
  read_state (hub, &served->state);
  served->told = served->state.head;
  baton_allow_attach (hub);
  served->hub = baton_hub_thread_new (g_steal_pointer (&hub), grown_cb, served);
  for (guint i = 0; i < N_READERS; i++)
    start_reading (served, i);
  served->idle_timer = g_timeout_add_seconds (IDLE_CHECK, idle_cb, served);
  return served;
}

void
baton_served_free (BatonServed *served)
{
  served->closing = TRUE;
  g_clear_handle_id (&served->idle_timer, g_source_remove);
  g_clear_handle_id (&served->tail_timer, g_source_remove);
  for (guint i = 0; i < N_READERS; i++)
    {
      g_async_queue_push (served->questions[i], g_new0 (Question, 1));
      g_thread_join (served->threads[i]);
    }
  /* The last one that closes a database moves its log into it, and only the writer can. */
  g_clear_pointer (&served->hub, baton_hub_thread_free);
  while (served->waiting > 0)
    g_main_context_iteration (NULL, TRUE); /* answers on their way */
  g_clear_handle_id (&served->tail_timer, g_source_remove);
  for (guint i = 0; i < N_READERS; i++)
    g_async_queue_unref (served->questions[i]);
  g_free (served->state.workspace);
  g_free (served->state.name);
  g_free (served->state.epoch);
  g_free (served->state.trouble);
  g_free (served->database);
  g_free (served);
}

BatonServedState *
baton_served_state (BatonServed *served)
{
  BatonServedState *state = g_memdup2 (&served->state, sizeof served->state);

  state->workspace = g_strdup (state->workspace);
  state->name = g_strdup (state->name);
  state->epoch = g_strdup (state->epoch);
  state->trouble = g_strdup (state->trouble);
  return state;
}

gint64
baton_served_head (BatonServed *served)
{
  return served->state.head;
}

guint
baton_served_waiting (BatonServed *served)
{
  return baton_hub_thread_waiting (served->hub) + served->waiting;
}

typedef struct
{
  BatonServed *served;
  BatonServedFunc func;
  gpointer data;
} Push;

/* A full disk ends with the next push that can be written. */
static void
note_trouble (BatonServed *served, guint status)
{
  gboolean failed = status == 507 || status == 503;

  if (failed == (served->state.trouble != NULL))
    return;
  g_clear_pointer (&served->state.trouble, g_free);
  if (failed)
    served->state.trouble = g_strdup (status == 507 ? "full" : "busy");
}

static void
pushed_cb (guint status, GString *reply, gpointer data)
{
  g_autofree Push *push = data;

  note_trouble (push->served, status);
  push->func (status, g_string_new_len (reply->str, (gssize) reply->len), push->data);
}

void
baton_served_push (BatonServed *served, const char *person, BatonRole role, int protocol, GByteArray *body,
    BatonServedFunc func, gpointer data)
{
  BatonHubPerson who = { (char *) person, (char *) baton_role_name (role), protocol };
  Push *push = g_new0 (Push, 1);

  push->served = served;
  push->func = func;
  push->data = data;
  baton_hub_thread_push (served->hub, &who, body_text (body), body->len, pushed_cb, push);
}

typedef struct
{
  char *person;
  char *name;
  GError *error;
  BatonServedFunc func;
  gpointer data;
} Newcomer;

static void
add_person_work (BatonHub *hub, gpointer data)
{
  Newcomer *newcomer = data;
  BatonReader *reader = baton_reader_open (baton_hub_database (hub), &newcomer->error);
  g_autoptr (BatonRow) there =
      reader != NULL ? baton_reader_row (reader, BATON_ENTITY_PERSON, newcomer->person) : NULL;
  BatonOp *op;
  BatonRow *row;

  g_clear_pointer (&reader, baton_reader_close);
  if (there != NULL || newcomer->error != NULL)
    return;
  op = baton_op_new (BATON_VERB_PERSON_ADD);
  op->person = g_strdup (newcomer->person);
  row = baton_op_add_row (op, BATON_ENTITY_PERSON, newcomer->person);
  baton_row_set_text (row, BATON_PERSON_NAME, newcomer->name);
  baton_hub_perform (hub, op, g_get_real_time (), &newcomer->error);
}

static void
added_cb (gpointer data)
{
  Newcomer *newcomer = data;

  newcomer->func (newcomer->error == NULL ? 200 : 500,
      g_string_new (newcomer->error != NULL ? newcomer->error->message : ""), newcomer->data);
  g_clear_error (&newcomer->error);
  g_free (newcomer->person);
  g_free (newcomer->name);
  g_free (newcomer);
}

void
baton_served_add_person (
    BatonServed *served, const char *person, const char *name, BatonServedFunc func, gpointer data)
{
  Newcomer *newcomer = g_new0 (Newcomer, 1);

  newcomer->person = g_strdup (person);
  newcomer->name = g_strdup (name);
  newcomer->func = func;
  newcomer->data = data;
  baton_hub_thread_run (served->hub, add_person_work, added_cb, newcomer);
}

typedef struct
{
  gint64 seq;
  gint64 at;
  GDestroyNotify done;
  gpointer data;
} Covered;

static void
noted_cb (gpointer data)
{
  g_autofree Covered *covered = data;

  if (covered->done != NULL)
    covered->done (covered->data);
}

static void
note_backup_work (BatonHub *hub, gpointer data)
{
  const Covered *covered = data;
  g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, covered->seq);
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, covered->at);

  baton_store_set_meta (baton_hub_store (hub), "server.backup", seq, NULL);
  baton_store_set_meta (baton_hub_store (hub), "server.backup_at", at, NULL);
}

void
baton_served_note_backup (BatonServed *served, gint64 seq, gint64 at, GDestroyNotify done, gpointer data)
{
  Covered *covered = g_new (Covered, 1);

  *covered = (Covered){ seq, at, done, data };
  served->state.backup = MAX (served->state.backup, seq);
  served->state.backup_at = at;
  baton_hub_thread_run (served->hub, note_backup_work, noted_cb, covered);
}
