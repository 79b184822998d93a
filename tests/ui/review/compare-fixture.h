/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compare-view.h"
#include "pixels.h"

G_BEGIN_DECLS

/* Two pictures, or one, in a window of 900 × 600. */
typedef struct
{
  GtkWidget *window;
  BatonCompareView *view;
  BatonContent *newer, *older; /* older may be NULL */
  double zoom;                 /* 0: all of the picture */
} Compare;

/* The view shows nothing yet. */
void compare_open (Compare *f, BatonPicture *newer, BatonPicture *older);
/* Shows them as v2 and v1. */
void compare_show (Compare *f);
/* Wants the view to have let go of what it showed. */
void compare_close (Compare *f);

G_END_DECLS
