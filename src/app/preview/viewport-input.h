/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewport.h"

G_BEGIN_DECLS

/* Gives the viewport that a widget shows now and fills in the frame; NULL when there is nothing to look at. x
 * and y are where the pointer is, for a widget with several views side by side, and -1 for a key. */
typedef BatonViewport *(*BatonViewportFunc) (
    GtkWidget *widget, double x, double y, BatonViewportFrame *frame, gpointer data);

typedef enum
{
  BATON_INPUT_KEYS = 1 << 0,  /* + − 0 1, and arrows while there is something to pan to */
  BATON_INPUT_WHEEL = 1 << 1, /* the wheel zooms; without it only with Ctrl, else it scrolls what is around */
  BATON_INPUT_DRAG = 1 << 2,  /* the first button pans; the middle one always does */
} BatonViewportInput;

/* Zoom and pan by wheel, pinch, drag and keys for a widget that shows pictures by a viewport. The widget
 * should be focusable. A gesture of a child that claims the pointer goes before. */
void baton_viewport_add_input (
    GtkWidget *widget, BatonViewportInput input, BatonViewportFunc func, gpointer data);

/* What a key does to a viewport; TRUE when it is one of ours. For those who catch keys at another place. */
gboolean baton_viewport_key (
    BatonViewport *viewport, const BatonViewportFrame *frame, guint key, GdkModifierType state);

G_END_DECLS
