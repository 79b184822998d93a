/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "review-view-private.h"

#include "decoder.h"
#include "minutes.h"
#include "review-words.h"

#include <glib/gi18n.h>

enum
{
  POSITION_CHANGED,
  DECIDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonReviewView, baton_review_view, GTK_TYPE_BOX)

const BatonRow *
baton_review_view_newer (BatonReviewView *self)
{
  const BatonRow *chosen = baton_review_model_version (self->model, self->newer);

  return chosen != NULL ? chosen : baton_review_model_subject (self->model);
}

const BatonRow *
baton_review_view_older (BatonReviewView *self)
{
  const BatonRow *newer = baton_review_view_newer (self);
  const BatonRow *chosen = baton_review_model_version (self->model, self->older);
  const BatonRow *sibling;

  if (newer == NULL)
    return NULL;
  /* Where there is something to choose, that is seen first; a review looks at what has changed. */
  sibling = chosen == NULL && self->review == NULL ? baton_review_model_sibling (self->model, newer) : NULL;
  if (sibling != NULL)
    return sibling;
  return chosen != NULL && chosen != newer ? chosen : baton_review_model_predecessor (self->model, newer);
}

static void
prepare_ahead_cb (BatonReviewModel *ahead, BatonReviewView *self)
{
  const BatonRow *version = baton_review_model_subject (ahead);

  if (version == NULL)
    return;
  baton_version_contents_get (self->contents, version, TRUE);
  baton_version_contents_get (self->contents, baton_review_model_predecessor (ahead, version), TRUE);
}

/* The next one is read and decoded while this one is looked at. */
static void
prepare_ahead (BatonReviewView *self)
{
  BatonQueueItem *next = baton_queue_model_peek (self->queue, self->last_position + 1);
  const BatonWaiting *waiting = next != NULL ? baton_queue_item_waiting (next) : NULL;

  if (waiting == NULL || g_strcmp0 (self->ahead_review, waiting->review->id) == 0 ||
      g_strcmp0 (self->review, waiting->review->id) == 0)
    return;
  g_clear_object (&self->ahead);
  g_free (self->ahead_review);
  self->ahead_review = g_strdup (waiting->review->id);
  self->ahead = baton_review_model_new (self->workspace, waiting->asset->id, waiting->review->id);
  g_signal_connect_object (self->ahead, "changed", G_CALLBACK (prepare_ahead_cb), self, 0);
}

static void
update (BatonReviewView *self)
{
  const BatonRow *newer, *older;
  gint64 now = g_get_real_time ();
  g_autofree char *newer_label = NULL, *older_label = NULL;

  if (self->model == NULL || !baton_review_model_is_loaded (self->model))
    return;
  newer = baton_review_view_newer (self);
  older = baton_review_view_older (self);
  if (newer == NULL)
    return;
  newer_label = baton_review_version_label (self->model, newer, now);
  older_label = older != NULL ? baton_review_version_label (self->model, older, now) : NULL;
  baton_compare_view_set (self->compare, baton_version_contents_get (self->contents, newer, FALSE),
      newer_label, baton_version_contents_get (self->contents, older, FALSE), older_label);
  baton_sibling_bar_show (self->siblings, self->model, newer, older,
      self->side != NULL ? baton_review_side_notice (self->side) : NULL);
  baton_version_strip_show (self->strip, self->model, newer->id, older != NULL ? older->id : NULL);
  baton_conversation_set_version (baton_review_side_conversation (self->side), newer->id);
  baton_decision_bar_look_at (baton_review_side_decision (self->side), newer);
  baton_review_view_update_marks (self);
  if (self->review != NULL)
    prepare_ahead (self);
  if (self->excusing && self->side != NULL)
    {
      self->excusing = FALSE;
      baton_decision_bar_excuse (baton_review_side_decision (self->side));
    }
}

void
baton_review_view_excuse (BatonReviewView *self)
{
  g_return_if_fail (BATON_IS_REVIEW_VIEW (self));
  self->excusing = TRUE;
  update (self);
}

static char *
decided_words (BatonReviewView *self, const char *decision)
{
  const BatonRow *card = baton_review_model_card (self->model);
  const char *title = card != NULL ? baton_row_text (card, BATON_CARD_TITLE) : "";

  if (g_str_equal (decision, "approved"))
    return g_strdup_printf (_ ("Approved “%s”"), title);
  if (g_str_equal (decision, "approved_with_changes"))
    return g_strdup_printf (_ ("Approved “%s” with changes"), title);
  if (g_str_equal (decision, "changes_requested"))
    return g_strdup_printf (_ ("Asked for changes to “%s”"), title);
  return g_strdup_printf (_ ("Said that the window for “%s” cannot be made"), title);
}

/* The next one is there at once; the queue follows. */
static void
decided_cb (BatonDecisionBar *bar, const char *decision, BatonReviewView *self)
{
  g_autofree char *words = decided_words (self, decision);
  guint position, n;

  if (baton_review_view_position (self, &position, &n) && n > 1)
    {
      BatonQueueItem *next =
          baton_queue_model_peek (self->queue, position + 1 < n ? position + 1 : position - 1);

      baton_review_view_show_review (self, baton_queue_item_waiting (next)->review->id);
      /* What had the keyboard may be gone: a popover that was confirmed by Enter, with its button. */
      baton_review_view_focus (self);
    }
  g_signal_emit (self, signals[DECIDED], 0, words);
}

static void
drop_side (BatonReviewView *self)
{
  baton_review_view_close_thread (self);
  if (self->side != NULL)
    gtk_box_remove (self->side_box, GTK_WIDGET (self->side));
  self->side = NULL;
}

static void
add_side (BatonReviewView *self)
{
  self->side = BATON_REVIEW_SIDE (baton_review_side_new (self->model));
  gtk_widget_set_vexpand (GTK_WIDGET (self->side), TRUE);
  gtk_box_append (self->side_box, GTK_WIDGET (self->side));
  baton_review_view_follow_conversation (self);
  g_signal_connect_object (
      baton_review_side_decision (self->side), "decided", G_CALLBACK (decided_cb), self, 0);
}

static void
show_model (BatonReviewView *self, BatonReviewModel *model)
{
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, update, self);
  drop_side (self);
  g_set_object (&self->model, model);
  g_clear_pointer (&self->newer, g_free);
  g_clear_pointer (&self->older, g_free);
  baton_marks_layer_set_tool (self->marks, BATON_MARK_NONE);
  baton_review_view_select_mark (self, NULL);
  gtk_stack_set_visible_child_name (self->stack, model != NULL ? "review" : "nothing");
  if (model != NULL)
    {
      add_side (self);
      g_signal_connect_object (model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      update (self);
      if (had_focus)
        baton_review_view_focus (self);
    }
  g_signal_emit (self, signals[POSITION_CHANGED], 0);
}

void
baton_review_view_show_review (BatonReviewView *self, const char *review)
{
  g_autoptr (BatonReviewModel) model = NULL;
  const BatonWaiting *waiting;
  guint position;

  if (self->queue == NULL || !baton_queue_model_find (self->queue, review, &position))
    return;
  waiting = baton_queue_item_waiting (baton_queue_model_peek (self->queue, position));
  self->last_position = position;
  if (g_strcmp0 (self->review, review) == 0)
    return;
  if (g_strcmp0 (self->ahead_review, review) == 0)
    model = g_steal_pointer (&self->ahead);
  if (model == NULL)
    model = baton_review_model_new (self->workspace, waiting->asset->id, review);
  else
    g_clear_pointer (&self->ahead_review, g_free);
  g_free (self->review);
  self->review = g_strdup (review);
  show_model (self, model);
}

void
baton_review_view_show_asset (BatonReviewView *self, const char *asset)
{
  g_autoptr (BatonReviewModel) model = NULL;

  if (self->workspace == NULL)
    return;
  g_clear_pointer (&self->review, g_free);
  model = baton_review_model_new (self->workspace, asset, NULL);
  show_model (self, model);
}

void
baton_review_view_step (BatonReviewView *self, gboolean forward)
{
  guint position, n = self->queue != NULL ? baton_queue_model_size (self->queue) : 0;
  BatonQueueItem *item;

  if (n == 0)
    return;
  if (!baton_review_view_position (self, &position, &n))
    position = forward ? G_MAXUINT : n;
  if (forward ? position + 1 >= n : position == 0)
    return;
  item = baton_queue_model_peek (self->queue, forward ? position + 1 : position - 1);
  baton_review_view_show_review (self, baton_queue_item_waiting (item)->review->id);
}

gboolean
baton_review_view_position (BatonReviewView *self, guint *position, guint *n)
{
  *n = self->queue != NULL ? baton_queue_model_size (self->queue) : 0;
  return self->queue != NULL && self->review != NULL &&
         baton_queue_model_find (self->queue, self->review, position);
}

const char *
baton_review_view_review (BatonReviewView *self)
{
  return self->review;
}

const char *
baton_review_view_asset (BatonReviewView *self)
{
  return self->model != NULL ? baton_review_model_asset_id (self->model) : NULL;
}

/* What is shown stays until it is decided; when it waits no more, the one that took its place comes. */
static void
queue_loaded_cb (BatonQueueModel *queue, BatonReviewView *self)
{
  guint position, n = baton_queue_model_size (queue);

  if (self->review == NULL && self->model != NULL)
    {
      g_signal_emit (self, signals[POSITION_CHANGED], 0);
      return;
    }
  if (self->review != NULL && baton_queue_model_find (queue, self->review, &position))
    {
      self->last_position = position;
      g_signal_emit (self, signals[POSITION_CHANGED], 0);
      return;
    }
  if (n > 0)
    {
      BatonQueueItem *item = baton_queue_model_peek (queue, MIN (self->last_position, n - 1));

      baton_review_view_show_review (self, baton_queue_item_waiting (item)->review->id);
      return;
    }
  g_clear_pointer (&self->review, g_free);
  show_model (self, NULL);
}

static void
minute_cb (gpointer data)
{
  BatonReviewView *self = data;

  if (self->side != NULL)
    baton_review_side_tick (self->side);
}

static void
forget (BatonReviewView *self)
{
  if (self->queue != NULL)
    g_signal_handlers_disconnect_by_data (self->queue, self);
  g_clear_object (&self->queue);
  g_clear_object (&self->ahead);
  g_clear_pointer (&self->ahead_review, g_free);
  g_clear_pointer (&self->review, g_free);
  self->last_position = 0;
  if (self->stack != NULL)
    {
      baton_compare_view_set (self->compare, NULL, NULL, NULL, NULL);
      show_model (self, NULL);
    }
  baton_version_contents_set_workspace (self->contents, NULL);
}

void
baton_review_view_set_workspace (BatonReviewView *self, BatonWorkspace *workspace)
{
  if (self->workspace == workspace)
    return;
  forget (self);
  g_set_object (&self->workspace, workspace);
  if (workspace == NULL)
    return;
  baton_version_contents_set_workspace (self->contents, workspace);
  baton_decoder_warm_up (baton_decoder_get_default ());
  self->queue = baton_queue_model_get (workspace);
  g_signal_connect (self->queue, "loaded", G_CALLBACK (queue_loaded_cb), self);
  if (baton_queue_model_is_loaded (self->queue))
    queue_loaded_cb (self->queue, self);
}

void
baton_review_view_focus (BatonReviewView *self)
{
  BatonCompareMedia *media = baton_compare_view_media (self->compare);
  GtkWidget *text = GTK_WIDGET (baton_compare_view_text (self->compare));

  if (baton_compare_media_is_shown (media))
    baton_media_pane_focus (baton_compare_media_pane (media, FALSE));
  else if (gtk_widget_get_mapped (text))
    gtk_widget_child_focus (text, GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (GTK_WIDGET (baton_compare_view_picture (self->compare, FALSE)));
}

BatonReviewModel *
baton_review_view_model (BatonReviewView *self)
{
  return self->model;
}

BatonReviewSide *
baton_review_view_side (BatonReviewView *self)
{
  return self->side;
}

BatonCompareView *
baton_review_view_compare (BatonReviewView *self)
{
  return self->compare;
}

BatonMarksLayer *
baton_review_view_marks (BatonReviewView *self)
{
  return self->marks;
}

static void
shown_cb (BatonVersionStrip *strip, const char *version, BatonReviewView *self)
{
  g_free (self->newer);
  self->newer = g_strdup (version);
  g_clear_pointer (&self->older, g_free);
  update (self);
}

static void
compared_cb (BatonVersionStrip *strip, const char *version, BatonReviewView *self)
{
  g_free (self->older);
  self->older = g_strdup (version);
  update (self);
}

static void
baton_review_view_dispose (GObject *object)
{
  BatonReviewView *self = BATON_REVIEW_VIEW (object);

  baton_review_view_set_workspace (self, NULL);
  self->stack = NULL;
  G_OBJECT_CLASS (baton_review_view_parent_class)->dispose (object);
}

static void
baton_review_view_finalize (GObject *object)
{
  BatonReviewView *self = BATON_REVIEW_VIEW (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->text_marks); i++)
    g_object_unref (self->text_marks[i]);
  baton_version_contents_free (self->contents);
  g_free (self->newer);
  g_free (self->older);
  G_OBJECT_CLASS (baton_review_view_parent_class)->finalize (object);
}

static void
baton_review_view_class_init (BatonReviewViewClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_review_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_review_view_finalize;
  signals[POSITION_CHANGED] =
      g_signal_new ("position-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DECIDED] =
      g_signal_new ("decided", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
create_nothing (void)
{
  return g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "object-select-symbolic", "title",
      _ ("Nothing waits for you"), "description",
      _ ("When somebody asks you to review a version, it appears here with its predecessor and the criteria: "
         "the most "
         "urgent first. To ask others, open a card and choose “Request review…”."),
      NULL);
}

static GtkWidget *
create_review (BatonReviewView *self)
{
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->compare = BATON_COMPARE_VIEW (baton_compare_view_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->compare), TRUE);
  gtk_box_append (GTK_BOX (left), GTK_WIDGET (self->compare));
  self->siblings = BATON_SIBLING_BAR (baton_sibling_bar_new ());
  gtk_box_append (GTK_BOX (left), GTK_WIDGET (self->siblings));
  self->strip = BATON_VERSION_STRIP (baton_version_strip_new ());
  gtk_box_append (GTK_BOX (left), GTK_WIDGET (self->strip));
  gtk_widget_set_hexpand (left, TRUE);
  gtk_widget_add_css_class (left, "review-ground");
  gtk_box_append (GTK_BOX (pair), left);
  gtk_box_append (GTK_BOX (pair), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  self->side_box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_widget_set_hexpand (GTK_WIDGET (self->side_box), FALSE);
  gtk_box_append (GTK_BOX (pair), GTK_WIDGET (self->side_box));
  return pair;
}

static void
baton_review_view_init (BatonReviewView *self)
{
  self->contents = baton_version_contents_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->stack));
  gtk_stack_add_named (self->stack, create_nothing (), "nothing");
  gtk_stack_add_named (self->stack, create_review (self), "review");
  baton_review_view_add_marks (self);
  baton_review_view_add_media (self);
  g_signal_connect (self->strip, "shown", G_CALLBACK (shown_cb), self);
  g_signal_connect (self->strip, "compared", G_CALLBACK (compared_cb), self);
  baton_review_view_add_keys (self);
  baton_each_minute (GTK_WIDGET (self), minute_cb);
}

GtkWidget *
baton_review_view_new (void)
{
  return g_object_new (BATON_TYPE_REVIEW_VIEW, NULL);
}
