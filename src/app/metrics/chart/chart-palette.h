/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The colours of charts. Few, and told apart by people who see colours differently (blue, orange, grey, dark
 * red …); wherever two of them meet they also differ by pattern or shape. */

typedef enum
{
  BATON_INK_MAIN, /* what the chart is about */
  BATON_INK_ODD,  /* what stands out: outliers, blocked, late */
  BATON_INK_REST, /* what waits, what is compared with */
  BATON_INK_GOOD, /* done, async possible */
  BATON_INK_WARM, /* between good and odd */
  BATON_INK_DEEP, /* a second subject */
  BATON_N_INKS,
} BatonInk;

typedef enum
{
  BATON_PATTERN_PLAIN,
  BATON_PATTERN_HATCH,
  BATON_PATTERN_DOTS,
  BATON_PATTERN_CROSS,
  BATON_PATTERN_LINES,
} BatonPattern;

typedef struct
{
  gboolean dark;
  GdkRGBA ground;
  GdkRGBA ink;   /* text */
  GdkRGBA faint; /* second-rank text */
  GdkRGBA grid;
  GdkRGBA accent;  /* focus ring */
  GdkRGBA notice;  /* ground of a tooltip */
  GdkRGBA noticed; /* its text */
  GdkRGBA tones[BATON_N_INKS];
} BatonPalette;

/* high_contrast: text and lines as clear as can be. */
void baton_palette_init (BatonPalette *palette, gboolean dark, gboolean high_contrast);

/* One of n shades of a tone, from pale (0) to full (n - 1). */
GdkRGBA baton_palette_shade (const BatonPalette *palette, BatonInk tone, guint i, guint n);

G_END_DECLS
