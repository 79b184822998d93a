/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "review-view-private.h"

#include "review-words.h"

#include <glib/gi18n.h>

static BatonMediaPane *
pane_of (BatonReviewView *self)
{
  return baton_compare_media_pane (baton_compare_view_media (self->compare), FALSE);
}

static gboolean
is_media (BatonReviewView *self)
{
  return baton_compare_media_is_shown (baton_compare_view_media (self->compare));
}

static gboolean
has_frames (BatonReviewView *self)
{
  GtkMediaStream *stream = baton_media_pane_stream (pane_of (self));

  return stream != NULL && gtk_media_stream_has_video (stream);
}

/* "Comment 3, 1:07.20–1:09.00, from v3, resolved" */
static char *
label_of (BatonReviewView *self, const BatonThread *thread)
{
  g_autofree char *place = baton_review_thread_place (self->model, thread);

  /* Translators: what a mark in time is called: its number, and where it is. */
  return g_strdup_printf (_ ("Comment %u, %s"), thread->number, place);
}

static GPtrArray *
time_marks (BatonReviewView *self, const BatonRow *version)
{
  g_autoptr (GPtrArray) threads = baton_review_model_threads (self->model, version);
  GPtrArray *marks = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_time_mark_free);
  gboolean open_only =
      self->side != NULL && baton_conversation_unresolved_only (baton_review_side_conversation (self->side));

  for (guint i = 0; i < threads->len; i++)
    {
      const BatonThread *thread = g_ptr_array_index (threads, i);
      BatonTimeMark *mark;

      if (thread->mark == NULL || !baton_mark_has_time (thread->mark) || (open_only && thread->resolved))
        continue;
      mark = g_new0 (BatonTimeMark, 1);
      mark->id = g_strdup (thread->comment->id);
      mark->number = thread->number;
      mark->from = thread->mark->from;
      mark->to = thread->mark->to;
      mark->resolved = thread->resolved;
      mark->carried = thread->carried;
      mark->label = label_of (self, thread);
      g_ptr_array_add (marks, mark);
    }
  return marks;
}

/* What can be done to say something about a place depends on what is looked at. */
static void
offer_tools (BatonReviewView *self)
{
  BatonConversation *conversation = baton_review_side_conversation (self->side);
  const BatonRow *newer = self->model != NULL ? baton_review_view_newer (self) : NULL;
  gboolean picture = baton_compare_view_kind (self->compare) == BATON_CONTENT_PICTURE;

  if (newer != NULL && !baton_review_model_is_newest (self->model, newer))
    baton_conversation_offer_tools (conversation, FALSE, _ ("Nothing was said about this version."));
  else if (is_media (self))
    baton_conversation_offer_tools (conversation, has_frames (self),
        has_frames (self) ? _ ("Nothing was said yet. Draw on a frame, mark a moment (M), or write about the "
                               "version as a whole.")
                          : _ ("Nothing was said yet. Mark a moment (M), or write about the version as a "
                               "whole."));
  else if (baton_compare_view_kind (self->compare) == BATON_CONTENT_TEXT)
    baton_conversation_offer_tools (conversation, FALSE,
        _ ("Nothing was said yet. Select words and press C, or write about the version as a whole."));
  else if (baton_compare_view_kind (self->compare) == BATON_CONTENT_LOADING)
    baton_conversation_offer_tools (conversation, FALSE, "");
  else
    baton_conversation_offer_tools (conversation, picture,
        picture ? _ ("Nothing was said yet. Draw on the picture, or write about the version as a whole.")
                : _ ("Nothing was said yet. Write about the version as a whole."));
}

void
baton_review_view_update_media (BatonReviewView *self, const BatonRow *newer)
{
  BatonMediaPane *pane = pane_of (self);
  const BatonMark *draft = baton_conversation_draft (baton_review_side_conversation (self->side), NULL);
  gboolean timed = draft != NULL && baton_mark_has_time (draft);

  offer_tools (self);
  if (!is_media (self) || newer == NULL)
    return;
  baton_media_pane_set_marking (
      pane, baton_review_model_can_edit (self->model) && baton_review_model_is_newest (self->model, newer));
  baton_media_pane_set_marks (pane, time_marks (self, newer));
  baton_media_pane_set_draft (pane, timed ? draft->from : -1, timed ? draft->to : -1);
}

/* It waits for its words, and the keyboard goes there. */
static void
marked_cb (BatonMediaPane *pane, double from, double to, BatonReviewView *self)
{
  g_autoptr (BatonMark) mark =
      baton_mark_new_span (from == to ? BATON_MARK_MOMENT : BATON_MARK_RANGE, from, to);

  if (mark != NULL && self->side != NULL)
    baton_conversation_pin (baton_review_side_conversation (self->side), mark, 0);
}

static void
activated_cb (BatonMediaPane *pane, const char *comment, BatonReviewView *self)
{
  baton_media_pane_reveal (pane, comment);
  if (self->side != NULL)
    baton_conversation_select (baton_review_side_conversation (self->side), comment);
}

void
baton_review_view_hold_frame (BatonReviewView *self)
{
  if (!is_media (self) || !has_frames (self))
    return;
  gtk_media_stream_pause (baton_media_pane_stream (pane_of (self)));
  baton_compare_view_hold (self->compare);
}

void
baton_review_view_time_mark (BatonReviewView *self, BatonMark *mark)
{
  if (!is_media (self) || !has_frames (self))
    return;
  mark->timed = TRUE;
  mark->from = mark->to =
      (double) gtk_media_stream_get_timestamp (baton_media_pane_stream (pane_of (self))) / G_USEC_PER_SEC;
}

void
baton_review_view_reveal_moment (BatonReviewView *self, const char *comment)
{
  if (is_media (self))
    baton_media_pane_reveal (pane_of (self), comment);
}

/* Where something plays, its keys come before those of pictures. */
gboolean
baton_review_view_media_key (BatonReviewView *self, guint key, GdkModifierType state)
{
  static const guint marking[] = { GDK_KEY_m, GDK_KEY_i, GDK_KEY_o };
  static const guint drawing[] = { GDK_KEY_p, GDK_KEY_r, GDK_KEY_f, GDK_KEY_g };
  const BatonRow *newer;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (!is_media (self) || self->model == NULL)
    return FALSE;
  /* Who draws moves and sets the crosshair. */
  if (baton_marks_layer_tool (self->marks) != BATON_MARK_NONE &&
      (key == GDK_KEY_space || key == GDK_KEY_Left || key == GDK_KEY_Right))
    return FALSE;
  /* Space presses the button that has the keyboard, arrows move what has it. */
  if ((key == GDK_KEY_space && GTK_IS_BUTTON (focus)) ||
      ((key == GDK_KEY_Left || key == GDK_KEY_Right) && focus != NULL &&
          !gtk_widget_is_ancestor (focus, GTK_WIDGET (pane_of (self)))))
    return FALSE;
  if (baton_media_pane_key (pane_of (self), key, state))
    return TRUE;
  /* Of sound there is no picture to draw upon. */
  for (guint i = 0; !has_frames (self) && i < G_N_ELEMENTS (drawing); i++)
    {
      if (key == drawing[i] && (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0)
        return TRUE;
    }
  newer = baton_review_model_version (self->model, self->newer);
  for (guint i = 0; newer != NULL && i < G_N_ELEMENTS (marking); i++)
    {
      if (key != marking[i] || baton_review_model_is_newest (self->model, newer) || self->side == NULL)
        continue;
      baton_notice_say (
          baton_review_side_notice (self->side), _ ("Only the newest version takes new marks."));
      return TRUE;
    }
  return FALSE;
}

static void
frames_changed_cb (BatonReviewView *self)
{
  if (self->model != NULL && baton_review_model_is_loaded (self->model) && self->side != NULL)
    baton_review_view_update_marks (self);
}

void
baton_review_view_add_media (BatonReviewView *self)
{
  /* After the view, which makes pictures of the frames. */
  g_signal_connect_object (baton_compare_view_media (self->compare), "frames-changed",
      G_CALLBACK (frames_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pane_of (self), "marked", G_CALLBACK (marked_cb), self, 0);
  g_signal_connect_object (pane_of (self), "mark-activated", G_CALLBACK (activated_cb), self, 0);
}
