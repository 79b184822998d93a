/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "text-marks.h"

#include "text-diff.h"

#define LONGEST_QUOTE 80

/* A comment whose place is to be found. */
typedef struct
{
  char *comment;
  guint number;
  gboolean resolved;
  char *version;
  BatonMark *mark;
  BatonContent *content; /* of its own version; NULL: there is none */
} Wish;

struct _BatonTextMarks
{
  GObject parent_instance;

  BatonVersionContents *contents;
  char *shown;
  BatonContent *content; /* of the version that is shown */
  GPtrArray *wishes;
  GPtrArray *marks;      /* BatonTextMark */
  GHashTable *spans;     /* "old new", versions → differences; NULL while they are worked out */
  GPtrArray *watched;    /* BatonContent whose text is not here yet */
  GCancellable *working; /* what is worked out for this workspace */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonTextMarks, baton_text_marks, G_TYPE_OBJECT)

static void work_out (BatonTextMarks *self);

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->comment);
  g_free (wish->version);
  baton_mark_free (wish->mark);
  g_clear_object (&wish->content);
  g_free (wish);
}

static void
mark_free (gpointer data)
{
  BatonTextMark *mark = data;

  g_free (mark->comment);
  g_free (mark->quote);
  g_free (mark);
}

static void
spans_free (gpointer data)
{
  if (data != NULL)
    g_array_unref (data);
}

typedef struct
{
  char *key;
  char *old_text, *new_text;
} Difference;

static void
difference_free (gpointer data)
{
  Difference *difference = data;

  g_free (difference->key);
  g_free (difference->old_text);
  g_free (difference->new_text);
  g_free (difference);
}

static void
difference_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Difference *difference = data;

  g_task_return_pointer (
      task, baton_text_diff (difference->old_text, difference->new_text), (GDestroyNotify) g_array_unref);
}

static void
difference_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  BatonTextMarks *self = BATON_TEXT_MARKS (source);
  const Difference *difference = g_task_get_task_data (G_TASK (result));
  GArray *spans = g_task_propagate_pointer (G_TASK (result), NULL);

  if (spans == NULL)
    return;
  g_hash_table_insert (self->spans, g_strdup (difference->key), spans);
  work_out (self);
}

/* NULL: not known yet; it is asked for, once. */
static const GArray *
spans_between (BatonTextMarks *self, const Wish *wish, const char *old_text, const char *new_text)
{
  g_autofree char *key = g_strconcat (wish->version, " ", self->shown, NULL);
  g_autoptr (GTask) task = NULL;
  Difference *difference;
  gpointer spans;

  if (g_hash_table_lookup_extended (self->spans, key, NULL, &spans))
    return spans;
  g_hash_table_insert (self->spans, g_strdup (key), NULL);
  difference = g_new0 (Difference, 1);
  difference->key = g_steal_pointer (&key);
  difference->old_text = g_strdup (old_text);
  difference->new_text = g_strdup (new_text);
  task = g_task_new (self, self->working, difference_cb, NULL);
  g_task_set_task_data (task, difference, difference_free);
  g_task_run_in_thread (task, difference_thread);
  return NULL;
}

static BatonTextMark *
mark_new (const Wish *wish)
{
  BatonTextMark *mark = g_new0 (BatonTextMark, 1);

  mark->comment = g_strdup (wish->comment);
  mark->number = wish->number;
  mark->resolved = wish->resolved;
  return mark;
}

/* NULL while it is not known. */
static BatonTextMark *
find_place (BatonTextMarks *self, const Wish *wish)
{
  const char *old_text = wish->content != NULL ? baton_content_text (wish->content) : NULL;
  const char *new_text = baton_content_text (self->content);
  const GArray *spans = NULL;
  BatonTextMark *mark;
  gsize from, to;

  if (old_text == NULL || new_text == NULL || !baton_text_mark_bytes (old_text, wish->mark, &from, &to))
    return NULL;
  if (g_strcmp0 (wish->version, self->shown) != 0)
    {
      spans = spans_between (self, wish, old_text, new_text);
      if (spans == NULL)
        return NULL;
    }
  mark = mark_new (wish);
  mark->carried = spans != NULL;
  mark->quote = baton_text_excerpt (old_text, from, to, LONGEST_QUOTE);
  mark->fate = mark->carried ? baton_text_follow (old_text, new_text, spans, &from, &to) : BATON_TEXT_SAME;
  mark->from = mark->fate != BATON_TEXT_GONE ? from : 0;
  mark->to = mark->fate != BATON_TEXT_GONE ? to : 0;
  return mark;
}

static void
work_out (BatonTextMarks *self)
{
  g_ptr_array_set_size (self->marks, 0);
  for (guint i = 0; self->content != NULL && i < self->wishes->len; i++)
    {
      BatonTextMark *mark = find_place (self, g_ptr_array_index (self->wishes, i));

      if (mark != NULL)
        g_ptr_array_add (self->marks, mark);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
unwatch (BatonTextMarks *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->watched, i), self);
  g_ptr_array_set_size (self->watched, 0);
}

static void
watch (BatonTextMarks *self, BatonContent *content)
{
  if (content == NULL || baton_content_kind (content) != BATON_CONTENT_LOADING ||
      g_ptr_array_find (self->watched, content, NULL))
    return;
  g_ptr_array_add (self->watched, g_object_ref (content));
  g_signal_connect_swapped (content, "changed", G_CALLBACK (work_out), self);
}

static void
add_wish (BatonTextMarks *self, const BatonThread *thread, const BatonRow *shown)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->comment = g_strdup (thread->comment->id);
  wish->number = thread->number;
  wish->resolved = thread->resolved;
  wish->version = g_strdup (thread->version->id);
  wish->mark = baton_mark_copy (thread->mark);
  wish->content = thread->version == shown
                      ? self->content
                      : baton_version_contents_get (self->contents, thread->version, TRUE);
  if (wish->content != NULL)
    g_object_ref (wish->content);
  watch (self, wish->content);
  g_ptr_array_add (self->wishes, wish);
}

void
baton_text_marks_show (
    BatonTextMarks *self, BatonReviewModel *model, const BatonRow *shown, gboolean open_only)
{
  g_autoptr (GPtrArray) threads = shown != NULL ? baton_review_model_threads (model, shown) : NULL;

  unwatch (self);
  g_ptr_array_set_size (self->wishes, 0);
  g_free (self->shown);
  self->shown = g_strdup (shown != NULL ? shown->id : NULL);
  g_set_object (&self->content, baton_version_contents_get (self->contents, shown, FALSE));
  watch (self, self->content);
  for (guint i = 0; threads != NULL && i < threads->len; i++)
    {
      const BatonThread *thread = g_ptr_array_index (threads, i);

      if (thread->mark != NULL && thread->mark->shape == BATON_MARK_TEXT && !(open_only && thread->resolved))
        add_wish (self, thread, shown);
    }
  work_out (self);
}

const GPtrArray *
baton_text_marks_get (BatonTextMarks *self)
{
  return self->marks;
}

static void
baton_text_marks_dispose (GObject *object)
{
  BatonTextMarks *self = BATON_TEXT_MARKS (object);

  g_cancellable_cancel (self->working);
  unwatch (self);
  g_ptr_array_set_size (self->wishes, 0);
  g_clear_object (&self->content);
  G_OBJECT_CLASS (baton_text_marks_parent_class)->dispose (object);
}

static void
baton_text_marks_finalize (GObject *object)
{
  BatonTextMarks *self = BATON_TEXT_MARKS (object);

  g_object_unref (self->working);
  g_ptr_array_unref (self->watched);
  g_ptr_array_unref (self->wishes);
  g_ptr_array_unref (self->marks);
  g_hash_table_unref (self->spans);
  g_free (self->shown);
  G_OBJECT_CLASS (baton_text_marks_parent_class)->finalize (object);
}

static void
baton_text_marks_class_init (BatonTextMarksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_text_marks_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_text_marks_finalize;
  signals[CHANGED] = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_text_marks_init (BatonTextMarks *self)
{
  self->wishes = g_ptr_array_new_with_free_func (wish_free);
  self->marks = g_ptr_array_new_with_free_func (mark_free);
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->spans = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, spans_free);
  self->working = g_cancellable_new ();
}

BatonTextMarks *
baton_text_marks_new (BatonVersionContents *contents)
{
  BatonTextMarks *self = g_object_new (BATON_TYPE_TEXT_MARKS, NULL);

  self->contents = contents;
  return self;
}
