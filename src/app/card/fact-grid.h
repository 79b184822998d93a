/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Owner, members, who made the card and when, since when it is in its stage, and what the team added as
 * fields. */
GtkWidget *baton_fact_grid_new (BatonCardModel *model);

G_END_DECLS
