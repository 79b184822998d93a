/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Channel, asset type, campaign, due date, urgency and labels as chips; each opens its chooser. */
GtkWidget *baton_card_chips_new (BatonCardModel *model);

G_END_DECLS
