/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "review-model.h"

#include "review-data.h"
#include "permits.h"
#include "siblings.h"

#include <glib/gi18n.h>

struct _BatonReviewModel
{
  GObject parent_instance;

  BatonWorkspace *workspace;
  char *asset;
  char *review; /* that was asked for, or NULL */
  BatonReviewData *data;
  GCancellable *loading;
  gboolean stale; /* something happened while it was being read */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonReviewModel, baton_review_model, G_TYPE_OBJECT)

static void start_loading (BatonReviewModel *self);

typedef struct
{
  char *asset;
  char *review;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->asset);
  g_free (wish->review);
  g_free (wish);
}

static gpointer
read_data (BatonReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  Wish *wish = data;

  return baton_review_data_read (reader, wish->asset, wish->review, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonReviewModel) self = user_data;
  g_autoptr (GError) error = NULL;
  BatonReviewData *data = baton_workspace_query_finish (BATON_WORKSPACE (source), result, &error);

  if (data == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("The review could not be read: %s", error->message);
      return;
    }
  g_clear_object (&self->loading);
  g_clear_pointer (&self->data, baton_review_data_free);
  self->data = data;
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->stale)
    start_loading (self);
}

static void
start_loading (BatonReviewModel *self)
{
  Wish *wish = g_new0 (Wish, 1);

  self->stale = FALSE;
  wish->asset = g_strdup (self->asset);
  wish->review = g_strdup (self->review);
  self->loading = g_cancellable_new ();
  baton_workspace_query_async (self->workspace, read_data, wish, wish_free,
      (GDestroyNotify) baton_review_data_free, self->loading, loaded_cb, g_object_ref (self));
}

static void
refresh (BatonReviewModel *self)
{
  if (self->loading != NULL)
    self->stale = TRUE;
  else
    start_loading (self);
}

static gboolean
touches (BatonReviewModel *self, const BatonEffect *effect)
{
  const char *card = self->data != NULL ? baton_row_text (self->data->asset, BATON_ASSET_CARD) : NULL;

  for (guint i = 0; i < effect->cards->len; i++)
    {
      if (card == NULL || g_str_equal (g_ptr_array_index (effect->cards, i), card))
        return TRUE;
    }
  for (guint i = 0; i < effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (effect->changes, i);

      if (change->entity == BATON_ENTITY_REVIEW_CHECK || change->entity == BATON_ENTITY_ASSET_TYPE)
        return TRUE;
    }
  return FALSE;
}

static void
performed_cb (BatonWorkspace *workspace, gpointer op, gpointer effect, BatonReviewModel *self)
{
  if (touches (self, effect))
    refresh (self);
}

static void
baton_review_model_dispose (GObject *object)
{
  BatonReviewModel *self = BATON_REVIEW_MODEL (object);

  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (baton_review_model_parent_class)->dispose (object);
}

static void
baton_review_model_finalize (GObject *object)
{
  BatonReviewModel *self = BATON_REVIEW_MODEL (object);

  g_free (self->asset);
  g_free (self->review);
  g_clear_pointer (&self->data, baton_review_data_free);
  G_OBJECT_CLASS (baton_review_model_parent_class)->finalize (object);
}

static void
baton_review_model_class_init (BatonReviewModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_review_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_review_model_finalize;
  signals[CHANGED] = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_review_model_init (BatonReviewModel *self)
{
}

BatonReviewModel *
baton_review_model_new (BatonWorkspace *workspace, const char *asset, const char *review)
{
  BatonReviewModel *self = g_object_new (BATON_TYPE_REVIEW_MODEL, NULL);

  self->workspace = g_object_ref (workspace);
  self->asset = g_strdup (asset);
  self->review = g_strdup (review);
  g_signal_connect (workspace, "performed", G_CALLBACK (performed_cb), self);
  g_signal_connect_swapped (workspace, "reloaded", G_CALLBACK (refresh), self);
  start_loading (self);
  return self;
}

BatonWorkspace *
baton_review_model_workspace (BatonReviewModel *self)
{
  return self->workspace;
}

const char *
baton_review_model_asset_id (BatonReviewModel *self)
{
  return self->asset;
}

gboolean
baton_review_model_is_loaded (BatonReviewModel *self)
{
  return self->data != NULL;
}

gboolean
baton_review_model_can_edit (BatonReviewModel *self)
{
  return baton_workspace_why_not (self->workspace, BATON_VERB_REVIEW_DECIDE) == NULL;
}

const BatonRow *
baton_review_model_card (BatonReviewModel *self)
{
  return self->data != NULL ? self->data->card : NULL;
}

const BatonRow *
baton_review_model_asset (BatonReviewModel *self)
{
  return self->data != NULL ? self->data->asset : NULL;
}

const BatonRow *
baton_review_model_review (BatonReviewModel *self)
{
  return self->data != NULL ? self->data->review : NULL;
}

const GPtrArray *
baton_review_model_versions (BatonReviewModel *self)
{
  return self->data != NULL ? self->data->versions : NULL;
}

const BatonRow *
baton_review_model_version (BatonReviewModel *self, const char *id)
{
  for (guint i = 0; self->data != NULL && id != NULL && i < self->data->versions->len; i++)
    {
      const BatonRow *version = g_ptr_array_index (self->data->versions, i);

      if (g_str_equal (version->id, id))
        return version;
    }
  return NULL;
}

const BatonRow *
baton_review_model_subject (BatonReviewModel *self)
{
  const BatonRow *review = baton_review_model_review (self);
  const BatonRow *version =
      review != NULL ? baton_review_model_version (self, baton_row_text (review, BATON_REVIEW_VERSION))
                     : NULL;

  if (version != NULL)
    return version;
  return self->data != NULL && self->data->versions->len > 0 ? g_ptr_array_index (self->data->versions, 0)
                                                             : NULL;
}

const BatonRow *
baton_review_model_predecessor (BatonReviewModel *self, const BatonRow *version)
{
  const BatonRow *parent = baton_review_model_version (self, baton_row_text (version, BATON_VERSION_PARENT));

  for (guint i = 0; parent == NULL && i < self->data->versions->len; i++)
    {
      const BatonRow *other = g_ptr_array_index (self->data->versions, i);

      if (baton_row_int (other, BATON_VERSION_NUMBER) < baton_row_int (version, BATON_VERSION_NUMBER))
        parent = other;
    }
  return parent;
}

const BatonRow *
baton_review_model_sibling (BatonReviewModel *self, const BatonRow *version)
{
  const BatonRow *found = NULL;

  for (guint i = 0; self->data != NULL && i < self->data->versions->len; i++)
    {
      const BatonRow *other = g_ptr_array_index (self->data->versions, i);

      if (!baton_versions_are_siblings (baton_review_model_asset (self), version, other))
        continue;
      if (g_strcmp0 (baton_row_text (baton_review_model_asset (self), BATON_ASSET_CURRENT), other->id) == 0)
        return other;
      if (found == NULL)
        found = other;
    }
  return found;
}

gboolean
baton_review_model_is_newest (BatonReviewModel *self, const BatonRow *version)
{
  return self->data != NULL && self->data->versions->len > 0 &&
         g_ptr_array_index (self->data->versions, 0) == version;
}

const GPtrArray *
baton_review_model_checks (BatonReviewModel *self)
{
  return self->data != NULL ? self->data->checks : NULL;
}

const GPtrArray *
baton_review_model_answers (BatonReviewModel *self)
{
  return self->data != NULL ? self->data->answers : NULL;
}

const GPtrArray *
baton_review_model_decisions (BatonReviewModel *self)
{
  return self->data != NULL ? self->data->decisions : NULL;
}

const GPtrArray *
baton_review_model_excuses (BatonReviewModel *self)
{
  return self->data != NULL ? self->data->excuses : NULL;
}

const BatonRow *
baton_review_model_answer (BatonReviewModel *self, const char *check, const char *person)
{
  if (person == NULL)
    person = baton_workspace_me (self->workspace);
  for (guint i = 0; self->data != NULL && i < self->data->answers->len; i++)
    {
      const BatonRow *answer = g_ptr_array_index (self->data->answers, i);

      if (g_strcmp0 (baton_row_text (answer, BATON_ANSWER_CHECK), check) == 0 &&
          g_strcmp0 (baton_row_text (answer, BATON_ANSWER_PERSON), person) == 0)
        return answer;
    }
  return NULL;
}

const BatonRow *
baton_review_model_failed (BatonReviewModel *self, const BatonRow **said)
{
  for (guint i = 0; self->data != NULL && i < self->data->checks->len; i++)
    {
      const BatonRow *check = g_ptr_array_index (self->data->checks, i);

      for (guint j = 0; j < self->data->answers->len; j++)
        {
          const BatonRow *answer = g_ptr_array_index (self->data->answers, j);

          if (g_strcmp0 (baton_row_text (answer, BATON_ANSWER_CHECK), check->id) != 0 ||
              g_strcmp0 (baton_row_text (answer, BATON_ANSWER_STATE), "failed") != 0)
            continue;
          if (said != NULL)
            *said = answer;
          return check;
        }
    }
  return NULL;
}

gboolean
baton_review_model_waits_for_me (BatonReviewModel *self)
{
  const BatonRow *review = baton_review_model_review (self);
  const char *me = baton_workspace_me (self->workspace);

  if (review == NULL || me == NULL || baton_row_int (review, BATON_REVIEW_CLOSED) != 0 ||
      baton_row_int (review, BATON_REVIEW_REMOVED) != 0 ||
      !baton_set_contains (baton_row_text (review, BATON_REVIEW_REVIEWERS), me))
    return FALSE;
  for (guint i = 0; i < self->data->decisions->len; i++)
    {
      if (g_strcmp0 (
              baton_row_text (g_ptr_array_index (self->data->decisions, i), BATON_DECISION_PERSON), me) == 0)
        return FALSE;
    }
  return TRUE;
}

const char *
baton_review_model_person (BatonReviewModel *self, const char *person)
{
  return baton_workspace_name_of (self->workspace, BATON_ENTITY_PERSON, person, _ ("Somebody"));
}

static void
thread_free (gpointer data)
{
  BatonThread *thread = data;

  g_clear_pointer (&thread->mark, baton_mark_free);
  g_ptr_array_unref (thread->replies);
  g_free (thread);
}

static BatonThread *
thread_new (const BatonRow *comment, const BatonRow *version, const BatonRow *shown, guint number)
{
  BatonThread *thread = g_new0 (BatonThread, 1);
  BatonMarkShape shape = baton_mark_shape (baton_row_text (comment, BATON_COMMENT_SHAPE));

  thread->number = number;
  thread->comment = comment;
  thread->version = version;
  thread->mark = shape != BATON_MARK_NONE
                     ? baton_mark_parse (shape, baton_row_text (comment, BATON_COMMENT_PLACE))
                     : NULL;
  thread->page = (int) CLAMP (baton_row_int (comment, BATON_COMMENT_PAGE) - 1, 0, G_MAXINT);
  thread->resolved = baton_row_int (comment, BATON_COMMENT_RESOLVED) != 0;
  thread->carried = version != shown;
  thread->kept =
      thread->carried && baton_set_contains (baton_row_text (comment, BATON_COMMENT_KEPT), shown->id);
  thread->replies = g_ptr_array_new ();
  return thread;
}

static BatonThread *
find_thread (const GPtrArray *threads, const char *comment)
{
  for (guint i = 0; comment != NULL && i < threads->len; i++)
    {
      BatonThread *thread = g_ptr_array_index (threads, i);

      if (g_str_equal (thread->comment->id, comment))
        return thread;
      for (guint j = 0; j < thread->replies->len; j++)
        {
          if (g_str_equal (((const BatonRow *) g_ptr_array_index (thread->replies, j))->id, comment))
            return thread;
        }
    }
  return NULL;
}

GPtrArray *
baton_review_model_threads (BatonReviewModel *self, const BatonRow *shown)
{
  GPtrArray *threads = g_ptr_array_new_with_free_func (thread_free);
  guint number = 0;

  for (guint i = 0; self->data != NULL && i < self->data->comments->len; i++)
    {
      const BatonRow *comment = g_ptr_array_index (self->data->comments, i);
      const char *reply_to = baton_row_text (comment, BATON_COMMENT_REPLY_TO);
      const BatonRow *version =
          baton_review_model_version (self, baton_row_text (comment, BATON_COMMENT_VERSION));
      BatonThread *thread = find_thread (threads, reply_to);

      if (reply_to == NULL)
        number++;
      if (thread != NULL)
        g_ptr_array_add (thread->replies, (gpointer) comment);
      else if (version != NULL && reply_to == NULL &&
               baton_row_int (version, BATON_VERSION_NUMBER) <= baton_row_int (shown, BATON_VERSION_NUMBER))
        g_ptr_array_add (threads, thread_new (comment, version, shown, number));
    }
  return threads;
}
