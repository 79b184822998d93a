/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart-canvas.h"

G_BEGIN_DECLS

/* What all charts have in common: marks that the pointer finds, that the keyboard walks along, that say what
 * they are, and that can be opened; a drawing that is made once and kept until something changes.
 *
 * Signals:
 *   open-mark (guint mark)  clicked, or Enter on it
 *   current-changed ()      the mark that the keyboard or the pointer is on is another one */
#define BATON_TYPE_CHART (baton_chart_get_type ())
G_DECLARE_DERIVABLE_TYPE (BatonChart, baton_chart, BATON, CHART, GtkWidget)

#define BATON_NO_MARK G_MAXUINT

struct _BatonChartClass
{
  GtkWidgetClass parent_class;

  gboolean mirrors; /* begins at the right where text does */
  /* Everything that does not depend on the pointer. Marks keep where they are when screen is TRUE. Points and
   * areas are those of the canvas here, and those of the widget in the functions below. */
  void (*draw) (BatonChart *self, BatonCanvas *canvas, gboolean screen);
  guint (*n_marks) (BatonChart *self);
  gboolean (*mark_area) (BatonChart *self, guint mark, graphene_rect_t *area);
  /* The mark at or near a point, BATON_NO_MARK when there is none. */
  guint (*mark_at) (BatonChart *self, double x, double y);
  char *(*mark_words) (BatonChart *self, guint mark);
  /* Where an arrow key leads; the mark itself at the end. */
  guint (*step) (BatonChart *self, guint mark, GtkDirectionType direction);
  /* What is shown at the current mark besides its words; the default is a ring. */
  void (*draw_current) (BatonChart *self, BatonCanvas *canvas, guint mark);
};

guint baton_chart_n_marks (BatonChart *self);
gboolean baton_chart_mark_area (BatonChart *self, guint mark, graphene_rect_t *area);
guint baton_chart_mark_at (BatonChart *self, double x, double y);
char *baton_chart_mark_words (BatonChart *self, guint mark);

guint baton_chart_current (BatonChart *self); /* BATON_NO_MARK: none */
void baton_chart_set_current (BatonChart *self, guint mark);
/* Something is behind the marks: the pointer shows it. */
void baton_chart_set_opens (BatonChart *self, gboolean opens);

/* What a screen reader says of the chart as a whole. */
void baton_chart_set_summary (BatonChart *self, const char *name, const char *summary);

/* The content is another one: it is drawn anew. The keyboard's mark is the one that says the same, or none.
 */
void baton_chart_changed (BatonChart *self);
/* It is in sight and has not been drawn as it is now. */
gboolean baton_chart_is_pending (BatonChart *self);
/* What drawing it in this frame is going to cost, in microseconds of work; 0: it is not drawn. */
gint64 baton_chart_pending_work (BatonChart *self);
/* How often the chart was drawn (not how often it was shown). */
guint baton_chart_draws (BatonChart *self);

/* For text of the usual size. */
void baton_chart_set_size (BatonChart *self, int min_width, int height);
int baton_chart_height (BatonChart *self);

/* The chart as a node of this size on its own ground, in light or dark; NULL when there is nothing in it.
 * Works without the chart being shown. */
GskRenderNode *baton_chart_render (BatonChart *self, double width, double height, gboolean dark);

G_END_DECLS
