/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "notes-private.h"

#include "mark-geometry.h"

#include <math.h>

#define PIN_RADIUS 7.0

static void
set_mark_colour (cairo_t *cairo)
{
  cairo_set_source_rgb (cairo, 0.88, 0.1, 0.14);
}

static void
draw_pin (cairo_t *cairo, double x, double y, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);
  cairo_text_extents_t extents;

  cairo_arc (cairo, x, y, PIN_RADIUS, 0, 2 * G_PI);
  set_mark_colour (cairo);
  cairo_fill_preserve (cairo);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_set_line_width (cairo, 1);
  cairo_stroke (cairo);
  cairo_select_font_face (cairo, "Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
  cairo_set_font_size (cairo, number < 100 ? 8 : 6);
  cairo_text_extents (cairo, text, &extents);
  cairo_move_to (cairo, x - extents.x_advance / 2, y + extents.height / 2);
  cairo_show_text (cairo, text);
}

static void
draw_arrow_head (cairo_t *cairo, const double from[2], const double to[2])
{
  double angle = atan2 (to[1] - from[1], to[0] - from[0]);

  for (int side = -1; side <= 1; side += 2)
    {
      cairo_move_to (cairo, to[0], to[1]);
      cairo_line_to (cairo, to[0] - 9 * cos (angle + side * 0.45), to[1] - 9 * sin (angle + side * 0.45));
    }
}

/* Seen upon every colour: red with white around it. */
static void
stroke_line (cairo_t *cairo)
{
  cairo_set_line_join (cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_set_source_rgba (cairo, 1, 1, 1, 0.85);
  cairo_set_line_width (cairo, 3.2);
  cairo_stroke_preserve (cairo);
  set_mark_colour (cairo);
  cairo_set_line_width (cairo, 1.6);
  cairo_stroke (cairo);
}

static void
draw_mark (cairo_t *cairo, const BatonNote *note, const cairo_rectangle_t *box)
{
  guint n = note->mark != NULL ? note->mark->points->len : 0;
  double before[2] = { 0, 0 };
  double at[2] = { 0, 0 };
  double first[2] = { 0, 0 };

  for (guint i = 0; i < n; i++)
    {
      const BatonMarkPoint *point = &g_array_index (note->mark->points, BatonMarkPoint, i);

      before[0] = at[0];
      before[1] = at[1];
      at[0] = box->x + point->x * box->width;
      at[1] = box->y + point->y * box->height;
      if (i == 0)
        {
          first[0] = at[0];
          first[1] = at[1];
          cairo_move_to (cairo, at[0], at[1]);
        }
      else if (note->mark->shape == BATON_MARK_RECTANGLE)
        cairo_rectangle (cairo, before[0], before[1], at[0] - before[0], at[1] - before[1]);
      else
        cairo_line_to (cairo, at[0], at[1]);
    }
  if (n == 0)
    return;
  if (note->mark->shape == BATON_MARK_ARROW)
    draw_arrow_head (cairo, before, at);
  stroke_line (cairo);
  draw_pin (cairo, first[0], first[1], note->number);
}

/* What was drawn upon a frame of a video lies on no page. */
static gboolean
is_on_page (const BatonNote *note)
{
  return note->mark != NULL && note->mark->points->len > 0 && !note->mark->timed;
}

gboolean
baton_note_is_in_time (const BatonNote *note)
{
  return note->mark != NULL && baton_mark_has_time (note->mark);
}

gboolean
baton_notes_same_moment (const BatonNote *note, const BatonNote *other)
{
  return baton_note_is_in_time (note) && baton_note_is_in_time (other) &&
         fabs (note->mark->from - other->mark->from) < 0.0005;
}

gboolean
baton_notes_have_marks (GPtrArray *notes, gint64 page)
{
  for (guint i = 0; i < notes->len; i++)
    {
      const BatonNote *note = g_ptr_array_index (notes, i);

      if (note->page == page && is_on_page (note))
        return TRUE;
    }
  return FALSE;
}

gboolean
baton_notes_draw_upon (GPtrArray *notes, const BatonNote *moment)
{
  for (guint i = 0; i < notes->len; i++)
    {
      const BatonNote *note = g_ptr_array_index (notes, i);

      if (baton_notes_same_moment (note, moment) && note->mark->points->len > 0)
        return TRUE;
    }
  return FALSE;
}

void
baton_notes_draw_marks (cairo_t *cairo, GPtrArray *notes, gint64 page, const cairo_rectangle_t *box)
{
  cairo_save (cairo);
  for (guint i = 0; i < notes->len; i++)
    {
      const BatonNote *note = g_ptr_array_index (notes, i);

      if (note->page == page && is_on_page (note))
        draw_mark (cairo, note, box);
    }
  cairo_restore (cairo);
}

void
baton_notes_draw_moment (
    cairo_t *cairo, GPtrArray *notes, const BatonNote *moment, const cairo_rectangle_t *box)
{
  cairo_save (cairo);
  for (guint i = 0; i < notes->len; i++)
    {
      const BatonNote *note = g_ptr_array_index (notes, i);

      if (baton_notes_same_moment (note, moment))
        draw_mark (cairo, note, box);
    }
  cairo_restore (cairo);
}
