/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "review-view-private.h"

#include "pin.h"

#include <glib/gi18n.h>

/* How long the pointer rests on a pin until its thread opens. */
#define RESTING_MS 200

static BatonConversation *
conversation_of (BatonReviewView *self)
{
  return baton_review_side_conversation (self->side);
}

static gboolean
open_only (BatonReviewView *self)
{
  return self->side != NULL && baton_conversation_unresolved_only (conversation_of (self));
}

/* What was drawn upon a frame is seen with that frame alone. */
static gboolean
is_at_its_moment (BatonReviewView *self, const BatonMark *mark, gboolean older)
{
  BatonCompareMedia *media = baton_compare_view_media (self->compare);

  return !baton_compare_media_is_shown (media) ||
         (mark->timed && baton_compare_media_is_at (media, older, mark->from));
}

static GPtrArray *
shown_marks (BatonReviewView *self, const BatonRow *version, gboolean older)
{
  g_autoptr (GPtrArray) threads = baton_review_model_threads (self->model, version);
  GPtrArray *marks = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_shown_mark_free);

  for (guint i = 0; i < threads->len; i++)
    {
      const BatonThread *thread = g_ptr_array_index (threads, i);
      BatonShownMark *mark;

      if (thread->mark == NULL || (open_only (self) && thread->resolved) ||
          !is_at_its_moment (self, thread->mark, older))
        continue;
      mark = g_new0 (BatonShownMark, 1);
      mark->comment = g_strdup (thread->comment->id);
      mark->mark = baton_mark_copy (thread->mark);
      mark->number = thread->number;
      mark->page = thread->page;
      mark->resolved = thread->resolved;
      mark->carried = thread->carried;
      g_ptr_array_add (marks, mark);
    }
  return marks;
}

static const BatonThread *
find_thread (const GPtrArray *threads, const char *comment)
{
  for (guint i = 0; i < threads->len; i++)
    {
      const BatonThread *thread = g_ptr_array_index (threads, i);

      if (g_str_equal (thread->comment->id, comment))
        return thread;
    }
  return NULL;
}

static void
show_quotes (BatonReviewView *self)
{
  const GPtrArray *marks = baton_text_marks_get (self->text_marks[0]);

  if (self->side == NULL)
    return;
  baton_conversation_set_quotes (conversation_of (self), marks);
  for (guint i = 0; self->thread != NULL && i < marks->len; i++)
    {
      const BatonTextMark *mark = g_ptr_array_index (marks, i);
      BatonThreadView *view = baton_thread_popover_view (self->thread);

      if (g_str_equal (mark->comment, baton_thread_view_comment (view)))
        baton_thread_view_set_quote (view, mark->quote, mark->fate);
    }
}

static void
text_marks_cb (BatonTextMarks *marks, BatonReviewView *self)
{
  gboolean older = marks == self->text_marks[1];

  baton_text_compare_set_marks (
      baton_compare_view_text (self->compare), older, (GPtrArray *) baton_text_marks_get (marks));
  if (!older)
    show_quotes (self);
}

/* What is open upon a pin goes on with what is known now. */
static void
update_thread (BatonReviewView *self, const BatonRow *shown)
{
  g_autoptr (GPtrArray) threads =
      self->thread != NULL && shown != NULL ? baton_review_model_threads (self->model, shown) : NULL;
  const BatonThread *thread;

  if (threads == NULL)
    return;
  thread = find_thread (threads, baton_thread_view_comment (baton_thread_popover_view (self->thread)));
  if (thread != NULL)
    baton_thread_view_update (baton_thread_popover_view (self->thread), thread, shown);
  else
    baton_review_view_close_thread (self);
}

static void
update_draft (BatonReviewView *self)
{
  const BatonMark *draft =
      self->side != NULL ? baton_conversation_draft (conversation_of (self), NULL) : NULL;

  baton_marks_layer_set_draft (
      self->marks, draft != NULL && is_at_its_moment (self, draft, FALSE) ? draft : NULL);
  baton_text_compare_set_draft (baton_compare_view_text (self->compare), draft);
  baton_review_view_update_media (self, self->model != NULL ? baton_review_view_newer (self) : NULL);
}

void
baton_review_view_update_marks (BatonReviewView *self)
{
  const BatonRow *newer = baton_review_view_newer (self), *older = baton_review_view_older (self);

  /* By turns each version is seen with what was said about it. */
  if (older != NULL && baton_compare_view_shows_older (self->compare))
    baton_marks_layer_set_marks (self->marks, shown_marks (self, older, TRUE));
  else
    baton_marks_layer_set_marks (
        self->marks, newer != NULL ? shown_marks (self, newer, FALSE) : g_ptr_array_new ());
  baton_marks_layer_set_marks (
      self->older_marks, older != NULL ? shown_marks (self, older, TRUE) : g_ptr_array_new ());
  baton_text_marks_show (self->text_marks[0], self->model, newer, open_only (self));
  baton_text_marks_show (self->text_marks[1], self->model, older, open_only (self));
  baton_text_compare_set_takes_marks (
      baton_compare_view_text (self->compare), newer != NULL && baton_review_model_can_edit (self->model) &&
                                                   baton_review_model_is_newest (self->model, newer));
  update_thread (self, newer);
  update_draft (self);
}

void
baton_review_view_set_tool (BatonReviewView *self, BatonMarkShape tool)
{
  const BatonRow *newer = self->model != NULL ? baton_review_view_newer (self) : NULL;

  if (newer == NULL || !baton_review_model_can_edit (self->model))
    return;
  if (tool != BATON_MARK_NONE && !baton_review_model_is_newest (self->model, newer))
    {
      baton_notice_say (
          baton_review_side_notice (self->side), _ ("Only the newest version takes new marks."));
      tool = BATON_MARK_NONE;
    }
  /* A frame that goes by cannot be drawn upon. */
  if (tool != BATON_MARK_NONE)
    baton_review_view_hold_frame (self);
  if (tool != BATON_MARK_NONE && baton_compare_view_shows_older (self->compare))
    baton_compare_view_toggle (self->compare);
  baton_marks_layer_set_tool (self->marks, tool);
  baton_conversation_show_tool (conversation_of (self), tool);
}

gboolean
baton_review_view_mark_selection (BatonReviewView *self)
{
  BatonTextCompare *text = baton_compare_view_text (self->compare);
  g_autoptr (BatonMark) mark =
      gtk_widget_get_mapped (GTK_WIDGET (text)) ? baton_text_compare_selection (text) : NULL;

  if (mark == NULL)
    return FALSE;
  if (!baton_text_compare_mark_selection (text))
    baton_notice_say (baton_review_side_notice (self->side), _ ("Only the newest version takes new marks."));
  return TRUE;
}

void
baton_review_view_select_mark (BatonReviewView *self, const char *comment)
{
  baton_marks_layer_select (self->marks, comment);
  baton_marks_layer_select (self->older_marks, comment);
  baton_text_compare_select (baton_compare_view_text (self->compare), comment);
}

/* To the place from the words: both are chosen. */
static void
chosen_cb (BatonConversation *conversation, const char *comment, BatonReviewView *self)
{
  g_autofree char *id = g_strdup (comment);

  baton_review_view_close_thread (self);
  baton_review_view_select_mark (self, id);
  baton_marks_layer_reveal (self->marks, id);
  baton_text_compare_reveal (baton_compare_view_text (self->compare), id);
  baton_review_view_reveal_moment (self, id);
  baton_conversation_select (conversation, id);
}

gboolean
baton_review_view_close_thread (BatonReviewView *self)
{
  g_clear_handle_id (&self->resting, g_source_remove);
  if (self->thread == NULL)
    return FALSE;
  baton_thread_popover_close (self->thread);
  return TRUE;
}

gboolean
baton_review_view_reply (BatonReviewView *self)
{
  if (self->thread == NULL)
    return FALSE;
  baton_thread_popover_hold (self->thread);
  baton_thread_view_reply (baton_thread_popover_view (self->thread));
  return TRUE;
}

static gboolean
is_open_upon (BatonReviewView *self, BatonPin *pin)
{
  return self->thread != NULL && gtk_widget_get_parent (GTK_WIDGET (self->thread)) == GTK_WIDGET (pin);
}

static void
open_thread (BatonReviewView *self, BatonPin *pin, gboolean held)
{
  const BatonRow *shown = self->model != NULL ? baton_review_view_newer (self) : NULL;
  g_autoptr (GPtrArray) threads = shown != NULL ? baton_review_model_threads (self->model, shown) : NULL;
  const BatonThread *thread = threads != NULL ? find_thread (threads, baton_pin_comment (pin)) : NULL;
  BatonThreadPopover *popover;

  baton_review_view_close_thread (self);
  if (thread == NULL)
    return;
  popover = baton_thread_popover_open (
      GTK_WIDGET (pin), self->model, thread, shown, baton_review_side_notice (self->side), held);
  g_set_weak_pointer (&self->thread, popover);
  show_quotes (self);
}

/* To the words from the place: both are chosen, and the thread is open where it was pinned. */
static void
choose_pin (BatonReviewView *self, BatonPin *pin)
{
  g_autofree char *comment = g_strdup (baton_pin_comment (pin));

  if (is_open_upon (self, pin))
    baton_thread_popover_hold (self->thread);
  else
    open_thread (self, pin, TRUE);
  baton_review_view_select_mark (self, comment);
  baton_conversation_show (conversation_of (self), comment);
}

typedef struct
{
  BatonReviewView *self;
  GWeakRef pin;
} Resting;

static void
resting_free (gpointer data)
{
  Resting *resting = data;

  g_weak_ref_clear (&resting->pin);
  g_free (resting);
}

static gboolean
rest_cb (gpointer data)
{
  Resting *resting = data;
  g_autoptr (BatonPin) pin = g_weak_ref_get (&resting->pin);

  resting->self->resting = 0;
  if (pin != NULL && resting->self->side != NULL)
    open_thread (resting->self, pin, FALSE);
  return G_SOURCE_REMOVE;
}

static void
pointer_entered (BatonReviewView *self, BatonPin *pin)
{
  Resting *resting;

  if (is_open_upon (self, pin))
    {
      baton_thread_popover_hover (self->thread, TRUE);
      return;
    }
  resting = g_new0 (Resting, 1);
  resting->self = self;
  g_weak_ref_init (&resting->pin, pin);
  g_clear_handle_id (&self->resting, g_source_remove);
  self->resting = g_timeout_add_full (G_PRIORITY_DEFAULT, RESTING_MS, rest_cb, resting, resting_free);
}

static void
pin_cb (GtkWidget *where, BatonPin *pin, int how, BatonReviewView *self)
{
  if (self->side == NULL)
    return;
  switch ((BatonPinTouch) how)
    {
    case BATON_PIN_ENTERED:
      pointer_entered (self, pin);
      break;
    case BATON_PIN_LEFT:
      g_clear_handle_id (&self->resting, g_source_remove);
      if (is_open_upon (self, pin))
        baton_thread_popover_hover (self->thread, FALSE);
      break;
    case BATON_PIN_PRESSED:
      /* Pressed again, it wants an answer. */
      if (is_open_upon (self, pin) && baton_thread_popover_is_held (self->thread))
        baton_review_view_reply (self);
      else
        choose_pin (self, pin);
      break;
    case BATON_PIN_UNFOCUSED:
      if (is_open_upon (self, pin))
        baton_thread_popover_release (self->thread);
      break;
    case BATON_PIN_FOCUSED:
    default:
      choose_pin (self, pin);
      break;
    }
}

/* A line or words, away from the pin. */
static void
activated_cb (GtkWidget *where, const char *comment, BatonReviewView *self)
{
  BatonTextCompare *text = baton_compare_view_text (self->compare);
  GtkWidget *pin = BATON_IS_MARKS_LAYER (where) ? baton_marks_layer_pin (BATON_MARKS_LAYER (where), comment)
                                                : baton_text_compare_pin (text, comment);

  if (pin != NULL)
    choose_pin (self, BATON_PIN (pin));
  else
    {
      baton_review_view_select_mark (self, comment);
      baton_conversation_show (conversation_of (self), comment);
    }
}

static void
tool_cb (BatonConversation *conversation, int tool, BatonReviewView *self)
{
  baton_review_view_set_tool (self, (BatonMarkShape) tool);
}

static void
tool_changed_cb (BatonMarksLayer *marks, BatonReviewView *self)
{
  baton_review_view_close_thread (self);
  if (self->side != NULL)
    baton_conversation_show_tool (conversation_of (self), baton_marks_layer_tool (marks));
}

static void
drawn_cb (BatonMarksLayer *marks, gpointer mark, BatonReviewView *self)
{
  BatonViewport *viewport = baton_image_view_viewport (baton_compare_view_picture (self->compare, FALSE));
  g_autoptr (BatonMark) drawn = baton_mark_copy (mark);

  baton_review_view_time_mark (self, drawn);
  baton_marks_layer_set_tool (marks, BATON_MARK_NONE);
  baton_conversation_pin (conversation_of (self), drawn, baton_viewport_page (viewport));
}

static void
marked_cb (BatonTextCompare *text, gpointer mark, BatonReviewView *self)
{
  if (self->side != NULL)
    baton_conversation_pin (conversation_of (self), mark, 0);
}

void
baton_review_view_follow_conversation (BatonReviewView *self)
{
  BatonConversation *conversation = conversation_of (self);

  g_signal_connect_object (conversation, "chosen", G_CALLBACK (chosen_cb), self, 0);
  g_signal_connect_object (conversation, "tool", G_CALLBACK (tool_cb), self, 0);
  g_signal_connect_object (conversation, "draft-changed", G_CALLBACK (update_draft), self, G_CONNECT_SWAPPED);
}

static void
mode_changed_cb (BatonReviewView *self)
{
  if (self->model != NULL && self->side != NULL && baton_review_model_is_loaded (self->model))
    baton_review_view_update_marks (self);
}

void
baton_review_view_add_marks (BatonReviewView *self)
{
  BatonTextCompare *text = baton_compare_view_text (self->compare);
  BatonMarksLayer **layers[] = { &self->marks, &self->older_marks };

  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      BatonImageView *picture = baton_compare_view_picture (self->compare, i == 1);

      *layers[i] = BATON_MARKS_LAYER (baton_marks_layer_new (picture));
      baton_compare_view_add_marks (self->compare, i == 1, GTK_WIDGET (*layers[i]));
      g_signal_connect (*layers[i], "activated", G_CALLBACK (activated_cb), self);
      g_signal_connect (*layers[i], "pin", G_CALLBACK (pin_cb), self);
      self->text_marks[i] = baton_text_marks_new (self->contents);
      g_signal_connect (self->text_marks[i], "changed", G_CALLBACK (text_marks_cb), self);
    }
  g_signal_connect_swapped (self->compare, "mode-changed", G_CALLBACK (mode_changed_cb), self);
  g_signal_connect (self->marks, "drawn", G_CALLBACK (drawn_cb), self);
  g_signal_connect (self->marks, "tool-changed", G_CALLBACK (tool_changed_cb), self);
  g_signal_connect (text, "activated", G_CALLBACK (activated_cb), self);
  g_signal_connect (text, "pin", G_CALLBACK (pin_cb), self);
  g_signal_connect (text, "marked", G_CALLBACK (marked_cb), self);
}
