/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "media-pane-private.h"

static gboolean
can_mark (BatonMediaPane *self)
{
  return gtk_widget_get_visible (self->marking) && self->stream != NULL &&
         gtk_media_stream_is_prepared (self->stream);
}

/* What waits is seen: the stretch that has one end, else the mark that waits for its words. */
void
baton_media_pane_show_draft (BatonMediaPane *self)
{
  gboolean half = self->range_from >= 0 || self->range_to >= 0;

  if (half)
    baton_time_marks_set_draft (self->marks, self->range_from >= 0 ? self->range_from : self->range_to, -1);
  else
    baton_time_marks_set_draft (self->marks, self->draft_from, self->draft_to);
  if (self->range_from >= 0)
    gtk_widget_add_css_class (self->begin, "suggested-action");
  else
    gtk_widget_remove_css_class (self->begin, "suggested-action");
  if (self->range_to >= 0)
    gtk_widget_add_css_class (self->end, "suggested-action");
  else
    gtk_widget_remove_css_class (self->end, "suggested-action");
}

static void
mark (BatonMediaPane *self, double from, double to)
{
  self->range_from = self->range_to = -1;
  baton_media_pane_show_draft (self);
  gtk_media_stream_pause (self->stream);
  g_signal_emit_by_name (self, "marked", from, to);
}

void
baton_media_pane_mark_moment (BatonMediaPane *self)
{
  if (can_mark (self))
    mark (self, baton_media_pane_now (self), baton_media_pane_now (self));
}

/* In either order; the second end makes the mark. The same end twice moves it, the same moment twice takes it
 * away. */
static void
set_end (BatonMediaPane *self, double *end, double other)
{
  double now = baton_media_pane_now (self);

  if (other >= 0 && other != now)
    {
      mark (self, MIN (now, other), MAX (now, other));
      return;
    }
  *end = *end == now ? -1 : now;
  baton_media_pane_show_draft (self);
}

void
baton_media_pane_mark_begin (BatonMediaPane *self)
{
  if (can_mark (self))
    set_end (self, &self->range_from, self->range_to);
}

void
baton_media_pane_mark_end (BatonMediaPane *self)
{
  if (can_mark (self))
    set_end (self, &self->range_to, self->range_from);
}

static void
go_to_mark (BatonMediaPane *self, gboolean forward)
{
  const BatonTimeMark *found = baton_time_marks_beside (self->marks, baton_media_pane_now (self), forward);
  g_autofree char *id = found != NULL ? g_strdup (found->id) : NULL;

  if (id == NULL)
    return;
  baton_media_pane_reveal (self, id);
  g_signal_emit_by_name (self, "mark-activated", id);
}

gboolean
baton_media_pane_mark_key (BatonMediaPane *self, guint key)
{
  switch (key)
    {
    case GDK_KEY_m:
      baton_media_pane_mark_moment (self);
      break;
    case GDK_KEY_i:
    case GDK_KEY_I:
      baton_media_pane_mark_begin (self);
      break;
    case GDK_KEY_o:
    case GDK_KEY_O:
      baton_media_pane_mark_end (self);
      break;
    case GDK_KEY_bracketleft:
    case GDK_KEY_bracketright:
      go_to_mark (self, key == GDK_KEY_bracketright);
      break;
    default:
      return FALSE;
    }
  return TRUE;
}

void
baton_media_pane_set_marking (BatonMediaPane *self, gboolean marking)
{
  g_return_if_fail (BATON_IS_MEDIA_PANE (self));
  if (gtk_widget_get_visible (self->marking) == marking)
    return;
  gtk_widget_set_visible (self->marking, marking);
  self->range_from = self->range_to = -1;
  baton_media_pane_show_draft (self);
}

void
baton_media_pane_set_marks (BatonMediaPane *self, GPtrArray *marks)
{
  g_return_if_fail (BATON_IS_MEDIA_PANE (self));
  gtk_widget_set_visible (GTK_WIDGET (self->marks), marks->len > 0 || gtk_widget_get_visible (self->marking));
  baton_time_marks_set (self->marks, marks);
}

void
baton_media_pane_set_draft (BatonMediaPane *self, double from, double to)
{
  g_return_if_fail (BATON_IS_MEDIA_PANE (self));
  self->draft_from = from;
  self->draft_to = to;
  baton_media_pane_show_draft (self);
}

gboolean
baton_media_pane_reveal (BatonMediaPane *self, const char *id)
{
  const BatonTimeMark *found;

  g_return_val_if_fail (BATON_IS_MEDIA_PANE (self), FALSE);
  found = baton_time_marks_find (self->marks, id);
  baton_time_marks_select (self->marks, found != NULL ? id : NULL);
  if (found == NULL || self->stream == NULL)
    return found != NULL;
  if (!gtk_media_stream_is_prepared (self->stream))
    {
      self->wanted = found->from;
      return TRUE;
    }
  gtk_media_stream_pause (self->stream);
  baton_media_pane_seek (self, found->from);
  return TRUE;
}

BatonTimeMarks *
baton_media_pane_marks (BatonMediaPane *self)
{
  g_return_val_if_fail (BATON_IS_MEDIA_PANE (self), NULL);
  return self->marks;
}
