/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From values to places and back, and where the ticks are. */

typedef enum
{
  BATON_AXIS_NUMBER, /* counts and other plain numbers */
  BATON_AXIS_SHARE,  /* 0 … 1, written as % */
  BATON_AXIS_SPAN,   /* microseconds */
  BATON_AXIS_TIME,   /* microseconds since 1970 */
  BATON_AXIS_NAMES,  /* 0, 1, 2 … each with a name and a place of its own */
} BatonAxisKind;

typedef struct
{
  BatonAxisKind kind;
  double from;
  double to;
  gboolean counted; /* NUMBER: there are only whole ones */
  gboolean log;     /* NUMBER and SPAN above zero */
  GTimeZone *zone;  /* TIME; owned, NULL: local */
  GStrv names;      /* NAMES; owned */
  double day;       /* SPAN: how long a day is, microseconds; 0: 24 hours */
} BatonAxis;

typedef struct
{
  double value;
  char *label;
} BatonAxisTick;

void baton_axis_clear (BatonAxis *axis);

/* Ends that hold from … to with a round number beyond; amounts begin at zero. Lets an empty range be one. */
void baton_axis_cover (BatonAxis *axis, double from, double to);

/* 0 at the beginning, 1 at the end; values outside give numbers outside. */
double baton_axis_place (const BatonAxis *axis, double value);
double baton_axis_value (const BatonAxis *axis, double place);

/* At most as many as fit, for labels of label pixels on length pixels. Transfer full, of BatonAxisTick. */
GArray *baton_axis_ticks (const BatonAxis *axis, double length, double label);

/* A value as a label would say it, and a little more exactly. Transfer full. */
char *baton_axis_words (const BatonAxis *axis, double value);

/* "2.7 d", "5 h", "12 min". day: as above. */
char *baton_span_short (double span, double day);
/* A number with at most that many decimals, none that are zero, in the reader's language. */
char *baton_number_words (double number, int decimals);
char *baton_share_words (double share);

G_END_DECLS
