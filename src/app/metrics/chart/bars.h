/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "axis.h"
#include "chart.h"

G_BEGIN_DECLS

/* Lying bars with names before them: stacked parts of an amount, or ranges (a value and what it lies between)
 * beside each other. As high as its rows need. */

typedef struct
{
  char *name;
  BatonInk tone;
  BatonPattern pattern;
} BatonBarPart;

typedef struct
{
  double value; /* NAN: none */
  double low;   /* ranges only */
  double high;
} BatonBarValue;

typedef char *(*BatonBarWords) (gpointer data, guint row, guint part);

typedef struct
{
  BatonAxis axis;   /* from and to are found by baton_bars_content_cover */
  GArray *parts;    /* BatonBarPart */
  GPtrArray *names; /* of the rows */
  GPtrArray *notes; /* of the rows, at their end */
  GArray *values;   /* BatonBarValue, row by row */
  gboolean whole;   /* every row is as long as any other: its parts are shares */
  gboolean ranges;
  gboolean beside; /* bars of a row stand below each other instead of on each other */
  double rule;     /* a line across at this value; NAN: none */
  char *rule_label;
  BatonBarWords words; /* NULL: name, part, value */
  gpointer data;
  GDestroyNotify free_data;
} BatonBarsContent;

BatonBarsContent *baton_bars_content_new (BatonAxisKind kind, gpointer data, GDestroyNotify free_data);
void baton_bars_content_free (BatonBarsContent *content);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonBarsContent, baton_bars_content_free)

void baton_bars_add_part (BatonBarsContent *content, const char *name, BatonInk tone, BatonPattern pattern);
/* After the parts. note may be NULL. The row's values, to be filled in; valid until the next row. */
BatonBarValue *baton_bars_add_row (BatonBarsContent *content, const char *name, const char *note);
/* After the rows. */
void baton_bars_content_cover (BatonBarsContent *content);

#define BATON_TYPE_BARS (baton_bars_get_type ())
G_DECLARE_FINAL_TYPE (BatonBars, baton_bars, BATON, BARS, BatonChart)

BatonBars *baton_bars_new (void);
/* Takes the content; FALSE when it looks like what is shown. A mark is row * parts + part. */
gboolean baton_bars_set_content (BatonBars *self, BatonBarsContent *content);
const BatonBarsContent *baton_bars_content (BatonBars *self);

G_END_DECLS
