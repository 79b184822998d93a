/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "axis.h"
#include "chart-marks.h"

G_BEGIN_DECLS

/* What a plot shows: two axes, layers on them, and rules across. Made by whoever has the numbers, handed to
 * the plot whole, and not changed afterwards. */

typedef enum
{
  BATON_LAYER_BAND, /* between low and y */
  BATON_LAYER_AREA, /* the same, filled to its full tone */
  BATON_LAYER_BARS, /* from low to y, width wide about x */
  BATON_LAYER_LINE,
  BATON_LAYER_POINTS,
  BATON_LAYER_INTERVALS, /* a point y with whiskers from low to high */
} BatonLayerKind;

/* What a mark says; transfer full. */
typedef char *(*BatonMarkWords) (gpointer data, guint i);

typedef struct
{
  BatonLayerKind kind;
  char *name; /* for the legend; NULL: not in it */
  BatonInk tone;
  guint shade; /* of n_shades; 0 of 0: the full tone */
  guint n_shades;
  BatonPattern pattern;
  BatonShape shape;
  gboolean quiet; /* not found by the pointer or the keyboard */
  gboolean dashed;
  double width; /* BARS: in units of x */
  guint n;
  double *x;
  double *y;
  double *low;  /* NULL: zero */
  double *high; /* INTERVALS */
  guint8 *odd;  /* POINTS: 1 stands out; NULL: none does */
  BatonMarkWords words;
} BatonLayer;

typedef struct
{
  double at;
  char *label;
  gboolean vertical;
  BatonInk tone;
} BatonRule;

typedef struct
{
  BatonAxis x;
  BatonAxis y;
  GPtrArray *layers; /* BatonLayer */
  GArray *rules;     /* BatonRule */
  gpointer data;     /* handed to words */
  GDestroyNotify free_data;

  /* When the pointer reads off whole columns instead of marks: what each says. */
  guint n_columns;
  double *columns; /* their x, rising */
  BatonMarkWords column_words;
} BatonPlotContent;

/* data (may be NULL) is freed with the content. */
BatonPlotContent *baton_plot_content_new (
    BatonAxisKind x, BatonAxisKind y, gpointer data, GDestroyNotify free_data);
void baton_plot_content_free (BatonPlotContent *content);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonPlotContent, baton_plot_content_free)

/* A layer of n places, its x and y zero. name may be NULL. Borrowed. */
BatonLayer *baton_plot_add_layer (
    BatonPlotContent *content, BatonLayerKind kind, const char *name, guint n, BatonInk tone);
double *baton_layer_low (BatonLayer *layer);
double *baton_layer_high (BatonLayer *layer);
guint8 *baton_layer_odd (BatonLayer *layer);
void baton_plot_add_rule (
    BatonPlotContent *content, gboolean vertical, double at, const char *label, BatonInk tone);
double *baton_plot_set_columns (BatonPlotContent *content, guint n, BatonMarkWords words);

/* Two contents that look the same have the same number, and hardly any others. */
guint64 baton_plot_content_hash (const BatonPlotContent *content);

G_END_DECLS
