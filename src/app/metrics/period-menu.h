/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The period that is looked at. Signal changed (). */
#define BATON_TYPE_PERIOD_MENU (baton_period_menu_get_type ())
G_DECLARE_FINAL_TYPE (BatonPeriodMenu, baton_period_menu, BATON, PERIOD_MENU, GtkWidget)

typedef enum
{
  BATON_PERIOD_ALL,
  BATON_PERIOD_MONTH,   /* the latest 30 days */
  BATON_PERIOD_QUARTER, /* 90 days */
  BATON_PERIOD_YEAR,    /* 365 days */
  BATON_PERIOD_OWN,     /* between two days */
  BATON_N_PERIODS,
} BatonPeriodKind;

GtkWidget *baton_period_menu_new (void);
void baton_period_menu_choose (BatonPeriodMenu *self, BatonPeriodKind kind);
/* With BATON_PERIOD_OWN: midnights of the two days, microseconds; the last day is included. */
void baton_period_menu_set_days (BatonPeriodMenu *self, gint64 first, gint64 last);

/* from ≤ t < to, microseconds; G_MININT64 and G_MAXINT64 where it has no end. Days begin in the zone. */
void baton_period_menu_span (BatonPeriodMenu *self, gint64 now, GTimeZone *zone, gint64 *from, gint64 *to);
char *baton_period_menu_words (BatonPeriodMenu *self);

G_END_DECLS
