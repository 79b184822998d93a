/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart.h"

G_BEGIN_DECLS

/* Shared by chart.c (what is drawn) and chart-input.c (pointer and keys). */

typedef struct
{
  GskRenderNode *drawn; /* everything that stays */
  gboolean stale;       /* it no longer is what the chart shows */
  guint waiting;        /* tick callback: drawn in the next frame */
  GtkWidget *scrolled;  /* in which it is shown, while it is mapped; borrowed */
  guint draws;
  gint64 cost; /* what it took to draw it the last time, in microseconds of work */
  guint current;
  gboolean by_pointer; /* the current mark is that under the pointer */
  char *said;          /* of the current mark that the keyboard chose; NULL: there is none */
  gboolean opens;      /* there are cards behind the marks */
  double zoom;         /* with which it was drawn */
  int min_width;
  int height;
  char *name;
  char *summary;
} BatonChartPrivate;

BatonChartPrivate *baton_chart_private (BatonChart *self);

/* The mark that is looked at, BATON_NO_MARK: none; tells who listens. */
void baton_chart_take_current (BatonChart *self, guint mark, gboolean by_pointer);

/* chart-input.c: listens to the pointer and the keys. */
void baton_chart_add_input (BatonChart *self);

G_END_DECLS
