/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compare-layer.h"

G_BEGIN_DECLS

/* Above what is compared: the modes, the lock, what a mode needs, and facts.
 *
 * Signals:
 *   mode (int)         a mode was chosen
 *   lock (boolean)     zoom and pan together, or each for itself
 *   opacity (double)
 *   amplify (boolean)
 *   step (boolean)     forward: the next page or change */
#define BATON_TYPE_COMPARE_BAR (baton_compare_bar_get_type ())
G_DECLARE_FINAL_TYPE (BatonCompareBar, baton_compare_bar, BATON, COMPARE_BAR, GtkBox)

GtkWidget *baton_compare_bar_new (void);

typedef enum
{
  BATON_COMPARE_OF_NONE, /* one version alone */
  BATON_COMPARE_OF_PICTURES,
  BATON_COMPARE_OF_TEXTS,
} BatonCompareOf;

/* Offers the modes that fit, and shows which one is on. */
void baton_compare_bar_show (
    BatonCompareBar *self, BatonCompareOf of, BatonCompareMode mode, gboolean locked);
/* "Page 2 of 12", "3 changes": NULL takes the buttons for going on away. */
void baton_compare_bar_set_steps (BatonCompareBar *self, const char *words);
void baton_compare_bar_set_facts (BatonCompareBar *self, const char *facts);
const char *baton_compare_bar_facts (BatonCompareBar *self);
/* For tests and keys. */
GtkWidget *baton_compare_bar_button (BatonCompareBar *self, BatonCompareMode mode);

G_END_DECLS
