/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A popover with a calendar and the days that are asked for most. A day without a time is due at its end. */
GtkWidget *baton_due_chooser_new (BatonCardModel *model);

/* The end of the day in local time, or the same time of day as `like` when that is not 0. */
gint64 baton_due_on (int year, int month, int day, gint64 like);

G_END_DECLS
