/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "board.h"

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

struct _BatonBoardThread
{
  BatonHubThread *hub;
  GThread *threads[N_READERS];
  GAsyncQueue *questions[N_READERS]; /* Question */
  char *database;
  BatonBoardTail tail;
  gpointer data;
  BatonBoardState state;
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
baton_board_state_free (BatonBoardState *state)
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
  BatonBoardThread *board;
  Reader reader;
  Ask ask;    /* NULL: the thread ends */
  char *text; /* epoch, board, id or body */
  char *device;
  gint64 number;
  guint most;
  gboolean known;
  guint status;
  GString *answer;
  BatonBoardFunc func;
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

  question->board->waiting--;
  question->func (question->status, question->answer, question->data);
  question_free (question);
  return G_SOURCE_REMOVE;
}

static gpointer
read_thread (gpointer data)
{
  Question *first = data;
  BatonBoardThread *board = first->board;
  GAsyncQueue *questions = board->questions[first->reader];
  BatonHubSnapshots *snapshots = baton_hub_snapshots_new ();
  BatonReader *reader = NULL;
  Question *question;

  while ((question = g_async_queue_pop (questions))->ask != NULL)
    {
      question->answer = g_string_new (NULL);
      if (reader == NULL)
        reader = baton_reader_open (board->database, NULL);
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
ask (BatonBoardThread *board, Ask how, const char *text, BatonBoardFunc func, gpointer data)
{
  Question *question = g_new0 (Question, 1);

  question->board = board;
  question->ask = how;
  question->text = g_strdup (text);
  question->func = func;
  question->data = data;
  board->waiting++;
  return question;
}

static void
post (Question *question)
{
  g_async_queue_push (question->board->questions[question->reader], question);
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
baton_board_hello (
    BatonBoardThread *board, gboolean known, GByteArray *body, BatonBoardFunc func, gpointer data)
{
  g_autofree char *text = body_text (body);
  Question *question = ask (board, ask_hello, text, func, data);

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
baton_board_pull (BatonBoardThread *board, const char *epoch, const char *device, gint64 after, guint most,
    BatonBoardFunc func, gpointer data)
{
  Question *question = ask (board, ask_pull, epoch, func, data);

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
baton_board_history (
    BatonBoardThread *board, const char *epoch, gint64 before, guint most, BatonBoardFunc func, gpointer data)
{
  Question *question = ask (board, ask_history, epoch, func, data);

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
baton_board_snapshot (
    BatonBoardThread *board, const char *first_board, const char *device, BatonBoardFunc func, gpointer data)
{
  Question *question = ask (board, ask_snapshot, first_board, func, data);

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
baton_board_snapshot_part (
    BatonBoardThread *board, const char *id, guint part, BatonBoardFunc func, gpointer data)
{
  Question *question = ask (board, ask_part, id, func, data);

  question->reader = LONG;
  question->number = part;
  post (question);
}

static void tell (BatonBoardThread *board);

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
  BatonBoardThread *board = question->board;

  board->telling = FALSE;
  if (question->text != NULL && g_strcmp0 (question->text, board->state.name) != 0)
    {
      g_free (board->state.name);
      board->state.name = g_strdup (question->text);
    }
  /* The log may have grown between message and look: then these entries come twice, which does no harm. */
  board->told = MIN (question->number, board->state.head);
  if (status == 200)
    board->tail (text, board->data);
  g_string_free (text, TRUE);
  if (board->state.head > board->told)
    tell (board);
}

static gboolean
tail_timer_cb (gpointer data)
{
  BatonBoardThread *board = data;
  Question *question = ask (board, ask_tail, NULL, tail_cb, NULL);

  board->tail_timer = 0;
  board->telling = TRUE;
  question->number = board->told;
  question->data = question;
  post (question);
  return G_SOURCE_REMOVE;
}

static void
tell (BatonBoardThread *board)
{
  if (board->telling || board->tail_timer != 0 || board->closing)
    return;
  if (board->gather > 0)
    board->tail_timer = g_timeout_add (board->gather, tail_timer_cb, board);
  else
    tail_timer_cb (board);
}

static void
grown_cb (gint64 before, gint64 head, gpointer data)
{
  BatonBoardThread *board = data;

  board->state.head = head;
  tell (board);
}

void
baton_board_thread_gather (BatonBoardThread *board, guint ms)
{
  board->gather = ms;
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
read_state (BatonHub *hub, BatonBoardState *state)
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
  BatonBoardThread *board = data;
  gboolean quiet = board->idle_head == board->state.head;

  board->idle_head = board->state.head;
  if (quiet && board->moved != board->state.head)
    {
      board->moved = board->state.head;
      baton_hub_thread_run (board->hub, checkpoint_work, NULL, NULL);
    }
  return G_SOURCE_CONTINUE;
}

static void
start_reading (BatonBoardThread *board, Reader reader)
{
  static const char *const names[N_READERS] = { "reading", "long reading" };
  Question *first = g_new0 (Question, 1);

  first->board = board;
  first->reader = reader;
  board->questions[reader] = g_async_queue_new ();
  board->threads[reader] = g_thread_new (names[reader], read_thread, first);
}

BatonBoardThread *
baton_board_thread_new (const char *folder, BatonBoardTail tail, gpointer data, GError **error)
{
  g_autoptr (BatonHub) hub = baton_hub_open (folder, error);
  BatonBoardThread *board;

  if (hub == NULL || !name_workspace (hub, error))
    return NULL;
  board = g_new0 (BatonBoardThread, 1);
  board->database = g_strdup (baton_hub_database (hub));
  board->tail = tail;
  board->data = data;
  read_state (hub, &board->state);
  board->told = board->state.head;
  baton_allow_attach (hub);
  board->hub = baton_hub_thread_new (g_steal_pointer (&hub), grown_cb, board);
  for (guint i = 0; i < N_READERS; i++)
    start_reading (board, i);
  board->idle_timer = g_timeout_add_seconds (IDLE_CHECK, idle_cb, board);
  return board;
}

void
baton_board_thread_free (BatonBoardThread *board)
{
  board->closing = TRUE;
  g_clear_handle_id (&board->idle_timer, g_source_remove);
  g_clear_handle_id (&board->tail_timer, g_source_remove);
  for (guint i = 0; i < N_READERS; i++)
    {
      g_async_queue_push (board->questions[i], g_new0 (Question, 1));
      g_thread_join (board->threads[i]);
    }
  /* The last one that closes a database moves its log into it, and only the writer can. */
  g_clear_pointer (&board->hub, baton_hub_thread_free);
  while (board->waiting > 0)
    g_main_context_iteration (NULL, TRUE); /* answers on their way */
  g_clear_handle_id (&board->tail_timer, g_source_remove);
  for (guint i = 0; i < N_READERS; i++)
    g_async_queue_unref (board->questions[i]);
  g_free (board->state.workspace);
  g_free (board->state.name);
  g_free (board->state.epoch);
  g_free (board->state.trouble);
  g_free (board->database);
  g_free (board);
}

BatonBoardState *
baton_board_thread_state (BatonBoardThread *board)
{
  BatonBoardState *state = g_memdup2 (&board->state, sizeof board->state);

  state->workspace = g_strdup (state->workspace);
  state->name = g_strdup (state->name);
  state->epoch = g_strdup (state->epoch);
  state->trouble = g_strdup (state->trouble);
  return state;
}

gint64
baton_board_thread_head (BatonBoardThread *board)
{
  return board->state.head;
}

guint
baton_board_thread_waiting (BatonBoardThread *board)
{
  return baton_hub_thread_waiting (board->hub) + board->waiting;
}

typedef struct
{
  BatonBoardThread *board;
  BatonBoardFunc func;
  gpointer data;
} Push;

/* A full disk ends with the next push that can be written. */
static void
note_trouble (BatonBoardThread *board, guint status)
{
  gboolean failed = status == 507 || status == 503;

  if (failed == (board->state.trouble != NULL))
    return;
  g_clear_pointer (&board->state.trouble, g_free);
  if (failed)
    board->state.trouble = g_strdup (status == 507 ? "full" : "busy");
}

static void
pushed_cb (guint status, GString *reply, gpointer data)
{
  g_autofree Push *push = data;

  note_trouble (push->board, status);
  push->func (status, g_string_new_len (reply->str, (gssize) reply->len), push->data);
}

void
baton_board_push (BatonBoardThread *board, const char *person, BatonRole role, int protocol, GByteArray *body,
    BatonBoardFunc func, gpointer data)
{
  BatonHubPerson who = { (char *) person, (char *) baton_role_name (role), protocol };
  Push *push = g_new0 (Push, 1);

  push->board = board;
  push->func = func;
  push->data = data;
  baton_hub_thread_push (board->hub, &who, body_text (body), body->len, pushed_cb, push);
}

typedef struct
{
  char *person;
  char *name;
  GError *error;
  BatonBoardFunc func;
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
baton_board_add_person (
    BatonBoardThread *board, const char *person, const char *name, BatonBoardFunc func, gpointer data)
{
  Newcomer *newcomer = g_new0 (Newcomer, 1);

  newcomer->person = g_strdup (person);
  newcomer->name = g_strdup (name);
  newcomer->func = func;
  newcomer->data = data;
  baton_hub_thread_run (board->hub, add_person_work, added_cb, newcomer);
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
baton_board_note_backup (BatonBoardThread *board, gint64 seq, gint64 at, GDestroyNotify done, gpointer data)
{
  Covered *covered = g_new (Covered, 1);

  *covered = (Covered){ seq, at, done, data };
  board->state.backup = MAX (board->state.backup, seq);
  board->state.backup_at = at;
  baton_hub_thread_run (board->hub, note_backup_work, noted_cb, covered);
}
