/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "shelf-dialog.h"

void
baton_shelf_dialog_present (BatonWindow *window)
{
}
