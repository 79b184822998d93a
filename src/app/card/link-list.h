/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Addresses that belong to the card: opened, added, removed. */
GtkWidget *baton_link_list_new (BatonCardModel *model);

G_END_DECLS
