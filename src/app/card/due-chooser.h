/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A popover with the days that are asked for most, a calendar and a time of day. */
GtkWidget *baton_due_chooser_new (BatonCardModel *model);

G_END_DECLS
